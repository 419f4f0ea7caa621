using Probity.Shared;
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
    /// <param name="missing">The code for a text without a letter or a digit; null where the text may be empty.</param>
    /// <param name="lines">Whether it may have several lines.</param>
    public static Refusal? Refuses(string? text, int max, string? missing, bool lines = true)
    {
        if (string.IsNullOrWhiteSpace(text)) return missing is null ? null : new Refusal(missing);
        if (text.Length > max) return new Refusal(TooLong);
        if (!WrittenText.IsPlain(text, lines)) return new Refusal(ControlCharacters);
        return missing is null || WrittenText.SaysSomething(text) ? null : new Refusal(missing);
    }

    /// <summary>The refusal of a reason: it has to say something.</summary>
    public static Refusal? RefusesReason(string? reason) =>
        Refuses(reason, MaxReasons, ReasonMissing) ?? (reason!.Trim().Length < MinReason ? new Refusal(ReasonTooShort) : null);

    /// <summary>A reason that may be left out, as it is recorded: null where there is none.</summary>
    public static string? Kept(string? reason) => string.IsNullOrWhiteSpace(reason) ? null : reason;
}
