using System.Security.Cryptography;

namespace Probity.Exports;

/// <summary>
/// Where a copy is written, forward only: it is hashed and counted, and given on piece by piece. Without a target it is only hashed. So a copy is made twice:
/// once to record what leaves the house, and once to let it leave; it never lies anywhere between.
/// </summary>
internal sealed class CopySink(Stream? target) : Stream
{
    readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    readonly MemoryStream _pending = new();

    /// <summary>How many bytes there were.</summary>
    public long Count { get; private set; }

    /// <summary>SHA-256 of all of them, in hexadecimal.</summary>
    public string Sha256 => Convert.ToHexStringLower(_hash.GetCurrentHash());

    public override bool CanRead => false;
    public override bool CanSeek => false;
    public override bool CanWrite => true;
    public override long Length => throw new NotSupportedException();
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <summary>Gives on what was written since; called where the next piece would make it grow.</summary>
    public async Task DrainAsync(CancellationToken cancel)
    {
        if (target is not null) await target.WriteAsync(_pending.GetBuffer().AsMemory(0, (int)_pending.Length), cancel);
        _pending.SetLength(0);
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        _hash.AppendData(buffer);
        Count += buffer.Length;
        if (target is not null) _pending.Write(buffer);
    }

    public override void Flush() { }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _hash.Dispose();
            _pending.Dispose();
        }

        base.Dispose(disposing);
    }
}
