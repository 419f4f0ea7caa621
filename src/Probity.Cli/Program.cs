using System.CommandLine;
using Probity.Cli.Verbs;

namespace Probity.Cli;

/// <summary>The program <c>probity</c>: one verb a job, documented by <c>--help</c>.</summary>
internal static class Program
{
    static Task<int> Main(string[] args)
    {
        var root = new RootCommand("Probity: keeping anti-drug units clean.");
        root.Add(VerifyVerb.Create());
        return root.Parse(args).InvokeAsync();
    }
}
