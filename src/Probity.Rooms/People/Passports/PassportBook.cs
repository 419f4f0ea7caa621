using System.Collections.Immutable;
using Probity.Access.Contract;
using Probity.Ledger;
using Probity.Ledger.Formats;
using Probity.People.Contract;
using Probity.People.Vetting;
using Probity.Shared.Record;

namespace Probity.People.Passports;

/// <summary>A request for a passport that nobody has answered.</summary>
internal sealed record PassportRequest(Guid Id, Guid Person, DateTimeOffset At);

/// <summary>Why a passport counts no longer, or <see cref="Counts"/>.</summary>
internal enum PassportState { Counts, Expired, Revoked, ClearanceEnded, AccessEnded, Left }

/// <summary>A passport that was issued.</summary>
internal sealed record Passport(PassportIssued Said, Guid IssuedBy, DateTimeOffset IssuedAt)
{
    /// <summary>The code of its holder; null where it was erased.</summary>
    public string? Code { get; init; }

    /// <summary>Why it was revoked, where somebody said so.</summary>
    public PassportRevocation? Revoked { get; init; }

    /// <summary>The name that its issuer's key has.</summary>
    public string Issuer => VerifierKey.Parse(Said.Key).Name;

    /// <summary>
    /// How it stands. Whatever ended its clearance, or its holder's access, ends it for good: what is given back later does not bring an old passport back.
    /// </summary>
    public PassportState StateAt(Clearance clearance, Register register, DateTimeOffset now) =>
        Revoked is not null ? PassportState.Revoked
        : now >= Said.Until ? PassportState.Expired
        : register.HasLeft(Said.Person, now) ? PassportState.Left
        : !clearance.IsValidAt(now) || clearance.Decision?.At > IssuedAt ? PassportState.ClearanceEnded
        : register.WasShutOutSince(Said.Person, IssuedAt) ? PassportState.AccessEnded
        : PassportState.Counts;
}

/// <summary>Another unit's key: asked for by integrity, trusted once an overseer agreed.</summary>
internal sealed record TrustedIssuer(Guid Id, VerifierKey Key, Guid By, DateTimeOffset At)
{
    /// <summary>Who agreed; null as long as nobody has.</summary>
    public Guid? AgreedBy { get; init; }

    /// <summary>Since when it is trusted.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>The newest list of its revoked passports that was brought here, as it was signed.</summary>
    public string? List { get; init; }
}

/// <summary>The passports of the agency, the requests for them, and the issuers whose passports it believes. One stream, so that each request is answered once.</summary>
internal sealed record PassportBook : IStreamState<PassportBook>
{
    static readonly Guid s_id = new("d1ec7084-0000-8000-8000-000000000057");

    /// <summary>The stream.</summary>
    public static StreamId Stream { get; } = new(s_id);

    /// <summary>The stream of checks of counterparts' passports: nothing is decided by it.</summary>
    public static readonly StreamId Checks = new(Streams.Derive(s_id, "checks"));

    public static PassportBook Initial { get; } = new();

    /// <summary>What waits for an answer, by id.</summary>
    public ImmutableDictionary<Guid, PassportRequest> Requests { get; init; } = ImmutableDictionary<Guid, PassportRequest>.Empty;

    /// <summary>Every passport by its number, the expired included.</summary>
    public ImmutableDictionary<string, Passport> Passports { get; init; } = ImmutableDictionary<string, Passport>.Empty.WithComparers(StringComparer.Ordinal);

    /// <summary>Other issuers, by id; those that are trusted no longer are gone.</summary>
    public ImmutableDictionary<Guid, TrustedIssuer> Issuers { get; init; } = ImmutableDictionary<Guid, TrustedIssuer>.Empty;

    // The newest list of each key, also where its issuer is trusted no longer: an older one, from before somebody was revoked, is not to come in again with the trust.
    ImmutableDictionary<string, string> Lists { get; init; } = ImmutableDictionary<string, string>.Empty.WithComparers(StringComparer.Ordinal);

    public long Version { get; init; }

    public PassportBook Apply(Recorded recorded) => Happen(recorded) with { Version = recorded.Version };

    PassportBook Happen(Recorded recorded) => recorded.Event switch
    {
        PassportAsked e => this with { Requests = Requests.SetItem(e.Request, new PassportRequest(e.Request, e.Person, recorded.At)) },
        PassportIssued e => this with { Requests = Requests.Remove(e.Request), Passports = Passports.SetItem(e.Token, new Passport(e, recorded.Actor.Value, recorded.At)) },
        PassportCodeKept e => Change(e.Token, p => p with { Code = e.Code }),
        PassportRefused e => this with { Requests = Requests.Remove(e.Request) },
        PassportRevoked e => Change(e.Token, p => p with { Revoked = e.Why }),
        IssuerProposed e => this with { Issuers = Issuers.SetItem(e.Issuer, new TrustedIssuer(e.Issuer, VerifierKey.Parse(e.Key), recorded.Actor.Value, recorded.At) { List = Lists.GetValueOrDefault(e.Key) }) },
        IssuerAgreed e => Change(e.Issuer, i => i with { AgreedBy = recorded.Actor.Value, Since = recorded.At }),
        IssuerEnded e => this with { Issuers = Issuers.Remove(e.Issuer) },
        IssuerListTaken e when Issuers.TryGetValue(e.Issuer, out var of) => Change(e.Issuer, i => i with { List = e.List }) with { Lists = Lists.SetItem(of.Key.ToString(), e.List) },
        // What was refused to somebody who was erased waits no longer either.
        null when recorded.Type == s_refused => this with { Requests = Requests.RemoveRange(Requests.Values.Where(r => r.Person == recorded.Compartment.Value).Select(r => r.Id)) },
        _ => this,
    };

    static readonly string s_refused = EventTypes.NameOf(typeof(PassportRefused));

    PassportBook Change(string token, Func<Passport, Passport> change) => Passports.TryGetValue(token, out var known) ? this with { Passports = Passports.SetItem(token, change(known)) } : this;

    PassportBook Change(Guid issuer, Func<TrustedIssuer, TrustedIssuer> change) => Issuers.TryGetValue(issuer, out var known) ? this with { Issuers = Issuers.SetItem(issuer, change(known)) } : this;

    /// <summary>The passports of somebody, the newest first.</summary>
    public IReadOnlyList<Passport> Of(Guid person) => [.. Passports.Values.Where(p => p.Said.Person == person).OrderByDescending(p => p.IssuedAt)];

    /// <summary>The request of somebody that waits, or null.</summary>
    public PassportRequest? RequestOf(Guid person) => Requests.Values.FirstOrDefault(r => r.Person == person);

    /// <summary>The issuers that two people stand for.</summary>
    public IReadOnlyList<TrustedIssuer> Trusted => [.. Issuers.Values.Where(i => i.Since is not null)];
}
