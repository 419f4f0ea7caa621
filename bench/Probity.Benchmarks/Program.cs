using System.CommandLine;
using Probity.Benchmarks.Cases;
using Probity.Benchmarks.Ledger;
using Probity.Benchmarks.Lens;
using Probity.Benchmarks.People;

if (PeakMemory.Answered()) return 0;
var root = new RootCommand("Measures parts of Probity, each as a ratio to a baseline taken in the same run: lens, ledger, cases, people.")
{
    LensBenchmark.Create(),
    LedgerBenchmark.Create(),
    CasesBenchmark.Create(),
    PeopleBenchmark.Create(),
};
return await root.Parse(args).InvokeAsync();
