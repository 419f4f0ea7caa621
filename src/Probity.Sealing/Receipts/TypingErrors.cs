namespace Probity.Sealing.Receipts;

/// <summary>How many typing errors lie between two words.</summary>
internal static class TypingErrors
{
    /// <summary>
    /// The fewest wrong, missing, added or swapped letters that turn one word into the other: Damerau's and Levenshtein's distance in its restricted form
    /// (optimal string alignment, no letter touched twice). Both words have at most 30 letters.
    /// </summary>
    internal static int Between(string one, string other)
    {
        Span<int> rows = stackalloc int[3 * 32];
        var before = rows[..32];
        var above = rows[32..64];
        var row = rows[64..];
        for (var column = 0; column <= other.Length; column++)
            above[column] = column;
        for (var line = 1; line <= one.Length; line++)
        {
            row[0] = line;
            for (var column = 1; column <= other.Length; column++)
            {
                var same = one[line - 1] == other[column - 1];
                var errors = Math.Min(above[column - 1] + (same ? 0 : 1), Math.Min(above[column], row[column - 1]) + 1);
                if (line > 1 && column > 1 && one[line - 1] == other[column - 2] && one[line - 2] == other[column - 1])
                    errors = Math.Min(errors, before[column - 2] + 1);
                row[column] = errors;
            }
            var last = before;
            before = above;
            above = row;
            row = last;
        }
        return above[other.Length];
    }
}
