using Probity.Reports.Contract;
using Probity.Reports.Handling;
using Probity.Reports.Matters;

namespace Probity.Reports.Viewing;

/// <summary>
/// What the forms of a report begin with: an assessment and a finding are changed from those there are, a first finding follows what was found in the matters, and a closing that was returned is asked
/// for again from what was written.
/// </summary>
internal static class KnownForms
{
    public static Dictionary<string, string> Of(ReportFacts facts)
    {
        var known = new Dictionary<string, string>();
        if (facts.Report.Triage is { } triage)
        {
            (known["triage-verdict"], known["triage-urgency"], known["triage-risk"]) = (HandlingText.Camel(triage.Verdict), HandlingText.Camel(triage.Urgency), HandlingText.Camel(triage.Risk));
            if (triage.Retaliated) known["triage-retaliated"] = "yes";
            if (StaffText.Open(facts.Opened, StaffText.Second(triage.Id), triage.Protection) is { } protection) known["triage-protection"] = protection;
            if (StaffText.Open(facts.Opened, triage.Id, triage.Box) is { } words) known["triage-words"] = words;
        }

        if (facts.Report.Finding is { } finding)
        {
            known["find-finding"] = HandlingText.Camel(finding.Finding);
            if (StaffText.Open(facts.Opened, finding.Id, finding.Box) is { } words) known["find-words"] = words;
        }
        else if (FoundIn(facts) is { } found)
        {
            known["find-finding"] = HandlingText.Camel(found);
        }

        if (ReturnedTo(facts) is not { } asked) return known;
        known["close-reason"] = HandlingText.Camel(asked.Reason);
        if (StaffText.Open(facts.Opened, asked.Id, asked.Box) is { } reasons) known["close-words"] = reasons;
        if (StaffText.Open(facts.Opened, StaffText.Second(asked.Id), asked.Message) is { } message) known["close-message"] = message;
        return known;
    }

    // The closing that this person asked for last, where nothing came of it since but that it was returned.
    static ClosingAsked? ReturnedTo(ReportFacts facts)
    {
        var acts = facts.Report.Acts;
        var last = acts.FindLastIndex(a => a.Event is ClosingAsked or ClosingReturned or ReportClosed or ReportReopened);
        return last > 0 && acts[last].Event is ClosingReturned && acts.Take(last).LastOrDefault(a => a.Event is ClosingAsked) is { } act && act.By == facts.Person ? (ClosingAsked)act.Event : null;
    }

    // Once all of them are concluded: what was substantiated of some of it was in part.
    static Finding? FoundIn(ReportFacts facts)
    {
        var outcomes = facts.SeenMatters.SelectMany(m => m.Outcomes).ToList();
        if (outcomes.Count == 0 || facts.SeenMatters.Any(m => m.Stage != MatterStage.Concluded)) return null;
        return outcomes.TrueForAll(o => o == AllegationFinding.Substantiated) ? Finding.Substantiated : outcomes.Contains(AllegationFinding.Substantiated) ? Finding.PartlySubstantiated
            : outcomes.TrueForAll(o => o == AllegationFinding.Unsubstantiated) ? Finding.NotEstablished : Finding.NotSubstantiated;
    }
}
