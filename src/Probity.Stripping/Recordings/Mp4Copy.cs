using System.Buffers.Binary;
using System.Text;

namespace Probity.Stripping.Recordings;

/// <summary>
/// A film or recording as its tracks of picture and sound (ISO/IEC 14496-12). Of the data only what those tracks name is copied: what belonged to a track of
/// places or sensors, or to none, is not in the copy. Films in fragments are not taken.
/// </summary>
internal static class Mp4Copy
{
    public static void Make(ReadOnlyMemory<byte> file, StripJob job, CopyParts copy)
    {
        var boxes = Mp4Box.Read(file, 0, file.Length, job);
        foreach (var box in boxes)
            Note(box, job);
        var data = boxes.FindAll(b => b.Name == "mdat");
        if (boxes.FindAll(b => b.Name == "moov") is not [var film])
            throw CannotStripException.Malformed;
        if (boxes.Exists(b => b.Name == "moof"))
            throw new CannotStripException(StripRefusals.UnknownKind);
        byte[]? head = null;
        List<Mp4Track> tracks = [];
        foreach (var box in film.Inside(file, job))
        {
            switch (box.Name)
            {
                case "mvhd": head = Mp4Track.WithoutTimes(box, job); break;
                case "mvex": throw new CannotStripException(StripRefusals.UnknownKind);
                case "trak" when Mp4Track.Read(file, box, data, job) is { } track: tracks.Add(track); break;
                case "trak": break;
                default: Note(box, job); break;
            }
        }
        if (head is null || tracks.Count == 0)
            throw CannotStripException.Malformed;

        Dictionary<(int At, int Length), int> places = [];
        var chunks = new CopyParts(job.Limits.MostOutput);
        foreach (var (track, chunk) in tracks.SelectMany(t => t.Chunks.Select(c => (t, c))).OrderBy(c => c.c.At).ThenBy(c => c.c.Length))
        {
            if (places.TryAdd((chunk.At, chunk.Length), (int)chunks.Length))
                chunks.Add(track.Data(file, chunk, job));
        }
        if (data.Exists(d => Unused(d, places)))
            job.Take(Taken.Other);
        var type = Mp4Box.Written("ftyp", Brands(boxes));
        // Written twice: how long the description is decides where the data come to lie.
        var length = Described(0).Length;
        copy.Add(type);
        copy.Add(Described(type.Length + length + 8));
        var start = new byte[8];
        BinaryPrimitives.WriteInt32BigEndian(start, checked((int)chunks.Length + 8));
        "mdat"u8.CopyTo(start.AsSpan(4));
        copy.Add(start);
        chunks.CopyTo(copy);

        byte[] Described(int at) => Mp4Box.Written("moov", [head, .. tracks.Select(t => t.Written(c => checked(at + places[(c.At, c.Length)])))]);
    }

    static void Note(Mp4Box box, StripJob job)
    {
        if (box.Name is "udta" or "meta" or "uuid")
            job.Take(box.Name == "uuid" ? Taken.Xmp : Taken.Tags);
        else if (box.Name is "pnot" or "PICT")
            job.Take(Taken.Thumbnail);
        else if (box.Name is not ("ftyp" or "moov" or "mdat" or "mvhd" or "trak") && box.Content.Span.ContainsAnyExcept((byte)0))
            job.Take(Taken.Other);
    }

    static bool Unused(Mp4Box data, Dictionary<(int At, int Length), int> used)
    {
        var at = data.At;
        foreach (var (start, length) in used.Keys.Where(k => k.At >= data.At && k.At < data.At + data.Content.Length).Order())
        {
            if (start > at)
                return true;
            at = Math.Max(at, start + length);
        }
        return at < data.At + data.Content.Length;
    }

    static byte[] Brands(List<Mp4Box> boxes)
    {
        var brand = boxes.Find(b => b.Name == "ftyp") is { Content.Length: >= 4 } type ? Encoding.Latin1.GetString(type.Content.Span[..4]) : "qt  ";
        return Encoding.Latin1.GetBytes((brand is "qt  " or "M4A " or "M4V " or "mp42" or "3gp4" or "3gp5" or "3gp6" ? brand : "isom") + "\0\0\0\0" + "isomiso2mp41mp42" + (brand == "qt  " ? brand : ""));
    }
}
