namespace Probity.Stripping.Offices;

/// <summary>What a part of an Office Open XML package is for (ISO/IEC 29500-1, by the type of the relationship that leads to it).</summary>
internal enum OoxmlUse
{
    Markup,
    Picture,
    Recording,
    Package,
}

/// <summary>The list of relationships that are followed. What no listed one leads to is not copied.</summary>
internal static class OoxmlParts
{
    static readonly string[] Families =
    [
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships/",
        "http://purl.oclc.org/ooxml/officeDocument/relationships/",
        "http://schemas.microsoft.com/office/2007/relationships/",
    ];

    static readonly HashSet<string> Markup =
    [
        "officeDocument", "styles", "numbering", "settings", "fontTable", "theme", "themeOverride", "header", "footer", "footnotes", "endnotes", "comments",
        "chart", "chartUserShapes", "diagramData", "diagramLayout", "diagramQuickStyle", "diagramColors", "drawing", "vmlDrawing",
        "worksheet", "chartsheet", "sharedStrings", "table", "sheetMetadata", "pivotTable", "pivotCacheDefinition", "pivotCacheRecords",
        "slide", "slideMaster", "slideLayout", "notesSlide", "notesMaster", "handoutMaster", "tableStyles", "commentAuthors",
    ];

    /// <summary>The short name of a listed relationship and what it leads to; null for any other.</summary>
    public static (string Name, OoxmlUse Use)? Find(string type)
    {
        if (Array.Find(Families, f => type.StartsWith(f, StringComparison.Ordinal)) is not { } family)
            return null;
        var name = type[family.Length..];
        return name switch
        {
            "image" => (name, OoxmlUse.Picture),
            "audio" or "video" or "media" => (name, OoxmlUse.Recording),
            "package" => (name, OoxmlUse.Package),
            _ when Markup.Contains(name) => (name, OoxmlUse.Markup),
            _ => null,
        };
    }

    /// <summary>What was taken with a relationship that is not followed.</summary>
    public static string NameOf(string type, bool external) => type[(type.LastIndexOf('/') + 1)..] switch
    {
        "core-properties" or "extended-properties" or "custom-properties" or "customXml" or "customXmlProps" or "tags" or "customXmlData" => Taken.Properties,
        "thumbnail" => Taken.Thumbnail,
        "vbaProject" or "wordVbaData" or "attachedToolbars" or "xlMacrosheet" or "xlIntlMacrosheet" or "control" or "ctrlProp" or "activeXControlBinary" => Taken.Macros,
        "printerSettings" => Taken.Printer,
        "person" or "people" or "authors" => Taken.Authors,
        "threadedComment" or "commentsExtended" or "commentsIds" or "commentsExtensible" => Taken.Comments,
        "revisionHeaders" or "revisionLog" or "usernames" => Taken.History,
        "oleObject" or "aFChunk" or "font" => Taken.EmbeddedFiles,
        _ when external => Taken.Links,
        _ => Taken.Other,
    };

    /// <summary>The content type of a listed part of markup, by what leads to it.</summary>
    public static string ContentType(string kind, string name)
    {
        const string office = "application/vnd.openxmlformats-officedocument.";
        var words = kind switch { FileKinds.Docx => "wordprocessingml", FileKinds.Xlsx => "spreadsheetml", _ => "presentationml" };
        return name switch
        {
            "officeDocument" => office + words + (kind switch { FileKinds.Docx => ".document.main+xml", FileKinds.Xlsx => ".sheet.main+xml", _ => ".presentation.main+xml" }),
            "theme" => office + "theme+xml",
            "themeOverride" => office + "themeOverride+xml",
            "chart" => office + "drawingml.chart+xml",
            "chartUserShapes" => office + "drawingml.chartshapes+xml",
            "diagramData" or "diagramLayout" or "diagramColors" => office + "drawingml." + name + "+xml",
            "diagramQuickStyle" => office + "drawingml.diagramStyle+xml",
            "drawing" => office + "drawing+xml",
            "vmlDrawing" => office + "vmlDrawing",
            _ => office + words + "." + name + "+xml",
        };
    }
}
