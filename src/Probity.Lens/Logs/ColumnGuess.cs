using System.Text;

namespace Probity.Lens.Logs;

/// <summary>Guesses which column of a table holds what, from the names of the columns and from what stands in the first rows.</summary>
internal sealed class ColumnGuess
{
    /// <summary>Words of a step; a longer text is a remark.</summary>
    const int LongestName = 60;

    readonly IReadOnlyList<string> _columns;
    readonly List<string[]> _values;
    readonly bool[,] _areTimes;
    readonly bool[] _taken;

    /// <param name="columns">The names.</param>
    /// <param name="rows">The first rows.</param>
    /// <param name="areTimes">For each row and column, whether the file itself says that it is a moment.</param>
    ColumnGuess(IReadOnlyList<string> columns, IReadOnlyList<string[]> rows, bool[,] areTimes)
    {
        _columns = columns;
        _values = [.. Enumerable.Range(0, columns.Count).Select(c => rows.Select(r => r[c]).ToArray())];
        _areTimes = areTimes;
        _taken = [.. columns.Select(c => c.Length == 0)];
    }

    public static LogColumns Of(IReadOnlyList<string> columns, IReadOnlyList<string[]> rows, bool[,] areTimes)
    {
        var guess = new ColumnGuess(columns, rows, areTimes);
        // The surest first: a time is known by its look, whatever the column is called.
        var time = guess.Take(ColumnWords.Time, guess.TimeShare, 0.5);
        var @case = guess.Take(ColumnWords.Case, guess.CaseShare, 0);
        var activity = guess.Take(ColumnWords.Activity, guess.ActivityShare, 0);
        var person = guess.Take(ColumnWords.Person, _ => 0, 0);
        return new LogColumns(guess.Name(@case), guess.Name(activity), guess.Name(time), guess.Name(person), time < 0 ? null : guess.Form(time));
    }

    string? Name(int column) => column < 0 ? null : _columns[column];

    /// <summary>Takes the column that fits best by name and content; -1 where none does.</summary>
    int Take(IReadOnlyList<string> words, Func<int, double> content, double least)
    {
        var (best, score) = (-1, 0.0);
        for (var c = 0; c < _columns.Count; c++)
        {
            if (_taken[c]) continue;
            var share = content(c);
            if (share < least && Filled(c).Any()) continue;
            var own = (2 * ColumnWords.Fit(ColumnWords.Plain(_columns[c]), words)) + (share >= 0.8 ? share : 0);
            if (own > score) (best, score) = (c, own);
        }

        if (best >= 0) _taken[best] = true;
        return best;
    }

    IEnumerable<string> Filled(int column) => _values[column].Where(v => v.Length > 0);

    double TimeShare(int column)
    {
        var filled = Filled(column).Count();
        if (filled == 0) return 0;
        var known = Enumerable.Range(0, _values[column].Length).Count(r => _areTimes[r, column] || IsIso(_values[column][r]));
        return known < filled && Form(column) is not null ? 1 : (double)known / filled;
    }

    /// <summary>A few short texts again and again.</summary>
    double ActivityShare(int column)
    {
        var filled = Filled(column).ToList();
        if (filled.Count < 4 || filled.Exists(v => v.Length > LongestName) || !filled.TrueForAll(v => v.Any(char.IsLetter))) return 0;
        return filled.Distinct(StringComparer.Ordinal).Count() * 2 <= filled.Count ? 0.8 : 0;
    }

    /// <summary>Filled throughout, in groups, and with figures in it.</summary>
    double CaseShare(int column)
    {
        var values = _values[column];
        if (values.Length < 4 || values.Any(v => v.Length is 0 or > LongestName || !v.Any(char.IsDigit))) return 0;
        return values.Distinct(StringComparer.Ordinal).Count() is > 1 and var different && different < values.Length ? 0.8 : 0;
    }

    string? Form(int column)
    {
        var texts = Enumerable.Range(0, _values[column].Length).Where(r => !_areTimes[r, column]).Select(r => _values[column][r]).Where(v => v.Length > 0).ToList();
        return texts.TrueForAll(IsIso) ? null : TimeForms.Of(texts);
    }

    static bool IsIso(string text) => text.Length is > 0 and <= 64 && IsoTime.TryParse(Encoding.UTF8.GetBytes(text), out _);
}
