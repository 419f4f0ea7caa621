using System.Xml;
using Probity.Stripping.Documents;
using Probity.Stripping.Offices;
using Probity.Stripping.Pictures;
using Probity.Stripping.Recordings;

namespace Probity.Stripping;

/// <summary>Makes copies of files that show the same and tell nothing of author, place, device, time and editing.</summary>
/// <remarks>Each kind of file has a list of what is kept; what is not on it is not copied. What a file shows (a face, a name in the text, a voice) stays.</remarks>
public static class MetadataStripper
{
    /// <summary>Makes a copy. The kind is found by content. Nothing is written unless the whole copy was made.</summary>
    /// <param name="input">The file, read to its end or to the limit.</param>
    /// <param name="output">Takes the copy.</param>
    /// <param name="limits">How much the file may ask for.</param>
    /// <returns>What was taken out, or why there is no copy.</returns>
    public static StripResult Strip(Stream input, Stream output, StripLimits limits)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(limits);
        if (Whole(input, limits.MostInput) is not { } file)
            return new(null, [], StripRefusals.TooLarge);
        var job = new StripJob(limits);
        var copy = new CopyParts(limits.MostOutput);
        var kind = KindOf.Find(file.Span);
        try
        {
            kind = Strip(kind, file, job, copy);
        }
        catch (CannotStripException e)
        {
            return new(kind, [], e.Refusal);
        }
        copy.WriteTo(output);
        return new(kind, job.Taken, null);
    }

    /// <summary>Cleans a file of a kind already found.</summary>
    /// <returns>The kind, which of packages only their content tells.</returns>
    /// <exception cref="CannotStripException">There is no copy.</exception>
    internal static string Strip(string? kind, ReadOnlyMemory<byte> file, StripJob job, CopyParts copy)
    {
        try
        {
            switch (kind)
            {
                case FileKinds.Jpeg: JpegCopy.Make(file, job, copy); return kind;
                case FileKinds.Png: PngCopy.Make(file, job, copy); return kind;
                case FileKinds.Gif: GifCopy.Make(file, job, copy); return kind;
                case FileKinds.WebP: WebPCopy.Make(file, job, copy); return kind;
                case FileKinds.Pdf: PdfCopy.Make(file, job, copy); return kind;
                case KindOf.Package: return PackageCopy.Make(file, job, copy);
                case FileKinds.Mp4: Mp4Copy.Make(file, job, copy); return kind;
                case FileKinds.Mp3: Mp3Copy.Make(file, job, copy); return kind;
                case FileKinds.Wav: WavCopy.Make(file, job, copy); return kind;
                case FileKinds.Flac: FlacCopy.Make(file, job, copy); return kind;
                case FileKinds.Ogg: OggCopy.Make(file, job, copy); return kind;
                case FileKinds.Text: copy.Add(file); return kind;
                case KindOf.EncryptedOffice: throw new CannotStripException(StripRefusals.Encrypted);
                default: throw new CannotStripException(StripRefusals.UnknownKind);
            }
        }
        // The bytes are a stranger's: a length that lies shows as one of these wherever it is first used.
        catch (Exception e) when (e is ArgumentException or IndexOutOfRangeException or OverflowException or FormatException or XmlException or IOException
            or InvalidDataException or InvalidOperationException or NotSupportedException or KeyNotFoundException or InvalidCastException)
        {
            throw new CannotStripException(StripRefusals.Malformed, e);
        }
    }

    static ReadOnlyMemory<byte>? Whole(Stream input, int limit)
    {
        using var all = new MemoryStream();
        var piece = new byte[81920];
        for (int read; (read = input.Read(piece)) > 0; all.Write(piece, 0, read))
        {
            if (all.Length + read > limit)
                return null;
        }
        return all.GetBuffer().AsMemory(0, (int)all.Length);
    }
}
