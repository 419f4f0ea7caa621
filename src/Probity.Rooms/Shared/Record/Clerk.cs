using Probity.Ledger;

namespace Probity.Shared.Record;

/// <summary>How a command ended.</summary>
internal abstract record Outcome
{
    Outcome() { }

    /// <summary>It is on the record; <paramref name="Index"/> is its last entry, for reading one's own writes.</summary>
    public sealed record Done(long Index) : Outcome;

    /// <summary>It was refused, and that is on the record too.</summary>
    public sealed record Refused(Refusal Refusal, long Index) : Outcome;

    /// <summary>The caller decided on a version of the matter that is no longer the newest.</summary>
    public sealed record Stale : Outcome;
}

/// <summary>
/// Takes a decision to the record: reads, decides, appends; decides anew when what it read has changed meanwhile.
/// </summary>
internal sealed class Clerk(TransparencyLog log)
{
    // Each round of a conflict has a winner, so what waits for a busy stream (the numbers of a unit, the places of a draw)
    // comes to its turn; only a rush of this many at once ends in Stale.
    const int Attempts = 64;

    // Flows into whatever a reaction calls, and nowhere else.
    readonly AsyncLocal<Leadership?> _leadership = new();

    /// <summary>All that the caller's own flow files from now on is refused once another node leads.</summary>
    public void ActAs(Leadership leadership) => _leadership.Value = leadership;

    /// <summary>The log's own id, in whose name the house itself acts, whichever node does it.</summary>
    public ActorId House => new(log.Id);

    /// <summary>Runs <paramref name="decide"/> and files what it comes to.</summary>
    /// <param name="actor">Who acts.</param>
    /// <param name="matter">The stream of the matter: refusals are filed beside it.</param>
    /// <param name="action">The action's name, for a refusal's entry: <c>cases.close</c>.</param>
    /// <param name="decide">Reads through the session and decides; called again after a conflict.</param>
    /// <param name="commandId">Files the command once only: a second run with the same id answers Done and files nothing.</param>
    /// <param name="cancel">Ends the wait, never a write that was already handed over.</param>
    public async Task<Outcome> FileAsync(
        ActorId actor, StreamId matter, string action, Func<RecordSession, ValueTask<Decision>> decide,
        string? commandId = null, CancellationToken cancel = default)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            cancel.ThrowIfCancellationRequested();
            var session = new RecordSession(log);
            var marker = commandId is null ? default(StreamId?) : new StreamId(Streams.Derive(log.Id, "command/" + commandId));
            if (marker is { } seen && await session.CountAsync(seen, cancel) > 0) return new Outcome.Done(log.Size - 1);

            Decision decision;
            try
            {
                decision = await decide(session);
            }
            catch (StaleReadException)
            {
                continue;
            }

            switch (decision)
            {
                case Decision.Refused { Refusal: var refusal }:
                    return await RefuseAsync(actor, matter, action, refusal, cancel);

                case Decision.Accepted { Filings: var filings, Erases: var erased }:
                    var entries = filings.Select(f => Entry(actor, f)).ToList();
                    if (marker is { } stream) entries.Add(Entry(actor, new Filing(stream, new CommandFiled(commandId!))));
                    if (entries.Count == 0) return new Outcome.Done(log.Size - 1);
                    var result = erased.Count == 0
                        ? await log.AppendAsync(session.Expectations, entries, _leadership.Value, cancel)
                        : await log.EraseAsync(session.Expectations, entries, actor, erased, _leadership.Value, cancel);
                    if (result is AppendResult.Appended appended) return new Outcome.Done(appended.LastIndex);
                    break;
            }
        }

        return new Outcome.Stale();
    }

    /// <summary>Files that <paramref name="actor"/> opened a matter, and by which right: reading is an act.</summary>
    public Task<long> FileReadAsync(ActorId actor, StreamId matter, string what, string? right = null, CancellationToken cancel = default) =>
        FileBesideAsync(actor, matter, Streams.ReadsOf(matter), new MatterRead(what, right), cancel);

    async Task<Outcome> RefuseAsync(ActorId actor, StreamId matter, string action, Refusal refusal, CancellationToken cancel)
    {
        var index = await FileBesideAsync(actor, matter, Streams.RefusalsOf(matter), new ActionRefused(action, refusal.Code), cancel);
        return new Outcome.Refused(refusal, index);
    }

    /// <summary>Files something in a stream beside a matter's, to be erased with the matter.</summary>
    async Task<long> FileBesideAsync(ActorId actor, StreamId matter, StreamId beside, IEvent happened, CancellationToken cancel)
    {
        AppendResult result;
        try
        {
            result = await log.AppendAsync([], [Entry(actor, new Filing(beside, happened, Compartment: Compartments.OfMatter(matter)))], _leadership.Value, cancel);
        }
        catch (KeyDestroyedException)
        {
            // Whoever asks for what was erased is on the record too.
            result = await log.AppendAsync([], [Entry(actor, new Filing(beside, happened, Compartment: Compartments.AfterErasureOf(matter)))], _leadership.Value, cancel);
        }

        return ((AppendResult.Appended)result).LastIndex;
    }

    // A stream is its own compartment unless the filing says otherwise.
    static NewEntry Entry(ActorId actor, Filing filing) => new(
        filing.Stream, EventTypes.NameOf(filing.Event.GetType()), EventTypes.Serialize(filing.Event), actor,
        filing.Compartment ?? new CompartmentId(filing.Stream.Value), filing.Occurred);
}

/// <summary>A command with this id has been filed; it stands in a stream of its own, whose second entry can never come.</summary>
[EventType("record.command-filed.v1")]
internal sealed record CommandFiled(string CommandId) : IEvent;

/// <summary>Somebody opened a matter; <paramref name="Right"/> is what let them, a code of the room that it lies in.</summary>
[EventType("record.read.v2")]
internal sealed record MatterRead(string What, string? Right = null) : IEvent;

/// <summary>The same without the right.</summary>
[EventType("record.read.v1")]
internal sealed record MatterReadV1(string What) : IOldEvent
{
    IEvent IOldEvent.Newer => new MatterRead(What);
}

/// <summary>Somebody was refused an action.</summary>
[EventType("record.refused.v1")]
internal sealed record ActionRefused(string Action, string Code) : IEvent;
