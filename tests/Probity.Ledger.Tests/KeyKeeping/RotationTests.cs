using System.Diagnostics;
using System.Text;
using Microsoft.Data.Sqlite;
using Probity.Ledger.Tests.Log;
using Probity.Storage;

namespace Probity.Ledger.Tests.KeyKeeping;

/// <summary>A new wrapping key: every key is wrapped anew, no payload is touched, and no moment at which it is cut short loses anything.</summary>
public sealed class RotationTests : IDisposable
{
    const int Kills = 8;

    readonly TemporaryFolder _place = new();
    readonly StreamId _stream = LogFixture.NewStream();
    readonly CompartmentId _erased = new(Guid.NewGuid());

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    string Node => Path.Combine(_place.Path, "node");
    NodeFolder Folder => NodeFolder.At(Node);
    string Wrapping => Path.Combine(Folder.SecretsFolder, "wrapping");

    async Task MakeAsync(int keys = 20)
    {
        await using var log = await NodeFolder.CreateAsync(Node, "example.org/rotated", new TestClock(), new LogOptions { Durability = Durability.OnlyWhenClosed }, Ct);
        await log.AppendAsync([], [.. Enumerable.Range(0, keys).Select(i => LogFixture.Entry(_stream, $"{i}", compartment: i == 0 ? _erased : new CompartmentId(Guid.NewGuid())))], Ct);
        await log.EraseAsync([], [], new ActorId(Guid.NewGuid()), [_erased], Ct);
    }

    async Task CheckAsync(int keys = 20)
    {
        await using (var log = await NodeFolder.OpenAsync(Node, new TestClock(), new LogOptions { Durability = Durability.OnlyWhenClosed }, Ct))
            Assert.Equal([null, .. Enumerable.Range(1, keys - 1).Select(i => $"{i}")], (await log.ReadStreamAsync(_stream, 0, Ct)).Select(LogSuite.Text));
        Assert.False(File.Exists(Wrapping + ".next"));
        var report = await NodeVerifier.VerifyAsync(Node, new VerifyRequest(null, []), null, Ct);
        Assert.True(report.Ok, string.Join('\n', report.Checks.Where(check => !check.Ok)));
        Assert.Equal(1, report.WithoutKeys);
    }

    [Fact]
    public async Task Keys_are_wrapped_anew_payloads_stay_and_nothing_of_the_old_wrapping_is_left()
    {
        await MakeAsync();
        var (sessions, old, rows) = (Folder.DeriveKey(NodeFolder.SessionPurpose), await File.ReadAllTextAsync(Wrapping, Ct), Rows());
        var records = await File.ReadAllBytesAsync(Folder.LedgerFile, Ct);
        var (count, source) = await KeyRotation.RotateAsync(Folder, Ct);
        Assert.Equal((20, true), (count, source.EndsWith("wrapping", StringComparison.Ordinal)));
        await CheckAsync();
        Assert.Equal(sessions, Folder.DeriveKey(NodeFolder.SessionPurpose));
        Assert.Equal(records.Length, new FileInfo(Folder.LedgerFile).Length);
        Assert.All(Rows(), row => Assert.Equal(row.Wrapped is null ? 1 : 2, row.Version));
        foreach (var file in Directory.EnumerateFiles(Node, "*", SearchOption.AllDirectories))
        {
            var bytes = await File.ReadAllBytesAsync(file, Ct);
            Assert.All(rows.Where(row => row.Wrapped is not null), row => Assert.True(bytes.AsSpan().IndexOf(row.Wrapped) < 0, file));
            Assert.True(bytes.AsSpan().IndexOf(Encoding.ASCII.GetBytes(old.Trim())) < 0, file);
            Assert.True(bytes.AsSpan().IndexOf(Convert.FromBase64String(old.Trim())) < 0, file);
        }
    }

    [Fact]
    public async Task A_node_that_runs_or_whose_keys_do_not_open_is_left_as_it_is()
    {
        await MakeAsync(keys: 2);
        await using (await NodeFolder.OpenAsync(Node, new TestClock(), new LogOptions(), Ct))
            await Assert.ThrowsAsync<IOException>(() => KeyRotation.RotateAsync(Folder, Ct));
        await File.WriteAllTextAsync(Wrapping, Convert.ToBase64String(new byte[32]), Ct);
        var before = Rows();
        await Assert.ThrowsAsync<InvalidDataException>(() => KeyRotation.RotateAsync(Folder, Ct));
        Assert.Equal(before.Select(row => row.Version), Rows().Select(row => row.Version));
    }

    // What a crash leaves at each step: the next key written in part, whole, and after the keys were wrapped with it; the old one overwritten, gone.
    [Theory]
    [InlineData("cut"), InlineData("written"), InlineData("wrapped"), InlineData("overwritten"), InlineData("removed")]
    public async Task Whatever_step_it_was_cut_short_at_the_folder_opens_and_verifies(string step)
    {
        await MakeAsync(keys: 3);
        var old = await File.ReadAllTextAsync(Wrapping, Ct);
        if (step is "cut") await File.WriteAllTextAsync(Wrapping + ".next", "AAAA", Ct);
        else if (step is "written") await File.WriteAllTextAsync(Wrapping + ".next", Convert.ToBase64String(new byte[32]), Ct);
        else
        {
            await KeyRotation.RotateAsync(Folder, Ct);
            File.Move(Wrapping, Wrapping + ".next");
            if (step is "wrapped") await File.WriteAllTextAsync(Wrapping, old, Ct);
            else if (step is "overwritten") await File.WriteAllBytesAsync(Wrapping, new byte[44], Ct);
        }

        // The verifier changes nothing and tells the two keys apart by itself.
        if (step is "wrapped" or "written") Assert.True((await NodeVerifier.VerifyAsync(Node, new VerifyRequest(null, []), null, Ct)).Ok);
        await CheckAsync(keys: 3);
    }

    [Fact]
    public async Task A_process_that_rotates_without_end_and_is_killed_at_random_loses_nothing()
    {
        await MakeAsync();
        var random = new Random(20261128);
        for (var kill = 0; kill < Kills; kill++)
        {
            using var child = Process.Start(new ProcessStartInfo(Environment.ProcessPath!) { ArgumentList = { RotatorProcess.Verb, Node }, RedirectStandardOutput = true })!;
            // The first line comes when it has rotated once, so that the kill falls on work.
            Assert.NotNull(await child.StandardOutput.ReadLineAsync(Ct));
            await Task.Delay(random.Next(0, 60), Ct);
            child.Kill();
            await child.WaitForExitAsync(Ct);
            await CheckAsync();
        }

        Assert.True(Rows().Max(row => row.Version) > Kills, "keys were not wrapped anew often enough");
    }

    [Fact]
    public async Task A_command_takes_the_place_of_the_file_when_it_was_prepared()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The program of this test is a shell script.");
        await MakeAsync(keys: 3);
        var script = Path.Combine(_place.Path, "give-key");
        await File.WriteAllTextAsync(script, $"#!/bin/sh\necho {Convert.ToBase64String(Enumerable.Range(0, 32).Select(i => (byte)i).ToArray())}\n", Ct);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(script, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        await File.WriteAllTextAsync(Wrapping + ".command.next", script + "\n", Ct);
        var (_, source) = await KeyRotation.RotateAsync(Folder, Ct);
        Assert.Contains("wrapping.command", source, StringComparison.Ordinal);
        Assert.False(File.Exists(Wrapping));
        await using (var log = await NodeFolder.OpenAsync(Node, new TestClock(), new LogOptions(), Ct)) Assert.Equal("2", LogSuite.Text((await log.ReadStreamAsync(_stream, 2, Ct))[0]));
        // A folder may be a stranger's: verifying runs nothing that it names, and says what it did not see.
        await File.WriteAllTextAsync(script, "#!/bin/sh\ntouch ran\n", Ct);
        var report = await NodeVerifier.VerifyAsync(Node, new VerifyRequest(null, []), null, Ct);
        Assert.True(report.Ok);
        Assert.Equal(report.Size, report.WithoutKeys);
        Assert.False(File.Exists("ran"));
    }

    List<(int Version, byte[]? Wrapped)> Rows()
    {
        using var connection = new SqliteConnection($"Data Source={Folder.KeyFile};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT version, wrapped FROM key ORDER BY compartment";
        using var reader = command.ExecuteReader();
        var rows = new List<(int, byte[]?)>();
        while (reader.Read()) rows.Add((reader.GetInt32(0), reader.IsDBNull(1) ? null : reader.GetFieldValue<byte[]>(1)));
        return rows;
    }

    public void Dispose() => _place.Dispose();
}

/// <summary>The tests' own program, run again as a process that is to be killed: it rotates without end.</summary>
internal static class RotatorProcess
{
    public const string Verb = "rotate-until-killed";

    public static async Task RunAsync(string node)
    {
        while (true)
        {
            await KeyRotation.RotateAsync(NodeFolder.At(node), CancellationToken.None);
            await Console.Out.WriteLineAsync("rotated");
        }
    }
}
