namespace Probity.Exhibits.Contract;

/// <summary>What the laboratory found, reviewed.</summary>
/// <param name="Package">In which package of what was seized; null for all of it.</param>
/// <param name="Substance">What; null where it was nothing controlled.</param>
/// <param name="At">When it was reviewed.</param>
internal sealed record LaboratoryResult(int? Package, string? Substance, DateTimeOffset At)
{
    /// <summary>The newest of each package; what says something of all of it takes the place of what came before.</summary>
    public static IReadOnlyList<LaboratoryResult> Newest(IEnumerable<LaboratoryResult> results)
    {
        var newest = new List<LaboratoryResult>();
        foreach (var result in results.OrderBy(r => r.At))
        {
            newest.RemoveAll(r => result.Package is null || r.Package == result.Package);
            newest.Add(result);
        }

        return newest;
    }

    /// <summary>Whether nothing controlled was found in any of it: one package that nobody analysed could hold something.</summary>
    public static bool IsNegative(IReadOnlyList<LaboratoryResult> results, IReadOnlyCollection<int> packages) =>
        results.Count > 0 && results.All(r => r.Substance is null)
        && (results.Any(r => r.Package is null) || (packages.Count > 0 && packages.All(p => results.Any(r => r.Package == p))));
}
