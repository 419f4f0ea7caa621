using System.Collections.Immutable;
using Probity.Ledger;
using Probity.Policies.Contract;
using Probity.Shared.Record;

namespace Probity.Policies;

/// <summary>A version that waits for a second person.</summary>
internal sealed record AskedPack(string Pack, ImmutableSortedDictionary<string, int> Figures, string Reason, Guid By, DateTimeOffset At);

/// <summary>A version that was put in force, who asked for it, who agreed, and why.</summary>
internal sealed record PackInForce(Policy Policy, Guid AskedBy, Guid AgreedBy, string Reason);

/// <summary>Every version of the policy pack that was in force, and the one that is asked for. One stream for the agency.</summary>
internal sealed record PolicyBook : IState<PolicyBook>
{
    /// <summary>The stream.</summary>
    public static readonly StreamId Stream = new(new Guid("d1ec7084-0000-8000-8000-000000000007"));

    public static PolicyBook Initial { get; } = new();

    /// <summary>The versions, the oldest first.</summary>
    public ImmutableList<PackInForce> Versions { get; init; } = [];

    public AskedPack? Asked { get; init; }

    /// <summary>The version that holds.</summary>
    public Policy InForce => Versions.IsEmpty ? Policy.Unchosen : Versions[^1].Policy;

    public PolicyBook Apply(Recorded recorded) => recorded.Event switch
    {
        PackProposed e => this with { Asked = new AskedPack(e.Pack, Sorted(e.Figures), e.Reason, recorded.Actor.Value, recorded.When) },
        PackAgreed when Asked is { } asked => Put(asked, recorded),
        PackReturned => this with { Asked = null },
        _ => this,
    };

    PolicyBook Put(AskedPack asked, Recorded agreed) => this with
    {
        Versions = Versions.Add(new PackInForce(
            new Policy(asked.Pack, Versions.Count + 1, agreed.When, asked.Figures) { Began = Versions.IsEmpty ? agreed.When : Versions[0].Policy.Since }, asked.By, agreed.Actor.Value, asked.Reason)),
        Asked = null,
    };

    static ImmutableSortedDictionary<string, int> Sorted(IReadOnlyDictionary<string, int> figures) => figures.ToImmutableSortedDictionary(StringComparer.Ordinal);
}
