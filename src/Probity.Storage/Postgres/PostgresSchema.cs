namespace Probity.Storage.Postgres;

/// <summary>
/// The tables of a log and of its keys in a PostgreSQL database: two schemas, so that a dump can leave the keys out and the role of
/// the nodes can be denied what it never does. docs/postgresql.md gives the roles.
/// </summary>
internal static class PostgresSchema
{
    /// <summary>Held while the tables are made, so that two nodes that begin at once make them once.</summary>
    public const long MakingLock = 0x50726F62697479;

    /// <summary>What nodes tell each other through.</summary>
    public const string Channel = "probity";

    /// <summary>
    /// What the log lies in. The tail is one row: whoever appends locks it, and so does who takes over the lead.
    /// Encrypted bytes do not compress, so nobody tries.
    /// </summary>
    public const string Ledger = $"""
        CREATE SCHEMA ledger;
        CREATE TABLE ledger.meta (one boolean PRIMARY KEY DEFAULT true CHECK (one), format integer NOT NULL, origin text NOT NULL, node uuid NOT NULL, vkey text NOT NULL);
        CREATE TABLE ledger.node (id uuid PRIMARY KEY);
        CREATE TABLE ledger.tail (one boolean PRIMARY KEY DEFAULT true CHECK (one), size bigint NOT NULL, epoch bigint NOT NULL) WITH (fillfactor = 20);
        CREATE TABLE ledger.lease (one boolean PRIMARY KEY DEFAULT true CHECK (one), holder uuid, until timestamptz NOT NULL) WITH (fillfactor = 20);
        CREATE TABLE ledger.record (idx bigint PRIMARY KEY, stream uuid NOT NULL, version bigint NOT NULL, header bytea NOT NULL, sealed bytea NOT NULL);
        ALTER TABLE ledger.record ALTER COLUMN sealed SET STORAGE EXTERNAL;
        CREATE UNIQUE INDEX record_stream ON ledger.record (stream, version);
        CREATE TABLE ledger.tile (level integer NOT NULL, number bigint NOT NULL, hashes bytea NOT NULL, PRIMARY KEY (level, number));
        ALTER TABLE ledger.tile ALTER COLUMN hashes SET STORAGE EXTERNAL;
        CREATE TABLE ledger.checkpoint (size bigint PRIMARY KEY, note text NOT NULL);
        CREATE TABLE ledger.witnessed (one boolean PRIMARY KEY DEFAULT true CHECK (one), size bigint NOT NULL, time bigint NOT NULL, note text NOT NULL);
        INSERT INTO ledger.tail (size, epoch) VALUES (0, 0);
        INSERT INTO ledger.lease (until) VALUES ('-infinity');
        {Predecessor}
        """;

    /// <summary>What format 3 has beside format 2: the logs that this one continues.</summary>
    public const string Predecessor =
        "CREATE TABLE ledger.predecessor (place integer PRIMARY KEY, origin text NOT NULL, vkey text NOT NULL, size bigint NOT NULL, note text NOT NULL);";

    /// <summary>Brings a schema of format 2 up to format 3.</summary>
    public const string Upgrade = $"{Predecessor} UPDATE ledger.meta SET format = 3 WHERE format = 2;";

    /// <summary>What the keys lie in. A null key is the tombstone of a destroyed one.</summary>
    public const string Keys = """
        CREATE SCHEMA keys;
        CREATE TABLE keys.key (compartment uuid PRIMARY KEY, version integer NOT NULL, wrapped bytea);
        """;
}
