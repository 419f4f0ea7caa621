using Npgsql;

namespace Probity.Storage.Postgres;

/// <summary>
/// What a schema consists of, as the server's catalogues say: every relation, column, index, constraint, and whatever could answer in a
/// table's place (rules, triggers, policies, inheritance). The verifier compares it line by line.
/// </summary>
internal static class PostgresCatalog
{
    const string Sql = """
        WITH own AS (SELECT oid AS schema FROM pg_namespace WHERE nspname = $1)
        SELECT CASE relkind WHEN 'r' THEN 'table' WHEN 'i' THEN 'index' ELSE 'relation of kind ' || relkind::text END || ' ' || relname
            || CASE WHEN relpersistence <> 'p' THEN ' not permanent' ELSE '' END
            || CASE WHEN relrowsecurity OR relforcerowsecurity THEN ' with policies' ELSE '' END
            || CASE WHEN relispartition OR reloftype <> 0 THEN ' of another' ELSE '' END AS line
        FROM pg_class, own WHERE relnamespace = schema
        UNION ALL
        SELECT 'column ' || relname || '.' || attname || ' ' || format_type(atttypid, atttypmod) || CASE WHEN attnotnull THEN ' not null' ELSE '' END
            || CASE WHEN attidentity <> '' OR attgenerated <> '' THEN ' generated' ELSE '' END
            || coalesce(' default ' || (SELECT pg_get_expr(adbin, adrelid) FROM pg_attrdef WHERE adrelid = attrelid AND adnum = attnum), '')
        FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid, own WHERE relnamespace = schema AND relkind <> 'i' AND attnum > 0 AND NOT attisdropped
        UNION ALL
        SELECT 'definition ' || pg_get_indexdef(indexrelid) || CASE WHEN indisvalid AND indisready AND indislive THEN '' ELSE ' not valid' END
        FROM pg_index JOIN pg_class ON pg_class.oid = indrelid, own WHERE relnamespace = schema
        UNION ALL
        SELECT 'constraint ' || conrelid::regclass::text || ' ' || pg_get_constraintdef(pg_constraint.oid) FROM pg_constraint, own WHERE connamespace = schema AND contype <> 'n'
        UNION ALL
        SELECT 'trigger ' || tgname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid, own WHERE relnamespace = schema
        UNION ALL
        SELECT 'rule ' || rulename FROM pg_rewrite JOIN pg_class ON pg_class.oid = ev_class, own WHERE relnamespace = schema
        UNION ALL
        SELECT 'policy ' || polname FROM pg_policy JOIN pg_class ON pg_class.oid = polrelid, own WHERE relnamespace = schema
        UNION ALL
        SELECT 'heir ' || inhrelid::regclass::text FROM pg_inherits JOIN pg_class ON pg_class.oid IN (inhrelid, inhparent), own WHERE relnamespace = schema
        UNION ALL
        SELECT 'function ' || proname FROM pg_proc, own WHERE pronamespace = schema
        UNION ALL
        SELECT 'operator ' || oprname FROM pg_operator, own WHERE oprnamespace = schema
        """;

    /// <summary>The lines of a log's schema as format 2 had it.</summary>
    public static readonly IReadOnlyList<string> LedgerOfFormat2 = Sorted(
        [
            .. Table("checkpoint", "size bigint not null", "note text not null"),
            .. Primary("checkpoint", "size"),
            .. Table("lease", One, "holder uuid", "until timestamp with time zone not null"),
            .. Single("lease"),
            .. Table("meta", One, "format integer not null", "origin text not null", "node uuid not null", "vkey text not null"),
            .. Single("meta"),
            .. Table("node", "id uuid not null"),
            .. Primary("node", "id"),
            .. Table("record", "idx bigint not null", "stream uuid not null", "version bigint not null", "header bytea not null", "sealed bytea not null"),
            .. Primary("record", "idx"),
            "index record_stream",
            "definition CREATE UNIQUE INDEX record_stream ON ledger.record USING btree (stream, version)",
            .. Table("tail", One, "size bigint not null", "epoch bigint not null"),
            .. Single("tail"),
            .. Table("tile", "level integer not null", "number bigint not null", "hashes bytea not null"),
            .. Primary("tile", "level, number"),
            .. Table("witnessed", One, "size bigint not null", "time bigint not null", "note text not null"),
            .. Single("witnessed"),
        ]);

    /// <summary>The lines of a log's schema.</summary>
    public static readonly IReadOnlyList<string> Ledger = Sorted(
        [
            .. LedgerOfFormat2,
            .. Table("predecessor", "place integer not null", "origin text not null", "vkey text not null", "size bigint not null", "note text not null"),
            .. Primary("predecessor", "place"),
        ]);

    /// <summary>The lines of the keys' schema.</summary>
    public static readonly IReadOnlyList<string> Keys = Sorted(
        [
            .. Table("key", "compartment uuid not null", "version integer not null", "wrapped bytea"),
            .. Primary("key", "compartment", "keys"),
        ]);

    const string One = "one boolean not null default true";

    /// <summary>What the server has.</summary>
    public static IReadOnlyList<string> Read(NpgsqlConnection session, string schema)
    {
        using var command = new NpgsqlCommand(Sql, session) { Parameters = { new() { Value = schema } } };
        using var reader = command.ExecuteReader();
        var lines = new List<string>();
        while (reader.Read()) lines.Add(reader.GetString(0));
        return Sorted(lines);
    }

    static IReadOnlyList<string> Sorted(IEnumerable<string> lines) => [.. lines.Order(StringComparer.Ordinal)];

    static IEnumerable<string> Table(string name, params IEnumerable<string> columns) =>
        columns.Select(column => $"column {name}.{column}").Prepend($"table {name}");

    static IEnumerable<string> Primary(string table, string columns, string schema = "ledger") =>
    [
        $"index {table}_pkey",
        $"definition CREATE UNIQUE INDEX {table}_pkey ON {schema}.{table} USING btree ({columns})",
        $"constraint {schema}.{table} PRIMARY KEY ({columns})",
    ];

    static IEnumerable<string> Single(string table) => Primary(table, "one").Append($"constraint ledger.{table} CHECK (one)");
}
