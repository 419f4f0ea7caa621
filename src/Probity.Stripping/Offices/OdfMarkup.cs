using System.Xml;

namespace Probity.Stripping.Offices;

/// <summary>The markup of an OpenDocument part without names, dates, links, scripts and sessions of editing.</summary>
internal sealed class OdfMarkup(StripJob job, Dictionary<string, string> pictures, HashSet<string> objects) : MarkupCopy(job)
{
    const string Links = "http://www.w3.org/1999/xlink";

    static readonly string[] Spaces = ["urn:oasis:names:tc:opendocument:xmlns:", "urn:org:documentfoundation:names:experimental:", "http://www.w3.org/", "http://purl.org/dc/elements/1.1/", "http://openoffice.org/"];

    protected override bool Known(string space) => Array.Exists(Spaces, s => space.StartsWith(s, StringComparison.Ordinal));

    protected override Verdict Element(XmlReader at, string parent)
    {
        switch (at.LocalName)
        {
            case "creator" or "creator-initials" or "sender-firstname" or "sender-lastname":
                Job.Take(Taken.Authors);
                return Verdict.Drop;
            case "date" when at.NamespaceURI.StartsWith("http://purl.org/", StringComparison.Ordinal):
                Job.Take(Taken.Times);
                return Verdict.Drop;
            case "scripts" or "script" or "event-listeners" or "event-listener":
                Job.Take(Taken.Macros);
                return Verdict.Drop;
            case "dde-connection-decls" or "dde-source" or "table-source" or "cell-range-source" or "plugin" or "applet" or "floating-frame" or "object-ole":
                Job.Take(Taken.Links);
                return Verdict.Drop;
            case "a":
                Job.Take(Taken.Links);
                return Verdict.Unwrap;
            case "title" or "desc" when at.NamespaceURI.EndsWith(":svg-compatible:1.0", StringComparison.Ordinal):
                Job.Take(Taken.Properties);
                return Verdict.Drop;
            case "forms":
                Job.Take(Taken.Forms);
                return Verdict.Drop;
        }
        if (at.GetAttribute("href", Links) is not { } target || Place(target) is not null)
            return Verdict.Keep;
        Job.Take(target.StartsWith("Pictures/", StringComparison.Ordinal) ? Taken.Pictures : Taken.Links);
        return Verdict.Drop;
    }

    string? Place(string target)
    {
        var name = target.StartsWith("./", StringComparison.Ordinal) ? target[2..] : target;
        return pictures.TryGetValue(name, out var picture) ? picture : objects.Contains(name) ? target : null;
    }

    // Here a bar parts the rows of an array, and DDE is a function.
    static string Plain(string formula) => formula.Replace('|', ';');

    protected override string? Attribute(string space, string element, XmlReader at)
    {
        if (at.NamespaceURI == Links && at.LocalName == "href")
            return Place(at.Value);
        switch (at.LocalName)
        {
            case "language" or "country" or "script" or "rfc-language-tag":
                Job.Take(Taken.Properties);
                return null;
            // What was worked out last stands in the cell beside it.
            case "formula" when Formulas.ReachOutside(Plain(at.Value)):
                Job.Take(Taken.Links);
                return null;
            case "expression" or "condition" or "cell-range-address" when Formulas.ReachOutside(Plain(at.Value)):
                Job.Take(Taken.Links);
                return "";
            case "rsid" or "paragraph-rsid":
                Job.Take(Taken.History);
                return null;
            case "name" when element == "frame" && at.Value.Length > 0:
                Job.Take(Taken.Properties);
                return null;
            default:
                return at.Value;
        }
    }
}
