using System.Text;
using Probity.Stripping.Pictures;

namespace Probity.Stripping;

/// <summary>Tells what a file is by its content. Its name is never asked.</summary>
internal static class KindOf
{
    /// <summary>A zip; whether it is a document its content must tell.</summary>
    public const string Package = "package";

    /// <summary>A compound file that holds an Office document behind a password.</summary>
    public const string EncryptedOffice = "encrypted-office";

    static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    // Text that is the source of something with an author of its own: markup, RTF, PostScript, cards, letters.
    static readonly string[] NotPlain = ["<", "{\\rtf", "%!", "%PDF", "BEGIN:V", "From ", "Received:", "Return-Path:", "Delivered-To:", "Message-ID:", "MIME-Version:", "X-", "From:", "Date:", "---\nauthor"];

    public static string? Find(ReadOnlySpan<byte> file)
    {
        if (file.StartsWith<byte>([0xFF, 0xD8, 0xFF]))
            return FileKinds.Jpeg;
        if (file.StartsWith(PngCopy.Signature))
            return FileKinds.Png;
        if (file.StartsWith("GIF87a"u8) || file.StartsWith("GIF89a"u8))
            return FileKinds.Gif;
        if (Riff(file, "WEBP"u8))
            return FileKinds.WebP;
        if (Riff(file, "WAVE"u8))
            return FileKinds.Wav;
        // Readers take a header that stands anywhere in the first kilobyte.
        if (file[..Math.Min(file.Length, 1024)].IndexOf("%PDF-"u8) >= 0)
            return FileKinds.Pdf;
        if (file.StartsWith("PK\u0003\u0004"u8))
            return Package;
        if (file.StartsWith<byte>([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]))
            return file.IndexOf(Encoding.Unicode.GetBytes("EncryptedPackage")) >= 0 ? EncryptedOffice : null;
        if (file.StartsWith("fLaC"u8))
            return FileKinds.Flac;
        if (file.StartsWith("OggS"u8))
            return FileKinds.Ogg;
        if (file.Length >= 12 && IsFilm(file))
            return FileKinds.Mp4;
        if (file.StartsWith("ID3"u8) || (file.Length > 4 && file[0] == 0xFF && (file[1] & 0xE6) == 0xE2))
            return FileKinds.Mp3;
        return IsPlainText(file) ? FileKinds.Text : null;
    }

    static bool Riff(ReadOnlySpan<byte> file, ReadOnlySpan<byte> form) => file.Length >= 12 && file.StartsWith("RIFF"u8) && file[8..12].SequenceEqual(form);

    static bool IsFilm(ReadOnlySpan<byte> file)
    {
        var box = Encoding.ASCII.GetString(file[4..8]);
        if (box != "ftyp")
            return box is "moov" or "mdat" or "wide" or "free" or "skip" or "pnot";
        // HEIC and AVIF are boxes too, but pictures whose metadata lie otherwise; Canon's raw photographs likewise.
        return Encoding.ASCII.GetString(file[8..12]) is not ("heic" or "heix" or "hevc" or "hevx" or "heim" or "heis" or "mif1" or "msf1" or "avif" or "avis" or "crx " or "jp2 " or "jpx ");
    }

    static bool IsPlainText(ReadOnlySpan<byte> file)
    {
        if (file.IsEmpty || file.ContainsAnyInRange((byte)0, (byte)8) || file.ContainsAnyInRange((byte)14, (byte)31) || file.ContainsAny((byte)11, (byte)127))
            return false;
        try
        {
            // C1 controls are two bytes in UTF-8: counted over what is decoded, piece by piece.
            var decoder = Utf8.GetDecoder();
            var letters = new char[4096];
            for (var rest = file; !rest.IsEmpty;)
            {
                decoder.Convert(rest, letters, flush: true, out var read, out var made, out _);
                if (letters.AsSpan(0, made).ContainsAnyInRange('\u0080', '\u009F'))
                    return false;
                rest = rest[read..];
            }
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
        var start = Encoding.UTF8.GetString(file[..Math.Min(file.Length, 64)]).TrimStart('\uFEFF', ' ', '\t', '\r', '\n');
        return !NotPlain.Any(mark => start.StartsWith(mark, StringComparison.OrdinalIgnoreCase));
    }
}
