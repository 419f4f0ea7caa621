using System.Collections.Immutable;
using Probity.Ledger;
using Probity.Reports.Contract;
using Probity.Reports.Handling;
using Probity.Shared.Record;

namespace Probity.Reports.Granting;

/// <summary>Somebody asked who the source of a report is.</summary>
/// <param name="Id">The request.</param>
/// <param name="Report">The report.</param>
/// <param name="For">The one person whom it is for.</param>
/// <param name="AskedBy">Who asked.</param>
/// <param name="AskedAt">When that was recorded, and the source's notice with it.</param>
/// <param name="Box">Why, sealed for those who can open the report.</param>
internal sealed record IdentityRequest(Guid Id, Guid Report, Guid For, Guid AskedBy, DateTimeOffset AskedAt, string Box)
{
    public Guid? AgreedBy { get; init; }
    public IdentityAgreed? Agreed { get; init; }
    public Guid? ReturnedBy { get; init; }
    public IdentityReturned? Returned { get; init; }
    public Guid? GrantedBy { get; init; }
    public DateTimeOffset? GrantedAt { get; init; }
    public IdentityGranted? Granted { get; init; }

    /// <summary>Whether a second person has not said anything yet.</summary>
    public bool Waits => AgreedBy is null && ReturnedBy is null;

    /// <summary>Whether a custodian has it before them.</summary>
    public bool IsToHandOn => AgreedBy is not null && GrantedBy is null;
}

/// <summary>All requests for identities. One stream, for a custodian sees no report's own; each entry lies with its report.</summary>
internal sealed record IdentityRequests : IStreamState<IdentityRequests>
{
    static readonly Guid RequestsId = new("d1ec7084-0000-8000-8000-0000000000a1");

    public static StreamId Stream { get; } = new(RequestsId);

    public static IdentityRequests Initial { get; } = new();

    public long Version { get; init; }

    /// <summary>By id.</summary>
    public ImmutableDictionary<Guid, IdentityRequest> All { get; init; } = ImmutableDictionary<Guid, IdentityRequest>.Empty;

    /// <summary>Those of a report, the oldest first.</summary>
    public IEnumerable<IdentityRequest> Of(Guid report) => All.Values.Where(r => r.Report == report).OrderBy(r => r.AskedAt).ThenBy(r => r.Id);

    /// <summary>The one of a report that nobody has answered, or that was not handed on yet.</summary>
    public IdentityRequest? OpenOf(Guid report) => All.Values.FirstOrDefault(r => r.Report == report && (r.Waits || r.IsToHandOn));

    public IdentityRequests Apply(Recorded recorded) => Happen(recorded) with { Version = recorded.Version };

    IdentityRequests Happen(Recorded recorded) => recorded.Event switch
    {
        IdentityAsked e => this with { All = All.SetItem(e.Id, new IdentityRequest(e.Id, e.Report, e.For, recorded.Actor.Value, recorded.At, e.Box)) },
        IdentityAgreed e => Change(e.Id, r => r with { AgreedBy = recorded.Actor.Value, Agreed = e }),
        IdentityReturned e => Change(e.Id, r => r with { ReturnedBy = recorded.Actor.Value, Returned = e }),
        IdentityGranted e => Change(e.Id, r => r with { GrantedBy = recorded.Actor.Value, GrantedAt = recorded.At, Granted = e }),
        _ => this,
    };

    IdentityRequests Change(Guid id, Func<IdentityRequest, IdentityRequest> change) => All.TryGetValue(id, out var request) ? this with { All = All.SetItem(id, change(request)) } : this;

    /// <summary>What happens to a request, erased with its report.</summary>
    public static Filing File(Guid report, IEvent happened) => new(Stream, happened, Compartment: Compartments.OfMatter(Report.StreamOf(report)));
}
