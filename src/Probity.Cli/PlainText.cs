namespace Probity.Cli;

/// <summary>Text from files and servers, made fit for a terminal: it must neither move the cursor nor turn the writing round.</summary>
internal static class PlainText
{
    const int Longest = 2_000;

    /// <summary>The text on one line, each character that steers replaced by a space, and cut where it is endless.</summary>
    public static string OneLine(string text)
    {
        var shown = text.Length > Longest ? string.Concat(text.AsSpan(0, Longest), "…") : text;
        return shown.Any(Steers) ? string.Concat(shown.Select(c => Steers(c) ? ' ' : c)) : shown;
    }

    static bool Steers(char c) =>
        char.IsControl(c) || c is '\u2028' or '\u2029' or '\u200E' or '\u200F' or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');
}
