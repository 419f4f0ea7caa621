namespace Probity.Stripping.Recordings;

/// <summary>How the units of H.264 or H.265 are measured in a film.</summary>
/// <param name="LengthSize">How many bytes the length before each takes, 1 to 4.</param>
/// <param name="Second">Whether it is H.265.</param>
internal sealed record CodedUnits(int LengthSize, bool Second)
{
    /// <summary>Reads it from the boxes that describe a track (ISO/IEC 14496-15); null for other codings.</summary>
    public static CodedUnits? Of(List<Mp4Box> boxes)
    {
        foreach (var box in boxes)
        {
            if (box.Name is "avcC")
                return new((box.Content.Span[4] & 3) + 1, Second: false);
            if (box.Name is "hvcC")
                return new((box.Content.Span[21] & 3) + 1, Second: true);
        }
        return null;
    }
}

/// <summary>
/// Blanks the notes that makers put between the pictures of a film (H.264 and H.265 annex D, user data unregistered): cameras write time, place and settings
/// there. Their length stays, so that no table has to change.
/// </summary>
internal static class CodedNotes
{
    const int UserDataUnregistered = 5;

    // Not nought: three of them in a row would have to be escaped.
    const byte Blank = 0x80;

    /// <summary>Blanks the notes in one sample of a track.</summary>
    /// <param name="sample">Units, each behind its length.</param>
    /// <param name="units">How they are measured.</param>
    /// <returns>Whether there was one that was not blank.</returns>
    public static bool Blanked(Span<byte> sample, CodedUnits units)
    {
        var (lengthSize, second) = units;
        var found = false;
        while (sample.Length > lengthSize)
        {
            var length = 0u;
            foreach (var b in sample[..lengthSize])
                length = length << 8 | b;
            // What is not units is left: decoders skip it too.
            if (length == 0 || length > sample.Length - lengthSize)
                return found;
            var unit = sample.Slice(lengthSize, (int)length);
            if (second ? (unit[0] >> 1 & 0x3F) is 39 or 40 && unit.Length > 2 : (unit[0] & 0x1F) == 6)
                found |= BlankedUnit(unit[(second ? 2 : 1)..]);
            sample = sample[(lengthSize + (int)length)..];
        }
        return found;
    }

    static bool BlankedUnit(Span<byte> messages)
    {
        var found = false;
        var at = 0;
        while (at + 2 < messages.Length)
        {
            var (type, length) = (Number(messages, ref at), Number(messages, ref at));
            // A length counts the bytes without those that escape others: one more behind each 0, 0.
            var (end, escapes) = (at, 0);
            for (var (count, zeros) = (0, 0); end < messages.Length && count < length; end++)
            {
                if (zeros >= 2 && messages[end] == 3)
                {
                    escapes++;
                    zeros = 0;
                    continue;
                }
                zeros = messages[end] == 0 ? zeros + 1 : 0;
                count++;
            }
            if (type == UserDataUnregistered)
                found |= Blanked(messages[at..end], escapes);
            at = end;
        }
        return found;
    }

    // As many escapes as before: else the note would seem longer than it says.
    static bool Blanked(Span<byte> note, int escapes)
    {
        var found = false;
        for (var i = 0; i < note.Length; i++)
        {
            var blank = i < escapes * 3 ? (byte)(i % 3 == 2 ? 3 : 0) : Blank;
            found |= note[i] != blank;
            note[i] = blank;
        }
        return found;
    }

    static int Number(ReadOnlySpan<byte> messages, ref int at)
    {
        var number = 0;
        while (at < messages.Length && messages[at] == 0xFF)
        {
            number += 255;
            at++;
        }
        return at < messages.Length ? number + messages[at++] : number;
    }
}
