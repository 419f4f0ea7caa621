using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Probity.Ledger.Formats;

/// <summary>
/// The state of a log in three lines, as C2SP tlog-checkpoint writes it: whose log, how many entries, and the root over them.
/// </summary>
/// <param name="Origin">Names the log: one line; the log's key should bear the same name.</param>
/// <param name="Size">How many entries it has.</param>
/// <param name="Root">The root of the tree over them.</param>
public sealed record Checkpoint(string Origin, long Size, Hash Root)
{
    /// <summary>Further lines, none of them empty. C2SP recommends to have none.</summary>
    public IReadOnlyList<string> Extensions { get; init; } = [];

    /// <summary>Reads a checkpoint's text, without signatures.</summary>
    /// <exception cref="FormatException">It is malformed, or its size does not fit in 63 bits.</exception>
    public static Checkpoint Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length > SignedNote.MaxLength || !text.EndsWith('\n')
            || text[..^1].Split('\n') is not [var origin, var size, var root, .. var extensions])
            throw new FormatException("A checkpoint has a line each for origin, size and root.");
        if (origin.Length == 0) throw new FormatException("A checkpoint's origin is not empty.");
        if (extensions.Contains("")) throw new FormatException("A checkpoint's extension lines are not empty.");
        return new Checkpoint(origin, Decimal(size), Hash.FromBase64(root)) { Extensions = extensions };
    }

    /// <summary>Reads a checkpoint's text where it may be none.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out Checkpoint? checkpoint)
    {
        try { checkpoint = Parse(text); }
        catch (FormatException) { checkpoint = null; }
        return checkpoint is not null;
    }

    /// <summary>
    /// Reads a signed checkpoint and checks that <paramref name="log"/> signed it and that its origin is the key's name.
    /// </summary>
    /// <exception cref="FormatException">It is malformed.</exception>
    /// <exception cref="InvalidSignatureException">
    /// The log has not signed it, it is another log's, or a cosigner's signature is not genuine.
    /// </exception>
    public static SignedCheckpoint Open(ReadOnlySpan<byte> note, VerifierKey log, params IEnumerable<VerifierKey> cosigners)
    {
        ArgumentNullException.ThrowIfNull(log);
        return Open(SignedNote.Parse(note), log, cosigners);
    }

    /// <inheritdoc cref="Open(ReadOnlySpan{byte}, VerifierKey, IEnumerable{VerifierKey})"/>
    public static SignedCheckpoint Open(SignedNote note, VerifierKey log, params IEnumerable<VerifierKey> cosigners)
    {
        ArgumentNullException.ThrowIfNull(note);
        ArgumentNullException.ThrowIfNull(log);
        var checkpoint = Parse(note.Text);
        var verified = note.Verify([log, .. cosigners]);
        if (checkpoint.Origin != log.Name) throw new InvalidSignatureException($"The checkpoint is not of the log {log.Name}.");
        if (!verified.Any(signature => signature.Key == log))
            throw new InvalidSignatureException($"{log.Name} has not signed the checkpoint.");
        return new SignedCheckpoint(checkpoint, note, verified);
    }

    /// <summary>Signs the checkpoint as the log.</summary>
    /// <exception cref="FormatException">It cannot be written as a checkpoint.</exception>
    public SignedNote Sign(params IEnumerable<SignerKey> keys) => SignedNote.Sign(ToText(), keys);

    /// <summary>The text that is signed.</summary>
    /// <exception cref="FormatException">Origin or an extension is empty or more than a line, or the size is negative.</exception>
    public string ToText()
    {
        if (Size < 0) throw new FormatException("A checkpoint's size is not negative.");
        if (Extensions.Prepend(Origin).Any(line => line.Length == 0 || line.Any(c => c < ' ')))
            throw new FormatException("A checkpoint's origin and extensions are one line each, and not empty.");
        var extensions = string.Concat(Extensions.Select(line => line + "\n"));
        return string.Create(CultureInfo.InvariantCulture, $"{Origin}\n{Size}\n{Root}\n{extensions}");
    }

    /// <summary>Whether all lines are equal.</summary>
    public bool Equals(Checkpoint? other) =>
        other is not null && Origin == other.Origin && Size == other.Size && Root == other.Root
        && Extensions.SequenceEqual(other.Extensions);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Origin, Size, Root);

    /// <summary>A number as every C2SP format writes it: ASCII digits, no sign, no leading zero.</summary>
    internal static long Decimal(ReadOnlySpan<char> digits) =>
        long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && (digits[0] != '0' || digits.Length == 1)
            ? number
            : throw new FormatException("Not a decimal number without leading zeros below 2^63.");
}

/// <summary>A checkpoint that its log has signed.</summary>
/// <param name="Checkpoint">What it says.</param>
/// <param name="Note">The note that it came in.</param>
/// <param name="Signatures">The log's signature and those of the cosigners that were known, all genuine, one for each key.</param>
public sealed record SignedCheckpoint(Checkpoint Checkpoint, SignedNote Note, IReadOnlyList<VerifiedSignature> Signatures)
{
    /// <summary>The keys that cosigned, of those that were known.</summary>
    public IEnumerable<VerifierKey> Cosigners =>
        Signatures.Select(signature => signature.Key).Where(key => key.Type != SignatureType.Ed25519);
}
