using System.Collections.Concurrent;
using Probity.Ledger.Tests.Log;
using Probity.Storage;

namespace Probity.Ledger.Tests.Faults.Tampering;

/// <summary>
/// Ten thousand attempts of a seeded attacker on a node's folder: with SQL, with a hex editor, with older copies, alone and together, on a node that is
/// stopped, that crashed, or that runs. Each is found by verification with the checkpoint that somebody outside kept, or no answer
/// of the log differs by a byte.
/// </summary>
public sealed class RandomTamperTests
{
    const int Attempts = 10_000;

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_attempt_is_found_or_changes_no_answer()
    {
        using var place = new MemoryFolder();
        var scenes = new[]
        {
            await Scene.MakeAsync(Path.Combine(place.Path, "stopped"), 30, stopped: true, Ct),
            await Scene.MakeAsync(Path.Combine(place.Path, "crashed"), 30, stopped: false, Ct),
            await Scene.MakeAsync(Path.Combine(place.Path, "longer"), 280, stopped: true, Ct),
        };
        var wrong = new ConcurrentBag<string>();
        var outcomes = new ConcurrentDictionary<string, int>();
        var attempts = Attempts * FaultSize.Factor;
        var next = -1;
        await Task.WhenAll(Enumerable.Range(0, Environment.ProcessorCount).Select(worker => Task.Run(async () =>
        {
            var folder = Path.Combine(place.Path, $"worker {worker}", "node");
            for (int attempt; (attempt = Interlocked.Increment(ref next)) < attempts && wrong.IsEmpty;)
            {
                var seed = FaultSize.Seed + attempt;
                // The longer log, whose tiles are full, takes longer to verify.
                var scene = scenes[attempt % 20 == 0 ? 2 : attempt % 2];
                var (outcome, done) = await AttemptAsync(scene, folder, seed, running: attempt % 8 == 1);
                if (outcome.StartsWith("WRONG", StringComparison.Ordinal)) wrong.Add($"seed {seed}: {string.Join("; ", done)}: {outcome}");
                else outcomes.AddOrUpdate(outcome, 1, (_, count) => count + 1);
            }
        }, Ct)));
        TestContext.Current.SendDiagnosticMessage($"seed {FaultSize.Seed}: " + string.Join(", ", outcomes.OrderBy(o => o.Key).Select(o => $"{o.Value} {o.Key}")));
        Assert.True(wrong.IsEmpty, string.Join('\n', wrong.Order().Take(50)));
        Assert.True(outcomes.GetValueOrDefault("found") > attempts / 2);
    }

    static async Task<(string Outcome, List<string> Done)> AttemptAsync(Scene scene, string folder, int seed, bool running)
    {
        var random = new Random(seed);
        scene.Now.Lay(folder);
        var done = new List<string>();
        var log = running ? await OpenAsync(folder) : null;
        try
        {
            var (sql, bytes) = (new SqlAttack(random, scene), new ByteAttack(random, scene));
            // A database that was damaged first may refuse what would be done to it next.
            var tries = 0;
            for (var moves = random.Next(1, 4); moves > 0 || (done.Count == 0 && tries++ < 20); moves--)
            {
                // Bytes of a database under a running node are changed by nobody who wants to be served by it afterwards.
                if (running || random.Next(2) == 0)
                {
                    var file = Path.Combine(folder, random.Next(4) == 0 ? "keys.db" : "ledger.db");
                    if (File.Exists(file) && sql.Do(file) is { } did) done.Add(did);
                }
                else done.Add(bytes.Do(folder));
            }

            if (await FindsAsync(folder, scene)) return ("found", done);
            // Not found: whoever asks gets what they always got, or a clear refusal.
            log ??= await OpenAsync(folder);
            var answers = await SmallNode.AnswersAsync(log, Ct);
            return (answers == scene.Answers ? "without effect" : "WRONG: other answers", done);
        }
        catch (Exception fault) when (fault is IOException or InvalidDataException && !running)
        {
            return ("refused at opening", done);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            return ($"WRONG: {fault}", done);
        }
        finally
        {
            if (log is not null) await log.DisposeAsync();
        }
    }

    static Task<TransparencyLog> OpenAsync(string folder) => NodeFolder.OpenAsync(folder, new TestClock(), new LogOptions(), Ct);

    static async Task<bool> FindsAsync(string folder, Scene scene)
    {
        try
        {
            return !(await NodeVerifier.VerifyAsync(folder, new VerifyRequest(null, [scene.Kept]), null, Ct)).Ok;
        }
        catch (IOException)
        {
            // No ledger is there, or what is there is no file: said in one line.
            return true;
        }
    }
}
