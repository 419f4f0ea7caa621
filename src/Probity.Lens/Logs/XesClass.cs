using System.Buffers;
using System.Text;

namespace Probity.Lens.Logs;

/// <summary>Puts an event's activity together from the attributes that a classifier names, joined by a plus sign as other tools do.</summary>
internal sealed class XesClass
{
    readonly IReadOnlyList<byte[]> _keys;
    readonly ArrayBufferWriter<byte>[] _parts;
    readonly bool[] _has;
    readonly ArrayBufferWriter<byte> _joined = new();

    public XesClass(IReadOnlyList<byte[]> keys)
    {
        _keys = keys;
        _parts = [.. keys.Select(_ => new ArrayBufferWriter<byte>())];
        _has = new bool[keys.Count];
    }

    public void BeginEvent() => Array.Clear(_has);

    /// <summary>Whether the classifier names a key.</summary>
    public bool Names(ReadOnlySpan<byte> key)
    {
        foreach (var own in _keys)
            if (key.SequenceEqual(own)) return true;
        return false;
    }

    /// <summary>Takes the value of a key; false where it was there before.</summary>
    public bool TryTake(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        var fresh = true;
        for (var i = 0; i < _keys.Count; i++)
        {
            if (!key.SequenceEqual(_keys[i])) continue;
            fresh &= !_has[i];
            _has[i] = true;
            _parts[i].ResetWrittenCount();
            _parts[i].Write(value);
        }

        return fresh;
    }

    /// <summary>The activity, or false and the key that the event lacks.</summary>
    public bool TryJoin(out ReadOnlySpan<byte> activity, out string missing)
    {
        _joined.ResetWrittenCount();
        for (var i = 0; i < _keys.Count; i++)
        {
            activity = default;
            missing = Encoding.UTF8.GetString(_keys[i]);
            if (!_has[i]) return false;
            if (i > 0) _joined.Write("+"u8);
            _joined.Write(_parts[i].WrittenSpan);
        }

        missing = "";
        activity = _joined.WrittenSpan;
        return true;
    }
}
