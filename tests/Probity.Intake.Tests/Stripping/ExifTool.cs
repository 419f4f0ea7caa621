using System.Diagnostics;
using System.Text.Json;

namespace Probity.Intake.Tests.Stripping;

/// <summary>What Phil Harvey's exiftool, an outsider, finds in a file.</summary>
static class ExifTool
{
    const string Program = "/usr/bin/exiftool";

    /// <summary>All tags, "Group:Name" to value, those of embedded files and tracks included.</summary>
    public static Dictionary<string, string> Tags(byte[] file)
    {
        Assert.SkipUnless(File.Exists(Program), "exiftool (Debian's libimage-exiftool-perl) is not installed.");
        var folder = Directory.CreateTempSubdirectory("probity-exiftool-");
        try
        {
            // No extension: it too must go by content.
            var path = Path.Combine(folder.FullName, "copy");
            File.WriteAllBytes(path, file);
            using var run = Process.Start(new ProcessStartInfo(Program, ["-a", "-u", "-ee", "-G1", "-json", path]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            var errors = run.StandardError.ReadToEndAsync();
            using var json = JsonDocument.Parse(run.StandardOutput.ReadToEnd());
            run.WaitForExit();
            _ = errors.Result;
            return json.RootElement[0].EnumerateObject().GroupBy(p => p.Name).ToDictionary(g => g.Key, g => string.Join(" | ", g.Select(p => p.Value.ToString())));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Tags beyond those of the file on this disk, of exiftool itself, and of the allowed.</summary>
    public static IEnumerable<string> Beyond(byte[] copy, params string[] allowed) =>
        from tag in Tags(copy)
        where tag.Key != "SourceFile" && !tag.Key.StartsWith("System:", StringComparison.Ordinal) && !tag.Key.StartsWith("ExifTool:ExifToolVersion", StringComparison.Ordinal) && !allowed.Any(a => a.EndsWith('*') ? tag.Key.StartsWith(a[..^1], StringComparison.Ordinal) : tag.Key == a)
        select $"{tag.Key} = {tag.Value}";
}
