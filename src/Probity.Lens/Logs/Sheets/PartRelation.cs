using System.Text;

namespace Probity.Lens.Logs.Sheets;

/// <summary>What a part leads to, by id (ECMA-376 part 2, 9.3).</summary>
/// <param name="Type">The last word of its type: the words before it differ between the transitional and the strict form.</param>
/// <param name="Target">The part.</param>
internal readonly record struct PartRelation(string Type, string Target)
{
    /// <summary>The relations of a part; of the whole package where its name is empty.</summary>
    /// <exception cref="BadInputException">They are not what relations look like.</exception>
    public static Dictionary<string, PartRelation> Of(PackageParts parts, string part, CancellationToken cancel)
    {
        var slash = part.LastIndexOf('/') + 1;
        var found = new Dictionary<string, PartRelation>(StringComparer.Ordinal);
        using var xml = parts.Open($"{part[..slash]}_rels/{part[slash..]}.rels", null, cancel);
        var scanner = xml.Scanner;
        while (scanner.Read())
        {
            if (!scanner.IsStart || !scanner.LocalName.SequenceEqual("Relationship"u8)) continue;
            // What lies outside is never fetched.
            if (scanner.TryAttribute("TargetMode"u8, out var mode) && mode.SequenceEqual("External"u8)) continue;
            var id = Text(scanner, "Id"u8);
            var type = Text(scanner, "Type"u8);
            if (!found.TryAdd(id, new PartRelation(type[(type.LastIndexOf('/') + 1)..], Resolve(part[..slash], Text(scanner, "Target"u8)))))
                throw scanner.Fault($"a second relationship '{LogText.Show(id)}'");
            if (found.Count > SheetLimits.Relations) throw scanner.Fault($"more than {SheetLimits.Relations:N0} relationships");
        }

        return found;
    }

    static string Text(XmlScanner scanner, ReadOnlySpan<byte> name) => scanner.TryAttribute(name, out var value)
        ? Encoding.UTF8.GetString(value)
        : throw scanner.Fault($"a relationship without {Encoding.UTF8.GetString(name)}");

    /// <summary>The part that a target means: from the package's root where it begins with a slash, else from the folder of its source.</summary>
    static string Resolve(string folder, string target)
    {
        var path = new List<string>();
        foreach (var segment in (target.StartsWith('/') ? target : folder + target).Split('/'))
        {
            if (segment is "" or ".") continue;
            if (segment != "..") path.Add(segment);
            else if (path.Count > 0) path.RemoveAt(path.Count - 1); // Above the root there is only the root (RFC 3986, 5.2.4).
        }

        return Uri.UnescapeDataString(string.Join('/', path));
    }
}
