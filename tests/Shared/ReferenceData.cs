namespace Probity.Testing;

/// <summary>
/// Real logs and published vectors that stand beside the project and are never committed into it.
/// Found through PROBITY_REFERENCE, or as a folder named "shared" beside any folder above the tests.
/// </summary>
internal static class ReferenceData
{
    /// <summary>The full path of a reference file or folder; skips the running test where it is absent.</summary>
    public static string Path(string relative)
    {
        foreach (var root in Roots())
        {
            var path = System.IO.Path.Combine(root, relative);
            if (File.Exists(path) || Directory.Exists(path)) return path;
        }

        Assert.Skip($"Reference data '{relative}' is not on this machine (set PROBITY_REFERENCE to its folder).");
        return "";
    }

    static IEnumerable<string> Roots()
    {
        if (Environment.GetEnvironmentVariable("PROBITY_REFERENCE") is { Length: > 0 } given) yield return given;
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            yield return System.IO.Path.Combine(folder.FullName, "shared");
    }
}
