using System.Collections.Frozen;
using Microsoft.Extensions.Localization;
using Probity.Access.Contract;
using Probity.Cases.Charging;
using Probity.Cases.Contract;
using Probity.Cases.Ordering;
using Probity.Cases.Viewing;
using Probity.Ledger;
using Probity.Shared;
using Probity.Shared.Record;

namespace Probity.Cases.SeeingCourt;

/// <summary>Puts the court's part of a case into words, for the pages and for paper.</summary>
internal sealed class CourtParts(TransparencyLog log, IRegister registers, CaseTimeline timeline, CaseEvidence evidence, IStringLocalizer<CourtPages> text, When when, TimeProvider time) : ICourtParts
{
    static readonly FrozenSet<string> s_decisions = new[]
    {
        typeof(SeatDrawn), typeof(RedrawProposed), typeof(HandAssignmentProposed), typeof(AssignmentApproved), typeof(AssignmentRejected), typeof(JudgeAssigned),
        typeof(CaseDecided), typeof(ChargeBrought), typeof(ChargeAmended), typeof(ChargeWithdrawn), typeof(EvidenceUnlinked), typeof(DisclosureWithheld),
        typeof(HearingAdjourned), typeof(BailDecided), typeof(JudgmentGiven), typeof(SentencePassed), typeof(AppealLodged), typeof(AppealDecided),
        typeof(ExhibitsOrdered), typeof(ExhibitsOrderSigned), typeof(ExhibitsOrderConfirmed), typeof(ExhibitsOrderLiftingAsked), typeof(ExhibitsOrderLifted), typeof(ClosingProposed), typeof(CaseClosed),
    }.Select(EventTypes.NameOf).ToFrozenSet(StringComparer.Ordinal);

    public async Task<(CourtPart Part, IReadOnlyList<DecisionLine> Decisions)?> ReadAsync(Guid id, CancellationToken cancel)
    {
        var @case = await new RecordSession(log).FoldAsync<Case>(new StreamId(id), cancel);
        if (!@case.Exists || @case.ErasedAt is not null) return null;
        var register = await registers.ReadAsync(cancel);
        var entries = (await log.ReadStreamAsync(@case.Stream, 0, cancel)).Select(EventTypes.Read).Where(r => s_decisions.Contains(r.Type));
        return (await OfAsync(@case, time.GetUtcNow(), cancel), [.. entries.Select(r => timeline.Item(r, @case, register)).OrderBy(i => i.At)
            .Select(i => new DecisionLine(i.At, i.Title, i.By ?? "", i.Text ?? ""))]);
    }

    /// <summary>The part of a case that was read already.</summary>
    public async ValueTask<CourtPart> OfAsync(Case c, DateTimeOffset now, CancellationToken cancel)
    {
        var court = c.Court;
        var things = (await evidence.ReadAsync(c.Id, cancel)).ToDictionary(t => t.Id);
        var register = court.Orders.IsEmpty ? null : await registers.ReadAsync(cancel);
        return new CourtPart(
            c.Number, CaseWords.Of(c.Stage), [.. c.CurrentParties.Where(p => p.Party.Role == PartyRole.Subject).Select(p => p.Party.Name)],
            court.Judge?.Name, court.Judge is { } judge ? judge.Reasons is { } why ? $"{CaseWords.Of(judge.How)}. {why}" : CaseWords.Of(judge.How) : null, court.Judge?.Since,
            [.. court.Charges.Select(Line)],
            [.. court.Disclosure.Select(i => new DisclosureLine(
                CaseWords.Of(i.Evidence.Kind), Named(i.Evidence).Said, i.Listed, text[$"Disclosure.{i.State}"], i.State == DisclosureState.Open, i.At, i.Words, i.LegalBasis))],
            court.DisclosureIsStale, [.. Hearings(court, now)])
        {
            Orders = [.. court.Orders.Reverse().Select(o => Ordered(o, register!, things.Values, now))],
            Ended = [.. things.Values.Where(t => t.EndedAt is not null).OrderBy(t => t.Number, StringComparer.Ordinal)
                .Select(t => new EndedLine(t.Number, t.What, t.Story, text["Ended.Said", t.Status, when.Day(t.EndedAt!.Value), t.EndOrder ?? "–"]))],
        };

        ChargeLine Line(Charge charge) => new(
            charge.Basis, charge.Text, charge.Withdrawn, charge.Amendments, charge.Verdict is { } verdict ? CaseWords.Of(verdict) : null, charge.Verdict == Verdict.Guilty,
            charge.Sentence, [.. charge.Elements.Select(e => new ElementLine(e.Text, e.Evidence.ToHashSet()))],
            [.. charge.Elements.SelectMany(e => e.Evidence).Distinct().Select(id => court.Evidence[id]).OrderBy(e => e.Kind).ThenBy(e => e.Label, StringComparer.CurrentCulture)
                .Select(Named)]) { IsSetAside = charge.IsSetAside };

        EvidenceLine Named(EvidenceRef e) => new(e.Id, CaseWords.Of(e.Kind), e.Label)
        {
            What = things.GetValueOrDefault(e.Id)?.What, Story = things.GetValueOrDefault(e.Id)?.Story, Lacks = LackOf(e, things) is { } key ? text[key].Value : null,
        };
    }

    // A report that is named by its title says of no exhibit that it was analysed: where the record has no analysis at all, that is said beside it too.
    static string? LackOf(EvidenceRef evidence, IReadOnlyDictionary<Guid, CaseThing> things) =>
        things.TryGetValue(evidence.Id, out var thing) ? thing.Laboratory switch { LaboratoryWord.None => "Evidence.NotReported", LaboratoryWord.ToReview => "Evidence.ToReview", _ => null }
        : evidence.Kind == EvidenceKind.Expert && things.Values.Any(t => t.Laboratory == LaboratoryWord.None)
            && things.Values.All(t => t.Laboratory is LaboratoryWord.None or LaboratoryWord.NotNeeded) ? "Evidence.TitleOnly" : null;

    OrderLine Ordered(ExhibitOrder o, Register register, IReadOnlyCollection<CaseThing> things, DateTimeOffset now)
    {
        return new OrderLine(
            o.At, $"{CaseWords.Of(o.Said.Kind)}: {string.Join(", ", o.Said.Exhibits.Select(e => e.Label))}{(o.Said.To is { } to ? $" → {to}" : "")}{(o.Said.BeforeJudgment ? ". " + CasesText.Of("order.keeps-sample") : "")}",
            $"{o.Said.Reference}, {when.Day(o.Said.Ordered)}",
            $"{CaseWords.Of(o.Said.By)}: {register.NameOf(o.By)}{Said(o.IsRefused ? "order.refused" : "order.signed", o.SignedBy)}{Said("order.confirmed", o.ConfirmedBy)}{Said("order.judge-named", o.JudgeNamedBy)}",
            StateOf(o, things, now), o.Stands && !OrderRules.IsCarriedOut(o, things), $"{o.Said.Reasons} ({o.Said.LegalBasis})")
        {
            Done = [.. things.OrderBy(t => t.Number, StringComparer.Ordinal).SelectMany(t => t.Done.Where(d => d.Order == o.Id).Select(d => text["Order.Done", t.Number, d.What, when.Day(d.At)].Value))],
        };

        string Said(string key, Guid? by) => by is { } person ? $"; {CasesText.Of(key)} {register.NameOf(person)}" : "";
    }

    string StateOf(ExhibitOrder o, IReadOnlyCollection<CaseThing> things, DateTimeOffset now) =>
        o.LiftedAt is { } lifted ? text["Order.Lifted", when.Day(lifted)]
        : OrderRules.IsCarriedOut(o, things) ? text["Order.CarriedOut"]
        : o.FellAt is { } fell ? text["Order.Fell", when.Day(fell)]
        : o.IsRefused ? text["Order.Refused"]
        : o.IsAwaited ? text["Order.Awaited"]
        : OrderPolicy.WaitsForJudge(o, now) is { } until ? text["Order.AwaitsJudge", when.Day(until)]
        : text[o.LiftAskedBy is not null ? "Order.LiftAsked" : "Order.Stands"];

    IEnumerable<HearingLine> Hearings(CourtFile court, DateTimeOffset now) => court.Hearings
        .Select(h => new HearingLine(
            h.At, $"{h.Subject}, {h.Place}", h.By is { } by ? text["Hearing.AdjournedBy", CaseWords.Of(by)] : text[h.State == HearingState.Held ? "Hearing.Held" : "Hearing.Scheduled"],
            h.State == HearingState.Scheduled && h.At > now, h.Words))
        .Concat(court.Acts.Select(a => new HearingLine(
            a.At, a.Bail is not null ? text["Act.Bail"] : text["Act.Appeal"], a.Bail is { } bail ? CaseWords.Of(bail) : a.Ended is { } ended ? $"{CaseWords.Of(a.AppealBy!.Value)}: {CaseWords.Of(ended)}" : CaseWords.Of(a.AppealBy!.Value), false, a.Reasons)))
        .OrderByDescending(h => h.At);
}
