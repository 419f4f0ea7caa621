using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Probity.Shared;

/// <summary>
/// A number as somebody types it, in any language: comma or point before the decimals, spaces or the other sign between thousands. 1,234 may be more than a
/// thousand or little more than one, and which of them depends on the country more than on the language: it is refused, not guessed.
/// </summary>
internal static class TypedNumber
{
    const int Longest = 30;

    /// <summary>The number; false where it is none, or may be two.</summary>
    public static bool TryRead(string? text, out decimal value)
    {
        value = 0m;
        return !IsAmbiguous(text) && Plain(text) is { } plain && decimal.TryParse(plain, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out value);
    }

    /// <summary>Whether it may be two numbers: one comma or point, and three digits behind it.</summary>
    public static bool IsAmbiguous(string? text) => Dense(text) is { } dense && dense.Count(c => c is ',' or '.') == 1 && LooksGrouped(dense, dense.First(c => c is ',' or '.'));

    /// <summary>The first of these fields in which such a number was typed, or null.</summary>
    public static string? AmbiguousIn(IFormCollection typed, params IEnumerable<string> fields) => fields.FirstOrDefault(f => IsAmbiguous(typed[f]));

    /// <summary>Whether a mark parts thousands: 1 to 3 digits, not beginning with 0, and threes behind each.</summary>
    public static bool LooksGrouped(string text, char mark)
    {
        var groups = text.Split(mark);
        return groups.Length > 1 && groups[0].Length is >= 1 and <= 3 && groups[0][0] != '0' && groups.Skip(1).All(g => g.Length == 3) && groups.All(g => g.All(char.IsAsciiDigit));
    }

    // With a point before the decimals and nothing else; null where that cannot be told.
    static string? Plain(string? text)
    {
        if (Dense(text) is not { Length: > 0 } dense || !char.IsAsciiDigit(dense[0]) || !char.IsAsciiDigit(dense[^1])) return null;
        if (dense.Any(c => c is not (',' or '.') && !char.IsAsciiDigit(c))) return null;
        char[] marks = [.. dense.Where(c => c is ',' or '.')];
        if (marks.Length == 0) return dense;
        var (first, last) = (marks[0], marks[^1]);
        if (marks.Length == 1) return dense.Replace(first, '.');
        if (marks.All(m => m == first)) return LooksGrouped(dense, first) ? dense.Replace(first.ToString(), "", StringComparison.Ordinal) : null;
        var point = dense.LastIndexOf(last);
        return marks[..^1].All(m => m == first) && LooksGrouped(dense[..point], first)
            ? dense[..point].Replace(first.ToString(), "", StringComparison.Ordinal) + "." + dense[(point + 1)..] : null;
    }

    static string? Dense(string? text) => text is null || text.Length > Longest ? null : new string([.. text.Where(c => c is not (' ' or '\u00A0' or '\u202F'))]);
}
