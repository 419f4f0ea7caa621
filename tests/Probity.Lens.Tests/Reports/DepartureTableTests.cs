using System.Text;
using Probity.Lens.Conformance;
using Probity.Lens.Logs;
using Probity.Lens.Procedures;
using Probity.Lens.Reports;
using Probity.Lens.Rules;

namespace Probity.Lens.Tests.Reports;

/// <summary>The shape of <c>check --csv</c>, which spreadsheets and others read.</summary>
public class DepartureTableTests
{
    const string Procedure = """
        <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"><process id="p">
        <startEvent id="s"/><task id="a" name="seize"/><task id="b" name="weigh"/><endEvent id="e"/>
        <sequenceFlow id="1" sourceRef="s" targetRef="a"/><sequenceFlow id="2" sourceRef="a" targetRef="b"/><sequenceFlow id="3" sourceRef="b" targetRef="e"/>
        </process></definitions>
        """;

    [Fact]
    public void Each_deviation_and_violation_is_a_line()
    {
        var log = EventLog.FromTraces([("1", ["seize", "weigh"]), ("=2", ["seize", "sell, \"fast\"", "weigh"]), ("3", ["seize"])]);
        var net = ProcedureReader.Read(new MemoryStream(Encoding.UTF8.GetBytes(Procedure)), "procedure");
        var found = RuleCheck.Run(log, RuleFile.Parse("rules:\n- {id: r, kind: responded-existence, activation: 'sell, \"fast\"', target: [move, store]}\n"u8.ToArray(), "rules"), cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(
            """"
            case,event,activity,time,person,kind,rule,expected,sentence
            '=2,2,"sell, ""fast""",1970-01-01T00:00:00Z,,unknown,,,"“sell, ""fast""” was done, which the procedure does not know"
            3,2,weigh,,,skipped,,weigh,“weigh” was skipped
            '=2,2,"sell, ""fast""",1970-01-01T00:00:00Z,,responded-existence,r,move; store,"In case =2 there is “sell, ""fast""” (1970-01-01), but no “move or store”."

            """".ReplaceLineEndings("\r\n"),
            Written(new DepartureTable(log, ConformanceCheck.Run(log, net, null, null, TestContext.Current.CancellationToken), found, "en")));
    }

    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("+1", "'+1")]
    [InlineData("-1", "'-1")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("\t=1", "'\t=1")]
    [InlineData("\r=1", "\"'\r=1\"")]
    [InlineData("a=1", "a=1")]
    [InlineData("a\nb", "\"a\nb\"")]
    [InlineData("", "")]
    public void No_cell_is_a_formula(string text, string cell) => Assert.Equal(cell, DepartureTable.Cell(text));

    [Fact]
    public void People_go_by_one_number_in_the_table_and_the_report()
    {
        var builder = new EventLogBuilder();
        var one = builder.AddCase("1");
        builder.Add(one, "seize", "Ana", 0);
        builder.Add(one, "sell", "Rui", 1);
        builder.Add(one, "burn", "Eva", 2);
        var log = builder.Build();
        var net = ProcedureReader.Read(new MemoryStream(Encoding.UTF8.GetBytes(Procedure)), "procedure");
        var result = ConformanceCheck.Run(log, net, null, null, TestContext.Current.CancellationToken);
        var people = new ShownPeople(log.Resources, named: false);
        // Eva is spoken of first, so that an order of the table's own would show.
        Assert.Equal("P-001", people.Of(2));
        var table = Written(new DepartureTable(log, result, null, "en", people));
        Assert.Contains("1,2,sell,1970-01-01T00:00:00.000001Z,P-002,unknown", table, StringComparison.Ordinal);
        Assert.Contains("1,3,burn,1970-01-01T00:00:00.000002Z,P-001,unknown", table, StringComparison.Ordinal);
        var page = new StringWriter();
        CheckReport.Write(page, new ReportSubject
        {
            Log = log, LogFile = new SourceFile("log.csv", 1, null), Procedure = (net, result), People = people,
            Made = DateTimeOffset.UnixEpoch, Version = "1",
        }, TestContext.Current.CancellationToken);
        Assert.All((string[])["Ana", "Rui", "Eva"], name => Assert.DoesNotContain(name, page.ToString(), StringComparison.Ordinal));
        Assert.Contains("P-003", page.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("<pre>", page.ToString(), StringComparison.Ordinal);
    }

    static string Written(DepartureTable csv)
    {
        using var stream = new MemoryStream();
        csv.Write(stream, mark: false, TestContext.Current.CancellationToken);
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
