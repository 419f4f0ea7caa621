using System.IO.Compression;
using System.Text;

namespace Probity.Intake.Tests.Stripping;

/// <summary>Office documents with canaries wherever one of the programs, or somebody by hand, could leave one.</summary>
static class OfficeSamples
{
    const string R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    const string W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
    const string X = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    const string Office = "application/vnd.openxmlformats-officedocument.";

    public static byte[] Zip(params (string Name, object Content)[] parts)
    {
        var to = new MemoryStream();
        using (var zip = new ZipArchive(to, ZipArchiveMode.Create, leaveOpen: true))
        {
            zip.Comment = Canaries.At("zip");
            foreach (var (name, content) in parts)
            {
                var entry = zip.CreateEntry(name);
                entry.Comment = Canaries.At("entry");
                using var stream = entry.Open();
                stream.Write(content as byte[] ?? Encoding.UTF8.GetBytes((string)content));
            }
        }
        return to.ToArray();
    }

    static string Relations(params (string Type, string Target)[] all) =>
        $"<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'>{string.Concat(all.Select((r, i) =>
            $"<Relationship Id='r{i + 1}' Type='{(r.Type.Contains(':') ? r.Type : $"{R}/{r.Type}")}' Target='{r.Target}'{(r.Target.Contains(':') ? " TargetMode='External'" : "")}/>"))}</Relationships>";

    static string Types(params (string Part, string Type)[] all) =>
        "<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'><Default Extension='rels' ContentType='application/vnd.openxmlformats-package.relationships+xml'/>"
        + "<Default Extension='xml' ContentType='application/xml'/><Default Extension='jpeg' ContentType='image/jpeg'/><Default Extension='bin' ContentType='application/octet-stream'/>"
        + string.Concat(all.Select(p => $"<Override PartName='/{p.Part}' ContentType='{p.Type}'/>")) + "</Types>";

    static string Properties(string place) =>
        $"<cp:coreProperties xmlns:cp='http://schemas.openxmlformats.org/package/2006/metadata/core-properties' xmlns:dc='http://purl.org/dc/elements/1.1/'><dc:creator>{Canaries.At(place)}</dc:creator><cp:lastModifiedBy>{Canaries.At(place)}</cp:lastModifiedBy></cp:coreProperties>";

    static readonly (string, string)[] Around =
    [
        ("http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties", "docProps/core.xml"), ("extended-properties", "docProps/app.xml"),
        ("custom-properties", "docProps/custom.xml"), ("http://schemas.openxmlformats.org/package/2006/relationships/metadata/thumbnail", "docProps/thumbnail.jpeg"),
    ];

    static string Internal(string relations) => relations.Replace(" TargetMode='External'", "");

    static (string, object)[] Beside(string main) =>
    [
        ("_rels/.rels", Internal(Relations([("officeDocument", main), .. Around]))),
        ("docProps/core.xml", Properties("core")), ("docProps/app.xml", $"<Properties xmlns='http://schemas.openxmlformats.org/officeDocument/2006/extended-properties'><Company>{Canaries.At("company")}</Company></Properties>"),
        ("docProps/custom.xml", $"<a>{Canaries.At("custom")}</a>"), ("docProps/thumbnail.jpeg", PictureSamples.Jpeg()),
    ];

    public static byte[] Docx() => Zip([
        ("[Content_Types].xml", Types(("word/document.xml", "application/vnd.ms-word.document.macroEnabled.main+xml"), ("docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml"), ("word/styles.xml", Office + "wordprocessingml.styles+xml"))),
        .. Beside("word/document.xml"),
        ("word/_rels/document.xml.rels", Relations(("styles", "styles.xml"), ("settings", "settings.xml"), ("comments", "comments.xml"), ("image", "media/" + Canaries.At("IMG") + ".jpeg"),
            ("hyperlink", "https://example.org/" + Canaries.At("link")), ("oleObject", "embeddings/ole.bin"), ("package", "embeddings/book.xlsx"), ("image", "media/drawing.emf"),
            ("http://schemas.microsoft.com/office/2006/relationships/vbaProject", "vbaProject.bin"), ("http://schemas.microsoft.com/office/2011/relationships/people", "people.xml"),
            ("customXml", "../customXml/item1.xml"), ("image", "https://example.org/" + Canaries.At("remote") + ".png"), ("printerSettings", "printer.bin"), ("header", "header1.xml"))
            .Replace("Target='" + "vbaProject.bin' TargetMode='External'", "Target='vbaProject.bin'")),
        ("word/document.xml", $"""
            <?xml version="1.0"?><!-- {Canaries.At("xml-comment")} --><?pi {Canaries.At("instruction")}?>
            <w:document xmlns:w='{W}' xmlns:r='{R}' xmlns:a='http://schemas.openxmlformats.org/drawingml/2006/main' xmlns:wp='http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing'
              xmlns:pic='http://schemas.openxmlformats.org/drawingml/2006/picture' xmlns:o='urn:schemas-microsoft-com:office:office' xmlns:v='urn:schemas-microsoft-com:vml' xmlns:w14='http://schemas.microsoft.com/office/word/2010/wordml'
              xmlns:mc='http://schemas.openxmlformats.org/markup-compatibility/2006' xmlns:q='urn:{Canaries.At("namespace")}' mc:Ignorable='w14 q'><w:body>
              <w:p w:rsidR='00A1' w14:paraId='{Canaries.At("para")}' q:who='{Canaries.At("foreign")}'><w:r><w:t xml:space="preserve">{Canaries.Shown} </w:t></w:r><w:ins w:id='1' w:author='{Canaries.At("ins")}' w:date='2026-11-30T01:02:03Z'><w:r><w:t>at night</w:t></w:r></w:ins></w:p>
              <w:p><w:hyperlink r:id='r5' w:tooltip='{Canaries.At("tip")}'><w:r><w:t>a linked word</w:t></w:r></w:hyperlink><q:x>{Canaries.At("element")}</q:x></w:p>
              <w:p><w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText> INCLUDEPICTURE "http://{Canaries.At("field")}" </w:instrText></w:r><w:r><w:instrText> PAGE \* MERGEFORMAT </w:instrText></w:r></w:p>
              <w:p><w:r><w:drawing><wp:inline><wp:extent cx='1' cy='1'/><wp:docPr id='1' name='{Canaries.At("name")}' descr='C:\Users\{Canaries.At("path")}\a.jpg'/><a:graphic><a:graphicData uri='http://schemas.openxmlformats.org/drawingml/2006/picture'><pic:pic><pic:nvPicPr><pic:cNvPr id='2' name='{Canaries.At("pic")}'/></pic:nvPicPr><pic:blipFill><a:blip r:embed='r4'><a:extLst><a:ext uri='x'>{Canaries.At("ext")}</a:ext></a:extLst></a:blip></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>
              <w:p><w:r><w:object><v:shape o:title='{Canaries.At("vml")}' alt='{Canaries.At("alt")}'><v:imagedata r:id='r8' o:title=''/></v:shape><o:OLEObject Type='Embed' ProgID='{Canaries.At("prog")}' r:id='r6'/></w:object></w:r></w:p>
              <w:p><w:r><w:object><o:OLEObject Type='Embed' ProgID='Excel.Sheet.12' r:id='r7'/></w:object></w:r></w:p>
              <w:p><a:blip r:link='r12'/></w:p>
              <w:sectPr w:rsidSect='00B2'><w:headerReference w:type='default' r:id='r14'/></w:sectPr></w:body></w:document>
            """.Trim()),
        ("word/styles.xml", $"<w:styles xmlns:w='{W}'><w:docDefaults><w:rPrDefault><w:rPr><w:lang w:val='es-PA'/></w:rPr></w:rPrDefault></w:docDefaults></w:styles>"),
        ("word/settings.xml", $"<w:settings xmlns:w='{W}' xmlns:r='{R}'><w:attachedTemplate r:id='r1'/><w:defaultTabStop w:val='708'/><w:docVars><w:docVar w:name='a' w:val='{Canaries.At("docvar")}'/></w:docVars><w:rsids><w:rsid w:val='00A1'/></w:rsids></w:settings>"),
        ("word/_rels/settings.xml.rels", Relations(("attachedTemplate", "file:///C:/Users/" + Canaries.At("template") + ".dotm"))),
        ("word/comments.xml", $"<w:comments xmlns:w='{W}'><w:comment w:id='0' w:author='{Canaries.At("commenter")}' w:initials='{Canaries.At("initials")}' w:date='2026-11-30T01:02:03Z'><w:p><w:r><w:t>see page two</w:t></w:r></w:p></w:comment></w:comments>"),
        ("word/header1.xml", $"<w:hdr xmlns:w='{W}'><w:p><w:fldSimple w:instr=' FILENAME \\p &quot;{Canaries.At("filename")}&quot; '><w:r><w:t>heading</w:t></w:r></w:fldSimple></w:p></w:hdr>"),
        ("word/people.xml", $"<p>{Canaries.At("people")}</p>"), ("word/vbaProject.bin", Canaries.At("macro")), ("customXml/item1.xml", $"<a>{Canaries.At("customxml")}</a>"),
        ("word/media/" + Canaries.At("IMG") + ".jpeg", PictureSamples.Jpeg()), ("word/media/drawing.emf", Canaries.At("emf")), ("word/embeddings/ole.bin", Canaries.At("ole")),
        ("word/embeddings/book.xlsx", Xlsx()), ("word/printer.bin", Canaries.At("printer")), ("word/" + Canaries.At("stray") + ".bin", "x"),
    ]);

    public static byte[] Xlsx() => Zip([
        ("[Content_Types].xml", Types(("xl/workbook.xml", Office + "spreadsheetml.sheet.main+xml"), ("docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml"))),
        .. Beside("xl/workbook.xml"),
        ("xl/_rels/workbook.xml.rels", Relations(("worksheet", "worksheets/sheet1.xml"), ("externalLink", "externalLinks/externalLink1.xml"), ("sharedStrings", "sharedStrings.xml"),
            ("http://schemas.microsoft.com/office/2017/10/relationships/person", "persons/person.xml"), ("usernames", "revisions/userNames.xml"), ("connections", "connections.xml")).Replace(" TargetMode='External'", "")),
        ("xl/workbook.xml", $"""
            <workbook xmlns='{X}' xmlns:r='{R}' xmlns:mc='http://schemas.openxmlformats.org/markup-compatibility/2006' xmlns:x15ac='http://schemas.microsoft.com/office/spreadsheetml/2010/11/ac' xmlns:xr='http://schemas.microsoft.com/office/spreadsheetml/2014/revision'>
            <fileVersion appName='{Canaries.At("app")}'/><fileSharing userName='{Canaries.At("sharing")}'/><workbookPr codeName='{Canaries.At("code")}'/><mc:AlternateContent><mc:Choice Requires='x15'><x15ac:absPath url='C:\Users\{Canaries.At("abspath")}\'/></mc:Choice></mc:AlternateContent>
            <xr:revisionPtr documentId='{Canaries.At("revision")}'/><sheets><sheet name='Sheet1' sheetId='1' r:id='r1'/></sheets><externalReferences><externalReference r:id='r2'/></externalReferences>
            <definedNames><definedName name='outside'>'C:\[1]{Canaries.At("defined")}'!A1</definedName></definedNames></workbook>
            """.Trim()),
        ("xl/sharedStrings.xml", $"<sst xmlns='{X}' count='1' uniqueCount='1'><si><t>{Canaries.Shown}</t></si></sst>"),
        ("xl/worksheets/sheet1.xml", $"<worksheet xmlns='{X}' xmlns:r='{R}' xmlns:xr='http://schemas.microsoft.com/office/spreadsheetml/2014/revision' xr:uid='{Canaries.At("uid")}'><sheetPr codeName='{Canaries.At("sheetcode")}'/><sheetData><row r='1'><c r='A1' t='s'><v>0</v></c><c r='B1'><f>SUM(A1:A9)</f><v>42</v></c><c r='C1'><f>WEBSERVICE(\"http://{Canaries.At("formula")}\")</f><v>7</v></c></row></sheetData><hyperlinks><hyperlink ref='A1' r:id='r1' tooltip='{Canaries.At("tip")}'/></hyperlinks><pageSetup r:id='r2' orientation='landscape'/><legacyDrawing r:id='r3'/></worksheet>"),
        ("xl/worksheets/_rels/sheet1.xml.rels", Relations(("hyperlink", "mailto:" + Canaries.At("mail")), ("printerSettings", "../printerSettings/p.bin"), ("vmlDrawing", "../drawings/vml.vml"), ("comments", "../comments1.xml"), ("http://schemas.microsoft.com/office/2017/10/relationships/threadedComment", "../threaded.xml")).Replace("threaded.xml' TargetMode='External'", "threaded.xml'")),
        ("xl/comments1.xml", $"<comments xmlns='{X}'><authors><author>{Canaries.At("author")}</author></authors><commentList><comment ref='A1' authorId='0'><text><r><t>{Canaries.At("author")}:</t></r><r><t> see the second sheet</t></r></text></comment></commentList></comments>"),
        ("xl/drawings/vml.vml", $"<xml xmlns:v='urn:schemas-microsoft-com:vml' xmlns:o='urn:schemas-microsoft-com:office:office'><v:shape id='s1' alt='{Canaries.At("alt")}' o:gfxdata='{Canaries.At("gfx")}'/></xml>"),
        ("xl/threaded.xml", $"<a>{Canaries.At("threaded")}</a>"), ("xl/persons/person.xml", $"<a>{Canaries.At("person")}</a>"), ("xl/revisions/userNames.xml", $"<a>{Canaries.At("users")}</a>"),
        ("xl/externalLinks/externalLink1.xml", $"<a>{Canaries.At("external")}</a>"), ("xl/connections.xml", $"<a>{Canaries.At("connection")}</a>"), ("xl/printerSettings/p.bin", Canaries.At("printer")),
    ]);

    /// <summary>A workbook whose one cell holds a formula, and the value that it had.</summary>
    public static byte[] WithFormula(string formula) => WithCells($"<c r='A1'><f>{System.Security.SecurityElement.Escape(formula)}</f><v>7.25</v></c>");

    /// <summary>A workbook with these cells.</summary>
    public static byte[] WithCells(string cells) => Zip([
        ("[Content_Types].xml", Types(("xl/workbook.xml", Office + "spreadsheetml.sheet.main+xml"))), .. Beside("xl/workbook.xml"), ("xl/_rels/workbook.xml.rels", Relations(("worksheet", "worksheets/sheet1.xml"))),
        ("xl/workbook.xml", $"<workbook xmlns='{X}' xmlns:r='{R}'><sheets><sheet name='Sheet1' sheetId='1' r:id='r1'/></sheets></workbook>"),
        ("xl/worksheets/sheet1.xml", $"<worksheet xmlns='{X}'><sheetData><row r='1'>{cells}</row></sheetData></worksheet>"),
    ]);

    public static byte[] Pptx() => Zip([
        ("[Content_Types].xml", Types(("ppt/presentation.xml", Office + "presentationml.presentation.main+xml"))),
        .. Beside("ppt/presentation.xml"),
        ("ppt/_rels/presentation.xml.rels", Relations(("slide", "slides/slide1.xml"), ("commentAuthors", "commentAuthors.xml"), ("viewProps", "viewProps.xml"), ("tags", "tags/tag1.xml"))),
        ("ppt/presentation.xml", $"<p:presentation xmlns:p='http://schemas.openxmlformats.org/presentationml/2006/main' xmlns:r='{R}'><p:sldIdLst><p:sldId id='256' r:id='r1'/></p:sldIdLst><p:sldSz cx='9144000' cy='6858000'/><p:custDataLst><p:tags r:id='r4'/></p:custDataLst></p:presentation>"),
        ("ppt/slides/slide1.xml", $"<p:sld xmlns:p='http://schemas.openxmlformats.org/presentationml/2006/main' xmlns:a='http://schemas.openxmlformats.org/drawingml/2006/main' xmlns:r='{R}'><p:cSld><p:spTree><p:sp><p:nvSpPr><p:cNvPr id='2' name='{Canaries.At("shape")}'><a:hlinkClick r:id='r2'/></p:cNvPr></p:nvSpPr><p:txBody><a:p><a:r><a:rPr lang='es-PA'/><a:t>{Canaries.Shown}</a:t></a:r></a:p></p:txBody></p:sp></p:spTree></p:cSld></p:sld>"),
        ("ppt/slides/_rels/slide1.xml.rels", Relations(("image", "../media/a.jpeg"), ("hyperlink", "https://" + Canaries.At("link")), ("comments", "../comments/comment1.xml"))),
        ("ppt/media/a.jpeg", PictureSamples.Jpeg()),
        ("ppt/commentAuthors.xml", $"<p:cmAuthorLst xmlns:p='http://schemas.openxmlformats.org/presentationml/2006/main'><p:cmAuthor id='0' name='{Canaries.At("author")}' initials='{Canaries.At("initials")}'/></p:cmAuthorLst>"),
        ("ppt/comments/comment1.xml", "<p:cmLst xmlns:p='http://schemas.openxmlformats.org/presentationml/2006/main'><p:cm authorId='0' dt='2026-11-30T01:02:03'><p:text>see above</p:text></p:cm></p:cmLst>"),
        ("ppt/viewProps.xml", $"<a>{Canaries.At("view")}</a>"), ("ppt/tags/tag1.xml", $"<a>{Canaries.At("tag")}</a>"),
    ]);

    public static byte[] Odt() => OpenDocument("application/vnd.oasis.opendocument.text", $"<office:text><text:tracked-changes><text:changed-region text:id='c1'><text:insertion><office:change-info><dc:creator>{Canaries.At("change")}</dc:creator><dc:date>2026-11-30T01:02:03</dc:date></office:change-info></text:insertion></text:changed-region></text:tracked-changes><text:p>{Canaries.Shown} <text:a xlink:href='https://{Canaries.At("link")}'>a linked word</text:a><draw:frame draw:name='{Canaries.At("frame")}'><draw:image xlink:href='Pictures/{Canaries.At("picture")}.jpg'/><svg:desc>{Canaries.At("desc")}</svg:desc></draw:frame><draw:frame><draw:image xlink:href='https://{Canaries.At("remote")}'/></draw:frame></text:p></office:text>");

    public static byte[] Ods() => OpenDocument("application/vnd.oasis.opendocument.spreadsheet", $"<office:spreadsheet><table:table table:name='Sheet1'><table:table-row><table:table-cell><office:annotation><dc:creator>{Canaries.At("annotation")}</dc:creator></office:annotation><text:p>{Canaries.Shown}</text:p></table:table-cell><table:table-cell table:formula='of:=WEBSERVICE(&quot;http://{Canaries.At("formula")}&quot;)' office:value='7'/><table:table-cell table:formula='of:=&apos;file:///home/{Canaries.At("reference")}.ods&apos;#$A.A1' office:value='7'/><table:table-cell table:formula='of:=DDE(&quot;soffice&quot;;&quot;{Canaries.At("dde")}&quot;;1)' office:value='7'/><table:table-cell table:formula='of:=SUM({{1;2|3;4}})' office:value='7'/></table:table-row></table:table></office:spreadsheet>");

    static byte[] OpenDocument(string type, string body) => Zip(
        ("mimetype", type),
        ("content.xml", $"<office:document-content xmlns:office='urn:oasis:names:tc:opendocument:xmlns:office:1.0' xmlns:text='urn:oasis:names:tc:opendocument:xmlns:text:1.0' xmlns:table='urn:oasis:names:tc:opendocument:xmlns:table:1.0' xmlns:draw='urn:oasis:names:tc:opendocument:xmlns:drawing:1.0' xmlns:svg='urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0' xmlns:dc='http://purl.org/dc/elements/1.1/' xmlns:xlink='http://www.w3.org/1999/xlink' xmlns:script='urn:oasis:names:tc:opendocument:xmlns:script:1.0'><office:scripts><script:event>{Canaries.At("script")}</script:event></office:scripts><office:body>{body}</office:body></office:document-content>"),
        ("styles.xml", "<office:document-styles xmlns:office='urn:oasis:names:tc:opendocument:xmlns:office:1.0' xmlns:fo='urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0'><office:styles fo:country='PA'/></office:document-styles>"),
        ("meta.xml", $"<a>{Canaries.At("meta")}</a>"), ("settings.xml", $"<a>{Canaries.At("settings")}</a>"), ("Thumbnails/thumbnail.png", PictureSamples.Png()),
        ("Pictures/" + Canaries.At("picture") + ".jpg", PictureSamples.Jpeg()), ("Configurations2/a.xml", Canaries.At("configuration")), ("Basic/a.xml", Canaries.At("basic")),
        ("META-INF/manifest.xml", $"<manifest:manifest xmlns:manifest='urn:oasis:names:tc:opendocument:xmlns:manifest:1.0'><manifest:file-entry manifest:full-path='Pictures/{Canaries.At("picture")}.jpg' manifest:media-type=''/></manifest:manifest>"));
}
