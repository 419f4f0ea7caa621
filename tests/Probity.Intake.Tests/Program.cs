using Probity.Intake.Tests.Stripping;
using Probity.Stripping;

// Tests of confinement start this program a second time, as the process that cleans a file, or as one that tries to get out.
if (args is [StripperProcess.Verb, .. var arguments])
    return StripperProgram.Run(arguments);

if (args is [EscapeProcess.Verb, var attempt, _])
    return EscapeProcess.Run(attempt);

return args.Contains("--server") || args.Contains("--internal-msbuild-node")
    ? await Xunit.MicrosoftTestingPlatform.TestPlatformTestFramework.RunAsync(args, Probity.Intake.Tests.SelfRegisteredExtensions.AddSelfRegisteredExtensions)
    : await Xunit.Runner.InProc.SystemConsole.ConsoleRunner.Run(args);
