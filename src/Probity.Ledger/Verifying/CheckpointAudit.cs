using Probity.Ledger.Formats;

namespace Probity.Ledger;

/// <summary>Checks signed checkpoints by themselves; their roots are compared by the tree.</summary>
internal sealed class CheckpointAudit(Findings findings, VerifierKey key)
{
    public const string Checkpoints = "checkpoints";
    public const string Old = "old checkpoints";

    readonly List<ClaimedRoot> _claims = [];

    /// <summary>The roots that were signed.</summary>
    public IReadOnlyList<ClaimedRoot> Claims => _claims;

    /// <summary>Checks a signature, and the size where it is known; null where it does not verify.</summary>
    public LogHead? Check(string check, string note, long? size, string name)
    {
        var head = LogKeys.Open(note, key);
        if (head is null) findings.Fault(check, null, $"{name} is not signed with the log's key.");
        else if (size is { } expected && head.Size != expected)
            findings.Fault(check, null, $"{name} is filed under size {expected} but signed for {head.Size}.");
        else _claims.Add(new ClaimedRoot(check, head.Size, head.Root));
        return head;
    }

    /// <summary>Takes the older checkpoints of the one who asked.</summary>
    public void CheckOld(IReadOnlyList<string> notes)
    {
        if (notes.Count == 0) return;
        findings.Check(Old, "The log holds all that the older checkpoints held.");
        foreach (var note in notes) Check(Old, note, null, "The older checkpoint");
    }
}
