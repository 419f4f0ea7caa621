namespace Probity.Shared.Confirming;

/// <summary>A last line of <c>probity verify</c>, and the key of what it means.</summary>
internal sealed record GuideAnswer(string Line, string Key);

/// <summary>What the program says, in its own words: people look for exactly these.</summary>
internal static class GuideAnswers
{
    public static readonly IReadOnlyList<GuideAnswer> All =
    [
        new("PROVED … and the witnesses have confirmed it", "Confirmed"), new("PROVED … by the word of the log's key", "Key"),
        new("SOMETHING IS WRONG", "Wrong"), new("NOTHING IS PROVED YET", "Nothing"), new("probity: … is no receipt that can be read", "Unread"),
    ];
}
