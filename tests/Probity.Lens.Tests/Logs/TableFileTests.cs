using System.Text;
using Probity.Lens.Logs;
using static Probity.Lens.Tests.Logs.Sheets.Workbooks;

namespace Probity.Lens.Tests.Logs;

/// <summary>Tables of any columns, for registers that are no logs.</summary>
public class TableFileTests
{
    static TableFile Open(byte[] bytes, long most = 1 << 20) =>
        TableFile.Open(new MemoryStream(bytes), "table", name => name is "Number" or "Mass", null, most, TestContext.Current.CancellationToken);

    [Fact]
    public void A_workbook_says_of_each_field_what_it_holds()
    {
        using var table = Open(Excel("""
            <row r="1"><c r="A1" t="str"><v>A title</v></c></row><row r="3"><c r="A3" t="str"><v>Number</v></c><c r="B3" t="str"><v>Mass</v></c></row>
            <row r="4"><c r="A4" s="4"><v>42</v></c><c r="B4"><v>1.234</v></c></row><row r="6"><c r="A6" s="5"><v>25570</v></c><c r="B6"><f>1/0</f></c></row>
            <row r="7"><c r="A7" t="e"><v>#REF!</v></c><c r="B7"><f>1+1</f><v>2</v></c></row><row r="8"><c r="A8" t="str"><v> =1+1 </v></c></row>
            """));
        Assert.Equal(["Number", "Mass"], table.Columns);
        Assert.Equal(
            [
                (4, FieldKind.Number, "0042", FieldKind.Number, "1.234"), (6, FieldKind.Date, "1970-01-02T00:00:00", FieldKind.Damaged, ""),
                (7, FieldKind.Damaged, "", FieldKind.Number, "2"), (8, FieldKind.Text, "=1+1", FieldKind.Empty, ""),
            ], Fields(table));
    }

    [Fact]
    public void CSV_has_texts_alone_and_a_field_that_is_too_long_spoils_no_other()
    {
        using var table = Open([0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes($"Number;Mass\n\"a\nb\"; 1,5 \n;;\n\n{new string('x', TableFile.LongestField + 1)};2\nonly one\n")]);
        Assert.Equal((LogForm.Csv, null), (table.Form, table.Sheet));
        Assert.Equal([(2, FieldKind.Text, "a\nb", FieldKind.Text, "1,5"), (6, FieldKind.TooLong, "", FieldKind.Text, "2"), (7, FieldKind.Text, "only one", FieldKind.Empty, "")], Fields(table));
    }

    [Fact]
    public void What_is_no_table_or_unpacks_to_too_much_is_refused()
    {
        foreach (var text in new[] { "", "<log/>", "{}", "SQLite format 3\0" }) Assert.Throws<BadInputException>(() => Open(Encoding.UTF8.GetBytes(text)));
        var book = Excel(Inline(["Number", "Mass"], [new string('7', 40_000), "1"]));
        Assert.Contains("unpacks to more than", Assert.Throws<BadInputException>(() => Fields(Open(book, 20_000))).Message, StringComparison.Ordinal);
    }

    static List<(long, FieldKind, string, FieldKind, string)> Fields(TableFile table)
    {
        var fields = new List<(long, FieldKind, string, FieldKind, string)>();
        while (table.Read()) fields.Add((table.Line, table[0].Kind, table[0].Text, table[1].Kind, table[1].Text));
        return fields;
    }
}
