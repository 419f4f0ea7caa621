using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Probity.Reports.Contract;
using Probity.Reports.Handling;
using Probity.Shared;
using Probity.Shared.Views;
using Probity.Shared.Web;

namespace Probity.Reports.Viewing;

/// <summary>How many reports were answered by a person within seven days, over four whole quarters.</summary>
internal sealed record Answered(int InTime, int All, DateOnly From, DateOnly To)
{
    /// <summary>Whether there are enough to be told.</summary>
    public bool IsTold => All >= PublicCount.Least;
}

/// <summary>
/// The public figure. It counts reports by the quarter in which they were closed the first time, in the last four quarters that are over, and nothing that is open: a figure that moved while a report is open would tell
/// whoever it is about. What said nothing was sent by machines and is not counted.
/// </summary>
internal sealed class AnsweredReports(DbContext views, TimeProvider time)
{
    /// <summary>The law's days (Directive (EU) 2019/1937, article 9(1)(b)), whatever a stricter pack asks: so that years and agencies compare.</summary>
    const int Days = 7;

    /// <summary>The four quarters that are over on a day: the first day, and the first that is no more in them.</summary>
    public static (DateOnly From, DateOnly To) QuartersBefore(DateOnly day) => new DateOnly(day.Year, (day.Month - 1) / 3 * 3 + 1, 1) is var to ? (to.AddYears(-1), to) : default;

    /// <summary>Whether a report was answered in time: on the seventh day it was, on the eighth it was not.</summary>
    public static bool IsInTime(DateOnly received, DateOnly? acknowledged) => acknowledged is { } on && on.DayNumber - received.DayNumber <= Days;

    public async Task<Answered> CountAsync(CancellationToken cancel)
    {
        var (from, to) = QuartersBefore(DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime));
        var rows = await views.Set<ReportRow>().AsNoTracking().Where(r => r.FirstClosedOn >= from && r.FirstClosedOn < to && r.FirstReason != CloseReason.Junk)
            .Select(r => new { r.Received, r.AcknowledgedOn }).ToListAsync(cancel);
        return new Answered(rows.Count(r => r.Received is { } received && IsInTime(received, r.AcknowledgedOn)), rows.Count, from, to.AddDays(-1));
    }
}

/// <summary>The row "reporting" of the first screen.</summary>
internal sealed class ReportStanding(AnsweredReports answered, TimeProvider time) : IStanding
{
    public string Key => StandingKeys.Reporting;

    public async Task<StandingRow> Read(CancellationToken cancel)
    {
        var count = await answered.CountAsync(cancel);
        return count.IsTold
            ? StandingRow.Measured(Key, count.InTime == count.All, count.InTime / (double)count.All, HandlingText.Say("standing", count.InTime, count.All), time.GetUtcNow(), ShowAnswered.Address)
            : StandingRow.NotMeasured(Key, HandlingText.Of("standing.few"), ShowAnswered.Address);
    }
}

/// <summary>The page behind it: what is counted, and what is not.</summary>
internal sealed class ShowAnswered(AnsweredReports answered, When when)
{
    public const string Address = "/reports/answered";

    public static void Map(IEndpointRouteBuilder pages) => pages.MapGet(Address, async (HttpContext http, ShowAnswered show) =>
    {
        await http.CaughtUpAsync(ReportView.ViewName, http.RequestAborted);
        var count = await show.ReadAsync(http.RequestAborted);
        return Rendered.Page<AnsweredPage>(new { Sentence = SentenceOf(count), Quarters = HandlingText.Say("answered.quarters", show.DayOf(count.From), show.DayOf(count.To)) });
    }).AllowAnonymous();

    Task<Answered> ReadAsync(CancellationToken cancel) => answered.CountAsync(cancel);

    string DayOf(DateOnly day) => when.Day(day);

    static string SentenceOf(Answered count) => count.IsTold ? HandlingText.Say("standing", count.InTime, count.All) : HandlingText.Of("standing.few");
}
