using System.Globalization;
using Probity.Ledger.Formats;

namespace Probity.Ledger;

/// <summary>Checks signed checkpoints by themselves, each with the key of its time; their roots are compared by the tree.</summary>
internal sealed class CheckpointAudit(Findings findings, Lineage lineage)
{
    public const string Checkpoints = "checkpoints";
    public const string Old = "old checkpoints";
    public const string Predecessors = "predecessors";

    readonly List<ClaimedRoot> _claims = [];

    /// <summary>The roots that were signed.</summary>
    public IReadOnlyList<ClaimedRoot> Claims => _claims;

    /// <summary>
    /// Checks a signature, and the size where it is known; null where it does not verify. What is filed under a size is signed by the log
    /// of that time, anything else by the log itself.
    /// </summary>
    public LogHead? Check(string check, string note, long? size, string name)
    {
        var head = LogKeys.Open(note, size is { } filed ? lineage.KeyAt(filed) : lineage.Key);
        if (head is null) findings.Fault(check, null, $"{name} is not signed with the log's key.");
        else if (size is { } expected && head.Size != expected)
            findings.Fault(check, null, $"{name} is filed under size {expected} but signed for {head.Size}.");
        else Claim(check, head.Size, head.Root);
        return head;
    }

    /// <summary>
    /// Takes the last checkpoints of the logs that this one continues: their signatures are genuine, their roots have to be the tree's.
    /// </summary>
    /// <param name="given">The keys of earlier logs that the one who asked has from elsewhere.</param>
    public void CheckPredecessors(IReadOnlyList<VerifierKey> given)
    {
        if (lineage.Predecessors.Count == 0) return;
        var unknown = lineage.Predecessors.Where(one => !given.Contains(one.Key)).Select(one => one.Key.Name).ToList();
        findings.Check(Predecessors, $"The log continues {string.Join(", then ", lineage.Predecessors.Select(Described))}, and holds all that {(lineage.Predecessors.Count == 1 ? "that" : "each")} had signed then."
            + (unknown.Count == 0 ? "" : $" Not checked: whether {(unknown.Count == 1 ? "the key" : "the keys")} of {string.Join(" and ", unknown)} {(unknown.Count == 1 ? "is" : "are")} the right {(unknown.Count == 1 ? "one" : "ones")}, which only this log shows; give {(unknown.Count == 1 ? "it" : "them")} with --old-key."));
        foreach (var one in lineage.Predecessors) Claim(Predecessors, one.Size, one.Last.Root);
    }

    /// <summary>
    /// Takes the older checkpoints of the one who asked. One of an earlier log counts only under a key that they have from elsewhere: what
    /// this log says of others' keys proves nothing.
    /// </summary>
    /// <param name="notes">The checkpoints.</param>
    /// <param name="given">The keys of earlier logs.</param>
    public void CheckOld(IReadOnlyList<string> notes, IReadOnlyList<VerifierKey> given)
    {
        CheckNotes(notes, given);
        // Whoever gives a key asks whether its log is continued; one that hides its list, or shows another key of that name, is not to pass.
        foreach (var key in given.Distinct().Where(key => !IsOfLineage(key) && !notes.Any(note => LogKeys.Open(note, key) is not null)))
            findings.Fault(Predecessors, null, $"This log does not say that it continues the log of the key {key}, which was given.");
    }

    bool IsOfLineage(VerifierKey key) => key == lineage.Key || lineage.Predecessors.Any(one => one.Key == key);

    void CheckNotes(IReadOnlyList<string> notes, IReadOnlyList<VerifierKey> given)
    {
        if (notes.Count == 0) return;
        findings.Check(Old, "The log holds all that the older checkpoints held.");
        foreach (var note in notes)
        {
            if (given.FirstOrDefault(key => LogKeys.Open(note, key) is not null) is { } key) CheckOld(LogKeys.Open(note, key)!, key);
            else if (lineage.Predecessors.FirstOrDefault(one => LogKeys.Open(note, one.Key) is not null) is { } shown)
                findings.Fault(Old, null, $"The older checkpoint is of {shown.Key.Name}, which this log says it continues, and it alone shows that log's key: give the key that you have from elsewhere with --old-key.");
            else Check(Old, note, null, "The older checkpoint");
        }
    }

    void CheckOld(LogHead head, VerifierKey key)
    {
        if (key == lineage.Key)
        {
            Claim(Old, head.Size, head.Root);
            return;
        }

        if (lineage.Predecessors.FirstOrDefault(one => one.Key == key) is not { } predecessor)
            findings.Fault(Old, null, $"The older checkpoint is of {key.Name}, and this log does not say that it continues the log of that key.");
        else if (head.Size > predecessor.Size)
            findings.Fault(Old, predecessor.Size, string.Create(CultureInfo.InvariantCulture,
                $"The older checkpoint of {key.Name} counts {head.Size} entries, of which this log took over {predecessor.Size}: {head.Size - predecessor.Size} were lost with it."));
        else Claim(Old, head.Size, head.Root);
    }

    void Claim(string check, long size, Hash root)
    {
        lock (_claims) _claims.Add(new ClaimedRoot(check, size, root));
    }

    static string Described(Predecessor one) => string.Create(CultureInfo.InvariantCulture, $"{one.Key.Name} ({one.Size} entries)");
}
