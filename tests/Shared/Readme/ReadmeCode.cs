using System.Runtime.CompilerServices;

namespace Probity.Testing;

/// <summary>Where the program stands and what it prints to is one for all tests, so this one runs alone.</summary>
[CollectionDefinition("Console", DisableParallelization = true)]
public sealed class ConsoleTests;

/// <summary>A package's README shows code that compiles and runs: it is that of a test, between two marks.</summary>
internal static class ReadmeCode
{
    /// <summary>Runs the code where it finds a folder of its own; what it printed, by line.</summary>
    /// <param name="prepare">Lays out what it needs in the folder.</param>
    /// <param name="run">The code.</param>
    public static async Task<string[]> RunAsync(Func<string, Task> prepare, Func<Task> run)
    {
        var folder = Directory.CreateTempSubdirectory("probity-readme-").FullName;
        var (before, console) = (Environment.CurrentDirectory, Console.Out);
        using var said = new StringWriter();
        try
        {
            await prepare(folder);
            Environment.CurrentDirectory = folder;
            Console.SetOut(said);
            await run();
        }
        finally
        {
            Environment.CurrentDirectory = before;
            Console.SetOut(console);
            Directory.Delete(folder, recursive: true);
        }

        return said.ToString().ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');
    }

    /// <summary>The README shows what stands between the marks of the calling file.</summary>
    public static void AssertShown(string project, [CallerFilePath] string test = "") => Assert.Equal(
        File.ReadLines(Path.Combine(Path.GetDirectoryName(test)!, "..", "..", "src", project, "README.md"))
            .SkipWhile(line => line != "```csharp").Skip(1).TakeWhile(line => line != "```"),
        File.ReadLines(test).SkipWhile(line => line.Trim() != "// README begins").Skip(1).TakeWhile(line => line.Trim() != "// README ends")
            .Select(line => line.Length > 8 ? line[8..] : ""));
}
