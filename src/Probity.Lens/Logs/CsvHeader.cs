using System.Text;

namespace Probity.Lens.Logs;

/// <summary>
/// Finds the line of a CSV file that names the columns, and what parts them. Registers have a title above, which has neither: so it is the line with the
/// most names that such columns have. Where no line has three, it is the first, as in a file without a title.
/// </summary>
internal static class CsvHeader
{
    /// <summary>Lines that are looked at.</summary>
    const int Looked = 10;

    const int FewestNames = 3;
    const int LongestLine = 64 << 10;

    /// <summary>The line, from 1; the bytes that stand above it; and what parts its fields, null where that is not known.</summary>
    /// <param name="window">The text, from its beginning.</param>
    /// <param name="isName">Whether a text is a name that such columns have.</param>
    public static (long Line, int Above, char? Delimiter) Find(ByteWindow window, Func<string, bool> isName)
    {
        while (window.Data.Count((byte)'\n') < Looked && window.Data.Length < LongestLine * Looked && window.Grow()) { }
        (long Line, int Above, char? Delimiter) found = (1, 0, null);
        var (most, at, quotes) = (FewestNames - 1, 0, 0);
        for (var line = 1; line <= Looked && at < window.Data.Length; line++)
        {
            var rest = window.Data[at..];
            var end = rest.IndexOf((byte)'\n');
            var text = end < 0 ? rest : rest[..end];
            // Inside quotes a line is part of a field.
            if (text.Length <= LongestLine && quotes % 2 == 0)
            {
                var written = Encoding.UTF8.GetString(text);
                foreach (var delimiter in ",;\t|")
                {
                    var known = written.Split(delimiter).Count(name => isName(name.Trim().Trim('"').Trim()));
                    if (known <= most) continue;
                    (most, found) = (known, (line, at, delimiter));
                }
            }

            quotes += text.Count((byte)'"');
            if (end < 0) break;
            at += end + 1;
        }

        return found;
    }
}
