using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Access.Contract;
using Probity.Shared;
using Probity.Shared.Views;
using Probity.Shared.Web;

namespace Probity.Interdiction.PayingSources;

/// <summary>A payment as the list shows it.</summary>
public sealed record PaymentLine(Guid Id, DateOnly Paid, string Amount, string Payer, string Second, string Stage, Tone Tone);

/// <summary>Shows the payments that the reader has to do with. Codes of sources are not in the list: a payment is opened to read them.</summary>
internal sealed class ShowPayments(Payments payments, IRegister registers, TimeProvider time)
{
    public static void Map(IEndpointRouteBuilder pages) => pages.MapGet("/sources", async (HttpContext http, ShowPayments slice) =>
    {
        if (!PaymentAccess.HasAnyRole(http.User)) return Results.Forbid();
        var current = await http.CaughtUpAsync(PaymentsView.ViewName, http.RequestAborted);
        return await slice.ShowAsync(SignedInPerson.Of(http.User)!.Value, current, PaymentAccess.SeesAll(http.User), http.RequestAborted);
    });

    async Task<IResult> ShowAsync(Guid person, bool current, bool watches, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var register = await registers.ReadAsync(cancel);
        var actor = Actor.From(register, person, now);
        var lines = (await payments.ReadAsync(person, cancel)).Select(f => f.Payment).Select(p => new PaymentLine(
            p.Id, p.Paid, AmountOf(p.Amount, p.Currency), register.NameOf(p.Payer), register.NameOf(p.Second), StageOf(p, now), ToneOf(p.StageAt(now)))).ToList();
        return Rendered.Page<PaymentsPage>(new
        {
            Lines = lines, UpToDate = current, MayWatch = watches, MayRecord = register.Units.Keys.Any(u => TargetAccess.RegistersIn(u, actor, register)),
        });
    }

    internal static string AmountOf(decimal amount, string currency) => $"{amount.ToString("N2", CultureInfo.CurrentCulture)} {currency}";

    internal static string StageOf(Payment payment, DateTimeOffset now) => InterdictionText.Of("payment-stage." + InterdictionText.Camel(payment.StageAt(now)));

    internal static Tone ToneOf(PaymentStage stage) => stage switch
    {
        PaymentStage.Complete => Tone.Good,
        PaymentStage.Overdue or PaymentStage.Returned => Tone.Urgent,
        PaymentStage.AwaitsReceipt => Tone.Info,
        _ => Tone.Attention,
    };
}
