using System.Text;
using System.Xml;

namespace Probity.Stripping.Offices;

/// <summary>
/// An Office Open XML document as its main part and what listed relationships lead to from there (ISO/IEC 29500-2). Parts and relationships get new names,
/// pictures and files in it are cleaned as such, markup goes through <see cref="OoxmlMarkup"/>.
/// </summary>
internal sealed class OoxmlCopy
{
    const string Relationships = "http://schemas.openxmlformats.org/package/2006/relationships";
    const string ContentTypes = "http://schemas.openxmlformats.org/package/2006/content-types";

    // One point that lets through what lies behind it.
    static readonly byte[] EmptyPicture = Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGNgYGBgAAAABQABpfZFQAAAAABJRU5ErkJggg==");

    readonly PackageEntries entries;
    readonly StripJob job;
    readonly string kind;
    readonly Dictionary<string, string> names = new(StringComparer.OrdinalIgnoreCase);
    readonly Dictionary<string, int> counts = [];
    readonly Queue<(string Old, string New, string Name)> waiting = [];
    readonly List<(string Name, string ContentType, byte[] Content)> parts = [];

    OoxmlCopy(PackageEntries entries, StripJob job, string kind)
    {
        this.entries = entries;
        this.job = job;
        this.kind = kind;
    }

    public static (string Kind, IEnumerable<(string Name, byte[] Content)> Parts) Make(PackageEntries entries, StripJob job)
    {
        List<Relationship> roots = [.. Read(entries, "_rels/.rels", "")];
        var main = roots.Find(r => !r.External && OoxmlParts.Find(r.Type) is { Name: "officeDocument" }) ?? throw new CannotStripException(StripRefusals.UnknownKind);
        foreach (var other in roots.Where(r => r != main))
            job.Take(OoxmlParts.NameOf(other.Type, other.External));
        var kind = RootOf(entries.Read(main.Target)) switch
        {
            "document" => FileKinds.Docx,
            "workbook" => FileKinds.Xlsx,
            "presentation" => FileKinds.Pptx,
            _ => throw new CannotStripException(StripRefusals.UnknownKind),
        };
        var copy = new OoxmlCopy(entries, job, kind);
        return (kind, copy.Walk(main));
    }

    IEnumerable<(string Name, byte[] Content)> Walk(Relationship main)
    {
        var first = kind switch { FileKinds.Docx => "word/document.xml", FileKinds.Xlsx => "xl/workbook.xml", _ => "ppt/presentation.xml" };
        names[main.Target] = first;
        waiting.Enqueue((main.Target, first, "officeDocument"));
        while (waiting.TryDequeue(out var part))
        {
            job.CountPart();
            List<(string Id, string Type, string Target)> kept = [];
            Dictionary<string, string> ids = [];
            var relations = RelationsOf(part.Old);
            foreach (var relation in entries.Names.Contains(relations) ? Read(entries, relations, part.Old) : [])
            {
                if (Follow(relation) is { } target && ids.TryAdd(relation.Id, $"rId{kept.Count + 1}"))
                    kept.Add((ids[relation.Id], relation.Type, target));
                else
                    job.Take(OoxmlParts.NameOf(relation.Type, relation.External));
            }
            parts.Add((part.New, OoxmlParts.ContentType(kind, part.Name), new OoxmlMarkup(job, ids).Make(entries.Read(part.Old))));
            if (kept.Count > 0)
                parts.Add((RelationsOf(part.New), "", Written(kept)));
        }
        return [("[Content_Types].xml", Types()), ("_rels/.rels", Written([("rId1", main.Type, "/" + first)])), .. parts.Select(p => (p.Name, p.Content))];
    }

    /// <summary>The new place of what a relationship leads to, or null where it is not followed.</summary>
    string? Follow(Relationship relation)
    {
        if (relation.External || OoxmlParts.Find(relation.Type) is not { } listed || !entries.Names.Contains(relation.Target))
            return null;
        if (names.TryGetValue(relation.Target, out var known))
            return "/" + known;
        if (listed.Use == OoxmlUse.Markup)
        {
            var name = Named(listed.Name, listed.Name == "vmlDrawing" ? "vml" : "xml");
            names[relation.Target] = name;
            waiting.Enqueue((relation.Target, name, listed.Name));
            return "/" + name;
        }
        var content = entries.Read(relation.Target);
        var cleaned = listed.Use switch
        {
            OoxmlUse.Picture => job.Nested(content, k => k is FileKinds.Jpeg or FileKinds.Png or FileKinds.Gif),
            OoxmlUse.Recording => job.Nested(content, k => k is FileKinds.Mp4 or FileKinds.Mp3 or FileKinds.Wav),
            _ => job.Nested(content, k => k is KindOf.Package),
        };
        if (cleaned is null && listed.Use == OoxmlUse.Picture)
        {
            job.Take(Taken.Pictures);
            cleaned = (EmptyPicture, FileKinds.Png);
        }
        if (cleaned is not { } clean)
        {
            job.Take(Taken.EmbeddedFiles);
            return null;
        }
        var place = Named(listed.Name, clean.Kind);
        names[relation.Target] = place;
        parts.Add((place, MediaType(clean.Kind), clean.Copy));
        return "/" + place;
    }

    string Named(string stem, string extension)
    {
        counts[stem] = counts.GetValueOrDefault(stem) + 1;
        return $"{(kind switch { FileKinds.Docx => "word", FileKinds.Xlsx => "xl", _ => "ppt" })}/{stem}{counts[stem]}.{extension}";
    }

    static string MediaType(string kind) => kind switch
    {
        FileKinds.Mp4 => "video/mp4",
        FileKinds.Mp3 => "audio/mpeg",
        FileKinds.Wav => "audio/wav",
        FileKinds.Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        FileKinds.Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        FileKinds.Pptx => "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        FileKinds.Odt => "application/vnd.oasis.opendocument.text",
        FileKinds.Ods => "application/vnd.oasis.opendocument.spreadsheet",
        _ => "image/" + kind,
    };

    static string RelationsOf(string part) => part.LastIndexOf('/') is var slash ? $"{part[..(slash + 1)]}_rels/{part[(slash + 1)..]}.rels" : part;

    static string RootOf(byte[] markup)
    {
        using var reader = XmlReader.Create(new MemoryStream(markup), new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
        reader.MoveToContent();
        return reader.LocalName;
    }

    sealed record Relationship(string Id, string Type, string Target, bool External);

    static IEnumerable<Relationship> Read(PackageEntries entries, string name, string of)
    {
        using var reader = XmlReader.Create(new MemoryStream(entries.Read(name)), new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
        while (reader.Read())
        {
            if (reader is { NodeType: XmlNodeType.Element, LocalName: "Relationship", Depth: 1 })
            {
                var external = reader.GetAttribute("TargetMode") == "External";
                var target = reader.GetAttribute("Target") ?? "";
                yield return new(reader.GetAttribute("Id") ?? "", reader.GetAttribute("Type") ?? "", external ? "" : Resolve(of, target), external);
            }
        }
    }

    /// <summary>A target as the name of a part: "../media/a.png" from "word/document.xml" is "media/a.png".</summary>
    static string Resolve(string of, string target)
    {
        if (target.StartsWith('/'))
            return target[1..];
        List<string> path = [.. of.Split('/')[..^1]];
        foreach (var step in target.Split('/'))
        {
            if (step == "..")
                path.RemoveRange(Math.Max(0, path.Count - 1), Math.Min(1, path.Count));
            else if (step != ".")
                path.Add(step);
        }
        return string.Join('/', path);
    }

    byte[] Types() => Xml(writer =>
    {
        writer.WriteStartElement("Types", ContentTypes);
        foreach (var (extension, type) in new[] { ("rels", "application/vnd.openxmlformats-package.relationships+xml"), ("xml", "application/xml") })
        {
            writer.WriteStartElement("Default", ContentTypes);
            writer.WriteAttributeString("Extension", extension);
            writer.WriteAttributeString("ContentType", type);
            writer.WriteEndElement();
        }
        foreach (var part in parts.Where(p => p.ContentType.Length > 0))
        {
            writer.WriteStartElement("Override", ContentTypes);
            writer.WriteAttributeString("PartName", "/" + part.Name);
            writer.WriteAttributeString("ContentType", part.ContentType);
            writer.WriteEndElement();
        }
    });

    static byte[] Written(IEnumerable<(string Id, string Type, string Target)> relations) => Xml(writer =>
    {
        writer.WriteStartElement("Relationships", Relationships);
        foreach (var (id, type, target) in relations)
        {
            writer.WriteStartElement("Relationship", Relationships);
            writer.WriteAttributeString("Id", id);
            writer.WriteAttributeString("Type", type);
            writer.WriteAttributeString("Target", target);
            writer.WriteEndElement();
        }
    });

    static byte[] Xml(Action<XmlWriter> write)
    {
        var to = new MemoryStream();
        using (var writer = XmlWriter.Create(to, new() { Encoding = new UTF8Encoding(false) }))
            write(writer);
        return to.ToArray();
    }
}
