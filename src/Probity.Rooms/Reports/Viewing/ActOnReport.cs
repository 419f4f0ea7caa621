using Microsoft.AspNetCore.Http;
using Probity.Reports.Contract;
using Probity.Reports.Handling;
using Probity.Reports.Reading;
using Probity.Shared;
using Probity.Shared.Record;

namespace Probity.Reports.Viewing;

/// <summary>The forms of the page of a report, each to its command.</summary>
internal sealed class ActOnReport(
    AcknowledgeReport acknowledge, TriageReport triage, TakeReport take, TellSource tell, WriteNote note, RecordFinding find, CloseReport close, ReopenReport reopen, ReviewClosing review, StepAside aside)
{
    public Task<Outcome?> RunAsync(Guid person, OpenedReport? opened, Guid report, string what, IFormCollection form, CancellationToken cancel)
    {
        var typed = new TypedForm(report, ReportForms.ActOf(person, report, what, form["key"]), what, form);
        return what switch
        {
            "acknowledge" => acknowledge.HandleAsync(person, opened, new(report, typed.Id, typed["message"]), cancel),
            "triage" => triage.HandleAsync(person, opened, typed.Triage, cancel),
            "take" => take.HandleAsync(person, opened, new(report, typed.Id), cancel),
            "message" or "feedback" => tell.HandleAsync(person, opened, typed.Telling, cancel),
            "note" => note.HandleAsync(person, opened, new(report, typed.Id, typed["words"]), cancel),
            "find" => find.HandleAsync(person, opened, typed.Finding, cancel),
            "close" => close.HandleAsync(person, opened, typed.Closing, cancel),
            "answer" => close.HandleAsync(person, opened, typed.Answer, cancel),
            "reopen" => reopen.HandleAsync(person, opened, new(report, typed.Id, typed["words"]), cancel),
            "review" => review.HandleAsync(person, opened, typed.Review, cancel),
            _ => aside.HandleAsync(person, opened, new(report, typed.Id, typed["words"]), cancel),
        };
    }

    /// <summary>What a form lacks before it is an act at all; null where nothing: that what cannot be undone is meant, and that what was typed as a day is one.</summary>
    public static string? Unready(string what, IFormCollection form) =>
        what == "aside" && form["aside-final"] != "yes" ? StepAside.FinalMissing
        : form[$"{what}-until"].ToString() is { Length: > 0 } until && ReportForms.DayIn(until) is null ? TellSource.UntilWrong : null;

    /// <summary>All that is said of a form that was refused: what refused it, and whatever else is wrong in it, each at its field.</summary>
    public static IReadOnlyList<FieldError> ErrorsOf(string what, string code, IFormCollection form, DateOnly today)
    {
        var (field, typed) = (FieldOf(what, code), new TypedForm(Guid.Empty, Guid.Empty, what, form));
        var faults = field.Length == 0 ? [] : FaultsOf(typed, today).Select(f => f with { Field = $"{what}-{f.Field}" }).ToList();
        if (!faults.Exists(f => f.Code == code)) faults.Insert(0, new(field, code));
        return [.. faults.DistinctBy(f => f.Field).Select(f => new FieldError(f.Field, faults.Count > 1 && IsOfText(f.Code) ? $"{LabelOf(f.Field)}: {SaidOf(f, form)}" : SaidOf(f, form)))];
    }

    // Of several what is wrong with a text says which.
    static bool IsOfText(string code) => code is StaffText.Missing or StaffText.TooShort or StaffText.TooLong or StaffText.Unfit;

    static string LabelOf(string field) => HandlingText.Of(field.EndsWith("-message", StringComparison.Ordinal) ? "to-source" : field.Replace('-', '.'));

    static IEnumerable<Fault> FaultsOf(TypedForm typed, DateOnly today) => typed.What switch
    {
        "triage" => TriageReport.Faults(typed.Triage),
        "message" or "feedback" => TellSource.Faults(typed.Telling, today),
        "find" => RecordFinding.Faults(typed.Finding),
        "close" => CloseReport.Faults(typed.Closing),
        "answer" => CloseReport.Faults(typed.Answer),
        "review" => ReviewClosing.Faults(typed.Review),
        _ => [],
    };

    // Whoever has to shorten a text is told by how much.
    static string SaidOf(Fault fault, IFormCollection form) => fault.Code == StaffText.TooLong
        ? HandlingText.Say("text-counted", Figures.Whole(StaffText.LengthOf(form[fault.Field].ToString())), Figures.Whole(StaffText.Most)) : HandlingText.Of(fault.Code);

    // The field that a refusal belongs to; none where it is not about what was typed.
    static string FieldOf(string what, string code) => code switch
    {
        TriageReport.VerdictMissing => "triage-verdict",
        TriageReport.NotAcknowledged when what == "triage" => "triage-verdict",
        TriageReport.UrgencyMissing => "triage-urgency",
        TriageReport.RiskMissing => "triage-risk",
        TriageReport.ProtectionMissing => "triage-protection",
        RecordFinding.FindingMissing => "find-finding",
        CloseReport.ReasonMissing or CloseReport.ReasonUnfit => "close-reason",
        CloseReport.MessageMissing => "close-message",
        CloseReport.AgreesMissing => $"{what}-agrees",
        TellSource.UntilWrong => $"{what}-until",
        StepAside.FinalMissing => "aside-final",
        ReopenReport.NothingNew => "reopen-words",
        _ when IsOfText(code) => what is "acknowledge" or "message" or "feedback" ? $"{what}-message" : $"{what}-words",
        _ => "",
    };

    // A form as it was typed, as the commands that it may be.
    sealed record TypedForm(Guid Report, Guid Id, string What, IFormCollection Form)
    {
        public string? this[string field] => Form[$"{What}-{field}"];

        public TriageReport.Command Triage => new(
            Report, Id, Chosen<TriageVerdict>("verdict"), Chosen<ReportUrgency>("urgency"), Chosen<RetaliationRisk>("risk"), this["retaliated"] == "yes", this["words"], this["protection"]);

        public TellSource.Command Telling => new(Report, Id, this["message"], ReportForms.DayIn(this["until"]), What == "feedback");

        public RecordFinding.Command Finding => new(Report, Id, Chosen<Finding>("finding"), this["words"]);

        public CloseReport.Command Closing => new(Report, Id, Chosen<CloseReason>("reason"), this["words"], this["message"]);

        public CloseReport.Answer Answer => new(Report, Id, Agrees, this["words"]);

        public ReviewClosing.Command Review => new(Report, Id, Agrees, this["words"]);

        bool? Agrees => this["agrees"] switch { "yes" => true, "no" => false, _ => null };

        T? Chosen<T>(string field) where T : struct, Enum => ReportForms.Chosen<T>(this[field]);
    }
}
