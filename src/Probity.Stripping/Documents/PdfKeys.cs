namespace Probity.Stripping.Documents;

/// <summary>The entries of dictionaries that are copied: those that decide how a page looks (ISO 32000-1, 8 to 11).</summary>
internal static class PdfKeys
{
    public static readonly HashSet<string> Shown =
    [
        // Streams, and how they are packed.
        "Type", "Subtype", "Filter", "DecodeParms", "Predictor", "Colors", "Columns", "EarlyChange", "K", "EndOfLine", "EncodedByteAlign", "Rows", "EndOfBlock", "BlackIs1",
        "DamagedRowsBeforeError", "ColorTransform", "JBIG2Globals",
        // Fonts.
        "BaseFont", "FirstChar", "LastChar", "Widths", "FontDescriptor", "Encoding", "ToUnicode", "DescendantFonts", "CIDSystemInfo", "Registry", "Ordering", "Supplement", "DW", "W", "DW2", "W2",
        "CIDToGIDMap", "FontName", "FontStretch", "FontWeight", "Flags", "FontBBox", "ItalicAngle", "Ascent", "Descent", "Leading", "CapHeight", "XHeight", "StemV", "StemH", "AvgWidth", "MaxWidth",
        "MissingWidth", "FontFile", "FontFile2", "FontFile3", "CharSet", "CIDSet", "Length1", "Length2", "Length3", "BaseEncoding", "Differences", "FontMatrix", "CMapName", "WMode", "UseCMap",
        // Pictures, forms, groups, masks.
        "Width", "Height", "ColorSpace", "BitsPerComponent", "Intent", "ImageMask", "Mask", "Decode", "Interpolate", "SMask", "SMaskInData", "Matte", "OC", "FormType", "BBox", "Matrix", "Group", "S",
        "CS", "I", "G", "BC", "TR",
        // States of drawing.
        "LW", "LC", "LJ", "ML", "D", "RI", "OP", "op", "OPM", "Font", "BG", "BG2", "UCR", "UCR2", "TR2", "FL", "SM", "SA", "BM", "CA", "ca", "AIS", "TK",
        // Patterns, shadings, functions, colours.
        "PatternType", "PaintType", "TilingType", "XStep", "YStep", "Shading", "ExtGState", "ShadingType", "Background", "AntiAlias", "Coords", "Domain", "Function", "Extend", "BitsPerCoordinate",
        "BitsPerFlag", "VerticesPerRow", "FunctionType", "Range", "Size", "BitsPerSample", "Order", "Encode", "C0", "C1", "N", "Functions", "Bounds", "WhitePoint", "BlackPoint", "Gamma",
        // Layers that stand for several.
        "OCGs", "P", "VE",
    ];

    public static readonly HashSet<string> OfResources = ["Font", "XObject", "ColorSpace", "Pattern", "Shading", "ExtGState", "Properties"];

    /// <summary>What is taken with an entry that is not copied.</summary>
    public static string NameOf(string key) => key switch
    {
        "Metadata" => Taken.Xmp,
        "Thumb" => Taken.Thumbnail,
        "PieceInfo" or "LastModified" => Taken.History,
        "AF" or "EmbeddedFiles" or "Collection" => Taken.EmbeddedFiles,
        "AA" or "OpenAction" or "JavaScript" or "A" => Taken.Macros,
        "AcroForm" => Taken.Forms,
        "OutputIntents" => Taken.ColourProfile,
        "Info" or "ID" or "Lang" => Taken.Properties,
        "Dests" or "Outlines" or "URI" => Taken.Links,
        _ => Taken.Other,
    };
}
