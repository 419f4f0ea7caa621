using System.Buffers.Binary;
using System.Text;

namespace Probity.Stripping.Recordings;

/// <summary>A WAV with its format and its sound alone.</summary>
internal static class WavCopy
{
    public static void Make(ReadOnlyMemory<byte> file, StripJob job, CopyParts copy)
    {
        List<(string Name, ReadOnlyMemory<byte> Content)> kept = [];
        for (var rest = file[12..]; rest.Length >= 8;)
        {
            job.CountPart();
            var name = Encoding.Latin1.GetString(rest.Span[..4]);
            // A recorder that lost power leaves lengths that lead past the end.
            var length = (int)Math.Min(BinaryPrimitives.ReadUInt32LittleEndian(rest.Span[4..]), rest.Length - 8);
            if ((name == "fmt " && length is 16 or 18 or 40) || (name == "fact" && length == 4) || name == "data")
                kept.Add((name, rest.Slice(8, length)));
            else
                job.Take(name is "LIST" or "id3 " or "ID3 " or "bext" or "iXML" ? Taken.Tags : Taken.Other);
            rest = rest[Math.Min(rest.Length, 8 + length + (length & 1))..];
        }
        if (kept.Count(k => k.Name == "fmt ") != 1 || kept.Count(k => k.Name == "data") != 1)
            throw CannotStripException.Malformed;
        copy.Add([.. "RIFF"u8, .. Little(4 + kept.Sum(k => 8 + k.Content.Length + (k.Content.Length & 1))), .. "WAVE"u8]);
        foreach (var (name, content) in kept)
        {
            copy.Add([.. Encoding.Latin1.GetBytes(name), .. Little(content.Length)]);
            copy.Add(content);
            if (content.Length % 2 == 1)
                copy.Add(0);
        }
    }

    static byte[] Little(int number)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, number);
        return bytes;
    }
}
