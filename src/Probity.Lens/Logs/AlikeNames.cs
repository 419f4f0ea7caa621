namespace Probity.Lens.Logs;

/// <summary>
/// Finds people whose names differ only in capitals, accents, signs or spaces: mostly one person, typed in two ways. They are never
/// taken for one by themselves, as that would be a guess about people; but who reads the findings has to know.
/// </summary>
public static class AlikeNames
{
    /// <summary>The resources of a log that are alike, in groups of two or more, in the order of the log.</summary>
    public static IReadOnlyList<IReadOnlyList<string>> Of(EventLog log) =>
        [.. log.Resources.GroupBy(ColumnWords.Plain, StringComparer.Ordinal).Where(g => g.Key.Length > 0 && g.Skip(1).Any()).Select(g => (IReadOnlyList<string>)[.. g])];
}
