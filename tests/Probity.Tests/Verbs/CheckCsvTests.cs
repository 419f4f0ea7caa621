using System.Text;
using Probity.Cli.Verbs;
using Probity.Lens.Conformance;
using Probity.Lens.Logs;
using Probity.Lens.Procedures;
using Probity.Lens.Rules;

namespace Probity.Tests.Verbs;

/// <summary>The shape of <c>check --csv</c>, which spreadsheets and others read.</summary>
public class CheckCsvTests
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
        var found = RuleCheck.Run(log, RuleFile.Parse("rules:\n- {id: r, kind: responded-existence, activation: 'sell, \"fast\"', target: [move, store]}\n"u8.ToArray(), "rules"));
        Assert.Equal(
            """"
            case,event,activity,time,person,kind,rule,expected,sentence
            '=2,2,"sell, ""fast""",1970-01-01T00:00:00Z,,unknown,,,"“sell, ""fast""” was done, which the procedure does not know"
            3,2,weigh,,,skipped,,weigh,“weigh” was skipped
            '=2,2,"sell, ""fast""",1970-01-01T00:00:00Z,,responded-existence,r,move; store,"In case =2 there is “sell, ""fast""” (1970-01-01), but no “move or store”."

            """".ReplaceLineEndings("\r\n"),
            Written(new CheckCsv(log, ConformanceCheck.Run(log, net), (found, new RuleSentences(found, "en")), "en")));
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
    public void No_cell_is_a_formula(string text, string cell) => Assert.Equal(cell, CheckCsv.Cell(text));

    static string Written(CheckCsv csv)
    {
        using var stream = new MemoryStream();
        csv.Write(stream, TestContext.Current.CancellationToken);
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
