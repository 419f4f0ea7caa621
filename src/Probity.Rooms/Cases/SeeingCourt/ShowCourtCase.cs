using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Localization;
using Probity.Access.Contract;
using Probity.Cases.Contract;
using Probity.Cases.Viewing;
using Probity.Shared;

namespace Probity.Cases.SeeingCourt;

/// <summary>An element of a charge, with the numbers of what proves it in the charge's list of evidence.</summary>
public sealed record ElementLine(string Text, IReadOnlySet<Guid> Evidence);

/// <summary>Something that proves: its id, what kind it is, and what it is called.</summary>
public sealed record EvidenceLine(Guid Id, string Kind, string Label);

/// <summary>A charge with what proves it, as the page draws it.</summary>
public sealed record ChargeLine(
    string Basis, string Text, bool Withdrawn, int Amendments, string? Verdict, bool Guilty, string? Sentence, IReadOnlyList<ElementLine> Elements,
    IReadOnlyList<EvidenceLine> Evidence)
{
    /// <summary>How many elements nothing proves yet.</summary>
    public int Gaps => Elements.Count(e => e.Evidence.Count == 0);
}

/// <summary>An item of the disclosure list.</summary>
public sealed record DisclosureLine(string Kind, string Label, DateTimeOffset Listed, string State, bool Open, DateTimeOffset? At, string Words, string Basis);

/// <summary>A hearing, a decision on bail or an appeal, in the order of time.</summary>
public sealed record HearingLine(DateTimeOffset At, string Title, string State, bool Ahead, string Words);

/// <summary>All that the page of the court's part shows.</summary>
public sealed record CourtSheet(
    Guid Id, string Number, string Stage, string Home, bool OfCourt, IReadOnlyList<string> Accused, string? Judge, string? JudgeHow, DateTimeOffset? JudgeSince,
    IReadOnlyList<ChargeLine> Charges, IReadOnlyList<DisclosureLine> Disclosure, bool Stale, IReadOnlyList<HearingLine> Hearings,
    IReadOnlyList<Link> Acts, DateTimeOffset Now, string? Done)
{
    /// <summary>Whether the reader may read the stories of the exhibits, with what does not fit: not the unit.</summary>
    public bool ReadsStories { get; init; }
}

/// <summary>Shows the court's part of a case: to those who work it, and to the court, which sees nothing else of it.</summary>
internal sealed class ShowCourtCase(CaseReading reading, IStringLocalizer<CourtPages> text)
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
            ? new RazorComponentResult<CourtCasePage>(new { Sheet = Read(facts, place, http.Request.Query["done"]) }) { PreventStreamingRendering = true }
            : Results.NotFound();
    }

    CourtSheet Read(CaseFacts facts, CasePlace place, string? done)
    {
        var (c, court) = (facts.Case, facts.Case.Court);
        var home = place.HomeOf(c.Id);
        return new CourtSheet(
            c.Id, c.Number, CaseWords.Of(c.Stage), home, place == CasePlace.Court,
            [.. c.CurrentParties.Where(p => p.Party.Role == PartyRole.Subject).Select(p => p.Party.Name)],
            court.Judge?.Name, court.Judge is { } judge ? judge.Reasons is { } why ? $"{CaseWords.Of(judge.How)}. {why}" : CaseWords.Of(judge.How) : null, court.Judge?.Since,
            [.. court.Charges.Select(Line)],
            [.. court.Disclosure.Select(i => new DisclosureLine(
                CaseWords.Of(i.Evidence.Kind), i.Evidence.Label, i.Listed, text[$"Disclosure.{i.State}"], i.State == DisclosureState.Open, i.At, i.Words, i.LegalBasis))],
            court.DisclosureIsStale, [.. Hearings(court, facts.Now)], [.. Acts(facts, home)], facts.Now, done)
        {
            ReadsStories = s_readers.Any(facts.Actor.Has),
        };

        ChargeLine Line(Charge charge) => new(
            charge.Basis, charge.Text, charge.Withdrawn, charge.Amendments, charge.Verdict is { } verdict ? CaseWords.Of(verdict) : null, charge.Verdict == Verdict.Guilty,
            charge.Sentence, [.. charge.Elements.Select(e => new ElementLine(e.Text, e.Evidence.ToHashSet()))],
            [.. charge.Elements.SelectMany(e => e.Evidence).Distinct().Select(id => court.Evidence[id]).OrderBy(e => e.Kind).ThenBy(e => e.Label, StringComparer.CurrentCulture)
                .Select(e => new EvidenceLine(e.Id, CaseWords.Of(e.Kind), e.Label))]);
    }

    IEnumerable<HearingLine> Hearings(CourtFile court, DateTimeOffset now) => court.Hearings
        .Select(h => new HearingLine(
            h.At, $"{h.Subject}, {h.Place}", h.By is { } by ? text["Hearing.AdjournedBy", CaseWords.Of(by)] : text[h.State == HearingState.Held ? "Hearing.Held" : "Hearing.Scheduled"],
            h.State == HearingState.Scheduled && h.At > now, h.Words))
        .Concat(court.Acts.Select(a => new HearingLine(
            a.At, a.Bail is not null ? text["Act.Bail"] : text["Act.Appeal"], a.Bail is { } bail ? CaseWords.Of(bail) : CaseWords.Of(a.AppealBy!.Value), false, a.Reasons)))
        .OrderByDescending(h => h.At);

    // From the same guard as the commands, so that no link leads to a refusal that was known before.
    IEnumerable<Link> Acts(CaseFacts facts, string home)
    {
        var court = facts.Case.Court;
        var open = court.Upheld.Any(c => c.Verdict is null);
        if (facts.Case.Stage == Stage.Closed) yield break;
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
        if (open) yield return To("GiveJudgment");
        if (court.Upheld.Any(c => c is { Verdict: Verdict.Guilty, Sentence: null })) yield return To("PassSentence");
        if (court.Charges.Any(c => c.Verdict is not null)) yield return To("LodgeAppeal");

        Link To(string key) => new($"{home}/{CaseWords.Camel(key)}", text[$"{key}.Title"]);
        bool May(CaseAction action) => CaseAccess.Refuses(action, facts.Actor, facts.Case, facts.Register, facts.Now) is null;
    }
}
