using System.Globalization;

namespace Probity.Ledger.Formats;

/// <summary>
/// C2SP tlog-proof: all that someone offline needs to see that an entry is on a log, in one text file. Also called a receipt.
/// </summary>
/// <param name="Index">Where the entry stands.</param>
/// <param name="Proof">The inclusion proof, the leaf's sibling first.</param>
/// <param name="Checkpoint">The signed checkpoint, verbatim.</param>
/// <param name="Extra">Data that travels along; empty for none. Nothing authenticates it.</param>
public sealed record TlogProof(long Index, IReadOnlyList<Hash> Proof, string Checkpoint, ReadOnlyMemory<byte> Extra = default)
{
    const string Header = "c2sp.org/tlog-proof@v1";

    /// <summary>The longest proof that is read, in bytes: one that carries the longest payload of a record in base64.</summary>
    public const int MaxLength = 8 << 20;

    // A tree of 2^63 leaves is 63 high.
    internal const int MaxProof = 63;

    /// <summary>Reads a proof. The checkpoint in it is not looked at before it is verified.</summary>
    /// <exception cref="FormatException">It is malformed, or longer than <see cref="MaxLength"/>.</exception>
    public static TlogProof Parse(ReadOnlySpan<byte> proof)
    {
        var text = SignedNote.Decode(proof, MaxLength);
        var split = text.IndexOf("\n\n", StringComparison.Ordinal);
        if (split < 0 || split + 2 == text.Length) throw new FormatException("A proof is a head, an empty line and a checkpoint.");
        var lines = text[..split].Split('\n', MaxProof + 4).AsSpan();
        if (lines[0] != Header) throw new FormatException($"A proof begins with the line {Header}.");
        lines = lines[1..];

        ReadOnlyMemory<byte> extra = default;
        if (Value(lines, "extra ") is { } base64)
        {
            extra = StrictBase64.Decode(base64);
            lines = lines[1..];
        }

        if (Value(lines, "index ") is not { } index) throw new FormatException("A proof has a line with its index.");
        var hashes = Hashes(lines[1..]);
        return new TlogProof(Formats.Checkpoint.Decimal(index), hashes, text[(split + 2)..], extra);
    }

    /// <summary>
    /// Checks, offline, that the leaf is on the log and that enough cosigners have seen the checkpoint it is under.
    /// </summary>
    /// <param name="leaf">The hash of the leaf that should be there: see <see cref="MerkleTree.LeafHash"/>.</param>
    /// <param name="log">The key of the log.</param>
    /// <param name="cosigners">The keys of the witnesses that are trusted.</param>
    /// <param name="threshold">How many of them must have cosigned. A public key counts once, whatever its names.</param>
    /// <returns>The checkpoint, with the genuine signatures.</returns>
    /// <exception cref="ArgumentException">A cosigner's key is of a type that does not cosign.</exception>
    /// <exception cref="FormatException">The checkpoint is malformed.</exception>
    /// <exception cref="InvalidSignatureException">The log has not signed the checkpoint, or a known signature is not genuine.</exception>
    /// <exception cref="InvalidProofException">The leaf is not under the checkpoint, or too few have cosigned.</exception>
    public SignedCheckpoint Verify(Hash leaf, VerifierKey log, IReadOnlyCollection<VerifierKey> cosigners, int threshold)
    {
        ArgumentNullException.ThrowIfNull(cosigners);
        if (cosigners.Any(key => key.Type == SignatureType.Ed25519))
            throw new ArgumentException("A key that makes plain signatures does not cosign.", nameof(cosigners));
        var signed = Formats.Checkpoint.Open(SignedNote.Parse(Checkpoint), log, cosigners);
        var count = signed.Cosigners.DistinctBy(key => Convert.ToBase64String(key.PublicKey.Span)).Count();
        if (count < threshold) throw new InvalidProofException($"{count} of the cosigners have cosigned; {threshold} have to.");
        return Included(leaf, signed);
    }

    /// <summary>Checks, offline, that the leaf is on a log of the policy, under a checkpoint with its quorum.</summary>
    /// <inheritdoc cref="Verify(Hash, VerifierKey, IReadOnlyCollection{VerifierKey}, int)"/>
    public SignedCheckpoint Verify(Hash leaf, TlogPolicy policy)
    {
        ArgumentNullException.ThrowIfNull(policy);
        return Included(leaf, policy.Open(SignedNote.Parse(Checkpoint)));
    }

    /// <summary>The proof, as it is stored and sent.</summary>
    public override string ToString()
    {
        var extra = Extra.IsEmpty ? "" : $"extra {Convert.ToBase64String(Extra.Span)}\n";
        var hashes = string.Concat(Proof.Select(hash => $"{hash}\n"));
        return string.Create(CultureInfo.InvariantCulture, $"{Header}\n{extra}index {Index}\n{hashes}\n{Checkpoint}");
    }

    /// <summary>Whether both are written the same.</summary>
    public bool Equals(TlogProof? other) => other is not null && ToString() == other.ToString();

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Index, Checkpoint);

    /// <summary>Reads the lines of a Merkle proof.</summary>
    internal static Hash[] Hashes(ReadOnlySpan<string> lines)
    {
        if (lines.Length > MaxProof) throw new FormatException($"A proof has at most {MaxProof} hashes.");
        var hashes = new Hash[lines.Length];
        for (var i = 0; i < hashes.Length; i++) hashes[i] = Hash.FromBase64(lines[i]);
        return hashes;
    }

    SignedCheckpoint Included(Hash leaf, SignedCheckpoint signed) =>
        InclusionProof.Verify(leaf, Index, signed.Checkpoint.Size, [.. Proof], signed.Checkpoint.Root)
            ? signed
            : throw new InvalidProofException($"The leaf is not entry {Index} under the checkpoint of size {signed.Checkpoint.Size}.");

    static string? Value(ReadOnlySpan<string> lines, string key) =>
        lines.Length > 0 && lines[0].StartsWith(key, StringComparison.Ordinal) ? lines[0][key.Length..] : null;
}
