using System.CommandLine;
using Probity.Benchmarks.Cases;
using Probity.Benchmarks.Intake;
using Probity.Benchmarks.Ledger;
using Probity.Benchmarks.Lens;
using Probity.Benchmarks.People;

if (PeakMemory.Answered()) return 0;
var root = new RootCommand("Measures parts of Probity, each as a ratio to a baseline taken in the same run: lens, ledger, cases, people, intake.")
{
    LensBenchmark.Create(),
    LedgerBenchmark.Create(),
    CasesBenchmark.Create(),
    PeopleBenchmark.Create(),
    IntakeBenchmark.Create(),
};
return await root.Parse(args).InvokeAsync();
