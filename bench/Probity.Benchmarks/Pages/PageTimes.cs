using System.Diagnostics;
using System.Globalization;

namespace Probity.Benchmarks.Pages;

/// <summary>What a page came to in both nodes: the 95th percentile in milliseconds, and the ratio of the one to the other.</summary>
internal sealed record PageRow(string Page, double Small, double Large, double Ratio);

/// <summary>A page to measure.</summary>
/// <param name="Name">What it is called in the table.</param>
/// <param name="Who">Who asks for it.</param>
/// <param name="Paths">The addresses, asked for one after the other.</param>
internal sealed record MeasuredPage(string Name, Guid Who, Func<HttpClient, Task<IReadOnlyList<string>>> Paths)
{
    /// <summary>A page with one address.</summary>
    public MeasuredPage(string name, Guid who, string path) : this(name, who, _ => Task.FromResult<IReadOnlyList<string>>([path])) { }
}

/// <summary>Asks the same page of two nodes in turns.</summary>
internal static class PageTimes
{
    /// <summary>The most that the ratio of the large node to the small one is to be.</summary>
    public const double Goal = 1.3;

    const int Warm = 10;

    /// <summary>Measures a page and says what it came to.</summary>
    public static async Task<PageRow> MeasureAsync(MeasuredPage page, BenchNode small, BenchNode large, int turns)
    {
        using var one = await small.SignInAsync(page.Who);
        using var other = await large.SignInAsync(page.Who);
        var (ones, others) = (await page.Paths(one), await page.Paths(other));
        var (smallTimes, largeTimes) = (new List<double>(), new List<double>());
        // In turns: what else the machine does meanwhile slows both.
        for (var turn = -Warm; turn < turns; turn++)
        {
            var (a, b) = (await AskAsync(one, ones[(turn + Warm) % ones.Count]), await AskAsync(other, others[(turn + Warm) % others.Count]));
            if (turn < 0) continue;
            smallTimes.Add(a);
            largeTimes.Add(b);
        }

        var row = new PageRow(page.Name, P95(smallTimes), P95(largeTimes), P95(largeTimes) / P95(smallTimes));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{row.Page,-34} p95 {row.Small,7:0.0} ms and {row.Large,7:0.0} ms: {row.Ratio:0.00} (goal {Goal})"));
        return row;
    }

    static async Task<double> AskAsync(HttpClient client, string path)
    {
        var begun = Stopwatch.GetTimestamp();
        using var answer = await client.GetAsync(new Uri(path, UriKind.Relative));
        await answer.Content.ReadAsByteArrayAsync();
        var time = Stopwatch.GetElapsedTime(begun).TotalMilliseconds;
        return answer.IsSuccessStatusCode ? time : throw new InvalidOperationException($"{path} answered {answer.StatusCode}.");
    }

    static double P95(List<double> times) => times.Order().ElementAt((int)(times.Count * 0.95));
}
