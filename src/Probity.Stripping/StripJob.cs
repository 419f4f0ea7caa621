namespace Probity.Stripping;

/// <summary>One file being cleaned, with the files in it: what was taken, and what is left of the limits.</summary>
internal sealed class StripJob(StripLimits limits)
{
    readonly SortedSet<string> taken = new(StringComparer.Ordinal);
    long unpacked;
    int parts;
    int nested;

    public StripLimits Limits => limits;

    public IReadOnlyList<string> Taken => [.. taken];

    public void Take(string what) => taken.Add(what);

    /// <summary>Counts bytes that were unpacked.</summary>
    /// <exception cref="CannotStripException">They are more than allowed.</exception>
    public void CountUnpacked(long bytes)
    {
        if ((unpacked += bytes) > limits.MostUnpacked)
            throw new CannotStripException(StripRefusals.TooLarge);
    }

    /// <summary>Counts a part.</summary>
    /// <exception cref="CannotStripException">There are more than allowed.</exception>
    public void CountPart()
    {
        if (++parts > limits.MostParts)
            throw new CannotStripException(StripRefusals.TooLarge);
    }

    /// <summary>Refuses what lies too deep.</summary>
    /// <exception cref="CannotStripException">It does.</exception>
    public void RequireDepth(int depth)
    {
        if (depth > limits.MostDepth)
            throw new CannotStripException(StripRefusals.TooDeep);
    }

    /// <summary>Cleans a file that lies in this one.</summary>
    /// <returns>The copy and its kind, or null where it is none of those asked for or cannot be cleaned.</returns>
    /// <exception cref="CannotStripException">A limit was passed, which the whole file answers for.</exception>
    public (byte[] Copy, string Kind)? Nested(ReadOnlyMemory<byte> file, Func<string, bool> wanted)
    {
        if (nested >= limits.MostNested || KindOf.Find(file.Span) is not { } kind || !wanted(kind))
            return null;
        nested++;
        try
        {
            var copy = new CopyParts(limits.MostOutput);
            kind = MetadataStripper.Strip(kind, file, this, copy);
            return (copy.ToArray(), kind);
        }
        catch (CannotStripException e) when (e.Refusal is StripRefusals.Malformed or StripRefusals.UnknownKind or StripRefusals.Encrypted)
        {
            return null;
        }
        finally
        {
            nested--;
        }
    }
}

/// <summary>Ends the cleaning of a file from deep inside it; <see cref="MetadataStripper"/> makes a result of it, and nobody else sees it.</summary>
internal sealed class CannotStripException(string refusal, Exception? cause = null) : Exception(null, cause)
{
    public string Refusal => refusal;

    public static CannotStripException Malformed => new(StripRefusals.Malformed);
}
