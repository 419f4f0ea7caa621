using System.Buffers;

namespace Probity.Ledger.Formats;

/// <summary>
/// Base64 with padding (RFC 4648 §4) and nothing else: <see cref="Convert"/> alone would pass over white space. Bits after
/// the last byte are ignored, as Go's tools do, so that a damaged signature is a wrong one here wherever it is one there.
/// </summary>
static class StrictBase64
{
    static readonly SearchValues<char> Alphabet =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=");

    public static byte[] Decode(ReadOnlySpan<char> text)
    {
        var bytes = new byte[text.Length / 4 * 3];
        return text.Length % 4 == 0 && !text.ContainsAnyExcept(Alphabet) && Convert.TryFromBase64Chars(text, bytes, out var length)
            ? bytes[..length]
            : throw new FormatException("Not base64.");
    }
}
