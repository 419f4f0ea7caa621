using System.Text;
using Probity.Ledger.Formats;
using Probity.Ledger.Tests.Log;
using Probity.Ledger.Witnessing;
using Probity.Storage;
using Probity.Storage.Sqlite;
using static Probity.Ledger.Tests.Witnessing.WitnessHost;

namespace Probity.Ledger.Tests.Witnessing;

/// <summary>A node and its witnesses, real ones over HTTP: some honest, some down, some lying.</summary>
public sealed class WitnessLoopTests : IAsyncLifetime
{
    const string Two = "group g 2 w0 w1 w2\nquorum g";
    static readonly WitnessPatience Patience = new(
        TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(5), TimeSpan.FromMilliseconds(50), TimeSpan.FromMinutes(15), TimeSpan.FromMilliseconds(200));

    readonly TemporaryFolder _place = new();
    readonly List<Witness> _witnesses = [];
    readonly List<WitnessHost> _hosts = [];
    readonly List<WitnessNews> _news = [];

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    string Node => Path.Combine(_place.Path, "node");

    public async ValueTask InitializeAsync()
    {
        await using var log = await NodeFolder.CreateAsync(Node, "example.org/watched", TimeProvider.System, new LogOptions(), Ct);
        for (var i = 0; i < 3; i++)
        {
            var logs = WitnessedLogs.Parse(Encoding.UTF8.GetBytes($"log {log.VerifierKey}"));
            _witnesses.Add(new Witness(SignerKey.Parse(Keys[i].Export()), logs, SqliteWitnessStore.Open(Path.Combine(_place.Path, $"w{i}.db")), TimeProvider.System));
            _hosts.Add(new WitnessHost(_witnesses[i]));
        }

        await WritePolicyAsync(Two);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var host in _hosts) host.Dispose();
        foreach (var witness in _witnesses) await witness.DisposeAsync();
        _place.Dispose();
    }

    [Fact]
    public async Task A_node_has_what_it_records_confirmed_and_the_quorum_goes_on_where_one_hangs()
    {
        _hosts[2].Answer = (_, _) => Never();
        await using var log = await OpenAsync();
        using var witnessing = Open(log);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        var running = witnessing.RunAsync(over.Token);
        foreach (var size in (long[])[1, 2, 3])
        {
            await AppendAsync(log);
            await UntilAsync(() => log.Witnessed?.Size == size);
        }

        await over.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        var opened = witnessing.Policy.Open(SignedNote.Parse(log.Witnessed!.Note), log.VerifierKey);
        Assert.Equal([Key(0), Key(1)], opened.Cosigners);
        Assert.True((await NodeVerifier.VerifyAsync(Node, new VerifyRequest(log.VerifierKey, []), null, Ct)).Ok);
    }

    [Fact]
    public async Task Too_few_make_no_quorum_and_a_witness_that_comes_back_makes_it()
    {
        _hosts[1].Answer = (_, _) => Task.FromResult(Plain(500));
        _hosts[2].Answer = (_, _) => Task.FromResult(Plain(404));
        await using var log = await OpenAsync();
        await AppendAsync(log);
        using var loop = Loop(log, Two);
        Assert.False(await loop.AskAllAsync(log.Checkpoint, Ct));
        Assert.False(await loop.AskAllAsync(log.Checkpoint, Ct));
        Assert.Null(log.Witnessed);
        Assert.Equal(2, _news.Count(news => news.Kind == WitnessNewsKind.Trouble));
        _hosts[1].Answer = (asked, body) => HonestAsync(_witnesses[1], asked, body);
        Assert.True(await loop.AskAllAsync(log.Checkpoint, Ct));
        Assert.Equal(1, log.Witnessed?.Size);
        Assert.Contains(_news, news => news.Message.Contains("cosigns again", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_node_that_is_alone_at_night_starts_and_works()
    {
        foreach (var host in _hosts) host.Dispose();
        await using var log = await OpenAsync();
        using var witnessing = Open(log);
        await witnessing.CompareAsync(Ct);
        await AppendAsync(log);
        Assert.Equal(3, _news.Count(news => news.Kind == WitnessNewsKind.Trouble));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_folder_put_back_from_before_stops_and_stays_stopped(bool atTheStart)
    {
        await WitnessAsync(2);
        Copy(Node, Node + ".old");
        await WitnessAsync(3);
        PutBack();
        await using (var log = await OpenAsync())
        {
            using var witnessing = Open(log);
            if (atTheStart) await witnessing.CompareAsync(Ct);
            else await witnessing.RunAsync(Ct);
            await StoppedAsync(log, "rolled back");
        }

        await using var again = await OpenAsync();
        using var still = Open(again);
        await still.RunAsync(Ct);
        var fault = await Assert.ThrowsAsync<SigningStoppedException>(() => AppendAsync(again));
        Assert.Contains(NodeFolder.At(Node).StoppedFile, fault.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_history_that_was_written_anew_stops_though_it_is_longer()
    {
        await WitnessAsync(2);
        Copy(Node, Node + ".old");
        await WitnessAsync(3);
        PutBack();
        await using var log = await OpenAsync();
        for (var i = 0; i < 4; i++) await AppendAsync(log);
        using var witnessing = Open(log);
        await witnessing.RunAsync(Ct);
        await StoppedAsync(log, "written anew");
    }

    [Fact]
    public async Task A_record_that_is_changed_under_the_running_node_while_witnesses_confirm_it_stops_the_log_and_not_the_server()
    {
        await using var log = await OpenAsync();
        await AppendAsync(log);
        foreach (var (host, witness) in _hosts.Zip(_witnesses))
        {
            host.Answer = async (asked, body) =>
            {
                var answer = await HonestAsync(witness, asked, body);
                using var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={NodeFolder.At(Node).LedgerFile};Pooling=False");
                connection.Open();
                SqliteFile.Run(connection, "UPDATE record SET header = zeroblob(length(header)) WHERE idx = 0");
                return answer;
            };
        }

        using var witnessing = Open(log);
        await witnessing.RunAsync(Ct).WaitAsync(TimeSpan.FromSeconds(30), Ct);
        var fault = await Assert.ThrowsAsync<SigningStoppedException>(() => AppendAsync(log));
        Assert.Contains("written anew", fault.Reason, StringComparison.Ordinal);
        Assert.Single(_news, news => news.Kind == WitnessNewsKind.Alarm);
        Assert.Contains("written anew", await File.ReadAllTextAsync(NodeFolder.At(Node).StoppedFile, Ct), StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_witness_that_lies_stops_nothing_and_a_quorum_does()
    {
        await using var log = await OpenAsync();
        await AppendAsync(log);
        _hosts[0].Answer = (asked, _) => Task.FromResult(asked.StartsWith("POST", StringComparison.Ordinal) ? Plain(409, "1000\n") : Plain(404));
        using var loop = Loop(log, Two);
        Assert.True(await loop.AskAllAsync(log.Checkpoint, Ct));
        Assert.Single(_news, news => news.Kind == WitnessNewsKind.Suspicion);
        await AppendAsync(log);

        _hosts[1].Answer = (asked, _) => Task.FromResult(asked.StartsWith("POST", StringComparison.Ordinal) ? Plain(422) : Plain(500));
        Assert.False(await loop.AskAllAsync(log.Checkpoint, Ct));
        await StoppedAsync(log, "says that it has cosigned 1000 entries");
    }

    [Fact]
    public async Task A_lie_that_is_taken_back_is_forgotten()
    {
        await using var log = await OpenAsync();
        await AppendAsync(log);
        using var loop = Loop(log, Two);
        for (var i = 0; i < 2; i++)
        {
            var honest = _hosts[i].Answer;
            _hosts[i].Answer = (asked, _) => Task.FromResult(asked.StartsWith("POST", StringComparison.Ordinal) ? Plain(409, "1000\n") : Plain(404));
            await loop.AskAllAsync(log.Checkpoint, Ct);
            _hosts[i].Answer = honest;
            Assert.True(await loop.AskAllAsync(log.Checkpoint, Ct));
        }

        await AppendAsync(log);
        Assert.Null(log.Stopped);
    }

    [Fact]
    public async Task What_was_restored_takes_entries_once_the_witnesses_confirm_it()
    {
        await WitnessAsync(2);
        await File.WriteAllTextAsync(NodeFolder.At(Node).RestoredFile, "", Ct);
        await using var log = await OpenAsync();
        Assert.Equal(2, (await log.ReadAsync(0, 10, Ct)).Count);
        await Assert.ThrowsAsync<SigningStoppedException>(() => AppendAsync(log));
        foreach (var host in _hosts[1..]) host.Answer = (_, _) => Task.FromResult(Plain(503));
        using var witnessing = Open(log);
        await witnessing.CompareAsync(Ct);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        var running = witnessing.RunAsync(over.Token);
        await UntilAsync(() => _hosts[0].Asked > 2);
        await Assert.ThrowsAsync<SigningStoppedException>(() => AppendAsync(log));
        await Assert.ThrowsAsync<InvalidDataException>(() => NodeWitnessing.ConfirmRestoredAsync(NodeFolder.At(Node), Ct));
        _hosts[1].Answer = (asked, body) => HonestAsync(_witnesses[1], asked, body);
        await UntilAsync(() => log.Stopped is null);
        await AppendAsync(log);
        Assert.False(File.Exists(NodeFolder.At(Node).RestoredFile));
        await over.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }

    [Fact]
    public async Task What_was_restored_without_witnesses_is_confirmed_by_whoever_runs_it()
    {
        var folder = NodeFolder.At(Node);
        await WritePolicyAsync("quorum none");
        await Assert.ThrowsAsync<InvalidDataException>(() => NodeWitnessing.ConfirmRestoredAsync(folder, Ct));
        await File.WriteAllTextAsync(folder.RestoredFile, "", Ct);
        await using (var log = await OpenAsync())
        {
            await Assert.ThrowsAsync<SigningStoppedException>(() => AppendAsync(log));
            // Said beside a server that runs, it is refused and changes nothing.
            await Assert.ThrowsAnyAsync<IOException>(() => NodeWitnessing.ConfirmRestoredAsync(folder, Ct));
            Assert.True(File.Exists(folder.RestoredFile));
        }

        await NodeWitnessing.ConfirmRestoredAsync(folder, Ct);
        await using var again = await OpenAsync();
        await AppendAsync(again);
    }

    [Theory]
    [InlineData("no policy")]
    [InlineData("witness w0 <w>")]
    [InlineData("witness w0 <w> nowhere\nquorum w0")]
    [InlineData("log <other>\nwitness w0 <w>\nquorum w0")]
    public async Task A_policy_that_is_none_or_of_other_logs_is_refused(string policy)
    {
        using var other = SignerKey.Generate("other.example");
        await using var log = await OpenAsync();
        await File.WriteAllTextAsync(NodeFolder.At(Node).PolicyFile, policy.Replace("<w>", $"{Key(0)}").Replace("<other>", $"{other}"), Ct);
        Assert.Contains("witness-policy", Assert.Throws<InvalidDataException>(() => Open(log)).Message, StringComparison.Ordinal);
    }

    /// <summary>Appends up to a size and has it confirmed.</summary>
    async Task WitnessAsync(long size)
    {
        await using var log = await OpenAsync();
        while (log.Size < size) await AppendAsync(log);
        using var loop = Loop(log, Two);
        Assert.True(await loop.AskAllAsync(log.Checkpoint, Ct));
    }

    async Task StoppedAsync(TransparencyLog log, string why)
    {
        var fault = await Assert.ThrowsAsync<SigningStoppedException>(() => AppendAsync(log));
        Assert.Contains(why, fault.Reason, StringComparison.Ordinal);
        Assert.NotEmpty(await log.ReadAsync(0, 10, Ct));
        Assert.Single(_news, news => news.Kind == WitnessNewsKind.Alarm && news.Message.Contains(why, StringComparison.Ordinal));
        var evidence = await File.ReadAllTextAsync(NodeFolder.At(Node).StoppedFile, Ct);
        Assert.Contains(why, evidence, StringComparison.Ordinal);
        Assert.Contains(log.Checkpoint, evidence, StringComparison.Ordinal);
    }

    Task<TransparencyLog> OpenAsync() => NodeFolder.OpenAsync(Node, TimeProvider.System, new LogOptions { Durability = Durability.OnlyWhenClosed }, Ct);

    NodeWitnessing Open(TransparencyLog log) => NodeWitnessing.Open(NodeFolder.At(Node), log, Patience, Tell)!;

    WitnessLoop Loop(TransparencyLog log, string quorum) => new(
        log, TlogPolicy.Parse(Encoding.UTF8.GetBytes(Witnesses() + quorum)), Patience, Tell, evidence => File.WriteAllText(NodeFolder.At(Node).StoppedFile, evidence));

    Task WritePolicyAsync(string quorum) => File.WriteAllTextAsync(NodeFolder.At(Node).PolicyFile, Witnesses() + quorum + "\n", Ct);

    string Witnesses() => string.Concat(_hosts.Select((host, i) => $"witness w{i} {Key(i)} {host.Url}\n"));

    void Tell(WitnessNews news)
    {
        lock (_news) _news.Add(news);
    }

    void PutBack()
    {
        Directory.Delete(Node, recursive: true);
        Directory.Move(Node + ".old", Node);
    }

    static void Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    static async Task<AppendResult> AppendAsync(TransparencyLog log) => await log.AppendAsync([], [LogFixture.Entry(LogFixture.NewStream())], Ct);

    static async Task UntilAsync(Func<bool> so)
    {
        for (var i = 0; !so(); i++)
        {
            Assert.True(i < 3_000, "It never came to be so.");
            await Task.Delay(20, Ct);
        }
    }

}
