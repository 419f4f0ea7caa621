using System.IO.Compression;
using System.Text;

namespace Probity.Intake.Tests.Stripping;

/// <summary>What is planted in samples and must be in no copy, written in any way that files know.</summary>
static class Canaries
{
    /// <summary>Each planted text begins so, and goes on with where it was planted.</summary>
    public const string Mark = "QUETZAL-";

    /// <summary>Text that is content: it must be in the copy.</summary>
    public const string Shown = "the container was opened twice";

    public static string At(string place) => Mark + place;

    /// <summary>Everywhere that a canary stands, seen through zlib streams and zip entries to the third depth.</summary>
    public static List<string> In(byte[] file, int depth = 0)
    {
        List<string> found = [];
        foreach (var coding in new[] { Encoding.UTF8, Encoding.Unicode, Encoding.BigEndianUnicode })
        {
            var mark = coding.GetBytes(Mark);
            for (var at = 0; file.AsSpan(at).IndexOf(mark) is var next and >= 0; at += next + 1)
                found.Add($"{coding.WebName} at {at + next}: {coding.GetString(file, at + next, Math.Min(60, (file.Length - at - next) & ~1))}");
        }
        if (depth == 3)
            return found;
        for (var at = 0; at + 2 < file.Length; at++)
        {
            if (file[at] == 0x78 && file[at + 1] is 0x01 or 0x5E or 0x9C or 0xDA && (file[at] << 8 | file[at + 1]) % 31 == 0)
                found.AddRange(In(Inflated(file, at), depth + 1));
        }
        if (file.AsSpan().StartsWith("PK"u8))
        {
            using var zip = new ZipArchive(new MemoryStream(file));
            foreach (var entry in zip.Entries)
            {
                using var content = entry.Open();
                var unpacked = new MemoryStream();
                content.CopyTo(unpacked);
                found.AddRange(In(Encoding.UTF8.GetBytes(entry.FullName + entry.Comment), 3));
                found.AddRange(In(unpacked.ToArray(), depth + 1).Select(f => $"{entry.FullName}: {f}"));
            }
        }
        return found;
    }

    static byte[] Inflated(byte[] file, int at)
    {
        var unpacked = new MemoryStream();
        try
        {
            using var zlib = new ZLibStream(new MemoryStream(file, at, file.Length - at), CompressionMode.Decompress);
            zlib.CopyTo(unpacked);
        }
        catch (InvalidDataException)
        {
            // Two bytes that look like a stream's beginning, or one without its end.
        }
        return unpacked.ToArray();
    }
}
