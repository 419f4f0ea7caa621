using Probity.Cases.Contract;
using Probity.Cases.Deciding;
using Probity.Shared.Record;

namespace Probity.Cases;

/// <summary>What the decisions on charges, disclosure and hearings have in common.</summary>
internal static class CourtRules
{
    public const string ChargeUnknown = "cases.charge-unknown";
    public const string NotNow = "cases.charge-not-now";
    public const string NotBeforeCourt = "cases.not-before-court";
    public const string TooMany = "cases.court-too-many";

    /// <summary>The most of each kind that a case takes.</summary>
    public const int Most = 100;

    /// <summary>The refusal of anything about charges and disclosure in this case now, or null.</summary>
    public static Refusal? RefusesProsecuting(Case @case) =>
        @case.Closing is not null ? new Refusal(Closing.ProposeClosing.Pending)
        : @case.Stage is Stage.Prosecute or Stage.Adjudicate && !DecideInCase.HasEnded(@case) ? null
        : new Refusal(NotNow);

    /// <summary>The refusal of anything that the court does, or null.</summary>
    public static Refusal? RefusesCourt(Case @case) => @case.Stage >= Stage.Adjudicate ? null : new Refusal(NotBeforeCourt);

    /// <summary>The refusal of reasons and what they rest on in law, or null: every decision that could have gone otherwise has both.</summary>
    public static Refusal? RefusesReasoned(string? reasons, string? basis) =>
        CaseTexts.RefusesReason(reasons) ?? CaseTexts.Refuses(basis, CaseTexts.MaxReasons, DecideInCase.LegalBasisMissing);

    /// <summary>
    /// A decision of the court with what it is for the case as a whole: where the case takes it as a decision of its own, that is
    /// recorded in the same breath, so that gates and the procedure read it as they always did.
    /// </summary>
    public static Decision WithDecision(Case @case, DecisionKind kind, string reasons, string basis, params IEvent[] happened)
    {
        var decided = DecideInCase.DecideFrom(new(@case.Id, kind, reasons, basis), @case) is Decision.Accepted accepted ? accepted.Filings : [];
        return Decision.Accept([.. happened.Select(e => new Filing(@case.Stream, e)), .. decided]);
    }
}
