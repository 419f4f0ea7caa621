using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Probity.Cases.Charging;
using Probity.Cases.Contract;
using Probity.Shared;
using Probity.Shared.Kit;

namespace Probity.Cases.Ordering;

/// <summary>The forms of orders about exhibits: the court's, the prosecutor's, and the second signature.</summary>
internal static class OrderingForms
{
    static readonly CasePlace Court = CasePlace.CourtOrders, Prosecution = CasePlace.ProsecutionOrders;

    public static void Map(IEndpointRouteBuilder pages)
    {
        CourtForms.Map(pages, "OrderExhibits", CaseAction.OrderExhibits, Court, async (http, facts, _) => await FieldsAsync(http, facts, OrderedBy.Court),
            (http, person, id, t, seen) => OrderAsync(t, id, command => Of<OrderExhibits>(http).HandleAsync(person, command, seen, http.RequestAborted)), FieldOf);
        CourtForms.Map(pages, "LiftOrder", CaseAction.OrderExhibits, Court, async (http, facts, when) => await LiftableAsync(http, facts, when, o => o.Stands) is { Count: > 0 } standing
            ? [new(FieldKind.Radios, "order", standing, standing.Count == 1 ? standing[0].Value : null), CourtForms.Reasons, CourtForms.Basis]
            : [],
            async (http, person, id, t, seen) => new FormResult.Ran(await Of<LiftOrder>(http).HandleAsync(
                person, new(id, t.Id("order"), t["reasons"].ToString(), t["basis"].ToString()), seen, http.RequestAborted)), FieldOf);
        CourtForms.Map(pages, "ConfirmOrder", CaseAction.ConfirmOrder, Court, (facts, when) => Orders(facts, when, OrderRules.CanBeConfirmed) is { Count: > 0 } open
            ? [new(FieldKind.Radios, "order", open, open.Count == 1 ? open[0].Value : null)]
            : [],
            async (http, person, id, t, seen) => new FormResult.Ran(await Of<ConfirmOrder>(http).HandleAsync(person, new(id, t.Id("order")), seen, http.RequestAborted)), FieldOf);
        CourtForms.Map(pages, "LiftSigned", CaseAction.SignOrder, Prosecution, async (http, facts, when) => await LiftableAsync(http, facts, when, o => o is { Stands: true, Said.By: OrderedBy.Prosecution }) is { Count: > 0 } signed
            ? [new(FieldKind.Radios, "order", signed, signed.Count == 1 ? signed[0].Value : null), CourtForms.Reasons, CourtForms.Basis]
            : [],
            async (http, person, id, t, seen) => new FormResult.Ran(await Of<LiftOrder>(http).SignedAsync(
                person, new(id, t.Id("order"), t["reasons"].ToString(), t["basis"].ToString()), seen, http.RequestAborted)), FieldOf);
        CourtForms.Map(pages, "ProposeOrder", CaseAction.ProposeOrder, Prosecution, async (http, facts, _) => await FieldsAsync(http, facts, OrderedBy.Prosecution),
            (http, person, id, t, seen) => OrderAsync(t, id, command => Of<OrderExhibits>(http).ProposeAsync(person, command, seen, http.RequestAborted)), FieldOf);
        CourtForms.Map(pages, "SignOrder", CaseAction.SignOrder, Prosecution, (facts, when) => Orders(facts, when, o => o.IsAwaited) is { Count: > 0 } awaited
            ?
            [
                new(FieldKind.Radios, "order", awaited, awaited.Count == 1 ? awaited[0].Value : null),
                new(FieldKind.Radios, "answer", [new("yes", CasesText.Of("order.sign")), new("no", CasesText.Of("order.refuse"))], Key: "orderAnswer"),
                CourtForms.Reasons with { Key = "orderReasons" },
            ]
            : [],
            async (http, person, id, t, seen) => t["answer"].ToString() is not ("yes" or "no")
                ? new FormResult.Missing("cases.order-answer-missing", "answer")
                : new FormResult.Ran(await Of<SignOrder>(http).HandleAsync(person, new(id, t.Id("order"), t["answer"] == "yes", t["reasons"].ToString()), seen, http.RequestAborted)), FieldOf);
    }

    static async ValueTask<IReadOnlyList<FormField>> FieldsAsync(HttpContext http, CaseFacts facts, OrderedBy by)
    {
        var things = (await Of<CaseEvidence>(http).ReadAsync(facts.Case.Id, http.RequestAborted)).Where(t => t.EndedAt is null).ToList();
        if (things.Count == 0 || (by == OrderedBy.Prosecution && OrderRules.RefusesProsecution(facts.Case) is not null)) return [];
        ExhibitOrderKind[] kinds = by == OrderedBy.Court ? [ExhibitOrderKind.Destroy, ExhibitOrderKind.Return, ExhibitOrderKind.Forfeit] : [ExhibitOrderKind.Destroy, ExhibitOrderKind.Return];
        var waiting = facts.Case.Court.Orders.Where(o => o.Said.By == by && OrderRules.IsWaiting(o, facts.Now)).ToList();
        List<FormField> fields =
        [
            new(FieldKind.Radios, "kind", CourtForms.Choices(CaseWords.Of, kinds), Key: "orderKind"),
            new(FieldKind.Ticks, "exhibits", [.. things.Select(t => new Choice(t.Id.ToString("D"), t.Number, string.Join(". ", [$"{t.What}. {t.Status}", .. waiting.Where(o => o.Covers(t.Id)).Select(WaitingOf)])))], Key: "orderExhibits"),
            new(FieldKind.Line, "reference", Key: by == OrderedBy.Prosecution ? "orderOwnReference" : CaseAccess.RelationOf(facts.Actor, facts.Case, facts.Register) == Relation.Judge ? "orderReference" : "orderOfJudge"),
            new(FieldKind.Day, "ordered", Key: "orderedOn"),
            new(FieldKind.Line, "to", Key: "orderTo"),
        ];
        if (by == OrderedBy.Court) fields.Add(new(FieldKind.Ticks, "before", [new("yes", CasesText.Of("order.before-judgment"))], Key: "beforeJudgment"));
        if (by == OrderedBy.Court && waiting.Count > 0) fields.Add(new(FieldKind.Ticks, "replaces", [new("yes", CasesText.Of("order.replaces"), string.Join(". ", waiting.Select(ReplacedOf)))], Key: "orderReplaces"));
        return [.. fields, CourtForms.Reasons, CourtForms.Basis];

        static string WaitingOf(ExhibitOrder order) =>
            Say(order.IsAwaited ? "order.waits-signature" : "order.waits-judge", $"{CaseWords.Of(order.Said.Kind)}, {order.Said.Reference}");

        static string ReplacedOf(ExhibitOrder order) => $"{CaseWords.Of(order.Said.Kind)}: {string.Join(", ", order.Said.Exhibits.Select(e => e.Label))} ({order.Said.Reference})";
    }

    static async Task<FormResult> OrderAsync(IFormCollection typed, Guid id, Func<OrderExhibits.Command, Task<CaseAnswer>> run) =>
        DateParts.From(typed, "ordered").ToDay() is not { } day
            ? new FormResult.Missing(OrderExhibits.DayMissing, "ordered")
            : new FormResult.Ran(await run(new OrderExhibits.Command(
                id, Guid.CreateVersion7(), typed.Of<ExhibitOrderKind>("kind"), [.. typed["exhibits"].Select(e => Guid.TryParseExact(e, "D", out var exhibit) ? exhibit : Guid.Empty)],
                typed["reference"].ToString(), day, typed["to"].ToString(), typed["before"] == "yes", typed["reasons"].ToString(), typed["basis"].ToString(), typed["replaces"] == "yes")));

    // What was done stays as it was ordered: such an order is not there to be taken back.
    static async ValueTask<List<Choice>> LiftableAsync(HttpContext http, CaseFacts facts, When when, Func<ExhibitOrder, bool> which)
    {
        var things = await Of<CaseEvidence>(http).ReadAsync(facts.Case.Id, http.RequestAborted);
        return Orders(facts, when, o => which(o) && !OrderRules.IsCarriedOut(o, things));
    }

    static List<Choice> Orders(CaseFacts facts, When when, Func<ExhibitOrder, bool> which) => [.. facts.Case.Court.Orders.Where(which)
        .Select(o => new Choice(o.Id.ToString("D"), $"{CaseWords.Of(o.Said.Kind)}: {string.Join(", ", o.Said.Exhibits.Select(e => e.Label))}", Hint(o.Said, when)))];

    // Who signs signs all of it: to whom it goes and by which law stand beside the reasons.
    static string Hint(ExhibitsOrdered order, When when) => string.Join(". ", new[]
    {
        $"{order.Reference}, {when.Day(order.Ordered)}", order.To is { } to ? Say("order.to-whom", to) : null, Say("order.by-law", order.LegalBasis), order.Reasons,
    }.OfType<string>());

    static string Say(string key, string what) => string.Format(System.Globalization.CultureInfo.CurrentCulture, CasesText.Of(key), what);

    static string FieldOf(string code) => code switch
    {
        OrderExhibits.KindMissing or OrderExhibits.OnlyCourt => "kind",
        OrderExhibits.ExhibitsMissing or OrderExhibits.Contradicts or LinkEvidence.ExhibitUnknown => "exhibits",
        OrderExhibits.WaitsForSignature => "exhibits",
        OrderExhibits.Waits or OrderExhibits.ReplacesPart => "replaces",
        OrderExhibits.ReferenceMissing => "reference",
        OrderExhibits.DayMissing => "ordered",
        OrderExhibits.ToMissing or OrderExhibits.ToDestroyed => "to",
        OrderExhibits.OnlyDestroyed or OrderExhibits.JudgeMissing => "before",
        OrderRules.Unknown or LiftOrder.AskedAlready or LiftOrder.CarriedOut => "order",
        _ => CourtForms.FieldOf(code),
    };

    static T Of<T>(HttpContext http) where T : notnull => http.RequestServices.GetRequiredService<T>();
}
