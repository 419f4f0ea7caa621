using System.Collections.Frozen;
using Microsoft.Extensions.Localization;
using Probity.Access.Contract;
using Probity.Cases.Contract;
using Probity.Ledger;
using Probity.Shared;
using Probity.Shared.Kit;
using Probity.Shared.Record;

namespace Probity.Cases.Viewing;

/// <summary>Everything on the record of a case, in plain words: who, when, what. Newest first.</summary>
internal sealed class CaseTimeline(TransparencyLog log, Clerk clerk, IStringLocalizer<CasesPages> text, When when)
{
    /// <summary>What is recorded more than this after it happened is called late.</summary>
    static readonly TimeSpan Late = TimeSpan.FromHours(24);

    /// <summary>The entries after a version; all of them from 0.</summary>
    public async Task<IReadOnlyList<TimelineItem>> ReadAsync(CaseFacts facts, long after, CancellationToken cancel)
    {
        var entries = (await log.ReadStreamAsync(facts.Case.Stream, 0, cancel)).Select(EventTypes.Read).ToList();
        return [.. entries.Where(r => r.Version > after && IsFor(r.Type, facts)).Select(r => Item(r, facts.Case, facts.Register)).Reverse()];
    }

    /// <summary>
    /// Whether an entry is for this reader: who declared a conflict and who came in without being assigned is for those who watch over the
    /// case, and not for those who work it.
    /// </summary>
    public static bool IsFor(string type, CaseFacts facts) => !Watched.Contains(type)
        || CaseAccess.Refuses(CaseAction.SeeReadings, facts.Actor, facts.Case, facts.Register, facts.Now) is null;

    static readonly FrozenSet<string> Watched = new[]
    {
        typeof(ConflictDeclared), typeof(WallLiftProposed), typeof(WallLifted), typeof(WallKept), typeof(GlassBroken), typeof(GlassReviewed), typeof(MatchSetAside),
    }.Select(EventTypes.NameOf).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>An entry in words: what, when, who, and what they said of it.</summary>
    public TimelineItem Item(Recorded recorded, Case @case, Register register)
    {
        var words = recorded.Event is null ? text["Erased"].Value : Said(recorded.Event, register, @case.Parties, @case.Court);
        if (BasisOf(recorded.Event) is { } basis) words = Join(words, text["Said.Basis", basis]);
        if (recorded.At - recorded.When > Late) words = Join(words, text["RecordedLate", when.Moment(recorded.At)]);
        var by = recorded.Actor == clerk.House ? text["House"].Value : register.NameOf(recorded.Actor.Value);
        return new TimelineItem(Title(recorded), recorded.When, by, words, File: new Link(TakeReceipt.Href(@case.Id, recorded.Index), text["Receipt"]));
    }

    // What a decision rests on in law stands with its reasons.
    static string? BasisOf(IEvent? happened) => happened switch
    {
        CaseDecided e => e.LegalBasis,
        ChargeWithdrawn e => e.LegalBasis,
        DisclosureWithheld e => e.LegalBasis,
        HearingAdjourned e => e.LegalBasis,
        BailDecided e => e.LegalBasis,
        JudgmentGiven e => e.LegalBasis,
        SentencePassed e => e.LegalBasis,
        AppealDecided e => e.LegalBasis,
        ExhibitsOrdered e => e.LegalBasis,
        ExhibitsOrderLiftingAsked e => e.LegalBasis,
        ExhibitsOrderLifted e => e.LegalBasis,
        _ => null,
    };

    static string Title(Recorded recorded) => recorded.Event switch
    {
        StepRecorded e => CaseWords.Of(e.Step),
        StageEntered e => $"{CasesText.Of("event." + recorded.Type)}: {CaseWords.Of(e.Stage)}",
        CaseDecided e => $"{CasesText.Of("event." + recorded.Type)}: {CaseWords.Of(e.Kind)}",
        CaseClosed e => $"{CasesText.Of("event." + recorded.Type)}: {CaseWords.Of(e.Outcome)}",
        _ => CasesText.Of("event." + recorded.Type),
    };

    string? Said(IEvent happened, Register register, IReadOnlyList<Party> parties, CourtFile court) => happened switch
    {
        CaseOpened e => e.Number,
        AssignmentRequested e => text.Count("Said.Requested", e.Eligible.Count, CaseWords.Of(e.Seat)),
        NobodyEligible e => text["Said.Nobody", CaseWords.Of(e.Seat)],
        DrawHeld e => text["Said.Held", CaseWords.Of(e.Seat), e.Left, e.All],
        SeatDrawn e => text["Said.Drawn", CaseWords.Of(e.Seat), register.NameOf(e.Person)],
        DrawVoided e => e.Person is { } person ? text["Said.Voided", register.NameOf(person)] : text["Said.VoidedNoSeed"],
        RedrawProposed e => Join(CaseWords.Of(e.Seat), e.Reason),
        HandAssignmentProposed e => Join(text["Said.Hand", CaseWords.Of(e.Seat), register.NameOf(e.Person)], e.Reason),
        AssignmentApproved e => e.Reason is { } agreed ? Join(CaseWords.Of(e.Seat), agreed) : CaseWords.Of(e.Seat),
        AssignmentRejected e => Join(CaseWords.Of(e.Seat), e.Reason),
        AccessGiven e => Join(register.NameOf(e.Person), e.Reason),
        AccessEnded e => Join(register.NameOf(e.Person), e.Reason),
        ConflictDeclared e => CaseWords.Of(e.Kind),
        SeatVacated e => text["Said.Vacated", CaseWords.Of(e.Seat), register.NameOf(e.Person)],
        WallLiftProposed e => Join(register.NameOf(e.Person), e.Reason),
        WallLifted e => e.Reason is { } lifted ? Join(register.NameOf(e.Person), lifted) : register.NameOf(e.Person),
        WallKept e => Join(register.NameOf(e.Person), e.Reason),
        GlassBroken e => Join(text["Said.Until", when.Moment(e.Until)], e.Reason),
        GlassReviewed e => Join(text[e.Justified ? "Said.Justified" : "Said.NotJustified"], e.Reasons),
        PartyAdded e => Join($"{e.Party.Name} ({CaseWords.Of(e.Party.Role)})", e.Reason),
        PartyBarLifted e => Join(register.NameOf(e.Person), e.Reason),
        PartyEnded e => Join(parties.ElementAtOrDefault(e.Number - 1)?.Name, e.Reason),
        ChargeBrought e => Join($"{e.Law}, {e.Article}", e.Reasons),
        ChargeAmended e => Join($"{e.Law}, {e.Article}", e.Reasons),
        ChargeWithdrawn e => Join(Basis(e.Charge, court), e.Reasons),
        ElementStated e => e.Text,
        EvidenceLinked e => e.Evidence.Label,
        EvidenceUnlinked e => Join(court.Evidence.GetValueOrDefault(e.Evidence)?.Label, e.Reasons),
        DisclosureListed e => e.Evidence.Label,
        Disclosed e => Join(string.Join(", ", e.Items.Select(i => court.Evidence.GetValueOrDefault(i)?.Label)), e.To),
        DisclosureWithheld e => Join(court.Evidence.GetValueOrDefault(e.Item)?.Label, e.Ground),
        HearingScheduled e => $"{when.Moment(e.At)}, {e.Place}: {e.Subject}",
        HearingHeld e => e.Note.Length > 0 ? e.Note : null,
        HearingAdjourned e => Join(CaseWords.Of(e.By), e.Reasons),
        BailDecided e => Join(CaseWords.Of(e.Outcome), e.Reasons),
        JudgmentGiven e => Join($"{Basis(e.Charge, court)}: {CaseWords.Of(e.Verdict)}", e.Reasons),
        SentencePassed e => Join(Join(Basis(e.Charge, court), e.Sentence), e.Reasons),
        AppealLodged e => Join(CaseWords.Of(e.By), e.Grounds),
        AppealDecided e => Join($"{CaseWords.Of(e.By)}: {CaseWords.Of(e.Outcome)}", e.Reasons),
        ExhibitsOrdered e => Join(Join(Said(e), e.BeforeJudgment ? CasesText.Of("order.keeps-sample") : ""), e.Reasons),
        ExhibitsOrderSigned e => Join(CasesText.Of(e.Agrees ? "order.sign" : "order.refuse"), e.Reasons is { } said ? $"{Said(e.Order, court)} {said}" : Said(e.Order, court) ?? ""),
        ExhibitsOrderConfirmed e => Said(e.Order, court),
        ExhibitsOrderLiftingAsked e => Join(Said(e.Order, court), e.Reasons),
        ExhibitsOrderLifted e => Join(Said(e.Order, court), e.Reasons),
        JudgeAssigned e => e.Reasons is { } given ? Join($"{e.Name} ({CaseWords.Of(e.How)})", given) : $"{e.Name} ({CaseWords.Of(e.How)})",
        StepRecorded e => e.Note.Length > 0 ? e.Note : null,
        CaseDecided e => e.Reasons,
        ClosingProposed e => Join(CaseWords.Of(e.Outcome), e.Reasons),
        ClosingReturned e => e.Reason,
        CaseClosed e => e.Reason,
        _ => null,
    };

    string? Said(Guid order, CourtFile court) => court.Orders.FirstOrDefault(o => o.Id == order) is { } found ? Said(found.Said) + "." : null;

    string Said(ExhibitsOrdered order) => string.Join(", ", (string?[])[
        $"{CaseWords.Of(order.Kind)}: {string.Join(", ", order.Exhibits.Select(e => e.Label))}", order.To, order.Reference, when.Day(order.Ordered)]).Replace(", , ", ", ", StringComparison.Ordinal);

    static string? Basis(Guid charge, CourtFile court) => court.Charges.FirstOrDefault(c => c.Id == charge)?.Basis;

    static string Join(string? first, string second) =>
        string.IsNullOrWhiteSpace(first) ? second : first.TrimEnd() is [.., '.' or '!' or '?'] ended ? $"{ended} {second}" : $"{first.TrimEnd()}. {second}";
}
