using System.Text;
using Probity.Lens.Logs;
using static Probity.Lens.Tests.Logs.Sheets.Workbooks;

namespace Probity.Lens.Tests.Logs;

/// <summary>What somebody sees of a table before it is read as a log.</summary>
public class PreviewTests
{
    static LogPreview Preview(byte[] bytes, string? sheet = null) =>
        LogPreview.Read(new MemoryStream(bytes), "upload", sheet, cancel: TestContext.Current.CancellationToken);

    static LogPreview Preview(string text) => Preview(Encoding.UTF8.GetBytes(text));

    [Theory]
    [InlineData("case_id,activity,timestamp,resource\n1,a,2026-01-02,x\n", "case_id", "activity", "timestamp", "resource", null)]
    [InlineData("Remark;Officer;File No.;When;Step\nok;x;1;02/01/2026 09:30;a\nok;x;1;13/01/2026 9:30;b\n", "File No.", "Step", "When", "Officer", "d/M/yyyy H:mm")]
    [InlineData("N.º de expediente,Actuación,Fecha y hora,Funcionario\n1,a,2026-01-02 10:00,x\n", "N.º de expediente", "Actuación", "Fecha y hora", "Funcionario", null)]
    [InlineData("Processo;Passo;Data;Responsável\n1;a;31.12.2025;x\n", "Processo", "Passo", "Data", "Responsável", "d.M.yyyy")]
    [InlineData("Data,When\nseized,2026-01-01\nweighed,2026-01-02\n", null, null, "When", null, null)]
    [InlineData("a,b,c\nS-1,2026-01-01,weigh\nS-1,2026-01-02,seal\nS-2,2026-01-01,weigh\nS-2,2026-01-02,seal\n", "a", "c", "b", null, null)]
    [InlineData("x,y\nfoo,bar\n", null, null, null, null, null)]
    [InlineData("when\n1/13/2026 1:05 PM\n", null, null, "when", null, "M/d/yyyy h:mm tt")]
    public void Columns_are_guessed_by_name_and_by_content(string text, string? @case, string? activity, string? time, string? person, string? format) =>
        Assert.Equal(new LogColumns(@case, activity, time, person, format), Preview(text).Guess);

    [Fact]
    public void A_form_that_is_guessed_reads_the_log()
    {
        const string Text = "File No.;Step;When\n1;a;02/01/1970 09:30\n1;b;13/01/1970 9:30\n";
        var guess = Preview(Text).Guess;
        var log = LogFiles.Read(Text, new LogReaderOptions { CaseColumn = guess.Case, ActivityColumn = guess.Activity, TimeColumn = guess.Time, TimeFormat = guess.TimeFormat });
        Assert.Equal("case 1\na||120600000000\nb||1071000000000\n", LogFiles.Dump(log));
    }

    [Fact]
    public void A_workbook_shows_its_sheets_and_rows_with_dates_as_dates()
    {
        var book = Book([
            ("Notes", "hidden", Inline(["x", "y"]), ""),
            ("Register", "", """<row r="1"><c r="A1" t="str"><v>Caso</v></c><c r="C1" t="str"><v>Momento</v></c></row><row r="2"><c r="A2"><v>7</v></c><c r="B2" t="str"><v>b</v></c><c r="C2" s="1"><v>25570.25</v></c><c r="D2" t="str"><v>beyond</v></c></row><row r="3"><c r="A3" t="e"><v>#REF!</v></c></row>""", "")]);
        var preview = Preview(book);
        Assert.Equal((LogForm.Xlsx, "Register"), (preview.Form, preview.Sheet));
        Assert.Equal(["Notes", "Register"], preview.Sheets);
        Assert.Equal(["Caso", "", "Momento"], preview.Columns);
        Assert.Equal([["7", "b", "1970-01-02T06:00:00"], ["", "", ""]], preview.Rows);
        Assert.Equal(new LogColumns("Caso", null, "Momento", null, null), preview.Guess);
        Assert.Equal(["x", "y"], Preview(book, "Notes").Columns);
    }

    [Fact]
    public void Only_the_beginning_is_shown_and_long_texts_are_cut()
    {
        var preview = Preview("case,text\n" + string.Concat(Enumerable.Range(0, 500).Select(i => $"{i},{new string('é', 1000)}\n")));
        Assert.Equal(10, preview.Rows.Count);
        Assert.Equal(200, preview.Rows[0][1].Length);
        Assert.Equal("case", preview.Guess.Case);
    }

    [Fact]
    public void A_table_as_wide_as_can_be_is_shown_in_part()
    {
        var row = "<row>" + string.Concat(Enumerable.Range(0, 16_384).Select(_ => "<c t=\"s\"><v>0</v></c>")) + "</row>";
        var preview = Preview(Excel(row + row, $"<si><t>{new string('x', 300)}</t></si>"));
        Assert.Equal((500, 500), (preview.Columns.Count, preview.Rows[0].Count));
    }

    [Fact]
    public void Xes_needs_no_columns() => Assert.Equal((LogForm.Xes, 0), (Preview("<log/>").Form, Preview("<log/>").Columns.Count));

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("a,\"b")]
    public void What_is_no_table_is_refused(string text) => Assert.Throws<BadInputException>(() => Preview(text));
}
