using Probity.Shared;
using Probity.Shared.Record;

namespace Probity.Policies;

/// <summary>The rules for the reasons that people give here.</summary>
internal static class PolicyTexts
{
    public const int MaxReason = 2_000;
    public const int MinReason = 10;

    public const string ReasonMissing = "policies.reason-missing";
    public const string ReasonTooShort = "policies.reason-too-short";
    public const string ReasonUnfit = "policies.reason-unfit";

    /// <summary>The refusal of a reason that says nothing, or that is too long or hides text; null for one that will do.</summary>
    public static Refusal? RefusesReason(string? text) =>
        !WrittenText.SaysSomething(text) ? new Refusal(ReasonMissing)
        : text!.Length > MaxReason || !WrittenText.IsPlain(text, lines: true) ? new Refusal(ReasonUnfit)
        : text.Trim().Length < MinReason ? new Refusal(ReasonTooShort) : null;
}
