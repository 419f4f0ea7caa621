using System.Globalization;
using System.Text;
using Probity.Stripping.Pictures;

namespace Probity.Stripping.Documents;

/// <summary>A PDF as its pages, one after another, with what is drawn on them and nothing else: no properties, forms, scripts, files, bookmarks, earlier versions.</summary>
internal sealed class PdfCopy
{
    enum Role { Shown, Resources, Layer, Glyph, Globals }

    readonly PdfFile file;
    readonly StripJob job;
    readonly List<PdfValue?> objects = [null];
    readonly Dictionary<(int, Role), PdfRef> copied = [];
    readonly HashSet<int> seen = [];
    readonly PdfContent content;

    PdfCopy(PdfFile file, StripJob job)
    {
        this.file = file;
        this.job = job;
        content = new(file, job);
    }

    public static void Make(ReadOnlyMemory<byte> bytes, StripJob job, CopyParts copy)
    {
        var file = new PdfFile(bytes, job);
        var pdf = new PdfCopy(file, job);
        if (file.Resolve(file.Trailer["Root"]) is not PdfDict root)
            throw CannotStripException.Malformed;
        pdf.Note(file.Trailer, "Info", "ID");
        pdf.Note(root, [.. root.Entries.Keys.Except(["Type", "Pages", "Version", "OCProperties"])]);
        if (file.Resolve(root["Names"]) is PdfDict names)
            pdf.Note(names, "EmbeddedFiles", "JavaScript");
        if (file.Sections > 2)
            job.Take(Taken.History);
        pdf.Document(root);
        pdf.Write(copy);
    }

    void Note(PdfDict dict, params string[] keys)
    {
        foreach (var key in keys.Where(dict.Entries.ContainsKey))
            job.Take(PdfKeys.NameOf(key));
    }

    void Document(PdfDict root)
    {
        var catalog = New(null);
        var pages = New(null);
        List<PdfValue?> kids = [];
        Pages(root["Pages"], [], pages, kids, 0);
        if (kids.Count == 0)
            throw CannotStripException.Malformed;
        objects[pages.Number] = Dict(("Type", new PdfName("Pages")), ("Kids", new PdfArray(kids)), ("Count", new PdfNumber(kids.Count.ToString(CultureInfo.InvariantCulture))));
        objects[catalog.Number] = Dict(("Type", new PdfName("Catalog")), ("Pages", pages), ("OCProperties", Layers(file.Resolve(root["OCProperties"]) as PdfDict)));
    }

    void Pages(PdfValue? node, Dictionary<string, PdfValue?> inherited, PdfRef parent, List<PdfValue?> pages, int depth)
    {
        job.RequireDepth(depth);
        if ((node is PdfRef { Number: var number } && !seen.Add(number)) || file.Resolve(node) is not PdfDict dict)
            throw CannotStripException.Malformed;
        inherited = new(inherited);
        foreach (var key in new[] { "Resources", "MediaBox", "CropBox", "Rotate" })
        {
            if (dict.Entries.TryGetValue(key, out var value))
                inherited[key] = value;
        }
        if (file.Resolve(dict["Kids"]) is PdfArray kids)
        {
            foreach (var kid in kids.Items)
                Pages(kid, inherited, parent, pages, depth + 1);
            return;
        }
        Note(dict, [.. dict.Entries.Keys.Except(["Type", "Parent", "Resources", "MediaBox", "CropBox", "Rotate", "UserUnit", "Contents", "Group", "Annots", "StructParents", "Tabs", "BleedBox", "TrimBox", "ArtBox", "Trans", "Dur", "PZ"])]);
        var page = New(null);
        pages.Add(page);
        objects[page.Number] = Dict(
            ("Type", new PdfName("Page")),
            ("Parent", parent),
            ("MediaBox", Copy(inherited.GetValueOrDefault("MediaBox"), Role.Shown, 0)),
            ("CropBox", Copy(inherited.GetValueOrDefault("CropBox"), Role.Shown, 0)),
            ("Rotate", Copy(inherited.GetValueOrDefault("Rotate"), Role.Shown, 0)),
            ("UserUnit", Copy(dict["UserUnit"], Role.Shown, 0)),
            ("Group", Copy(dict["Group"], Role.Shown, 0)),
            ("Resources", Copy(inherited.GetValueOrDefault("Resources"), Role.Resources, 0)),
            ("Contents", Contents(file.Resolve(dict["Contents"]))),
            ("Annots", Annotations(file.Resolve(dict["Annots"]) as PdfArray)));
    }

    PdfRef? Contents(PdfValue? contents)
    {
        var all = new MemoryStream();
        foreach (var part in contents is PdfArray array ? array.Items : [contents])
        {
            if (file.Resolve(part) is not PdfStream stream)
                continue;
            all.Write(PdfFilters.Unpack(stream.Packed, PdfFilters.Of(file, stream), file, job).Span);
            all.WriteByte((byte)'\n');
        }
        return all.Length == 0 ? null : New(Packed([], content.Make(all.ToArray())));
    }

    // What somebody put on a page stays as the picture of itself; who, when and what it does when clicked are not taken along.
    PdfArray? Annotations(PdfArray? annotations)
    {
        List<PdfValue?> kept = [];
        foreach (var item in annotations?.Items ?? [])
        {
            if (file.Resolve(item) is not PdfDict annotation)
                continue;
            var subtype = (file.Resolve(annotation["Subtype"]) as PdfName)?.Text;
            var hidden = file.Resolve(annotation["F"]) is PdfNumber flags && (flags.Whole & (2 | 32)) != 0;
            var look = file.Resolve(annotation["AP"]) is PdfDict looks ? looks["N"] : null;
            if (look is not null && file.Resolve(look) is PdfDict and not PdfStream and var states)
                look = file.Resolve(annotation["AS"]) is PdfName state ? states[state.Text] : null;
            var stays = !hidden && file.Resolve(look) is PdfStream
                && subtype is "FreeText" or "Highlight" or "Underline" or "Squiggly" or "StrikeOut" or "Square" or "Circle" or "Line" or "Ink" or "Polygon" or "PolyLine" or "Stamp" or "Widget";
            // A stamp of ours, without a word, has nothing that could be taken.
            if (!stays || subtype != "Stamp" || !annotation.Entries.Keys.All(k => k is "Type" or "Subtype" or "Rect" or "F" or "AP"))
                job.Take(subtype switch { "Widget" => Taken.Forms, "Link" => Taken.Links, "FileAttachment" => Taken.EmbeddedFiles, _ => Taken.Comments });
            if (stays)
                kept.Add(New(Dict(("Type", new PdfName("Annot")), ("Subtype", new PdfName("Stamp")), ("Rect", Copy(annotation["Rect"], Role.Shown, 0)), ("F", new PdfNumber("4")), ("AP", Dict(("N", Copy(look, Role.Shown, 0)))))));
        }
        return kept.Count == 0 ? null : new(kept);
    }

    // Which layers there are and which are hidden; their names and makers are not taken along.
    PdfDict? Layers(PdfDict? layers)
    {
        if (layers is null)
            return null;
        var shown = file.Resolve(layers["D"]) as PdfDict;
        return Dict(("OCGs", Copy(layers["OCGs"], Role.Layer, 0)), ("D", Dict(("BaseState", Copy(shown?["BaseState"], Role.Shown, 0)), ("ON", Copy(shown?["ON"], Role.Layer, 0)), ("OFF", Copy(shown?["OFF"], Role.Layer, 0)))));
    }

    PdfValue? Copy(PdfValue? value, Role role, int depth)
    {
        job.RequireDepth(depth);
        if (value is PdfRef reference)
        {
            if (copied.TryGetValue((reference.Number, role), out var known))
                return known;
            var place = New(null);
            copied[(reference.Number, role)] = place;
            var found = file.Resolve(reference);
            objects[place.Number] = found is PdfStream stream && role != Role.Layer ? Stream(stream, role, depth + 1) : Copy(found, role, depth + 1);
            return place;
        }
        return value switch
        {
            PdfArray array => Array(array, role, depth),
            PdfDict dict => Dictionary(dict, role, depth),
            _ => value,
        };
    }

    PdfValue? Array(PdfArray array, Role role, int depth)
    {
        // A colour profile names its maker; the plain colours of as many inks stand in its place.
        if (array.Items is [PdfName { Text: "ICCBased" }, var profile, ..] && file.Resolve(profile) is PdfStream { Entries: var entries })
        {
            job.Take(Taken.ColourProfile);
            return new PdfName(file.Resolve(entries.GetValueOrDefault("N")) switch { PdfNumber { Whole: 1 } => "DeviceGray", PdfNumber { Whole: 4 } => "DeviceCMYK", _ => "DeviceRGB" });
        }
        var items = array.Items is [PdfName { Text: "DeviceN" }, _, _, _, _] ? array.Items[..4] : array.Items;
        return new PdfArray(items.ConvertAll(i => Copy(i, role, depth + 1)));
    }

    PdfDict Dictionary(PdfDict dict, Role role, int depth)
    {
        Dictionary<string, PdfValue?> kept = [];
        if (role == Role.Layer && file.Resolve(dict["Type"]) is not PdfName { Text: "OCMD" })
            return Dict(("Type", new PdfName("OCG")), ("Name", new PdfString([])));
        foreach (var (key, value) in dict.Entries)
        {
            if (role == Role.Resources && PdfKeys.OfResources.Contains(key))
                kept[key] = Named(value, key == "Properties" ? Role.Layer : Role.Shown, depth + 1);
            else if (role != Role.Resources && key is "Resources")
                kept[key] = Copy(value, Role.Resources, depth + 1);
            else if (role != Role.Resources && key is "CharProcs")
                kept[key] = Named(value, Role.Glyph, depth + 1);
            else if (role != Role.Resources && key is "OC" or "OCGs" or "VE")
                kept[key] = Copy(value, Role.Layer, depth + 1);
            else if (role != Role.Resources && key is "JBIG2Globals")
                kept[key] = Copy(value, Role.Globals, depth + 1);
            else if (role != Role.Resources && PdfKeys.Shown.Contains(key))
                kept[key] = Copy(value, role == Role.Glyph ? Role.Shown : role, depth + 1);
            else if (key is not ("Length" or "ProcSet" or "Name" or "StructParent" or "StructParents"))
                job.Take(PdfKeys.NameOf(key));
        }
        return new(kept);
    }

    // A dictionary whose keys are the document's own names: content refers to them.
    PdfDict? Named(PdfValue? value, Role role, int depth) => file.Resolve(value) is PdfDict dict
        ? new PdfDict(dict.Entries.ToDictionary(e => e.Key, e => Copy(e.Value, role, depth + 1)))
        : null;

    PdfStream? Stream(PdfStream stream, Role role, int depth)
    {
        var subtype = (file.Resolve(stream["Subtype"]) as PdfName)?.Text;
        if (subtype == "PS")
            return null;
        var dict = Dictionary(stream, role, depth);
        var filters = PdfFilters.Of(file, stream);
        if (role == Role.Glyph || subtype == "Form" || stream.Entries.ContainsKey("PatternType"))
            return Packed(dict.Entries, content.Make(PdfFilters.Unpack(stream.Packed, filters, file, job)));
        if (role == Role.Globals)
            return Packed(dict.Entries, Jbig2Copy.Make(PdfFilters.Unpack(stream.Packed, filters, file, job), job));
        if (filters is [.., (var last and ("DCTDecode" or "JPXDecode" or "JBIG2Decode"), var parameters)])
        {
            var picture = PdfFilters.Unpack(stream.Packed, filters.SkipLast(1), file, job);
            picture = last switch
            {
                "DCTDecode" => JpegCopy.MakePlain(picture, job),
                "JPXDecode" => Jpeg2000Copy.Make(picture, job),
                _ => Jbig2Copy.Make(picture, job),
            };
            dict.Entries["Filter"] = new PdfName(last);
            dict.Entries["DecodeParms"] = Copy(parameters, Role.Shown, depth + 1);
            return new PdfStream(dict.Entries, picture);
        }
        return new PdfStream(dict.Entries, stream.Packed);
    }

    PdfRef New(PdfValue? value)
    {
        job.CountPart();
        objects.Add(value);
        return new(objects.Count - 1);
    }

    static PdfDict Dict(params (string Key, PdfValue? Value)[] entries) => new(entries.Where(e => e.Value is not null).ToDictionary(e => e.Key, e => e.Value));

    static PdfStream Packed(Dictionary<string, PdfValue?> entries, byte[] content)
    {
        entries.Remove("DecodeParms");
        entries["Filter"] = new PdfName("FlateDecode");
        return new(entries, PdfFilters.Deflate(content));
    }

    void Write(CopyParts copy)
    {
        copy.Add([.. "%PDF-1.7\n%"u8, 0xE2, 0xE3, 0xCF, 0xD3, (byte)'\n']);
        var places = new StringBuilder("xref\n").Append(CultureInfo.InvariantCulture, $"0 {objects.Count}\n0000000000 65535 f \n");
        for (var number = 1; number < objects.Count; number++)
        {
            places.Append(CultureInfo.InvariantCulture, $"{copy.Length:0000000000} 00000 n \n");
            var value = objects[number];
            if (value is PdfStream stream)
                stream.Entries["Length"] = new PdfNumber(stream.Packed.Length.ToString(CultureInfo.InvariantCulture));
            var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"{number} 0 obj\n");
            PdfWriting.Write(text, value);
            if (value is PdfStream { Packed: var packed })
            {
                copy.Add(Encoding.Latin1.GetBytes(text.Append("\nstream\n").ToString()));
                copy.Add(packed);
                text.Clear().Append("\nendstream");
            }
            copy.Add(Encoding.Latin1.GetBytes(text.Append("\nendobj\n").ToString()));
        }
        var at = copy.Length;
        copy.Add(Encoding.ASCII.GetBytes(places.Append(CultureInfo.InvariantCulture, $"trailer\n<</Size {objects.Count}\n/Root 1 0 R>>\nstartxref\n{at}\n%%EOF\n").ToString()));
    }
}
