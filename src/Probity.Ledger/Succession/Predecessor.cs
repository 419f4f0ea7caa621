using Probity.Ledger.Formats;

namespace Probity.Ledger;

/// <summary>A log that another one continues: its entries are the beginning of that one's, as its last checkpoint has signed them.</summary>
/// <param name="Key">What its checkpoints verify with. Its name is the log's origin.</param>
/// <param name="Last">Its last checkpoint, of all that was taken over.</param>
/// <param name="Note">The whole text of that checkpoint's note.</param>
public sealed record Predecessor(VerifierKey Key, Checkpoint Last, string Note)
{
    /// <summary>How many of its entries were taken over.</summary>
    public long Size => Last.Size;

    /// <summary>Reads one; its note has to be signed with its key.</summary>
    /// <exception cref="FormatException">It is malformed, or not signed so.</exception>
    public static Predecessor Open(string vkey, string note)
    {
        var key = VerifierKey.Parse(vkey);
        if (key.Type != SignatureType.Ed25519) throw new FormatException($"the key of {key.Name} makes no checkpoints");
        try
        {
            return new Predecessor(key, Checkpoint.Open(SignedNote.Parse(note), key).Checkpoint, note);
        }
        catch (InvalidSignatureException fault)
        {
            throw new FormatException($"the last checkpoint of {key.Name} is not signed with its key: {fault.Message}", fault);
        }
    }
}
