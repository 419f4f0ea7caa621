namespace Probity.Lens.Logs.Sheets;

/// <summary>What a number format makes of a number, as far as a reader of logs has to know.</summary>
/// <param name="IsDate">Whether it shows the number as a date or a time of day.</param>
/// <param name="Digits">The number of digits that it fills up with zeros: a file number 0042; 0 for none.</param>
internal readonly record struct NumberFormat(bool IsDate, int Digits)
{
    const int MostDigits = 15;

    /// <summary>The formats that need no code (ECMA-376 part 1, 18.8.30). 46 is a length of time, in hours, and no moment.</summary>
    public static NumberFormat Of(int id) => new(id is (>= 14 and <= 22) or (>= 27 and <= 36) or 45 or 47 or (>= 50 and <= 58), 0);

    /// <summary>
    /// Tells a format by its code (18.8.31): one of its first section's letters y, m, d, h or s outside quotes and escapes makes it a date.
    /// Hours, minutes or seconds in brackets are those of a length of time.
    /// </summary>
    public static NumberFormat Of(string code)
    {
        if (code.Length is > 0 and <= MostDigits && code.All(c => c == '0')) return new(false, code.Length);
        if (code.Equals("General", StringComparison.OrdinalIgnoreCase)) return default;
        for (var at = 0; at < code.Length; at++)
        {
            switch (code[at])
            {
                case ';': return default;
                case '\\' or '_' or '*': at++; break;
                case '"':
                    if ((at = code.IndexOf('"', at + 1)) < 0) return default;
                    break;
                case '[':
                    var end = code.IndexOf(']', at);
                    if (end < 0 || code[(at + 1)..end].Trim('h', 'H', 'm', 'M', 's', 'S').Length == 0) return default;
                    at = end;
                    break;
                case 'y' or 'Y' or 'm' or 'M' or 'd' or 'D' or 'h' or 'H' or 's' or 'S': return new(true, 0);
            }
        }

        return default;
    }
}
