using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Access.Contract;
using Probity.Cases.Assigning;
using Probity.Cases.Contract;
using Probity.Ledger;
using Probity.Shared;
using Probity.Shared.Kit;
using Probity.Shared.Record;
using Probity.Shared.Web;

namespace Probity.Cases.Viewing;

/// <summary>Somebody in the case.</summary>
public sealed record PartyLine(string Role, string Name, string? Staff, bool Ended);

/// <summary>A draw with all that is needed to draw again.</summary>
public sealed record DrawSheet(
    string Seat, string? Person, bool Voided, bool? Confirmed, IReadOnlyList<(string Id, string Name)> Eligible, string Commitment,
    long Place, string? Seed, long CommittedIndex, long RequestedIndex, long? DrawnIndex);

/// <summary>All that a case's page shows.</summary>
public sealed record CaseSheet(
    Guid Id, string Number, string Stage, bool Closed, string Offence, string Unit, string? Handler, string? Prosecutor, string OpenedBy,
    DateTimeOffset OpenedAt, int DaysOpen, DateTimeOffset StageSince, string? Outcome, string Summary, IReadOnlyList<string> Named,
    IReadOnlyList<PartyLine> Parties, IReadOnlyList<NextStep> Next, IReadOnlyList<Link> Also, string? Waiting,
    IReadOnlyList<TimelineItem> Timeline, IReadOnlyList<DrawSheet> Draws, OversightSheet? Oversight, string? Done,
    (string Seat, string Person)? Drawn, bool DrawPending);

/// <summary>Shows a case as it stands on the record now.</summary>
internal sealed class ShowCase(
    TransparencyLog log, Clerk clerk, CaseReading reading, CaseTimeline timeline, CaseOversight oversight, CaseSteps steps)
{
    public static void Map(IEndpointRouteBuilder pages) => pages.MapGet("/cases/{id:guid}", async (Guid id, string? done, HttpContext http, ShowCase slice) =>
    {
        if (SignedInPerson.Of(http.User) is not { } person) return Results.Unauthorized();
        return await slice.ShowAsync(person, id, done, http.RequestAborted);
    });

    async Task<IResult> ShowAsync(Guid person, Guid id, string? done, CancellationToken cancel)
    {
        // What a person may not know of and what is not there are the same page.
        if (await reading.OpenAsync(person, id, "cases.view", cancel) is not { } facts) return Results.NotFound();
        return facts.Case.ErasedAt is { } at
            ? Rendered.Page<ErasedCasePage>(new { Id = id, At = at })
            : Rendered.Page<CasePage>(new { Sheet = await ReadAsync(facts, done, cancel) });
    }

    async Task<CaseSheet> ReadAsync(CaseFacts facts, string? done, CancellationToken cancel)
    {
        // Only after an act of the reader's own: the draw that it caused is a moment away.
        var pending = done is not null && await AwaitedDraw.WaitAsync(log, facts.Case.Stream, cancel);
        if (done is not null) facts = facts with { Case = await new RecordSession(log).FoldAsync<Case>(facts.Case.Stream, cancel) };
        var (c, actor, register, now, _) = facts;
        var end = c.Stage == Contract.Stage.Closed ? c.StageSince : now;
        var overseen = actor.Has(Role.Integrity) || actor.Has(Role.Overseer);
        return new CaseSheet(
            c.Id, c.Number, CaseWords.Of(c.Stage), c.Stage == Contract.Stage.Closed, CasesText.Of(Offences.TextKey(c.Offence)),
            register.Units.GetValueOrDefault(c.Unit)?.Name ?? "", Name(c.Handler), Name(c.Prosecutor), register.NameOf(c.OpenedBy),
            c.OpenedAt, Math.Max(0, (int)(end - c.OpenedAt).TotalDays), c.StageSince, c.Outcome is { } o ? CaseWords.Of(o) : null, c.Summary,
            [.. c.Named.Select(register.NameOf).Order(StringComparer.CurrentCulture)],
            [.. c.Parties.Select((p, at) => new PartyLine(CaseWords.Of(p.Role), p.Name, Name(p.Person), c.PartiesEnded.Contains(at + 1))).OrderBy(p => p.Ended)],
            [.. steps.Next(facts)], [.. steps.Also(facts)], WaitingFor(c),
            await timeline.ReadAsync(facts, 0, cancel), await DrawsAsync(c, register, cancel),
            overseen ? await oversight.ReadAsync(c, register, cancel) : null, done, Drawn(c, done, register), pending);

        string? Name(Guid? p) => p is { } known ? register.NameOf(known) : null;
    }

    static string? WaitingFor(Case c) => c.Closing is not null ? "Waiting.Closing" : c.SeatProposals.Count > 0 ? "Waiting.Seat"
        : c.Held.Any(seat => !c.Seats.ContainsKey(seat) && !c.Draws.ContainsKey(seat)) ? "Waiting.Held" : null;

    async Task<IReadOnlyList<DrawSheet>> DrawsAsync(Case c, Register register, CancellationToken cancel)
    {
        var draws = ViewDraws.Show(
            [.. (await log.ReadStreamAsync(c.Stream, 0, cancel)).Select(EventTypes.Read)],
            [.. (await log.ReadStreamAsync(DrawChains.StreamOf(clerk.House), 0, cancel)).Select(EventTypes.Read)]);
        return [.. draws.Select(d => new DrawSheet(
            CaseWords.Of(d.Seat), d.Person is { } p ? register.NameOf(p) : null, d.Voided,
            d.Seed is null ? null : d.Recomputed is not null && d.Recomputed == d.Person,
            [.. d.Eligible.Select(e => (e.ToString("D"), register.NameOf(e)))], d.Commitment, d.Place, d.Seed, d.CommittedIndex,
            d.RequestedIndex, d.DrawnIndex))];
    }

    // Whom the reader's own act has brought into the case.
    static (string Seat, string Person)? Drawn(Case c, string? done, Register register) => done switch
    {
        "opened" when c.Handler is { } handler => (CaseWords.Of(Seat.Handler), register.NameOf(handler)),
        "stage" when c.Stage == Contract.Stage.Prosecute && c.Prosecutor is { } prosecutor => (CaseWords.Of(Seat.Prosecutor), register.NameOf(prosecutor)),
        _ => null,
    };
}
