using System.Diagnostics;
using Probity.Ledger.Tests.Log;
using Probity.Storage;
using Probity.Storage.Sqlite;

namespace Probity.Ledger.Tests.Faults;

/// <summary>Folders that earlier versions of the program made, byte for byte: each is read, verified and brought up to date.</summary>
public abstract class OldFormatTests : IDisposable
{
    readonly TemporaryFolder _place = new();

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    string Node => Path.Combine(_place.Path, "node");

    readonly int _format;

    protected OldFormatTests(int format)
    {
        _format = format;
        var golden = Path.Combine(AppContext.BaseDirectory, "Golden", $"format-{format}");
        foreach (var file in Directory.EnumerateFiles(golden, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(Node, Path.GetRelativePath(golden, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    public void Dispose()
    {
        _place.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task It_verifies_as_it_is_and_no_byte_of_it_changes()
    {
        var before = await File.ReadAllBytesAsync(NodeFolder.At(Node).LedgerFile, Ct);
        await VerifyAsync();
        Assert.Equal(before, await File.ReadAllBytesAsync(NodeFolder.At(Node).LedgerFile, Ct));
        Assert.Equal(_format, await FormatAsync());
    }

    [Fact]
    public async Task Opening_it_brings_it_up_to_date_with_all_that_it_held()
    {
        var before = await SmallNode.AnswersAsync(Node, Ct);
        await using (var log = await NodeFolder.OpenAsync(Node, TimeProvider.System, new LogOptions(), Ct)) Assert.Null(log.Witnessed);
        Assert.Equal(LogIdentity.CurrentFormat, await FormatAsync());
        Assert.Equal(before, await SmallNode.AnswersAsync(Node, Ct));
        await VerifyAsync();
        await using (var log = await NodeFolder.OpenAsync(Node, TimeProvider.System, new LogOptions(), Ct))
            Assert.IsType<AppendResult.Appended>(await log.AppendAsync([], [LogFixture.Entry(LogFixture.NewStream())], Ct));
        await VerifyAsync();
    }

    [Fact]
    public async Task A_process_killed_while_it_does_so_leaves_a_folder_that_opens()
    {
        var before = await SmallNode.AnswersAsync(Node, Ct);
        using var child = Process.Start(Environment.ProcessPath!, [UpgradeProcess.Verb, NodeFolder.At(Node).LedgerFile])!;
        await child.WaitForExitAsync(Ct);
        Assert.NotEqual(0, child.ExitCode);
        Assert.Equal(_format, await FormatAsync());
        await VerifyAsync();
        await using (await NodeFolder.OpenAsync(Node, TimeProvider.System, new LogOptions(), Ct)) { }
        Assert.Equal(LogIdentity.CurrentFormat, await FormatAsync());
        Assert.Equal(before, await SmallNode.AnswersAsync(Node, Ct));
        await VerifyAsync();
    }

    async Task VerifyAsync()
    {
        var report = await NodeVerifier.VerifyAsync(Node, new VerifyRequest(null, []), null, Ct);
        Assert.True(report.Ok, string.Join('\n', report.Checks.Where(check => !check.Ok)));
        Assert.InRange(report.Size, SmallNode.Records, SmallNode.Records + 1);
    }

    async Task<int> FormatAsync()
    {
        await using var store = SqliteLogStore.OpenUntouched(NodeFolder.At(Node).LedgerFile);
        return (await store.ReadIdentityAsync(Ct))!.Format;
    }
}

/// <summary>It had no place for a witnessed checkpoint.</summary>
public sealed class Format1Tests() : OldFormatTests(1);

/// <summary>Its records carried their stream and version beside the header.</summary>
public sealed class Format2Tests() : OldFormatTests(2);
