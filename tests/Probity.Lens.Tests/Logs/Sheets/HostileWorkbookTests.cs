using System.Diagnostics;
using System.IO.Compression;
using System.Text;
using Probity.Lens.Logs;
using Probity.Lens.Procedures;
using static Probity.Lens.Tests.Logs.LogFiles;
using static Probity.Lens.Tests.Logs.Sheets.Workbooks;

namespace Probity.Lens.Tests.Logs.Sheets;

/// <summary>Files that are no workbooks, damaged ones, and those made to do harm.</summary>
public class HostileWorkbookTests
{
    static readonly TimeSpan Time = TimeSpan.FromSeconds(Environment.GetEnvironmentVariable("CI") is { Length: > 0 } ? 15 : 2);

    [Fact]
    public void Other_forms_are_refused_with_what_to_do()
    {
        Assert.Contains("save it as .xlsx without a password", Refusal([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, 0, 0]));
        Assert.Contains("OpenDocument file (.ods), which is not read; open it and save it as .xlsx", Refusal(Zip(("mimetype", "application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", "<x/>"))));
        Assert.Contains("a ZIP archive, not a workbook", Refusal(Zip(("log.csv", "case,activity,time"))));
        Assert.Contains("binary workbook (.xlsb)", Refusal(Zip(("[Content_Types].xml", "<Types/>"), ("_rels/.rels", Rels(("r", "officeDocument", "xl/workbook.bin"))))));
        Assert.Contains("no spreadsheet", Refusal(Zip(
            ("[Content_Types].xml", "<Types/>"), ("_rels/.rels", Rels(("r", "officeDocument", "word/document.xml"))), ("word/_rels/document.xml.rels", Rels()), ("word/document.xml", "<document/>"))));
        Assert.Contains("no workbook in it", Refusal(Zip(("[Content_Types].xml", "<Types/>"), ("_rels/.rels", Rels()))));
        Assert.Contains("empty ZIP archive", Refusal(Zip()));
    }

    [Fact]
    public void A_name_that_leads_out_of_the_package_leads_nowhere() => Assert.Contains(
        "speaks of a part 'etc/_rels/passwd.rels' that is not in it",
        Refusal(Zip(("[Content_Types].xml", "<Types/>"), ("_rels/.rels", Rels(("r", "officeDocument", "../../etc/passwd"))))));

    [Fact]
    public void What_lies_outside_is_not_fetched() => Assert.Contains("no workbook in it", Refusal(Zip(
        ("[Content_Types].xml", "<Types/>"),
        ("_rels/.rels", Rels(("r", "officeDocument", "http://example.org/x")).Replace("Target=", "TargetMode=\"External\" Target=", StringComparison.Ordinal)))));

    [Fact]
    public void A_part_that_is_there_twice_is_refused() => Assert.Contains("holds the part '_rels/.rels' twice", Refusal(Zip(
        ("[Content_Types].xml", "<Types/>"), ("_rels/.rels", Rels()), ("_RELS/.rels", Rels()))));

    [Fact]
    public void An_entity_cannot_grow() => Assert.Contains("DOCTYPE", Refusal(Zip(
        ("[Content_Types].xml", "<Types/>"),
        ("_rels/.rels", "<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY a \"lol\"><!ENTITY b \"&a;&a;&a;\">]><Relationships>&b;</Relationships>"))));

    [Fact]
    public void More_columns_than_a_sheet_has()
    {
        var rows = new StringBuilder("<row>");
        for (var i = 0; i < 1 << 20; i++) rows.Append("<c><v>1</v></c>");
        Assert.Contains("row 1: more than 16,384 columns", Refusal(Excel(rows.Append("</row>").ToString())));
    }

    [Fact]
    public void A_bomb_is_not_unpacked_to_its_end()
    {
        var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create))
        {
            using var entry = zip.CreateEntry("[Content_Types].xml").Open();
            entry.Dispose();
            using var bomb = zip.CreateEntry("_rels/.rels").Open();
            bomb.Write("<Relationships>"u8);
            var space = new byte[1 << 20];
            space.AsSpan().Fill((byte)' ');
            // A tag every megabyte, so that no run of text is too long by itself.
            for (var i = 0; i < 700; i++)
            {
                bomb.Write(space);
                bomb.Write("<x/>"u8);
            }
        }

        Assert.Contains("unpacks to more than 300 times its size", Refusal(stream.ToArray()));
    }

    [Fact]
    public void An_archive_with_a_huge_directory_is_not_opened()
    {
        var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create))
            for (var i = 0; i < 60_000; i++) zip.CreateEntry($"{i:D60}");
        Assert.Contains("the archive's directory is larger than 4 MiB", Refusal(stream.ToArray()));
    }

    [Fact]
    public void A_workbook_that_is_cut_short()
    {
        var book = Excel(Inline(["case", "activity", "time"], ["1", "a", "1970-01-01"]));
        for (var length = 4; length < book.Length; length += 7) Assert.NotEmpty(Refusal(book[..length]));
    }

    [Fact]
    public void Damaged_workbooks_are_read_or_refused()
    {
        var clock = Stopwatch.StartNew();
        for (var seed = Environment.TickCount; clock.Elapsed < Time; seed++)
        {
            var random = new Random(seed);
            try
            {
                IsRead(random.Next(2) == 0 ? DamagedArchive(random) : DamagedSheet(random));
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"seed {seed}", e);
            }
        }
    }

    static void IsRead(byte[] bytes)
    {
        Action[] readings =
        [
            () => LogReader.Read(new MemoryStream(bytes), "book", new LogReaderOptions { EventAttributes = ["x"] }),
            () => LogPreview.Read(new MemoryStream(bytes), "book"),
            () => ProcedureReader.Read(new MemoryStream(bytes), "book"),
        ];
        foreach (var read in readings)
        {
            try
            {
                read();
            }
            catch (BadInputException e)
            {
                Assert.DoesNotContain('\n', e.Message);
            }
        }
    }

    static byte[] DamagedArchive(Random random)
    {
        var bytes = Excel(Inline(["case", "activity", "time", "x"], ["1", "a", "1970-01-01", ""], ["2", "b", "1970-01-01", "y"]));
        for (var n = random.Next(1, 6); n > 0; n--) bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
        return bytes;
    }

    static readonly string[] Pieces =
    [
        "<row>", "</row>", "<row r=\"3\"/>", "<c>", "</c>", "<c r=\"A9\" t=\"s\">", "<c r=\"C2\" s=\"99\">", "<v>", "</v>", "<v>1</v>", "<v>-9e307</v>", "<f>", "</f>", "<is>", "</is>",
        "<t>", "</t>", "<t>_x0000_</t>", "<r>", "</r>", "<si>", "</si>", "<sheetData>", "</sheetData>", "1", "9999999999", "\"", "&amp;", "_xD800_", "<![CDATA[x]]>", "<mergeCell ref=\"A2:A9\"/>",
    ];

    static byte[] DamagedSheet(Random random)
    {
        var rows = Mutate("""
            <row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="s"><v>2</v></c><c r="D1" t="str"><v>x</v></c></row>
            <row r="2"><c r="A2"><v>7</v></c><c r="B2" t="inlineStr"><is><r><t>a</t></r></is></c><c r="C2" s="1"><v>25570.25</v></c><c r="D2" t="b"><v>1</v></c></row>
            """, random);
        var strings = Mutate("<si><t>case</t></si><si><r><t>activity</t></r></si><si><t>time</t></si>", random);
        return Excel(rows, strings, random.Next(3) == 0 ? "<mergeCells><mergeCell ref=\"A2:A4\"/></mergeCells>" : "");
    }

    static string Mutate(string text, Random random)
    {
        for (var n = random.Next(0, 3); n > 0; n--)
        {
            var at = random.Next(text.Length);
            text = random.Next(3) switch
            {
                0 => text.Insert(at, Pieces[random.Next(Pieces.Length)]),
                1 => text.Remove(at, Math.Min(random.Next(1, 9), text.Length - at)),
                _ => text[..at] + (char)random.Next(32, 127) + text[(at + 1)..],
            };
        }

        return text;
    }
}
