using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Access.Contract;
using Probity.Risk.Approving;
using Probity.Risk.Challenging;
using Probity.Risk.Contract;
using Probity.Risk.Preparing;
using Probity.Shared.Kit;
using Probity.Shared.Record;
using Probity.Shared.Views;
using Probity.Shared.Web;

namespace Probity.Risk.Viewing;

/// <summary>The addresses of one assessment: its page, and the forms on it, each of which leads to a slice.</summary>
internal sealed class ActOnAssessment(ShowAssessment show, ChooseScenarios choose, NameAssessors name, ChallengeRatings challenge, ApproveAssessment approve)
{
    const string Forms = "{what:regex(^(add|omit|assessors|challenge|approve)$)}";

    /// <summary>So many assessors can be typed in.</summary>
    public const int MostAssessors = 7;

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/risk/{id:guid}", async (Guid id, HttpContext http, ActOnAssessment slice) =>
            SignedInPerson.Of(http.User) is { } person ? await slice.show.ShowAsync(person, id, null, null, [], http.RequestAborted) ?? Results.NotFound() : Results.Unauthorized());
        // Whoever comes to a form's address from a refusal, by the choice of a language, gets the page it belongs to.
        pages.MapGet("/risk/{id:guid}/" + Forms, (Guid id) => new SeeOther($"/risk/{id:D}"));
        pages.MapPost("/risk/{id:guid}/" + Forms, async (Guid id, string what, HttpContext http, ActOnAssessment slice) =>
            SignedInPerson.Of(http.User) is { } person ? await slice.TakeAsync(http, person, id, what) : Results.Unauthorized());
    }

    readonly ShowAssessment show = show;

    async Task<IResult> TakeAsync(HttpContext http, Guid person, Guid id, string what)
    {
        var cancel = http.RequestAborted;
        var form = await http.Request.ReadFormAsync(cancel);
        // A form without the version it was made from is not one of ours.
        if (!long.TryParse(form["version"], out var version)) return Results.BadRequest();
        if (what == "assessors")
        {
            if (await show.PeopleAsync(person, id, cancel) is not { } people) return Results.NotFound();
            (form, var nobody) = PersonChoices.Resolve(form, [.. Enumerable.Range(1, MostAssessors).Select(n => ($"assessor-{n}", people))]);
            if (nobody.Count > 0) return await show.ShowAsync(person, id, null, RiskForms.TypedIn(form), nobody, cancel) ?? Results.NotFound();
        }

        var outcome = await RunAsync(person, id, what, form, version, cancel);
        if (outcome is Outcome.Done(var index))
        {
            http.Wrote(index);
            return new SeeOther($"/risk/{id:D}");
        }

        return outcome is null ? Results.NotFound() : await show.ShowAsync(person, id, (what, outcome), RiskForms.TypedIn(form), [], cancel) ?? Results.NotFound();
    }

    Task<Outcome?> RunAsync(Guid person, Guid id, string what, IFormCollection form, long version, CancellationToken cancel) => what switch
    {
        "add" => choose.HandleAsync(person, new ChooseScenarios.Addition(
            id, Enum.TryParse<UnitFunction>(form["function"], ignoreCase: true, out var function) ? function : (UnitFunction)(-1), RiskForms.Number(form["discretion"]),
            new(form["step"].ToString(), form["scheme"].ToString(), form["actor"].ToString(), form["cause"].ToString(), form["consequence"].ToString(), form["controls"].ToString())), version, cancel),
        "omit" => choose.HandleAsync(person, new ChooseScenarios.Omission(id, form["scenario"].ToString(), form["omit-reason"]), version, cancel),
        "assessors" => name.HandleAsync(person, new(id, [.. Enumerable.Range(1, MostAssessors).Select(n => Guid.TryParseExact(form[$"assessor-{n}"], "D", out var who) ? who : Guid.Empty).Where(g => g != Guid.Empty)], form["assessors-reason"]), version, cancel),
        "challenge" => challenge.HandleAsync(person, new(id, form["answer"] == "yes", form["challenge-reason"]), version, cancel),
        _ => approve.HandleAsync(person, new(id, form["answer"] == "yes", form["approve-reason"]), version, cancel),
    };
}
