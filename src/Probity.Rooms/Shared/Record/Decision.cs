using Probity.Ledger;

namespace Probity.Shared.Record;

/// <summary>An event and the stream that it joins.</summary>
/// <param name="Stream">The stream.</param>
/// <param name="Event">What happened.</param>
/// <param name="Occurred">When, where that is not now.</param>
/// <param name="Compartment">What it is erased with; the stream's own unless it is about somebody or something else.</param>
internal sealed record Filing(StreamId Stream, IEvent Event, DateTimeOffset? Occurred = null, CompartmentId? Compartment = null);

/// <summary>What a decision comes to: entries for the record, or a refusal that says why and where to turn.</summary>
internal abstract record Decision
{
    Decision() { }

    /// <summary>Yes: these events happen, together or not at all.</summary>
    public sealed record Accepted(IReadOnlyList<Filing> Filings) : Decision
    {
        /// <summary>What is erased together with these events.</summary>
        public IReadOnlyList<CompartmentId> Erases { get; init; } = [];
    }

    /// <summary>No.</summary>
    public sealed record Refused(Refusal Refusal) : Decision;

    public static Decision Accept(StreamId stream, params ReadOnlySpan<IEvent> events)
    {
        var filings = new List<Filing>(events.Length);
        foreach (var e in events) filings.Add(new Filing(stream, e));
        return new Accepted(filings);
    }

    public static Decision Accept(params IReadOnlyList<Filing> filings) => new Accepted(filings);

    public static Decision Refuse(string code, Reroute? reroute = null) => new Refused(new Refusal(code, reroute));

    public static implicit operator Decision(Refusal refusal) => new Refused(refusal);
}

/// <summary>A refusal: a stable code (a key of the texts on the pages, a field of the API), where to turn instead, and from when on it would not be refused, where that is known.</summary>
internal sealed record Refusal(string Code, Reroute? Reroute = null, DateTimeOffset? Until = null);

/// <summary>Where to turn after a refusal: the role that may, and who of it is eligible.</summary>
internal sealed record Reroute(string Role, IReadOnlyList<Guid> People);
