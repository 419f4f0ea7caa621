using System.Globalization;
using Probity.Ledger.Tests.Faults;
using Probity.Ledger.Tests.Keeping;
using Probity.Ledger.Tests.KeyKeeping;
using Probity.Ledger.Tests.Witnessing;

// The kill test starts this program a second time, as the process that it kills.
if (args is [AppenderProcess.Verb, var node, var writers, var entries, .. var aim])
{
    await AppenderProcess.RunAsync(
        node, int.Parse(writers, CultureInfo.InvariantCulture), int.Parse(entries, CultureInfo.InvariantCulture), aim is [var one] ? KillAim.Parse(one) : null);
    return 0;
}

if (args is [WitnessProcess.Verb, var place, var request, var when])
{
    await WitnessProcess.RunAsync(place, request, when);
    return 0;
}

if (args is [UpgradeProcess.Verb, var file])
{
    UpgradeProcess.Run(file);
    return 0;
}

if (args is [LeaderProcess.Verb, var leader])
{
    await LeaderProcess.RunAsync(leader);
    return 0;
}

if (args is [RotatorProcess.Verb, var rotated])
{
    await RotatorProcess.RunAsync(rotated);
    return 0;
}

if (args is [PostgresProcess.Verb])
{
    PostgresProcess.Run();
    return 0;
}

return args.Contains("--server") || args.Contains("--internal-msbuild-node")
    ? await Xunit.MicrosoftTestingPlatform.TestPlatformTestFramework.RunAsync(args, Probity.Ledger.Tests.SelfRegisteredExtensions.AddSelfRegisteredExtensions)
    : await Xunit.Runner.InProc.SystemConsole.ConsoleRunner.Run(args);
