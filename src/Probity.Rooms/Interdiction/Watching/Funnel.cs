using System.Globalization;

namespace Probity.Interdiction.Watching;

/// <summary>
/// Lays out a funnel plot: each officer a point, how many decisions to the right, the rate of overrides upwards, and around the rate of all
/// the limits of chance, which narrow as decisions grow.
/// </summary>
internal static class Funnel
{
    public const int Width = 460, Height = 300, Left = 46, Right = 14;
    const int Top = 14, Bottom = 40;

    public static FunnelPicture Draw(RatesFound found, Func<Guid, string> nameOf)
    {
        var shown = found.Officers.Where(o => !o.TooFew).ToList();
        var most = Math.Max(20, (int)Math.Ceiling(shown.Max(o => o.Decisions) * 1.1));
        var counts = Enumerable.Range(0, 61).Select(i => OfficerRate.Least + (most - OfficerRate.Least) * i / 60).Distinct().ToList();
        var highest = Math.Max(
            shown.Max(o => o.Rate), BinomialLimits.Of(found.Rate, OfficerRate.Least, BinomialLimits.Alarm).High);
        var top = Math.Min(1, Math.Max(0.1, Math.Ceiling(highest * 10 + 0.5) / 10));
        return new FunnelPicture(
            N(Y(found.Rate)), Limits(BinomialLimits.Warning), Limits(BinomialLimits.Alarm),
            [.. shown.Select(o => new FunnelPoint(
                N(X(o.Decisions)), N(Y(o.Rate)), nameOf(o.Officer), o.Rate > BinomialLimits.Of(found.Rate, o.Decisions, BinomialLimits.Warning).High,
                X(o.Decisions) > Width * 0.7 ? "end" : X(o.Decisions) < Width * 0.3 ? "start" : "middle"))],
            [.. Steps(most).Select(n => (N(X(n)), n.ToString(CultureInfo.CurrentCulture)))],
            [.. Enumerable.Range(0, 6).Select(i => top * i / 5).Select(r => (N(Y(r)), ShowOverrides.Percent(r)))]);

        IReadOnlyList<string> Limits(double share)
        {
            var limits = counts.Select(n => (n, Of: BinomialLimits.Of(found.Rate, n, share))).ToList();
            return [.. new[] { limits.Select(l => (l.n, l.Of.Low)), limits.Select(l => (l.n, l.Of.High)) }
                .Select(line => string.Join(' ', line.Select(p => $"{N(X(p.n))},{N(Y(p.Item2))}")))];
        }

        double X(int count) => Left + (double)(Width - Left - Right) * count / most;

        double Y(double rate) => Top + (Height - Top - Bottom) * (1 - rate / top);
    }

    static readonly int[] RoundSteps = [5, 10, 20, 50, 100, 200, 500, 1_000, 5_000, 20_000, 100_000];

    // About six marks, at round numbers.
    static IEnumerable<int> Steps(int most)
    {
        var step = RoundSteps.FirstOrDefault(s => most / s <= 6, 1_000_000);
        for (var n = 0; n <= most; n += step) yield return n;
    }

    static string N(double at) => at.ToString("0.#", CultureInfo.InvariantCulture);
}
