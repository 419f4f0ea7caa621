using Probity.Shared;
using Probity.Shared.Record;

namespace Probity.Exports;

/// <summary>The rules for the purpose of a copy: something is said, not too long, and no characters that hide or disguise others.</summary>
internal static class ExportTexts
{
    public const int MaxPurpose = 1_000;

    /// <summary>Who gets it and what for is more than a word.</summary>
    public const int MinPurpose = 10;

    const int LeastWords = 2;
    public const string PurposeMissing = "exports.purpose-missing";
    public const string PurposeTooShort = "exports.purpose-too-short";
    public const string TooLong = "exports.purpose-too-long";
    public const string Characters = "exports.purpose-characters";

    /// <summary>The form is none that there is, or none of this kind of copy.</summary>
    public const string FormatUnknown = "exports.format-unknown";

    /// <summary>There is no case that could be in it.</summary>
    public const string Nothing = "exports.nothing";

    public static Refusal? RefusesPurpose(string? text) =>
        string.IsNullOrWhiteSpace(text) || !WrittenText.SaysSomething(text) ? new Refusal(PurposeMissing)
        : text.Length > MaxPurpose ? new Refusal(TooLong)
        : !WrittenText.IsPlain(text, lines: true) ? new Refusal(Characters)
        : text.Trim().Length < MinPurpose || text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Count(WrittenText.SaysSomething) < LeastWords ? new Refusal(PurposeTooShort)
        : null;
}
