namespace Probity.Ledger.Formats;

/// <summary>
/// Base64 as RFC 4648 §4 writes it, and no other way: <see cref="Convert"/> alone would pass over white space and stray
/// trailing bits, and one signature would then have many spellings.
/// </summary>
static class StrictBase64
{
    public static byte[] Decode(ReadOnlySpan<char> text)
    {
        var bytes = new byte[text.Length / 4 * 3];
        if (text.Length % 4 != 0 || !Convert.TryFromBase64Chars(text, bytes, out var length))
            throw new FormatException("Not base64.");
        if (!text.SequenceEqual(Convert.ToBase64String(bytes, 0, length)))
            throw new FormatException("Not canonical base64.");
        return bytes[..length];
    }
}
