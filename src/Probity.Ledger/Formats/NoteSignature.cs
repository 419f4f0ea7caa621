using System.Buffers.Binary;

namespace Probity.Ledger.Formats;

/// <summary>One signature line of a note: <c>— name base64(key ID ‖ signature)</c>.</summary>
/// <param name="Name">The name of the key.</param>
/// <param name="KeyId">Its ID.</param>
/// <param name="Signature">What the key made, as its type writes it.</param>
public sealed record NoteSignature(string Name, uint KeyId, ReadOnlyMemory<byte> Signature)
{
    const string Dash = "\u2014 ";

    /// <summary>Reads a signature line, without its newline.</summary>
    /// <exception cref="FormatException">It is malformed.</exception>
    public static NoteSignature Parse(string line)
    {
        ArgumentNullException.ThrowIfNull(line);
        if (!line.StartsWith(Dash, StringComparison.Ordinal) || line[Dash.Length..].Split(' ', 2) is not [var name, var base64])
            throw new FormatException("A signature line has the form '\u2014 name signature'.");
        if (!VerifierKey.IsName(name)) throw new FormatException("A signature's key name holds white space or '+', or is empty.");
        var bytes = StrictBase64.Decode(base64);
        if (bytes.Length <= sizeof(uint)) throw new FormatException("A signature holds more than its key ID.");
        return new NoteSignature(name, BinaryPrimitives.ReadUInt32BigEndian(bytes), bytes.AsMemory(sizeof(uint)));
    }

    /// <summary>Reads signature lines, each with its newline: the end of a note, or what a witness answers.</summary>
    /// <exception cref="FormatException">A line is malformed, or there are more than <see cref="SignedNote.MaxSignatures"/>.</exception>
    public static IReadOnlyList<NoteSignature> ParseLines(string lines)
    {
        ArgumentNullException.ThrowIfNull(lines);
        if (!lines.EndsWith('\n')) throw new FormatException("A signature line ends in a newline.");
        var split = lines[..^1].Split('\n', SignedNote.MaxSignatures + 1);
        return split.Length <= SignedNote.MaxSignatures
            ? [.. split.Select(Parse)]
            : throw new FormatException($"There are more than {SignedNote.MaxSignatures} signatures.");
    }

    /// <summary>The line, without its newline.</summary>
    public override string ToString()
    {
        var bytes = new byte[sizeof(uint) + Signature.Length];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, KeyId);
        Signature.CopyTo(bytes.AsMemory(sizeof(uint)));
        return $"{Dash}{Name} {Convert.ToBase64String(bytes)}";
    }

    /// <summary>Whether it names <paramref name="key"/>. That says nothing yet about its being genuine.</summary>
    public bool IsBy(VerifierKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return Name == key.Name && KeyId == key.Id;
    }

    /// <summary>Whether it is the same line.</summary>
    public bool Equals(NoteSignature? other) =>
        other is not null && Name == other.Name && KeyId == other.KeyId && Signature.Span.SequenceEqual(other.Signature.Span);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Name, KeyId);
}
