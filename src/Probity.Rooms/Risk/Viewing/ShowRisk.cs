using Microsoft.AspNetCore.Http;
using Probity.Access.Contract;
using Probity.Policies.Contract;
using Probity.Risk.Accepting;
using Probity.Risk.Contract;
using Probity.Risk.Controlling;
using Probity.Risk.Library;
using Probity.Risk.Moving;
using Probity.Risk.Naming;
using Probity.Risk.Scoring;
using Probity.Shared;
using Probity.Shared.Record;
using Probity.Shared.Web;

namespace Probity.Risk.Viewing;

/// <summary>Shows one risk with each step of how the risk that remains came about, and the forms that its reader may use.</summary>
internal sealed class ShowRisk(PeopleNames names, RiskDesk desk, RecordFacts record, FactWords factWords, PostLines posts, IHttpContextAccessor http, When when)
{
    public async Task<IResult?> ShowAsync(
        Guid person, Guid id, string scenario, (string What, string Item, Outcome Outcome)? refused, IReadOnlyDictionary<string, string>? typed, IReadOnlyList<FieldError> nobody, CancellationToken cancel)
    {
        if (await desk.OpenAsync(person, id, scenario, cancel) is not { } facts || facts.Assessment.Risks.GetValueOrDefault(scenario) is not { } risk) return null;
        var assessment = facts.Assessment;
        var (residual, words) = (Residual.Of(risk, facts.Now), ScenarioLibrary.WordsOf(assessment.Scenarios.Find(s => s.Key == scenario)!));
        var counted = await record.ReadAsync(assessment.Stage == AssessmentStage.Active ? assessment.Unit : null, cancel);
        var move = counted.Of(risk, assessment, facts.Now);
        var level = RiskMatrix.LevelOf(move.Rating);
        var refusal = (refused?.Outcome as Outcome.Refused)?.Refusal;
        var sheet = Fill(facts, risk, move, new RiskSheet(
            $"/risk/{id:D}/risks/{scenario}", $"/risk/{id:D}", assessment.Number, assessment.Version, words.Step, RiskText.Word(level), RiskForms.ToneOf(level),
            ShowScoring.Said(assessment.Scenarios.Find(s => s.Key == scenario)!, words), [.. residual.Steps.Select(StepOf), .. move.Steps.Select(factWords.StepOf)])) with
        {
            Errors = refused is { } r ? [new FieldError(refusal is null ? "" : FieldOf(r.What, r.Item, refusal.Code), RiskText.Say(refusal?.Code ?? Answers.Stale, facts.Policy.Of(PolicyRules.ControlTestedWithin)))] : nobody,
            TurnTo = RiskForms.TurnTo(refusal, facts.Register),
            CountedAt = assessment.Stage == AssessmentStage.Active ? RiskText.Say("facts.counted", when.Moment(counted.AsOf)) : null,
            IsUnmeasured = !move.IsMeasured, IsAbove = move.HasMoved && RiskMatrix.ScoreOf(move.Rating) > RiskMatrix.ScoreOf(risk.Inherent),
            Moved = assessment.Stage != AssessmentStage.Active ? null : move.IsMeasured ? factWords.Moved(move) : RiskText.Of("insufficient"),
            RecordFacts = [.. move.Facts.Select(f => factWords.LineOf(f, http.HttpContext is { } now ? record.PageOf(f.Signal, now.User) : null))],
            Typed = typed ?? new Dictionary<string, string>(),
        };
        sheet = await posts.FillAsync(sheet, facts, risk, cancel);
        return Rendered.Page<RiskPage>(new { Sheet = sheet }, nobody.Count > 0 ? StatusCodes.Status422UnprocessableEntity : RiskForms.StatusOf(refused?.Outcome));
    }

    /// <summary>Who may answer for something; null where there is no such assessment for this person.</summary>
    public async Task<IReadOnlyList<Choice>?> PeopleAsync(Guid person, Guid id, string scenario, CancellationToken cancel) => await desk.OpenAsync(person, id, scenario, cancel) is { } facts ? [.. PeopleOf(facts)] : null;

    IEnumerable<Choice> PeopleOf(RiskFacts facts) => RiskForms.People(names, facts, p => RiskAccess.MayOwn(p, facts.Register, facts.Now));

    /// <summary>What facts of the record have moved a risk to, as far as they have.</summary>
    public async Task<Rating?> MovedAsync(Guid person, Guid id, string scenario, CancellationToken cancel)
    {
        var facts = await desk.ReadAsync(person, id, cancel);
        if (facts.Assessment.Stage != AssessmentStage.Active || facts.Assessment.Risks.GetValueOrDefault(scenario) is not { } risk) return null;
        return (await record.ReadAsync(facts.Assessment.Unit, cancel)).Of(risk, facts.Assessment, facts.Now) is { HasMoved: true } move ? move.Rating : null;
    }

    RiskSheet Fill(RiskFacts facts, RatedRisk risk, Movement move, RiskSheet sheet)
    {
        var (assessment, _, _, register, now) = facts;
        var active = assessment.Stage == AssessmentStage.Active;
        // Who answers for one control reads that one; who answers for the risk, or sees the assessment, reads all.
        var sees = RiskAccess.Refuses(RiskAction.View, facts) is null;
        var whole = sees || risk.Owner == facts.Actor.Person;
        var acceptance = risk.Acceptance;
        var passed = risk.AskedToLower is not null ? [] : risk.Controls.Where(c => LowerRisk.Holds(c, now) && !LowerRisk.HadPart(c, facts.Actor.Person) && May(RiskAction.Lower, c.Owner)).Select(c => new Choice(c.Id.ToString("D"), c.What)).ToList();
        sheet = sheet with
        {
            Owner = risk.Owner is { } owner ? register.NameOf(owner) : RiskText.Of("owner.none"),
            Controls = [.. risk.Controls.Where(c => whole || c.Owner == facts.Actor.Person).Select(c => new ControlLine(
                c.Id, c.What, register.NameOf(c.Owner),
                c.TestedAt is null ? RiskText.Of("test.none") : RiskText.Say(c.Passed ? "test.passed-at" : "test.failed-at", when.Day(c.TestedAt.Value), c.Design, c.Operation, register.NameOf(c.Tester!.Value)),
                c.NextTest < now ? Tone.Urgent : c.TestedAt is null ? Tone.Neutral : c.Passed ? Tone.Good : Tone.Attention, c.Found, RiskText.Say(c.NextTest < now ? "test.overdue" : "test.next", when.Day(c.NextTest)),
                c.AddedBy != facts.Actor.Person && May(RiskAction.TestControl, c.Owner)))],
            Treatments = [.. risk.Treatments.Where(t => whole || t.Owner == facts.Actor.Person).Select(t => new TreatmentLine(
                t.Id, t.What, register.NameOf(t.Owner), when.Day(t.Due), StateOf(t, now, register), t.VerifiedBy is not null ? Tone.Good : t.IsOverdue(now) ? Tone.Urgent : Tone.Info, t.Evidence ?? t.ReopenedFor,
                t.Evidence is null && May(RiskAction.ReportDone, t.Owner), t.Evidence is not null && t.VerifiedBy is null && May(RiskAction.Verify, t.Owner)))],
            Acceptance = acceptance is null ? null : RiskText.Say(
                $"acceptance.{RiskText.Camel(acceptance.Stage)}", when.Day(acceptance.Until), register.NameOf(acceptance.AskedBy), acceptance.Reason, acceptance.AnsweredBy is { } by ? register.NameOf(by) : "", acceptance.Answer)
                + (acceptance.HoldsAt(now) && !acceptance.Covers(move.Rating, now) ? " " + RiskText.Of("acceptance.outgrown") : ""),
            SeesAssessment = sees,
            Lowering = risk.AskedToLower is { } asked ? RiskText.Say("lowering.asked", register.NameOf(asked.By), RiskForms.Said(asked.Rating), risk.Controls.Find(c => c.Id == asked.Control)?.What, asked.Reason) : null,
            MayAgree = risk.AskedToLower is { } waiting && May(RiskAction.AgreeToLower, waiting.By),
            MayName = May(RiskAction.NameOwner), MayControl = May(RiskAction.AddControl), MayPlan = May(RiskAction.PlanTreatment), MayLower = passed.Count > 0, Passed = passed,
            MayAsk = May(RiskAction.AskAcceptance) && RiskMatrix.LevelOf(move.Rating) >= RiskLevel.High && !(acceptance?.Stage == AcceptanceStage.Asked || acceptance?.Covers(move.Rating, now) == true),
            MayAnswer = acceptance?.Stage == AcceptanceStage.Asked && May(RiskAction.AnswerAcceptance, acceptance.AskedBy),
            MayRevoke = acceptance?.HoldsAt(now) == true && May(RiskAction.RevokeAcceptance, acceptance.AskedBy),
        };
        return sheet.MayName || sheet.MayControl || sheet.MayPlan ? sheet with { People = PeopleOf(facts) } : sheet;

        bool May(RiskAction action, Guid? concerned = null) => active && RiskAccess.Refuses(action, facts, concerned) is null;
    }

    StepLine StepOf(ResidualStep step) => new(
        RiskText.Say($"step.{RiskText.Camel(step.Reason)}", step.At is { } at ? when.Day(at) : "", step.What), RiskForms.Said(step.Rating));

    static string StateOf(RiskTreatment treatment, DateTimeOffset now, Register register) =>
        treatment.VerifiedBy is { } by ? RiskText.Say("treatment.verified", register.NameOf(by))
        : RiskText.Of((treatment.Evidence, treatment.IsOverdue(now)) switch
        {
            (null, true) => "treatment.overdue", (null, false) => "treatment.open", (_, true) => "treatment.done-overdue", _ => "treatment.done",
        });

    // The field that a refusal belongs to; empty for the whole page.
    static string FieldOf(string what, string item, string code) => (what, code) switch
    {
        ("posts", NamePosts.Missing or NamePosts.TooMany or NamePosts.Outside or NamePosts.Same) => "posts-post",
        ("test", TestControl.FiguresMissing) => $"design-{item}",
        ("test", AddControl.DayWrong or AddControl.TestTooFar) => $"next-{item}",
        ("test", RiskTexts.ReasonMissing or RiskTexts.ReasonTooShort or RiskTexts.Unfit) => $"found-{item}",
        ("done", RiskTexts.ReasonMissing or RiskTexts.ReasonTooShort or RiskTexts.Unfit) => $"evidence-{item}",
        ("verify", RiskTexts.ReasonMissing or RiskTexts.ReasonTooShort or RiskTexts.Unfit) => $"reopen-{item}",
        (_, AddControl.OwnerUnknown) => $"{what}-owner",
        (_, AddControl.DayWrong or AddControl.TestTooFar or AcceptRisk.TooLong) => $"{what}-day",
        ("lower", ScoreScenario.Missing or LowerRisk.NotLower) => "lower-likelihood",
        ("lower", TestControl.ControlUnknown or LowerRisk.Untested) => "lower-control",
        ("control" or "plan", RiskTexts.ReasonMissing or RiskTexts.ReasonTooShort or RiskTexts.Unfit) => $"{what}-what",
        (_, RiskTexts.ReasonMissing or RiskTexts.ReasonTooShort or RiskTexts.Unfit) => $"{what}-reason",
        _ => "",
    };
}
