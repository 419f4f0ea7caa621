using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Cases.Charging;
using Probity.Cases.Contract;
using Probity.Shared.Record;

namespace Probity.Cases.Ordering;

/// <summary>
/// Puts on the record what is to become of exhibits: by the court, through the judge of the case or the registry; or, in a case that no court has, by its
/// prosecutor, whose order a second person has to sign. Whoever keeps the exhibits chooses it there and types none.
/// </summary>
internal sealed class OrderExhibits(CaseDesk desk, CaseEvidence evidence)
{
    public const string KindMissing = "cases.order-kind-missing";
    public const string ExhibitsMissing = "cases.order-exhibits-missing";
    public const string ReferenceMissing = "cases.order-reference-missing";
    public const string DayMissing = "cases.order-day-missing";
    public const string ToMissing = "cases.order-to-missing";
    public const string ToDestroyed = "cases.order-to-destroyed";
    public const string OnlyDestroyed = "cases.order-only-destroyed";
    public const string Contradicts = "cases.order-contradicts";
    public const string JudgeMissing = "cases.order-judge-missing";
    public const string Waits = "cases.order-waits";
    public const string WaitsForSignature = "cases.order-waits-for-signature";
    public const string ReplacesPart = "cases.order-replaces-part";
    public const string RecordedOtherwise = "cases.order-recorded-otherwise";
    public const string OnlyCourt = "cases.forfeiture-is-courts";

    internal sealed record Command(
        Guid CaseId, Guid Order, ExhibitOrderKind Kind, IReadOnlyList<Guid> Exhibits, string Reference, DateOnly Ordered, string? To, bool BeforeJudgment, string Reasons,
        string LegalBasis, bool Replaces = false);

    internal sealed record Body(
        Guid Order, ExhibitOrderKind Kind, IReadOnlyList<Guid> Exhibits, string Reference, DateOnly Ordered, string? To, string Reasons, string LegalBasis,
        bool BeforeJudgment = false, bool Replaces = false);

    public static Decision Decide(Command command, OrderedBy by, Case @case, IReadOnlyList<CaseThing> things, DateTimeOffset now)
    {
        if ((by == OrderedBy.Court ? CourtRules.RefusesCourt(@case) : OrderRules.RefusesProsecution(@case)) is { } place) return place;
        // Sent once more it is done; with other content it is another order, which would be lost if it were called done.
        if (@case.Court.Orders.FirstOrDefault(o => o.Id == command.Order) is { } known) return Says(known.Said, command, by) ? Decision.Accept() : Decision.Refuse(RecordedOtherwise);
        if (!Enum.IsDefined(command.Kind) || command.Order == Guid.Empty) return Decision.Refuse(KindMissing);
        if (by == OrderedBy.Prosecution && command.Kind == ExhibitOrderKind.Forfeit) return Decision.Refuse(OnlyCourt);
        if (command.Exhibits.Count == 0) return Decision.Refuse(ExhibitsMissing);
        var named = new List<EvidenceRef>();
        foreach (var id in command.Exhibits.Distinct())
        {
            if (things.FirstOrDefault(t => t.Id == id) is not { } thing) return Decision.Refuse(LinkEvidence.ExhibitUnknown);
            named.Add(new EvidenceRef(EvidenceKind.Exhibit, thing.Id, thing.Number));
        }

        if (CaseTexts.Refuses(command.Reference, CaseTexts.MaxName, ReferenceMissing, lines: false) is { } reference) return reference;
        if (command.Ordered > DateOnly.FromDateTime(now.UtcDateTime)) return Decision.Refuse(DayMissing);
        if (CaseTexts.Refuses(command.To, CaseTexts.MaxName, command.Kind != ExhibitOrderKind.Destroy ? ToMissing : null, lines: false) is { } to) return to;
        // A name that would be dropped may be of another order than was meant.
        if (command.Kind == ExhibitOrderKind.Destroy && CaseTexts.Kept(command.To) is not null) return Decision.Refuse(ToDestroyed);
        if (command.BeforeJudgment && command.Kind != ExhibitOrderKind.Destroy) return Decision.Refuse(OnlyDestroyed);
        // What cannot be undone, and waits for no judgment, is decided by somebody whom the record names.
        if (by == OrderedBy.Court && command.BeforeJudgment && @case.Court.Judge is null) return Decision.Refuse(JudgeMissing);
        // What is to be given back cannot be destroyed or become the state's too: the court takes the one order back first.
        if (@case.Court.Orders.Any(o => (o.Stands || o.IsAwaited) && named.Any(e => o.Covers(e.Id)) && (o.Said.Kind == ExhibitOrderKind.Return) != (command.Kind == ExhibitOrderKind.Return)))
            return Decision.Refuse(Contradicts);
        // Two papers that order one thing, of which nobody has said yet whether the first holds: which of them is carried out would be chance.
        var waiting = OrderRules.WaitingLike(command.Kind, by, named.Select(e => e.Id), @case, now).ToList();
        if (waiting.Count > 0 && !(command.Replaces && by == OrderedBy.Court)) return Decision.Refuse(by == OrderedBy.Court ? Waits : WaitsForSignature);
        // What the waiting one says of others would be lost unseen.
        if (waiting.Any(o => o.Said.Exhibits.Any(e => named.All(n => n.Id != e.Id)))) return Decision.Refuse(ReplacesPart);
        if (CourtRules.RefusesReasoned(command.Reasons, command.LegalBasis) is { } reasons) return reasons;
        if (@case.Court.Orders.Length >= CourtRules.Most) return Decision.Refuse(CourtRules.TooMany);
        // What may be charged yet is not burned without a sample that proves it.
        var keeps = by == OrderedBy.Court ? command.BeforeJudgment : command.Kind == ExhibitOrderKind.Destroy && !OrderPolicy.IsAtRest(@case, now);
        return Decision.Accept(@case.Stream, [.. waiting.Select(o => new ExhibitsOrderLifted(o.Id, command.Reasons, command.LegalBasis)), new ExhibitsOrdered(
            command.Order, by, command.Kind, named, command.Reference.Trim(), command.Ordered, CaseTexts.Kept(command.To)?.Trim(), keeps, command.Reasons, command.LegalBasis)]);
    }

    static bool Says(ExhibitsOrdered said, Command c, OrderedBy by) =>
        (said.By, said.Kind, said.Reference, said.Ordered, said.To, said.Reasons, said.LegalBasis) == (by, c.Kind, c.Reference.Trim(), c.Ordered, CaseTexts.Kept(c.To)?.Trim(), c.Reasons, c.LegalBasis)
        && (by != OrderedBy.Court || said.BeforeJudgment == c.BeforeJudgment) && said.Exhibits.Select(e => e.Id).ToHashSet().SetEquals(c.Exhibits);

    /// <summary>The order of the court.</summary>
    public Task<CaseAnswer> HandleAsync(Guid person, Command command, long? expected, CancellationToken cancel) => desk.RunAsync(
        person, command.CaseId, CaseAction.OrderExhibits, expected,
        async facts => (await evidence.HandsAsync(facts.Session, command.CaseId, cancel)).Contains(person)
            ? Decision.Refuse(OrderRules.HadInHand)
            : Decide(command, OrderedBy.Court, facts.Case, await evidence.ReadAsync(command.CaseId, cancel), facts.Now), CasePlace.CourtOrders, cancel);

    /// <summary>The order of the prosecutor, which waits for a second signature.</summary>
    public Task<CaseAnswer> ProposeAsync(Guid person, Command command, long? expected, CancellationToken cancel) => desk.RunAsync(
        person, command.CaseId, CaseAction.ProposeOrder, expected,
        async facts => Decide(command, OrderedBy.Prosecution, facts.Case, await evidence.ReadAsync(command.CaseId, cancel), facts.Now), CasePlace.ProsecutionOrders, cancel);

    public static void Map(RouteGroupBuilder api)
    {
        api.MapPost("/{id:guid}/exhibit-orders", (Guid id, HttpContext http, OrderExhibits slice) => CaseApi.RunAsync<Body>(
            http, (person, body, expected, cancel) => slice.HandleAsync(person, Of(id, body), expected, cancel)))
            .Describe<Body>("orderExhibits", "Put the court's order about exhibits on the record.");
        api.MapPost("/{id:guid}/exhibit-orders/proposed", (Guid id, HttpContext http, OrderExhibits slice) => CaseApi.RunAsync<Body>(
            http, (person, body, expected, cancel) => slice.ProposeAsync(person, Of(id, body), expected, cancel)))
            .Describe<Body>("proposeExhibitOrder", "As its prosecutor, order what becomes of exhibits of a case that no court has.");
    }

    static Command Of(Guid id, Body body) => new(
        id, body.Order, body.Kind, body.Exhibits ?? [], body.Reference, body.Ordered, body.To, body.BeforeJudgment, body.Reasons, body.LegalBasis, body.Replaces);
}
