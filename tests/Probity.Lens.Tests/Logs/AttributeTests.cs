using Probity.Lens.Logs;
using static Probity.Lens.Tests.Logs.LogFiles;

namespace Probity.Lens.Tests.Logs;

public class AttributeTests
{
    static readonly LogReaderOptions Wanted = new() { EventAttributes = ["x", "y"], CaseAttributes = ["c"] };

    [Fact]
    public void Xes_attributes_have_their_types()
    {
        var log = Read(Trace(
            "<int key='c' value='7'/>"
            + Event("a", "<string key='x' value='t &amp; u'/><float key='y' value='2.5'/><string key='z' value='no'/>")
            + Event("b", "<boolean key='x' value='true'/><date key='y' value='1970-01-01T00:00:01Z'/>")
            + Event("c", "<list key='x'><values><int key='y' value='1'/></values></list><float key='y' value='NaN'/>")), Wanted);
        var (x, y, c) = (log.EventAttributes["x"], log.EventAttributes["y"], log.CaseAttributes["c"]);
        Assert.Equal(7, c.NumberOf(0));
        Assert.Equal(("t & u", "true"), (x.TextOf(0), x.TextOf(1)));
        Assert.Equal((2.5, 1_000_000), (y.NumberOf(0), y.TimeOf(1)));
        Assert.Equal((AttributeKind.Missing, AttributeKind.Missing), (x.KindOf(2), y.KindOf(2)));
        Assert.Equal(["x", "y"], log.EventAttributes.Keys);
    }

    [Fact]
    public void Csv_attributes_are_text_and_follow_their_events_when_those_are_sorted()
    {
        var log = Read("case,activity,time,x,y,case:c\n1,late,1970-01-02,5,,k\n2,other,1970-01-01,,6,\n1,early,1970-01-01,,7,k\n", Wanted);
        var (x, y, c) = (log.EventAttributes["x"], log.EventAttributes["y"], log.CaseAttributes["c"]);
        Assert.Equal((AttributeKind.Missing, "5", AttributeKind.Missing), (x.KindOf(0), x.TextOf(1), x.KindOf(2)));
        Assert.Equal(("7", AttributeKind.Missing, "6"), (y.TextOf(0), y.KindOf(1), y.TextOf(2)));
        Assert.Equal(("k", AttributeKind.Missing), (c.TextOf(0), c.KindOf(1)));
    }

    [Theory]
    [InlineData("<int key='x' value='seven'/>", "the int 'x' has the value 'seven'")]
    [InlineData("<date key='x' value='today'/>", "the date 'x' has the value 'today'")]
    [InlineData("<boolean key='x' value='maybe'/>", "the boolean 'x'")]
    [InlineData("<string key='x' value='1'/><string key='x' value='2'/>", "x stands there twice")]
    [InlineData("<string key='x'/>", "its 'x' has no value")]
    public void A_wrong_attribute_is_refused_if_it_was_asked_for(string xes, string expected)
    {
        Assert.Contains(expected, Refusal(Trace(Event("a", xes)), Wanted));
        Assert.Equal(1, Read(Trace(Event("a", xes))).EventCount);
    }

    [Theory]
    [InlineData("case,activity,time,x\n1,a,1970-01-01,1\n", "no column is named 'y'")]
    [InlineData("case,activity,time,x,y,c\n1,a,1970-01-01,1,1,k\n1,a,1970-01-01,1,1,l\n", "line 3: a second value of 'c' in the case '1'")]
    public void A_wrong_column_is_refused(string csv, string expected) => Assert.Contains(expected, Refusal(csv, Wanted));

    [Fact]
    public void Nothing_is_kept_unasked() => Assert.Empty(Read(Trace(Event("a", "<string key='x' value='1'/>"))).EventAttributes);
}
