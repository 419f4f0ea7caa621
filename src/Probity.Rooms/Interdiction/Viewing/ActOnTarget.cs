using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Access.Contract;
using Probity.Interdiction.Agreeing;
using Probity.Interdiction.Contract;
using Probity.Interdiction.Inspecting;
using Probity.Interdiction.Releasing;
using Probity.Interdiction.Selecting;
using Probity.Shared.Web;
using Probity.Shared.Kit;
using Probity.Shared.Record;
using Probity.Shared.Views;

namespace Probity.Interdiction.Viewing;

/// <summary>The addresses of one target: its page, and the forms on it, each of which leads to a slice.</summary>
internal sealed class ActOnTarget(
    ShowTarget show, SelectTarget select, InspectTarget inspect, ReleaseTarget release, AnswerOverride answer, CountersignOverride countersign)
{
    public const string ResultMissing = "interdiction.result-missing";
    const string Forms = "{what:regex(^(select|pass|inspect|release|answer|countersign)$)}";

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/interdiction/{id:guid}", async (Guid id, HttpContext http, ActOnTarget slice) =>
            SignedInPerson.Of(http.User) is not { } person ? Results.Unauthorized()
            : await slice.ShowAsync(person, id, http.RequestAborted));
        // Whoever comes to a form's address from a refusal, by the choice of a language, gets the page it belongs to.
        pages.MapGet("/interdiction/{id:guid}/" + Forms, (Guid id) => new SeeOther($"/interdiction/{id:D}"));
        pages.MapPost("/interdiction/{id:guid}/" + Forms, async (Guid id, string what, HttpContext http, ActOnTarget slice) =>
            SignedInPerson.Of(http.User) is { } person ? await slice.TakeAsync(http, person, id, what) : Results.Unauthorized());
    }

    async Task<IResult> ShowAsync(Guid person, Guid id, CancellationToken cancel) =>
        await show.ShowAsync(person, id, null, null, cancel) ?? Results.NotFound();

    async Task<IResult> TakeAsync(HttpContext http, Guid person, Guid id, string what)
    {
        var cancel = http.RequestAborted;
        var form = await http.Request.ReadFormAsync(cancel);
        // A form without the version it was made from is not one of ours.
        if (!long.TryParse(form["version"], out var version)) return Results.BadRequest();
        if (PersonChoices.AreTyped(form, "countersigner"))
        {
            if (await show.StandInsAsync(person, id, cancel) is not { } people) return Results.NotFound();
            (form, var nobody) = PersonChoices.Resolve(form, ("countersigner", people));
            if (nobody.Count > 0)
                return await show.ShowAsync(person, id, null, form.Where(f => !f.Key.StartsWith('_')).ToDictionary(f => f.Key, f => f.Value.ToString()), cancel, nobody) ?? Results.NotFound();
        }

        var outcome = await RunAsync(person, id, what, form, version, cancel);
        if (outcome is Outcome.Done(var index))
        {
            http.Wrote(index);
            return new SeeOther($"/interdiction/{id:D}");
        }

        var typed = form.Where(f => !f.Key.StartsWith('_')).ToDictionary(f => f.Key, f => f.Value.ToString());
        return outcome is null ? Results.NotFound() : await show.ShowAsync(person, id, (what, outcome), typed, cancel) ?? Results.NotFound();
    }

    Task<Outcome?> RunAsync(Guid person, Guid id, string what, IFormCollection form, long version, CancellationToken cancel)
    {
        var (yes, words) = (form["answer"] == "yes", WordsOf(form));
        return what switch
        {
            "select" => select.HandleAsync(person, new(id, true, null, words), version, cancel),
            "pass" => select.HandleAsync(person, new(id, false, form["note"], words), version, cancel),
            "inspect" => InspectAsync(person, id, form, version, cancel),
            "release" => release.HandleAsync(person, new(id, words), version, cancel),
            "answer" => answer.HandleAsync(person, new(id, yes, form["refusal"]), version, cancel),
            _ => countersign.HandleAsync(person, new(id, yes, form["objection"]), version, cancel),
        };
    }

    Task<Outcome?> InspectAsync(Guid person, Guid id, IFormCollection form, long version, CancellationToken cancel)
    {
        // What was not ticked is nothing that an officer said: "nothing found" is never taken for granted.
        var kind = Enum.TryParse<InspectionKind>(form["kind"], ignoreCase: true, out var known) ? known : (InspectionKind)(-1);
        return form["result"].ToString() is "found" or "nothing"
            ? inspect.HandleAsync(person, new(id, kind, form["result"] == "found", form["case"], form["note"]), version, cancel)
            : Task.FromResult<Outcome?>(new Outcome.Refused(new Refusal(ResultMissing), -1));
    }

    static OverrideWords WordsOf(IFormCollection form) => new(
        form["reason"], form["alone"] == "yes", form["absence"], Guid.TryParseExact(form["countersigner"], "D", out var signer) ? signer : null);
}
