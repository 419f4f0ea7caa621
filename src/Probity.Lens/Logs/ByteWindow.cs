namespace Probity.Lens.Logs;

/// <summary>
/// The part of a text that is being looked at: it slides forward over the input, and grows only while one tag or line
/// does not fit.
/// </summary>
internal sealed class ByteWindow(ReadAhead source, string name)
{
    byte[] _buffer = new byte[512 << 10];
    int _start;
    int _end;
    bool _ended;

    /// <summary>The file, for messages.</summary>
    public string Name => name;

    /// <summary>The bytes at hand.</summary>
    public ReadOnlySpan<byte> Data => _buffer.AsSpan(_start, _end - _start);

    /// <summary>The position of the first byte of <see cref="Data"/> in the (unpacked) text.</summary>
    public long Offset { get; private set; }

    /// <summary>Leaves the first <paramref name="count"/> bytes behind.</summary>
    public void Advance(int count)
    {
        _start += count;
        Offset += count;
    }

    /// <summary>Leaves a mark of three bytes that is no part of the text.</summary>
    public void SkipByteOrderMark() => _start += 3;

    /// <summary>Brings more bytes into <see cref="Data"/>, at least doubling them; false when there are no more.</summary>
    public bool Grow()
    {
        var wanted = Math.Max(1, Data.Length) * 2L;
        var before = Data.Length;
        while (!_ended && Data.Length < wanted)
        {
            if (Data.Length > LogLimits.Run)
                throw Fault(0, $"one line, tag or text longer than {LogLimits.Run >> 20} MiB begins here; no real log has that");
            if (source.Next(out var block, out var length))
            {
                MakeRoom(length);
                block.AsSpan(0, length).CopyTo(_buffer.AsSpan(_end));
                _end += length;
                ReadAhead.Return(block);
            }
            else
            {
                _ended = true;
            }
        }

        return Data.Length > before;
    }

    /// <summary>The error at a byte of <see cref="Data"/>.</summary>
    public BadInputException Fault(int at, string what) => new($"{name}: byte {Offset + at}: {what}.");

    void MakeRoom(int length)
    {
        if (_end + length <= _buffer.Length) return;
        var target = Data.Length + length <= _buffer.Length ? _buffer : new byte[Math.Max(_buffer.Length * 2, Data.Length + length)];
        Data.CopyTo(target);
        _end -= _start;
        _start = 0;
        _buffer = target;
    }
}
