using Probity.Lens.Discovery;
using Probity.Lens.Logs;
using Probity.Testing;

namespace Probity.Lens.Tests.Logs;

/// <summary>Figures of real logs that another implementation gave.</summary>
public class ReferenceLogTests
{
    [Theory]
    [InlineData("roadfines", ".xes.gz", 150_370, 561_470, 231)]
    [InlineData("receipt", ".xes.gz", 1_434, 8_577, 116)]
    [InlineData("sepsis_cases", ".xes.gz", 1_050, 15_214, 846)]
    [InlineData("roadtraffic100traces", ".xes", 100, 390, 10)]
    [InlineData("running-example", ".xes", 6, 42, 6)]
    public void A_real_log_has_the_known_counts_variants_and_directly_follows_pairs(
        string name, string ending, int traces, int events, int variants)
    {
        var log = LogReader.Read(ReferenceData.Path($"lens/logs/{name}{ending}"), cancel: TestContext.Current.CancellationToken);

        Assert.Equal((traces, events, variants), (log.Cases.Count, log.EventCount, log.Variants.Count));
        Assert.Equal(
            Lines($"lens/reference/{name}.variants.tsv"),
            Sorted(log.Variants.Select(v => $"{v.Count}\t{string.Join('|', v.Activities.Select(a => log.Activities[a]))}")));
        var follows = DirectlyFollows.Of(log);
        Assert.Equal(
            Lines($"lens/reference/{name}.dfg.tsv"),
            Sorted(follows.Edges.Select(e => $"{e.Count}\t{log.Activities[e.From]}\t{log.Activities[e.To]}")));
        Assert.Equal(traces, follows.Starts.Sum());
        Assert.Equal(traces, follows.Ends.Sum());
        Assert.Equal(events, follows.Events.Sum());
    }

    [Theory]
    [InlineData("receipt")]
    [InlineData("sepsis_cases")]
    public void A_real_log_reads_as_the_frameworks_own_parser_reads_it(string name)
    {
        var path = ReferenceData.Path($"lens/logs/{name}.xes.gz");
        using var stream = new System.IO.Compression.GZipStream(File.OpenRead(path), System.IO.Compression.CompressionMode.Decompress);
        var plain = PlainXesReader.Read(stream);

        var log = LogReader.Read(path, cancel: TestContext.Current.CancellationToken);

        Assert.Equal(PlainXesReader.Dump(plain), LogFiles.Dump(log));
    }

    [Fact]
    public void Progress_rises_to_the_whole()
    {
        var shares = new List<double>();
        LogReader.Read(ReferenceData.Path("lens/logs/receipt.xes.gz"), progress: new Collect(shares), cancel: TestContext.Current.CancellationToken);
        Assert.Equal(shares.Order(), shares);
        Assert.Equal(1, shares[^1]);
    }

    static List<string> Lines(string file) => Sorted(File.ReadAllLines(ReferenceData.Path(file)).Where(l => l.Length > 0));

    static List<string> Sorted(IEnumerable<string> lines) => [.. lines.Order(StringComparer.Ordinal)];

    sealed class Collect(List<double> shares) : IProgress<double>
    {
        public void Report(double value) => shares.Add(value);
    }
}
