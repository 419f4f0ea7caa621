using Probity.Shared.Record;

namespace Probity.Cases;

/// <summary>The rules for what people write into a case: how long, and no characters that hide or disguise other text.</summary>
internal static class CaseTexts
{
    public const int MaxSummary = 2_000;
    public const int MaxReasons = 4_000;
    public const int MaxName = 200;
    public const int MinReason = 10;

    public const string ReasonMissing = "cases.reason-missing";
    public const string ReasonTooShort = "cases.reason-too-short";
    public const string TooLong = "cases.text-too-long";
    public const string ControlCharacters = "cases.control-characters";

    /// <summary>The refusal of a text, or null where it is fine.</summary>
    /// <param name="text">What was written.</param>
    /// <param name="max">The most characters.</param>
    /// <param name="missing">The code for nothing but white space; null where the text may be empty.</param>
    /// <param name="lines">Whether it may have several lines.</param>
    public static Refusal? Refuses(string? text, int max, string? missing, bool lines = true)
    {
        if (string.IsNullOrWhiteSpace(text)) return missing is null ? null : new Refusal(missing);
        if (text.Length > max) return new Refusal(TooLong);
        return IsPlain(text, lines) ? null : new Refusal(ControlCharacters);
    }

    /// <summary>The refusal of a reason: it has to say something.</summary>
    public static Refusal? RefusesReason(string? reason) =>
        Refuses(reason, MaxReasons, ReasonMissing) ?? (reason!.Trim().Length < MinReason ? new Refusal(ReasonTooShort) : null);

    /// <summary>A reason that may be left out, as it is recorded: null where there is none.</summary>
    public static string? Kept(string? reason) => string.IsNullOrWhiteSpace(reason) ? null : reason;

    static bool IsPlain(string text, bool lines)
    {
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (lines && c is ('\n' or '\r' or '\t')) continue;
            // Marks that turn the direction of writing can make a text read as something else than it says.
            if (char.IsControl(c) || c is >= '\u202A' and <= '\u202E' or >= '\u2066' and <= '\u2069') return false;
            if (!char.IsSurrogate(c)) continue;
            // Half a character would be recorded as something else than was written.
            if (!char.IsSurrogatePair(text, i)) return false;
            i++;
        }

        return true;
    }
}
