using System.Collections.Concurrent;
using System.Diagnostics;
using Probity.Ledger.Formats;

namespace Probity.Ledger.Witnessing;

/// <summary>
/// Has a log's newest checkpoint cosigned, again and again, by the witnesses of a policy, and compares the log with what they have seen of it.
/// They are asked at once; one that hangs, lies or is down delays nobody else.
/// </summary>
public sealed class WitnessLoop : IDisposable
{
    static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    readonly TransparencyLog _log;
    readonly TlogPolicy _policy;
    readonly WitnessPatience _patience;
    readonly Action<WitnessNews> _tell;
    readonly HistoryJudge _judge;
    readonly WitnessClient[] _clients;
    readonly ConcurrentDictionary<WitnessClient, bool> _busy = [];
    readonly ConcurrentDictionary<WitnessClient, long> _cosigned = [];
    readonly ConcurrentDictionary<WitnessClient, string> _troubles = [];

    /// <summary>Makes the loop; nothing is asked yet.</summary>
    /// <param name="log">The log.</param>
    /// <param name="policy">The witnesses and their quorum. Those without a URL are not asked.</param>
    /// <param name="patience">How often, and how long.</param>
    /// <param name="tell">Takes news, from any thread.</param>
    /// <param name="keep">Keeps the evidence of an alarm, before the log is stopped.</param>
    /// <exception cref="FormatException">A URL is none.</exception>
    public WitnessLoop(TransparencyLog log, TlogPolicy policy, WitnessPatience patience, Action<WitnessNews> tell, Action<string> keep)
    {
        ArgumentNullException.ThrowIfNull(policy);
        (_log, _policy, _patience, _tell) = (log, policy, patience, tell);
        _judge = new HistoryJudge(log, policy, tell, keep);
        _clients = [.. policy.Witnesses.Where(witness => witness.Url is not null).Select(witness => new WitnessClient(witness, patience.Answer))];
    }

    /// <summary>
    /// Compares the log with the newest checkpoint that each witness shows of it, before anything is appended. Who cannot be reached in time
    /// is passed over: a node has to work where there is no network.
    /// </summary>
    public async Task CompareAsync(CancellationToken ct)
    {
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(ct);
        waiting.CancelAfter(_patience.Start);
        await Task.WhenAll(_clients.Select(async client =>
        {
            try
            {
                var view = await client.ReadCheckpointAsync(_log.VerifierKey, waiting.Token);
                if (view is WitnessView.Failed failed) Trouble(client, failed.Message);
                if (view is not WitnessView.Shown shown) return;
                if (shown.Cosigned) _cosigned[client] = shown.Checkpoint.Size;
                await _judge.CompareAsync(client.Witness, shown, ct);
            }
            catch (OperationCanceledException) when (!ct.IsCancellationRequested)
            {
                Trouble(client, $"it did not answer within {_patience.Start.TotalSeconds:0} seconds");
            }
        }));
    }

    /// <summary>Runs until it is told to end, or the log has stopped for good.</summary>
    /// <param name="quorum">Called whenever the log's newest checkpoint has come to have the quorum.</param>
    /// <param name="ct">Ends it.</param>
    public async Task RunAsync(Action? quorum, CancellationToken ct)
    {
        var fruitless = 0;
        while (!_judge.HasStopped)
        {
            var note = _log.Checkpoint;
            if (await AskAllAsync(note, ct))
            {
                fruitless = 0;
                if (note == _log.Checkpoint && !_judge.HasStopped) quorum?.Invoke();
                await WaitAsync(note, _patience.Refresh, ct);
            }
            else await WaitAsync(null, _patience.Pause * Math.Min(1 << Math.Min(fruitless++, 10), LongestPause / _patience.Pause), ct);
        }
    }

    /// <summary>Has one checkpoint cosigned.</summary>
    /// <returns>Whether the quorum came together.</returns>
    internal async Task<bool> AskAllAsync(string checkpoint, CancellationToken ct)
    {
        var round = new CosignatureRound(SignedNote.Parse(checkpoint), _policy);
        // Who has not answered the round before is left out of this one.
        var all = Task.WhenAll(_clients.Where(client => _busy.TryAdd(client, true)).Select(client => Task.Run(() => AskAsync(client, round, ct), ct)).ToList());
        await Task.WhenAny(all, round.Met);
        if (!all.IsCompleted) await Task.WhenAny(all, Task.Delay(_patience.Grace, ct));
        ct.ThrowIfCancellationRequested();
        if (round.Met.IsCompleted) await PutAsync(round, ct);
        return round.Met.IsCompleted;
    }

    /// <summary>Closes the connections to the witnesses.</summary>
    public void Dispose()
    {
        foreach (var client in _clients) client.Dispose();
    }

    async Task AskAsync(WitnessClient client, CosignatureRound round, CancellationToken ct)
    {
        try
        {
            var reply = await client.SubmitAsync(round.Note, _cosigned.GetValueOrDefault(client), _log.ProveConsistencyAsync, ct);
            if (reply is WitnessReply.Cosigned cosigned) await TakeAsync(client, round, cosigned, ct);
            else if (reply is WitnessReply.Failed failed) Trouble(client, failed.Message);
            else await _judge.ClaimAsync(client, reply, ct);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // The node is being stopped.
        }
        catch (Exception fault) when (fault is InvalidDataException or IOException or FormatException or ObjectDisposedException or System.Data.Common.DbException)
        {
            Trouble(client, $"it could not be asked: {fault.Message}");
        }
        finally
        {
            _busy.TryRemove(client, out _);
        }
    }

    async ValueTask TakeAsync(WitnessClient client, CosignatureRound round, WitnessReply.Cosigned cosigned, CancellationToken ct)
    {
        var late = round.Met.IsCompleted;
        _cosigned[client] = Checkpoint.Parse(round.Note.Text).Size;
        _judge.Withdraw(client.Witness);
        if (_troubles.TryRemove(client, out _)) _tell(new WitnessNews(WitnessNewsKind.Fine, $"The witness {client.Witness.Name} cosigns again."));
        round.Add(client.Witness.Key, cosigned.Signature);
        if (late) await PutAsync(round, ct);
    }

    async ValueTask PutAsync(CosignatureRound round, CancellationToken ct)
    {
        try
        {
            await _log.PutWitnessedAsync(round.Cosigned(), _policy, ct);
        }
        catch (Exception fault) when (fault is IOException or InvalidDataException or System.Data.Common.DbException)
        {
            _tell(new WitnessNews(WitnessNewsKind.Trouble, $"A witnessed checkpoint could not be kept: {fault.Message}"));
        }
        catch (InvalidProofException fault)
        {
            // It was signed here, and witnesses have it; if the store holds something else by now, somebody has written into it.
            var note = round.Cosigned();
            var witness = _policy.Witnesses.First(one => note.Signatures.Any(line => line.IsBy(one.Key)));
            if (await _judge.CompareAsync(witness, new WitnessView.Shown(Checkpoint.Parse(note.Text), note, true), ct))
                _tell(new WitnessNews(WitnessNewsKind.Trouble, $"A witnessed checkpoint could not be kept: {fault.Message}"));
        }
    }

    /// <summary>Waits for a time, or less where the log goes on beyond a checkpoint.</summary>
    async Task WaitAsync(string? note, TimeSpan longest, CancellationToken ct)
    {
        var begun = Stopwatch.GetTimestamp();
        do
        {
            var left = longest - Stopwatch.GetElapsedTime(begun);
            await Task.Delay(left < _patience.Pause ? TimeSpan.FromTicks(Math.Max(0, left.Ticks)) : _patience.Pause, ct);
        }
        while (Stopwatch.GetElapsedTime(begun) < longest && (note is null || note == _log.Checkpoint) && !_judge.HasStopped);
    }

    // Told once, and not each time that it is asked again.
    void Trouble(WitnessClient client, string message)
    {
        if (_troubles.TryGetValue(client, out var told) && told == message) return;
        _troubles[client] = message;
        _tell(new WitnessNews(WitnessNewsKind.Trouble, $"The witness {client.Witness.Name} at {client.Witness.Url}: {message}."));
    }
}
