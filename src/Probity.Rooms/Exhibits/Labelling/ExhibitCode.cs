using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Probity.Exhibits.Labelling;

/// <summary>
/// What a label says of an exhibit: eight characters of Crockford's base32, easy to type and to read over a radio, that follow from its id and a key of
/// the node's, and tell nobody anything. Who has them has, or had, the label before them: an exhibit's number can be guessed, and its id stands in
/// copies that leave the house; the code follows from neither.
/// </summary>
internal sealed class ExhibitCode(byte[] key)
{
    /// <summary>What the node's secrets derive the key for. Never changed: labels that were printed would say nothing any more.</summary>
    public const string Purpose = "labels of exhibits";

    const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    const int Length = 8;

    /// <summary>What a scanned label begins with.</summary>
    public const string Prefix = "PB1:";

    /// <summary>The code of an exhibit: the first 40 bits of HMAC-SHA256 of its id.</summary>
    public string Of(Guid exhibit)
    {
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(key, exhibit.ToByteArray(bigEndian: true), hash);
        var bits = BinaryPrimitives.ReadUInt64BigEndian(hash) >> 24;
        return string.Create(Length, bits, static (text, value) =>
        {
            for (var i = Length - 1; i >= 0; i--, value >>= 5) text[i] = Alphabet[(int)(value & 31)];
        });
    }

    /// <summary>What a label's picture says: the code, and the package where it is of one.</summary>
    public string OnLabel(Guid exhibit, int? package) => package is { } number ? $"{Prefix}{Of(exhibit)}:{number}" : Prefix + Of(exhibit);

    /// <summary>
    /// The code and the package in what was scanned or typed, or null: without dashes and spaces, in either case, O for 0 and I or L for 1.
    /// </summary>
    public static (string Code, int? Package)? Read(string? text)
    {
        if (text is null || text.Length > 40) return null;
        var plain = text.Trim().ToUpperInvariant();
        if (plain.StartsWith(Prefix, StringComparison.Ordinal)) plain = plain[Prefix.Length..];
        int? package = null;
        if (plain.IndexOf(':', StringComparison.Ordinal) is var colon and >= 0)
        {
            if (!int.TryParse(plain[(colon + 1)..], System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var number)) return null;
            (package, plain) = (number, plain[..colon]);
        }

        var code = new string([.. plain.Where(c => c is not (' ' or '-')).Select(c => c switch { 'O' => '0', 'I' or 'L' => '1', _ => c })]);
        return code.Length == Length && code.All(c => Alphabet.Contains(c, StringComparison.Ordinal)) ? (code, package) : null;
    }

    /// <summary>A code as people read it: in two groups of four.</summary>
    public static string Shown(string code) => $"{code[..4]}-{code[4..]}";
}
