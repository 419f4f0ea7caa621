namespace Probity.Stripping;

/// <summary>A copy as it grows: stretches of the file itself and new bytes in between, so that a film is not held twice.</summary>
internal sealed class CopyParts(long limit)
{
    readonly List<ReadOnlyMemory<byte>> parts = [];

    public long Length { get; private set; }

    /// <exception cref="CannotStripException">The copy would be larger than allowed.</exception>
    public void Add(ReadOnlyMemory<byte> part)
    {
        if ((Length += part.Length) > limit)
            throw new CannotStripException(StripRefusals.TooLarge);
        parts.Add(part);
    }

    public void Add(params byte[] part) => Add(part.AsMemory());

    public void WriteTo(Stream output)
    {
        foreach (var part in parts)
            output.Write(part.Span);
    }

    public void CopyTo(CopyParts other) => parts.ForEach(other.Add);

    public byte[] ToArray()
    {
        var all = new byte[Length];
        var at = 0;
        foreach (var part in parts)
        {
            part.Span.CopyTo(all.AsSpan(at));
            at += part.Length;
        }
        return all;
    }
}
