using System.Buffers;

namespace Probity.Lens.Objects;

/// <summary>Tells OCEL 2.0 from XES, whose root element has the same name: by the first element inside it.</summary>
internal static class XmlKind
{
    static readonly SearchValues<byte> Ends = SearchValues.Create(" \t\r\n/>"u8);

    /// <summary>Whether a document that begins so is an object-centric log; what cannot be told from the beginning is XES.</summary>
    public static bool IsObjectLog(ReadOnlySpan<byte> head)
    {
        for (var depth = 0; ;)
        {
            var at = head.IndexOf((byte)'<');
            if (at < 0 || at + 1 == head.Length) return false;
            head = head[at..];
            int length;
            if (head.StartsWith("<!--"u8)) length = head.IndexOf("-->"u8);
            else if (head[1] == '?') length = head.IndexOf("?>"u8);
            else if (depth++ == 0) length = EndOfTag(head);
            else return IsSection(head[1..]);
            if (length < 0) return false;
            head = head[(length + 1)..];
        }
    }

    static bool IsSection(ReadOnlySpan<byte> tag)
    {
        var end = tag.IndexOfAny(Ends);
        var name = end < 0 ? tag : tag[..end];
        return name.SequenceEqual("object-types"u8) || name.SequenceEqual("event-types"u8) || name.SequenceEqual("objects"u8) || name.SequenceEqual("events"u8);
    }

    /// <summary>Where the tag ends: a sign in an attribute's value is none.</summary>
    static int EndOfTag(ReadOnlySpan<byte> tag)
    {
        var quote = 0;
        for (var i = 0; i < tag.Length; i++)
        {
            if (quote != 0) quote = tag[i] == quote ? 0 : quote;
            else if (tag[i] is (byte)'"' or (byte)'\'') quote = tag[i];
            else if (tag[i] == '>') return i;
        }

        return -1;
    }
}
