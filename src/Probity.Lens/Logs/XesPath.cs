namespace Probity.Lens.Logs;

/// <summary>
/// Where an attribute stands that others enclose: their keys and its own, with a slash between. An element without a key,
/// as the <c>&lt;values&gt;</c> of a list, adds nothing.
/// </summary>
internal sealed class XesPath(int top)
{
    readonly int[] _ends = new int[LogLimits.Depth + 2];
    byte[] _path = new byte[256];

    /// <summary>Goes to an element at a depth from <c>top</c> down; gives the whole path, empty where it is too long to be asked for.</summary>
    public ReadOnlySpan<byte> Go(int depth, bool hasKey, ReadOnlySpan<byte> key)
    {
        var level = depth - top;
        var start = level == 0 ? 0 : _ends[level - 1];
        if (!hasKey || start + key.Length + 1 > LogLimits.Name)
        {
            _ends[level] = hasKey ? LogLimits.Name : start;
            return default;
        }

        var slash = start > 0 ? 1 : 0;
        var end = start + slash + key.Length;
        if (end > _path.Length) Array.Resize(ref _path, end * 2);
        if (slash > 0) _path[start] = (byte)'/';
        key.CopyTo(_path.AsSpan(start + slash));
        _ends[level] = end;
        return _path.AsSpan(0, end);
    }
}
