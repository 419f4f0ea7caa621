using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Access.Contract;
using Probity.Shared.Kit;
using Probity.Shared.Record;
using Probity.Shared.Web;

namespace Probity.People.Selecting;

/// <summary>The forms on the page of a competition.</summary>
internal sealed class ActOnCompetition(
    PeopleNames names, SelectionDesk desk, FreezeCompetition freeze, ReplaceScorer replace, ScoreApplication score, AdoptRanking adopt, AppealRanking appeal, ShowCompetition show)
{
    const string Where = ShowCompetitions.Address + "/{id:guid}/{what:regex(^(freeze|replace|replace-answer|open|explain|propose|second|agree|appeal|name|answer)$)}";

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet(Where, (Guid id, string what) => new SeeOther($"{ShowCompetitions.Address}/{id:D}"));
        pages.MapPost(Where, (Guid id, string what, HttpContext http, ActOnCompetition act) => act.TakeAsync(http, id, what));
    }

    async Task<IResult> TakeAsync(HttpContext http, Guid id, string what)
    {
        if (SignedInPerson.Of(http.User) is not { } person) return Results.Unauthorized();
        var cancel = http.RequestAborted;
        var raw = await http.Request.ReadFormAsync(cancel);
        var facts = await desk.FactsAsync(person, id, cancel);
        // Whether there is one that they may not know of is not told.
        if (facts.Competition is not { FrozenAt: not null } && SelectionAccess.Refuses(SelectionAction.See, facts) is not null) return Results.NotFound();
        var members = Enumerable.Range(1, SelectionForms.Members).Select(n => $"member{n}").ToList();
        var people = SelectionForms.People(names, facts).ToList();
        var (form, wrong) = PersonChoices.Resolve(raw, members.Append("in").Select(f => (f, (IReadOnlyList<Probity.Shared.Choice>)people)));
        if (wrong.Count > 0) return await show.ShowAsync(http, id, [.. wrong.Select(e => e with { Field = PlaceOf(e.Field, what, raw) })], null, raw.Typed());
        var (yes, reason, made) = (raw.YesOrNo("answer"), raw["reason"].ToString(), Guid.CreateVersion7());
        var order = SelectionForms.Numbers(raw["order"].ToString());
        var outcome = what switch
        {
            "freeze" => await freeze.HandleAsync(person, id, raw.Whole("drawn") ?? 0, cancel),
            "replace" => await replace.HandleAsync(person, new ReplaceScorer.Asking(id, made, raw.Whole("application"), raw.Id("out") ?? Guid.Empty, form.Id("in") ?? Guid.Empty, reason), cancel),
            "replace-answer" => await replace.HandleAsync(person, new ReplaceScorer.Answer(id, raw.Id("replacement") ?? Guid.Empty, yes, reason), cancel),
            "open" => await score.OpenAsync(person, id, cancel),
            "explain" => await adopt.HandleAsync(person, new AdoptRanking.Explanation(id, raw.Whole("application") ?? 0, raw.Whole("criterion") ?? -1, reason), cancel),
            "propose" => await adopt.HandleAsync(person, new AdoptRanking.Asking(id, order ?? [-1], reason), cancel),
            "second" => await adopt.SecondAsync(person, new(id, raw.Whole("proposal") ?? 0, yes, reason), cancel),
            "agree" => await adopt.AgreeAsync(person, new(id, raw.Whole("proposal") ?? 0, yes, reason), cancel),
            "appeal" => await appeal.HandleAsync(person, new AppealRanking.Command(id, made, reason, raw.Whole("outsider")), cancel),
            "name" => await appeal.HandleAsync(person, new AppealRanking.Naming(id, raw.Id("appeal"), [.. members.Select(m => form.Id(m)).OfType<Guid>()]), cancel),
            _ => await appeal.HandleAsync(person, new AppealRanking.Answer(id, raw.Id("appeal") ?? Guid.Empty, yes, reason), cancel),
        };
        return outcome is Outcome.Done ? new SeeOther($"{ShowCompetitions.Address}/{id:D}") : await show.ShowAsync(http, id, [SelectionForms.ErrorOf(outcome, code => PlaceOf(FieldOf(code, what), what, raw))], outcome, raw.Typed());
    }

    // Of some forms there are several on the page: an error leads to the field of the one that was sent.
    static string PlaceOf(string field, string what, IFormCollection form) => (what, field) switch
    {
        ("replace", "in" or "reason") => SelectionForms.PlaceIn(field, form.Id("out") ?? Guid.Empty, form.Whole("application")),
        ("explain", "reason") => SelectionForms.PlaceIn(field, form.Whole("application") ?? 0, form.Whole("criterion") ?? 0),
        ("second" or "agree" or "replace-answer" or "answer", "answer" or "reason") => SelectionForms.PlaceIn(field, what, form.Id("replacement") ?? form.Id("appeal")),
        _ => field,
    };

    static string FieldOf(string code, string what) => code switch
    {
        AdoptRanking.OrderWrong => "order",
        ReplaceScorer.AnswerMissing => "answer",
        ReplaceScorer.InBarred => what == "replace" ? "in" : what == "name" ? "member1" : "",
        _ when code.StartsWith("people.selection-panel", StringComparison.Ordinal) => what == "replace" ? "in" : what == "name" ? "member1" : "",
        _ when code.StartsWith("people.text", StringComparison.Ordinal) => "reason",
        _ => "",
    };
}
