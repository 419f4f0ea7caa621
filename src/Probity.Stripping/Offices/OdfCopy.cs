using System.Text;
using System.Xml;

namespace Probity.Stripping.Offices;

/// <summary>An OpenDocument text or workbook: content, styles, pictures that can be cleaned, and charts (OASIS OpenDocument 1.3, part 2).</summary>
internal static class OdfCopy
{
    const string Manifest = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0";

    static readonly HashSet<string> Markup = ["content.xml", "styles.xml"];

    public static (string Kind, IEnumerable<(string Name, byte[] Content)> Parts) Make(PackageEntries entries, StripJob job)
    {
        var type = Encoding.ASCII.GetString(entries.Read("mimetype"));
        var kind = type switch
        {
            "application/vnd.oasis.opendocument.text" => FileKinds.Odt,
            "application/vnd.oasis.opendocument.spreadsheet" => FileKinds.Ods,
            _ => throw new CannotStripException(StripRefusals.UnknownKind),
        };
        if (Encoding.UTF8.GetString(entries.Read("META-INF/manifest.xml")).Contains("encryption-data", StringComparison.Ordinal))
            throw new CannotStripException(StripRefusals.Encrypted);
        Dictionary<string, string> pictures = [];
        List<(string Name, string Type, byte[] Content)> parts = [];
        foreach (var name in entries.Names.Order(StringComparer.Ordinal))
        {
            job.CountPart();
            if (!name.StartsWith("Pictures/", StringComparison.Ordinal))
                continue;
            var picture = job.Nested(entries.Read(name), k => k is FileKinds.Jpeg or FileKinds.Png or FileKinds.Gif);
            if (picture is not { } clean)
            {
                job.Take(Taken.Pictures);
                continue;
            }
            pictures[name] = $"Pictures/{pictures.Count + 1:0000}.{clean.Kind}";
            parts.Add((pictures[name], "image/" + clean.Kind, clean.Copy));
        }
        foreach (var name in entries.Names.Order(StringComparer.Ordinal))
        {
            if (IsMarkup(name))
                parts.Add((name, "text/xml", new OdfMarkup(job, pictures, Objects(entries)).Make(entries.Read(name))));
            else if (NameOf(name) is { } what)
                job.Take(what);
        }
        if (!parts.Exists(p => p.Name == "content.xml"))
            throw CannotStripException.Malformed;
        return (kind, [("mimetype", Encoding.ASCII.GetBytes(type)), .. parts.Select(p => (p.Name, p.Content)), ("META-INF/manifest.xml", Listed(type, parts))]);
    }

    // Beside the document's own, those of charts in it: "Object 1/content.xml".
    static bool IsMarkup(string name) => Markup.Contains(name)
        || (name.Split('/') is [var folder, var file] && folder.StartsWith("Object ", StringComparison.Ordinal) && int.TryParse(folder.AsSpan(7), out _) && Markup.Contains(file));

    static HashSet<string> Objects(PackageEntries entries) => [.. entries.Names.Where(n => n.Contains('/') && IsMarkup(n)).Select(n => n.Split('/')[0])];

    static string? NameOf(string name) => name switch
    {
        "mimetype" or "META-INF/manifest.xml" => null,
        _ when name.StartsWith("Pictures/", StringComparison.Ordinal) => null,
        _ when name.EndsWith("meta.xml", StringComparison.Ordinal) => Taken.Properties,
        _ when name.StartsWith("Thumbnails/", StringComparison.Ordinal) => Taken.Thumbnail,
        _ when name.StartsWith("Basic/", StringComparison.Ordinal) || name.StartsWith("Scripts/", StringComparison.Ordinal) => Taken.Macros,
        _ when name.StartsWith("Versions/", StringComparison.Ordinal) || name == "VersionList.xml" => Taken.History,
        _ => Taken.Other,
    };

    static byte[] Listed(string type, List<(string Name, string Type, byte[] Content)> parts)
    {
        var to = new MemoryStream();
        using (var writer = XmlWriter.Create(to, new() { Encoding = new UTF8Encoding(false) }))
        {
            writer.WriteStartElement("manifest", "manifest", Manifest);
            writer.WriteAttributeString("version", Manifest, "1.3");
            var charts = parts.Where(p => p.Name.EndsWith("/content.xml", StringComparison.Ordinal)).Select(p => (p.Name[..^11], "application/vnd.oasis.opendocument.chart"));
            foreach (var (name, media) in parts.Select(p => (p.Name, p.Type)).Concat(charts).Prepend(("/", type)))
            {
                writer.WriteStartElement("file-entry", Manifest);
                writer.WriteAttributeString("full-path", Manifest, name);
                writer.WriteAttributeString("media-type", Manifest, media);
                writer.WriteEndElement();
            }
        }
        return to.ToArray();
    }
}
