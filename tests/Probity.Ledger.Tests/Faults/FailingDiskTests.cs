using System.Text;
using Probity.Ledger.Tests.Faults.Disk;
using Probity.Ledger.Tests.Log;
using Probity.Storage;

namespace Probity.Ledger.Tests.Faults;

/// <summary>
/// The disk refuses at the n-th call, for every n that an append makes: it is full, broken, read-only, or does not sync. Whoever asked is told
/// what to do, nothing acknowledged is lost, nothing wrong is read meanwhile, and the node goes on when the disk does.
/// </summary>
public sealed class FailingDiskTests : IDisposable
{
    readonly MemoryFolder _place = new();
    readonly List<(StreamId Stream, string[] Texts)> _acknowledged = [];
    readonly List<StreamId> _erased = [], _notErased = [];

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    string Node => Path.Combine(_place.Path, "node");

    [Theory]
    [InlineData(nameof(DiskOperation.Write), SqliteResult.Full, "is full: free space")]
    [InlineData(nameof(DiskOperation.Write), SqliteResult.IoErrorWrite, "does not read or write")]
    [InlineData(nameof(DiskOperation.Write), SqliteResult.ReadOnly, "cannot be written")]
    [InlineData(nameof(DiskOperation.Sync), SqliteResult.IoErrorSync, "does not read or write")]
    [InlineData(nameof(DiskOperation.Read), SqliteResult.IoErrorRead, "does not read or write")]
    [InlineData(nameof(DiskOperation.Truncate), SqliteResult.IoErrorTruncate, "does not read or write")]
    public async Task A_disk_that_refuses_loses_nothing_and_the_node_goes_on(string operation, int result, string advice)
    {
        var refusing = Enum.Parse<DiskOperation>(operation);
        using var disk = FaultDisk.Lay(Node);
        var (refused, faults) = (0, 0);
        await using (var log = await MakeAsync())
        {
            for (var round = 0; round < FaultSize.Factor; round++)
                // Once, and from then on; until nothing that is done comes to so many calls.
                foreach (var lasting in (bool[])[false, true])
                    for (var nth = 1; nth < 200; nth += 1 + (nth / 8))
                    {
                        var (calls, met) = (0, 0);
                        var n = nth;
                        disk.Refuse = call =>
                        {
                            if (call.Operation != refusing) return 0;
                            var count = Interlocked.Increment(ref calls);
                            if (count != n && !(lasting && count > n)) return 0;
                            Interlocked.Increment(ref met);
                            return result;
                        };
                        faults += await WorkAsync(log, round, advice);
                        disk.Refuse = null;
                        refused += met;
                        await GoOnAsync(log);
                        if (met == 0) break;
                    }
        }

        var report = await NodeVerifier.VerifyAsync(Node, new VerifyRequest(null, []), null, Ct);
        var wrong = report.Checks.Where(check => !check.Ok && !check.Message.Contains("destroyed with no entry", StringComparison.Ordinal));
        Assert.True(!wrong.Any(), string.Join('\n', wrong));
        await using var again = await NodeFolder.OpenAsync(Node, TimeProvider.System, new LogOptions(), Ct);
        await RequireAllAsync(again);
        TestContext.Current.SendDiagnosticMessage($"{operation} {result}: {refused} calls refused, {faults} requests told so, {again.Size} entries");
        Assert.True(refused > 0);
        Assert.True(faults > 0);
    }

    /// <summary>Some appends and readings while the disk refuses; how many failed.</summary>
    async Task<int> WorkAsync(TransparencyLog log, int round, string advice)
    {
        var faults = 0;
        foreach (var (entries, fresh) in ((int, bool)[])[(1, false), (2, true), (30, false)])
        {
            var stream = fresh ? LogFixture.NewStream() : _acknowledged[round % 3].Stream;
            var texts = Enumerable.Range(0, entries).Select(i => $"{round} {new string('x', i * 20)}").ToArray();
            try
            {
                Assert.IsType<AppendResult.Appended>(await log.AppendAsync([], [.. texts.Select(text => LogFixture.Entry(stream, text))], Ct));
                _acknowledged.Add((stream, texts));
            }
            catch (StoreFaultException fault)
            {
                Assert.Contains(advice, fault.Message, StringComparison.Ordinal);
                faults++;
            }

            try
            {
                await RequireAsync(log, stream);
            }
            catch (StoreFaultException fault)
            {
                Assert.Contains(advice, fault.Message, StringComparison.Ordinal);
                faults++;
            }
        }

        // A compartment that is to be erased: whether or not that was confirmed, it takes nothing more that could not be read later.
        var erased = LogFixture.NewStream();
        try
        {
            await log.AppendAsync([], [LogFixture.Entry(erased, "to be erased")], Ct);
            _erased.Add(erased);
            await log.DestroyKeyAsync(new CompartmentId(erased.Value), Ct);
        }
        catch (IOException fault)
        {
            Assert.Contains(advice, fault.Message, StringComparison.Ordinal);
            faults++;
        }

        try
        {
            await log.AppendAsync([], [LogFixture.Entry(erased, "after")], Ct);
            _notErased.Add(erased);
        }
        catch (Exception fault) when (fault is KeyDestroyedException or StoreFaultException)
        {
            // It was erased, or the disk still refuses.
        }

        return faults;
    }

    async Task GoOnAsync(TransparencyLog log)
    {
        var stream = _acknowledged[0].Stream;
        var expected = _acknowledged.Where(append => append.Stream == stream).Sum(append => append.Texts.Length);
        Assert.IsType<AppendResult.Appended>(await log.AppendAsync([new Expectation(stream, expected)], [LogFixture.Entry(stream, "goes on")], Ct));
        _acknowledged.Add((stream, ["goes on"]));
        await RequireAsync(log, stream);
    }

    async Task RequireAllAsync(TransparencyLog log)
    {
        foreach (var stream in _acknowledged.Select(append => append.Stream).Distinct()) await RequireAsync(log, stream);
        Assert.Equal(_acknowledged.Sum(append => append.Texts.Length) + _erased.Count + _notErased.Count, log.Size);
        foreach (var stream in _notErased)
            Assert.Equal("after", Encoding.UTF8.GetString((await log.ReadStreamAsync(stream, 0, Ct))[^1].Payload!.Value.Span));
    }

    async Task RequireAsync(TransparencyLog log, StreamId stream) => Assert.Equal(
        _acknowledged.Where(append => append.Stream == stream).SelectMany(append => append.Texts),
        (await log.ReadStreamAsync(stream, 0, Ct)).Select(entry => Encoding.UTF8.GetString(entry.Payload!.Value.Span)));

    async Task<TransparencyLog> MakeAsync()
    {
        Directory.CreateDirectory(Node);
        var log = await NodeFolder.CreateAsync(Node, LogKeys.Generate("example.org/failing"), TimeProvider.System, new LogOptions(), 512, Ct);
        for (var i = 0; i < 3; i++)
        {
            var stream = LogFixture.NewStream();
            await log.AppendAsync([], [LogFixture.Entry(stream, "first")], Ct);
            _acknowledged.Add((stream, ["first"]));
        }

        return log;
    }

    public void Dispose() => _place.Dispose();
}
