namespace Probity.Lens.Logs;

/// <summary>The elements that are open, with the namespace prefixes they declare, in arrays that are used again.</summary>
internal sealed class XmlElements
{
    readonly int[] _starts = new int[LogLimits.Depth + 1];
    readonly List<(byte[] Prefix, int Depth)> _prefixes = [];
    byte[] _names = new byte[1024];

    public int Count { get; private set; }

    /// <summary>Whether names in the tag at hand need a look at their prefixes at all: most logs have none.</summary>
    public bool HasPrefixes { get; set; }

    /// <summary>The name of the innermost open element.</summary>
    public ReadOnlySpan<byte> Top => _names.AsSpan(_starts[Count - 1], _starts[Count] - _starts[Count - 1]);

    public void Push(ReadOnlySpan<byte> name)
    {
        var start = _starts[Count];
        if (start + name.Length > _names.Length) Array.Resize(ref _names, (start + name.Length) * 2);
        name.CopyTo(_names.AsSpan(start));
        _starts[++Count] = start + name.Length;
    }

    public void Pop()
    {
        Count--;
        ForgetPrefixes();
    }

    /// <summary>Declares a prefix for the element that is about to begin, and for all inside it.</summary>
    public void Declare(ReadOnlySpan<byte> prefix)
    {
        HasPrefixes = true;
        _prefixes.Add((prefix.ToArray(), Count));
    }

    /// <summary>Drops what elements that are closed had declared.</summary>
    public void ForgetPrefixes()
    {
        while (_prefixes.Count > 0 && _prefixes[^1].Depth >= Count) _prefixes.RemoveAt(_prefixes.Count - 1);
    }

    public bool IsDeclared(ReadOnlySpan<byte> prefix)
    {
        foreach (var (declared, _) in _prefixes)
        {
            if (prefix.SequenceEqual(declared)) return true;
        }

        return prefix.SequenceEqual("xml"u8) || prefix.SequenceEqual("xmlns"u8);
    }
}
