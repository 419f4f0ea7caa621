using Npgsql;
using Probity.Ledger;

namespace Probity.Storage.Postgres;

/// <summary>
/// Hears what other processes did, by a session that listens. A notice may be lost with a session, so everything may have changed
/// whenever one is opened, and now and then without any notice.
/// </summary>
internal sealed class PostgresChanges(NpgsqlDataSource source, Guid process) : IAsyncDisposable
{
    const StoreChanges Anything = StoreChanges.Entries | StoreChanges.Keys;
    static readonly TimeSpan Poll = TimeSpan.FromSeconds(10);

    NpgsqlConnection? _session;
    StoreChanges _heard;

    public async ValueTask<StoreChanges> WaitAsync(CancellationToken ct)
    {
        try
        {
            if (_session is null)
            {
                _session = await source.OpenConnectionAsync(ct);
                _session.Notification += Hear;
                await using var listen = new NpgsqlCommand($"LISTEN {PostgresSchema.Channel}", _session);
                await listen.ExecuteNonQueryAsync(ct);
                return Anything;
            }

            var until = Environment.TickCount64 + (long)Poll.TotalMilliseconds;
            while (_heard == StoreChanges.None)
            {
                var left = until - Environment.TickCount64;
                // A question now and then finds a session that died without a word.
                if (left > 0 && await _session.WaitAsync(TimeSpan.FromMilliseconds(left), ct)) continue;
                await using var alive = new NpgsqlCommand("SELECT 1", _session);
                await alive.ExecuteNonQueryAsync(ct);
                return Anything;
            }

            return Interlocked.Exchange(ref _heard, StoreChanges.None);
        }
        catch
        {
            await DisposeAsync();
            throw;
        }
    }

    void Hear(object? sender, NpgsqlNotificationEventArgs notice)
    {
        var words = notice.Payload.Split(' ');
        // Its own commits are no news to a process.
        if (words.Length > 1 && words[1] == process.ToString("N")) return;
        _heard |= words[0] == "entries" ? StoreChanges.Entries : Anything;
    }

    public async ValueTask DisposeAsync()
    {
        if (_session is null) return;
        await _session.DisposeAsync();
        _session = null;
    }
}
