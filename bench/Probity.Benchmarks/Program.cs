Console.Error.WriteLine("Say what to measure: lens or ledger.");
return 2;
