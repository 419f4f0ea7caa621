using Probity.Lens.Conformance;
using Probity.Lens.Discovery;
using Probity.Lens.Logs;
using Probity.Lens.Procedures;
using Probity.Testing;

namespace Probity.Lens.Tests;

/// <summary>The package's README shows code that compiles and runs: it is the code below.</summary>
[Collection("Console")]
public sealed class ReadmeTests
{
    [Fact]
    public async Task The_code_in_the_readme_runs_and_is_this_code()
    {
        var cancel = TestContext.Current.CancellationToken;
        var said = await ReadmeCode.RunAsync(
            async folder =>
            {
                await File.WriteAllTextAsync(Path.Combine(folder, "cases.csv"), "case,step,at\n1,Weigh,2026-03-01T08:00:00Z\n1,Store,2026-03-02T08:00:00Z\n2,Store,2026-03-01T09:00:00Z\n2,Weigh,2026-03-01T10:00:00Z\n", cancel);
                await using var file = File.Create(Path.Combine(folder, "handling.bpmn"));
                ProcessTree.Block(TreeOperator.Sequence, ProcessTree.Activity("Weigh"), ProcessTree.Activity("Store")).WriteBpmn(file);
            },
            () =>
            {
                Run();
                return Task.CompletedTask;
            });
        Assert.Equal(
            ["50.0 % of 2 cases follow the procedure.", "Moved Weigh: 1 cases, such as 2", "Most time goes from Weigh to Store: 1 days in all.", "+( 'Weigh', 'Store' )"],
            said);
        ReadmeCode.AssertShown("Probity.Lens");
    }

#pragma warning disable CA1849, xUnit1051 // As a reader would write it.
    static void Run()
    {
        // README begins
        // A log and a procedure.
        EventLog log = LogReader.Read("cases.csv", new LogReaderOptions { CaseColumn = "case", ActivityColumn = "step", TimeColumn = "at" });
        PetriNet procedure = ProcedureReader.Read("handling.bpmn");

        // Which cases follow it, and where the others depart.
        ConformanceResult result = ConformanceCheck.Run(log, procedure);
        Console.WriteLine($"{result.Alignments.PercentFit:0.0} % of {log.Cases.Count} cases follow the procedure.");
        foreach (DeviationGroup group in result.GroupDeviations(log))
            Console.WriteLine($"{group.Kind} {group.Activity}: {group.Cases} cases, such as {string.Join(", ", group.Examples)}");

        // What the cases themselves show: a map, waits, handovers, and the procedure that they do follow.
        File.WriteAllText("map.svg", ProcessMap.Svg(DirectlyFollows.Of(log)));
        Wait longest = Waiting.Of(log)[0];
        Console.WriteLine($"Most time goes from {log.Activities[longest.From]} to {log.Activities[longest.To]}: {longest.Total.TotalDays:0} days in all.");
        ProcessTree found = InductiveMiner.Mine(log, noise: 0.2);
        using (FileStream file = File.Create("found.bpmn")) found.WriteBpmn(file);
        Console.WriteLine(found);
        // README ends
    }
#pragma warning restore CA1849, xUnit1051
}
