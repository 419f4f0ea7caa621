using Probity.Shared;
using Probity.Shared.Record;

namespace Probity.Conduct;

/// <summary>The rules for what people write here: how long, and no characters that hide or disguise other text.</summary>
internal static class ConductTexts
{
    /// <summary>The code where a form is sent again under its key with other content: it would be lost if it were called done.</summary>
    public const string RecordedOtherwise = "conduct.recorded-otherwise";

    public const int MaxReason = 2_000;
    public const int MinReason = 10;
    public const int MaxLine = 200;

    public const string ReasonMissing = "conduct.reason-missing";
    public const string ReasonTooShort = "conduct.reason-too-short";
    public const string ReasonUnfit = "conduct.reason-unfit";

    /// <summary>The refusal of a reason that says nothing, or that is too long or hides text; null for one that will do.</summary>
    public static Refusal? RefusesReason(string? text) =>
        !WrittenText.SaysSomething(text) ? new Refusal(ReasonMissing)
        : !Fits(text, MaxReason, lines: true) ? new Refusal(ReasonUnfit)
        : text!.Trim().Length < MinReason ? new Refusal(ReasonTooShort) : null;

    /// <summary>Whether a text says something, is no longer than so much and reads as what it is.</summary>
    public static bool Fits(string? text, int most, bool lines) => WrittenText.SaysSomething(text) && text!.Length <= most && WrittenText.IsPlain(text, lines);
}
