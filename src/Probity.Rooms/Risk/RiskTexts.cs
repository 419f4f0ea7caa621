using Probity.Shared;
using Probity.Shared.Record;

namespace Probity.Risk;

/// <summary>The rules for what people write here.</summary>
internal static class RiskTexts
{
    public const int MaxText = 2_000;
    public const int MinReason = 10;

    public const string ReasonMissing = "risk.reason-missing";
    public const string ReasonTooShort = "risk.reason-too-short";
    public const string RecordedOtherwise = "risk.recorded-otherwise";
    public const string Unfit = "risk.text-unfit";

    /// <summary>The refusal of words that have to say something.</summary>
    public static Refusal? RefusesReason(string? text) =>
        !WrittenText.SaysSomething(text) ? new Refusal(ReasonMissing)
        : RefusesNote(text) ?? (text!.Trim().Length < MinReason ? new Refusal(ReasonTooShort) : null);

    /// <summary>The refusal of words that may be left out.</summary>
    public static Refusal? RefusesNote(string? text) =>
        string.IsNullOrWhiteSpace(text) || (text.Length <= MaxText && WrittenText.IsPlain(text, lines: true)) ? null : new Refusal(Unfit);

    /// <summary>Words that may be left out, as they are recorded.</summary>
    public static string? Kept(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
