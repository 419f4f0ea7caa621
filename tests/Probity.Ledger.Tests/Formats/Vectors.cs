using System.Text.Json;

namespace Probity.Ledger.Tests.Formats;

/// <summary>The published vectors beside the project.</summary>
static class Vectors
{
    public static string Path(string name) => ReferenceData.Path($"ledger/vectors/{name}");

    public static string Text(string name) => File.ReadAllText(Path(name));

    public static byte[] Bytes(string name) => File.ReadAllBytes(Path(name));

    public static JsonElement Json(string name) => JsonDocument.Parse(Bytes(name)).RootElement;

    /// <summary>Every file below a folder, as (path relative to it, full path); a folder without any would test nothing.</summary>
    public static IReadOnlyList<(string Name, string Path)> Files(string folder, string pattern = "*")
    {
        var root = Path(folder);
        var files = Directory.EnumerateFiles(root, pattern, SearchOption.AllDirectories)
            .Select(path => (System.IO.Path.GetRelativePath(root, path), path)).Order().ToArray();
        Assert.NotEmpty(files);
        return files;
    }

    public static string String(this JsonElement element, string property) => element.GetProperty(property).GetString()!;

    public static string? OptionalString(this JsonElement element, string property) =>
        element.TryGetProperty(property, out var value) ? value.GetString() : null;
}
