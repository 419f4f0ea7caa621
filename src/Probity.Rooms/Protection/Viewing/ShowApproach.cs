using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Access.Contract;
using Probity.Protection.Approaches;
using Probity.Protection.Contract;
using Probity.Protection.Plans;
using Probity.Shared;
using Probity.Shared.Kit;
using Probity.Shared.Record;
using Probity.Shared.Views;
using Probity.Shared.Web;

namespace Probity.Protection.Viewing;

/// <summary>Somebody to telephone, and under which number if one is known.</summary>
public sealed record Helper(string Name, string? Number);

/// <summary>All that the page of an approach shows.</summary>
public sealed record ApproachSheet(Guid Id, string Title, string Stage, Tone Tone, IReadOnlyList<SummaryItem> Facts, IReadOnlyList<SummaryItem> Answer, IReadOnlyList<TimelineItem> Alert)
{
    /// <summary>Who has it in hand, since when and what is due of them; null where nobody has.</summary>
    public string? InHand { get; init; }
    /// <summary>By when the reader answers or acts, and to whom the alert goes else.</summary>
    public string? Until { get; init; }
    /// <summary>Whom the reader telephones: who recorded it, and who comes next.</summary>
    public IReadOnlyList<(string What, Helper Helper)> Numbers { get; init; } = [];
    /// <summary>Whether the reader recorded it themselves, and whether just now.</summary>
    public bool IsOwn { get; init; }
    /// <summary>Whether it was recorded just now.</summary>
    public bool IsNew { get; init; }
    /// <summary>Whether an alert went out for it, so that the reader is told whom to telephone.</summary>
    public bool IsAlert { get; init; }
    /// <summary>Whether nobody of integrity and no overseer is free to read it.</summary>
    public bool NobodyReads { get; init; }
    /// <summary>Who has the alert, to telephone now.</summary>
    public IReadOnlyList<Helper> Helpers { get; init; } = [];
    /// <summary>The number for emergencies.</summary>
    public string? Emergency { get; init; }
    /// <summary>Whether the reader may say that they have it in hand.</summary>
    public bool MayAcknowledge { get; init; }
    /// <summary>Whether the reader has it in hand and may write what was done.</summary>
    public bool MayAct { get; init; }
    /// <summary>Whether the reader says whether violence may be noted.</summary>
    public bool MayAnswerNoting { get; init; }
    /// <summary>Whether the reader may say that they have read it.</summary>
    public bool MayRead { get; init; }
    /// <summary>Whether the reader may say what was done.</summary>
    public bool MayHandle { get; init; }
    /// <summary>Whether the reader may open a plan.</summary>
    public bool MayOpenPlan { get; init; }
    /// <summary>The plan's page, where there is one.</summary>
    public string? Plan { get; init; }
    /// <summary>What was typed.</summary>
    public IReadOnlyDictionary<string, string> Typed { get; init; } = new Dictionary<string, string>();
    /// <summary>What was refused.</summary>
    public IReadOnlyList<FieldError> Errors { get; init; } = [];
}

/// <summary>The page of one approach, and the forms on it.</summary>
internal sealed class ShowApproach(ApproachDesk desk, PlanDesk plans, AnswerAlert answer, HandleApproach handle, OpenPlan open, When when)
{
    const string Address = "/protection/approaches/{id:guid}";
    const string Forms = Address + "/{what:regex(^(acknowledge|act|read|handle|noting|plan)$)}";

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet(Address, async (Guid id, HttpContext http, ShowApproach show) =>
            SignedInPerson.Of(http.User) is { } person ? await show.ShowAsync(person, id, null, new(), http.Request.Query.ContainsKey("recorded"), http.RequestAborted) : Results.Unauthorized());
        pages.MapGet(Forms, (Guid id) => new SeeOther($"/protection/approaches/{id:D}"));
        pages.MapPost(Forms, async (Guid id, string what, HttpContext http, ShowApproach show) =>
            SignedInPerson.Of(http.User) is { } person ? await show.TakeAsync(http, person, id, what) : Results.Unauthorized());
    }

    async Task<IResult> TakeAsync(HttpContext http, Guid person, Guid id, string what)
    {
        var cancel = http.RequestAborted;
        var form = await http.Request.ReadFormAsync(cancel);
        var outcome = what switch
        {
            "acknowledge" => await answer.HandleAsync(person, new(id), cancel),
            "act" => await answer.ActAsync(person, new AnswerAlert.Acting(id, form["words"]), cancel),
            "noting" => await handle.HandleAsync(person, new HandleApproach.Answer(id, form["answer"] == "yes", form["noting-reason"]), cancel),
            "read" => await handle.HandleAsync(person, new HandleApproach.Reading(id), cancel),
            "handle" => await handle.HandleAsync(person, new HandleApproach.Command(id, ProtectionForms.Chosen<ApproachOutcome>(form["outcome"]), form["reason"]), cancel),
            _ => await open.HandleAsync(person, new(id, ProtectionForms.Chosen<DangerLevel>(form["level"]), form["danger"]), cancel),
        };
        if (outcome is null) return Results.NotFound();
        if (outcome is not Outcome.Done(var index)) return await ShowAsync(person, id, (what, outcome), ProtectionForms.TypedIn(form), false, cancel);
        http.Wrote(index);
        if (ApproachAccess.Refuses(ApproachAction.View, await desk.ReadAsync(person, id, cancel)) is not null) return new SeeOther("/protection");
        return new SeeOther(what == "plan" ? $"/protection/plans/{(await plans.LastAsync(person, (await desk.ReadAsync(person, id, cancel)).Approach, cancel)).Last.Plan.Id:D}" : $"/protection/approaches/{id:D}");
    }

    async Task<IResult> ShowAsync(Guid person, Guid id, (string What, Outcome Outcome)? refused, Dictionary<string, string> typed, bool isNew, CancellationToken cancel)
    {
        if (await desk.OpenAsync(person, id, cancel) is not { Approach: { Recorded: { } recorded } approach } facts) return Results.NotFound();
        var (steps, own) = (facts.Steps, approach.Reporter == person);
        var (plan, next) = await plans.LastAsync(person, approach, cancel);
        var (helpers, mine) = HelpersOf(facts, steps);
        var following = facts.Following;
        var sheet = new ApproachSheet(
            id, ProtectionText.Word(recorded.Kind), ProtectionForms.StageOf(approach.Stage), approach.InHandAt(facts.Now) is not null && approach.Stage == ApproachStage.Recorded && recorded.ReadBy >= facts.Now ? Tone.Neutral : ProtectionForms.ToneOf(approach.Stage, recorded.ReadBy < facts.Now), FactsOf(facts, recorded), AnswerOf(facts), AlertOf(facts, steps))
        {
            InHand = InHandOf(facts), Until = UntilOf(facts, following, mine), Numbers = NumbersOf(facts, following), NobodyReads = NobodyReads(facts), IsOwn = own, IsNew = own && isNew, IsAlert = steps.Count > 0 && (own || !mine), Helpers = helpers, Emergency = facts.Roster.Emergency,
            MayAct = !approach.Acted && May(ApproachAction.SayActed), MayAnswerNoting = May(ApproachAction.AnswerNoting), MayAcknowledge = approach.IsAlertingAt(facts.Now) && May(ApproachAction.Acknowledge), MayRead = approach.ReadAt is null && May(ApproachAction.Read),
            MayHandle = approach.ReadAt is not null && approach.Handled is null && May(ApproachAction.Handle), MayOpenPlan = next is not null && May(ApproachAction.OpenPlan),
            Plan = PlanAccess.Refuses(PlanAction.View, plan) is null ? $"/protection/plans/{plan.Plan.Id:D}" : null, Typed = typed,
            Errors = refused is { } r ? [new FieldError(FieldOf(r.What, (r.Outcome as Outcome.Refused)?.Refusal.Code), ProtectionText.Of((r.Outcome as Outcome.Refused)?.Refusal.Code ?? Answers.Stale))] : [],
        };
        return Rendered.Page<ApproachPage>(new { Sheet = sheet }, ProtectionForms.StatusOf(refused?.Outcome));

        bool May(ApproachAction action) => ApproachAccess.Refuses(action, facts) is null;
    }

    // Who has it in hand, else whom it stands with now; and whether that is the reader, who telephones and is not telephoned.
    static (IReadOnlyList<Helper> Helpers, bool Mine) HelpersOf(ApproachFacts facts, IReadOnlyList<AlertStep> steps)
    {
        if (steps.Count == 0) return ([], false);
        IEnumerable<Guid> people = facts.Approach.InHandAt(facts.Now) is { } by ? [by] : steps[^1] switch
        {
            { Rung: AlertRung.Officer, Officer: { } officer } => [officer],
            { Rung: AlertRung.Overseers } => NeedToKnow.Free(Role.Overseer, facts.Approach.Concerned, facts.Register, facts.Now),
            _ => [],
        };
        var all = people.ToList();
        return ([.. all.Select(p => new Helper(facts.Register.NameOf(p), facts.Roster.NumberOf(p, facts.Now) ?? facts.Roster.NumberOf(p, steps[^1].Since)))], all.Contains(facts.Actor.Person));
    }

    string? InHandOf(ApproachFacts facts) => facts.Approach is not { AcknowledgedAt: { } since } approach || approach.InHandAt(facts.Now) is not { } by ? null
        : string.Join(' ', new[] { ProtectionText.Say("in-hand", facts.Register.NameOf(by), when.Moment(since)), approach.Acted ? T("in-hand.acted") : approach.ActBy is { } due ? ProtectionText.Say("in-hand.due", when.Moment(due)) : null }.OfType<string>());

    // The time in which the reader answers or acts; for whom it has passed already, that it has.
    string? UntilOf(ApproachFacts facts, AlertStep? following, bool mine)
    {
        var acts = facts.Approach.InHandAt(facts.Now) is not null;
        if (acts && following is null) return null;
        if (!mine) return T("acknowledge.passed");
        return following is null ? T("acknowledge.last") : following.Rung == AlertRung.Nobody ? ProtectionText.Say(acts ? "act.last" : "acknowledge.last-until", when.Moment(following.Since))
            : ProtectionText.Say(acts ? "act.until" : "acknowledge.until", when.Moment(following.Since), following.Officer is { } next ? facts.Register.NameOf(next) : T("following.overseers"));
    }

    // The record has numbers of whoever is or was on duty, and of nobody else.
    static List<(string, Helper)> NumbersOf(ApproachFacts facts, AlertStep? following)
    {
        var reporter = facts.Approach.Reporter;
        var numbers = new List<(string, Helper)> { (T("recorded.by"), new Helper(facts.Register.NameOf(reporter), facts.Roster.NumberOf(reporter, facts.Now))) };
        if (following?.Officer is { } next) numbers.Add((T("following"), new Helper(facts.Register.NameOf(next), facts.Roster.NumberOf(next, following.Since) ?? facts.Roster.NumberOf(next, facts.Now))));
        return numbers;
    }

    List<SummaryItem> FactsOf(ApproachFacts facts, ApproachRecorded recorded)
    {
        var items = new List<SummaryItem> { new(T("ask.happened"), when.Moment(recorded.Happened)), new(T("recorded.at"), when.Moment(facts.Approach.RecordedAt)) };
        if (facts.Actor.Person != facts.Approach.Reporter) items.Add(new(T("recorded.by"), facts.Register.NameOf(facts.Approach.Reporter)));
        if (recorded.Violent) items.Add(new(T("ask.violent"), T("yes")));
        Add("ask.place", recorded.Place is { } place ? ProtectionText.Word(place) : null);
        Add("ask.spot", recorded.Spot);
        Add("ask.way", recorded.Way is { } way ? ProtectionText.Word(way) : null);
        Add("ask.wish", recorded.Wish is { } wish ? ProtectionText.Word(wish) : null);
        Add("ask.amount", recorded.Amount is { } amount ? $"{amount.ToString("N2", CultureInfo.CurrentCulture)} {recorded.Currency}" : null);
        Add("ask.answer", recorded.Answer is { } said ? ProtectionText.Word(said) : null);
        Add("ask.who", recorded.Who);
        Add("ask.told", recorded.Told);
        Add("behind.people", recorded.People.Count > 0 ? string.Join(", ", recorded.People.Select(facts.Register.NameOf)) : null);
        Add("ask.unit", recorded.Units.Count > 0 ? string.Join(", ", recorded.Units.Select(u => facts.Register.Units.GetValueOrDefault(u)?.Name)) : null);
        return items;

        void Add(string key, string? value)
        {
            if (value is not null) items.Add(new(T(key), value));
        }
    }

    static bool NobodyReads(ApproachFacts facts) => facts.Approach.ReadAt is null
        && new[] { Role.Integrity, Role.Overseer }.All(role => NeedToKnow.Free(role, facts.Approach.Concerned, facts.Register, facts.Now).Count == 0);

    List<SummaryItem> AnswerOf(ApproachFacts facts)
    {
        var approach = facts.Approach;
        var items = new List<SummaryItem>
        {
            approach is { ReadBy: { } reader, ReadAt: { } at } ? new(T("read.by"), $"{facts.Register.NameOf(reader)}, {when.Moment(at)}") : NobodyReads(facts) ? new(T("read.due"), T("read.nobody")) : new(T("read.due"), when.Day(approach.Recorded!.ReadBy)),
        };
        if (approach is { AcknowledgedAt: { } taken } && approach.InHandAt(facts.Now) is { } hand) items.Insert(0, new(T("alert.acknowledged"), $"{facts.Register.NameOf(hand)}, {when.Moment(taken)}"));
        if (approach is { Noting: { } noting, NotingAskedBy: { } asks, Handled: null }) items.Add(new(T("noting.asked"), $"{ProtectionText.Word(noting.Outcome ?? ApproachOutcome.Noted)} – {facts.Register.NameOf(asks)}: {noting.Reason}"));
        if (approach is { Handled: { } handled, HandledBy: { } by, HandledAt: { } done })
            items.AddRange([new(T("outcome"), ProtectionText.Word(handled.Outcome)), new(T("reason"), handled.Reason), new(T("handled.by"), $"{facts.Register.NameOf(by)}, {when.Moment(done)}")]);
        return items;
    }

    static List<TimelineItem> AlertOf(ApproachFacts facts, IReadOnlyList<AlertStep> steps)
    {
        var items = steps.Select((s, at) => new TimelineItem(
            ProtectionText.Of(at == 0 ? "alert.raised" : "alert.passed"), s.Since, s.Officer is { } officer ? facts.Register.NameOf(officer) : ProtectionText.Word(s.Rung),
            facts.Approach.IsAlertingAt(facts.Now) && at == steps.Count - 1 && s.Rung != AlertRung.Nobody && s.Due <= facts.Now ? ProtectionText.Of("alert.overdue") : null)).ToList();
        items.AddRange(facts.Approach.Dropped.Select(d => new TimelineItem(ProtectionText.Of("alert.acknowledged"), d.At, facts.Register.NameOf(d.By), ProtectionText.Of("alert.dropped"))));
        if (facts.Approach is { AcknowledgedBy: { } by, AcknowledgedAt: { } done }) items.Add(new TimelineItem(ProtectionText.Of("alert.acknowledged"), done, facts.Register.NameOf(by), facts.Approach.HasLapsedAt(facts.Now) ? ProtectionText.Of("alert.dropped") : null));
        return [.. items.AsEnumerable().Reverse().OrderByDescending(i => i.At)];
    }

    static string T(string key) => ProtectionText.Of(key);

    static string FieldOf(string what, string? code) => code switch
    {
        HandleApproach.OutcomeMissing => "outcome",
        OpenPlan.LevelMissing => "level",
        ProtectionTexts.ReasonMissing or ProtectionTexts.ReasonTooShort or ProtectionTexts.Unfit => what switch { "plan" => "danger", "act" => "words", "noting" => "noting-reason", _ => "reason" },
        _ => "",
    };
}
