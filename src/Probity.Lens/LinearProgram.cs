using System.Numerics;
using System.Runtime.CompilerServices;

namespace Probity.Lens;

/// <summary>
/// Maximises c·x where A·x ≤ b and x ≥ 0, for b ≥ 0, by the primal simplex method on a dense tableau (Dantzig 1951; Bland's
/// rule, 1977, once it stalls). In floating point: whoever uses an answer checks it exactly.
/// </summary>
internal sealed class LinearProgram
{
    const double Tiny = 1e-9;
    const int Patience = 40;
    const int MaxPivots = 5_000;

    readonly int _rows;
    readonly int _columns;
    readonly double[][] _tableau; // Rows of A and b, then the row of reduced profits; slack columns are kept in place.
    readonly int[] _basis;

    public LinearProgram(IReadOnlyList<double[]> rows, double[] bounds, double[] profit)
    {
        _rows = rows.Count;
        _columns = profit.Length;
        _tableau = new double[_rows + 1][];
        _basis = new int[_rows];
        var width = _columns + _rows + 1;
        for (var r = 0; r < _rows; r++)
        {
            _tableau[r] = new double[width];
            rows[r].CopyTo(_tableau[r], 0);
            _tableau[r][_columns + r] = 1;
            _tableau[r][width - 1] = bounds[r];
            _basis[r] = _columns + r;
        }

        _tableau[_rows] = new double[width];
        for (var c = 0; c < _columns; c++) _tableau[_rows][c] = profit[c];
    }

    /// <summary>The same bounds with another profit, to be solved from where a solved program has come to.</summary>
    public LinearProgram(LinearProgram solved, double[] profit)
    {
        (_rows, _columns) = (solved._rows, solved._columns);
        _tableau = [.. solved._tableau.Select(row => row.AsSpan().ToArray())];
        _basis = [.. solved._basis];
        var reduced = _tableau[_rows];
        Array.Clear(reduced);
        profit.CopyTo(reduced, 0);
        for (var r = 0; r < _rows; r++)
            if (_basis[r] < _columns && profit[_basis[r]] != 0) Subtract(reduced, profit[_basis[r]], _tableau[r]);
    }

    /// <summary>
    /// The best x; or, where the profit has no bound, a direction in which it grows for ever; or, where it takes too
    /// long, an x within the bounds though perhaps not the best.
    /// </summary>
    public (double[] Values, bool IsRay) Solve()
    {
        var (stalled, last) = (0, double.NegativeInfinity);
        for (var pivots = 0; pivots < MaxPivots; pivots++)
        {
            var column = Entering(careful: stalled > Patience);
            if (column < 0) break;
            var row = Leaving(column);
            if (row < 0) return (Ray(column), true);
            Pivot(row, column);
            var value = -_tableau[_rows][^1];
            stalled = value > last + Tiny ? 0 : stalled + 1;
            last = Math.Max(last, value);
        }

        var values = new double[_columns];
        for (var r = 0; r < _rows; r++)
            if (_basis[r] < _columns) values[_basis[r]] = _tableau[r][^1];
        return (values, false);
    }

    int Entering(bool careful)
    {
        var profit = _tableau[_rows];
        var best = -1;
        for (var c = 0; c < profit.Length - 1; c++)
        {
            if (profit[c] <= Tiny) continue;
            if (careful) return c;
            if (best < 0 || profit[c] > profit[best]) best = c;
        }

        return best;
    }

    int Leaving(int column)
    {
        var best = -1;
        var least = double.PositiveInfinity;
        for (var r = 0; r < _rows; r++)
        {
            if (_tableau[r][column] <= Tiny) continue;
            var ratio = _tableau[r][^1] / _tableau[r][column];
            if (ratio > least + Tiny || (best >= 0 && ratio > least - Tiny && _basis[r] > _basis[best])) continue;
            (best, least) = (r, Math.Min(least, ratio));
        }

        return best;
    }

    void Pivot(int row, int column)
    {
        var pivot = _tableau[row];
        var factor = 1 / pivot[column];
        for (var c = 0; c < pivot.Length; c++) pivot[c] *= factor;
        for (var r = 0; r <= _rows; r++)
        {
            if (r == row || Math.Abs(_tableau[r][column]) <= Tiny) continue;
            Subtract(_tableau[r], _tableau[r][column], pivot);
        }

        _basis[row] = column;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Subtract(double[] target, double times, double[] row)
    {
        var (c, factor) = (0, new Vector<double>(times));
        for (; c <= target.Length - Vector<double>.Count; c += Vector<double>.Count)
            (new Vector<double>(target, c) - (factor * new Vector<double>(row, c))).CopyTo(target, c);
        for (; c < target.Length; c++) target[c] -= times * row[c];
    }

    double[] Ray(int column)
    {
        var ray = new double[_columns];
        if (column < _columns) ray[column] = 1;
        for (var r = 0; r < _rows; r++)
            if (_basis[r] < _columns) ray[_basis[r]] = -_tableau[r][column];
        return ray;
    }
}
