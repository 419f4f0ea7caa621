namespace Probity.Policies.Contract;

/// <summary>
/// Every figure of a policy pack. The defaults are the house's own, chosen along published practice where there is some (docs/policy-packs.md says where each comes from);
/// a country's law goes before all of them.
/// </summary>
internal static class PolicyRules
{
    /// <summary>Within how many days of its publication a version of the code of conduct is acknowledged.</summary>
    public static readonly PolicyRule CodeAcknowledgedWithin = new("conduct.acknowledge-within", RuleUnit.Days, 30, 1, 180, Stricter.Lower);

    /// <summary>After how many months an acknowledgement is renewed.</summary>
    public static readonly PolicyRule CodeRenewedAfter = new("conduct.renew-after", RuleUnit.Months, 12, 1, 60, Stricter.Lower);

    /// <summary>Which share of a quiz's questions has to be right.</summary>
    public static readonly PolicyRule QuizPassedAt = new("conduct.quiz-passed-at", RuleUnit.Percent, 80, 50, 100, Stricter.Higher);

    /// <summary>Within how many working days a gift is declared.</summary>
    public static readonly PolicyRule GiftDeclaredWithin = new("conduct.gift-declared-within", RuleUnit.WorkingDays, 5, 1, 30, Stricter.Lower);

    /// <summary>Within how many working days a declared gift is reviewed.</summary>
    public static readonly PolicyRule GiftReviewedWithin = new("conduct.gift-reviewed-within", RuleUnit.WorkingDays, 10, 1, 60, Stricter.Lower);

    /// <summary>Within how many working days a declared interest, or work outside, is decided.</summary>
    public static readonly PolicyRule InterestDecidedWithin = new("conduct.interest-decided-within", RuleUnit.WorkingDays, 10, 1, 60, Stricter.Lower);

    /// <summary>After how many months that decision is looked at again.</summary>
    public static readonly PolicyRule InterestReviewedAfter = new("conduct.interest-reviewed-after", RuleUnit.Months, 12, 1, 12, Stricter.Lower);

    /// <summary>For how many months a clearance of the first level holds.</summary>
    public static readonly PolicyRule BasicHolds = new("people.basic-holds", RuleUnit.Months, 120, 6, 180, Stricter.Lower);

    /// <summary>For how many months a clearance for sensitive posts holds.</summary>
    public static readonly PolicyRule SensitiveHolds = new("people.sensitive-holds", RuleUnit.Months, 84, 6, 120, Stricter.Lower);

    /// <summary>For how many months a clearance for special units holds.</summary>
    public static readonly PolicyRule SpecialHolds = new("people.special-holds", RuleUnit.Months, 36, 6, 84, Stricter.Lower);

    /// <summary>How many days before its end a clearance falls due for review.</summary>
    public static readonly PolicyRule ReviewDueBefore = new("people.review-due-before", RuleUnit.Days, 180, 30, 365, Stricter.Higher);

    /// <summary>Within how many days a vetting decision can be appealed against.</summary>
    public static readonly PolicyRule VettingAppealWithin = new("people.vetting-appeal-within", RuleUnit.Days, 14, 7, 90, Stricter.Higher);

    /// <summary>Above which share of a year's income growth of wealth that nothing explains is flagged.</summary>
    public static readonly PolicyRule UnexplainedAbove = new("people.unexplained-above", RuleUnit.Percent, 20, 1, 100, Stricter.Lower);

    /// <summary>Within how many days of coming to a post somebody declares what they own.</summary>
    public static readonly PolicyRule DeclaredOnEntryWithin = new("people.declared-on-entry-within", RuleUnit.Days, 30, 1, 180, Stricter.Lower);

    /// <summary>After how many months they declare again.</summary>
    public static readonly PolicyRule DeclaredEvery = new("people.declared-every", RuleUnit.Months, 12, 1, 36, Stricter.Lower);

    /// <summary>For how many months after a day was first declared it can be corrected.</summary>
    public static readonly PolicyRule CorrectedWithin = new("people.corrected-within", RuleUnit.Months, 12, 1, 60, Stricter.Lower);

    /// <summary>Within how many days the person of a clearance can answer why it may be withdrawn.</summary>
    public static readonly PolicyRule VettingAnswerWithin = new("people.vetting-answer-within", RuleUnit.Days, 14, 7, 90, Stricter.Higher);
    /// <summary>Within how many days somebody else looks at a suspension and stands for it, or lifts it.</summary>
    public static readonly PolicyRule SuspensionConfirmedWithin = new("people.suspension-confirmed-within", RuleUnit.Days, 3, 1, 14, Stricter.Lower);

    /// <summary>Which share of those who hold a sensitive post is drawn in a year to be vetted anew.</summary>
    public static readonly PolicyRule RevettedShare = new("people.revetted-share", RuleUnit.Percent, 5, 1, 100, Stricter.Higher);

    /// <summary>Within how many days of its beginning the draw of a quarter is made.</summary>
    public static readonly PolicyRule LotDrawnWithin = new("people.lot-drawn-within", RuleUnit.Days, 14, 1, 60, Stricter.Lower);

    /// <summary>Within how many days vetting begins with whoever was drawn.</summary>
    public static readonly PolicyRule LotBegunWithin = new("people.lot-begun-within", RuleUnit.Days, 30, 1, 90, Stricter.Lower);

    /// <summary>For how many days a passport of a clearance holds; never longer than the clearance.</summary>
    public static readonly PolicyRule PassportHolds = new("people.passport-holds", RuleUnit.Days, 180, 7, 365, Stricter.Lower);

    /// <summary>For how many days a list of revoked passports may be relied on.</summary>
    public static readonly PolicyRule PassportListHolds = new("people.passport-list-holds", RuleUnit.Days, 1, 1, 7, Stricter.Lower);

    /// <summary>Within how many days of being asked somebody hands in the form of a clearance.</summary>
    public static readonly PolicyRule FormHandedInWithin = new("people.form-handed-in-within", RuleUnit.Days, 30, 7, 90, Stricter.Lower);

    /// <summary>Within how many days of the draw somebody who was drawn is vetted anew, to the decision.</summary>
    public static readonly PolicyRule RevettedWithin = new("people.revetted-within", RuleUnit.Days, 180, 60, 365, Stricter.Lower);

    /// <summary>After how many months an entry of the barred list is looked at again.</summary>
    public static readonly PolicyRule BarReviewedAfter = new("people.bar-reviewed-after", RuleUnit.Months, 60, 6, 120, Stricter.Higher);

    /// <summary>How many people at least sit in the panel of a competition for a post.</summary>
    public static readonly PolicyRule SelectionPanel = new("people.selection-panel", RuleUnit.People, 3, 3, 9, Stricter.Higher);

    /// <summary>Within how many days each next step of a competition is taken.</summary>
    public static readonly PolicyRule SelectionStepWithin = new("people.selection-step-within", RuleUnit.Days, 14, 3, 60, Stricter.Lower);

    /// <summary>Within how many days an applicant can appeal against a ranking.</summary>
    public static readonly PolicyRule SelectionAppealWithin = new("people.selection-appeal-within", RuleUnit.Days, 14, 7, 60, Stricter.Higher);

    /// <summary>For how many months posts are filled from an adopted ranking.</summary>
    public static readonly PolicyRule SelectionListHolds = new("people.selection-list-holds", RuleUnit.Months, 12, 1, 36, Stricter.Lower);

    /// <summary>For how many months at most somebody stays in a sensitive post.</summary>
    public static readonly PolicyRule TenureMost = new("people.tenure-most", RuleUnit.Months, 36, 6, 60, Stricter.Lower);

    /// <summary>For how many months somebody who did stays away from it.</summary>
    public static readonly PolicyRule CoolingOff = new("people.cooling-off", RuleUnit.Months, 24, 1, 60, Stricter.Higher);

    /// <summary>By how many months at most that time can be extended, once.</summary>
    public static readonly PolicyRule TenureExtended = new("people.tenure-extended", RuleUnit.Months, 6, 1, 6, Stricter.Lower);

    /// <summary>Whether posts of the same unit and role count together.</summary>
    public static readonly PolicyRule TenureOverUnit = new("people.tenure-over-unit", RuleUnit.Switch, 0, 0, 1, Stricter.Higher);

    /// <summary>How many days in a row the holder of a sensitive post is on leave at least.</summary>
    public static readonly PolicyRule LeaveLeast = new("people.leave-least", RuleUnit.Days, 14, 5, 30, Stricter.Higher);

    /// <summary>Within how many months that is, each time.</summary>
    public static readonly PolicyRule LeaveEvery = new("people.leave-every", RuleUnit.Months, 12, 6, 24, Stricter.Lower);

    /// <summary>Which share of the posts that a unit has filled a plan of rotation keeps filled in every month.</summary>
    public static readonly PolicyRule RotationStrength = new("people.rotation-strength", RuleUnit.Percent, 100, 50, 100, Stricter.Higher);

    /// <summary>How many people score an assessment of a unit's risks, each without knowing what the others score.</summary>
    public static readonly PolicyRule BlindScorers = new("risk.blind-scorers", RuleUnit.People, 3, 3, 12, Stricter.Higher);

    /// <summary>After how many months an assessment of a unit's risks is reviewed.</summary>
    public static readonly PolicyRule AssessmentReviewedAfter = new("risk.assessment-reviewed-after", RuleUnit.Months, 12, 1, 24, Stricter.Lower);

    /// <summary>The same where one of the risks is critical.</summary>
    public static readonly PolicyRule CriticalReviewedAfter = new("risk.critical-reviewed-after", RuleUnit.Months, 6, 1, 12, Stricter.Lower);

    /// <summary>For how many months at most a high or critical risk may be accepted.</summary>
    public static readonly PolicyRule AcceptanceHolds = new("risk.acceptance-holds", RuleUnit.Months, 12, 1, 12, Stricter.Lower);

    /// <summary>Within how many months a control against a risk is tested again.</summary>
    public static readonly PolicyRule ControlTestedWithin = new("risk.control-tested-within", RuleUnit.Months, 12, 1, 24, Stricter.Lower);

    /// <summary>Within how many days the posts that a high or critical risk names are marked as sensitive.</summary>
    public static readonly PolicyRule PostsMarkedWithin = new("risk.posts-marked-within", RuleUnit.Days, 14, 1, 60, Stricter.Lower);

    /// <summary>After how many months an indicator of law and practice is stated anew; it counts no longer from then on.</summary>
    public static readonly PolicyRule IndicatorsReviewedAfter = new("risk.indicators-reviewed-after", RuleUnit.Months, 12, 1, 24, Stricter.Lower);

    /// <summary>From which share of posts held without a valid clearance on they raise a risk.</summary>
    public static readonly PolicyRule UnclearedPostsFrom = new("risk.uncleared-posts-from", RuleUnit.Percent, 5, 1, 50, Stricter.Lower);

    /// <summary>The same of people who have not declared in time what they own.</summary>
    public static readonly PolicyRule OverdueDeclarationsFrom = new("risk.overdue-declarations-from", RuleUnit.Percent, 5, 1, 50, Stricter.Lower);

    /// <summary>The same of people who have not acknowledged the code in time.</summary>
    public static readonly PolicyRule UnacknowledgedCodeFrom = new("risk.unacknowledged-code-from", RuleUnit.Percent, 5, 1, 50, Stricter.Lower);

    /// <summary>The same of people without a competence that their post makes mandatory.</summary>
    public static readonly PolicyRule LapsedCompetencesFrom = new("risk.lapsed-competences-from", RuleUnit.Percent, 20, 1, 50, Stricter.Lower);

    /// <summary>The same of exhibits with an open matter of custody.</summary>
    public static readonly PolicyRule CustodyMattersFrom = new("risk.custody-matters-from", RuleUnit.Percent, 2, 1, 50, Stricter.Lower);

    /// <summary>The same of seizures whose weight does not add up.</summary>
    public static readonly PolicyRule UnexplainedWeightFrom = new("risk.unexplained-weight-from", RuleUnit.Percent, 2, 1, 50, Stricter.Lower);

    /// <summary>The same of cases in which a step was left out.</summary>
    public static readonly PolicyRule SkippedStepsFrom = new("risk.skipped-steps-from", RuleUnit.Percent, 10, 1, 50, Stricter.Lower);

    /// <summary>The same of steps that came after their time limit.</summary>
    public static readonly PolicyRule LateStepsFrom = new("risk.late-steps-from", RuleUnit.Percent, 20, 1, 50, Stricter.Lower);

    /// <summary>The same of decisions against the risk score.</summary>
    public static readonly PolicyRule OverridesFrom = new("risk.overrides-from", RuleUnit.Percent, 15, 1, 50, Stricter.Lower);

    /// <summary>The same of sensitive posts held longer than they may be.</summary>
    public static readonly PolicyRule OverdueRotationFrom = new("risk.overdue-rotation-from", RuleUnit.Percent, 5, 1, 50, Stricter.Lower);

    /// <summary>For how many months a judgement of somebody's competence holds.</summary>
    public static readonly PolicyRule JudgementHolds = new("people.judgement-holds", RuleUnit.Months, 24, 6, 60, Stricter.Lower);

    /// <summary>From which result on a course is passed.</summary>
    public static readonly PolicyRule CoursePassedAt = new("people.course-passed-at", RuleUnit.Percent, 70, 50, 100, Stricter.Higher);

    /// <summary>Within how many working days integrity reads an offer or a threat that somebody recorded.</summary>
    public static readonly PolicyRule ApproachReadWithin = new("protection.approach-read-within", RuleUnit.WorkingDays, 2, 1, 10, Stricter.Lower);

    /// <summary>Within how many minutes an alert about violence is acknowledged, before it goes to the next.</summary>
    public static readonly PolicyRule AlertAcknowledgedWithin = new("protection.alert-acknowledged-within", RuleUnit.Minutes, 60, 10, 240, Stricter.Lower);

    /// <summary>Within how many minutes whoever has an alert in hand opens a plan or writes what was done, before it passes on as if nobody had answered.</summary>
    public static readonly PolicyRule AlertActedWithin = new("protection.alert-acted-within", RuleUnit.Minutes, 240, 30, 1_440, Stricter.Lower);

    /// <summary>Within how many days a protection plan is reviewed.</summary>
    public static readonly PolicyRule ProtectionReviewedWithin = new("protection.plan-reviewed-within", RuleUnit.Days, 30, 1, 90, Stricter.Lower);

    /// <summary>After how many days a review or measure that is overdue goes to an overseer.</summary>
    public static readonly PolicyRule ProtectionOverdueToOverseer = new("protection.overdue-to-overseer-after", RuleUnit.Days, 7, 1, 30, Stricter.Lower);

    /// <summary>After how many months it is confirmed anew who has access in a unit.</summary>
    public static readonly PolicyRule AccessReviewedEvery = new("access.reviewed-every", RuleUnit.Months, 3, 1, 12, Stricter.Lower);

    /// <summary>After how many days without a sign-in an access counts as dormant.</summary>
    public static readonly PolicyRule DormantAfter = new("access.dormant-after", RuleUnit.Days, 60, 14, 180, Stricter.Lower);

    /// <summary>Within how many days of its receipt a person acknowledges a report: the law's seven, or fewer (Directive (EU) 2019/1937, article 9(1)(b)).</summary>
    public static readonly PolicyRule ReportAcknowledgedWithin = new("reports.acknowledged-within", RuleUnit.Days, 7, 1, 7, Stricter.Lower);

    /// <summary>Within how many days of its receipt it is said what a report is.</summary>
    public static readonly PolicyRule ReportTriagedWithin = new("reports.triaged-within", RuleUnit.Days, 10, 1, 30, Stricter.Lower);

    /// <summary>Within how many months of the acknowledgement the source gets feedback: the law's three, or fewer (article 9(1)(f)).</summary>
    public static readonly PolicyRule ReportFeedbackWithin = new("reports.feedback-within", RuleUnit.Months, 3, 1, 3, Stricter.Lower);

    /// <summary>Which share of the reports closed without action, or as referred, an overseer looks at again.</summary>
    public static readonly PolicyRule ClosingsReviewedShare = new("reports.closings-reviewed", RuleUnit.Percent, 20, 5, 100, Stricter.Higher);

    /// <summary>How many days a source has been told that its identity is asked for before anybody may agree to it: seven, or more.</summary>
    public static readonly PolicyRule IdentityNotice = new("reports.identity-notice-days", RuleUnit.Days, 7, 7, 60, Stricter.Higher);

    /// <summary>For how many months after its closing a report protects those who could be made to pay for it: 24, or more.</summary>
    public static readonly PolicyRule ReportProtectionMonths = new("reports.protection-months", RuleUnit.Months, 24, 24, 120, Stricter.Higher);

    /// <summary>For how many months a closed report is kept before it may be erased: as long as is necessary and proportionate (article 18(1)), and longer than any figure that is told counts it.</summary>
    public static readonly PolicyRule ReportKeptFor = new("reports.kept-for", RuleUnit.Months, 36, 18, 120, Stricter.Lower);

    /// <summary>All of them, in the order in which a page shows them.</summary>
    public static readonly IReadOnlyList<PolicyRule> All =
    [
        BasicHolds, SensitiveHolds, SpecialHolds, ReviewDueBefore, VettingAppealWithin, VettingAnswerWithin, SuspensionConfirmedWithin,
        DeclaredOnEntryWithin, DeclaredEvery, UnexplainedAbove, CorrectedWithin,
        JudgementHolds, CoursePassedAt,
        RevettedShare, LotDrawnWithin, LotBegunWithin, FormHandedInWithin, RevettedWithin, BarReviewedAfter, PassportHolds, PassportListHolds,
        SelectionPanel, SelectionStepWithin, SelectionAppealWithin, SelectionListHolds,
        CodeAcknowledgedWithin, CodeRenewedAfter, QuizPassedAt, GiftDeclaredWithin, GiftReviewedWithin,
        InterestDecidedWithin, InterestReviewedAfter,
        BlindScorers, AssessmentReviewedAfter, CriticalReviewedAfter, AcceptanceHolds, ControlTestedWithin, PostsMarkedWithin, IndicatorsReviewedAfter,
        UnclearedPostsFrom, OverdueDeclarationsFrom, UnacknowledgedCodeFrom, LapsedCompetencesFrom, CustodyMattersFrom, UnexplainedWeightFrom, SkippedStepsFrom, LateStepsFrom, OverridesFrom, OverdueRotationFrom,
        TenureMost, CoolingOff, TenureExtended, TenureOverUnit, RotationStrength, LeaveLeast, LeaveEvery,
        AccessReviewedEvery, DormantAfter,
        ApproachReadWithin, AlertAcknowledgedWithin, AlertActedWithin, ProtectionReviewedWithin, ProtectionOverdueToOverseer,
        ReportAcknowledgedWithin, ReportTriagedWithin, ReportFeedbackWithin, ClosingsReviewedShare, IdentityNotice, ReportProtectionMonths, ReportKeptFor,
    ];

    /// <summary>A rule by its name, or null.</summary>
    public static PolicyRule? Find(string key) => All.FirstOrDefault(r => r.Key == key);
}
