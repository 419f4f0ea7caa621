using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Access.Contract;
using Probity.Ledger;
using Probity.People.Contract;
using Probity.People.Revetting;
using Probity.People.Vetting;
using Probity.Policies.Contract;
using Probity.Shared;
using Probity.Shared.Kit;
using Probity.Shared.Record;
using Probity.Shared.Web;

namespace Probity.People.Viewing;

/// <summary>The page of one clearance: its contents for vetting, the overseer and, less what is withheld, its person; its state for integrity.</summary>
internal sealed class ShowClearance(ClearanceDesk desk, ClearanceTimeline timeline, When when)
{
    public const string OwnAddress = "/vetting/mine";

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet(OwnAddress, async (HttpContext http, ClearanceDesk desk, CancellationToken cancel) =>
            SignedInPerson.Of(http.User) is not { } person ? Results.Unauthorized()
            : !ClearanceAccess.Serves(http.User) ? Results.Forbid()
            : (await desk.OfAsync(person, cancel)).Newest is { } own ? new SeeOther($"/vetting/{own.Id:D}") : Rendered.Page<NoFilePage>());
        pages.MapGet("/vetting/{id:guid}", async (Guid id, HttpContext http, ShowClearance show) =>
            SignedInPerson.Of(http.User) is { } person ? await show.ShowAsync(person, id, "", null, null, http.RequestAborted) : Results.Unauthorized());
    }

    public async Task<IResult> ShowAsync(Guid person, Guid id, string what, Outcome? refused, IReadOnlyDictionary<string, string>? typed, CancellationToken cancel)
    {
        if (await desk.OpenAsync(person, id, cancel) is not { } facts) return Results.NotFound();
        var (clearance, register, now) = (facts.Clearance, facts.Register, facts.Now);
        var refusal = (refused as Outcome.Refused)?.Refusal;
        var contents = ClearanceAccess.Refuses(ClearanceAction.View, facts) is null;
        var stage = clearance.StageAt(now);
        var sheet = new ClearanceSheet(
            $"/vetting/{id:D}", register.NameOf(clearance.Person), PeopleText.Of("level." + PeopleText.Camel(clearance.Level)), clearance.Version,
            PeopleText.Of("stage." + PeopleText.Camel(stage)), ShowClearances.ToneOf(stage), FactsOf(facts, contents))
        {
            LiftingBy = clearance.AskedToLift is var (_, asker) && !facts.IsOwn ? register.NameOf(asker) : null,
            IsOwn = facts.IsOwn, ReadsContents = contents, May = FormsOf(facts),
            Errors = refused is null ? [] : [new FieldError(ActOnClearance.FieldOf(refusal?.Code ?? "") is { Length: > 0 } field ? $"{what}-{field}" : "", PeopleText.Of(refusal?.Code ?? Answers.Stale))],
            Sent = what,
            TurnTo = refusal?.Reroute is { People.Count: > 0 } to ? $"{RoleWords.Of(to.Role)}: {string.Join(", ", to.People.Select(register.NameOf).Order(StringComparer.CurrentCulture))}" : null,
            Typed = typed?.ToDictionary(t => $"{what}-{t.Key}", t => t.Value) ?? ClearedOf(facts),
        };
        if (contents)
        {
            sheet = sheet with
            {
                Checks = [.. Enum.GetValues<CheckKind>().Select(k => LineOf(k, facts))],
                Circumstances = [.. clearance.Circumstances.Reverse().Select(c => new CircumstanceLine(c.Id, PeopleText.Of("circumstance." + PeopleText.Camel(c.Kind)), when.Day(c.Since), c.What, c.Result))],
                Timeline = await timeline.OfAsync(facts, cancel),
                Others = [.. (await desk.OfAsync(clearance.Person, cancel)).All.Where(c => c.Id != id).Select(c => new Link(
                    $"/vetting/{c.Id:D}", PeopleText.Say("other", PeopleText.Of("level." + PeopleText.Camel(c.Level)), PeopleText.Of("stage." + PeopleText.Camel(c.StageAt(now))))))],
            };
        }

        return Rendered.Page<ClearancePage>(new { Sheet = sheet },
            refused switch { null => StatusCodes.Status200OK, Outcome.Stale => StatusCodes.Status409Conflict, _ => StatusCodes.Status422UnprocessableEntity });
    }

    // What was cleared is sent again: its words stand in the form already.
    static Dictionary<string, string> ClearedOf(ClearanceFacts facts)
    {
        foreach (var (kind, answer) in (ReadOnlySpan<(AdverseAct, ClearanceAnswer)>)[(AdverseAct.ClearanceRefusal, ClearanceAnswer.Refused), (AdverseAct.ClearanceRestriction, ClearanceAnswer.Restricted)])
        {
            if (HoldClearance.OpenOf(kind, facts) is { IsCleared: true } act)
                return new() { [$"{ClearanceForm.Decide}-text"] = act.Reason, [$"{ClearanceForm.Decide}-answer"] = PeopleText.Camel(answer) };
        }

        return [];
    }

    static CheckLine LineOf(CheckKind kind, ClearanceFacts facts)
    {
        var (clearance, name) = (facts.Clearance, PeopleText.Of("check." + PeopleText.Camel(kind)));
        if (!clearance.Checks.TryGetValue(kind, out var check)) return new CheckLine(PeopleText.Camel(kind), name, null, Tone.Neutral, null, null, false);
        var withheld = facts.IsOwn && !clearance.IsRead(check);
        return new CheckLine(
            PeopleText.Camel(kind), name, withheld ? null : PeopleText.Of("result." + PeopleText.Camel(check.Result)),
            check.Result switch { VettingResult.Clear => Tone.Good, VettingResult.Adverse => Tone.Urgent, VettingResult.Inconclusive => Tone.Attention, _ => Tone.Neutral },
            withheld ? null : check.Note, withheld ? null : facts.Register.NameOf(check.By), withheld);
    }

    List<SummaryItem> FactsOf(ClearanceFacts facts, bool contents)
    {
        var (clearance, now) = (facts.Clearance, facts.Now);
        var items = new List<SummaryItem> { new(PeopleText.Of("column.post"), ShowClearances.PostOf(clearance.Person, facts.Register, now)) };
        if (clearance.Until is { } until) items.Add(new(PeopleText.Of("column.until"), when.Day(until)));
        if (clearance.ReviewFrom is { } review) items.Add(new(PeopleText.Of("fact.review"), when.Day(review)));
        if (clearance.IsAppealable) items.Add(new(PeopleText.Of("fact.appeal-until"), when.Moment(clearance.AppealUntil!.Value)));
        if (clearance.Suspension is not null)
            items.Add(new(PeopleText.Of("fact.confirmed"), clearance.SuspensionConfirmedBy is { } second ? facts.Register.NameOf(second) : PeopleText.Say("fact.unconfirmed", when.Moment(SuspendedByOneUntil(facts)))));
        if (clearance.StageAt(now) == ClearanceStage.Invited) items.Add(new(PeopleText.Of("fact.form-due"), when.Day(RevettingDuty.FormDue(clearance, facts.Policy))));
        if (!contents) return items;
        foreach (var kind in facts.IsOwn ? [] : Enum.GetValues<AdverseAct>())
        {
            if (HoldClearance.LastOf(kind, facts) is { IsOvertaken: false } act && act.At >= (clearance.Decision?.At ?? DateTimeOffset.MinValue)) items.Add(new(PeopleText.Of("held." + PeopleText.Camel(kind)), StateOf(act, facts)));
        }

        if (clearance is { AskedToDiscontinue: { } ending, IsDecided: false } && !facts.IsOwn)
            items.Add(new(PeopleText.Of("fact.discontinuing"), $"{facts.Register.NameOf(ending.By)}: {PeopleText.Of("because." + PeopleText.Camel(ending.Because))}. {ending.Reason}"));
        if (clearance.AskedToLift is { } lifting && !facts.IsOwn) items.Add(new(PeopleText.Of("fact.lifting"), $"{facts.Register.NameOf(lifting.By)}: {lifting.Reason}"));
        if (clearance.Restrictions is { } restrictions) items.Add(new(PeopleText.Of("fact.restrictions"), restrictions));
        if (clearance.Statement is { } statement) items.Add(new(PeopleText.Of("fact.statement"), statement));
        // What the assessment says may be what a note says: it goes with the notes.
        if (clearance.Assessment is { } assessment && (!facts.IsOwn || (clearance.IsDecided && clearance.Redactions.IsEmpty))) items.Add(new(PeopleText.Of("fact.assessment"), assessment));
        if (clearance.Decision is { } decision)
        {
            items.Add(new(PeopleText.Of("fact.grounds"), string.Join("; ", decision.Grounds.Select(g => PeopleText.Of("ground." + PeopleText.Camel(g))))));
            items.Add(new(PeopleText.Of("fact.pack"), decision.Policy));
        }

        if (clearance.Withdrawal is { } open)
        {
            items.Add(new(PeopleText.Of("fact.notice"), open.Notice));
            items.Add(new(PeopleText.Of("fact.answer"), open.Answer ?? PeopleText.Say("fact.answer-until", when.Moment(open.AnswerUntil))));
        }

        if (!clearance.Redactions.IsEmpty)
        {
            items.Add(new(PeopleText.Of(facts.IsOwn ? "result.withheld" : "fact.withheld"), facts.IsOwn
                ? PeopleText.Say("fact.withheld-own", string.Join(", ", clearance.Redactions.Select(r => PeopleText.Of("check." + PeopleText.Camel(r.Check)))))
                : string.Join("; ", clearance.Redactions.Select(r => $"{PeopleText.Of("check." + PeopleText.Camel(r.Check))}: {r.Reason}"))));
        }

        return items;
    }

    string StateOf(HeldAct act, ClearanceFacts facts) => act switch
    {
        { IsCleared: true, Kind: AdverseAct.ClearanceSuspension } => PeopleText.Of("held.state-looked"),
        { IsCleared: false, Answered: var (by, _) } => PeopleText.Say("held.state-returned", facts.Register.NameOf(by), act.Why),
        _ when HoldClearance.OpenOf(act.Kind, facts) is null => PeopleText.Of("held.state-lapsed"),
        { Answered: var (_, at) } => PeopleText.Say("held.state-cleared", when.Day(at + HeldActs.ClearedFor)),
        _ => PeopleText.Say(act.Kind == AdverseAct.ClearanceSuspension ? "held.state-in-force" : "held.state-waits", when.Moment(act.Earliest)),
    };

    /// <summary>Until when a second person is to have looked at a suspension.</summary>
    internal static DateTimeOffset SuspendedByOneUntil(ClearanceFacts facts) => facts.Policy.After(PolicyRules.SuspensionConfirmedWithin, facts.Clearance.Suspension!.At);

    /// <summary>The forms that make sense at this stage, of those that the guard lets the reader send.</summary>
    static HashSet<string> FormsOf(ClearanceFacts facts)
    {
        var (clearance, now) = (facts.Clearance, facts.Now);
        var stage = clearance.StageAt(now);
        var held = clearance.IsValidAt(now);
        (string Form, ClearanceAction Action, bool Fits)[] forms =
        [
            (ClearanceForm.Submit, ClearanceAction.Submit, stage == ClearanceStage.Invited),
            (ClearanceForm.Appeal, ClearanceAction.LodgeAppeal, clearance.IsAppealable && now < clearance.AppealUntil),
            (ClearanceForm.Answer, ClearanceAction.AnswerWithdrawal, clearance.Withdrawal is { Answer: null }),
            (ClearanceForm.Report, ClearanceAction.ReportCircumstances, clearance.Discontinued is null),
            (ClearanceForm.Decide, ClearanceAction.Decide, stage == ClearanceStage.Assessed),
            (ClearanceForm.AppealAnswer, ClearanceAction.DecideAppeal, clearance.IsAppealed),
            (ClearanceForm.Ruling, ClearanceAction.DecideWithdrawal, clearance.Withdrawal is not null),
            (ClearanceForm.Checks, ClearanceAction.RecordChecks, RecordChecks.Takes(stage)),
            (ClearanceForm.Assess, ClearanceAction.Assess, stage is ClearanceStage.Submitted or ClearanceStage.Checks),
            (ClearanceForm.Review, ClearanceAction.ReviewCircumstances, clearance.Circumstances.Any(c => c.Result is null)),
            (ClearanceForm.Suspend, ClearanceAction.Suspend, held),
            (ClearanceForm.Confirm, ClearanceAction.ConfirmSuspension, clearance.IsSuspendedByOne),
            (ClearanceForm.Lift, ClearanceAction.LiftSuspension, clearance is { Suspension: not null, AskedToLift: null }),
            (ClearanceForm.LiftAnswer, ClearanceAction.AgreeToLift, clearance.AskedToLift is not null),
            (ClearanceForm.Open, ClearanceAction.OpenWithdrawal, clearance.Withdrawal is null && (held || clearance.Suspension is not null)),
            (ClearanceForm.Discontinue, ClearanceAction.Discontinue, !clearance.IsDecided && clearance.AskedToDiscontinue is null && clearance.IsOpenAt(now)),
            (ClearanceForm.DiscontinueAnswer, ClearanceAction.AgreeToDiscontinue, clearance is { AskedToDiscontinue: not null, IsDecided: false }),
        ];
        return [.. forms.Where(f => f.Fits && ClearanceAccess.Refuses(f.Action, facts) is null).Select(f => f.Form)];
    }
}

/// <summary>What happened with a clearance, in words, as far as its reader may know.</summary>
internal sealed class ClearanceTimeline(TransparencyLog log)
{
    // Who asked to lift a suspension may be one who knows of a report: the person is not told who it was.
    public async Task<IReadOnlyList<TimelineItem>> OfAsync(ClearanceFacts facts, CancellationToken cancel) =>
        [.. (await log.ReadStreamAsync(facts.Clearance.Stream, 0, cancel)).Select(EventTypes.Read).Where(r => r.Event is not null).Reverse()
            .Select(r => new TimelineItem(PeopleText.Of("event." + NameOf(r)), r.When, facts.IsOwn && r.Event is LiftingAsked ? null : facts.Register.NameOf(r.Actor.Value), TextOf(r.Event!)))];

    // people.clearance-granted.v1: the name without room and version.
    static string NameOf(Recorded recorded) => recorded.Type.Split('.')[1];

    // Statement, assessment, notice and what checks found stand in the page itself, or are withheld there.
    static string? TextOf(IEvent happened) => happened switch
    {
        ClearanceGranted e => e.Reason,
        ClearanceRefused e => e.Reason,
        VettingAppealLodged e => e.Reason,
        VettingAppealDecided e => $"{PeopleText.Of(e.Right ? "appeal.right" : "appeal.wrong")} {e.Reason}",
        ClearanceSuspended e => e.Reason,
        SuspensionConfirmed e => e.Reason,
        SuspensionLifted e => e.Reason,
        LiftingRefused e => e.Reason,
        DiscontinuingRefused e => e.Reason,
        ClearanceKept e => e.Reason,
        ClearanceWithdrawn e => e.Reason,
        ClearanceDiscontinued e => $"{PeopleText.Of("because." + PeopleText.Camel(e.Because))}. {e.Reason}",
        _ => null,
    };
}
