using System.Text;
using Probity.Lens.Logs;
using static Probity.Lens.Tests.Logs.LogFiles;

namespace Probity.Lens.Tests.Logs;

/// <summary>Every file that is no log to trust is refused, with one line that says what and where.</summary>
public class BadXesTests
{
    const string Good = "<event><string key='concept:name' value='a'/><date key='time:timestamp' value='2020-01-01'/></event>";

    [Theory]
    [InlineData("<!DOCTYPE log [<!ENTITY a 'aaaa'>]><log/>", "DOCTYPE")]
    [InlineData("<log><trace>&bomb;</trace></log>", "byte 12: '&'")]
    [InlineData("<log><trace a='&bomb;'/></log>", "'&'")]
    [InlineData("<log><trace a='&#0;'/></log>", "'&'")]
    [InlineData("<log><trace a='&#xFFFF;'/></log>", "'&'")]
    [InlineData("<log><trace></log>", "byte 12: </log> where </trace> should be")]
    [InlineData("<log><trace>", "before </trace>; it is cut short")]
    [InlineData("<log><trace", "cut short")]
    [InlineData("<log", "cut short")]
    [InlineData("<log></log", "cut short")]
    [InlineData("<log><!-- ", "cut short")]
    [InlineData("<log><!-- -- --></log>", "'--' inside a comment")]
    [InlineData("<log></log><log/>", "second root")]
    [InlineData("<log></log>x", "after the end")]
    [InlineData("<log></log></log>", "ends nothing")]
    [InlineData("<log> ]]> </log>", "]]>")]
    [InlineData("<log><trace a='1' a='2'/></log>", "twice in one tag")]
    [InlineData("<log><trace a='1'b='2'/></log>", "may not stand in a tag")]
    [InlineData("<log><trace a=1/></log>", "without quotes")]
    [InlineData("<log><trace a/></log>", "without '='")]
    [InlineData("<log><trace a='<'/></log>", "'<' inside")]
    [InlineData("<log><trace / ></log>", "'/' inside")]
    [InlineData("<log>< trace/></log>", "proper name")]
    [InlineData("<log><1/></log>", "proper name")]
    [InlineData("<log><a:b:c/></log>", "proper name")]
    [InlineData("<log><a:trace/></log>", "prefix a is declared nowhere")]
    [InlineData("<log><trace a:b=''/></log>", "prefix a is declared nowhere")]
    [InlineData("<log><x xmlns:a='u'/><a:trace/></log>", "prefix a is declared nowhere")]
    [InlineData(" <?xml version='1.0'?><log/>", "very beginning")]
    [InlineData("<?xml?><log/>", "malformed XML declaration")]
    [InlineData("<?xml version='1.0' encoding='ISO-8859-1'?><log/>", "save the log as UTF-8")]
    [InlineData("<pnml/>", "<pnml>, not <log>")]
    [InlineData("<log/>", "no event")]
    [InlineData("<log><trace/></log>", "no event")]
    [InlineData("<log><event/></log>", "outside any trace")]
    [InlineData("{\"ocel\":1}", "JSON")]
    [InlineData("", "empty")]
    [InlineData("  \n", "empty")]
    [InlineData("PK\u0003\u0004", "ZIP")]
    public void A_document_that_is_wrong(string text, string expected) => Assert.Contains(expected, Refusal(text));

    [Theory]
    [InlineData("<event/>", "case '1', event 2: no concept:name")]
    [InlineData("<event><string key='concept:name' value='b'/></event>", "case '1', event 2: no time:timestamp")]
    [InlineData("<event><date key='time:timestamp' value='2020-01-01'/></event>", "case '1', event 2: no concept:name")]
    [InlineData("<event><string key='concept:name'/></event>", "case '1', event 2: its activity has no value")]
    [InlineData("<event><date key='time:timestamp' value='2020-02-30'/></event>", "case '1', event 2: the time '2020-02-30' is not ISO 8601")]
    [InlineData("<event><string key='concept:name' value='b'/><string key='concept:name' value='c'/></event>", "stands there twice")]
    public void An_event_that_is_wrong_is_named(string text, string expected) => Assert.Contains(expected, Refusal(Trace(Good + text)));

    [Fact]
    public void Deep_nesting_is_refused_at_once() =>
        Assert.Contains("nested more than 64", Refusal("<log>" + string.Concat(Enumerable.Repeat("<a>", 200_000))));

    [Fact]
    public void A_tag_a_text_or_a_name_without_end_is_refused()
    {
        var endless = new string('x', 40 << 20);
        Assert.Contains("longer than 16 MiB", Refusal("<log a='" + endless));
        Assert.Contains("longer than 16 MiB", Refusal("<log><!--" + endless));
        Assert.Contains("longer than 16 MiB", Refusal("<log>" + endless));
        Assert.Contains("longer than 32 KiB", Refusal(Trace(Event(endless[..40_000]))));
        Assert.Contains("more than 256 attributes", Refusal("<log " + string.Join(' ', Enumerable.Range(0, 300).Select(i => $"a{i}=''")) + "/>"));
    }

    [Fact]
    public void A_packed_file_that_grows_out_of_all_proportion_is_refused()
    {
        var megabyte = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("<trace></trace>", (1 << 20) / 15)));
        var bomb = new MemoryStream();
        using (var gzip = new System.IO.Compression.GZipStream(bomb, System.IO.Compression.CompressionLevel.SmallestSize))
        {
            gzip.Write("<log>"u8);
            for (var i = 0; i < 300; i++) gzip.Write(megabyte);
        }

        Assert.Contains("times its size", Refusal(bomb.ToArray()));
    }

    [Fact]
    public void A_packed_file_cut_anywhere_is_refused()
    {
        var packed = Gzip(Encoding.UTF8.GetBytes(Trace(Event("a") + Event("b"))));
        for (var length = 2; length < packed.Length; length++)
            Assert.Matches("cut short or damaged .byte [0-9]+", Refusal(packed[..length]));
        packed[^6] ^= 1;
        Assert.Contains("damaged", Refusal(packed));
    }

    [Fact]
    public void A_document_cut_anywhere_is_refused()
    {
        var whole = Trace(Event("a"));
        for (var length = 0; length < whole.Length; length++) Refusal(whole[..length]);
    }

    [Fact]
    public void Bytes_that_are_no_text_are_refused_where_they_stand()
    {
        Assert.Contains("byte 5: not UTF-8", Refusal([.. "<log>"u8, 0xC3, .. "</log>"u8]));
        Assert.Contains("byte 5: control character 0x00", Refusal([.. "<log>"u8, 0, .. "</log>"u8]));
        Assert.Contains("UTF-16", Refusal(Encoding.Unicode.GetPreamble().Concat(Encoding.Unicode.GetBytes("<log/>")).ToArray()));
    }

    [Fact]
    public void A_path_that_is_no_file_is_refused()
    {
        var folder = Path.GetTempPath();
        Assert.Contains("a folder", Refuse(folder));
        Assert.Contains("no such file", Refuse(Path.Combine(folder, "no-such-log.xes")));

        static string Refuse(string path) => Assert.Throws<BadInputException>(
            () => LogReader.Read(path, cancel: TestContext.Current.CancellationToken)).Message;
    }
}
