using Probity.Shared;
using Probity.Shared.Record;

namespace Probity.Procedures;

/// <summary>The rules for what people write about a procedure: something is said, not too long, and no characters that hide or disguise others.</summary>
internal static class SopTexts
{
    public const int MaxTitle = 120;
    public const int MaxReason = 2_000;
    public const int MinReason = 10;

    public const string TitleMissing = "procedures.title-missing";
    public const string ReasonMissing = "procedures.reason-missing";
    public const string TooLong = "procedures.text-too-long";
    public const string Characters = "procedures.characters";

    public static Refusal? RefusesTitle(string? text) => Refuses(text, MaxTitle, TitleMissing, lines: false);

    /// <summary>The refusal of a reason: it has to say something.</summary>
    public static Refusal? RefusesReason(string? text) =>
        Refuses(text, MaxReason, ReasonMissing, lines: true) ?? (text!.Trim().Length < MinReason ? new Refusal(ReasonMissing) : null);

    /// <summary>A reason that may be left out: its refusal, or null.</summary>
    public static Refusal? RefusesNote(string? text) => string.IsNullOrWhiteSpace(text) ? null : Refuses(text, MaxReason, ReasonMissing, lines: true);

    /// <summary>A reason that may be left out, as it is recorded.</summary>
    public static string? Kept(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    static Refusal? Refuses(string? text, int max, string missing, bool lines) =>
        string.IsNullOrWhiteSpace(text) ? new Refusal(missing)
        : text.Length > max ? new Refusal(TooLong)
        : !WrittenText.IsPlain(text, lines) ? new Refusal(Characters)
        : WrittenText.SaysSomething(text) ? null : new Refusal(missing);
}
