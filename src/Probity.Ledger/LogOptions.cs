namespace Probity.Ledger;

/// <summary>When a log's commits reach the disk.</summary>
public enum Durability
{
    /// <summary>Before each append is answered: an acknowledged entry survives kill -9 and power loss.</summary>
    EveryCommit,

    /// <summary>
    /// Only when the log is closed. For making a sample in a temporary place: a power cut before that can destroy the whole folder.
    /// </summary>
    OnlyWhenClosed,
}

/// <summary>How a log is run.</summary>
public sealed record LogOptions
{
    /// <summary>When commits reach the disk. Read by who opens the stores; see <c>NodeFolder</c>.</summary>
    public Durability Durability { get; init; }

    /// <summary>How many entries one commit takes at most. A larger request is committed alone.</summary>
    public int BatchEntries { get; init; } = 1_024;

    /// <summary>How many requests may wait for the writer; further ones wait to be taken.</summary>
    public int WaitingRequests { get; init; } = 4_096;

    /// <summary>
    /// Takes the newest checkpoint's text after a commit, off the writer's path; where commits come faster than it publishes, it
    /// gets only the newest. Called once more when the log closes. A failure is tried again at the next commit.
    /// </summary>
    public Func<string, CancellationToken, ValueTask>? Publish { get; init; }

    /// <summary>The id of the node that records. Where none is given, a new store gets a random one, and any other keeps that of its maker.</summary>
    internal Guid? Node { get; init; }

    /// <summary>Fills a nonce. Random unless the golden files fix it.</summary>
    internal FillNonce FillNonce { get; init; } = System.Security.Cryptography.RandomNumberGenerator.Fill;
}

/// <summary>Fills a nonce with bytes that never come twice under one key.</summary>
internal delegate void FillNonce(Span<byte> nonce);
