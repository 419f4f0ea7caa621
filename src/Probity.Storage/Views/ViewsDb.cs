using System.Reflection;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Probity.Storage.Sqlite;

namespace Probity.Storage.Views;

/// <summary>The assembly whose view mappings the database is made from.</summary>
/// <param name="Assembly">Scanned for EF Core entity type configurations.</param>
public sealed record ViewMappings(Assembly Assembly);

/// <summary>The tables of the views. They can be deleted at any time: they are rebuilt from the record.</summary>
public sealed class ViewsDb(DbContextOptions<ViewsDb> options, ViewMappings mappings) : DbContext(options)
{
    /// <inheritdoc/>
    protected override void OnModelCreating(ModelBuilder modelBuilder) =>
        modelBuilder.ApplyConfigurationsFromAssembly(mappings.Assembly);
}

/// <summary>Gives the views a database.</summary>
public static class ViewsStorage
{
    /// <summary>Registers the views' context, also under the name <see cref="DbContext"/> by which slices ask for it.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="file">The SQLite file; made by <see cref="PrepareViewsAsync"/>.</param>
    /// <param name="mappings">The assembly with the mappings.</param>
    public static IServiceCollection AddViews(this IServiceCollection services, string file, Assembly mappings) => services
        .AddSingleton(new ViewMappings(mappings))
        .AddDbContext<ViewsDb>(o => o.UseSqlite($"Data Source={file};Pooling=True").AddInterceptors(Overwriting.Rebuildable)
            // The first so many of rows in no order are others each time.
            .ConfigureWarnings(w => w.Throw(CoreEventId.RowLimitingOperationWithoutOrderByWarning)))
        .AddScoped<DbContext>(s => s.GetRequiredService<ViewsDb>());

    /// <summary>
    /// Makes the tables. A file that is damaged, or whose tables are those of another version, is deleted first: views are rebuilt, not
    /// repaired or migrated.
    /// </summary>
    public static async Task PrepareViewsAsync(IServiceProvider services, CancellationToken cancel)
    {
        await using var scope = services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<ViewsDb>();
        var wanted = Fingerprint(db);
        if (await FindVersionAsync(db, cancel) != wanted)
        {
            // Closed before: a connection that is open on a deleted file writes to nothing.
            await db.Database.CloseConnectionAsync();
            Delete((SqliteConnection)db.Database.GetDbConnection());
            await db.Database.EnsureCreatedAsync(cancel);
            await db.Database.OpenConnectionAsync(cancel);
            await UserVersionAsync(db, wanted, cancel);
        }

        await db.Database.ExecuteSqlRawAsync("PRAGMA journal_mode=WAL", cancel);
    }

    /// <summary>Deletes the file and makes its tables anew, empty. Nobody else may have it open.</summary>
    public static async Task DropViewsAsync(IServiceProvider services, CancellationToken cancel)
    {
        await using (var scope = services.CreateAsyncScope())
            Delete((SqliteConnection)scope.ServiceProvider.GetRequiredService<ViewsDb>().Database.GetDbConnection());
        await PrepareViewsAsync(services, cancel);
    }

    /// <summary>Empties the write-ahead log, so that no byte of a deleted row is left in it.</summary>
    /// <exception cref="IOException">Somebody kept reading.</exception>
    public static async Task PurgeAsync(IServiceProvider services, CancellationToken cancel)
    {
        await using var scope = services.CreateAsyncScope();
        await Overwriting.EmptyLogAsync(scope.ServiceProvider.GetRequiredService<ViewsDb>(), cancel);
    }

    /// <summary>The version of the file's tables, or null where it is damaged: it is made anew, then, rather than repaired.</summary>
    static async Task<int?> FindVersionAsync(ViewsDb db, CancellationToken cancel)
    {
        try
        {
            await db.Database.OpenConnectionAsync(cancel);
            return await SqliteHealth.IsWholeAsync(db.Database.GetDbConnection(), cancel) ? await UserVersionAsync(db, null, cancel) : null;
        }
        catch (SqliteException fault) when (SqliteHealth.IsDamage(fault))
        {
            return null;
        }
    }

    static void Delete(SqliteConnection connection)
    {
        SqliteConnection.ClearPool(connection);
        foreach (var end in (string[])["", "-wal", "-shm", "-journal"]) File.Delete(connection.DataSource + end);
    }

    // SQLite's user_version holds a fingerprint of the tables' definition.
    static int Fingerprint(ViewsDb db)
    {
        var script = db.Database.GenerateCreateScript();
        var hash = System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(script));
        return (int)(BitConverter.ToUInt32(hash) >> 1) | 1;
    }

    static async Task<int> UserVersionAsync(ViewsDb db, int? set, CancellationToken cancel)
    {
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText = set is { } value
            ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"PRAGMA user_version={value}")
            : "PRAGMA user_version";
        return Convert.ToInt32(await command.ExecuteScalarAsync(cancel) ?? 0, System.Globalization.CultureInfo.InvariantCulture);
    }
}
