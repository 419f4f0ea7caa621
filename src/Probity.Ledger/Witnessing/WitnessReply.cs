using Probity.Ledger.Formats;

namespace Probity.Ledger.Witnessing;

/// <summary>What came of asking a witness.</summary>
public abstract record WitnessReply
{
    WitnessReply() { }

    /// <summary>It has cosigned: a genuine line of the key that is known of it.</summary>
    public sealed record Cosigned(NoteSignature Signature, DateTimeOffset Time) : WitnessReply;

    /// <summary>It says that it has cosigned a larger size than it was asked to. Nothing shows yet that this is so.</summary>
    public sealed record Larger(long Size) : WitnessReply;

    /// <summary>It says that what it was asked to cosign is no extension of what it cosigned at a size. Nothing shows yet that this is so.</summary>
    public sealed record NoExtension(long Size) : WitnessReply;

    /// <summary>It did not answer, or not as a witness does.</summary>
    /// <param name="Message">What happened and what to do, in one line.</param>
    public sealed record Failed(string Message) : WitnessReply;
}

/// <summary>What a witness shows those who monitor it.</summary>
public abstract record WitnessView
{
    WitnessView() { }

    /// <summary>The checkpoint that it cosigned last.</summary>
    /// <param name="Checkpoint">What the log's key has signed.</param>
    /// <param name="Note">The note that it came in.</param>
    /// <param name="Cosigned">Whether the witness's genuine cosignature is under it.</param>
    public sealed record Shown(Checkpoint Checkpoint, SignedNote Note, bool Cosigned) : WitnessView;

    /// <summary>It never cosigned anything of the log.</summary>
    public sealed record Nothing : WitnessView;

    /// <summary>It did not answer, or not with a checkpoint of the log.</summary>
    /// <param name="Message">What happened, in one line.</param>
    public sealed record Failed(string Message) : WitnessView;
}
