using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Access.Contract;
using Probity.Shared.Views;
using Probity.Shared.Web;

namespace Probity.Interdiction.PayingSources;

/// <summary>One bar and its row: whom, how many payments, what they come to, and how long the bar is beside the longest of its currency.</summary>
public sealed record TotalLine(string Whom, int Payments, string Amount, double Share);

/// <summary>Shows integrity and the overseer what was paid to each source, and by whom.</summary>
internal sealed class ShowTotals(Payments payments, PaymentDesk desk, IRegister registers)
{
    public static void Map(IEndpointRouteBuilder pages) => pages.MapGet("/sources/totals", async (HttpContext http, ShowTotals slice) =>
    {
        if (!PaymentAccess.SeesAll(http.User)) return Results.Forbid();
        await http.CaughtUpAsync(PaymentsView.ViewName, http.RequestAborted);
        return await slice.ShowAsync(SignedInPerson.Of(http.User)!.Value, http.RequestAborted);
    });

    async Task<IResult> ShowAsync(Guid person, CancellationToken cancel)
    {
        var (sources, payers) = await payments.TotalsAsync(person, cancel);
        var register = await registers.ReadAsync(cancel);
        var codes = new Dictionary<Guid, string>();
        foreach (var unit in sources.Select(s => s.Unit).Distinct())
        {
            foreach (var (id, code) in await desk.CodesAsync(person, unit, cancel)) codes[id] = $"{code} ({register.Units.GetValueOrDefault(unit)?.Code})";
        }

        return Rendered.Page<TotalsPage>(new
        {
            Sources = Lines(sources, id => codes.GetValueOrDefault(id, id.ToString("D")[..8])), Payers = Lines(payers, register.NameOf),
        });
    }

    static IReadOnlyList<TotalLine> Lines(IReadOnlyList<PaymentTotal> totals, Func<Guid, string> nameOf)
    {
        var most = totals.GroupBy(t => t.Currency).ToDictionary(g => g.Key, g => g.Max(t => t.Amount));
        return [.. totals.Select(t => new TotalLine(nameOf(t.Whom), t.Payments, ShowPayments.AmountOf(t.Amount, t.Currency), (double)(t.Amount / most[t.Currency])))];
    }
}
