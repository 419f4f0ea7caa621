using System.Diagnostics;
using Probity.Lens.Conformance;
using Probity.Lens.Procedures;
using Probity.Testing;

namespace Probity.Lens.Tests.Conformance;

public class AlignmentTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("running-example", "running-example_im00")]
    [InlineData("roadtraffic100traces", "roadtraffic100traces_im20")]
    [InlineData("roadfines", "roadfines_R1")]
    [InlineData("roadfines", "roadfines_im20")]
    [InlineData("roadfines", "roadfines_im00")]
    [InlineData("receipt", "receipt_im00")]
    [InlineData("receipt", "receipt_im20")]
    [InlineData("sepsis_cases", "sepsis_cases_im20")]
    [InlineData("sepsis_cases", "sepsis_cases_im00")]
    public void Costs(string log, string model)
    {
        var net = ProcedureReader.Read(ReferenceData.Path($"lens/models/{model}.pnml"));
        var im00 = model == "sepsis_cases_im00";
        var refs = ReferenceAlignment.Read(log, im00 ? "sepsis_cases_im20" : model);
        var clock = Stopwatch.StartNew();
        var problem = new AlignmentProblem(net, refs.Select(r => (IReadOnlyList<string>)r.Trace), default);
        output.WriteLine($"graph {problem.Graph!.Count} markings {problem.Graph.StepCount} steps {clock.ElapsedMilliseconds} ms");
        var search = new AlignmentSearch(problem, problem.Graph, int.MaxValue);
        long visited = 0; int wrong = 0; int most = 0;
        foreach (var r in refs)
        {
            var found = search.Find(problem.Encode(r.Trace));
            visited += search.Visited; most = Math.Max(most, search.Visited);
            if (!im00 && found!.Cost != r.Cost && wrong++ < 5) output.WriteLine($"{found.Cost} != {r.Cost} {string.Join('|', r.Trace)}");
            if (im00 && found!.Cost >= 10000) wrong++;
        }
        output.WriteLine($"visited {visited} most {most} wrong {wrong} tables {problem.Costs!.TableCount} {clock.ElapsedMilliseconds} ms");
        Assert.Equal(0, wrong);
    }
}
