using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;
using Probity.Access.Contract;
using Probity.Risk.Accepting;
using Probity.Risk.Controlling;
using Probity.Risk.Naming;
using Probity.Risk.Treating;
using Probity.Shared;
using Probity.Shared.Kit;
using Probity.Shared.Record;
using Probity.Shared.Views;
using Probity.Shared.Web;

namespace Probity.Risk.Viewing;

/// <summary>The addresses of one risk: its page, and the forms on it, each of which leads to a slice.</summary>
internal sealed class ActOnRisk(ShowRisk show, AddControl control, TestControl test, LowerRisk lower, TreatRisk treat, AcceptRisk accept, NamePosts name, PostLines posts, IOptions<SharedOptions> options)
{
    const string Address = "/risk/{id:guid}/risks/{scenario}";
    const string Forms = Address + "/{what:regex(^(owner|posts|control|test|lower|agree|plan|done|verify|ask|answer|revoke)$)}";

    readonly ShowRisk show = show;

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet(Address, async (Guid id, string scenario, HttpContext http, ActOnRisk slice) =>
            SignedInPerson.Of(http.User) is { } person ? await slice.show.ShowAsync(person, id, scenario, null, null, [], http.RequestAborted) ?? Results.NotFound() : Results.Unauthorized());
        pages.MapGet(Forms, (Guid id, string scenario) => new SeeOther($"/risk/{id:D}/risks/{Uri.EscapeDataString(scenario)}"));
        pages.MapPost(Forms, async (Guid id, string scenario, string what, HttpContext http, ActOnRisk slice) =>
            SignedInPerson.Of(http.User) is { } person ? await slice.TakeAsync(http, person, id, scenario, what) : Results.Unauthorized());
    }

    async Task<IResult> TakeAsync(HttpContext http, Guid person, Guid id, string scenario, string what)
    {
        var cancel = http.RequestAborted;
        var form = await http.Request.ReadFormAsync(cancel);
        // A form without the version it was made from is not one of ours.
        if (!long.TryParse(form["version"], out var version)) return Results.BadRequest();
        var field = $"{what}-owner";
        if (PersonChoices.AreTyped(form, field))
        {
            if (await show.PeopleAsync(person, id, scenario, cancel) is not { } people) return Results.NotFound();
            (form, var nobody) = PersonChoices.Resolve(form, (field, people));
            if (nobody.Count > 0) return await show.ShowAsync(person, id, scenario, null, RiskForms.TypedIn(form), nobody, cancel) ?? Results.NotFound();
        }

        var outcome = await RunAsync(person, id, scenario, what, form, version, cancel);
        if (outcome is Outcome.Done(var index))
        {
            http.Wrote(index);
            return new SeeOther($"/risk/{id:D}/risks/{Uri.EscapeDataString(scenario)}");
        }

        return outcome is null ? Results.NotFound() : await show.ShowAsync(person, id, scenario, (what, form["item"].ToString(), outcome), RiskForms.TypedIn(form), [], cancel) ?? Results.NotFound();
    }

    // Fields of a form that stands on the page once for each control or treatment end in its id.
    Task<Outcome?> RunAsync(Guid person, Guid id, string scenario, string what, IFormCollection form, long version, CancellationToken cancel)
    {
        var item = Guid.TryParseExact(form["item"], "D", out var known) ? known : Guid.Empty;
        return what switch
        {
            "owner" => control.HandleAsync(person, new AddControl.Ownership(id, scenario, PersonIn("owner-owner")), version, cancel),
            "control" => control.HandleAsync(person, new AddControl.Command(id, NewId(), scenario, form["control-what"], PersonIn("control-owner"), Day("control-day")), version, cancel),
            "test" => test.HandleAsync(person, new(id, item, Of("design"), Of("operation"), form[$"found-{item:D}"], Day($"next-{item:D}")), version, cancel),
            "lower" => lower.HandleAsync(person, new LowerRisk.Command(id, scenario, RiskForms.RatingOf(form, "lower"), Guid.TryParseExact(form["lower-control"], "D", out var control) ? control : Guid.Empty, form["lower-reason"]), version, cancel),
            "agree" => lower.HandleAsync(person, new LowerRisk.Answer(id, scenario, form["answer"] == "yes", form["agree-reason"]), version, cancel),
            "plan" => treat.HandleAsync(person, new TreatRisk.Plan(id, NewId(), scenario, form["plan-what"], PersonIn("plan-owner"), Day("plan-day")), version, cancel),
            "done" => treat.HandleAsync(person, new TreatRisk.Report(id, item, form[$"evidence-{item:D}"]), version, cancel),
            "verify" => treat.HandleAsync(person, new TreatRisk.Check(id, item, form["answer"] == "yes", form[$"reopen-{item:D}"]), version, cancel),
            "posts" => NameAsync(),
            "ask" => AskAsync(),
            "answer" => accept.HandleAsync(person, new AcceptRisk.Answer(id, scenario, form["answer"] == "yes", form["answer-reason"]), version, cancel),
            _ => accept.HandleAsync(person, new AcceptRisk.Revocation(id, scenario, form["revoke-reason"]), version, cancel),
        };

        async Task<Outcome?> NameAsync()
        {
            var ticked = form["posts-post"].Select(p => Guid.TryParseExact(p, "D", out var post) ? post : Guid.Empty);
            return await name.HandleAsync(person, new(id, scenario, [.. ticked, .. await posts.TypedAsync(form["posts-more"], cancel) is { } more ? (Guid[])[more] : []], form["posts-reason"]), version, cancel);
        }

        // Facts of the record may have made it high.
        async Task<Outcome?> AskAsync() =>
            await accept.HandleAsync(person, new AcceptRisk.Request(id, scenario, form["ask-reason"], Day("ask-day")) { Moved = await show.MovedAsync(person, id, scenario, cancel) }, version, cancel);

        // The version makes that a form sent twice adds one.
        Guid NewId() => Streams.Derive(id, FormattableString.Invariant($"{what} {version}"));

        Guid PersonIn(string field) => Guid.TryParseExact(form[field], "D", out var who) ? who : Guid.Empty;

        DateTimeOffset? Day(string field) => RiskForms.EndOf(form[field], options.Value.TimeZone);

        int? Of(string field) => RiskForms.Number(form[$"{field}-{item:D}"]);
    }
}
