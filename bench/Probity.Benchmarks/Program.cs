if (args is ["ledger", .. var ledger]) return await Probity.Benchmarks.LedgerBenchmark.RunAsync(ledger);
Console.Error.WriteLine("Say what to measure: lens or ledger.");
return 2;
