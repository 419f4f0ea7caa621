using System.Globalization;
using Probity.Risk.Contract;

namespace Probity.Risk.Viewing;

/// <summary>One cell of the map: where it lies, its shade and its score.</summary>
public sealed record HeatCell(int X, int Y, string Fill, string Ink, string Score);

/// <summary>Where a risk stands or stood: a ring without controls, a square now, a disc as it was assessed, a diamond where facts have moved it.</summary>
public sealed record HeatMark(double X, double Y, string Kind, string Number);

/// <summary>From one mark of a risk to the next.</summary>
public sealed record HeatArrow(string X1, string Y1, string X2, string Y2);

/// <summary>The map, laid out.</summary>
public sealed record HeatPicture(IReadOnlyList<HeatCell> Cells, IReadOnlyList<HeatMark> Marks, IReadOnlyList<HeatArrow> Arrows)
{
    /// <summary>Whether facts moved a risk higher than it was rated without controls.</summary>
    public bool IsAbove { get; init; }
}

/// <summary>Lays out the map of five by five: likelihood upwards, impact to the right.</summary>
internal static class HeatMap
{
    public const int Cell = 78, Left = 30, Top = 6, Size = RiskMatrix.Most * Cell, Width = Left + Size + 4, Height = Top + Size + 44;

    // Marks of one cell stand three by three beside its score.
    const int Across = 3;
    const double Step = 23, Radius = 10;

    // Lighter to darker, so that the bands are told apart without colour too.
    static (string Fill, string Ink) ShadeOf(RiskLevel level) => level switch
    {
        RiskLevel.Low => ("#f3f6f2", "#46525c"), RiskLevel.Moderate => ("#e9dfb8", "#46525c"), RiskLevel.High => ("#e0a868", "#3a2503"), _ => ("#b5564a", "#ffffff"),
    };

    /// <param name="risks">The risks, the highest first, each with its number, which it keeps when facts move it: inherent, current and residual rating, and what facts have moved it to.</param>
    public static HeatPicture Draw(IReadOnlyList<(int Number, Rating Inherent, Rating Current, Rating Residual, Rating Moved)> risks)
    {
        var cells = new List<HeatCell>();
        for (var likelihood = 1; likelihood <= RiskMatrix.Most; likelihood++)
        {
            for (var impact = 1; impact <= RiskMatrix.Most; impact++)
            {
                var (fill, ink) = ShadeOf(RiskMatrix.LevelOf(likelihood * impact));
                cells.Add(new HeatCell(Left + (impact - 1) * Cell, Top + (RiskMatrix.Most - likelihood) * Cell, fill, ink, (likelihood * impact).ToString(CultureInfo.InvariantCulture)));
            }
        }

        var (marks, arrows, taken) = (new List<HeatMark>(), new List<HeatArrow>(), new Dictionary<Rating, int>());
        for (var i = 0; i < risks.Count; i++)
        {
            HeatMark? before = null;
            var (number, inherent, current, residual, moved) = risks[i];
            foreach (var (rating, kind) in new[] { (inherent, "inherent"), (current, "current"), (residual, "residual"), (moved, "moved") })
            {
                // A risk that has not moved has one mark, as it was assessed.
                if ((kind == "inherent" && rating == current) || (kind == "current" && rating == residual) || (kind == "moved" && rating == residual)) continue;
                var mark = Place(rating, kind, number);
                if (before is not null) arrows.Add(Arrow(before, mark));
                marks.Add(before = mark);
            }
        }

        return new HeatPicture(cells, marks, arrows) { IsAbove = risks.Any(r => r.Moved != r.Residual && RiskMatrix.ScoreOf(r.Moved) > RiskMatrix.ScoreOf(r.Inherent)) };

        HeatMark Place(Rating rating, string kind, int number)
        {
            var slot = taken[rating] = taken.GetValueOrDefault(rating) + 1;
            var (column, row) = ((slot - 1) % Across, (slot - 1) / Across % Across);
            return new HeatMark(
                Left + (rating.Impact - 1) * Cell + 16 + column * Step, Top + (RiskMatrix.Most - rating.Likelihood) * Cell + 20 + row * Step, kind, number.ToString(CultureInfo.InvariantCulture));
        }
    }

    // It ends at the edge of the mark, so that its point is seen.
    static HeatArrow Arrow(HeatMark from, HeatMark to)
    {
        var (dx, dy) = (to.X - from.X, to.Y - from.Y);
        var length = Math.Max(1, Math.Sqrt(dx * dx + dy * dy));
        var (ux, uy) = (dx / length, dy / length);
        return new HeatArrow(N(from.X + ux * Radius), N(from.Y + uy * Radius), N(to.X - ux * (Radius + 4)), N(to.Y - uy * (Radius + 4)));
    }

    static string N(double at) => at.ToString("0.#", CultureInfo.InvariantCulture);
}
