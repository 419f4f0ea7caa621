using System.Security.Cryptography;

namespace Probity.Exhibits.Photographing;

/// <summary>What a picture's file says of it.</summary>
/// <param name="MediaType">Its kind.</param>
/// <param name="Width">How many points wide.</param>
/// <param name="Height">How many points high.</param>
/// <param name="Sum">
/// SHA-256 of its points as they are coded, in hexadecimal, without what is written beside them: who changes only the notes or tables of a file, or adds to its end, still
/// has the same picture.
/// </param>
internal sealed record Picture(string MediaType, int Width, int Height, string Sum);

/// <summary>
/// Reads the frame of a picture's file, from its beginning to its end: what has no size, or breaks off, is no photograph. Its points are never decoded. What it is given
/// comes from outside: each step goes forward, and nothing is read past the end.
/// </summary>
internal static class PictureFile
{
    /// <summary>The fewest points of width and height on which a display or a seal can be read.</summary>
    public const int LeastSide = 320;

    /// <summary>The most that may follow the end of a JPEG: telephones put a short film there.</summary>
    public const int MostBehind = 8 * 1024 * 1024;

    delegate bool Reading(ReadOnlySpan<byte> bytes, IncrementalHash sum, out int width, out int height);

    /// <summary>The picture; null where it is none of JPEG, PNG, WebP, or HEIC as telephones write it.</summary>
    public static Picture? Read(ReadOnlySpan<byte> bytes)
    {
        (string Type, Reading Read)? kind =
            bytes.StartsWith<byte>([0xFF, 0xD8, 0xFF]) ? ("image/jpeg", JpegFile.Read)
            : bytes.StartsWith(PngFile.Signature) ? ("image/png", PngFile.Read)
            : bytes.Length > 12 && bytes[..4].SequenceEqual("RIFF"u8) && bytes[8..12].SequenceEqual("WEBP"u8) ? ("image/webp", WebpFile.Read)
            : bytes.Length > 12 && bytes[4..8].SequenceEqual("ftyp"u8) && (bytes[8..12].SequenceEqual("heic"u8) || bytes[8..12].SequenceEqual("mif1"u8)) ? ("image/heic", HeicFile.Read)
            : null;
        if (kind is not var (type, read)) return null;
        using var sum = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        return read(bytes, sum, out var width, out var height) ? new Picture(type, width, height, Convert.ToHexStringLower(sum.GetHashAndReset())) : null;
    }
}
