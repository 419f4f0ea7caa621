using NSec.Cryptography;

namespace Probity.Ledger;

/// <summary>Decrypts a stream of chunks, in the memory of two. What it gives was written so, in this order.</summary>
internal sealed class SealedReader
{
    readonly Stream _from;
    readonly Key _key;
    readonly byte[] _chunk = new byte[SealedChunks.Size];
    byte[] _now = new byte[SealedChunks.SealedSize], _next = new byte[SealedChunks.SealedSize];
    int _nextLength, _read, _filled;
    long _number;
    bool _over;

    public SealedReader(Stream from, Key key)
    {
        (_from, _key) = (from, key);
        _nextLength = Ahead();
    }

    /// <summary>Fills the bytes.</summary>
    /// <returns>False where the stream ends before the first of them.</returns>
    /// <exception cref="InvalidDataException">It was changed or cut off, or ends within them.</exception>
    public bool Read(Span<byte> bytes)
    {
        for (var done = 0; done < bytes.Length;)
        {
            if (_read == _filled && !Open()) return done == 0 ? false : throw Damaged();
            var taken = Math.Min(bytes.Length - done, _filled - _read);
            _chunk.AsSpan(_read, taken).CopyTo(bytes[done..]);
            (_read, done) = (_read + taken, done + taken);
        }

        return true;
    }

    bool Open()
    {
        if (_over) return false;
        ((_now, _next), var length) = ((_next, _now), _nextLength);
        _nextLength = Ahead();
        _over = _nextLength == 0;
        (_read, _filled) = (0, length - (SealedChunks.SealedSize - SealedChunks.Size));
        if (_filled < 0 || !SealedChunks.Cipher.Decrypt(_key, SealedChunks.Nonce(_number++, _over), default, _now.AsSpan(0, length), _chunk.AsSpan(0, _filled))) throw Damaged();
        return _filled > 0;
    }

    int Ahead() => _from.ReadAtLeast(_next, _next.Length, throwOnEndOfStream: false);

    static InvalidDataException Damaged() => new("it was changed or cut off: use another backup");
}
