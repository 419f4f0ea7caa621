using System.Buffers.Binary;
using System.Text;

namespace Probity.Stripping.Recordings;

/// <summary>A box of an MP4 or QuickTime file (ISO/IEC 14496-12, 4.2): its name and what is in it.</summary>
internal readonly record struct Mp4Box(string Name, int At, ReadOnlyMemory<byte> Content)
{
    /// <summary>The boxes that fill a stretch of the file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="from">Where the first one begins.</param>
    /// <param name="to">Where the last one ends.</param>
    /// <param name="job">Counts them.</param>
    public static List<Mp4Box> Read(ReadOnlyMemory<byte> file, int from, int to, StripJob job)
    {
        List<Mp4Box> boxes = [];
        var bytes = file.Span;
        // QuickTime ends some lists with four bytes of nought.
        while (to - from >= 8)
        {
            job.CountPart();
            long length = BinaryPrimitives.ReadUInt32BigEndian(bytes[from..]);
            var head = 8;
            if (length == 1)
            {
                length = BinaryPrimitives.ReadInt64BigEndian(bytes[(from + 8)..]);
                head = 16;
            }
            else if (length == 0)
            {
                length = to - from;
            }
            if (length < head || length > to - from)
                throw CannotStripException.Malformed;
            boxes.Add(new(Encoding.Latin1.GetString(bytes.Slice(from + 4, 4)), from + head, file.Slice(from + head, (int)length - head)));
            from += (int)length;
        }
        return boxes;
    }

    public List<Mp4Box> Inside(ReadOnlyMemory<byte> file, StripJob job, int skip = 0) => Read(file, At + skip, At + Content.Length, job);

    public static byte[] Written(string name, params IEnumerable<byte[]> contents)
    {
        var length = 8 + contents.Sum(c => c.Length);
        var box = new byte[length];
        BinaryPrimitives.WriteInt32BigEndian(box, length);
        Encoding.Latin1.GetBytes(name, box.AsSpan(4));
        var at = 8;
        foreach (var content in contents)
        {
            content.CopyTo(box, at);
            at += content.Length;
        }
        return box;
    }

    public byte[] Copied() => Written(Name, Content.ToArray());
}
