using System.CommandLine;

namespace Probity.Cli.Verbs;

/// <summary><c>probity describe LOG</c>: what a log holds, before anything is judged.</summary>
internal static class DescribeVerb
{
    internal static Command Create()
    {
        var verb = new Command("describe", "Says what a log holds: cases, events, variants, directly-follows map.");
        var log = new LogOptions();
        log.AddTo(verb);
        verb.SetAction((call, cancel) => Task.Run(() =>
        {
            var read = log.Read(call, cancel);
            Console.WriteLine($"{read.Cases.Count:N0} cases, {read.EventCount:N0} events, {read.Variants.Count:N0} variants");
            return ExitCodes.Fine;
        }, cancel));
        return verb;
    }
}
