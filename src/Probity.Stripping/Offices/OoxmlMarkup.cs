using System.Text.RegularExpressions;
using System.Xml;

namespace Probity.Stripping.Offices;

/// <summary>The markup of an Office Open XML part without names, dates, sessions of editing, links and what was written for programs alone.</summary>
/// <param name="job">The file.</param>
/// <param name="ids">The part's relationships that are followed: their old ids and their new ones.</param>
internal sealed partial class OoxmlMarkup(StripJob job, Dictionary<string, string> ids) : MarkupCopy(job)
{
    const string Someone = "Author";

    static readonly string[] Spaces =
    [
        "http://schemas.openxmlformats.org/", "http://schemas.microsoft.com/office/", "http://purl.oclc.org/ooxml/", "urn:schemas-microsoft-com:", "http://www.w3.org/",
    ];

    static readonly HashSet<string> Dropped =
    [
        "extLst", "proofErr", "lang", "dataBinding", "presenceInfo", "custDataLst", "smartTagPr", "customXmlPr", "permStart", "permEnd", "signatureline", "protectedRanges",
        "scenarios", "customSheetViews", "cellSmartTags", "smartTags", "webPublishItems", "drawingHF", "fldData",
    ];

    // Of what stands for a whole document, the parts that decide how it looks.
    static readonly HashSet<string> KeptSettings =
    [
        "evenAndOddHeaders", "mirrorMargins", "alignBordersAndEdges", "bordersDoNotSurroundHeader", "bordersDoNotSurroundFooter", "gutterAtTop", "defaultTabStop", "autoHyphenation",
        "consecutiveHyphenLimit", "hyphenationZone", "doNotHyphenateCaps", "characterSpacingControl", "noLineBreaksAfter", "noLineBreaksBefore", "footnotePr", "endnotePr", "compat",
        "clrSchemeMapping", "decimalSymbol", "listSeparator", "displayBackgroundShape", "bookFoldPrinting", "defaultTableStyle", "noPunctuationKerning", "mathPr",
    ];

    static readonly HashSet<string> KeptOfWorkbook = ["workbookPr", "bookViews", "sheets", "functionGroups", "definedNames", "calcPr", "pivotCaches"];

    static readonly HashSet<string> KeptOfPresentation = ["sldMasterIdLst", "notesMasterIdLst", "handoutMasterIdLst", "sldIdLst", "sldSz", "notesSz", "defaultTextStyle"];

    readonly HashSet<string> people = [];

    // The numbers of shared formulas that are not copied.
    readonly HashSet<string> gone = [];

    protected override bool Known(string space) => Array.Exists(Spaces, s => space.StartsWith(s, StringComparison.Ordinal));

    protected override Verdict Element(XmlReader at, string parent)
    {
        var name = at.LocalName;
        var dropped = Dropped.Contains(name) || parent switch
        {
            "settings" => !KeptSettings.Contains(name),
            "workbook" => !KeptOfWorkbook.Contains(name),
            "presentation" => !KeptOfPresentation.Contains(name),
            _ => false,
        };
        if (dropped)
        {
            Job.Take(name is "rsids" or "customWorkbookViews" ? Taken.History : name is "fileSharing" or "permStart" or "signatureline" ? Taken.Authors : Taken.Other);
            return Verdict.Drop;
        }
        if (name == "f" && parent == "c" && at.NamespaceURI.EndsWith("/main", StringComparison.Ordinal))
            return Verdict.ByText;
        if (name is "smartTag" or "customXml")
            return Verdict.Unwrap;
        if (name is "hyperlinks" or "oleObjects" or "controls" or "legacyDrawings")
            return Verdict.KeepIfFilled;
        // An element that stands for a part which is not there would make the document a broken one.
        return LeadsNowhere(at) && !LivesWithout(at) ? Verdict.Drop : Verdict.Keep;
    }

    bool LeadsNowhere(XmlReader at)
    {
        var nowhere = false;
        while (at.MoveToNextAttribute())
            nowhere |= IsRelation(at) && !ids.ContainsKey(at.Value);
        at.MoveToElement();
        return nowhere;
    }

    static bool LivesWithout(XmlReader at) => at.LocalName is "blip" or "imagedata" or "fill" or "pageSetup"
        || (at.LocalName == "hyperlink" && at.NamespaceURI.Contains("wordprocessingml", StringComparison.Ordinal));

    static bool IsRelation(XmlReader at) => at.NamespaceURI.EndsWith("/relationships", StringComparison.Ordinal)
        || (at.LocalName == "relid" && at.NamespaceURI == "urn:schemas-microsoft-com:office:office");

    protected override string? Attribute(string space, string element, XmlReader at)
    {
        if (IsRelation(at))
            return ids.GetValueOrDefault(at.Value);
        var name = at.LocalName;
        if (name.StartsWith("rsid", StringComparison.Ordinal))
            return Without(Taken.History);
        if (name == "Ignorable")
            return string.Join(' ', at.Value.Split(' ').Where(p => at.LookupNamespace(p) is { } s && Known(s)));
        // Attributes that later versions of Office add to older elements count sessions of editing.
        if (at.NamespaceURI.StartsWith("http://schemas.microsoft.com/office/", StringComparison.Ordinal) && at.NamespaceURI != space)
            return Without(Taken.History);
        return (element, name) switch
        {
            ("cmAuthor", "name") or (_, "author") => Instead(at.Value, Someone, Taken.Authors),
            ("cmAuthor", "initials") or (_, "initials") => Instead(at.Value, "A", Taken.Authors),
            (_, "date" or "dt" or "refreshedDate") => Without(Taken.Times),
            (_, "refreshedBy" or "userId" or "providerId" or "userName") => Without(Taken.Authors),
            ("docPr" or "cNvPr", "name") => Instead(at.Value, "", Taken.Properties),
            (_, "descr" or "alt" or "gfxdata" or "codeName" or "tooltip" or "tgtFrame" or "lang" or "altLang" or "uid" or "published") => Without(Taken.Properties),
            (_, "title") when element is "docPr" or "cNvPr" || at.NamespaceURI.StartsWith("urn:", StringComparison.Ordinal) => Without(Taken.Properties),
            (_, "macro") => Instead(at.Value, "", Taken.Macros),
            ("imagedata" or "fill" or "shape" or "rect" or "group" or "line" or "roundrect" or "oval" or "image", "href" or "src") => Without(Taken.Links),
            (_, "instr") => ShowsOwnContent().IsMatch(at.Value) ? at.Value : Instead(at.Value, " QUOTE ", Taken.Links),
            _ => at.Value,
        };
    }

    protected override string Text(string element, string text)
    {
        switch (element)
        {
            // Workbooks name the author before the comment, in its own text.
            case "author":
                people.Add(text);
                return Instead(text, Someone, Taken.Authors)!;
            case "t" when people.Count > 0:
                return people.Where(p => p.Length > 2).Aggregate(text, (left, person) => left.Replace(person, Someone, StringComparison.Ordinal));
            case "instrText" or "delInstrText" when !ShowsOwnContent().IsMatch(text):
                return Instead(text, "", Taken.Links)!;
            case "f" or "definedName" or "formula" or "formula1" or "formula2" when Formulas.ReachOutside(text):
                return Instead(text, "#REF!", Taken.Links)!;
            default:
                return text;
        }
    }

    // The value that was worked out last stays in the cell. A formula that stands in many cells is written in the first of them, and the others name it by its number.
    protected override bool KeepsText(string element, string text, Dictionary<string, string> attributes)
    {
        var shared = attributes.GetValueOrDefault("t") == "shared" ? attributes.GetValueOrDefault("si") : null;
        if (!Formulas.ReachOutside(text))
        {
            if (text.Length > 0 && shared is not null)
                gone.Remove(shared);
            return shared is null || !gone.Contains(shared);
        }
        if (shared is not null)
            gone.Add(shared);
        Job.Take(Taken.Links);
        return false;
    }

    string? Without(string what)
    {
        Job.Take(what);
        return null;
    }

    string? Instead(string old, string value, string what)
    {
        if (old != value)
            Job.Take(what);
        return value;
    }

    // Fields that show something of the document itself. Others name files and people, or fetch from elsewhere; what they last showed stays.
    [GeneratedRegex(@"^\s*(PAGE|NUMPAGES|SECTION|SECTIONPAGES|SEQ|REF|PAGEREF|NOTEREF|STYLEREF|TOC|TC|XE|INDEX|QUOTE|SYMBOL|EQ|=)(\s|\\|$)[^""]*(""[^""/\\:]*""[^""]*)*$", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex ShowsOwnContent();
}
