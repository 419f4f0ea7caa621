using System.Collections.Immutable;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Access.Contract;
using Probity.Cases.Contract;
using Probity.Shared.Web;

namespace Probity.Cases.Viewing;

/// <summary>A case as it stands on the record now, for whoever needs to know; the reading is itself recorded.</summary>
internal sealed class ViewCase(CaseReading reading)
{
    /// <summary>Everything in the case.</summary>
    internal sealed record Answer(
        Guid Id, string Number, Guid Unit, string Offence, string Summary, ImmutableArray<Party> Parties, IReadOnlyList<int> PartiesEnded, Guid OpenedBy,
        DateTimeOffset OpenedAt, Stage Stage, DateTimeOffset StageSince, Guid? Handler, Guid? Prosecutor,
        IReadOnlyList<Guid> EverSeated, IReadOnlyList<Proposal> Proposals, IReadOnlyList<Guid> Named, IReadOnlyList<Step> Steps,
        ImmutableArray<DecisionKind> Decisions, ClosingProposal? Closing, CaseOutcome? Outcome, DateTimeOffset LastActivity,
        long Version);

    /// <summary>What waits for a second person.</summary>
    internal sealed record Proposal(Seat Seat, Guid? Person, string Reason, Guid By);

    /// <summary>The case, or null where there is none as far as this person may know.</summary>
    public async Task<Case?> HandleAsync(Guid person, Guid caseId, CancellationToken cancel) =>
        (await reading.OpenAsync(person, caseId, "cases.view", cancel))?.Case;

    public static Answer Of(Case c) => new(
        c.Id, c.Number, c.Unit, c.Offence, c.Summary, c.Parties, [.. c.PartiesEnded.Order()], c.OpenedBy, c.OpenedAt, c.Stage, c.StageSince, c.Handler,
        c.Prosecutor, [.. c.EverSeated.Order()],
        [.. c.SeatProposals.OrderBy(p => p.Key).Select(p => new Proposal(p.Key, p.Value.Person, p.Value.Reason, p.Value.By))],
        [.. c.Named.Order()], [.. c.Steps.Order()], c.Decisions, c.Closing, c.Outcome, c.LastActivity, c.Version);

    public static void Map(RouteGroupBuilder api) => api
        .MapGet("/{id:guid}", async (Guid id, HttpContext http, ViewCase slice) =>
        {
            if (SignedInPerson.Of(http.User) is not { } person) return Problem.SignIn();
            if (await slice.HandleAsync(person, id, http.RequestAborted) is not { } found) return Problem.NotFound();
            http.Response.Headers.ETag = string.Create(CultureInfo.InvariantCulture, $"\"{found.Version}\"");
            http.Response.Headers.CacheControl = "no-store";
            return Results.Json(Of(found), ApiJson.Options);
        })
        .WithName("viewCase").WithSummary("A case as it stands. The reading is recorded.")
        .WithMetadata(ApiHeader.ETag).Produces<Answer>().Refuses(401, 404);
}
