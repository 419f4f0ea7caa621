using System.Globalization;

namespace Probity.Ledger.Formats;

/// <summary>
/// What a log asks of a witness (C2SP tlog-witness, <c>add-checkpoint</c>): to cosign a checkpoint that only added to the one
/// of <paramref name="OldSize"/>.
/// </summary>
/// <param name="OldSize">The size that, as the log believes, the witness has cosigned last; 0 for none.</param>
/// <param name="Proof">That the log only grew since.</param>
/// <param name="Note">The signed checkpoint.</param>
public sealed record AddCheckpointRequest(long OldSize, IReadOnlyList<Hash> Proof, SignedNote Note)
{
    /// <summary>What the note says; nothing is verified yet.</summary>
    public Checkpoint Checkpoint { get; } = Checkpoint.Parse(Note.Text);

    /// <summary>Reads the body of a request.</summary>
    /// <exception cref="FormatException">It is malformed, or longer than <see cref="SignedNote.MaxLength"/>: answered with 400.</exception>
    public static AddCheckpointRequest Parse(ReadOnlySpan<byte> body)
    {
        var text = SignedNote.Decode(body);
        var split = text.IndexOf("\n\n", StringComparison.Ordinal);
        // One more than may be there, and no further: a megabyte of short lines costs a stranger nothing.
        var lines = split < 0 ? [] : text[..split].Split('\n', TlogProof.MaxProof + 2).AsSpan();
        if (lines.Length == 0 || !lines[0].StartsWith("old ", StringComparison.Ordinal))
            throw new FormatException("A request is an old size, a proof, an empty line and a signed checkpoint.");
        return new AddCheckpointRequest(
            Checkpoint.Decimal(lines[0].AsSpan(4)), TlogProof.Hashes(lines[1..]), SignedNote.Parse(text[(split + 2)..]));
    }

    /// <summary>The body, as it is sent.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"old {OldSize}\n{string.Concat(Proof.Select(hash => $"{hash}\n"))}\n{Note}");

    /// <summary>Whether both are written the same.</summary>
    public bool Equals(AddCheckpointRequest? other) => other is not null && ToString() == other.ToString();

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(OldSize, Checkpoint);
}
