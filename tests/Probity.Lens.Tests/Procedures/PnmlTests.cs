using System.Text;
using Probity.Lens.Procedures;
using Probity.Lens.Tests.Conformance;
using Probity.Testing;

namespace Probity.Lens.Tests.Procedures;

public class PnmlTests
{
    internal const string Valid = """
        <?xml version="1.0"?><pnml xmlns="http://www.pnml.org/version-2009/grammar/pnml"><net id="n" type="x"><page id="g"><page id="h">
        <place id="p"><initialMarking><text>2</text></initialMarking></place></page><place id="q"/>
        <transition id="t"><name><text>a</text></name></transition>
        <transition id="u"><name><text>u</text></name><toolspecific tool="ProM" version="6.4" activity="$invisible$"/></transition>
        <arc id="1" source="p" target="t"><inscription><text>2</text></inscription></arc><arc id="2" source="t" target="q"/>
        <arc id="3" source="q" target="u"/><arc id="4" source="u" target="q"/>
        </page><finalmarkings><marking><place idref="q"><text>1</text></place></marking></finalmarkings></net></pnml>
        """;

    [Fact]
    public void Pages_markings_weights_and_silent_transitions_are_read()
    {
        var net = Bpmn.Read(Valid);
        Assert.Equal("pnml", net.Kind);
        Assert.Equal(["p", "q"], net.Places);
        Assert.Equal(["a", null], net.Labels);
        Assert.Equal([2, 0], net.Initial.ToArray());
        Assert.Equal([0, 1], net.Final.ToArray());
        Assert.Equal([new Arc(0, 2)], net.InputsOf(0).ToArray());
        Assert.True(CheckTests.Check(net, "a").Variants[0].Fits);
    }

    [Theory]
    [InlineData("roadfines_R1", 19, 27, 13)]
    [InlineData("sepsis_cases_im00", 39, 50, 34)]
    public void Real_nets_have_their_size(string model, int places, int transitions, int silent)
    {
        var net = ProcedureReader.Read(ReferenceData.Path($"lens/models/{model}.pnml"));
        Assert.Equal((places, transitions, silent), (net.Places.Count, net.Labels.Count, net.Labels.Count(l => l is null)));
        Assert.Equal((1, 1), (net.Initial.ToArray().Sum(), net.Final.ToArray().Sum()));
    }

    [Fact]
    public void Without_final_markings_the_only_place_with_no_way_out_is_final()
    {
        var net = Bpmn.Read(Valid.Replace("<arc id=\"3\" source=\"q\" target=\"u\"/>", "", StringComparison.Ordinal)
            .Replace("finalmarkings", "other", StringComparison.Ordinal).Replace("idref=\"q\"", "id=\"z\"", StringComparison.Ordinal)
            .Replace("<other><marking><place id=\"z\"><text>1</text></place></marking></other>", "", StringComparison.Ordinal));
        Assert.Equal([0, 1], net.Final.ToArray());
    }

    [Theory]
    [InlineData("id=\"q\"", "id=\"p\"", "'p' is given twice")]
    [InlineData("source=\"t\"", "source=\"zz\"", "'zz'")]
    [InlineData("target=\"t\"", "target=\"q\"", "two places")]
    [InlineData("source=\"t\" target=\"q\"", "source=\"t\" target=\"u\"", "two transitions")]
    [InlineData("<text>2</text></initialMarking>", "<text>-1</text></initialMarking>", "'-1'")]
    [InlineData("<text>2</text></inscription>", "<text>0</text></inscription>", "weight 0")]
    [InlineData("<text>2</text></inscription>", "<text>99999999999</text></inscription>", "99999999999")]
    [InlineData("idref=\"q\"", "idref=\"t\"", "is a transition")]
    [InlineData("idref=\"q\"", "idref=\"zz\"", "'zz'")]
    [InlineData("</marking>", "</marking><marking/>", "2 final markings")]
    [InlineData("<place id=\"q\"/>", "<place/>", "no id")]
    [InlineData("<place id=\"q\"/>", "<place id=\"q\"/><referencePlace id=\"r\" ref=\"q\"/>", "reference nodes")]
    [InlineData("target=\"q\"/>", "target=\"q\"><arctype><text>inhibitor</text></arctype></arc>", "inhibitor")]
    [InlineData("</net>", "</net><net id=\"m\"/>", "2 nets")]
    [InlineData("<pnml ", "<petri ", "not well-formed")]
    public void Mistakes_are_named(string text, string mistake, string says) =>
        AssertRefused(Valid.Replace(text, mistake, StringComparison.Ordinal), says);

    [Theory]
    [InlineData("", "not well-formed")]
    [InlineData("<a/>", "root element is <a>")]
    [InlineData("<pnml/>", "no <net>")]
    [InlineData("<pnml><net/></pnml>", "no places or no transitions")]
    [InlineData("<definitions/>", "not of BPMN 2.0")]
    [InlineData("<!DOCTYPE pnml [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><pnml>&x;</pnml>", "not allowed")]
    [InlineData("<pnml><net><place id='p'/><place id='q'/><transition id='t'/></net></pnml>", "2 places have no way out")]
    public void What_is_no_net_is_refused(string xml, string says) => AssertRefused(xml, says);

    [Fact]
    public void A_tower_of_tags_is_refused() =>
        AssertRefused(new StringBuilder().Insert(0, "<pnml>", 200_000).ToString(), "nested more than");

    [Fact]
    public void A_tag_with_too_many_attributes_is_refused() =>
        AssertRefused($"<pnml {string.Join(' ', Enumerable.Range(0, 100_000).Select(i => $"a{i}=''"))}/>", "attributes");

    [Fact]
    public void Arcs_that_move_too_many_tokens_together_are_refused()
    {
        const string arc = "<arc id=\"3\" source=\"q\" target=\"u\">";
        var more = string.Concat(Enumerable.Repeat("<arc source=\"q\" target=\"u\"><inscription><text>10000</text></inscription></arc>", 11));
        AssertRefused(Valid.Replace(arc[..^1], more + arc[..^1], StringComparison.Ordinal), "more than 100,000 tokens");
    }

    [Fact]
    public void A_text_in_very_many_pieces_is_read_at_once()
    {
        var name = string.Concat(Enumerable.Repeat("a<!-- -->b<![CDATA[c]]>", 200_000));
        var net = Bpmn.Read(Valid.Replace("<text>a</text>", $"<text>{name}</text>", StringComparison.Ordinal));
        Assert.Equal((600_000, "abcabc"), (net.Labels[0]!.Length, net.Labels[0]![..6]));
    }

    [Fact]
    public void A_file_that_is_not_there_is_named() =>
        Assert.Contains("nowhere.pnml", Assert.Throws<BadInputException>(() => ProcedureReader.Read("nowhere.pnml")).Message, StringComparison.Ordinal);

    static void AssertRefused(string xml, string says)
    {
        var message = Assert.Throws<BadInputException>(() => Bpmn.Read(xml)).Message;
        Assert.Contains(says, message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', message);
    }
}
