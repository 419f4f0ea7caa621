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
        else await RefuseOtherOwnerAsync(db, schema, cancel);

        await transaction.CommitAsync(cancel);
    }

    /// <summary>Who does not own a table cannot clear what was deleted out of it, and without rights there every sign-in fails.</summary>
    static async Task RefuseOtherOwnerAsync(DbContext db, string schema, CancellationToken cancel)
    {
        var others = await db.Database.SqlQuery<int>($"""
            SELECT count(*)::int AS "Value" FROM (
                SELECT nspowner AS owner FROM pg_namespace WHERE oid = to_regnamespace({schema})
                UNION ALL SELECT relowner FROM pg_class WHERE relnamespace = to_regnamespace({schema}) AND relkind = 'r') made
            WHERE NOT pg_has_role(owner, 'USAGE')
            """).SingleAsync(cancel);
        if (others > 0)
            throw new InvalidDataException($"The schema {schema} or a table in it belongs to another role than the one that the node connects as: give them to it, as docs/postgresql.md shows.");
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
