using System.Collections.Immutable;
using Probity.Ledger;
using Probity.Risk.Contract;
using Probity.Shared.Record;

namespace Probity.Risk;

/// <summary>How far an assessment has come. That a review is due follows from the time.</summary>
internal enum AssessmentStage { Draft, Scoring, Opened, Consolidated, Challenged, Active, Replaced }

/// <summary>A scenario of an assessment; its words are its own or the library's.</summary>
internal sealed record AssessedScenario(string Key, ScenarioWords? Own = null, UnitFunction Function = default, int Discretion = 0);

/// <summary>What one assessor scored.</summary>
internal sealed record GivenScore(Rating Inherent, Rating Current, Knowledge Knowledge, string? Note);

/// <summary>A control and its newest test.</summary>
internal sealed record RiskControl(Guid Id, string Scenario, string What, Guid Owner, DateTimeOffset NextTest)
{
    public int? Design { get; init; }
    public int? Operation { get; init; }
    public bool Passed { get; init; }
    public DateTimeOffset? TestedAt { get; init; }
    public Guid? Tester { get; init; }

    /// <summary>Who wrote it down.</summary>
    public Guid? AddedBy { get; init; }
    public string? Found { get; init; }
}

/// <summary>Something that is to be done about a risk.</summary>
internal sealed record RiskTreatment(Guid Id, string Scenario, string What, Guid Owner, DateTimeOffset Due)
{
    public string? Evidence { get; init; }
    public Guid? VerifiedBy { get; init; }
    public string? ReopenedFor { get; init; }

    /// <summary>Past its day and nobody else has seen that it is done: what its owner says alone does not count.</summary>
    public bool IsOverdue(DateTimeOffset now) => VerifiedBy is null && Due < now;
}

/// <summary>What integrity asked an overseer to lower the risk to; until that is agreed to the rating stays as it is.</summary>
internal sealed record AskedLowering(Rating Rating, Guid Control, string Reason, Guid By, DateTimeOffset At);

/// <summary>What the risk was lowered to, on the ground of which control.</summary>
internal sealed record LoweredRating(Rating Rating, Guid Control, string Reason, Guid By, DateTimeOffset At);

/// <summary>How far an acceptance has come.</summary>
internal enum AcceptanceStage { Asked, Accepted, Refused, Revoked }

/// <summary>That a risk is to be borne for a time, who asked, and what the overseer said.</summary>
internal sealed record RiskAcceptance(AcceptanceStage Stage, string Reason, DateTimeOffset Until, Guid AskedBy)
{
    public string? Answer { get; init; }
    public Guid? AnsweredBy { get; init; }

    /// <summary>The largest score that was accepted: that of the band in which the risk was.</summary>
    public int UpTo { get; init; }

    public bool HoldsAt(DateTimeOffset now) => Stage == AcceptanceStage.Accepted && now <= Until;

    /// <summary>Whether it holds for what the risk is now: what rose into a higher band was accepted by nobody.</summary>
    public bool Covers(Rating rating, DateTimeOffset now) => HoldsAt(now) && RiskMatrix.ScoreOf(rating) <= UpTo;
}

/// <summary>A scenario with its rating and all that was done about it.</summary>
internal sealed record RatedRisk(string Key, Rating Inherent, Rating Current, Knowledge Knowledge, string? Reason)
{
    public Guid? Owner { get; init; }
    public LoweredRating? Lowered { get; init; }
    public AskedLowering? AskedToLower { get; init; }
    public RiskAcceptance? Acceptance { get; init; }
    public ImmutableList<RiskControl> Controls { get; init; } = [];
    public ImmutableList<RiskTreatment> Treatments { get; init; } = [];

    /// <summary>Whoever answers for it, or for a control or treatment of it.</summary>
    public IEnumerable<Guid> Owners => Controls.Select(c => c.Owner).Concat(Treatments.Select(t => t.Owner)).Concat(Owner is { } owner ? [owner] : []);
}

/// <summary>The assessment of a unit's risk of corruption.</summary>
internal sealed record RiskAssessment : IState<RiskAssessment>
{
    public static RiskAssessment Initial { get; } = new();

    public Guid Id { get; init; }
    public string Number { get; init; } = "";
    public Guid Unit { get; init; }
    public ImmutableArray<UnitFunction> Functions { get; init; } = [];
    public AssessmentStage Stage { get; init; }
    public Guid BegunBy { get; init; }
    public ImmutableList<AssessedScenario> Scenarios { get; init; } = [];
    public ImmutableList<Guid> Assessors { get; init; } = [];
    public Guid? ConsolidatedBy { get; init; }
    public DateTimeOffset? ConsolidatedAt { get; init; }
    public Guid? ChallengedBy { get; init; }

    /// <summary>What the overseer or the head wants looked at again.</summary>
    public string? Questioned { get; init; }
    public DateTimeOffset? ApprovedAt { get; init; }
    public DateTimeOffset? ReviewDue { get; init; }
    public ImmutableDictionary<string, RatedRisk> Risks { get; init; } = ImmutableDictionary<string, RatedRisk>.Empty;
    public long Version { get; init; }

    // They stay with their scenario when it is rated anew.
    ImmutableDictionary<string, ImmutableSortedDictionary<Guid, DateTimeOffset>> Named { get; init; } = ImmutableDictionary<string, ImmutableSortedDictionary<Guid, DateTimeOffset>>.Empty;
    ImmutableDictionary<(string Scenario, Guid Post), DateTimeOffset> FirstNamed { get; init; } = ImmutableDictionary<(string, Guid), DateTimeOffset>.Empty;

    // Nobody but the functions below reads them: they say nothing of another's before all are in.
    ImmutableDictionary<(Guid Assessor, string Scenario), GivenScore> Scores { get; init; } = ImmutableDictionary<(Guid, string), GivenScore>.Empty;

    public StreamId Stream => new(Id);
    public bool Exists => Version > 0 && Number.Length > 0;
    public bool IsOpened => Stage >= AssessmentStage.Opened;
    public bool IsRated => Stage is AssessmentStage.Consolidated or AssessmentStage.Challenged or AssessmentStage.Active;
    public bool IsReviewDue(DateTimeOffset now) => Stage == AssessmentStage.Active && ReviewDue < now;

    /// <summary>Everybody who answers for something in it.</summary>
    public IEnumerable<Guid> Owners => Risks.Values.SelectMany(r => r.Owners);

    public RiskControl? Control(Guid id) => Risks.Values.SelectMany(r => r.Controls).FirstOrDefault(c => c.Id == id);

    public RiskTreatment? Treatment(Guid id) => Risks.Values.SelectMany(r => r.Treatments).FirstOrDefault(t => t.Id == id);

    /// <summary>The posts in which the step of a scenario is done, each with when it was named.</summary>
    public IReadOnlyDictionary<Guid, DateTimeOffset> PostsOf(string scenario) => Named.GetValueOrDefault(scenario, ImmutableSortedDictionary<Guid, DateTimeOffset>.Empty);

    /// <summary>What somebody scored themselves, or null.</summary>
    public GivenScore? OwnScore(Guid person, string scenario) => Scores.GetValueOrDefault((person, scenario));

    /// <summary>How many scenarios an assessor has scored.</summary>
    public int ScoredBy(Guid person) => Scenarios.Count(s => Scores.ContainsKey((person, s.Key)));

    /// <summary>Everybody's scores of a scenario, in no order that would say whose they are; none before all are in.</summary>
    public IReadOnlyList<GivenScore> OpenedScores(string scenario) => !IsOpened ? []
        : [.. Assessors.Select(a => Scores[(a, scenario)]).OrderBy(s => RiskMatrix.ScoreOf(s.Current)).ThenBy(s => RiskMatrix.ScoreOf(s.Inherent)).ThenBy(s => s.Current.Likelihood)];

    /// <summary>What the scores come to, once all are in.</summary>
    public ConsolidatedRating? MedianOf(string scenario) => OpenedScores(scenario) is { Count: > 0 } scores
        ? new(scenario, RiskMatrix.Median([.. scores.Select(s => s.Inherent)]), RiskMatrix.Median([.. scores.Select(s => s.Current)]), RiskMatrix.Median(scores.Select(s => s.Knowledge))) : null;

    public RiskAssessment Apply(Recorded recorded) => Happen(recorded) with { Id = recorded.Stream.Value, Version = recorded.Version };

    RiskAssessment Happen(Recorded recorded) => recorded.Event switch
    {
        AssessmentBegun e => this with
        {
            Number = e.Number, Unit = e.Unit, Functions = [.. e.Functions], BegunBy = recorded.Actor.Value, Scenarios = [.. e.Scenarios.Select(s => new AssessedScenario(s))],
        },
        ScenarioAdded e => this with { Scenarios = Scenarios.Add(new(e.Scenario, e.Words, e.Function, e.Discretion)) },
        ScenarioLeftOut e => this with { Scenarios = Scenarios.RemoveAll(s => s.Key == e.Scenario) },
        AssessorsNamed e => (this with { Assessors = [.. e.Assessors], Stage = AssessmentStage.Scoring }).OpenIfAllIn(),
        ScenarioScored e => (this with { Scores = Scores.SetItem((recorded.Actor.Value, e.Scenario), new(e.Inherent, e.Current, e.Knowledge, e.Note)) }).OpenIfAllIn(),
        RatingsConsolidated e => this with
        {
            Stage = AssessmentStage.Consolidated, ConsolidatedBy = recorded.Actor.Value, ConsolidatedAt = recorded.When, Questioned = null,
            Risks = e.Ratings.ToImmutableDictionary(r => r.Scenario, r => new RatedRisk(r.Scenario, r.Inherent, r.Current, r.Knowledge, r.Reason)),
        },
        RatingsAgreed => this with { Stage = AssessmentStage.Challenged, ChallengedBy = recorded.Actor.Value },
        RatingsQuestioned e => this with { Stage = AssessmentStage.Opened, Questioned = e.Reason, ChallengedBy = recorded.Actor.Value },
        AssessmentApproved e => this with { Stage = AssessmentStage.Active, ApprovedAt = recorded.When, ReviewDue = e.ReviewDue },
        AssessmentReturned e => this with { Stage = AssessmentStage.Opened, Questioned = e.Reason },
        AssessmentReplaced => this with { Stage = AssessmentStage.Replaced },
        RiskOwnerNamed e => Change(e.Scenario, r => r with { Owner = e.Owner }),
        PostsNamed e => this with
        {
            Named = Named.SetItem(e.Scenario, e.Posts.ToImmutableSortedDictionary(p => p, p => FirstNamed.GetValueOrDefault((e.Scenario, p), recorded.When))),
            // The first time counts, though a post was taken off meanwhile.
            FirstNamed = FirstNamed.AddRange(e.Posts.Where(p => !FirstNamed.ContainsKey((e.Scenario, p))).Select(p => KeyValuePair.Create((e.Scenario, p), recorded.When))),
        },
        ControlAdded e => Change(e.Scenario, r => r with { Controls = r.Controls.Add(new(e.Control, e.Scenario, e.What, e.Owner, e.NextTest) { AddedBy = recorded.Actor.Value }) }),
        ControlTested e => ChangeControl(e.Control, c => c with
        {
            Design = e.Design, Operation = e.Operation, Passed = e.Passed, Found = e.Found, NextTest = e.NextTest, TestedAt = recorded.When, Tester = recorded.Actor.Value,
        }),
        LoweringAsked e => Change(e.Scenario, r => r with { AskedToLower = new(e.Rating, e.Control, e.Reason, recorded.Actor.Value, recorded.When) }),
        LoweringRefused e => Change(e.Scenario, r => r with { AskedToLower = null }),
        ResidualSet e => Change(e.Scenario, r => r with { Lowered = new(e.Rating, e.Control, e.Reason, recorded.Actor.Value, recorded.When), AskedToLower = null }),
        TreatmentPlanned e => Change(e.Scenario, r => r with { Treatments = r.Treatments.Add(new(e.Treatment, e.Scenario, e.What, e.Owner, e.Due)) }),
        TreatmentDone e => ChangeTreatment(e.Treatment, t => t with { Evidence = e.Evidence, ReopenedFor = null }),
        TreatmentVerified e => ChangeTreatment(e.Treatment, t => t with { VerifiedBy = recorded.Actor.Value }),
        TreatmentReopened e => ChangeTreatment(e.Treatment, t => t with { Evidence = null, ReopenedFor = e.Reason }),
        AcceptanceAsked e => Change(e.Scenario, r => r with { Acceptance = new(AcceptanceStage.Asked, e.Reason, e.Until, recorded.Actor.Value) { UpTo = e.UpTo ?? RiskMatrix.BoundsOf(RiskMatrix.LevelOf(r.Current)).Most } }),
        AcceptanceGiven e => Accept(e.Scenario, AcceptanceStage.Accepted, e.Reason, recorded),
        AcceptanceRefused e => Accept(e.Scenario, AcceptanceStage.Refused, e.Reason, recorded),
        AcceptanceRevoked e => Accept(e.Scenario, AcceptanceStage.Revoked, e.Reason, recorded),
        _ => this,
    };

    RiskAssessment OpenIfAllIn() => Stage == AssessmentStage.Scoring && Assessors.All(a => Scenarios.All(s => Scores.ContainsKey((a, s.Key)))) ? this with { Stage = AssessmentStage.Opened } : this;

    RiskAssessment Change(string scenario, Func<RatedRisk, RatedRisk> change) => Risks.TryGetValue(scenario, out var risk) ? this with { Risks = Risks.SetItem(scenario, change(risk)) } : this;

    RiskAssessment ChangeControl(Guid control, Func<RiskControl, RiskControl> change) =>
        Control(control) is { } known ? Change(known.Scenario, r => r with { Controls = r.Controls.Replace(known, change(known)) }) : this;

    RiskAssessment ChangeTreatment(Guid treatment, Func<RiskTreatment, RiskTreatment> change) =>
        Treatment(treatment) is { } known ? Change(known.Scenario, r => r with { Treatments = r.Treatments.Replace(known, change(known)) }) : this;

    RiskAssessment Accept(string scenario, AcceptanceStage stage, string answer, Recorded by) =>
        Change(scenario, r => r.Acceptance is { } asked ? r with { Acceptance = asked with { Stage = stage, Answer = answer, AnsweredBy = by.Actor.Value } } : r);
}

/// <summary>The assessments of a unit, the oldest first: one stream for each unit.</summary>
internal sealed record UnitAssessments : IState<UnitAssessments>
{
    public static UnitAssessments Initial { get; } = new();

    public ImmutableList<Guid> All { get; init; } = [];

    public static StreamId Of(Guid unit) => new(Streams.Derive(unit, "risk assessments"));

    public UnitAssessments Apply(Recorded recorded) => recorded.Event is AssessmentNumberTaken e ? this with { All = All.Add(e.Assessment) } : this;
}
