using Probity.Access.Contract;
using Probity.Ledger;
using Probity.Policies.Contract;
using Probity.Reports.Contract;
using Probity.Reports.Erasing;
using Probity.Reports.Handling;
using Probity.Reports.Matters;
using Probity.Reports.Protecting;
using Probity.Sealing;
using Probity.Shared.Record;
using Probity.Tests.Cases;

namespace Probity.Tests.Reports;

/// <summary>One report without a store: what is decided is applied, and each acts as whoever they are at that moment with what their own key opens.</summary>
internal sealed class HandlingHouse : IDisposable
{
    public const string Words = "As it was told in the office.";

    public static readonly DateTimeOffset Begin = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    public static readonly DateOnly Received = new(2026, 3, 2);
    public static readonly Guid ReportId = Id("the report");

    static readonly (string Name, HolderPart Part)[] s_holders = [("ines", HolderPart.Integrity), ("ivo", HolderPart.Integrity), ("oscar", HolderPart.Overseer), ("olga", HolderPart.Overseer), ("root", HolderPart.Integrity)];

    long _index;
    int _acts;

    /// <summary>A report that came in, for all who are in the book but some. The administrator has a key from an earlier post.</summary>
    public HandlingHouse(params string[] without)
    {
        Sealed.Send(ReportId, Received, "Somebody at the gate is paid for each container.", [.. without.Select(Id)]);
    }

    public SealedReports Sealed { get; } = new([.. s_holders.Select(h => (Id(h.Name), h.Part))]);
    public Register Register { get; init; } = Staff.Agency().ToRegister();
    public DateTimeOffset Now { get; set; } = Begin;
    public Policy Policy { get; set; } = Policy.Unchosen;
    public Report Report { get; private set; } = Report.Initial with { Id = ReportId };
    public bool Drawn { get; set; }
    public IReadOnlyList<LinkedMatter> Matters { get; set; } = [];
    public List<Filing> Filed { get; } = [];

    public static Guid Id(string name) => Staff.Id(name);

    /// <summary>What a person of this name knows when they act; null where the report does not open for them.</summary>
    public ReportFacts? As(string who) => Sealed.For(Id(who), ReportId) is { } opened ? new ReportFacts(opened, Report, Drawn, Policy, Actor.From(Register, Id(who), Now), Register, Now) : null;

    public ReportClock Clock => ReportClock.Of(Report, Received, Policy, DateOnly.FromDateTime(Now.UtcDateTime));

    public void Day(int days) => Now = Begin.AddDays(days);

    public void SourceWrites(string text = "They did it again.") => Sealed.Send(ReportId, DateOnly.FromDateTime(Now.UtcDateTime), text);

    /// <summary>The code of a refusal, else the names of what happened.</summary>
    public string Do(string who, ReportAction action, Func<ReportFacts, Guid, Decision> decide, Guid? act = null)
    {
        var id = act ?? Id($"act {_acts++}");
        switch (ReportDesk.Decide(action, id, As(who), facts => decide(facts, id)))
        {
            case Decision.Accepted { Filings: var filings }:
                foreach (var filing in filings)
                {
                    // What is no part of the report does not change it.
                    if (filing.Stream != Report.Stream) Filed.Add(filing);
                    if (filing.Stream != Report.Stream) continue;
                    Report = Report.Apply(new Recorded(filing.Event, EventTypes.NameOf(filing.Event.GetType()), _index++, filing.Stream, Report.Version + 1, Now, filing.Occurred, new ActorId(Id(who))));
                    Filed.Add(filing);
                }

                return string.Join(',', filings.Select(f => f.Event.GetType().Name));
            case Decision.Refused { Refusal.Code: var code }:
                return code;
            default:
                throw new InvalidOperationException();
        }
    }

    public string Acknowledge(string who, string? text = Words, Guid? act = null) => Do(who, ReportAction.Acknowledge, (f, id) =>
        AcknowledgeReport.Decide(new(ReportId, id, text), Letter.To(f, StaffText.Second(id), SourceStage.Acknowledged, text, null), f), act);

    public string Triage(string who, TriageVerdict? verdict = TriageVerdict.WithinRemit, RetaliationRisk? risk = RetaliationRisk.Low, string? protection = null, bool retaliated = false, ReportUrgency? urgency = ReportUrgency.Usual, string? text = Words) =>
        Do(who, ReportAction.Triage, (f, id) => TriageReport.Decide(
            new(ReportId, id, verdict, urgency, risk, retaliated, text, protection), StaffText.Seal(f.Opened, id, text), StaffText.Seal(f.Opened, StaffText.Second(id), protection), f));

    public string Take(string who) => Do(who, ReportAction.Take, (f, id) => TakeReport.Decide(new(ReportId, id), f));

    public string Tell(string who, bool feedback = false, string? text = Words, DateOnly? until = null) => Do(who, ReportAction.Tell, (f, id) =>
        new TellSource.Command(ReportId, id, text, until, feedback) is var command ? TellSource.Decide(command, Letter.To(f, id, TellSource.StageOf(command, f.Report), text, until), f) : throw new InvalidOperationException());

    public string Note(string who, string? text = Words) => Do(who, ReportAction.Note, (f, id) => WriteNote.Decide(new(ReportId, id, text), StaffText.Seal(f.Opened, id, text), f));

    public string Find(string who, Finding? finding = Finding.NotSubstantiated, string? text = Words) => Do(who, ReportAction.Find, (f, id) => RecordFinding.Decide(new(ReportId, id, finding, text), StaffText.Seal(f.Opened, id, text), f));

    public string Close(string who, CloseReason? reason = CloseReason.NoAction, string? text = Words, string? message = Words) => Do(who, ReportAction.AskClosing, (f, id) => CloseReport.Decide(
        new CloseReport.Command(ReportId, id, reason, text, message), StaffText.Seal(f.Opened, id, text), StaffText.Seal(f.Opened, StaffText.Second(id), message), f));

    public string Answer(string who, bool? agrees = true, string? text = Words) => Do(who, ReportAction.AnswerClosing, (f, id) =>
        new CloseReport.Answer(ReportId, id, agrees, text) is var answer ? CloseReport.Decide(answer, StaffText.Seal(f.Opened, id, text), CloseReport.Waiting(answer, f), f) : throw new InvalidOperationException());

    public string Reopen(string who, string? text = null) => Do(who, ReportAction.Reopen, (f, id) => ReopenReport.Decide(new(ReportId, id, text), StaffText.Seal(f.Opened, id, text), f));

    public string Aside(string who, string? text = null) => Do(who, ReportAction.StepAside, (f, id) => StepAside.Decide(new(ReportId, id, text), StaffText.Seal(f.Opened, id, text), f));

    public string Review(string who, bool? agrees = true, string? text = Words) => Do(who, ReportAction.Review, (f, id) => ReviewClosing.Decide(new(ReportId, id, agrees, text), StaffText.Seal(f.Opened, id, text), f));

    public string Protect(string who, string? whom, bool protect = true) => Do(who, ReportAction.Protect, (f, id) => ProtectPeople.Decide(
        new(ReportId, id, whom is null ? null : Id(whom), protect), ProtectedList.Of(f.Opened, f.Report), people => ProtectedList.Seal(f.Opened, id, people), f));

    public string AskErasure(string who, string? text = Words, bool identityWaits = false) => Do(who, ReportAction.AskErasure, (f, id) =>
        EraseReport.Decide(new EraseReport.Command(ReportId, id, text), StaffText.Seal(f.Opened, id, text), identityWaits, f with { Matters = Matters }));

    public string AnswerErasure(string who, bool? agrees = true, string? text = Words) => Do(who, ReportAction.AnswerErasure, (f, id) =>
        EraseReport.Decide(new EraseReport.Answer(ReportId, id, agrees, text), StaffText.Seal(f.Opened, id, text), false, ["mark"], false, f with { Matters = Matters }));

    public string Hold(string who, string? text = Words) => Do(who, ReportAction.PlaceHold, (f, id) => HoldReport.Decide(new HoldReport.Command(ReportId, id, text), StaffText.Seal(f.Opened, id, text), f));

    public string EndHold(string who, Guid? hold, string? text = Words) => Do(who, ReportAction.EndHold, (f, id) => HoldReport.Decide(new HoldReport.End(ReportId, id, hold, text), StaffText.Seal(f.Opened, id, text), f));

    /// <summary>Acknowledged, assessed and in hand.</summary>
    public HandlingHouse InHand(string who = "ines", TriageVerdict verdict = TriageVerdict.WithinRemit)
    {
        Acknowledge(who);
        Triage(who, verdict);
        Take(who);
        return this;
    }

    public void Dispose() => Sealed.Dispose();
}
