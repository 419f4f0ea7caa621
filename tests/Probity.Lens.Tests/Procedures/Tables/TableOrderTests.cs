using Probity.Lens.Procedures.Tables;
using static Probity.Lens.Tests.Procedures.Tables.Tables;

namespace Probity.Lens.Tests.Procedures.Tables;

/// <summary>Which traces a table allows.</summary>
public class TableOrderTests
{
    [Fact]
    public void Empty_is_after_the_row_above()
    {
        Assert.Equal(["a b c"], Language.Of(Order("a", "b", "c").Net, 4));
        Assert.Equal(["a b c", "a c b"], Language.Of(Order("a", "b", "c|a").Net, 4));
    }

    [Fact]
    public void Several_wait_for_all_and_the_start_may_be_said() =>
        Assert.Equal(["a b c", "b a c"], Language.Of(Order("a|start", "b|-", "c|a; b").Net, 4));

    [Fact]
    public void An_optional_step_may_be_left_out() =>
        Assert.Equal(["a b c", "a c"], Language.Of(Order("a", "b|a||yes", "c|b").Net, 4));

    [Fact]
    public void Of_a_choice_one_is_done_and_the_rest_follows_whichever() =>
        Assert.Equal(["a b d", "a c d"], Language.Of(Order("a", "b|a", "c||b", "d|b").Net, 4));

    [Fact]
    public void A_choice_may_be_left_out_as_a_whole() =>
        Assert.Equal(["a b d", "a c d", "a d"], Language.Of(Order("a", "b|a||sí", "c|a|b", "d").Net, 4));

    [Fact]
    public void Ways_that_are_told_apart_have_steps_of_their_own()
    {
        // c stands for b; d is only on the way of c, e only on that of b, f comes after both.
        Assert.Equal(["a b e f", "a c d f"], Language.Of(Order("a", "b|a", "c||b", "d|c", "e|b", "f|d, e").Net, 5));
        Assert.Equal(["a b f", "a c d f"], Language.Of(Order("a", "b|a", "c||b", "d|c", "f|b, d").Net, 5));
        Assert.Equal(["a b e", "a c d"], Language.Of(Order("a", "b|a", "c||b", "d|c", "e|b").Net, 5));
    }

    [Fact]
    public void Ways_lie_in_ways() =>
        Assert.Equal(["a b g", "a c d g", "a c e f g"], Language.Of(Order("a", "b|a", "c||b", "d|c", "e||d", "f|e", "g|b; d; f").Net, 6));

    [Fact]
    public void A_way_may_have_steps_side_by_side() =>
        Assert.Equal(["a", "b c d", "b d c"], Language.Of(Order("a", "b||a", "c|b", "d|b").Net, 4));

    [Fact]
    public void Names_are_found_whatever_their_case_with_commas_and_by_number()
    {
        Assert.Equal(["Weigh, and seal x Y"], Language.Of(Read("N.º;paso;después de\n1.;Weigh, and  seal;\n2;x;1\n3;Y;2\n").Net, 4));
        Assert.Equal(["a, b c d"], Language.Of(Order("a, b", "c|A, B", "d|a, b and C").Net, 4));
    }

    [Fact]
    public void Two_people_record_a_step_twice_unless_a_column_names_the_second()
    {
        const string Text = "step,after,second person\na,,yes\nb,,\n";
        Assert.Equal(["a a b"], Language.Of(Read(Text).Net, 4));
        Assert.Equal(["a b"], Language.Of(Read(Text, new ProcedureTableOptions { SecondPersonAttribute = "witness" }).Net, 4));
    }

    [Theory]
    [InlineData("x|y\n", "no column 'step'")]
    [InlineData("step|after\n", "there is no step in the table")]
    [InlineData("step|after\na|\nb|c\n", "steps: line 3, column 'after': there is no step 'c'. The steps are: a, b.")]
    [InlineData("paso|tras\na|\nb|c\n", "steps: line 3, column 'tras': there is no step 'c'")]
    [InlineData("step|after\na|\nA|\n", "line 3: the step 'A' is there already, in the line 2")]
    [InlineData("step|after\na|b\nb|c\nc|a\n", "the steps go round in a circle: a → c → b → a")]
    [InlineData("step|after\na|\nb|b\n", "line 3, column 'after': a step cannot come after itself")]
    [InlineData("step|who\na|\n|x\n", "line 3, column 'step': no step")]
    [InlineData("step|optional\na|perhaps\n", "line 2, column 'optional': 'perhaps' is neither yes nor no")]
    [InlineData("step|within\na|\nb|2 months\n", "line 3, column 'within': '2 months' is no length of time")]
    [InlineData("step|within\na|\nb|48\n", "'48' is no length of time")]
    [InlineData("step|within\na|\nb|-2 days\n", "'-2 days' is no length of time")]
    [InlineData("step|within\na|\nb|1.5 h\n", "'1.5 h' is no length of time")]
    [InlineData("step|within\na|\nb|0 h\n", "'0 h' is no length of time")]
    [InlineData("step|within\na|2 h\n", "line 2, column 'within': 'a' comes after nothing")]
    [InlineData("step|instead of\na|z\n", "line 2, column 'instead of': there is no step 'z'")]
    [InlineData("step|instead of\na|b\nb|a\n", "stands in for")]
    [InlineData("step|instead of\na|a\n", "cannot stand in for itself")]
    [InlineData("step|instead of|after\na||\nb|a|a\n", "stand in for one another")]
    [InlineData("step|instead of|after\na||\nb||\nc|b|-\nd|b|a\n", "line 5, column 'after': 'd' stands in for 'b' and comes after other steps")]
    [InlineData("step|instead of|optional\na||\nb|a|yes\n", "line 3: 'b' stands in for 'a', so whether they may be left out is said there")]
    [InlineData("step|instead of|after\na||\nb|a|\nc||b\nd||-\ne||c; d\n", "line 6, column 'after': 'e' comes after a step that is done only where 'b' is")]
    [InlineData("step|instead of|after\na||\nb|a|\nc|a|\nd||b\ne||c; d\n", "'e' comes after steps of 2 of the 3 ways of a choice; name one of each, also 'a'")]
    [InlineData("step|paso\na|b\n", "the columns 'step' and 'paso' mean the same, 'step'")]
    [InlineData("no|step\n1|a\n1|b\n", "the number 1 is there already, in the line 2")]
    public void A_table_that_cannot_be_meant(string text, string expected) => Assert.Contains(expected, Refusal(() => Read(text)));

    [Theory]
    [InlineData("2 days", "2d")]
    [InlineData("48 h", "48h")]
    [InlineData("2 días", "2d")]
    [InlineData("48 horas", "48h")]
    [InlineData("1 semana", "1w")]
    [InlineData("1 day 12 hours", "1d12h")]
    [InlineData("1 dia e 12 horas", "1d12h")]
    [InlineData("30 min.", "30m")]
    [InlineData("P2D", "P2D")]
    [InlineData("90m", "90m")]
    public void Lengths_of_time(string text, string expected) =>
        Assert.Contains($"within: {expected}}}", Assert.Single(Read($"step|within\na|\nb|{text}\n").Net.RuleNotes).Text);
}
