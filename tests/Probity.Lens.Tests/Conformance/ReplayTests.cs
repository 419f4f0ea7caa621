using Probity.Lens.Conformance;
using Probity.Lens.Procedures;
using Probity.Testing;

namespace Probity.Lens.Tests.Conformance;

public class ReplayTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("roadfines", "roadfines_R1", 84.562745, 0.986744262)]
    [InlineData("roadfines", "roadfines_im20", 43.972867, 0.928804324)]
    [InlineData("roadfines", "roadfines_im00", 100, 1)]
    [InlineData("receipt", "receipt_im00", 99.302650, 0.999689314)]
    [InlineData("receipt", "receipt_im20", 59.623431, 0.955262741)]
    [InlineData("sepsis_cases", "sepsis_cases_im20", 67.047619, 0.966979729)]
    [InlineData("sepsis_cases", "sepsis_cases_im00", 100, 1)]
    public void Figures(string log, string model, double fit, double fitness)
    {
        var net = ProcedureReader.Read(ReferenceData.Path($"lens/models/{model}.pnml"));
        var refs = ReferenceAlignment.Read(log, model == "sepsis_cases_im00" ? "sepsis_cases_im20" : model);
        var replay = new TokenReplay(net);
        double n = 0, f = 0, m = 0, c = 0, r = 0, p = 0;
        foreach (var v in refs)
        {
            var x = replay.Replay(v.Trace);
            n += v.Count; if (x.Fits) f += v.Count;
            m += v.Count * x.Missing; c += v.Count * x.Consumed; r += v.Count * x.Remaining; p += v.Count * x.Produced;
        }
        output.WriteLine($"{model} {100 * f / n:0.000000} want {fit} ; {.5 * (1 - m / c) + .5 * (1 - r / p):0.000000000} want {fitness}");
    }
}
