using System.Buffers.Binary;
using System.Text;

namespace Probity.Stripping.Pictures;

/// <summary>A WebP with its pictures alone (RFC 9649).</summary>
internal static class WebPCopy
{
    const byte HasProfile = 0x20, HasExif = 0x08, HasXmp = 0x04;

    public static void Make(ReadOnlyMemory<byte> file, StripJob job, CopyParts copy)
    {
        var length = BinaryPrimitives.ReadUInt32LittleEndian(file.Span[4..]);
        if (length + 8L < file.Length)
            job.Take(Taken.Trailing);
        var parts = new CopyParts(long.MaxValue);
        byte[]? extended = null;
        var (pictures, orientation) = (0, 1);
        foreach (var (name, content) in Chunks(file[12..(int)(length + 8)], job))
        {
            switch (name)
            {
                case "VP8X" when content.Length == 10 && extended is null:
                    extended = content.ToArray();
                    extended[0] &= unchecked((byte)~(HasProfile | HasExif | HasXmp));
                    break;
                case "VP8 " or "VP8L":
                    pictures++;
                    Add(parts, name, content);
                    break;
                case "ANMF" when content.Length > 16:
                    pictures++;
                    var frame = new CopyParts(long.MaxValue);
                    frame.Add(content[..16]);
                    foreach (var (inner, part) in Chunks(content[16..], job))
                    {
                        if (inner is "VP8 " or "VP8L" or "ALPH")
                            Add(frame, inner, part);
                        else
                            job.Take(Taken.Other);
                    }
                    Add(parts, name, frame.ToArray());
                    break;
                case "ALPH":
                case "ANIM" when content.Length == 6:
                    Add(parts, name, content);
                    break;
                case "EXIF":
                    if (!Orientation.Alone(content.Span))
                        job.Take(Taken.Exif);
                    // Some programs put JPEG's mark before the structure.
                    orientation = Orientation.Read(content.Span.StartsWith("Exif\0\0"u8) ? content.Span[6..] : content.Span);
                    break;
                default:
                    job.Take(name switch { "XMP " => Taken.Xmp, "ICCP" => Taken.ColourProfile, _ => Taken.Other });
                    break;
            }
        }
        if (pictures == 0)
            throw CannotStripException.Malformed;
        if (extended is not null && orientation != 1)
        {
            extended[0] |= HasExif;
            Add(parts, "EXIF", Orientation.Exif(orientation));
        }
        var total = parts.Length + 4 + (extended is null ? 0 : 18);
        copy.Add([.. "RIFF"u8, .. Little((uint)total), .. "WEBP"u8]);
        if (extended is not null)
            Add(copy, "VP8X", extended);
        copy.Add(parts.ToArray());
    }

    static List<(string Name, ReadOnlyMemory<byte> Content)> Chunks(ReadOnlyMemory<byte> bytes, StripJob job)
    {
        List<(string, ReadOnlyMemory<byte>)> chunks = [];
        while (bytes.Length >= 8)
        {
            job.CountPart();
            var length = BinaryPrimitives.ReadUInt32LittleEndian(bytes.Span[4..]);
            if (length > bytes.Length - 8)
                throw CannotStripException.Malformed;
            chunks.Add((Encoding.ASCII.GetString(bytes.Span[..4]), bytes.Slice(8, (int)length)));
            bytes = bytes[(int)Math.Min(bytes.Length, 8 + length + (length & 1))..];
        }
        return chunks;
    }

    static void Add(CopyParts copy, string name, ReadOnlyMemory<byte> content)
    {
        copy.Add([.. Encoding.ASCII.GetBytes(name), .. Little((uint)content.Length)]);
        copy.Add(content);
        if (content.Length % 2 == 1)
            copy.Add(0);
    }

    static byte[] Little(uint number)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, number);
        return bytes;
    }
}
