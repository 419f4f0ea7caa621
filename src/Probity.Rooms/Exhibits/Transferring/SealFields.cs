using System.Globalization;
using Microsoft.AspNetCore.Http;
using Probity.Exhibits.Contract;

namespace Probity.Exhibits.Transferring;

/// <summary>
/// The seals as a form gives them: each package is ticked off as seen with the seal that it should have, or written down as it reads. What is neither was
/// not looked at, and shows.
/// </summary>
internal static class SealFields
{
    /// <summary>The seals that were read.</summary>
    public static IReadOnlyList<SealedPackage> Read(IFormCollection typed, IEnumerable<(int Number, string Seal)> expected) =>
        [.. expected.Select(p => new SealedPackage(p.Number, Of(typed, p.Number, p.Seal))).Where(p => p.Seal.Length > 0)];

    /// <summary>The seals of somebody who is not told what they should be: one in a line, in the order of the packages.</summary>
    public static IReadOnlyList<SealedPackage> Read(string lines) =>
        [.. lines.Split('\n', StringSplitOptions.TrimEntries).Select((seal, i) => new SealedPackage(i + 1, seal)).Where(p => p.Seal.Length > 0)];

    /// <summary>The field that says that a seal was not looked at, or could not be read.</summary>
    public const string UnreadField = "unread";

    /// <summary>The code of seals of which nothing is said.</summary>
    public const string Unread = "exhibits.seals-unread";

    /// <summary>Whether fewer seals were read than there are, and the form does not say that they were not looked at: it is asked back before that is a matter.</summary>
    public static bool AreLeftOut(IFormCollection typed, IReadOnlyList<SealedPackage> read, int expected) => read.Count < expected && typed[UnreadField] != "yes";

    public static string SeenField(int number) => string.Create(CultureInfo.InvariantCulture, $"seen-{number}");

    public static string OtherField(int number) => string.Create(CultureInfo.InvariantCulture, $"other-{number}");

    static string Of(IFormCollection typed, int number, string expected) =>
        typed[OtherField(number)].ToString().Trim() is { Length: > 0 } other ? other : typed[SeenField(number)] == "yes" ? expected : "";
}
