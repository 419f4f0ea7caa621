using System.Buffers.Binary;
using System.Text;

namespace Probity.Stripping.Recordings;

/// <summary>How a track is coded: what a player needs to know (ISO/IEC 14496-12, 8.5.2, 12.1 and 12.2), without the names of the encoder and its maker.</summary>
internal static class Mp4Description
{
    static readonly HashSet<string> Pictures = ["avc1", "avc3", "hvc1", "hev1", "mp4v", "av01", "vp08", "vp09", "s263", "jpeg", "mjpa", "dvh1", "dvhe", "apcn", "apch", "apcs", "ap4h"];

    static readonly HashSet<string> Sounds = ["mp4a", "alac", "ac-3", "ec-3", "Opus", "fLaC", "samr", "sawb", "sowt", "twos", "in24", "in32", "fl32", "lpcm", "raw ", "ipcm", "fpcm", "ulaw", "alaw", ".mp3"];

    static readonly HashSet<string> Kept =
    [
        "avcC", "hvcC", "esds", "av1C", "vpcC", "d263", "dvcC", "dvvC", "pasp", "clap", "fiel", "mdcv", "clli", "alac", "dac3", "dec3", "dOps", "dfLa", "damr", "chan", "chnl", "pcmC", "frma", "enda", "gama",
    ];

    /// <returns>The description; for sound that is not packed how many bytes a sample takes; for H.264 and H.265 how its units are measured.</returns>
    public static (byte[] Written, int Unit, CodedUnits? Units) Make(ReadOnlyMemory<byte> file, Mp4Box box, string handler, StripJob job)
    {
        List<byte[]> entries = [];
        var unit = 1;
        CodedUnits? units = null;
        foreach (var entry in box.Inside(file, job, skip: 8))
        {
            if (!(handler == "vide" ? Pictures : Sounds).Contains(entry.Name))
                throw new CannotStripException(StripRefusals.UnknownKind);
            var content = entry.Content.ToArray();
            int fixedLength;
            if (handler == "vide")
            {
                // Version, revision, vendor and qualities; then the name of what packed it.
                fixedLength = 78;
                Clear(content.AsSpan(8, 16), job);
                Clear(content.AsSpan(42, 32), job);
                units ??= CodedUnits.Of(entry.Inside(file, job, fixedLength));
            }
            else
            {
                var version = BinaryPrimitives.ReadUInt16BigEndian(content.AsSpan(8));
                fixedLength = version switch { 0 => 28, 1 => 44, 2 => 64, _ => throw CannotStripException.Malformed };
                Clear(content.AsSpan(10, 6), job);
                unit = Math.Max(1, BinaryPrimitives.ReadUInt16BigEndian(content.AsSpan(16)) * BinaryPrimitives.ReadUInt16BigEndian(content.AsSpan(18)) / 8);
            }
            entries.Add(Mp4Box.Written(entry.Name, [content[..fixedLength], .. Boxes(file, entry, fixedLength, job, 0)]));
        }
        if (entries.Count == 0)
            throw CannotStripException.Malformed;
        return (Mp4Box.Written("stsd", [[0, 0, 0, 0, 0, 0, 0, (byte)entries.Count], .. entries]), unit, units);
    }

    static List<byte[]> Boxes(ReadOnlyMemory<byte> file, Mp4Box of, int skip, StripJob job, int depth)
    {
        job.RequireDepth(depth);
        List<byte[]> boxes = [];
        foreach (var box in of.Inside(file, job, skip))
        {
            if (box.Name == "wave")
                boxes.Add(Mp4Box.Written("wave", [.. Boxes(file, box, 0, job, depth + 1), Mp4Box.Written("\0\0\0\0")]));
            else if (Kept.Contains(box.Name) || (box.Name == "colr" && Encoding.Latin1.GetString(box.Content.Span[..4]) is "nclx" or "nclc"))
                boxes.Add(box.Copied());
            else if (box.Name is not ("\0\0\0\0" or "mp4a"))
                job.Take(box.Name == "colr" ? Taken.ColourProfile : Taken.Other);
        }
        return boxes;
    }

    static void Clear(Span<byte> bytes, StripJob job)
    {
        if (bytes.ContainsAnyExcept((byte)0))
            job.Take(Taken.Tags);
        bytes.Clear();
    }
}
