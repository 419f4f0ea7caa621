using CsCheck;
using Probity.Lens.Logs;
using Probity.Lens.Logs.Writing;

namespace Probity.Lens.Tests.Logs;

/// <summary>Tables for spreadsheets: read back as they were, and no cell a formula.</summary>
public class TableWriterTests
{
    [Theory]
    [InlineData("=1+1", "'=1+1"), InlineData("+49", "'+49"), InlineData("-5", "'-5"), InlineData("@x", "'@x"), InlineData("\tx", "'\tx"), InlineData("\rx", "'\rx"), InlineData("＝1", "'＝1")]
    [InlineData("", ""), InlineData("5-5", "5-5"), InlineData("'quoted", "'quoted"), InlineData("'=1", "''=1")]
    public void A_cell_that_begins_as_a_formula_is_not_one(string text, string cell)
    {
        Assert.Equal(cell, SafeCells.Of(text));
        Assert.Equal(text, SafeCells.Undo(cell));
    }

    [Fact]
    public void Whatever_is_made_safe_can_be_undone() => Gen.String[Gen.Char["'=+-@a\t "], 0, 6].Sample(text => Assert.Equal(text, SafeCells.Undo(SafeCells.Of(text))));

    [Fact]
    public void Both_tables_read_as_the_same_log()
    {
        string[][] rows = [["case", "activity", "time"], ["C, 1", "=Weigh \"it\"", "2026-03-02T09:00:00Z"], ["C, 1", "Hand\nover", "2026-03-02T10:00:00Z"]];
        var options = new LogReaderOptions { CaseColumn = "case", ActivityColumn = "activity", TimeColumn = "time" };
        var csv = Read(stream => { using var table = new CsvTable(stream); foreach (var row in rows) table.Add(row); }, ".csv", options);
        var sheet = Read(stream => { using var table = new SheetFile(stream, "IDS & more"); foreach (var row in rows) table.Add(row); }, ".xlsx", options);
        Assert.Equal(["'=Weigh \"it\"", "Hand\nover"], csv.Activities);
        Assert.Equal(["=Weigh \"it\"", "Hand\nover"], sheet.Activities);
        Assert.Equal((csv.Cases.Single(), 2), (sheet.Cases.Single(), sheet.EventCount));
        Assert.Equal(csv.TimesOf(0).ToArray(), sheet.TimesOf(0).ToArray());
    }

    static EventLog Read(Action<Stream> write, string ending, LogReaderOptions options)
    {
        var path = Path.Combine(Path.GetTempPath(), "probity-" + Path.GetRandomFileName() + ending);
        try
        {
            using (var first = new MemoryStream())
            using (var second = new MemoryStream())
            {
                write(first);
                write(second);
                Assert.Equal(first.ToArray(), second.ToArray());
                File.WriteAllBytes(path, first.ToArray());
            }

            return LogReader.Read(path, options, cancel: TestContext.Current.CancellationToken);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
