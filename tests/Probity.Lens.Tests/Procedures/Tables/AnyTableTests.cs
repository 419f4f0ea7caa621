using System.Text;
using System.Xml.Linq;
using CsCheck;
using Probity.Lens.Conformance;
using Probity.Lens.Procedures;
using Probity.Lens.Procedures.Tables;
using Probity.Lens.Rules;

namespace Probity.Lens.Tests.Procedures.Tables;

/// <summary>Tables of any content: refused with one line, or made into a sound net that BPMN carries unchanged.</summary>
public class AnyTableTests
{
    static readonly string[] Names = ["a", "b", "c", "d", "e", "f", "g"];

    static readonly Gen<ProcedureRow[]> AnyRows = Gen.Int[1, 7].SelectMany(count => Gen.Select(
        Refer(count, 0.6), Refer(count, 0.3), Refer(count, 0.1), Gen.Double[0, 1], Gen.Double[0, 1], (after, more, instead, two, optional) => (after, more, instead, two, optional)).Array[count]
        .Select(rows => rows.Select((r, i) => new ProcedureRow(
            // Mostly what comes before, so that many tables are accepted; now and then anything.
            Names[i], After: string.Join(", ", new[] { r.after, r.more }.Where(a => a >= 0 && (a < i || r.two > 0.95)).Select(a => Names[a]).Distinct()),
            SecondPerson: r.two < 0.1 ? "yes" : "", Optional: r.optional < 0.15 ? "yes" : "",
            InsteadOf: r.instead >= 0 && r.instead < i ? Names[r.instead] : "", Within: i > 0 && r.optional > 0.8 ? "2 d" : "")).ToArray()));

    static Gen<string> OneOf(params string[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    static Gen<int> Refer(int count, double share) => Gen.Select(Gen.Double[0, 1], Gen.Int[0, count - 1], (chance, step) => chance < share ? step : -1);

    [Fact]
    public void What_is_accepted_is_sound_and_the_same_in_bpmn()
    {
        var (accepted, choices) = (0, 0);
        AnyRows.Sample(
            rows =>
            {
                ProcedureTable table;
                try
                {
                    table = ProcedureTable.Of(rows, "any");
                }
                catch (BadInputException e)
                {
                    Assert.DoesNotContain('\n', e.Message);
                    return;
                }

                AssertSound(table.Net);
                Interlocked.Increment(ref accepted);
                if (rows.Any(r => r.InsteadOf!.Length > 0)) Interlocked.Increment(ref choices);
                AssertDrawn(table, rows.Length);
            },
            iter: 400);
        Assert.True(accepted > 100 && choices > 20, $"{accepted} accepted, {choices} with choices");
    }

    /// <summary>Sound and safe (van der Aalst 1998): from every marking the end can be reached, nothing else is left then, and every step can happen.</summary>
    static void AssertSound(PetriNet net)
    {
        var graph = new MarkingGraph(net, 100_000);
        Assert.True(graph.TryExploreAll(TestContext.Current.CancellationToken));
        Assert.True(graph.Final >= 0);
        var end = net.Places.ToList().IndexOf("end");
        var (back, fired) = (new List<int>[graph.Count], new HashSet<int>());
        for (var m = 0; m < graph.Count; m++)
        {
            var tokens = graph.Tokens(m).ToArray();
            Assert.DoesNotContain(tokens, t => t > 1);
            if (tokens[end] > 0) Assert.Equal(graph.Final, m);
            back[m] = [];
        }

        for (var m = 0; m < graph.Count; m++)
        {
            foreach (var step in graph.StepsFrom(m))
            {
                back[step.Target].Add(m);
                fired.Add(step.Transition);
            }
        }

        Assert.Equal(net.Transitions.Count, fired.Count);
        var (reached, open) = (new HashSet<int> { graph.Final }, new Stack<int>([graph.Final]));
        while (open.TryPop(out var marking))
            foreach (var before in back[marking])
                if (reached.Add(before)) open.Push(before);
        Assert.Equal(graph.Count, reached.Count);
    }

    static void AssertDrawn(ProcedureTable table, int steps)
    {
        var stream = new MemoryStream();
        table.WriteBpmn(stream);
        stream.Position = 0;
        AssertApart(XDocument.Load(stream));
        stream.Position = 0;
        var drawn = ProcedureReader.Read(stream, "drawn");
        Assert.Equal("bpmn", drawn.Kind);
        Assert.Equal(table.RulesWith()?.Rules.Select(r => (r.Id, r.Kind)), RuleFile.Drawn(drawn, "drawn")?.Rules.Select(r => (r.Id, r.Kind)));
        if (steps <= 5) Assert.Equal(Language.Of(table.Net, 8), Language.Of(drawn, 8));
    }

    /// <summary>No two boxes of the picture lie on each other, and none lies outside.</summary>
    static void AssertApart(XDocument drawing)
    {
        var boxes = drawing.Descendants().Where(e => e.Name.LocalName == "Bounds").Select(b => new[] { "x", "y", "width", "height" }.Select(n => (int)b.Attribute(n)!).ToArray()).ToList();
        for (var i = 0; i < boxes.Count; i++)
        {
            Assert.True(boxes[i][0] >= 0 && boxes[i][1] >= 0);
            for (var j = 0; j < i; j++)
                Assert.False(Meet(boxes[i][0], boxes[i][2], boxes[j][0], boxes[j][2]) && Meet(boxes[i][1], boxes[i][3], boxes[j][1], boxes[j][3]), drawing.ToString());
        }

        static bool Meet(int a, int length, int b, int other) => a < b + other && b < a + length;
    }

    [Fact]
    public void A_table_from_anywhere_is_read_or_refused()
    {
        var cell = OneOf("a", "b", "c", "x", "", "-", "yes", "no", "2 d", "48 horas", "a, b", "\"a;b\"", "step", "after", "instead of", "\"", "\n", ",", ";", "é", "1", "\u0000", "[]", "within", "\uFEFF");
        Gen.Select(OneOf("step,after,instead of,within\n", "no;step;after\n", "paso|tras|opcional\n", "step\n", ""), cell.Array[0, 30], OneOf(",", ";", "|", "\n")).Sample(
            sample =>
            {
                var bytes = Encoding.UTF8.GetBytes(sample.Item1 + string.Join(sample.Item3, sample.Item2));
                try
                {
                    AssertSound(ProcedureReader.Read(new MemoryStream(bytes), "any"));
                }
                catch (BadInputException e)
                {
                    Assert.DoesNotContain('\n', e.Message);
                }
            },
            iter: 3_000);
    }

    [Fact]
    public void A_long_table_and_ways_in_ways_are_made_without_recursion_to_the_end()
    {
        var chain = Enumerable.Range(0, 1_000).Select(i => new ProcedureRow($"s{i}")).ToList();
        Assert.Equal(1_000, ProcedureTable.Of(chain, "chain").Net.Labels.Count);
        var nested = Enumerable.Range(0, 300).SelectMany(i => new[] { new ProcedureRow($"a{i}", After: i == 0 ? "-" : $"b{i - 1}"), new ProcedureRow($"b{i}", InsteadOf: $"a{i}") }).ToList();
        var table = ProcedureTable.Of(nested, "nested");
        AssertSound(table.Net);
        table.WriteBpmn(new MemoryStream());
        Assert.Contains("up to 1,000", Assert.Throws<BadInputException>(() => ProcedureTable.Of([.. chain, new ProcedureRow("x")], "long")).Message);
    }
}
