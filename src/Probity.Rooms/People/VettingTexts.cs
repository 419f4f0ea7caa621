using Probity.Shared;
using Probity.Shared.Record;

namespace Probity.People;

/// <summary>The rules for what people write here.</summary>
internal static class VettingTexts
{
    public const int Max = 4_000;
    public const int Min = 10;

    public const string Missing = "people.text-missing";
    public const string TooShort = "people.text-too-short";
    public const string Unfit = "people.text-unfit";

    /// <summary>The refusal of words that have to say something; null for words that will do.</summary>
    public static Refusal? Refuses(string? text) =>
        !WrittenText.SaysSomething(text) ? new Refusal(Missing) : RefusesNote(text) ?? (text!.Trim().Length < Min ? new Refusal(TooShort) : null);

    /// <summary>The refusal of words that may be left out.</summary>
    public static Refusal? RefusesNote(string? text) =>
        string.IsNullOrWhiteSpace(text) ? null : text.Length > Max || !WrittenText.IsPlain(text, lines: true) ? new Refusal(Unfit) : null;

    /// <summary>Words that may be left out, as they are recorded.</summary>
    public static string? Kept(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
