using Microsoft.EntityFrameworkCore;
using Probity.Access.Contract;

namespace Probity.Interdiction.PayingSources;

/// <summary>What was paid to one source, or by one person, in one currency.</summary>
internal sealed record PaymentTotal(Guid Whom, Guid Unit, string Currency, int Payments, decimal Amount);

/// <summary>
/// The payments of one reader. The list narrows them down by who is who; each is then read from the record and held to
/// <see cref="PaymentAccess"/>, since only its case says who is barred.
/// </summary>
internal sealed class Payments(DbContext views, PaymentDesk desk, IRegister registers, TimeProvider time)
{
    /// <summary>The newest so many.</summary>
    public const int Most = 100;

    /// <summary>How far back totals look.</summary>
    public const int TotalDays = 365;

    public async Task<IReadOnlyList<PaymentFacts>> ReadAsync(Guid person, CancellationToken cancel) =>
        await VisibleAsync(person, await NearAsync(person, cancel), cancel);

    /// <summary>Those that are not finished: for next steps, the oldest first.</summary>
    public async Task<IReadOnlyList<PaymentFacts>> OpenAsync(Guid person, CancellationToken cancel) => await VisibleAsync(
        person, (await NearAsync(person, cancel)).Where(p => p.Returned == null && (p.Receipt == null || p.Signed == null || (p.ThirdSince != null && p.Approved == null))).OrderBy(p => p.Recorded), cancel);

    /// <summary>Totals of the last year by source and by payer, without what was returned before it was paid.</summary>
    public async Task<(IReadOnlyList<PaymentTotal> Sources, IReadOnlyList<PaymentTotal> Payers)> TotalsAsync(Guid reader, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var since = now.AddDays(-TotalDays);
        var barred = Recusal.BarredWith(reader, await registers.ReadAsync(cancel), now);
        var rows = await views.Set<PaymentRow>().AsNoTracking().Where(p => p.Recorded >= since && (p.Returned == null || p.Receipt != null) && !barred.Contains(p.Payer)).ToListAsync(cancel);
        return (Sum(rows, p => p.Source), Sum(rows, p => p.Payer));
    }

    static IReadOnlyList<PaymentTotal> Sum(IEnumerable<PaymentRow> rows, Func<PaymentRow, Guid> whom) =>
        [.. rows.GroupBy(p => (Whom: whom(p), p.Unit, p.Currency)).Select(g => new PaymentTotal(g.Key.Whom, g.Key.Unit, g.Key.Currency, g.Count(), g.Sum(p => p.Amount)))
            .OrderBy(t => t.Currency, StringComparer.Ordinal).ThenByDescending(t => t.Amount).ThenBy(t => t.Whom)];

    async Task<IQueryable<PaymentRow>> NearAsync(Guid person, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var register = await registers.ReadAsync(cancel);
        var actor = Actor.From(register, person, now);
        var all = TargetAccess.SeesAll(actor);
        Guid[] under = [.. register.Units.Values.Where(u => u.Parent is { } above && actor.Commands(above, register)).Select(u => u.Id)];
        return views.Set<PaymentRow>().Where(p => all || p.Payer == person || p.Second == person || (p.ThirdSince != null && under.Contains(p.Unit)))
            .OrderByDescending(p => p.Recorded).ThenBy(p => p.Id);
    }

    async Task<IReadOnlyList<PaymentFacts>> VisibleAsync(Guid person, IQueryable<PaymentRow> rows, CancellationToken cancel)
    {
        var visible = new List<PaymentFacts>();
        foreach (var id in await rows.Take(Most).Select(p => p.Id).ToListAsync(cancel))
        {
            var facts = await desk.ReadAsync(person, id, cancel);
            if (PaymentAccess.Refuses(PaymentAction.View, facts) is null) visible.Add(facts);
        }

        return visible;
    }
}
