using System.Globalization;
using Probity.Ledger.Tests.Faults;
using Probity.Ledger.Tests.Keys;

// The kill test starts this program a second time, as the process that it kills.
if (args is [AppenderProcess.Verb, var node, var writers])
{
    await AppenderProcess.RunAsync(node, int.Parse(writers, CultureInfo.InvariantCulture));
    return 0;
}

if (args is [RotatorProcess.Verb, var rotated])
{
    await RotatorProcess.RunAsync(rotated);
    return 0;
}

return args.Contains("--server") || args.Contains("--internal-msbuild-node")
    ? await Xunit.MicrosoftTestingPlatform.TestPlatformTestFramework.RunAsync(args, Probity.Ledger.Tests.SelfRegisteredExtensions.AddSelfRegisteredExtensions)
    : await Xunit.Runner.InProc.SystemConsole.ConsoleRunner.Run(args);
