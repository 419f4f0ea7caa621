using Probity.Shared;
using Probity.Shared.Record;

namespace Probity.Protection;

/// <summary>The rules for what people write here: how long, and no characters that hide or disguise other text.</summary>
internal static class ProtectionTexts
{
    public const int MaxText = 2_000;
    public const int MaxLine = 200;
    public const int MaxNumber = 30;
    public const int MinReason = 10;

    public const string ReasonMissing = "protection.reason-missing";
    public const string ReasonTooShort = "protection.reason-too-short";
    /// <summary>The code where a form is sent again under its key with other content: it would be lost if it were called done.</summary>
    public const string RecordedOtherwise = "protection.recorded-otherwise";

    public const string Unfit = "protection.text-unfit";
    public const string NumberWrong = "protection.number-wrong";

    /// <summary>The refusal of words that have to say something.</summary>
    public static Refusal? RefusesReason(string? text) =>
        !WrittenText.SaysSomething(text) ? new Refusal(ReasonMissing)
        : RefusesNote(text, MaxText) ?? (text!.Trim().Length < MinReason ? new Refusal(ReasonTooShort) : null);

    /// <summary>The refusal of words that may be left out.</summary>
    public static Refusal? RefusesNote(string? text, int most) =>
        string.IsNullOrWhiteSpace(text) || (text.Length <= most && WrittenText.IsPlain(text, lines: most > MaxLine)) ? null : new Refusal(Unfit);

    /// <summary>The refusal of a telephone number: digits, with a plus before and spaces, points or hyphens between.</summary>
    public static Refusal? RefusesNumber(string? text) =>
        text?.Trim() is { Length: >= 2 and <= MaxNumber } number && number.Count(char.IsAsciiDigit) >= 2 && number.Select((c, at) => char.IsAsciiDigit(c) || (c == '+' && at == 0) || c is ' ' or '-' or '.').All(fits => fits)
            ? null : new Refusal(NumberWrong);

    /// <summary>Words that may be left out, as they are recorded.</summary>
    public static string? Kept(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
