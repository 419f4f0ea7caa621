using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;
using Probity.Access.Contract;
using Probity.Protection.Contract;
using Probity.Protection.Plans;
using Probity.Shared;
using Probity.Shared.Kit;
using Probity.Shared.Record;
using Probity.Shared.Views;
using Probity.Shared.Web;

namespace Probity.Protection.Viewing;

/// <summary>A measure as the plan shows it.</summary>
public sealed record MeasureLine(Guid Id, string What, string Owner, DateTimeOffset Due, string Stage, Tone Tone, bool MayReport);

/// <summary>All that the page of a plan shows.</summary>
public sealed record PlanSheet(
    Guid Id, string Person, string Stage, Tone Tone, IReadOnlyList<SummaryItem> Facts, IReadOnlyList<string> Covered, IReadOnlyList<MeasureLine> Measures, IReadOnlyList<string> May, IEnumerable<Choice> People,
    string Level, string Danger, bool OwnerIsNew, IReadOnlyDictionary<string, string> Typed, IReadOnlyList<FieldError> Errors);

/// <summary>The page of one protection plan and the forms on it, and the page of where the protected person stays.</summary>
internal sealed class ShowPlan(PeopleNames names, PlanDesk desk, WorkPlan work, GivePlan give, ClosePlan close, SealPlace place, IOptions<SharedOptions> options, When when)
{
    const string Address = "/protection/plans/{id:guid}";
    const string Forms = Address + "/{what:regex(^(cover|measure|done|activate|review|give|giving|owner|ask|hear|close)$)}";

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet(Address, async (Guid id, HttpContext http, ShowPlan show) =>
            SignedInPerson.Of(http.User) is { } person ? await show.ShowAsync(person, id, null, new(), http.RequestAborted) : Results.Unauthorized());
        pages.MapGet(Forms, (Guid id) => new SeeOther($"/protection/plans/{id:D}"));
        pages.MapPost(Forms, async (Guid id, string what, HttpContext http, ShowPlan show) =>
            SignedInPerson.Of(http.User) is { } person ? await show.TakeAsync(http, person, id, what) : Results.Unauthorized());
        pages.MapGet(Address + "/place", async (Guid id, HttpContext http, ShowPlan show) =>
            SignedInPerson.Of(http.User) is { } person ? await show.PlaceAsync(person, id, null, null, http.RequestAborted) : Results.Unauthorized());
        pages.MapPost(Address + "/place", async (Guid id, HttpContext http, ShowPlan show) =>
            SignedInPerson.Of(http.User) is { } person ? await show.SealAsync(http, person, id) : Results.Unauthorized());
    }

    async Task<IResult> SealAsync(HttpContext http, Guid person, Guid id)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var outcome = await place.HandleAsync(person, new SealPlace.Command(id, form["place"]), http.RequestAborted);
        if (outcome is null) return Results.NotFound();
        if (outcome is not Outcome.Done(var index)) return await PlaceAsync(person, id, outcome, form["place"], http.RequestAborted);
        http.Wrote(index);
        return new SeeOther($"/protection/plans/{id:D}/place");
    }

    async Task<IResult> PlaceAsync(Guid person, Guid id, Outcome? refused, string? typed, CancellationToken cancel)
    {
        if (await desk.OpenPlaceAsync(person, id, cancel) is not { } known) return Results.NotFound();
        var code = (refused as Outcome.Refused)?.Refusal.Code ?? Answers.Stale;
        return Rendered.Page<PlacePage>(
            new { Plan = id, Place = known.Words, known.At, known.IsWithheld, Typed = typed ?? known.Words, Errors = refused is null ? Array.Empty<FieldError>() : [new FieldError(code == SealPlace.PlaceMissing ? "place" : "", ProtectionText.Of(code))] },
            ProtectionForms.StatusOf(refused));
    }

    async Task<IResult> TakeAsync(HttpContext http, Guid person, Guid id, string what)
    {
        var cancel = http.RequestAborted;
        var form = await http.Request.ReadFormAsync(cancel);
        if (!Guid.TryParseExact(form["key"], "D", out var key)) return Results.BadRequest();
        if (PersonChoices.AreTyped(form, "measure-owner", "give-owner"))
        {
            var people = PeopleOf(await desk.ReadAsync(person, id, cancel)).ToList();
            (form, var nobody) = PersonChoices.Resolve(form, ("measure-owner", people), ("give-owner", people));
            if (nobody.Count > 0) return await ShowAsync(person, id, (what, null, nobody), ProtectionForms.TypedIn(form), cancel);
        }

        // A form sent twice adds one.
        var item = Streams.Derive(id, $"{what}/{key:D}");
        var outcome = what switch
        {
            "cover" => await work.HandleAsync(person, new WorkPlan.Cover(id, item, ProtectionForms.Chosen<CoveredRelation>(form["relation"]), form["first-name"]), cancel),
            "measure" => await work.HandleAsync(person, new WorkPlan.Measure(id, item, form["measure-what"], ProtectionForms.IdIn(form, "measure-owner"), ProtectionForms.EndOf(form["measure-day"], options.Value.TimeZone)), cancel),
            "done" => await work.HandleAsync(person, new WorkPlan.Done(id, ProtectionForms.IdIn(form, "item")), cancel),
            "activate" => await work.HandleAsync(person, new WorkPlan.Activate(id), cancel),
            "review" => await work.HandleAsync(person, new WorkPlan.Review(id, ProtectionForms.Chosen<DangerLevel>(form["review-level"]), form["review-danger"]), cancel),
            "give" => await give.HandleAsync(person, new GivePlan.Command(id, ProtectionForms.IdIn(form, "give-owner"), form["give-reason"]), cancel),
            "giving" => await give.HandleAsync(person, new GivePlan.Answer(id, form["answer"] == "yes", form["giving-reason"]), cancel),
            "owner" => await give.HandleAsync(person, new GivePlan.OwnerAnswer(id, form["answer"] == "yes", form["owner-reason"]), cancel),
            "ask" => await close.HandleAsync(person, new ClosePlan.Ask(id, form["ask-reason"]), cancel),
            "hear" => await close.HandleAsync(person, new ClosePlan.Hear(id, form["answer"] == "yes", form["hear-words"]), cancel),
            _ => await close.HandleAsync(person, new ClosePlan.Answer(id, form["answer"] == "yes", form["close-reason"]), cancel),
        };
        if (outcome is null) return Results.NotFound();
        if (outcome is not Outcome.Done(var index)) return await ShowAsync(person, id, (what, outcome, []), ProtectionForms.TypedIn(form), cancel);
        http.Wrote(index);
        // Whoever gave it away may not see it any more.
        return new SeeOther(PlanAccess.Refuses(PlanAction.View, await desk.ReadAsync(person, id, cancel)) is null ? $"/protection/plans/{id:D}" : ShowPlans.Address);
    }

    async Task<IResult> ShowAsync(Guid person, Guid id, (string What, Outcome? Outcome, IReadOnlyList<FieldError> Errors)? refused, Dictionary<string, string> typed, CancellationToken cancel)
    {
        if (await desk.OpenAsync(person, id, cancel) is not { } facts) return Results.NotFound();
        var (plan, code) = (facts.Plan, (refused?.Outcome as Outcome.Refused)?.Refusal.Code ?? Answers.Stale);
        var sheet = new PlanSheet(
            id, facts.Register.NameOf(plan.Person), ProtectionText.Word(plan.Stage), ProtectionForms.ToneOf(plan.Stage, plan.Closed is null && plan.Due < facts.Now), FactsOf(facts),
            [.. plan.Covered.Select(c => $"{c.FirstName} ({ProtectionText.Word(c.Relation)})")], [.. plan.Measures.Select(m => LineOf(m, facts))], MayOf(facts), PeopleOf(facts),
            ProtectionText.Camel(plan.Level), plan.Danger, plan.OwnerIsNew, typed,
            refused is null ? [] : refused.Value.Errors.Count > 0 ? refused.Value.Errors : [new FieldError(FieldOf(refused.Value.What, code), ProtectionText.Of(code))]);
        return Rendered.Page<PlanPage>(new { Sheet = sheet }, refused is null ? StatusCodes.Status200OK : ProtectionForms.StatusOf(refused.Value.Outcome ?? new Outcome.Refused(new Refusal(""), 0)));
    }

    // The forms that the reader is given, each as the table of who may and the plan's stage allow.
    static List<string> MayOf(PlanFacts facts)
    {
        var (plan, may) = (facts.Plan, new List<string>());
        void Offer(string what, PlanAction action, bool now = true)
        {
            if (now && plan.Closed is null && PlanAccess.Refuses(action, facts) is null) may.Add(what);
        }

        Offer("activate", PlanAction.Activate, !plan.IsActive && !plan.Measures.IsEmpty);
        Offer("measure", PlanAction.AddMeasure);
        Offer("cover", PlanAction.Cover);
        Offer("review", PlanAction.Review, plan.IsActive);
        Offer("give", PlanAction.Give, plan.Giving is null);
        Offer("giving", PlanAction.AnswerGiving);
        Offer("owner", PlanAction.AnswerOwner, !plan.IsOwnerless);
        Offer("ask", PlanAction.AskClosing, plan.Asked is null);
        Offer("hear", PlanAction.Hear, plan.Asked is not null);
        Offer("close", PlanAction.Close, plan.Asked is not null);
        if (PlanAccess.Refuses(PlanAction.ReadPlace, facts) is null) may.Add("place");
        return may;
    }

    IEnumerable<Choice> PeopleOf(PlanFacts facts) => ProtectionForms.People(names, facts.Register, facts.Now, p => ProtectionRoles.Serves(p, facts.Register, facts.Now) && facts.MayOwn(p));

    static MeasureLine LineOf(PlannedMeasure measure, PlanFacts facts) => new(
        measure.Id, measure.What, facts.Register.NameOf(measure.Owner), measure.Due, ProtectionText.Of(measure.DoneAt is not null ? "measure.done" : measure.Due < facts.Now ? "measure.overdue" : "measure.open"),
        measure.DoneAt is not null ? Tone.Good : measure.Due < facts.Now ? Tone.Urgent : Tone.Attention,
        measure.DoneAt is null && facts.Plan.Closed is null && PlanAccess.Refuses(PlanAction.ReportDone, facts) is null && (facts.Actor.Person == facts.Plan.Owner || facts.Actor.Person == measure.Owner));

    List<SummaryItem> FactsOf(PlanFacts facts)
    {
        var plan = facts.Plan;
        var items = new List<SummaryItem>
        {
            new(T("plan.level"), ProtectionText.Word(plan.Level)), new(T("plan.danger"), plan.Danger), new(T("plan.owner"), plan.IsOwnerless ? T("plan.no-owner") : facts.Register.NameOf(plan.Owner)),
            new(T("plan.opened"), when.Moment(plan.OpenedAt)), new(T("plan.review-due"), when.Day(plan.ReviewDue)),
        };
        if (plan is { Giving: { } giving, GivingAskedBy: { } asks }) items.Add(new(T("giving.asked"), ProtectionText.Say("giving.asked-of", facts.Register.NameOf(giving.Owner), facts.Register.NameOf(asks), giving.Reason)));
        if (plan.Asked is { } asked) items.Add(new(T("closing.asked"), asked.Reason));
        if (plan.Heard is { } heard) items.Add(new(T(heard.Agrees ? "closing.agrees" : "closing.disagrees"), heard.Words));
        if (plan is { Closed: { } closed, ClosedBy: { } by, ClosedAt: { } at }) items.AddRange([new(T("closing.reason"), closed.Reason), new(T("closing.by"), $"{facts.Register.NameOf(by)}, {when.Moment(at)}")]);
        return items;
    }

    static string T(string key) => ProtectionText.Of(key);

    static string FieldOf(string what, string code) => (what, code) switch
    {
        (_, WorkPlan.NameMissing) => "first-name",
        (_, WorkPlan.RelationMissing) => "relation",
        ("measure", WorkPlan.OwnerUnfit) => "measure-owner",
        ("give", WorkPlan.OwnerUnfit) => "give-owner",
        (_, WorkPlan.DayWrong) => "measure-day",
        (_, OpenPlan.LevelMissing) => "review-level",
        (_, ProtectionTexts.ReasonMissing or ProtectionTexts.ReasonTooShort or ProtectionTexts.Unfit) => what switch
        {
            "measure" => "measure-what", "review" => "review-danger", "give" => "give-reason", "giving" => "giving-reason", "owner" => "owner-reason", "ask" => "ask-reason", "hear" => "hear-words", _ => "close-reason",
        },
        _ => "",
    };
}
