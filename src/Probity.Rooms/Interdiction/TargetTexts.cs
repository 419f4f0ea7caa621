using Probity.Shared;
using Probity.Shared.Record;

namespace Probity.Interdiction;

/// <summary>The rules for what people write here: how long, and no characters that hide or disguise other text.</summary>
internal static class TargetTexts
{
    public const int MaxReason = 2_000;
    public const int MaxLine = 80;
    public const int MinReason = 10;

    public const string ReasonMissing = "interdiction.reason-missing";
    public const string ReasonTooShort = "interdiction.reason-too-short";
    public const string TooLong = "interdiction.text-too-long";
    public const string Characters = "interdiction.characters";

    /// <summary>The refusal of a reason that has to say something; <paramref name="missing"/> is the code of one that does not.</summary>
    public static Refusal? RefusesReason(string? text, string missing = ReasonMissing) =>
        !WrittenText.SaysSomething(text) ? new Refusal(missing)
        : RefusesNote(text) ?? (text!.Trim().Length < MinReason ? new Refusal(ReasonTooShort) : null);

    /// <summary>The refusal of words that may be left out.</summary>
    public static Refusal? RefusesNote(string? text, int max = MaxReason, bool lines = true) =>
        string.IsNullOrWhiteSpace(text) ? null
        : text.Length > max ? new Refusal(TooLong)
        : WrittenText.IsPlain(text, lines) ? null : new Refusal(Characters);

    /// <summary>Words that may be left out, as they are recorded.</summary>
    public static string? Kept(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
