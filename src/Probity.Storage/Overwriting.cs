using System.Data.Common;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Probity.Storage;

/// <summary>
/// What is replaced or deleted is overwritten on the disk. SQLite keeps the setting for one connection only, so it is made whenever one
/// is opened.
/// </summary>
internal sealed class Overwriting : DbConnectionInterceptor
{
    const int Attempts = 50;
    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    readonly string _pragmas;

    Overwriting(string pragmas) => _pragmas = pragmas;

    /// <summary>For what stands nowhere else: each commit is synced before it is answered.</summary>
    public static Overwriting Durable { get; } = new("PRAGMA secure_delete=ON; PRAGMA synchronous=FULL;");

    /// <summary>For what can be made again from the record.</summary>
    public static Overwriting Rebuildable { get; } = new("PRAGMA secure_delete=ON;");

    /// <summary>Brings everything into the file itself and empties the write-ahead log, which still has the pages as they were.</summary>
    /// <exception cref="IOException">Somebody kept reading.</exception>
    public static async Task EmptyLogAsync(DbContext db, CancellationToken cancel)
    {
        await db.Database.OpenConnectionAsync(cancel);
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            await using var command = db.Database.GetDbConnection().CreateCommand();
            command.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
            if (Convert.ToInt64(await command.ExecuteScalarAsync(cancel), CultureInfo.InvariantCulture) == 0) return;
            await Task.Delay(Pause, cancel);
        }

        throw new IOException("A write-ahead log could not be emptied while somebody reads; it is tried again.");
    }

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        using var command = connection.CreateCommand();
        command.CommandText = _pragmas;
        command.ExecuteNonQuery();
    }

    public override async Task ConnectionOpenedAsync(
        DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = _pragmas;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
