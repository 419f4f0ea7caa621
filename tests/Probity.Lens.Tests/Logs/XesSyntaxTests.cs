using System.Text;
using static Probity.Lens.Tests.Logs.LogFiles;

namespace Probity.Lens.Tests.Logs;

/// <summary>The ways in which XES may be written, each read alike, and as the framework's own XML parser reads it.</summary>
public class XesSyntaxTests
{
    [Theory]
    [InlineData("""<log><trace><string key="concept:name" value="1"/>EVENT</trace></log>""")]
    [InlineData("""<?xml version='1.0' encoding='UTF-8' standalone="yes" ?><log xmlns="http://www.xes-standard.org/"><trace><string value='1' key='concept:name'/>EVENT</trace></log>""")]
    [InlineData("""<!-- - c --><log a='1' ><?pi > ?><trace ><string key = "concept:name" value	= '1' ></string >EVENT</trace ></log><!-- end --><?x?>""")]
    [InlineData("""<log><string key="concept:name" value="the log"/><global scope="event"><string key="concept:name" value="x"/></global><trace><string key="concept:name" value="1"/>EVENT</trace></log>""")]
    [InlineData("""<log><trace>EVENT<string key="concept:name" value="1"/></trace></log>""")]
    [InlineData("""<log><trace><string key="concept:name" value="&#49;"/>text &amp; <![CDATA[<event/> & ]] >]]>EVENT</trace></log>""")]
    [InlineData("""<log><trace><list key="l"><values><string key="concept:name" value="no"/></values></list><string key="concept:name" value="1"><string key="concept:name" value="no"/></string>EVENT</trace></log>""")]
    public void Forms_of_a_trace(string form)
    {
        foreach (var start in (string[])["", "\uFEFF"])
        {
            var text = start + form.Replace("EVENT", Event("a"));
            Assert.Equal("case 1\na||1577836800000000\n", AsPlain(text));
        }
    }

    [Theory]
    [InlineData("""<event><date value="2020-01-01T01:00:00+01:00" key="time:timestamp"/><string key="org:resource" value="r"/><string key="concept:name" value="a"/></event>""", "a", "r")]
    [InlineData("""<event><string key='concept:name' value='&lt;a&gt; &amp;&quot;&apos;&#x20AC;&#233;é'/><date key='time:timestamp' value='2020-01-01T00:00:00Z'/></event>""", "<a> &\"'€éé", "")]
    [InlineData("<event><string key='concept:name' value='a\tb\r\nc&#10;d'/><date key='time:timestamp' value='2020-01-01T00:00:00Z'/></event>", "a b c\nd", "")]
    [InlineData("""<event><container key="c"><string key="concept:name" value="no"/><event><string key="org:resource" value="no"/></event></container><string key="concept:name" value="a"><date key="time:timestamp" value="1999-01-01"/></string><date key="time:timestamp" value="2020-01-01T00:00:00Z"/></event>""", "a", "")]
    public void Forms_of_an_event(string form, string activity, string resource) =>
        Assert.Equal($"case 1\n{activity}|{resource}|1577836800000000\n", AsPlain(Trace(form)));

    [Fact]
    public void A_prefix_that_the_root_has_counts_and_another_does_not()
    {
        var text = """
            <x:log xmlns:x="http://www.xes-standard.org/" xmlns:y="urn:other"><y:trace><y:event/></y:trace><x:trace>
            <x:string key="concept:name" value="1"/><x:event><x:string key="concept:name" value="a"/>
            <x:date key="time:timestamp" value="1970-01-01T00:00:00.000001Z"/></x:event><y:event/></x:trace></x:log>
            """;
        Assert.Equal("case 1\na||1\n", Dump(Read(text)));
    }

    [Fact]
    public void A_later_version_is_read_as_the_first()
    {
        var bytes = Encoding.UTF8.GetBytes($"""<?xml version='1.1'?><log><trace><string key="concept:name" value="1"/>{Event("a")}</trace></log>""");
        ParseAsFramework(bytes);
        Assert.Equal("case 1\na||1577836800000000\n", Dump(Read(bytes)));
    }

    [Fact]
    public void A_name_of_the_encoding_that_the_framework_does_not_know()
    {
        var bytes = Encoding.UTF8.GetBytes($"""<?xml version="1.0" encoding="UTF8"?><log><trace>{Event("añ")}</trace></log>""");
        ParseAsFramework(bytes);
        Assert.Equal("case 1\nañ||1577836800000000\n", Dump(Read(bytes)));
    }

    [Fact]
    public void Traces_without_a_name_go_by_number_and_empty_ones_stay()
    {
        var log = Read($"<log><trace/><trace>{Event("a")}{Event("b")}</trace><trace></trace></log>");
        Assert.Equal(["1", "2", "3"], log.Cases);
        Assert.Equal([0, 2, 0], Enumerable.Range(0, 3).Select(c => log.ActivitiesOf(c).Length));
    }

    [Fact]
    public void A_trace_keeps_the_files_order_whatever_the_times()
    {
        var log = Read(Trace(Event("late").Replace("2020", "2021") + Event("early")));
        Assert.Equal(["late", "early"], log.Activities);
        Assert.True(log.TimesOf(0)[0] > log.TimesOf(0)[1]);
        Assert.Equal(1, log.Backwards);
    }

    [Fact]
    public void Tags_and_characters_may_fall_anywhere_across_the_blocks_that_are_read()
    {
        foreach (var shift in Enumerable.Range(0, 90))
        {
            // 256 KiB is the size of a block; the pad moves an event over its edge byte by byte.
            var pad = new string(' ', (256 << 10) - 150 + shift);
            var text = $"<log>{pad}<trace>{Event("añ€😀&amp;<!---->".Replace("<!---->", ""))}</trace></log>";
            Assert.Equal("case 1\nañ€😀&||1577836800000000\n", Dump(Read(text)));
        }
    }

    [Fact]
    public void Gzip_is_known_by_its_content_and_may_have_several_members()
    {
        var text = Encoding.UTF8.GetBytes(Trace(Event("a")));
        var expected = Dump(Read(text));
        Assert.Equal(expected, Dump(Read(Gzip(text))));
        Assert.Equal(expected, Dump(Read([.. Gzip(text[..20]), .. Gzip(text[20..])])));
    }

    static string AsPlain(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var dump = Dump(Read(bytes));
        Assert.Equal(PlainXesReader.Dump(PlainXesReader.Read(new MemoryStream(bytes))), dump);
        return dump;
    }
}
