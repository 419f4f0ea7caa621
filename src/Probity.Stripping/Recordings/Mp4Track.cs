using System.Buffers.Binary;
using System.Text;

namespace Probity.Stripping.Recordings;

/// <summary>A track of picture or sound, with what is needed to play it.</summary>
internal sealed class Mp4Track
{
    readonly byte[] head;
    readonly byte[] edits;
    readonly byte[] times;
    readonly string handler;
    readonly List<byte[]> samples;
    readonly CodedUnits? units;
    readonly List<int> lengths = [];

    Mp4Track(byte[] head, byte[] edits, byte[] times, string handler, List<byte[]> samples, CodedUnits? units)
    {
        this.head = head;
        this.edits = edits;
        this.times = times;
        this.handler = handler;
        this.samples = samples;
        this.units = units;
    }

    /// <summary>A stretch of data: where it lies in the file, and which samples are in it, where they have to be looked into.</summary>
    internal readonly record struct Chunk(int At, int Length, int First, int Samples);

    /// <summary>Where its data lie in the file, in the order of the track.</summary>
    public List<Chunk> Chunks { get; } = [];

    /// <summary>Reads a track; null for one that is neither picture nor sound.</summary>
    public static Mp4Track? Read(ReadOnlyMemory<byte> file, Mp4Box track, List<Mp4Box> data, StripJob job)
    {
        var parts = track.Inside(file, job);
        var media = One(parts, "mdia").Inside(file, job);
        var handler = Encoding.Latin1.GetString(One(media, "hdlr").Content.Span[8..12]);
        if (handler is not ("vide" or "soun"))
        {
            job.Take(Taken.Tracks);
            return null;
        }
        Drop(parts, job, "tkhd", "edts", "mdia", "tapt", "load");
        var minimum = One(media, "minf").Inside(file, job);
        Drop(minimum, job, "vmhd", "smhd", "dinf", "hdlr", "stbl");
        var table = One(minimum, "stbl").Inside(file, job);
        Drop(table, job, "stsd", "stts", "ctts", "stss", "stsc", "stsz", "stco", "co64", "sdtp", "sbgp", "sgpd", "cslg");
        if (One(media, "hdlr").Content.Span[12..].ContainsAnyExcept((byte)0))
            job.Take(Taken.Tags);
        var (description, unit, units) = Mp4Description.Make(file, One(table, "stsd"), handler, job);
        List<byte[]> samples = [description, .. table.Where(b => b.Name is "stts" or "ctts" or "stss" or "stsc" or "stsz" or "sdtp" or "sbgp" or "sgpd" or "cslg").Select(b => b.Copied())];
        var edits = parts.Find(b => b.Name == "edts") is { Name: not null } list && list.Inside(file, job).Find(b => b.Name == "elst") is { Name: not null } edit ? Mp4Box.Written("edts", edit.Copied()) : [];
        var made = new Mp4Track(WithoutTimes(One(parts, "tkhd"), job), edits, WithoutTimes(One(media, "mdhd"), job), handler, samples, units);
        made.FindChunks(table, unit, data, job);
        return made;
    }

    static Mp4Box One(List<Mp4Box> boxes, string name) => boxes.Find(b => b.Name == name) is { Name: not null } box ? box : throw CannotStripException.Malformed;

    static void Drop(List<Mp4Box> boxes, StripJob job, params string[] kept)
    {
        if (boxes.Exists(b => !kept.Contains(b.Name)))
            job.Take(boxes.Exists(b => b.Name is "udta" or "meta" or "uuid") ? Taken.Tags : Taken.Other);
    }

    /// <summary>A header of the film, of a track or of its media without its two times and its language.</summary>
    public static byte[] WithoutTimes(Mp4Box box, StripJob job)
    {
        var content = box.Content.ToArray();
        var times = content.AsSpan(4, content[0] == 0 ? 8 : 16);
        if (times.ContainsAnyExcept((byte)0))
            job.Take(Taken.Times);
        times.Clear();
        if (box.Name == "mdhd")
            BinaryPrimitives.WriteUInt16BigEndian(content.AsSpan(content[0] == 0 ? 20 : 32), Undetermined);
        return Mp4Box.Written(box.Name, content);
    }

    // "und", each letter in five bits.
    const ushort Undetermined = 0x55C4;

    void FindChunks(List<Mp4Box> table, int unit, List<Mp4Box> data, StripJob job)
    {
        var sizes = One(table, "stsz").Content.Span;
        var same = BinaryPrimitives.ReadUInt32BigEndian(sizes[4..]);
        var count = BinaryPrimitives.ReadUInt32BigEndian(sizes[8..]);
        // Sound that is not packed counts its samples as one byte each, whatever they take.
        if (same == 1)
            same = (uint)unit;
        var runs = One(table, "stsc").Content.Span;
        var wide = table.Find(b => b.Name == "co64");
        var offsets = (wide.Name is null ? One(table, "stco") : wide).Content.Span;
        var (sample, run) = (0L, -1);
        for (uint chunk = 0, chunksCount = BinaryPrimitives.ReadUInt32BigEndian(offsets[4..]); chunk < chunksCount; chunk++)
        {
            job.CountPart();
            var at = wide.Name is null ? BinaryPrimitives.ReadUInt32BigEndian(offsets[(int)(8 + chunk * 4)..]) : BinaryPrimitives.ReadInt64BigEndian(offsets[(int)(8 + chunk * 8)..]);
            while (run + 1 < BinaryPrimitives.ReadUInt32BigEndian(runs[4..]) && BinaryPrimitives.ReadUInt32BigEndian(runs[(8 + (run + 1) * 12)..]) <= chunk + 1)
                run++;
            var inChunk = BinaryPrimitives.ReadUInt32BigEndian(runs[(12 + run * 12)..]);
            var length = 0L;
            var first = lengths.Count;
            if (same != 0)
            {
                length = (long)same * Math.Min(inChunk, count - sample);
                sample += inChunk;
            }
            for (var i = 0; same == 0 && i < inChunk && sample < count; i++, sample++)
            {
                var size = BinaryPrimitives.ReadUInt32BigEndian(sizes[(int)(12 + sample * 4)..]);
                length += size;
                if (units is not null)
                    lengths.Add((int)Math.Min(size, int.MaxValue));
            }
            if (!data.Exists(d => at >= d.At && length >= 0 && at + length <= d.At + d.Content.Length))
                throw CannotStripException.Malformed;
            Chunks.Add(new((int)at, (int)length, first, lengths.Count - first));
        }
    }

    /// <summary>The data of a chunk as it goes into the copy.</summary>
    public ReadOnlyMemory<byte> Data(ReadOnlyMemory<byte> file, Chunk chunk, StripJob job)
    {
        var data = file.Slice(chunk.At, chunk.Length);
        var at = 0;
        byte[]? changed = null;
        foreach (var length in lengths.Slice(chunk.First, chunk.Samples))
        {
            var sample = data.Slice(at, length).ToArray();
            if (units is not null && CodedNotes.Blanked(sample, units))
            {
                job.Take(Taken.Comments);
                changed ??= data.ToArray();
                sample.CopyTo(changed, at);
            }
            at += length;
        }
        return changed ?? data;
    }

    /// <summary>The track as it stands in the copy.</summary>
    /// <param name="place">Where a chunk comes to lie.</param>
    public byte[] Written(Func<Chunk, int> place)
    {
        var offsets = new byte[8 + Chunks.Count * 4];
        BinaryPrimitives.WriteInt32BigEndian(offsets.AsSpan(4), Chunks.Count);
        for (var i = 0; i < Chunks.Count; i++)
            BinaryPrimitives.WriteInt32BigEndian(offsets.AsSpan(8 + i * 4), place(Chunks[i]));
        byte[] here = [0, 0, 0, 0, 0, 0, 0, 1, .. Mp4Box.Written("url ", [0, 0, 0, 1])];
        var kind = Mp4Box.Written("hdlr", [0, 0, 0, 0, 0, 0, 0, 0, .. Encoding.Latin1.GetBytes(handler), .. new byte[13]]);
        var about = handler == "vide" ? Mp4Box.Written("vmhd", [0, 0, 0, 1, .. new byte[8]]) : Mp4Box.Written("smhd", new byte[8]);
        var table = Mp4Box.Written("stbl", [.. samples, Mp4Box.Written("stco", offsets)]);
        return Mp4Box.Written("trak", head, edits, Mp4Box.Written("mdia", times, kind, Mp4Box.Written("minf", about, Mp4Box.Written("dinf", Mp4Box.Written("dref", here)), table)));
    }
}
