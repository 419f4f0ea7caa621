using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;

namespace Probity.Storage.Postgres;

/// <summary>The tables of an EF Core context in a schema of its own; the schema's comment says which version made them.</summary>
internal static class PostgresTables
{
    /// <summary>Makes them where they are not there.</summary>
    /// <exception cref="InvalidDataException">They are of another version.</exception>
    public static async Task PrepareAsync(DbContext db, string schema, int version, CancellationToken cancel)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({PostgresSchema.MakingLock})", cancel);
        var found = await db.Database.SqlQuery<string?>($"SELECT obj_description(to_regnamespace({schema})::oid, 'pg_namespace') AS \"Value\"").SingleAsync(cancel);
        var made = string.Create(CultureInfo.InvariantCulture, $"probity {version}");
        if (found is null)
        {
            await db.GetService<IRelationalDatabaseCreator>().CreateTablesAsync(cancel);
            // A comment takes no parameter; both parts are this program's own.
            var comment = $"COMMENT ON SCHEMA {schema} IS '{made}'";
            await db.Database.ExecuteSqlRawAsync(comment, cancel);
        }
        else if (found != made)
            throw new InvalidDataException($"The schema {schema} was made by another version of Probity ('{found}'; this one reads '{made}'): run that version.");

        await transaction.CommitAsync(cancel);
    }

    /// <summary>Writes every table anew, so that none holds what was deleted from it.</summary>
    public static async Task PurgeAsync(DbContext db, CancellationToken cancel)
    {
        foreach (var table in db.Model.GetEntityTypes().Select(type => (Schema: type.GetSchema(), Name: type.GetTableName())).Distinct())
        {
            var sql = $"VACUUM (FULL) \"{table.Schema}\".\"{table.Name}\"";
            await db.Database.ExecuteSqlRawAsync(sql, cancel);
        }
    }
}
