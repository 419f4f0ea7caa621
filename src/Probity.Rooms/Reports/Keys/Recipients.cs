using System.Collections.Immutable;
using Probity.Ledger;
using Probity.Reports.Contract;
using Probity.Shared.Record;

namespace Probity.Reports.Keys;

/// <summary>A key that somebody made.</summary>
internal sealed record HolderKey(string Public, DateTimeOffset Made)
{
    /// <summary>Who compared its fingerprint; null until somebody has.</summary>
    public Guid? ConfirmedBy { get; init; }

    /// <summary>Who said that it is another than was read out to them; null where nobody did.</summary>
    public Guid? DisputedBy { get; init; }

    /// <summary>Since when nothing is sealed for it any more.</summary>
    public DateTimeOffset? Withdrawn { get; init; }
}

/// <summary>Somebody who keeps the identities of those who report, or is to.</summary>
internal sealed record IdentityCustodian(Guid Person, Guid NamedBy, DateTimeOffset Named, Guid? ConfirmedBy = null);

/// <summary>The key whose other half was split into shares.</summary>
/// <param name="Public">Its public half, in base64.</param>
/// <param name="Needed">How many shares give the other half.</param>
/// <param name="Shares">How many there are.</param>
/// <param name="Holders">Who holds them.</param>
/// <param name="NamedBy">Who named it.</param>
/// <param name="Named">When.</param>
internal sealed record RecoveryKey(string Public, int Needed, int Shares, string Holders, Guid NamedBy, DateTimeOffset Named)
{
    /// <summary>Who agreed; null until somebody has.</summary>
    public Guid? ConfirmedBy { get; init; }
}

/// <summary>Whose keys there are and who keeps identities. One stream, whose entries lie with their people; what somebody is now says the register.</summary>
internal sealed record Recipients : IStreamState<Recipients>
{
    static readonly Guid RecipientsId = new("d1ec7084-0000-8000-8000-000000000066");

    public static StreamId Stream { get; } = new(RecipientsId);

    public static Recipients Initial { get; } = new();

    public long Version { get; init; }

    ImmutableDictionary<Guid, ImmutableList<HolderKey>> Keys { get; init; } = ImmutableDictionary<Guid, ImmutableList<HolderKey>>.Empty;

    /// <summary>Those who were named and not ended, by person.</summary>
    public ImmutableDictionary<Guid, IdentityCustodian> Custodians { get; init; } = ImmutableDictionary<Guid, IdentityCustodian>.Empty;

    /// <summary>The key that reports are sealed for beside their readers; null where there is none.</summary>
    public RecoveryKey? Recovery { get; init; }

    /// <summary>The one that is to take its place, and waits for a second person.</summary>
    public RecoveryKey? RecoveryNamed { get; init; }

    /// <summary>All keys of somebody, the oldest first.</summary>
    public ImmutableList<HolderKey> KeysOf(Guid person) => Keys.GetValueOrDefault(person, []);

    /// <summary>The key that reports are sealed with for somebody: the newest that was confirmed and not withdrawn.</summary>
    public HolderKey? ConfirmedKeyOf(Guid person) => KeysOf(person).LastOrDefault(k => k is { ConfirmedBy: not null, Withdrawn: null });

    /// <summary>The key that waits for a second person: the newest, as long as it is neither confirmed nor withdrawn.</summary>
    public HolderKey? WaitingKeyOf(Guid person) => KeysOf(person).LastOrDefault() is { ConfirmedBy: null, Withdrawn: null } key ? key : null;

    /// <summary>Whether somebody was named custodian of identities, and confirmed.</summary>
    public bool IsCustodian(Guid person) => Custodians.TryGetValue(person, out var custodian) && custodian.ConfirmedBy is not null;

    public Recipients Apply(Recorded recorded) => Happen(recorded) with { Version = recorded.Version };

    Recipients Happen(Recorded recorded) => recorded.Event switch
    {
        KeyMade e => this with { Keys = Keys.SetItem(recorded.Actor.Value, KeysOf(recorded.Actor.Value).Add(new HolderKey(e.Key, recorded.When))) },
        KeyConfirmed e => Change(e.Person, e.Key, key => key with { ConfirmedBy = recorded.Actor.Value }),
        KeyDisputed e => Change(e.Person, e.Key, key => key with { DisputedBy = recorded.Actor.Value }),
        KeyWithdrawn e => Change(e.Person, e.Key, key => key with { Withdrawn = recorded.When }),
        CustodianNamed e => this with { Custodians = Custodians.SetItem(e.Person, new IdentityCustodian(e.Person, recorded.Actor.Value, recorded.When)) },
        CustodianConfirmed e when Custodians.TryGetValue(e.Person, out var named) => this with { Custodians = Custodians.SetItem(e.Person, named with { ConfirmedBy = recorded.Actor.Value }) },
        CustodianEnded e => this with { Custodians = Custodians.Remove(e.Person) },
        RecoveryKeyNamed e => this with { RecoveryNamed = new RecoveryKey(e.Key, e.Needed, e.Shares, e.Holders, recorded.Actor.Value, recorded.When) },
        RecoveryKeyConfirmed e when RecoveryNamed is { } named && named.Public == e.Key => this with { Recovery = named with { ConfirmedBy = recorded.Actor.Value }, RecoveryNamed = null },
        _ => this,
    };

    Recipients Change(Guid person, string key, Func<HolderKey, HolderKey> change) =>
        this with { Keys = Keys.SetItem(person, [.. KeysOf(person).Select(k => k.Public == key ? change(k) : k)]) };
}
