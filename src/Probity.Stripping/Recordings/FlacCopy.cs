namespace Probity.Stripping.Recordings;

/// <summary>A FLAC with the blocks that players need (RFC 9639): the stream's measures and the table of places to go to.</summary>
internal static class FlacCopy
{
    const int Measures = 0, Padding = 1, Places = 3, Picture = 6;

    public static void Make(ReadOnlyMemory<byte> file, StripJob job, CopyParts copy)
    {
        var bytes = file.Span;
        List<ReadOnlyMemory<byte>> kept = [];
        var at = 4;
        for (var last = false; !last;)
        {
            job.CountPart();
            last = (bytes[at] & 0x80) != 0;
            var type = bytes[at] & 0x7F;
            var block = file.Slice(at, 4 + (bytes[at + 1] << 16 | bytes[at + 2] << 8 | bytes[at + 3]));
            at += block.Length;
            if ((kept.Count == 0) != (type == Measures) || (type == Measures && block.Length != 38))
                throw CannotStripException.Malformed;
            if (type == Measures || (type == Places && (block.Length - 4) % 18 == 0))
                kept.Add(block);
            else if (type != Padding || block.Span[4..].ContainsAnyExcept((byte)0))
                job.Take(type switch { Picture => Taken.Thumbnail, 4 => Taken.Tags, _ => Taken.Other });
        }
        if (at + 2 > bytes.Length || bytes[at] != 0xFF || (bytes[at + 1] & 0xFC) != 0xF8)
            throw CannotStripException.Malformed;
        copy.Add("fLaC"u8.ToArray());
        foreach (var block in kept)
        {
            copy.Add((byte)((block.Span[0] & 0x7F) | (block.Equals(kept[^1]) ? 0x80 : 0)));
            copy.Add(block[1..]);
        }
        // Behind the frames taggers of another format leave theirs.
        var sound = file[at..];
        if (sound.Length >= 128 && sound.Span[^128..].StartsWith("TAG"u8))
        {
            job.Take(Taken.Tags);
            sound = sound[..^128];
        }
        copy.Add(sound);
    }
}
