using Microsoft.EntityFrameworkCore;
using Probity.People.Vetting;

namespace Probity.People.Viewing;

/// <summary>Which clearances a list shows.</summary>
internal enum ClearanceList
{
    /// <summary>Those that somebody has to do something about.</summary>
    InHand,

    /// <summary>Those that end within the next 180 days, or ended lately.</summary>
    Lapsing,

    /// <summary>Those whose person may act nowhere.</summary>
    ShutOut,
}

/// <summary>Asks the list of clearances. Each question has an index; none reads all rows, however many people there are.</summary>
internal sealed class Clearances(DbContext views)
{
    public const int PageSize = 25;

    /// <summary>How far ahead the end of a clearance is looked at.</summary>
    public static readonly TimeSpan Ahead = TimeSpan.FromDays(180);

    /// <summary>How long one that ended stays in the list.</summary>
    public static readonly TimeSpan Behind = TimeSpan.FromDays(30);

    static readonly ClearanceStage[] s_inHand =
    [
        ClearanceStage.Invited, ClearanceStage.Submitted, ClearanceStage.Checks, ClearanceStage.Assessed, ClearanceStage.Appeal, ClearanceStage.WithdrawalAssessment, ClearanceStage.Suspended,
    ];

    static readonly ClearanceStage[] s_holding = [ClearanceStage.Active, ClearanceStage.WithdrawalAssessment];

    static readonly ClearanceStage[] s_shutOut = [ClearanceStage.Suspended, ClearanceStage.Withdrawn];

    /// <summary>A page of a list, the longest waiting or the first to end first, and how many there are in it.</summary>
    public async Task<(IReadOnlyList<ClearanceRow> Rows, int Total, int Page)> PageAsync(ClearanceList list, int page, DateTimeOffset now, CancellationToken cancel)
    {
        var rows = list switch
        {
            // Two questions with an index each, since one that asks both reads every row; no row answers to both.
            ClearanceList.InHand => At(s_inHand).Concat(Reported.Where(r => !s_inHand.Contains(r.Stage))).OrderBy(r => r.Since).ThenBy(r => r.Id),
            ClearanceList.ShutOut => Rows.Where(r => s_shutOut.Contains(r.Stage)).OrderBy(r => r.Since).ThenBy(r => r.Id),
            _ => Ending(now - Behind, now + Ahead),
        };
        var total = await rows.CountAsync(cancel);
        page = Math.Clamp(page, 1, Math.Max(1, (total + PageSize - 1) / PageSize));
        return (await rows.Skip((page - 1) * PageSize).Take(PageSize).ToListAsync(cancel), total, page);
    }

    /// <summary>Those that end between two moments and that no other took the place of, the first to end first.</summary>
    public IOrderedQueryable<ClearanceRow> Ending(DateTimeOffset from, DateTimeOffset to) => Holding(from).Where(r => r.Until <= to).OrderBy(r => r.Until).ThenBy(r => r.Id);

    /// <summary>Those that hold beyond a moment and that no other took the place of, in no order.</summary>
    public IQueryable<ClearanceRow> Holding(DateTimeOffset from) => Rows.Where(r => s_holding.Contains(r.Stage) && !r.Replaced && r.Until >= from);

    /// <summary>Those at a stage, the longest there first.</summary>
    public IOrderedQueryable<ClearanceRow> At(params ClearanceStage[] stages) => Rows.Where(r => stages.Contains(r.Stage)).OrderBy(r => r.Since).ThenBy(r => r.Id);

    /// <summary>Those with a reported change that nobody has looked at.</summary>
    public IQueryable<ClearanceRow> Reported => Rows.Where(r => r.Reports > 0);

    /// <summary>Those of people, by the person.</summary>
    public async Task<ILookup<Guid, ClearanceRow>> OfAsync(IReadOnlyCollection<Guid> people, CancellationToken cancel) =>
        (await Rows.Where(r => people.Contains(r.Person)).OrderBy(r => r.Number).ToListAsync(cancel)).ToLookup(r => r.Person);

    /// <summary>All rows, to ask.</summary>
    public IQueryable<ClearanceRow> Rows => views.Set<ClearanceRow>().AsNoTracking();

    /// <summary>The one that counts, as <see cref="PersonClearances.CurrentAt"/> says; null where there is none.</summary>
    public static ClearanceRow? Current(IEnumerable<ClearanceRow> rows, DateTimeOffset now)
    {
        var all = rows.ToList();
        return all.Where(r => r.IsValidAt(now)).OrderBy(r => r.Level).ThenBy(r => r.Until).LastOrDefault() ?? all.LastOrDefault();
    }
}
