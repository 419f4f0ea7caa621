using System.Security.Cryptography;
using System.Text;

namespace Probity.Ledger.Formats;

/// <summary>
/// A text and the signatures under it, as C2SP signed-note v1 writes them. Parsing says only that the form is right;
/// <see cref="Verify"/> says who signed.
/// </summary>
public sealed class SignedNote
{
    /// <summary>The longest note that is read, in bytes.</summary>
    public const int MaxLength = 1 << 20;

    /// <summary>The most signatures that are read; C2SP asks for at least 16.</summary>
    public const int MaxSignatures = 100;

    static readonly UTF8Encoding Utf8 = new(false, throwOnInvalidBytes: true);

    /// <summary>Puts signatures under a text.</summary>
    /// <exception cref="FormatException">
    /// The text does not end in a newline, holds other control characters or is not Unicode; or there is no signature, or too many.
    /// </exception>
    public SignedNote(string text, IEnumerable<NoteSignature> signatures)
    {
        ArgumentNullException.ThrowIfNull(signatures);
        CheckText(text);
        (Text, Signatures) = (text, [.. signatures]);
        if (Signatures.Count is < 1 or > MaxSignatures)
            throw new FormatException($"A note has 1 to {MaxSignatures} signatures, not {Signatures.Count}.");
    }

    /// <summary>What is signed, with its final newline.</summary>
    public string Text { get; }

    /// <summary>The signature lines, in order, genuine or not.</summary>
    public IReadOnlyList<NoteSignature> Signatures { get; }

    /// <summary>Reads a note.</summary>
    /// <exception cref="FormatException">It is malformed, or larger than the limits here.</exception>
    public static SignedNote Parse(ReadOnlySpan<byte> note) => Parse(Decode(note));

    /// <summary>Reads a note.</summary>
    /// <exception cref="FormatException">It is malformed, or larger than the limits here.</exception>
    public static SignedNote Parse(string note)
    {
        ArgumentNullException.ThrowIfNull(note);
        if (note.Length > MaxLength) throw new FormatException($"The note is longer than {MaxLength} bytes.");

        // The text may hold empty lines of its own; the signatures cannot.
        var split = note.LastIndexOf("\n\n", StringComparison.Ordinal);
        if (split < 0 || !note.EndsWith('\n') || split + 2 == note.Length)
            throw new FormatException("A note is a text, an empty line and signatures.");
        return new SignedNote(note[..(split + 1)], NoteSignature.ParseLines(note[(split + 2)..]));
    }

    /// <summary>Signs a text with each of the keys, in order.</summary>
    /// <exception cref="FormatException">The text cannot stand in a note.</exception>
    /// <exception cref="InvalidOperationException">A key makes cosignatures, which need a time.</exception>
    public static SignedNote Sign(string text, params IEnumerable<SignerKey> keys)
    {
        CheckText(text);
        return new SignedNote(text, keys.Select(key => key.Sign(text)));
    }

    /// <summary>
    /// Checks the signatures of the keys that are known. Others are passed over, as C2SP requires: they cannot prove
    /// anything, and must not be able to prevent anything.
    /// </summary>
    /// <returns>The genuine signatures, one for each key that signed, in the order of the note.</returns>
    /// <exception cref="InvalidSignatureException">A signature that names a known key is not genuine.</exception>
    public IReadOnlyList<VerifiedSignature> Verify(params IEnumerable<VerifierKey> known)
    {
        var keys = known.ToArray();
        var verified = new List<VerifiedSignature>();
        foreach (var signature in Signatures)
        {
            // Four bytes of ID can collide: it is enough that one of the keys it may mean has made it.
            var named = keys.Where(signature.IsBy).Where(NoteVerification.CanVerify).ToArray();
            if (named.Length == 0) continue;
            var key = named.FirstOrDefault(key => NoteVerification.IsGenuine(key, Text, signature.Signature.Span))
                ?? throw new InvalidSignatureException($"The signature of {signature.Name} is not genuine.");
            if (!verified.Exists(earlier => earlier.Key == key)) verified.Add(new VerifiedSignature(key, signature));
        }

        return verified;
    }

    /// <summary>The note with more signatures under it; lines that it has already are not repeated.</summary>
    /// <exception cref="FormatException">There are then more than <see cref="MaxSignatures"/>.</exception>
    public SignedNote With(params IEnumerable<NoteSignature> more) => new(Text, Signatures.Concat(more).Distinct());

    /// <summary>The note, as it is stored and sent.</summary>
    public override string ToString() => $"{Text}\n{string.Concat(Signatures.Select(signature => $"{signature}\n"))}";

    /// <summary>The note in UTF-8.</summary>
    public byte[] ToBytes() => Utf8.GetBytes(ToString());

    /// <summary>Decodes what came from outside: strictly, and only up to the limit.</summary>
    internal static string Decode(ReadOnlySpan<byte> utf8, int limit = MaxLength)
    {
        if (utf8.Length > limit) throw new FormatException($"More than {limit} bytes are not read.");
        try { return Utf8.GetString(utf8); }
        catch (DecoderFallbackException) { throw new FormatException("The bytes are not UTF-8."); }
    }

    /// <summary>Whether no half of a surrogate pair stands alone, which UTF-8 could not carry.</summary>
    internal static bool IsUnicode(string text)
    {
        try { return Utf8.GetByteCount(text) >= 0; }
        catch (EncoderFallbackException) { return false; }
    }

    static void CheckText(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (!text.EndsWith('\n')) throw new FormatException("A note's text ends in a newline.");
        if (text.Any(c => c < ' ' && c != '\n')) throw new FormatException("A note holds no control characters but newlines.");
        if (!IsUnicode(text)) throw new FormatException("A note's text is Unicode.");
    }
}

/// <summary>A signature that <paramref name="Key"/> has made.</summary>
public sealed record VerifiedSignature(VerifierKey Key, NoteSignature Signature)
{
    /// <summary>The time that a cosignature attests; null for a plain signature.</summary>
    public DateTimeOffset? Time => Cosignature.TimeOf(Key.Type, Signature.Signature.Span);
}

/// <summary>A signature that should be there is missing, or one that names a known key is not genuine.</summary>
public sealed class InvalidSignatureException(string message) : CryptographicException(message);

/// <summary>The signatures are genuine, but do not amount to a proof of what is claimed.</summary>
public sealed class InvalidProofException(string message) : CryptographicException(message);
