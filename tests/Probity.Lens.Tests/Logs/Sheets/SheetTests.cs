using Probity.Lens.Logs;
using static Probity.Lens.Tests.Logs.LogFiles;
using static Probity.Lens.Tests.Logs.Sheets.Workbooks;

namespace Probity.Lens.Tests.Logs.Sheets;

/// <summary>Workbooks as Excel, LibreOffice and openpyxl write them, read as logs.</summary>
public class SheetTests
{
    const long Hour = 3_600_000_000;
    const string Header = """<row r="1"><c r="A1" t="inlineStr"><is><t>Case</t></is></c><c r="B1" t="inlineStr"><is><t>Activity</t></is></c><c r="C1" t="inlineStr"><is><t>Time</t></is></c><c r="D1" t="inlineStr"><is><t>Resource</t></is></c></row>""";

    /// <summary>2 January 1970, at six: 25570.25.</summary>
    const long Time = 30 * Hour;

    static string Row(string cells) => Header + $"<row r=\"2\">{cells}</row>";

    static string Cells(string time) => Row($"""<c r="A2" t="inlineStr"><is><t>1</t></is></c><c r="B2" t="inlineStr"><is><t>a</t></is></c>{time}""");

    [Fact]
    public void Excel_shares_texts_and_leaves_out_what_is_empty()
    {
        var book = Excel(
            """
            <row r="1" spans="1:4"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="s"><v>2</v></c><c r="D1" t="s"><v>3</v></c></row>
            <row r="3" hidden="1"><c r="A3" s="4"><v>42</v></c><c r="B3" t="s"><v>4</v></c><c r="C3" s="2"><v>25570.25</v></c></row>
            <row r="4"><c r="D4" t="s"><v>5</v></c><c r="A4" t="str"><f>"00"&amp;42</f><v>0042</v></c><c r="B4" t="s"><v>4</v></c><c r="C4" s="1"><f>C3</f><v>25570.25</v></c></row>
            <row r="5"><c r="A5" s="1"/></row>
            """,
            "<si><t>Case</t></si><si><t>Activity</t></si><si><t>Time</t></si><si><t>Resource</t></si>"
            + "<si><r><rPr><b/></rPr><t>we</t></r><r><t xml:space=\"preserve\">igh &amp; seal </t></r><rPh sb=\"0\" eb=\"1\"><t>no</t></rPh><phoneticPr fontId=\"1\"/></si><si><t>r_x00e9_<![CDATA[<]]></t></si>");
        Assert.Equal($"case 0042\nweigh & seal||{Time}\nweigh & seal|ré<|{Time}\n", Dump(Read(book)));
    }

    [Fact]
    public void Prefixes_strict_namespaces_and_rows_without_numbers_are_read()
    {
        var book = Zip(
            ("[Content_Types].xml", "<Types/>"),
            ("_rels/.rels", Rels(("r", "officeDocument", "/xl/book.xml"))),
            ("xl\\book.xml", $"<x:workbook xmlns:x=\"{Strict}\" xmlns:d3p1=\"urn:r\"><x:sheets><x:sheet name=\"Chart\" sheetId=\"1\" d3p1:id=\"c\"/><x:sheet name=\"A\" sheetId=\"2\" d3p1:id=\"w\"/></x:sheets></x:workbook>"),
            ("xl/_rels/book.xml.rels", Rels(("c", "chartsheet", "c.xml"), ("w", "worksheet", "./sheets/../sheets/a%20b.xml"))),
            ("xl/sheets/a b.xml", $"<x:worksheet xmlns:x=\"{Strict}\"><x:sheetData>"
                + "<x:row><x:c t=\"str\"><x:v>case</x:v></x:c><x:c t=\"str\"><x:v>activity</x:v></x:c><x:c t=\"str\"><x:v>time</x:v></x:c></x:row>"
                + "<x:row><x:c t=\"b\"><x:v>1</x:v></x:c><x:c t=\"str\"><x:v>a</x:v></x:c><x:c t=\"d\"><x:v>1970-01-02T06:00:00</x:v></x:c></x:row></x:sheetData></x:worksheet>"));
        Assert.Equal($"case true\na||{Time}\n", Dump(Read(book)));
    }

    [Theory]
    [InlineData("""<c r="C2" s="1"><v>25570.25</v></c>""", 30)]
    [InlineData("""<c r="C2" s="5"><v>25570</v></c>""", 24)]
    [InlineData("""<c r="C2" s="2"><v>2.557025E4</v></c>""", 30)]
    [InlineData("""<c r="C2" t="inlineStr"><is><t>1970-01-02 06:00</t></is></c>""", 30)]
    [InlineData("""<c r="C2" t="d"><v>1970-01-02T06:00:00Z</v></c>""", 30)]
    public void Times(string cell, int hours) => Assert.Equal($"case 1\na||{hours * Hour}\n", Dump(Read(Excel(Cells(cell)))));

    [Fact]
    public void Times_as_text_of_a_form_stand_beside_times_as_dates()
    {
        var rows = Cells("""<c r="C2" t="inlineStr"><is><t>02/01/1970 06:00</t></is></c>""") + """<row r="3"><c r="A3" t="str"><v>1</v></c><c r="B3" t="str"><v>b</v></c><c r="C3" s="1"><v>25570.5</v></c></row>""";
        Assert.Equal($"case 1\na||{Time}\nb||{36 * Hour}\n", Dump(Read(Excel(rows), new LogReaderOptions { TimeFormat = "dd/MM/yyyy HH:mm" })));
    }

    [Fact]
    public void Days_may_be_counted_from_1904() =>
        Assert.Equal($"case 1\na||{Time}\n", Dump(Read(Excel(Cells("""<c r="C2" s="1"><v>24108.25</v></c>"""), from1904: true))));

    [Fact]
    public void A_merged_case_stands_for_all_its_rows_and_a_merged_title_for_none()
    {
        var rows = """<row r="1"><c r="A1" t="str"><v>Seizures of 2026</v></c><c r="B1"/></row><row r="2"><c r="A2" t="str"><v>case</v></c><c r="B2" t="str"><v>activity</v></c><c r="C2" t="str"><v>time</v></c></row>"""
            + string.Concat(Enumerable.Range(3, 4).Select(r => $"<row r=\"{r}\">{(r is 3 or 6 ? $"<c r=\"A{r}\" t=\"str\"><v>c{r}</v></c>" : "<c r=\"A" + r + "\" s=\"1\"/>")}<c r=\"B{r}\" t=\"str\"><v>a{r}</v></c><c r=\"C{r}\" s=\"1\"><v>25569</v></c></row>"));
        var book = Excel(rows, after: """<mergeCells count="3"><mergeCell ref="A1:C1"/><mergeCell ref="A3:A5"/><mergeCell ref="A6:A9"/></mergeCells>""");
        Assert.Equal("case c3\na3||0\na4||0\na5||0\ncase c6\na6||0\n", Dump(Read(book)));
    }

    [Fact]
    public void A_letterhead_is_no_header()
    {
        string[][] letterhead = [["National Police"], ["Responsable:", "Ana", "Fecha:", "2026"]];
        string[][] known = [.. letterhead, ["Expediente", "Actuación", "Fecha"], ["1", "a", "1970-01-01", "note", "note", "note"]];
        var log = Read(Excel(Inline(known)), new LogReaderOptions { CaseColumn = "Expediente", ActivityColumn = "Actuación", TimeColumn = "Fecha" });
        Assert.Equal("case 1\na||0\n", Dump(log));
        string[][] unknown = [["Unit", "Port"], ["K", "L", "M", "N", "O"], ["1", "a", "1970-01-01", "", "x"]];
        Assert.Contains("sheet Cases, row 2: no column is known to hold the case, the activity, the time; name each, perhaps as --case COLUMN --activity COLUMN --time COLUMN. The columns are: K, L, M, N, O", Refusal(Excel(Inline(unknown))));
        Assert.Equal("case 1\na||0\n", Dump(Read(Excel(Inline(unknown)), new LogReaderOptions { CaseColumn = "k", ActivityColumn = "L", TimeColumn = "M" })));
    }

    [Fact]
    public void Attributes_come_as_text_whatever_the_cell()
    {
        var rows = """<row r="1"><c r="A1" t="str"><v>case</v></c><c r="B1" t="str"><v>activity</v></c><c r="C1" t="str"><v>time</v></c><c r="D1" t="str"><v>x</v></c></row>"""
            + string.Concat(new[] { "<v>0.1</v>", "<v>0.30000000000000004</v>", "<v>1234567890123456</v>", " t=\"b\"><v>0</v>", " s=\"3\"><v>1.5</v>", " s=\"1\"><v>0.75</v>", " s=\"1\"><v>60</v>", " s=\"5\"><v>59</v>", " t=\"e\"><v>#N/A</v>", "<v>-2.5</v>" }
                .Select((x, i) => $"<row><c t=\"str\"><v>1</v></c><c t=\"str\"><v>a</v></c><c s=\"1\"><v>{25569 + i}</v></c><c{(x[0] == '<' ? ">" : "")}{x}</c></row>"));
        var column = Read(Excel(rows), new LogReaderOptions { EventAttributes = ["x"] }).EventAttributes["x"];
        Assert.Equal(
            ["0.1", "0.30000000000000004", "1234567890123456", "false", "1.5", "18:00:00", "60", "1900-02-28", "", "-2.5"],
            Enumerable.Range(0, 10).Select(i => column.KindOf(i) == AttributeKind.Missing ? "" : column.TextOf(i)));
    }

    [Fact]
    public void The_first_visible_sheet_with_a_header_is_taken_unless_one_is_named()
    {
        static (string, string, string, string) Sheet(string name, string state, string @case) =>
            (name, state, @case.Length == 0 ? "<row r=\"1\"><c r=\"A1\" t=\"str\"><v>Read me</v></c></row>" : Inline(["case", "activity", "time"], [@case, "a", "1970-01-01"]), "");
        var book = Book([Sheet("Cover", "", ""), Sheet("Old", "hidden", "old"), Sheet("Cases & more", "", "new"), Sheet("Later", "", "later")]);
        Assert.Equal("case new\na||0\n", Dump(Read(book)));
        Assert.Equal("case old\na||0\n", Dump(Read(book, new LogReaderOptions { Sheet = "Old" })));
        Assert.Equal("case later\na||0\n", Dump(Read(book, new LogReaderOptions { Sheet = "LATER" })));
        Assert.Contains("no sheet is named 'Nowhere'. The sheets are: Cover, Old, Cases & more, Later", Refusal(book, new LogReaderOptions { Sheet = "Nowhere" }));
        Assert.Contains("sheet Cover: no row of column names", Refusal(book, new LogReaderOptions { Sheet = "Cover" }));
    }

    [Theory]
    [InlineData("""<c r="C2"><v>25570.25</v></c>""", "sheet Cases, cell C2: the number 25570.25 is not shown as a date")]
    [InlineData("""<c r="C2" s="1"><v>0.5</v></c>""", "sheet Cases, cell C2: '12:00:00' is no date with its time")]
    [InlineData("""<c r="C2" t="str"><v>soon</v></c>""", "sheet Cases, cell C2: the time 'soon' is not ISO 8601")]
    [InlineData("""<c r="C2" s="1"><f>NOW()</f></c>""", "sheet Cases, cell C2: a formula whose result is not in the file")]
    [InlineData("""<c r="C2" t="e"><v>#REF!</v></c>""", "sheet Cases, cell C2: the error #REF!")]
    [InlineData("", "sheet Cases, cell C2: no time in the column 'Time'")]
    [InlineData("""<c r="C2" t="s"><v>7</v></c>""", "sheet Cases, cell C2: it shows the shared text 7, and the workbook has 0 of them")]
    [InlineData("""<c r="C2" t="s"><v>-1</v></c>""", "shows the shared text -1")]
    [InlineData("""<c r="C2"><v>1e999</v></c>""", "cell C2: '1e999' is no number")]
    [InlineData("""<c r="C2" s="1"><v>99999999999</v></c>""", "cell C2: '99999999999' is no date")]
    [InlineData("""<c r="C2" t="z"><v>1</v></c>""", "cell C2: of the unknown type 'z'")]
    [InlineData("""<c r="XFE2"><v>1</v></c>""", "row 2: a cell in it is named 'XFE2'; the sheet is damaged, or has more than 16,384 columns")]
    [InlineData("""<c r="BDWGN2"><v>1</v></c>""", "a cell in it is named 'BDWGN2'")]
    [InlineData("""<c r="C3"><v>1</v></c>""", "row 2: a cell in it is named 'C3'")]
    [InlineData("""<c r="B2"><v>1</v></c>""", "cell B2: it is there twice")]
    public void A_cell_that_is_wrong_is_named(string cell, string expected) => Assert.Contains(expected, Refusal(Excel(Cells(cell))));

    [Theory]
    [InlineData("<row r=\"2\"/><row r=\"2\"/>", "row 2: the row 2 after it; rows rise")]
    [InlineData("<row r=\"1048577\"/>", "rows rise from 1 to 1,048,576")]
    [InlineData("<row r=\"x\"/>", "has the number 'x'")]
    public void Rows_that_do_not_rise(string row, string expected) => Assert.Contains(expected, Refusal(Excel(Header + row)));

    [Fact]
    public void What_is_for_other_forms_is_refused()
    {
        var book = Excel(Cells(""));
        Assert.Contains("no classifiers", Refusal(book, new LogReaderOptions { Classifier = "x" }));
        Assert.Contains("no delimiter", Refusal(book, new LogReaderOptions { Delimiter = ';' }));
        Assert.Contains("no sheets", Refusal("case,activity,time\n1,a,1970-01-01\n", new LogReaderOptions { Sheet = "x" }));
        Assert.Contains("XES, which says itself", Refusal(Trace(Event("a")), new LogReaderOptions { Sheet = "x" }));
        Assert.Contains("The columns are: Case, Activity, Time, Resource", Refusal(book, new LogReaderOptions { CaseColumn = "File" }));
    }

    [Fact]
    public void A_stream_is_read_and_stays_open()
    {
        using var stream = new MemoryStream(Excel(Cells("""<c r="C2" s="1"><v>25570.25</v></c>""")));
        Assert.Equal($"case 1\na||{Time}\n", Dump(LogReader.Read(stream, "upload", cancel: TestContext.Current.CancellationToken)));
        Assert.True(stream.CanRead);
    }
}
