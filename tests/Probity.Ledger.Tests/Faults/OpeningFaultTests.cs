using System.Text;
using Probity.Ledger.Tests.Faults.Disk;
using Probity.Ledger.Tests.Log;
using Probity.Storage;

namespace Probity.Ledger.Tests.Faults;

/// <summary>The disk refuses at the n-th call while a node is made, opened after a crash, or closed.</summary>
public sealed class OpeningFaultTests : IDisposable
{
    readonly MemoryFolder _place = new();

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<string, int> Refusals => new()
    {
        { nameof(DiskOperation.Write), SqliteResult.Full },
        { nameof(DiskOperation.Write), SqliteResult.ReadOnly },
        { nameof(DiskOperation.Sync), SqliteResult.IoErrorSync },
        { nameof(DiskOperation.Read), SqliteResult.IoErrorRead },
        { nameof(DiskOperation.Create), SqliteResult.CannotOpen },
        { nameof(DiskOperation.Delete), SqliteResult.IoErrorDelete },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task A_node_that_cannot_be_opened_says_why_and_opens_when_the_disk_does(string operation, int result)
    {
        var (crashed, records) = await CrashAsync();
        var (opened, refused) = (0, 0);
        foreach (var lasting in (bool[])[false, true])
            for (var nth = 1; nth < 400; nth += 1 + (nth / 8))
            {
                var node = Path.Combine(_place.Path, $"{operation}-{lasting}-{nth}");
                FolderCopy.Make(crashed, node);
                using var disk = FaultDisk.Lay(node);
                var met = Arm(disk, operation, result, nth, lasting);
                try
                {
                    await using var log = await OpenAsync(node);
                    Assert.Equal(records, (await log.ReadAsync(0, 1_000, Ct)).Count);
                    opened++;
                }
                catch (Exception fault) when (fault is IOException or InvalidDataException)
                {
                    Assert.Contains(node, fault.Message, StringComparison.Ordinal);
                    Assert.Contains(": ", fault.Message, StringComparison.Ordinal);
                    refused++;
                }

                disk.Refuse = null;
                await using (var log = await OpenAsync(node)) Assert.Equal(records, (await log.ReadAsync(0, 1_000, Ct)).Count);
                Assert.True((await NodeVerifier.VerifyAsync(node, new VerifyRequest(null, []), null, Ct)).Ok);
                if (met() == 0) break;
            }

        TestContext.Current.SendDiagnosticMessage($"{operation} {result}: opened {opened} times all the same, refused {refused} times");
        Assert.True(opened > 0);
    }

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task A_node_that_cannot_be_made_says_why(string operation, int result)
    {
        for (var nth = 1; nth < 400; nth += 1 + (nth / 8))
        {
            var node = Path.Combine(_place.Path, $"{operation}-{nth}");
            Directory.CreateDirectory(node);
            using var disk = FaultDisk.Lay(node);
            var met = Arm(disk, operation, result, nth, lasting: true);
            try
            {
                await (await NodeFolder.CreateAsync(node, "example.org/new", TimeProvider.System, new LogOptions(), Ct)).DisposeAsync();
            }
            catch (Exception fault) when (fault is IOException or InvalidDataException)
            {
                Assert.Contains(node, fault.Message, StringComparison.Ordinal);
            }

            disk.Refuse = null;
            // What was begun is finished, or begun anew elsewhere; never taken for another log.
            if (NodeFolder.At(node).Exists) await using (await OpenAsync(node)) { }
            else await Assert.ThrowsAsync<FileNotFoundException>(() => OpenAsync(node));
            if (met() == 0) return;
        }
    }

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task A_node_closes_on_a_disk_that_refuses_and_loses_nothing(string operation, int result)
    {
        for (var nth = 1; nth < 400; nth += 1 + (nth / 4))
        {
            var node = Path.Combine(_place.Path, $"{operation}-{nth}");
            Directory.CreateDirectory(node);
            using var disk = FaultDisk.Lay(node);
            var log = await NodeFolder.CreateAsync(node, "example.org/closing", TimeProvider.System, new LogOptions(), Ct);
            var stream = LogFixture.NewStream();
            await log.AppendAsync([], [LogFixture.Entry(stream, "kept"), LogFixture.Entry(stream, "too")], Ct);
            var met = Arm(disk, operation, result, nth, lasting: true);
            await log.DisposeAsync();
            disk.Refuse = null;
            await using var again = await OpenAsync(node);
            Assert.Equal(["kept", "too"], (await again.ReadStreamAsync(stream, 0, Ct)).Select(entry => Encoding.UTF8.GetString(entry.Payload!.Value.Span)));
            if (met() == 0) return;
        }
    }

    [Fact]
    public async Task A_checkpoint_that_cannot_be_published_is_published_after_a_later_commit()
    {
        var node = Path.Combine(_place.Path, "unpublished");
        await using var log = await NodeFolder.CreateAsync(node, "example.org/published", TimeProvider.System, new LogOptions(), Ct);
        // A folder in the way of the file: no right of root helps against it.
        Directory.CreateDirectory(Path.Combine(node, "checkpoint.part"));
        await log.AppendAsync([], [LogFixture.Entry(LogFixture.NewStream())], Ct);
        await Task.Delay(200, Ct);
        var published = Path.Combine(node, "checkpoint");
        Assert.False(File.Exists(published) && await File.ReadAllTextAsync(published, Ct) == log.Checkpoint);
        Directory.Delete(Path.Combine(node, "checkpoint.part"));
        await log.AppendAsync([], [LogFixture.Entry(LogFixture.NewStream())], Ct);
        await log.DisposeAsync();
        Assert.Equal(log.Checkpoint, await File.ReadAllTextAsync(published, Ct));
        Assert.True((await NodeVerifier.VerifyAsync(node, new VerifyRequest(null, []), null, Ct)).Ok);
    }

    /// <summary>Refuses the n-th call of a kind, and all after it where that lasts; the answer gives how many it refused.</summary>
    static Func<int> Arm(FaultDisk disk, string operation, int result, int nth, bool lasting)
    {
        var refusing = Enum.Parse<DiskOperation>(operation);
        var (calls, met) = (0, 0);
        disk.Refuse = call =>
        {
            if (call.Operation != refusing) return 0;
            var count = Interlocked.Increment(ref calls);
            if (count != nth && !(lasting && count > nth)) return 0;
            Interlocked.Increment(ref met);
            return result;
        };
        return () => met;
    }

    /// <summary>A folder as a crash leaves it: committed records in the write-ahead logs alone.</summary>
    async Task<(string Folder, int Records)> CrashAsync()
    {
        var running = Path.Combine(_place.Path, "running");
        var crashed = Path.Combine(_place.Path, "crashed");
        await using var log = await NodeFolder.CreateAsync(running, LogKeys.Generate("example.org/crashed"), TimeProvider.System, new LogOptions(), 512, Ct);
        for (var i = 0; i < 5; i++) await log.AppendAsync([], [LogFixture.Entry(LogFixture.NewStream()), LogFixture.Entry(LogFixture.NewStream())], Ct);
        FolderCopy.Make(running, crashed);
        return (crashed, 10);
    }

    static Task<TransparencyLog> OpenAsync(string node) => NodeFolder.OpenAsync(node, TimeProvider.System, new LogOptions(), Ct);

    public void Dispose() => _place.Dispose();
}
