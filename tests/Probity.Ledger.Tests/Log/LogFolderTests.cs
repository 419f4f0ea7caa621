using Probity.Ledger.Formats;
using Probity.Storage;
using static Probity.Ledger.Tests.Log.LogFixture;

namespace Probity.Ledger.Tests.Log;

/// <summary>The public log as files in a folder: written bit by bit, and checked as over HTTP.</summary>
public sealed class LogFolderTests : IAsyncLifetime
{
    static readonly LogOptions Options = new() { Durability = Durability.OnlyWhenClosed };
    readonly TemporaryFolder _place = new();
    TransparencyLog _log = null!;

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    string Node => Path.Combine(_place.Path, "node");

    string To => Path.Combine(_place.Path, "files");

    public async ValueTask InitializeAsync()
    {
        _log = await NodeFolder.CreateAsync(Node, "example.org/files", new TestClock(), Options, Ct);
        await AppendAsync(300);
    }

    public async ValueTask DisposeAsync()
    {
        await _log.DisposeAsync();
        _place.Dispose();
    }

    [Fact]
    public async Task Export_writes_what_is_new_beside_a_running_log_and_verifies()
    {
        Assert.Equal(new LogExport(0, 300, 7, null), await ExportAsync());
        Assert.Equal(
            ["checkpoint", "tile/0/000", "tile/0/001.p/44", "tile/1/000.p/1", "tile/entries/000", "tile/entries/001.p/44", "vkey"], Names());
        Assert.Equal(_log.Checkpoint, await File.ReadAllTextAsync(Path.Combine(To, "checkpoint"), Ct));
        Assert.True((await VerifyAsync()).Ok);
        Assert.Equal(new LogExport(300, 300, 0, null), await ExportAsync());

        var first = File.GetLastWriteTimeUtc(Path.Combine(To, "tile/0/000"));
        await AppendAsync(20);
        Assert.Equal(new LogExport(300, 320, 3, null), await ExportAsync());
        await AppendAsync(200);
        Assert.Equal(new LogExport(320, 520, 6, null), await ExportAsync());
        // The partial ones of older sizes have done their duty.
        Assert.Equal(
            ["checkpoint", "tile/0/000", "tile/0/001", "tile/0/002.p/8", "tile/1/000.p/1", "tile/1/000.p/2", "tile/entries/000", "tile/entries/001", "tile/entries/002.p/8", "vkey"], Names());
        Assert.Equal(first, File.GetLastWriteTimeUtc(Path.Combine(To, "tile/0/000")));
        var report = await VerifyAsync(_log.VerifierKey);
        Assert.True(report is { Ok: true, Size: 520, KeyGiven: true }, string.Join('\n', report.Checks));
    }

    [Fact]
    public async Task Every_byte_of_every_file_counts()
    {
        await ExportAsync();
        foreach (var name in Names())
        {
            var file = Path.Combine(To, name);
            var bytes = await File.ReadAllBytesAsync(file, Ct);
            foreach (var at in (int[])[0, bytes.Length / 2, bytes.Length - 1])
            {
                var damaged = (byte[])[.. bytes];
                damaged[at] ^= 0x20;
                await File.WriteAllBytesAsync(file, damaged, Ct);
                Assert.False((await VerifyAsync(_log.VerifierKey)).Ok && name != "vkey", $"{name} at {at}");
            }

            File.Delete(file);
            Assert.False((await VerifyAsync(_log.VerifierKey)).Ok && name != "vkey", name);
            await File.WriteAllBytesAsync(file, new byte[2 << 20], Ct);
            if (name.StartsWith("tile/entries", StringComparison.Ordinal)) await Assert.ThrowsAsync<InvalidDataException>(() => VerifyAsync(_log.VerifierKey));
            else Assert.False((await VerifyAsync(_log.VerifierKey)).Ok && name != "vkey", name);
            await File.WriteAllBytesAsync(file, bytes, Ct);
        }

        Assert.True((await VerifyAsync(_log.VerifierKey)).Ok);
        await File.WriteAllTextAsync(Path.Combine(To, "vkey"), "nonsense", Ct);
        await Assert.ThrowsAsync<InvalidDataException>(() => VerifyAsync());
    }

    [Fact]
    public async Task What_is_no_earlier_export_of_this_log_is_left_alone()
    {
        Directory.CreateDirectory(To);
        await File.WriteAllTextAsync(Path.Combine(To, "letter.txt"), "mine", Ct);
        Assert.Contains("something other", (await Assert.ThrowsAsync<InvalidDataException>(ExportAsync)).Message, StringComparison.Ordinal);
        Assert.Equal(["letter.txt"], Names());

        Directory.Delete(To, recursive: true);
        await using (var other = await NodeFolder.CreateAsync(Path.Combine(_place.Path, "other"), "example.org/files", new TestClock(), Options, Ct))
        await using (var reader = await UntouchedNode.OpenAsync(Path.Combine(_place.Path, "other"), withKeys: false, Ct))
            await reader.ExportAsync(To, null, Ct);
        Assert.Contains("something other", (await Assert.ThrowsAsync<InvalidDataException>(ExportAsync)).Message, StringComparison.Ordinal);
        await File.WriteAllTextAsync(To + "-file", "", Ct);
        await using var node = await UntouchedNode.OpenAsync(Node, withKeys: false, Ct);
        await Assert.ThrowsAsync<IOException>(() => node.ExportAsync(To + "-file", null, Ct));
    }

    [Fact]
    public async Task Nothing_is_written_or_removed_through_a_link_that_somebody_left_in_the_export()
    {
        await ExportAsync();
        var mine = Path.Combine(_place.Path, "mine");
        await File.WriteAllTextAsync(mine, "precious", Ct);
        File.CreateSymbolicLink(Path.Combine(To, "checkpoint.part"), mine);
        await AppendAsync(20);
        await ExportAsync();
        Assert.Equal("precious", await File.ReadAllTextAsync(mine, Ct));
        Assert.True((await VerifyAsync()).Ok);

        var elsewhere = Path.Combine(_place.Path, "elsewhere");
        Directory.Move(Path.Combine(To, "tile"), elsewhere);
        Directory.CreateSymbolicLink(Path.Combine(To, "tile"), elsewhere);
        await AppendAsync(200);
        var before = Directory.GetFiles(elsewhere, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).ToList();
        Assert.Contains("is a link", (await Assert.ThrowsAsync<IOException>(ExportAsync)).Message, StringComparison.Ordinal);
        Assert.Equal(before, Directory.GetFiles(elsewhere, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_log_that_was_rolled_back_or_written_anew_shows_at_its_files()
    {
        await _log.DisposeAsync();
        var copy = Path.Combine(_place.Path, "copy");
        Copy(Node, copy);
        _log = await NodeFolder.OpenAsync(Node, new TestClock(), Options, Ct);
        await AppendAsync(10);
        await ExportAsync();
        await using (var back = await UntouchedNode.OpenAsync(copy, withKeys: false, Ct))
            Assert.Contains("rolled back", (await Assert.ThrowsAsync<InvalidDataException>(() => back.ExportAsync(To, null, Ct))).Message, StringComparison.Ordinal);

        await using (var fork = await NodeFolder.OpenAsync(copy, new TestClock(), Options, Ct))
            await fork.AppendAsync([], [.. Enumerable.Range(0, 30).Select(_ => Entry(NewStream()))], Ct);
        await using var forked = await UntouchedNode.OpenAsync(copy, withKeys: false, Ct);
        Assert.Contains("not the beginning", (await Assert.ThrowsAsync<InvalidDataException>(() => forked.ExportAsync(To, null, Ct))).Message, StringComparison.Ordinal);
        Assert.True((await VerifyAsync(_log.VerifierKey)).Ok);
    }

    [Fact]
    public async Task An_export_that_was_cut_short_is_taken_up_again()
    {
        await ExportAsync();
        File.Delete(Path.Combine(To, "checkpoint"));
        File.Delete(Path.Combine(To, "tile/0/000"));
        await File.WriteAllTextAsync(Path.Combine(To, "tile/entries/000.part"), "half", Ct);
        Assert.Equal(7 - 1, (await ExportAsync()).Files);
        Assert.True((await VerifyAsync()).Ok);
    }

    [Fact]
    public async Task A_reader_gives_receipts_of_a_folder_and_changes_nothing()
    {
        await using (var reader = await UntouchedNode.OpenAsync(Node, withKeys: true, Ct))
        {
            var receipt = await reader.WriteReceiptAsync(7, ReceiptForm.Content, Ct);
            Assert.Equal((await _log.WriteReceiptAsync(7, ReceiptForm.Content, Ct)).Text, receipt.Text);
            Assert.Equal(ReceiptForm.Content, receipt.Form);
        }

        await using (var reader = await UntouchedNode.OpenAsync(Node, withKeys: false, Ct))
            Assert.Equal(ReceiptForm.Header, (await reader.WriteReceiptAsync(7, ReceiptForm.Content, Ct)).Form);
        await Assert.ThrowsAsync<FileNotFoundException>(() => UntouchedNode.OpenAsync(_place.Path, withKeys: false, Ct));
    }

    [Fact]
    public async Task An_empty_log_has_files_too()
    {
        var empty = Path.Combine(_place.Path, "empty");
        await using var log = await NodeFolder.CreateAsync(empty, "example.org/empty", new TestClock(), Options, Ct);
        await using var reader = await UntouchedNode.OpenAsync(empty, withKeys: false, Ct);
        Assert.Equal(0, (await reader.ExportAsync(To, null, Ct)).Size);
        Assert.True((await VerifyAsync(log.VerifierKey)).Ok);
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => reader.WriteReceiptAsync(0, ReceiptForm.Entry, Ct));
    }

    async Task<LogExport> ExportAsync()
    {
        await using var reader = await UntouchedNode.OpenAsync(Node, withKeys: false, Ct);
        return await reader.ExportAsync(To, null, Ct);
    }

    Task<VerifyReport> VerifyAsync(VerifierKey? key = null) => LogVerifier.VerifyFolderAsync(To, new VerifyRequest(key, []), null, Ct);

    IEnumerable<string> Names() => Directory.EnumerateFiles(To, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(To, file)).Order(StringComparer.Ordinal);

    async Task AppendAsync(int count) => await _log.AppendAsync([], [.. Enumerable.Range(0, count).Select(_ => Entry(NewStream()))], Ct);

    static void Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }
}
