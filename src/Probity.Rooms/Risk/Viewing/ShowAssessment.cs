using Microsoft.AspNetCore.Http;
using Probity.Access.Contract;
using Probity.Ledger;
using Probity.Policies.Contract;
using Probity.Risk.Contract;
using Probity.Risk.Library;
using Probity.Risk.Moving;
using Probity.Risk.Preparing;
using Probity.Risk.Scoring;
using Probity.Shared;
using Probity.Shared.Kit;
using Probity.Shared.Record;
using Probity.Shared.Web;

namespace Probity.Risk.Viewing;

/// <summary>Shows an assessment as it stands on the record now, with the forms that its reader may use.</summary>
internal sealed class ShowAssessment(PeopleNames names, TransparencyLog log, RiskDesk desk, RecordFacts record, FactWords words, When when)
{
    /// <summary>The page; after a form that did not go through, with what was typed and why. Null where there is no such assessment for this person.</summary>
    public async Task<IResult?> ShowAsync(
        Guid person, Guid id, (string What, Outcome Outcome)? refused, IReadOnlyDictionary<string, string>? typed, IReadOnlyList<FieldError> nobody, CancellationToken cancel)
    {
        if (await desk.OpenAsync(person, id, null, cancel) is not { } facts) return null;
        var (assessment, _, _, register, now) = facts;
        var refusal = (refused?.Outcome as Outcome.Refused)?.Refusal;
        var counted = await record.ReadAsync(assessment.Stage == AssessmentStage.Active ? assessment.Unit : null, cancel);
        var sheet = Fill(facts, counted, new AssessmentSheet(
            $"/risk/{id:D}", assessment.Number, assessment.Version, register.Units.GetValueOrDefault(assessment.Unit)?.Name ?? "",
            RiskForms.StageOf(assessment.Stage, assessment.IsReviewDue(now)), RiskForms.ToneOf(assessment.Stage, assessment.IsReviewDue(now)), FactsOf(facts), await TimelineAsync(facts, cancel))) with
        {
            Errors = refused is { } r ? [new FieldError(refusal is null ? "" : FieldOf(r.What, refusal.Code), Said(refusal?.Code ?? Answers.Stale, facts))] : nobody,
            TurnTo = RiskForms.TurnTo(refusal, register),
            Typed = typed ?? new Dictionary<string, string>(),
        };
        return Rendered.Page<AssessmentPage>(new { Sheet = sheet }, nobody.Count > 0 ? StatusCodes.Status422UnprocessableEntity : RiskForms.StatusOf(refused?.Outcome));
    }

    /// <summary>Who may score; null where there is no such assessment for this person.</summary>
    public async Task<IReadOnlyList<Choice>?> PeopleAsync(Guid person, Guid id, CancellationToken cancel) => await desk.OpenAsync(person, id, null, cancel) is { } facts ? [.. PeopleOf(facts)] : null;

    IEnumerable<Choice> PeopleOf(RiskFacts facts) =>
        RiskForms.People(names, facts, p => RiskAccess.MayScore(p, facts.Assessment.Unit, facts.Register, facts.Now));

    AssessmentSheet Fill(RiskFacts facts, MeasuredFacts counted, AssessmentSheet sheet)
    {
        var (assessment, policy, actor, register, now) = facts;
        var stage = assessment.Stage;
        var scores = stage == AssessmentStage.Scoring && May(RiskAction.Score);
        var risks = assessment.Risks.Values.Select(r => (Risk: r, Move: counted.Of(r, assessment, now))).OrderByDescending(r => RiskMatrix.ScoreOf(r.Move.Rating))
            .ThenByDescending(r => RiskMatrix.ScoreOf(r.Risk.Current)).ThenBy(r => r.Risk.Key, StringComparer.Ordinal).ToList();
        var rated = stage >= AssessmentStage.Consolidated;
        var prepares = stage <= AssessmentStage.Scoring && May(RiskAction.Prepare);
        return sheet with
        {
            Waiting = stage < AssessmentStage.Active ? RiskText.Of("waits." + RiskText.Camel(stage)) : null,
            Questioned = assessment.Questioned is { } why ? RiskText.Say("questioned", why) : null,
            Scenarios = rated ? [] : [.. assessment.Scenarios.Select(s => new ScenarioLine(
                s.Key, ScenarioLibrary.WordsOf(s).Step, RiskText.Word(ScenarioLibrary.Find(s.Key)?.Function ?? s.Function), ShowScoring.Said(s, ScenarioLibrary.WordsOf(s)),
                scores ? $"{sheet.Path}/score/{s.Key}" : null, assessment.OwnScore(actor.Person, s.Key) is not null))],
            Assessors = rated ? [] : [.. assessment.Assessors.Select(a => new AssessorLine(
                register.NameOf(a), string.Join("; ", register.PostsOf(a, now).Select(p => register.Units.GetValueOrDefault(p.Unit)?.Name).Distinct()),
                RiskText.Say("assessor.scored", assessment.ScoredBy(a), assessment.Scenarios.Count), assessment.ScoredBy(a) == assessment.Scenarios.Count))],
            Strips = stage is AssessmentStage.Opened or AssessmentStage.Consolidated or AssessmentStage.Challenged ? StripPlot.Of(assessment) : [],
            Risks = rated ? [.. risks.Select(r => LineOf(r.Risk, r.Move, NumberOf(r.Risk, assessment), facts))] : [],
            Map = rated && risks.Count > 0 ? HeatMap.Draw([.. risks.Select(r => (NumberOf(r.Risk, assessment), r.Risk.Inherent, r.Risk.Current, r.Move.Remaining, r.Move.Rating))]) : null,
            MayChoose = prepares && stage == AssessmentStage.Draft,
            MayName = prepares,
            IsRenaming = stage == AssessmentStage.Scoring,
            Needed = policy.Of(PolicyRules.BlindScorers),
            People = prepares ? PeopleOf(facts) : [],
            Functions = [.. assessment.Functions.Select(f => new Choice(RiskText.Camel(f), RiskText.Word(f)))],
            MayConsolidate = stage == AssessmentStage.Opened && May(RiskAction.Consolidate),
            MayChallenge = stage == AssessmentStage.Consolidated && May(RiskAction.Challenge),
            MayApprove = stage == AssessmentStage.Challenged && May(RiskAction.Approve),
            ScoreHref = scores && assessment.Scenarios.Find(s => assessment.OwnScore(actor.Person, s.Key) is null) is { } next ? $"{sheet.Path}/score/{next.Key}" : null,
        };

        bool May(RiskAction action) => RiskAccess.Refuses(action, facts) is null;
    }

    // By the order of the scenarios: when facts move a risk, its place in the table changes, and not its number.
    static int NumberOf(RatedRisk risk, RiskAssessment assessment) => assessment.Scenarios.FindIndex(s => s.Key == risk.Key) + 1;

    RatedLine LineOf(RatedRisk risk, Movement move, int number, RiskFacts facts)
    {
        var (assessment, _, _, register, now) = facts;
        var level = RiskMatrix.LevelOf(move.Rating);
        var overdue = risk.Treatments.Count(t => t.IsOverdue(now));
        return new RatedLine(
            number, $"/risk/{assessment.Id:D}/risks/{risk.Key}", ScenarioLibrary.WordsOf(assessment.Scenarios.Find(s => s.Key == risk.Key)!).Step, RiskForms.Said(risk.Inherent), RiskForms.Said(risk.Current),
            RiskForms.Said(move.Remaining), RiskForms.Said(move.Rating), RiskForms.ToneOf(level), risk.Owner is { } owner ? register.NameOf(owner) : RiskText.Of("owner.none"),
            overdue == 0 ? null : RiskText.Say("overdue.count", overdue), risk.Acceptance?.Covers(move.Rating, now) == true ? RiskText.Say("accepted.until", when.Day(risk.Acceptance.Until)) : null,
            words.Moved(move) ?? (assessment.Stage == AssessmentStage.Active && !move.IsMeasured ? RiskText.Of("insufficient") : null));
    }

    List<SummaryItem> FactsOf(RiskFacts facts)
    {
        var (assessment, _, _, register, _) = facts;
        var items = new List<SummaryItem>
        {
            new(RiskText.Of("unit"), register.Units.GetValueOrDefault(assessment.Unit)?.Name), new(RiskText.Of("begin.functions"), string.Join(", ", assessment.Functions.Select(f => RiskText.Word(f)))),
            new(RiskText.Of("begun-by"), register.NameOf(assessment.BegunBy)),
        };
        if (assessment.ApprovedAt is { } approved) items.Add(new(RiskText.Of("approved-at"), when.Day(approved)));
        if (assessment.ReviewDue is { } due) items.Add(new(RiskText.Of("review-due"), when.Day(due)));
        return items;
    }

    // Scores are not in it: that somebody scored is told, and nothing more.
    async Task<IReadOnlyList<TimelineItem>> TimelineAsync(RiskFacts facts, CancellationToken cancel)
    {
        var items = new List<TimelineItem>();
        foreach (var entry in await log.ReadStreamAsync(facts.Assessment.Stream, 0, cancel))
        {
            var recorded = EventTypes.Read(entry);
            if (recorded.Event is null or ScenarioScored) continue;
            items.Add(new TimelineItem(RiskText.Of("event." + recorded.Type), recorded.When, facts.Register.NameOf(recorded.Actor.Value), TextOf(recorded.Event, facts)));
        }

        items.Reverse();
        return items;
    }

    static string? TextOf(IEvent happened, RiskFacts facts) => happened switch
    {
        ScenarioAdded e => e.Words.Step,
        ScenarioLeftOut e => $"{StepOf(e.Scenario)}. {e.Reason}",
        AssessorsNamed e => $"{string.Join(", ", e.Assessors.Select(facts.Register.NameOf).Order(StringComparer.CurrentCulture))}. {e.Reason}".TrimEnd(),
        RatingsQuestioned e => e.Reason,
        AssessmentReturned e => e.Reason,
        RiskOwnerNamed e => $"{StepOf(e.Scenario)}: {facts.Register.NameOf(e.Owner)}",
        PostsNamed e => $"{StepOf(e.Scenario)}: {string.Join("; ", e.Posts.Select(p => facts.Register.Posts.GetValueOrDefault(p)?.Title).Order(StringComparer.CurrentCulture))}. {e.Reason}".TrimEnd(),
        ControlAdded e => $"{StepOf(e.Scenario)}: {e.What}",
        ControlTested e => $"{facts.Assessment.Control(e.Control)?.What} – {RiskText.Of(e.Passed ? "test.passed" : "test.failed")}: {e.Found}",
        LoweringAsked e => $"{StepOf(e.Scenario)}: {RiskForms.Said(e.Rating)}. {e.Reason}",
        LoweringRefused e => $"{StepOf(e.Scenario)}. {e.Reason}",
        ResidualSet e => $"{StepOf(e.Scenario)}: {RiskForms.Said(e.Rating)}. {e.Reason}",
        TreatmentPlanned e => $"{StepOf(e.Scenario)}: {e.What}",
        TreatmentDone e => $"{facts.Assessment.Treatment(e.Treatment)?.What} – {e.Evidence}",
        TreatmentVerified e => facts.Assessment.Treatment(e.Treatment)?.What,
        TreatmentReopened e => e.Reason,
        AcceptanceAsked e => $"{StepOf(e.Scenario)}. {e.Reason}",
        AcceptanceGiven e => $"{StepOf(e.Scenario)}. {e.Reason}",
        AcceptanceRefused e => $"{StepOf(e.Scenario)}. {e.Reason}",
        AcceptanceRevoked e => $"{StepOf(e.Scenario)}. {e.Reason}",
        _ => null,
    };

    static string StepOf(string scenario) => RiskNextSteps.TitleOf(scenario);

    static string Said(string code, RiskFacts facts) => RiskText.Say(code, facts.Policy.Of(PolicyRules.BlindScorers));

    // The field that a refusal belongs to; empty for the whole page.
    static string FieldOf(string what, string code) => (what, code) switch
    {
        ("assessors", RiskTexts.ReasonMissing or RiskTexts.ReasonTooShort or RiskTexts.Unfit) => "assessors-reason",
        ("assessors", NameAssessors.Few or NameAssessors.NoneOutside or NameAssessors.OneChain or NameAssessors.Unfit or NameAssessors.SamePeople) => "assessor-1",
        ("add", ChooseScenarios.WordsMissing or RiskTexts.Unfit) => "step",
        ("omit", RiskTexts.ReasonMissing or RiskTexts.ReasonTooShort or RiskTexts.Unfit) => "omit-reason",
        ("omit", ChooseScenarios.ScenarioUnknown or ChooseScenarios.LastOne) => "scenario",
        ("challenge", RiskTexts.ReasonMissing or RiskTexts.ReasonTooShort or RiskTexts.Unfit) => "challenge-reason",
        ("approve", RiskTexts.ReasonMissing or RiskTexts.ReasonTooShort or RiskTexts.Unfit) => "approve-reason",
        _ => "",
    };
}
