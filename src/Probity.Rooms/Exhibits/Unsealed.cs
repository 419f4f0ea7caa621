using System.Globalization;
using Probity.Shared;

namespace Probity.Exhibits;

/// <summary>
/// Packages without a seal: where a register names none, a word stands in its place, in the language in which the register was presented; and where what had no package
/// gets one with its first seal.
/// </summary>
internal static class Unsealed
{
    static readonly HashSet<string> Words =
        [.. Languages.All.Select(l => ExhibitTexts.SealAsRead(ExhibitsText.Said("takeover.no-seal", CultureInfo.GetCultureInfo(l.Code))))];

    /// <summary>What stands for the seal that there was not before the first one.</summary>
    public static string Before { get; } = ExhibitsText.Said("takeover.no-seal", CultureInfo.GetCultureInfo("en"));

    /// <summary>Whether what stands for a seal says that there is none.</summary>
    public static bool Is(string seal) => Words.Contains(ExhibitTexts.SealAsRead(seal));

    /// <summary>The packages that have no seal now.</summary>
    public static IReadOnlyList<int> Of(Exhibit exhibit, DateTimeOffset now) => [.. exhibit.SealsAt(now).Where(p => Is(p.Seal)).Select(p => p.Number)];
}
