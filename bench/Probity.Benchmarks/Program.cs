using System.CommandLine;
using Probity.Benchmarks;
using Probity.Benchmarks.Lens;

if (PeakMemory.Answered()) return 0;
if (args is ["ledger", .. var ledger]) return await LedgerBenchmark.RunAsync(ledger);
var root = new RootCommand("Measures parts of Probity, each as a ratio to a baseline taken in the same run: lens, ledger.")
{
    LensBenchmark.Create(),
};
return root.Parse(args).Invoke();
