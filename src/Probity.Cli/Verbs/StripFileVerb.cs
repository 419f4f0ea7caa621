using Probity.Stripping;

namespace Probity.Cli.Verbs;

/// <summary>
/// <c>probity strip-file</c>: the program as the process that cleans one file, started by the server and shown in no help. It is looked for before any other verb, so that little of the program has been
/// loaded when a stranger's file is read.
/// </summary>
internal static class StripFileVerb
{
    /// <summary>Whether the program was started for that.</summary>
    public static bool Is(IReadOnlyList<string> call) => call.Count > 0 && call[0] == StripperProcess.Verb;

    /// <summary>Cleans the file on standard input.</summary>
    public static int Run(IReadOnlyList<string> call) => StripperProgram.Run([.. call.Skip(1)]);
}
