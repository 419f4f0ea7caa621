using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Access.Contract;
using Probity.Cases.Contract;
using Probity.Interdiction.Contract;
using Probity.Interdiction.Viewing;
using Probity.Ledger;
using Probity.Shared;
using Probity.Shared.Kit;
using Probity.Shared.Record;
using Probity.Shared.Views;
using Probity.Shared.Web;

namespace Probity.Interdiction.PayingSources;

/// <summary>All that a payment's page shows.</summary>
public sealed record PaymentSheet(
    string Path, string Title, string Stage, Tone Tone, IReadOnlyList<SummaryItem> Facts, IReadOnlyList<TimelineItem> Timeline, bool MaySign, bool MayApprove,
    bool MayReceipt, IReadOnlyList<FieldError> Errors, string? TurnTo, string? Reason);

/// <summary>The page of one payment, and the forms of those who sign.</summary>
internal sealed class ShowPayment(
    PaymentDesk desk, TransparencyLog log, ICaseDirectory cases, When when, SignPayment sign, ApprovePayment approve, TakeReceipt receipt)
{
    const string Forms = "{what:regex(^(sign|approve|receipt)$)}";

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/sources/{id:guid}", async (Guid id, HttpContext http, ShowPayment slice) =>
            SignedInPerson.Of(http.User) is { } person ? await slice.ShowAsync(person, id, null, null, http.RequestAborted) : Results.Unauthorized());
        pages.MapGet("/sources/{id:guid}/" + Forms, (Guid id) => new SeeOther($"/sources/{id:D}"));
        pages.MapPost("/sources/{id:guid}/" + Forms, async (Guid id, string what, HttpContext http, ShowPayment slice) =>
            SignedInPerson.Of(http.User) is { } person ? await slice.TakeAsync(http, person, id, what) : Results.Unauthorized());
    }

    async Task<IResult> TakeAsync(HttpContext http, Guid person, Guid id, string what)
    {
        var cancel = http.RequestAborted;
        var form = await http.Request.ReadFormAsync(cancel);
        var yes = form["answer"] == "yes";
        var outcome = what switch
        {
            "sign" => await sign.HandleAsync(person, new(id, yes, form["refusal"]), cancel),
            "approve" => await approve.HandleAsync(person, new(id, yes, form["refusal"]), cancel),
            _ => await receipt.HandleAsync(person, new(id, form["code"]), cancel),
        };
        if (outcome is null) return Results.NotFound();
        if (outcome is not Outcome.Done(var index)) return await ShowAsync(person, id, outcome, form["refusal"], cancel);
        http.Wrote(index);
        return new SeeOther($"/sources/{id:D}");
    }

    async Task<IResult> ShowAsync(Guid person, Guid id, Outcome? refused, string? reason, CancellationToken cancel)
    {
        if (await desk.OpenAsync(person, id, cancel) is not { } facts) return Results.NotFound();
        var (payment, now) = (facts.Payment, facts.Now);
        var refusal = (refused as Outcome.Refused)?.Refusal;
        var sheet = new PaymentSheet(
            $"/sources/{id:D}", ShowPayments.AmountOf(payment.Amount, payment.Currency), ShowPayments.StageOf(payment, now), ShowPayments.ToneOf(payment.StageAt(now)),
            await FactsOf(facts, cancel), await TimelineOf(facts, cancel),
            payment.AwaitsSecond && May(PaymentAction.Sign), payment.AwaitsThird && May(PaymentAction.Approve),
            payment is { MayBePaid: true, HasReceipt: false } && May(PaymentAction.TakeReceipt),
            refused is null ? [] : [new FieldError(FieldOf(refusal?.Code), InterdictionText.Of(refusal?.Code ?? "record.stale"))],
            ShowTarget.TurnTo(refusal, facts.Register), reason);
        return Rendered.Page<PaymentPage>(new { Sheet = sheet },
            refused switch { null => StatusCodes.Status200OK, Outcome.Stale => StatusCodes.Status409Conflict, _ => StatusCodes.Status422UnprocessableEntity });

        bool May(PaymentAction action) => PaymentAccess.Refuses(action, facts) is null;
    }

    async Task<IReadOnlyList<SummaryItem>> FactsOf(PaymentFacts facts, CancellationToken cancel)
    {
        var (payment, register) = (facts.Payment, facts.Register);
        var items = new List<SummaryItem>
        {
            new(InterdictionText.Of("payment.code"), payment.Code), new(InterdictionText.Of("payment.amount"), ShowPayments.AmountOf(payment.Amount, payment.Currency)),
            new(InterdictionText.Of("payment.day"), when.Day(payment.Paid)), new(InterdictionText.Of("payment.purpose"), InterdictionText.Of("purpose." + InterdictionText.Camel(payment.Purpose))),
            new(InterdictionText.Of("payment.payer"), register.NameOf(payment.Payer)), new(InterdictionText.Of("payment.second"), register.NameOf(payment.Second)),
        };
        if (facts.CaseNumber is { Length: > 0 } number)
        {
            // A link only for those who may see the case.
            var link = await cases.ByNumberAsync(facts.Actor.Person, number, cancel) is { } found ? new Link($"/cases/{found.Id:D}", InterdictionText.Of("next.do")) : null;
            items.Add(new(InterdictionText.Of("payment.case"), number, link));
        }

        if (payment.Due is { } due) items.Add(new(InterdictionText.Of("payment.due"), when.Moment(due)));
        if (payment.NeedsThird) items.Add(new(InterdictionText.Of("payment.third"), payment.ApprovedBy is { } third ? register.NameOf(third) : InterdictionText.Of("payment.third-missing")));
        return items;
    }

    async Task<IReadOnlyList<TimelineItem>> TimelineOf(PaymentFacts facts, CancellationToken cancel) =>
        [.. (await log.ReadStreamAsync(facts.Payment.Stream, 0, cancel)).Select(EventTypes.Read).Reverse().Select(r => new TimelineItem(
            InterdictionText.Of("event." + r.Type), r.When, facts.Register.NameOf(r.Actor.Value), r.Event switch
            {
                PaymentRecorded { Absence: { } absence } => InterdictionText.Say("absence.said", absence),
                PaymentReturned e => e.Reason,
                _ => null,
            }))];

    static string FieldOf(string? code) => code switch
    {
        TargetTexts.ReasonMissing or TargetTexts.ReasonTooShort => "refusal",
        TakeReceipt.OtherCode => "code",
        _ => "",
    };
}
