namespace Probity.Lens.Procedures;

/// <summary>
/// Proves that a place never holds two tokens, by weights of places that no step's firing raises in sum (a sub-invariant:
/// Lautenbach 1973; Murata, Petri nets: properties, analysis and applications, 1989).
/// </summary>
internal static class TokenBound
{
    /// <summary>Weights are whole numbers of this part.</summary>
    const long Parts = 840;

    const long MaxCells = 2_000_000;

    /// <summary>Whether it is proven; false says nothing.</summary>
    public static bool IsOne(NetPiece piece, int place)
    {
        var rows = piece.Steps.Count + 1;
        if ((long)rows * (rows + piece.Places.Count) > MaxCells) return false;
        var start = new double[piece.Places.Count];
        foreach (var initial in piece.Initial) start[initial]++;
        var profit = new double[piece.Places.Count];
        profit[place] = 1;
        var bounds = new double[rows];
        bounds[^1] = 1;
        var (values, isRay) = new LinearProgram([.. piece.Steps.Select(step => Changes(piece, step)), start], bounds, profit).Solve();
        if (isRay || values.Any(v => !(v < 1e6))) return false;
        // In whole numbers the proof is exact.
        var weights = values.Select(v => (long)Math.Round(v * Parts)).ToArray();
        return weights.Min() >= 0 && piece.Initial.Sum(p => weights[p]) < 2 * weights[place]
            && piece.Steps.TrueForAll(step => step.Out.Sum(p => weights[p]) <= step.In.Sum(p => weights[p]));
    }

    static double[] Changes(NetPiece piece, PieceStep step)
    {
        var changes = new double[piece.Places.Count];
        foreach (var place in step.Out) changes[place]++;
        foreach (var place in step.In) changes[place]--;
        return changes;
    }
}
