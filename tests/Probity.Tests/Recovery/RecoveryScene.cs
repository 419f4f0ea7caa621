using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Probity.Cli.Hosting;
using Probity.Ledger;
using Probity.Ledger.Formats;
using Probity.Ledger.Witnessing;
using Probity.Storage;

namespace Probity.Tests.Recovery;

/// <summary>A node, its witness and those who run both, as docs/recovery.md has them act: the verbs in a process of their own, servers on ports of this machine.</summary>
internal sealed class RecoveryScene : IAsyncDisposable
{
    public const string Origin = "probity.example/unit";

    const string WitnessName = "ombudsman.example/witness";

    static readonly WitnessPatience Patience = WitnessPatience.Usual with { Pause = TimeSpan.FromMilliseconds(50), Grace = TimeSpan.FromMilliseconds(50) };

    readonly string _place = Directory.CreateTempSubdirectory("probity-recovery-").FullName;
    readonly List<string> _lines = [];
    WebApplication? _witness;
    int _port;

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    public string At(string name) => Path.Combine(_place, name);

    public Witness Witness { get; private set; } = null!;

    /// <summary>A node that has a witness, and some records.</summary>
    public static async Task<RecoveryScene> MakeAsync()
    {
        var scene = new RecoveryScene();
        await (await NodeFolder.CreateAsync(scene.At("node"), Origin, TimeProvider.System, new LogOptions(), Ct)).DisposeAsync();
        await scene.KnowAsync(KeyOf(scene.At("node")).ToString());
        await File.WriteAllTextAsync(NodeFolder.At(scene.At("node")).PolicyFile, $"witness ombudsman {scene.Witness.VerifierKey} http://127.0.0.1:{scene._port}/\nquorum ombudsman\n", Ct);
        await scene.RecordAsync("node", 3);
        return scene;
    }

    /// <summary>The witness's operator adds a line, or replaces all by it, and starts the witness again.</summary>
    public async Task KnowAsync(string vkey, bool alone = false)
    {
        if (alone) _lines.Clear();
        _lines.Add($"log {vkey}\n");
        await File.WriteAllTextAsync(At("logs.txt"), string.Concat(_lines), Ct);
        if (_witness is not null) await _witness.DisposeAsync();
        Witness = await WitnessFolder.OpenAsync(At("witness"), WitnessName, At("logs.txt"), TimeProvider.System);
        _witness = WitnessServer.Build(Witness, _port);
        await _witness.StartAsync(Ct);
        _port = new Uri(_witness.Urls.First()).Port;
    }

    /// <summary>What a unit records, with the server stopped.</summary>
    public async Task RecordAsync(string node, int entries)
    {
        await using var log = await NodeFolder.OpenAsync(At(node), TimeProvider.System, new LogOptions(), Ct);
        for (var i = 0; i < entries; i++) await AppendAsync(log);
    }

    public static async Task AppendAsync(TransparencyLog log)
    {
        // A type that the house knows and that concerns none of its readers.
        var stream = new StreamId(Guid.NewGuid());
        await log.AppendAsync([], [new NewEntry(stream, "record.command-filed.v1", "{\"commandId\":\"drill\"}"u8.ToArray(), new ActorId(Guid.NewGuid()), new CompartmentId(stream.Value))], Ct);
    }

    /// <summary>Starts the server of a node and stops it when its newest state was confirmed, or the log has stopped.</summary>
    /// <returns>Why it has stopped, or null; and what pages said while it ran.</returns>
    public async Task<(string? Stopped, string[] Pages)> ServeAsync(string node, params string[] pages)
    {
        await using var app = await StaffServer.BuildAsync(new StaffServerOptions(At(node)) { Port = 0, Witnesses = Patience, Logging = logging => logging.ClearProviders() }, Ct);
        await app.StartAsync(Ct);
        var log = app.Services.GetRequiredService<TransparencyLog>();
        var folder = NodeFolder.At(At(node));
        for (var i = 0; !File.Exists(folder.StoppedFile) && (log.Stopped is not null || log.Witnessed?.Size != log.Size); i++)
        {
            Assert.True(i < 1_200, "The log was neither confirmed nor stopped.");
            await Task.Delay(50, Ct);
        }

        using var client = new HttpClient();
        var said = new List<string>();
        foreach (var page in pages) said.Add(System.Net.WebUtility.HtmlDecode(await client.GetStringAsync(app.Urls.First() + page, Ct)));
        await app.StopAsync(Ct);
        return (log.Stopped, [.. said]);
    }

    /// <summary>Runs a verb of the program.</summary>
    public static async Task<string> RunAsync(int expected, params string[] call)
    {
        using var program = Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "probity.dll"), .. call])
        {
            RedirectStandardOutput = true, RedirectStandardError = true, StandardOutputEncoding = Encoding.UTF8, StandardErrorEncoding = Encoding.UTF8,
        })!;
        var output = program.StandardOutput.ReadToEndAsync(Ct);
        var error = program.StandardError.ReadToEndAsync(Ct);
        await program.WaitForExitAsync(Ct);
        Assert.True(expected == program.ExitCode, $"exit code {program.ExitCode} of {string.Join(' ', call)}: {await output}{await error}");
        return await output + await error;
    }

    /// <summary>As an operator copies a folder: all of it, with its rights.</summary>
    public void Copy(string from, string to)
    {
        using var copy = Process.Start("cp", ["-a", At(from), At(to)])!;
        copy.WaitForExit();
        Assert.Equal(0, copy.ExitCode);
    }

    /// <summary>The checkpoint that is published of a node, kept under a name by somebody else.</summary>
    public string Keep(string node, string name)
    {
        File.Copy(NodeFolder.At(At(node)).CheckpointFile, At(name));
        return At(name);
    }

    public static VerifierKey KeyOf(string node)
    {
        using var keys = LogKeys.Read(NodeFolder.At(node).SecretsFolder);
        return keys.Verifier;
    }

    public static long SizeOf(string checkpoint) => Checkpoint.Parse(SignedNote.Parse(File.ReadAllText(checkpoint)).Text).Size;

    /// <summary>The new key as <c>succeed</c> prints it.</summary>
    public static string PrintedKey(string said) => Regex.Match(said, @"The new log's key: (\S+)").Groups[1].Value;

    public async ValueTask DisposeAsync()
    {
        if (_witness is not null) await _witness.DisposeAsync();
        Directory.Delete(_place, recursive: true);
    }
}
