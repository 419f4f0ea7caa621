using NSec.Cryptography;

namespace Probity.Ledger;

/// <summary>Encrypts what is written, in chunks. The stream below it stays open.</summary>
internal sealed class SealedWriter(Stream to, Key key)
{
    readonly byte[] _chunk = new byte[SealedChunks.Size];
    readonly byte[] _sealed = new byte[SealedChunks.SealedSize];
    int _filled;
    long _number;

    public void Write(ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            // A full chunk is kept until more comes: it may be the last.
            if (_filled == _chunk.Length) Seal(last: false);
            var taken = Math.Min(bytes.Length, _chunk.Length - _filled);
            bytes[..taken].CopyTo(_chunk.AsSpan(_filled));
            _filled += taken;
            bytes = bytes[taken..];
        }
    }

    /// <summary>Writes the last chunk: without it the stream counts as cut off.</summary>
    public void Finish() => Seal(last: true);

    void Seal(bool last)
    {
        var sealedChunk = _sealed.AsSpan(0, _filled + SealedChunks.SealedSize - SealedChunks.Size);
        SealedChunks.Cipher.Encrypt(key, SealedChunks.Nonce(_number++, last), default, _chunk.AsSpan(0, _filled), sealedChunk);
        to.Write(sealedChunk);
        _filled = 0;
    }
}
