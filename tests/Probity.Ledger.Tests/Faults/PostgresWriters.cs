using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using static Probity.Ledger.Tests.Log.LogFixture;

namespace Probity.Ledger.Tests.Faults;

/// <summary>Writers that go on through faults: whoever is told that the store did not take an entry asks again with what was expected before.</summary>
internal sealed class PostgresWriters(IReadOnlyList<TransparencyLog> logs, int count) : IDisposable
{
    readonly ConcurrentDictionary<string, StreamId> _acknowledged = [];
    readonly CancellationTokenSource _stop = new();
    Task _running = Task.CompletedTask;
    long _last = Stopwatch.GetTimestamp();
    TimeSpan _longest;
    int _faults;

    /// <summary>How many entries were acknowledged.</summary>
    public int Acknowledged => _acknowledged.Count;

    /// <summary>How many requests were told of a fault.</summary>
    public int Faults => Volatile.Read(ref _faults);

    /// <summary>The longest time without an answer to anybody.</summary>
    public TimeSpan LongestSilence => _longest;

    public PostgresWriters Start()
    {
        _running = Task.WhenAll(Enumerable.Range(0, count).Select(i => Task.Run(() => WriteAsync(logs[i % logs.Count]))));
        return this;
    }

    /// <summary>Waits until so many more were acknowledged.</summary>
    public async Task MoreAsync(int entries)
    {
        for (var until = Acknowledged + entries; Acknowledged < until;)
        {
            if (_running.IsCompleted) await _running;
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }
    }

    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await _running;
    }

    /// <summary>Every acknowledged entry stands on a log's record, once.</summary>
    public async Task CheckAsync(TransparencyLog log)
    {
        var found = new Dictionary<string, int>();
        for (var next = 0L; await log.ReadAsync(next, 2_000, CancellationToken.None) is { Count: > 0 } entries; next += entries.Count)
        {
            foreach (var entry in entries)
            {
                if (entry.Header.Type != "cases.opened.v1") continue;
                var text = Encoding.UTF8.GetString(entry.Payload!.Value.Span);
                found[text] = found.GetValueOrDefault(text) + 1;
            }
        }

        Assert.All(_acknowledged.Keys, text => Assert.Equal(1, found.GetValueOrDefault(text)));
    }

    async Task WriteAsync(TransparencyLog log)
    {
        var stream = NewStream();
        for (var version = 0L; !_stop.IsCancellationRequested; version++)
        {
            var text = Guid.NewGuid().ToString("N");
            while (true)
            {
                try
                {
                    var result = await log.AppendAsync([new Expectation(stream, version)], [Entry(stream, text)], CancellationToken.None);
                    // A conflict after a fault: it had been taken after all, and nobody else writes to this stream.
                    if (result is AppendResult.Conflict conflict) Assert.Equal(version + 1, conflict.Actual);
                    _acknowledged[text] = stream;
                    Answered();
                    break;
                }
                catch (StoreFaultException)
                {
                    Interlocked.Increment(ref _faults);
                    if (_stop.IsCancellationRequested) return;
                    await Task.Delay(20);
                }
            }
        }
    }

    public void Dispose() => _stop.Dispose();

    void Answered()
    {
        lock (_acknowledged)
        {
            var now = Stopwatch.GetTimestamp();
            var silence = Stopwatch.GetElapsedTime(_last, now);
            if (silence > _longest) _longest = silence;
            _last = now;
        }
    }
}
