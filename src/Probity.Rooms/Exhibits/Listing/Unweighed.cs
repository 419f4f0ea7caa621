using Probity.Exhibits.Contract;

namespace Probity.Exhibits.Listing;

/// <summary>
/// Drugs and precursors that are there still and were never weighed, or not in all packages: until then nobody can tell that some of it is gone. docs/exhibits.md says
/// the bound with its reason.
/// </summary>
internal static class Unweighed
{
    /// <summary>How long after the seizure it is weighed, in whose hands or whichever store it is.</summary>
    public static readonly TimeSpan Within = TimeSpan.FromHours(72);

    /// <summary>What of these was never weighed.</summary>
    public static IQueryable<ExhibitRow> Of(IQueryable<ExhibitRow> exhibits) => exhibits.Where(e => e.UnweighedSince != null && e.End == null && e.GivenBack == null);

    /// <summary>Since when a new exhibit has to be weighed; null where it has not. What a register states is held against the first weighing.</summary>
    public static DateTimeOffset? Since(ExhibitKind kind, Grams? stated, DateTimeOffset since) => kind is ExhibitKind.Drug or ExhibitKind.Precursor && stated is null ? since : null;

    /// <summary>Whether it is told as such: its own page tells its holder before that.</summary>
    public static bool IsLate(Exhibit exhibit, DateTimeOffset now) =>
        exhibit.Readings.IsEmpty && Since(exhibit.Kind, exhibit.FromRegister?.Stated.Mass, exhibit.SeizedAt) is { } since && since < now - Within;
}
