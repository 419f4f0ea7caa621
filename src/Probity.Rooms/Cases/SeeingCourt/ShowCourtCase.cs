using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Localization;
using Probity.Access.Contract;
using Probity.Cases.Contract;
using Probity.Cases.Ordering;
using Probity.Cases.Viewing;
using Probity.Shared.Web;
using Probity.Shared;

namespace Probity.Cases.SeeingCourt;

/// <summary>All that the page of the court's part shows.</summary>
public sealed record CourtSheet(
    Guid Id, CourtPart Part, string Home, bool OfCourt, IReadOnlyList<Link> Acts, DateTimeOffset Now, string? Done)
{
    /// <summary>Whether the reader may read the stories of the exhibits, with what does not fit: not the unit.</summary>
    public bool ReadsStories { get; init; }
}

/// <summary>Shows the court's part of a case: to those who work it, and to the court, which sees nothing else of it.</summary>
internal sealed class ShowCourtCase(CaseReading reading, CourtParts parts, IStringLocalizer<CourtPages> text)
{
    static readonly Role[] s_readers = [Role.Judge, Role.Registry, Role.Prosecutor, Role.Integrity, Role.Overseer];

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/cases/{id:guid}/court", (Guid id, HttpContext http, ShowCourtCase slice) => slice.ShowAsync(http, id, CasePlace.Prosecution, "cases.court"));
        pages.MapGet("/court/{id:guid}", (Guid id, HttpContext http, ShowCourtCase slice) => slice.ShowAsync(http, id, CasePlace.Court, "cases.court"));
    }

    async Task<IResult> ShowAsync(HttpContext http, Guid id, CasePlace place, string what)
    {
        if (SignedInPerson.Of(http.User) is not { } person) return Results.Unauthorized();
        return await reading.OpenAsync(person, id, what, place.Seen, http.RequestAborted) is { Case.ErasedAt: null } facts
            ? Rendered.Page<CourtCasePage>(new { Sheet = await ReadAsync(facts, place, http.Request.Query["done"], http.RequestAborted) })
            : Results.NotFound();
    }

    async ValueTask<CourtSheet> ReadAsync(CaseFacts facts, CasePlace place, string? done, CancellationToken cancel)
    {
        var home = place.HomeOf(facts.Case.Id);
        return new CourtSheet(facts.Case.Id, await parts.OfAsync(facts.Case, facts.Now, cancel), home, place == CasePlace.Court, [.. Acts(facts, home)], facts.Now, done)
        {
            ReadsStories = s_readers.Any(facts.Actor.Has),
        };
    }

    // From the same guard as the commands, so that no link leads to a refusal that was known before.
    IEnumerable<Link> Acts(CaseFacts facts, string home)
    {
        var court = facts.Case.Court;
        var open = court.Upheld.Any(c => c.Verdict is null);
        if (home.StartsWith("/cases/", StringComparison.Ordinal))
        {
            if (May(CaseAction.ProposeOrder) && OrderRules.RefusesProsecution(facts.Case) is null) yield return To("ProposeOrder");
            if (May(CaseAction.SignOrder) && court.Orders.Any(o => o.IsAwaited && o.By != facts.Actor.Person)) yield return To("SignOrder");
            if (May(CaseAction.SignOrder) && court.Orders.Any(o => o is { Stands: true, Said.By: OrderedBy.Prosecution })) yield return To("LiftSigned");
        }
        else
        {
            if (May(CaseAction.OrderExhibits)) yield return To("OrderExhibits");
            if (May(CaseAction.OrderExhibits) && court.Orders.Any(o => o.Stands)) yield return To("LiftOrder");
            if (May(CaseAction.ConfirmOrder) && court.Orders.Any(OrderRules.CanBeConfirmed)) yield return To("ConfirmOrder");
            if (May(CaseAction.RecordCourt) && court.Acts.Any(a => a.IsOpenAppeal)) yield return To("DecideAppeal");
            if (May(CaseAction.RecordCourt) && court.Upheld.Any(c => c.IsSetAside)) yield return To("GiveJudgment");
        }

        if ((home.StartsWith("/cases/", StringComparison.Ordinal) ? CasePlace.Prosecution : CasePlace.Court).IsShutBy(facts.Case)) yield break;
        if (home.StartsWith("/cases/", StringComparison.Ordinal))
        {
            if (CourtRules.RefusesProsecuting(facts.Case) is not null || !May(CaseAction.Charge)) yield break;
            yield return To("BringCharge");
            if (open)
            {
                yield return To("StateElements");
                if (court.Upheld.Any(c => c.Elements.Length > 0)) yield return To("LinkEvidence");
                yield return To("AmendCharge");
                yield return To("WithdrawCharge");
            }

            if (court.Upheld.SelectMany(c => c.Elements).Any(e => e.Evidence.Length > 0)) yield return To("UnlinkEvidence");
            yield return To("ListItem");
            if (court.Disclosure.All(i => i.State == DisclosureState.Disclosed)) yield break;
            yield return To("Disclose");
            yield return To("WithholdItem");
            yield break;
        }

        if (!May(CaseAction.RecordCourt)) yield break;
        yield return To("NameJudge");
        yield return To("SetHearing");
        if (court.Hearings.Any(h => h.State == HearingState.Scheduled)) yield return To("EndHearing");
        yield return To("DecideBail");
        if (open && !court.Upheld.Any(c => c.IsSetAside)) yield return To("GiveJudgment");
        if (court.Upheld.Any(c => c is { Verdict: Verdict.Guilty, IsSetAside: false, Sentence: null })) yield return To("PassSentence");
        if (court.Charges.Any(c => !c.IsUndecided)) yield return To("LodgeAppeal");

        Link To(string key) => new($"{home}/{CaseWords.Camel(key)}", text[$"{key}.Title"]);
        bool May(CaseAction action) => CaseAccess.Refuses(action, facts.Actor, facts.Case, facts.Register, facts.Now) is null;
    }
}
