using System.Collections.Immutable;
using Probity.Ledger;
using Probity.People.Contract;
using Probity.Shared.Record;

namespace Probity.People.Rotating;

/// <summary>A longer time in a post that somebody asked for.</summary>
internal sealed record Extension(Guid Id, Guid Person, Guid Post, int Months, string Reason, Guid By, DateTimeOffset At)
{
    /// <summary>Since when it is agreed to; null as long as it waits.</summary>
    public DateTimeOffset? AgreedAt { get; init; }
}

/// <summary>The extensions of tenure, asked for and agreed to. One stream for the agency, whose entries lie with their persons; what was returned is not in it any more.</summary>
internal sealed record Extensions : IStreamState<Extensions>
{
    /// <summary>The stream.</summary>
    public static StreamId Stream { get; } = new(new Guid("d1ec7084-0000-8000-8000-000000000056"));

    public static Extensions Initial { get; } = new();

    ImmutableDictionary<Guid, ImmutableList<Extension>> OfPerson { get; init; } = ImmutableDictionary<Guid, ImmutableList<Extension>>.Empty;

    // Every id that was ever asked for under, what was returned included.
    ImmutableDictionary<Guid, Extension> ById { get; init; } = ImmutableDictionary<Guid, Extension>.Empty;

    public long Version { get; init; }

    /// <summary>Those of a person, the first asked first.</summary>
    public IReadOnlyList<Extension> Of(Guid person) => OfPerson.GetValueOrDefault(person, []);

    /// <summary>What was asked for under an id, whatever became of it; null where nothing was.</summary>
    public Extension? Find(Guid id) => ById.GetValueOrDefault(id);

    /// <summary>Those that wait for somebody from outside the unit.</summary>
    public IEnumerable<Extension> Waiting => OfPerson.Values.SelectMany(e => e).Where(e => e.AgreedAt is null).OrderBy(e => e.At).ThenBy(e => e.Id);

    public Extensions Apply(Recorded recorded) => Happen(recorded) with { Version = recorded.Version };

    Extensions Happen(Recorded recorded) => recorded.Event switch
    {
        TenureExtensionAsked e => Ask(new Extension(e.Extension, e.Person, e.Post, e.Months, e.Reason, recorded.Actor.Value, recorded.At)),
        TenureExtensionAgreed e => With(e.Person, Of(e.Person).Select(x => x.Id == e.Extension ? x with { AgreedAt = recorded.At } : x)),
        TenureExtensionReturned e => With(e.Person, Of(e.Person).Where(x => x.Id != e.Extension)),
        _ => this,
    };

    Extensions Ask(Extension asked) => With(asked.Person, Of(asked.Person).Append(asked)) with { ById = ById.ContainsKey(asked.Id) ? ById : ById.Add(asked.Id, asked) };

    Extensions With(Guid person, IEnumerable<Extension> all) => this with { OfPerson = OfPerson.SetItem(person, [.. all]) };
}
