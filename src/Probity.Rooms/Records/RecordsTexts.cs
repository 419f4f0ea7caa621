using Probity.Shared;
using Probity.Shared.Record;

namespace Probity.Records;

/// <summary>The rules for a legal basis and a reason: something is said, not too long, and no characters that hide or disguise others.</summary>
internal static class RecordsTexts
{
    public const int MaxBasis = 300;
    public const int MaxReason = 2_000;

    public const string BasisMissing = "records.basis-missing";
    public const string ReasonMissing = "records.reason-missing";
    public const string TooLong = "records.text-too-long";
    public const string Characters = "records.characters";

    public static Refusal? RefusesBasis(string? text) => Refuses(text, MaxBasis, BasisMissing, lines: false);

    public static Refusal? RefusesReason(string? text) => Refuses(text, MaxReason, ReasonMissing, lines: true);

    /// <summary>A reason that may be left out: its refusal, or null.</summary>
    public static Refusal? RefusesNote(string? text) => string.IsNullOrWhiteSpace(text) ? null : RefusesReason(text);

    static Refusal? Refuses(string? text, int max, string missing, bool lines) =>
        string.IsNullOrWhiteSpace(text) ? new Refusal(missing)
        : text.Length > max ? new Refusal(TooLong)
        : !WrittenText.IsPlain(text, lines) ? new Refusal(Characters)
        : WrittenText.SaysSomething(text) ? null : new Refusal(missing);
}
