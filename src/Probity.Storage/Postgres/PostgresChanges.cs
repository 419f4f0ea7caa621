using Npgsql;

namespace Probity.Storage.Postgres;

/// <summary>
/// Hears of what other processes did, by a session that listens. A notice may be lost with a session, so anything may have changed
/// whenever one is opened, and now and then without any notice.
/// </summary>
internal sealed class PostgresChanges(NpgsqlDataSource source, Guid process) : IAsyncDisposable
{
    static readonly TimeSpan Poll = TimeSpan.FromSeconds(5);

    NpgsqlConnection? _session;
    bool _heard;
    volatile bool _hasOthers = true;

    /// <summary>
    /// Whether anybody may listen: a notice costs as much as a small commit. Who begins to listen says so, and who is alone finds it out
    /// by the way.
    /// </summary>
    public bool HasOthers => _hasOthers;

    public async Task WaitAsync(CancellationToken ct)
    {
        try
        {
            if (_session is null)
            {
                await OpenAsync(ct);
                return;
            }

            for (var until = Environment.TickCount64 + (long)Poll.TotalMilliseconds; !_heard;)
            {
                var left = until - Environment.TickCount64;
                if (left > 0 && await _session.WaitAsync(TimeSpan.FromMilliseconds(left), ct)) continue;
                // The question also finds a session that died without a word.
                _hasOthers = await PostgresNodes.HasOthersAsync(_session, ct) || _heard;
                break;
            }

            _heard = false;
        }
        catch
        {
            await DisposeAsync();
            throw;
        }
    }

    /// <summary>Begins to listen, and says that a node has the log open.</summary>
    /// <exception cref="IOException">The log is being worked on.</exception>
    public async Task OpenAsync(CancellationToken ct)
    {
        var session = await source.OpenConnectionAsync(ct);
        try
        {
            await PostgresNodes.JoinAsync(session, ct);
            // Its own commits are no news to a process.
            session.Notification += (_, notice) => Hear(notice.Payload);
            _hasOthers = true;
            await RunAsync(session, $"LISTEN {PostgresSchema.Channel}", ct);
            await RunAsync(session, $"SELECT pg_notify('{PostgresSchema.Channel}', '{process:N}')", ct);
            // Who comes after this says so to a session that listens already.
            _hasOthers = await PostgresNodes.HasOthersAsync(session, ct) || _heard;
            _session = session;
        }
        catch
        {
            await session.DisposeAsync();
            throw;
        }
    }

    void Hear(string from)
    {
        if (from == process.ToString("N")) return;
        _heard = _hasOthers = true;
    }

    static async Task RunAsync(NpgsqlConnection session, string sql, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, session);
        await command.ExecuteNonQueryAsync(ct);
    }

    public async ValueTask DisposeAsync()
    {
        if (_session is not { } session) return;
        _session = null;
        await session.DisposeAsync();
    }
}
