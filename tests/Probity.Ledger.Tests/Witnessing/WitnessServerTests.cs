using System.Diagnostics;
using System.Text;
using CsCheck;
using Probity.Ledger.Formats;
using Probity.Ledger.Tests.Formats;
using Probity.Ledger.Tests.Log;
using Probity.Ledger.Witnessing;
using static Probity.Ledger.Tests.Witnessing.SmallWitness;

namespace Probity.Ledger.Tests.Witnessing;

/// <summary>What a witness answers, and what it remembers before it does.</summary>
public sealed class WitnessServerTests : IDisposable
{
    readonly SmallWitness _small = new();

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => _small.Dispose();

    [Fact]
    public async Task The_published_transcript_is_answered_as_the_protocol_says()
    {
        var vector = Vectors.Json("witness-add-checkpoint.json");
        _small.WriteLogs(VerifierKey.Parse(vector.String("logVkey")));
        await using var witness = await _small.OpenAsync(name: "example.com/witness");
        foreach (var step in vector.GetProperty("steps").EnumerateArray())
        {
            var answer = await witness.AddCheckpointAsync(Encoding.UTF8.GetBytes(step.String("body")), Ct);
            Assert.Equal(step.GetProperty("specStatus").GetInt32(), answer.Status);
            Assert.Contains(step.String("assert").Split('"')[1], Text(answer), StringComparison.OrdinalIgnoreCase);
        }
    }

    [Fact]
    public async Task A_cosignature_verifies_and_monitors_read_what_was_cosigned()
    {
        var clock = new TestClock();
        await using var witness = await _small.OpenAsync(clock);
        var monitored = Convert.ToHexStringLower(Witness.HashOf(Origin));
        Assert.Null(await witness.ReadCheckpointAsync(monitored, Ct));

        var answer = await witness.AddCheckpointAsync(_small.Request(0, 5), Ct);
        Assert.Equal((200, "text/plain; charset=utf-8"), (answer.Status, answer.ContentType));
        var signature = Assert.Single(NoteSignature.ParseLines(Text(answer)));
        var note = Tree(5).Sign(_small.Key).With(signature);
        var verified = Checkpoint.Open(note, _small.Key.Verifier, witness.VerifierKey);
        Assert.Equal(clock.Now, Assert.Single(verified.Signatures, one => one.Key == witness.VerifierKey).Time);
        Assert.Equal(note.ToString(), await witness.ReadCheckpointAsync(monitored, Ct));
        foreach (var other in (string[])["", "00", monitored.ToUpperInvariant(), monitored[1..] + "/", Convert.ToHexStringLower(Witness.HashOf("other"))])
            Assert.Null(await witness.ReadCheckpointAsync(other, Ct));
    }

    [Fact]
    public void A_request_of_a_megabyte_of_short_lines_costs_no_more_than_its_text()
    {
        var body = Encoding.UTF8.GetBytes("old 0\n" + string.Concat(Enumerable.Repeat("a\n", 400_000)) + "\n" + Tree(5).Sign(_small.Key));
        Assert.Throws<FormatException>(() => AddCheckpointRequest.Parse(body));
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<FormatException>(() => AddCheckpointRequest.Parse(body));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 8L * body.Length);
    }

    [Fact]
    public async Task Each_refusal_has_its_status_its_body_and_changes_nothing()
    {
        using var stranger = SignerKey.Generate(Origin);
        await using var witness = await _small.OpenAsync();
        Assert.Equal(200, (await witness.AddCheckpointAsync(_small.Request(0, 5), Ct)).Status);
        await RefusedAsync(400, "old six\n\n"u8.ToArray());
        await RefusedAsync(400, new byte[Witness.MaxRequest + 1]);
        await RefusedAsync(400, Bytes(new AddCheckpointRequest(9, [], Tree(7).Sign(_small.Key))));
        await RefusedAsync(400, Encoding.UTF8.GetBytes(
            $"old 5\n{string.Concat(Enumerable.Repeat($"{MerkleTree.EmptyRoot}\n", 64))}\n{Tree(7).Sign(_small.Key)}"));
        await RefusedAsync(403, _small.Request(5, 7, key: stranger));
        await RefusedAsync(404, Bytes(new AddCheckpointRequest(0, [], (Tree(7) with { Origin = "other.example" }).Sign(_small.Key))));
        await RefusedAsync(422, _small.Request(5, 7, root: MerkleTree.EmptyRoot));
        await RefusedAsync(422, _small.Forked(5, 7));
        foreach (var old in (long[])[0, 4, 7])
        {
            var answer = await RefusedAsync(409, _small.Request(old, 7));
            Assert.Equal(("5\n", "text/x.tlog.size"), (Text(answer), answer.ContentType));
        }

        Assert.Null((await witness.FindAsync(Origin, Ct))?.Fork);
        var fork = Tree(5, MerkleTree.EmptyRoot).Sign(_small.Key);
        await RefusedAsync(422, Bytes(new AddCheckpointRequest(5, [], fork)));
        await RefusedAsync(422, _small.Forked(5, 5));
        Assert.Equal(fork.ToString(), (await witness.FindAsync(Origin, Ct))?.Fork);

        async Task<WitnessAnswer> RefusedAsync(int status, byte[] body)
        {
            var answer = await witness.AddCheckpointAsync(body, Ct);
            Assert.Equal(status, answer.Status);
            Assert.EndsWith("\n", Text(answer), StringComparison.Ordinal);
            Assert.Equal(Tree(5), (await witness.FindAsync(Origin, Ct)) is { } state ? new Checkpoint(state.Origin, state.Size, state.Root) : null);
            return answer;
        }
    }

    [Fact]
    public async Task A_log_may_sign_with_a_new_key_and_with_both()
    {
        using var next = SignerKey.Generate(Origin);
        using var small = new SmallWitness(next);
        await using var witness = await small.OpenAsync();
        Assert.Equal(200, (await witness.AddCheckpointAsync(small.Request(0, 3), Ct)).Status);
        Assert.Equal(200, (await witness.AddCheckpointAsync(
            Bytes(new AddCheckpointRequest(3, ConsistencyProof.Build(3, 6, SmallWitness.Log.Node), Tree(6).Sign(small.Key, next))), Ct)).Status);
        Assert.Equal(200, (await witness.AddCheckpointAsync(small.Request(6, 8, key: next), Ct)).Status);
        Assert.Equal(8, (await witness.FindAsync(Origin, Ct))?.Size);
    }

    [Fact]
    public async Task A_clock_that_is_set_back_never_signs_an_earlier_time()
    {
        var clock = new TestClock();
        var first = clock.Now;
        await using (var witness = await _small.OpenAsync(clock))
        {
            Assert.Equal(first, await CosignAsync(witness, 0, 3));
            clock.Now = DateTimeOffset.UnixEpoch.AddDays(-1);
            Assert.Equal(first, await CosignAsync(witness, 3, 4));
        }

        // Nor after a restart, and it goes on once the time has passed.
        await using var again = await _small.OpenAsync(clock);
        Assert.Equal(first, await CosignAsync(again, 4, 4));
        clock.Now = first.AddSeconds(1);
        Assert.Equal(clock.Now, await CosignAsync(again, 4, 9));

        async Task<DateTimeOffset> CosignAsync(Witness witness, long old, long size) =>
            Cosignature.Time(NoteSignature.ParseLines(Text(await witness.AddCheckpointAsync(_small.Request(old, size), Ct)))[0]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Of_two_histories_asked_for_at_once_one_is_cosigned(bool twoProcesses)
    {
        using var stalled = new StallingClock();
        await using var one = await _small.OpenAsync(stalled);
        var ready = await _small.OpenAsync();
        await using var two = twoProcesses ? ready : one;
        if (!twoProcesses) await ready.DisposeAsync();

        // The first stands still between what it has read and what it will write; the second asks meanwhile, for another history.
        var first = Task.Run(() => one.AddCheckpointAsync(_small.Request(0, 5), Ct).AsTask(), Ct);
        Assert.True(stalled.Reached.Wait(TimeSpan.FromSeconds(30), Ct));
        var second = Task.Run(() => two.AddCheckpointAsync(_small.Forked(0, 7), Ct).AsTask(), Ct);
        await Task.WhenAny(second, Task.Delay(300, Ct));
        Assert.False(second.IsCompleted);
        stalled.Go.Set();

        Assert.Equal(200, (await first).Status);
        var late = await second;
        Assert.Equal((409, "5\n"), (late.Status, Text(late)));
        Assert.Equal(422, (await two.AddCheckpointAsync(_small.Forked(5, 7), Ct)).Status);
    }

    [Fact]
    public async Task Many_forks_at_once_leave_one_history()
    {
        await using var one = await _small.OpenAsync();
        await using var two = await _small.OpenAsync();
        var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => Task.Run(async () =>
        {
            var (size, forked) = ((i / 2 % 5) + 3, i % 2 == 1);
            var answer = await (i % 4 < 2 ? one : two).AddCheckpointAsync(forked ? _small.Forked(0, size) : _small.Request(0, size), Ct);
            return (answer.Status, Size: size, Forked: forked);
        }, Ct)));
        var cosigned = Assert.Single(answers, answer => answer.Status == 200);
        Assert.All(answers, answer => Assert.Contains(answer.Status, (int[])[200, 409]));
        Assert.Equal(cosigned.Size, (await one.FindAsync(Origin, Ct))?.Size);
    }

    [Theory]
    [InlineData(WitnessProcess.Remembered)]
    [InlineData(WitnessProcess.Deciding)]
    public async Task A_witness_that_is_killed_cosigns_no_fork_afterwards(string when)
    {
        await using (var witness = await _small.OpenAsync()) Assert.Equal(200, (await witness.AddCheckpointAsync(_small.Request(0, 3), Ct)).Status);
        var file = Path.Combine(_small.Folder, "request");
        await File.WriteAllBytesAsync(file, _small.Request(3, 5), Ct);
        using var child = Process.Start(Environment.ProcessPath!, [WitnessProcess.Verb, _small.Folder, file, when])!;
        await child.WaitForExitAsync(Ct);
        Assert.NotEqual(0, child.ExitCode);

        await using var again = await _small.OpenAsync();
        var asked = await again.AddCheckpointAsync(_small.Forked(3, 5), Ct);
        var size = when == WitnessProcess.Remembered ? 5 : 3;
        Assert.Equal(size == 5 ? 409 : 422, asked.Status);
        Assert.Equal(Tree(size).Root, (await again.FindAsync(Origin, Ct))?.Root);
        Assert.Equal(422, (await again.AddCheckpointAsync(_small.Forked(size, 7), Ct)).Status);
        Assert.Equal(200, (await again.AddCheckpointAsync(_small.Request(size, 7), Ct)).Status);
    }

    [Fact]
    public async Task A_key_without_its_memory_cosigns_nothing()
    {
        string vkey;
        await using (var witness = await _small.OpenAsync()) vkey = witness.VerifierKey.ToString();
        await using (var witness = await _small.OpenAsync()) Assert.Equal(vkey, witness.VerifierKey.ToString());
        await Assert.ThrowsAsync<InvalidDataException>(() => _small.OpenAsync(name: "another.example"));
        File.Delete(Path.Combine(_small.Folder, "witness.db"));
        var refused = await Assert.ThrowsAsync<InvalidDataException>(() => _small.OpenAsync());
        Assert.Contains("is gone", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("witness w <key>")]
    [InlineData("quorum none")]
    [InlineData("log")]
    [InlineData("log <log> url more")]
    [InlineData("log <log>\nlog <log>")]
    public async Task A_list_of_logs_that_is_none_is_refused(string list)
    {
        using var key = SignerKey.Generate("w.example", SignatureType.CosignatureEd25519);
        await File.WriteAllTextAsync(_small.Logs, list.Replace("<key>", $"{key}").Replace("<log>", $"{_small.Key}"), Ct);
        await Assert.ThrowsAsync<InvalidDataException>(() => _small.OpenAsync());
        Assert.False(File.Exists(Path.Combine(_small.Folder, "witness.db")));
    }

    [Fact]
    public async Task Whatever_is_sent_is_answered()
    {
        await using var witness = await _small.OpenAsync();
        var good = _small.Request(0, 5);
        Gen.Select(Gen.Int[0, good.Length - 1], Gen.Byte, Gen.Int[0, good.Length]).Sample((at, value, length) =>
        {
            var body = good.ToArray();
            body[at] = value;
            var answer = witness.AddCheckpointAsync(body.AsMemory(0, length), default).AsTask().GetAwaiter().GetResult();
            Assert.Contains(answer.Status, (int[])[200, 400, 403, 404, 409, 422]);
        }, iter: 2_000, threads: 1);
        Gen.Byte.Array[0, 200].Sample(body => Assert.Equal(400, witness.AddCheckpointAsync(body, default).AsTask().GetAwaiter().GetResult().Status), iter: 500, threads: 1);
    }

    sealed class StallingClock : TimeProvider, IDisposable
    {
        public ManualResetEventSlim Reached { get; } = new();

        public ManualResetEventSlim Go { get; } = new();

        public override DateTimeOffset GetUtcNow()
        {
            Reached.Set();
            Go.Wait(TimeSpan.FromSeconds(30));
            return base.GetUtcNow();
        }

        public void Dispose()
        {
            Reached.Dispose();
            Go.Dispose();
        }
    }
}
