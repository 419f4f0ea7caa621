using System.Globalization;
using Probity.Ledger.Tests.Faults;

// The kill test starts this program a second time, as the process that it kills.
if (args is [AppenderProcess.Verb, var node, var writers, var entries, .. var aim])
{
    await AppenderProcess.RunAsync(
        node, int.Parse(writers, CultureInfo.InvariantCulture), int.Parse(entries, CultureInfo.InvariantCulture), aim is [var one] ? KillAim.Parse(one) : null);
    return 0;
}

return args.Contains("--server") || args.Contains("--internal-msbuild-node")
    ? await Xunit.MicrosoftTestingPlatform.TestPlatformTestFramework.RunAsync(args, Probity.Ledger.Tests.SelfRegisteredExtensions.AddSelfRegisteredExtensions)
    : await Xunit.Runner.InProc.SystemConsole.ConsoleRunner.Run(args);
