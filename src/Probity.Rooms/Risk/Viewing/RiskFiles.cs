using Probity.Risk.Contract;
using Probity.Risk.Library;
using Probity.Risk.Moving;

namespace Probity.Risk.Viewing;

/// <summary>An assessment for programs: what its page tells this caller. Scores are there once all are open and until it is in force, in no order that would say whose they are.</summary>
internal sealed record AssessmentFile(
    Guid Id, string Number, Guid Unit, AssessmentStage Stage, bool ReviewOverdue, long Version, IReadOnlyList<UnitFunction> Functions, Guid BegunBy, string? Questioned, DateTimeOffset? ApprovedAt,
    DateTimeOffset? ReviewDue, IReadOnlyList<ScenarioFile> Scenarios, IReadOnlyList<AssessorFile> Assessors, IReadOnlyList<ScoresFile> Scores, IReadOnlyList<RiskFile> Risks)
{
    public static AssessmentFile Of(RiskFacts facts, MeasuredFacts counted)
    {
        var a = facts.Assessment;
        var open = a.Stage is AssessmentStage.Opened or AssessmentStage.Consolidated or AssessmentStage.Challenged;
        return new AssessmentFile(
            a.Id, a.Number, a.Unit, a.Stage, a.IsReviewDue(facts.Now), a.Version, a.Functions, a.BegunBy, a.Questioned, a.ApprovedAt, a.ReviewDue,
            [.. a.Scenarios.Select(s => ScenarioFile.Of(s, a.OwnScore(facts.Actor.Person, s.Key)))], [.. a.Assessors.Select(p => new AssessorFile(p, a.ScoredBy(p)))],
            open ? [.. a.Scenarios.Select(s => new ScoresFile(s.Key, [.. a.OpenedScores(s.Key).Select(g => new ScoreFile(g.Inherent, g.Current, g.Knowledge, null))]))] : [],
            a.Stage < AssessmentStage.Consolidated ? [] : [.. a.Risks.Values.OrderBy(r => r.Key, StringComparer.Ordinal).Select(r => RiskFile.Of(r, facts, counted))]);
    }
}

/// <summary>A scenario with its words, and what the caller scored.</summary>
internal sealed record ScenarioFile(string Key, UnitFunction Function, int Discretion, ScenarioWords Words, ScoreFile? Own)
{
    public static ScenarioFile Of(AssessedScenario scenario, GivenScore? own)
    {
        var library = ScenarioLibrary.Find(scenario.Key);
        return new ScenarioFile(
            scenario.Key, library?.Function ?? scenario.Function, library?.Discretion ?? scenario.Discretion, ScenarioLibrary.WordsOf(scenario), own is null ? null : new ScoreFile(own.Inherent, own.Current, own.Knowledge, own.Note));
    }
}

/// <summary>An assessor, and how many scenarios they have scored.</summary>
internal sealed record AssessorFile(Guid Person, int Scored);

/// <summary>The scores of a scenario.</summary>
internal sealed record ScoresFile(string Scenario, IReadOnlyList<ScoreFile> Scores);

/// <summary>A score; the note is there for whoever gave it.</summary>
internal sealed record ScoreFile(Rating Inherent, Rating Current, Knowledge Knowledge, string? Note);

/// <summary>A fact that bears on a risk: without a count it was not measured.</summary>
internal sealed record FactFile(RiskSignal Signal, int? Count, int? Of, DateTimeOffset? Since, int FromPercent, int Steps);

/// <summary>A control with its newest test.</summary>
internal sealed record ControlFile(Guid Id, string What, Guid Owner, DateTimeOffset NextTest, int? Design, int? Operation, bool Passed, DateTimeOffset? TestedAt, Guid? Tester, string? Found);

/// <summary>A treatment and how far it has come.</summary>
internal sealed record TreatmentFile(Guid Id, string What, Guid Owner, DateTimeOffset Due, bool Overdue, string? Evidence, Guid? VerifiedBy, string? ReopenedFor);

/// <summary>What an overseer is asked to set the risk to.</summary>
internal sealed record LoweringFile(Rating Rating, Guid Control, string Reason, Guid By, DateTimeOffset At);

/// <summary>An acceptance, whether it holds, and up to which score.</summary>
internal sealed record AcceptanceFile(AcceptanceStage Stage, string Reason, DateTimeOffset Until, Guid AskedBy, string? Answer, Guid? AnsweredBy, int UpTo, bool Covers);

/// <summary>A rated risk: what remains without the facts of the record, and what it is with them.</summary>
internal sealed record RiskFile(
    string Scenario, Rating Inherent, Rating Current, Rating Remaining, Rating Now, RiskLevel Level, IReadOnlyList<FactFile> Facts, Guid? Owner, IReadOnlyList<Guid> Posts,
    IReadOnlyList<ControlFile> Controls, IReadOnlyList<TreatmentFile> Treatments, LoweringFile? Lowering, AcceptanceFile? Acceptance)
{
    /// <summary>As the page of one risk tells it: who answers for one control or treatment reads that one.</summary>
    public static RiskFile Of(RatedRisk risk, RiskFacts facts, MeasuredFacts counted)
    {
        var (assessment, _, actor, _, now) = facts;
        var (move, acceptance) = (counted.Of(risk, assessment, now), risk.Acceptance);
        var whole = risk.Owner == actor.Person || RiskAccess.Refuses(RiskAction.View, facts) is null;
        return new RiskFile(
            risk.Key, risk.Inherent, risk.Current, move.Remaining, move.Rating, RiskMatrix.LevelOf(move.Rating),
            assessment.Stage == AssessmentStage.Active ? [.. move.Facts.Select(f => new FactFile(f.Signal, f.Count?.Count, f.Count?.Of, f.Count?.Since, f.From, f.Steps))] : [],
            risk.Owner, whole && assessment.IsRated ? [.. assessment.PostsOf(risk.Key).Keys] : [],
            [.. risk.Controls.Where(c => whole || c.Owner == actor.Person).Select(c => new ControlFile(c.Id, c.What, c.Owner, c.NextTest, c.Design, c.Operation, c.Passed, c.TestedAt, c.Tester, c.Found))],
            [.. risk.Treatments.Where(t => whole || t.Owner == actor.Person).Select(t => new TreatmentFile(t.Id, t.What, t.Owner, t.Due, t.IsOverdue(now), t.Evidence, t.VerifiedBy, t.ReopenedFor))],
            risk.AskedToLower is { } asked ? new LoweringFile(asked.Rating, asked.Control, asked.Reason, asked.By, asked.At) : null,
            acceptance is null ? null : new AcceptanceFile(acceptance.Stage, acceptance.Reason, acceptance.Until, acceptance.AskedBy, acceptance.Answer, acceptance.AnsweredBy, acceptance.UpTo, acceptance.Covers(move.Rating, now)));
    }
}
