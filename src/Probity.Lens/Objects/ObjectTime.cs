using System.Globalization;
using System.Text;
using Probity.Lens.Logs;

namespace Probity.Lens.Objects;

/// <summary>
/// Times as object-centric logs write them: ISO 8601 (without offset: UTC), the same with <c>UTC</c> behind it, and what
/// JavaScript's <c>Date.toString</c> gives: <c>Mon Apr 03 2023 12:08:18 GMT+0200 (CEST)</c>.
/// </summary>
internal static class ObjectTime
{
    const int Longest = 100;

    public static bool TryParse(ReadOnlySpan<byte> text, out long micros)
    {
        text = text.Trim(" \t\r\n"u8);
        if (IsoTime.TryParse(text, out micros)) return true;
        if (text.EndsWith(" UTC"u8)) return IsoTime.TryParse(text[..^4], out micros);
        return text.Length is > 20 and < Longest && TryScript(Encoding.UTF8.GetString(text), out micros);
    }

    public static bool TryParse(string text, out long micros)
    {
        micros = 0;
        Span<byte> bytes = stackalloc byte[Longest * 4];
        return text.Length < Longest && TryParse(bytes[..Encoding.UTF8.GetBytes(text, bytes)], out micros);
    }

    static bool TryScript(string text, out long micros)
    {
        micros = 0;
        // The name of the zone in brackets is in the language of the browser.
        var bracket = text.IndexOf(" (", StringComparison.Ordinal);
        var offset = text.IndexOf(" GMT", StringComparison.Ordinal);
        if (offset < 0) return false;
        var zone = text[(offset + 4)..(bracket < 0 ? text.Length : bracket)];
        if (!DateTime.TryParseExact(text[..offset], "ddd MMM dd yyyy HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.None, out var clock)) return false;
        return IsoTime.TryParse(Encoding.UTF8.GetBytes(clock.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture) + zone), out micros);
    }
}
