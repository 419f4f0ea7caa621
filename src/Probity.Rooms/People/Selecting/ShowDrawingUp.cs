using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Access.Contract;
using Probity.People.Contract;
using Probity.Shared;
using Probity.Shared.Kit;
using Probity.Shared.Record;
using Probity.Shared.Web;

namespace Probity.People.Selecting;

/// <summary>The form in which a competition is drawn up.</summary>
public sealed record DrawUpSheet(string Action, string Title, IReadOnlyList<Choice> Posts, IEnumerable<Choice> People, IReadOnlyList<FieldError> Errors, string? TurnTo, IReadOnlyDictionary<string, string> Typed);

/// <summary>Draws a competition up, or anew as long as nobody froze it.</summary>
internal sealed class ShowDrawingUp(PeopleNames names, SelectionDesk desk, DrawUpCompetition draw)
{
    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/selection/new", (HttpContext http, ShowDrawingUp show) => show.ShowAsync(http, null, [], null, null));
        pages.MapPost("/selection/new", (HttpContext http, ShowDrawingUp show) => show.TakeAsync(http, null));
        pages.MapGet("/selection/{id:guid}/draw", (Guid id, HttpContext http, ShowDrawingUp show) => show.ShowAsync(http, id, [], null, null));
        pages.MapPost("/selection/{id:guid}/draw", (Guid id, HttpContext http, ShowDrawingUp show) => show.TakeAsync(http, id));
    }

    async Task<IResult> TakeAsync(HttpContext http, Guid? id)
    {
        var (cancel, person) = (http.RequestAborted, SignedInPerson.Of(http.User)!.Value);
        var raw = await http.Request.ReadFormAsync(cancel);
        var facts = await desk.FactsAsync(person, id, cancel);
        var people = SelectionForms.People(names, facts).ToList();
        var (form, wrong) = PersonChoices.Resolve(raw, Enumerable.Range(1, SelectionForms.Members).Select(n => (Field("member", n), (IReadOnlyList<Choice>)people)));
        if (wrong.Count > 0) return await ShowAsync(http, id, wrong, null, raw.Typed());
        var made = id ?? Guid.CreateVersion7();
        var plan = new CompetitionPlan(
            raw["title"].ToString().Trim(), new TaskWords(Text(raw["en"]), Text(raw["es"]), Text(raw["pt"])), Filled(form, "post", SelectionForms.Posts),
            [.. Enumerable.Range(1, SelectionForms.Criteria).Select(n => (Name: Text(raw[Field("criterion", n)]), Typed: Text(raw[Field("weight", n)]), Weight: raw.Whole(Field("weight", n))))
                .Where(c => c.Name is not null || c.Typed is not null).Select(c => new Criterion(c.Name ?? "", c.Weight ?? 0))],
            (raw.Whole("tie") ?? 0) - 1, raw.Whole("places") ?? 0, raw.Day("opens") ?? default, raw.Day("closes") ?? default, Filled(form, "member", SelectionForms.Members));
        var outcome = await draw.HandleAsync(person, new(made, plan, form.Id("request")), cancel);
        return outcome is Outcome.Done ? new SeeOther($"{ShowCompetitions.Address}/{made:D}") : await ShowAsync(http, id, [SelectionForms.ErrorOf(outcome, FieldOf)], outcome, raw.Typed());
    }

    async Task<IResult> ShowAsync(HttpContext http, Guid? id, IReadOnlyList<FieldError> errors, Outcome? refused, IReadOnlyDictionary<string, string>? typed)
    {
        if (SignedInPerson.Of(http.User) is not { } person) return Results.Unauthorized();
        var facts = await desk.FactsAsync(person, id, http.RequestAborted);
        if (facts.Competition?.Of(person) is not null || !(facts.Actor.Has(Role.Integrity) || facts.Actor.Has(Role.Vetting))) return Results.Forbid();
        if (id is not null && facts.Competition is not { FrozenBy: null }) return Results.NotFound();
        var request = Guid.TryParse(http.Request.Query["request"], out var asked) ? facts.All.Requests.Find(r => r.Id == asked) : null;
        return Rendered.Page<DrawUpPage>(new
        {
            Sheet = new DrawUpSheet(
                id is null ? "/selection/new" : $"/selection/{id:D}/draw", SelectionText.Of("draw-up"),
                [.. facts.Register.Posts.Values.Select(p => new Choice(p.Id.ToString("D"), ShowCompetitions.PostOf(p.Id, facts.Register))).OrderBy(c => c.Text, StringComparer.CurrentCulture)],
                SelectionForms.People(names, facts), errors, SelectionForms.TurnTo(refused, facts.Register),
                typed ?? (facts.Competition is { } known ? TypedOf(known.Plan) : request is null ? new Dictionary<string, string>() : new() { ["request"] = request.Id.ToString("D"), ["post1"] = request.Post.ToString("D") })),
        }, errors.Count == 0 ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
    }

    static string FieldOf(string code) => code switch
    {
        DrawUpCompetition.TitleMissing => "title",
        DrawUpCompetition.TaskMissing => "en",
        DrawUpCompetition.PostMissing or DrawUpCompetition.PostBusy or SelectionDesk.Nothing => "post1",
        DrawUpCompetition.CriteriaWrong => "criterion1",
        DrawUpCompetition.WeightsWrong => "weight1",
        DrawUpCompetition.TieWrong => "tie",
        DrawUpCompetition.PlacesWrong => "places",
        DrawUpCompetition.DaysWrong => "opens",
        _ when code.StartsWith("people.selection-panel", StringComparison.Ordinal) => "member1",
        _ => "",
    };

    static Dictionary<string, string> TypedOf(CompetitionPlan plan)
    {
        var typed = new Dictionary<string, string>
        {
            ["title"] = plan.Title, ["en"] = plan.Task.En ?? "", ["es"] = plan.Task.Es ?? "", ["pt"] = plan.Task.Pt ?? "", ["tie"] = Figure(plan.TieCriterion + 1), ["places"] = Figure(plan.Places),
            ["opens"] = plan.Opens.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), ["closes"] = plan.Closes.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        };
        foreach (var (i, post) in plan.Posts.Index()) typed[Field("post", i + 1)] = post.ToString("D");
        foreach (var (i, member) in plan.Panel.Index()) typed[Field("member", i + 1)] = member.ToString("D");
        foreach (var (i, criterion) in plan.Criteria.Index()) (typed[Field("criterion", i + 1)], typed[Field("weight", i + 1)]) = (criterion.Name, Figure(criterion.Weight));
        return typed;
    }

    static IReadOnlyList<Guid> Filled(IFormCollection form, string field, int most) => [.. Enumerable.Range(1, most).Select(n => form.Id(Field(field, n))).OfType<Guid>()];

    static string Field(string name, int number) => string.Create(CultureInfo.InvariantCulture, $"{name}{number}");

    static string Figure(int number) => number.ToString(CultureInfo.InvariantCulture);

    static string? Text(string? typed) => string.IsNullOrWhiteSpace(typed) ? null : typed.Trim();
}
