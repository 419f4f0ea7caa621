using Probity.Ledger;

namespace Probity.Benchmarks.Ledger;

/// <summary>A database that a log can lie in, and what the same database does at best.</summary>
internal abstract class Engine : IAsyncDisposable
{
    /// <summary>Bytes of a payload.</summary>
    public const int PayloadBytes = 500;

    /// <summary>Bytes of the header of a record whose type has sixteen letters.</summary>
    protected const int HeaderBytes = 220;

    /// <summary>Nonce and tag.</summary>
    protected const int SealingBytes = 40;

    public abstract string Name { get; }

    /// <summary>Makes a node, or opens it where it was made before.</summary>
    public abstract Task<TransparencyLog> OpenAsync(string name, Durability durability = Durability.EveryCommit);

    /// <summary>Rows of the bytes that a record has, of as many streams in turn, with one unique index, in durable transactions.</summary>
    public abstract RawTable OpenRaw(string name, int streams);

    /// <summary>How many commits a log has had.</summary>
    public abstract long CountCommits(string name);

    /// <summary>Bytes on the disk by what they are for, once the log is closed.</summary>
    public abstract IReadOnlyList<(string What, long Bytes)> Sizes(string name);

    /// <summary>Checks the whole of a closed log.</summary>
    public abstract Task<VerifyReport> VerifyAsync(string name);

    public abstract ValueTask DisposeAsync();
}

/// <summary>A table that rows are put into and nothing else.</summary>
internal abstract class RawTable : IDisposable
{
    /// <summary>Puts so many rows into one durable transaction.</summary>
    public abstract void Insert(int rows);

    public abstract void Dispose();
}
