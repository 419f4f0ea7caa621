using System.Security.Cryptography;

namespace Probity.Shared.Uploads;

/// <summary>
/// An upload's bytes, in memory and nowhere else: in blocks that the collector does not move or copy, overwritten with zeros when
/// they are let go and nobody reads them any more.
/// </summary>
/// <param name="budget">What all uploads share.</param>
internal sealed class HeldBytes(MemoryBudget budget) : IDisposable
{
    const int BlockSize = 256 << 10;

    readonly List<byte[]> _blocks = [];
    readonly IncrementalHash _sum = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    int _readers;
    bool _gone;

    /// <summary>How many there are.</summary>
    public long Length { get; private set; }

    /// <summary>Their SHA-256 as hexadecimal digits.</summary>
    public string Sha256 => Convert.ToHexStringLower(_sum.GetCurrentHash());

    /// <summary>Adds bytes at the end; false, with nothing more to be done than to let them go, where the budget is spent.</summary>
    public bool TryAdd(ReadOnlySpan<byte> more)
    {
        _sum.AppendData(more);
        while (more.Length > 0)
        {
            var at = (int)(Length % BlockSize);
            if (at == 0)
            {
                if (!budget.TryTake(BlockSize)) return false;
                _blocks.Add(GC.AllocateUninitializedArray<byte>(BlockSize, pinned: true));
            }

            var part = more[..Math.Min(more.Length, BlockSize - at)];
            part.CopyTo(_blocks[^1].AsSpan(at));
            Length += part.Length;
            more = more[part.Length..];
        }

        return true;
    }

    /// <summary>The bytes to read, from the first. Whoever opens them disposes of the stream: until then they stay.</summary>
    /// <exception cref="ObjectDisposedException">They are gone.</exception>
    public Stream Open()
    {
        lock (_blocks)
        {
            ObjectDisposedException.ThrowIf(_gone, this);
            _readers++;
        }

        return new Reader(this);
    }

    public void Dispose()
    {
        lock (_blocks)
        {
            if (_gone) return;
            _gone = true;
            WipeIfUnread();
        }
    }

    void Close()
    {
        lock (_blocks)
        {
            _readers--;
            WipeIfUnread();
        }
    }

    void WipeIfUnread()
    {
        if (!_gone || _readers > 0) return;
        foreach (var block in _blocks) CryptographicOperations.ZeroMemory(block);
        budget.Give((long)_blocks.Count * BlockSize);
        _blocks.Clear();
        _sum.Dispose();
    }

    sealed class Reader(HeldBytes held) : Stream
    {
        long _at;
        bool _closed;

        public override bool CanRead => true;
        public override bool CanSeek => true;
        public override bool CanWrite => false;
        public override long Length => held.Length;

        public override long Position
        {
            get => _at;
            set => _at = value >= 0 ? value : throw new IOException("before the beginning");
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override int Read(Span<byte> buffer)
        {
            ObjectDisposedException.ThrowIf(_closed, this);
            var read = 0;
            while (read < buffer.Length && _at < held.Length)
            {
                var at = (int)(_at % BlockSize);
                var length = (int)Math.Min(Math.Min(buffer.Length - read, BlockSize - at), held.Length - _at);
                held._blocks[(int)(_at / BlockSize)].AsSpan(at, length).CopyTo(buffer[read..]);
                read += length;
                _at += length;
            }

            return read;
        }

        public override long Seek(long offset, SeekOrigin origin) => Position = origin switch
        {
            SeekOrigin.Begin => offset,
            SeekOrigin.Current => _at + offset,
            _ => held.Length + offset,
        };

        public override void Flush() { }

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (!_closed)
            {
                _closed = true;
                held.Close();
            }

            base.Dispose(disposing);
        }
    }
}
