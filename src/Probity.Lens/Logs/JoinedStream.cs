namespace Probity.Lens.Logs;

/// <summary>Several streams read as one.</summary>
internal sealed class JoinedStream(params Stream[] parts) : Stream
{
    int _part;

    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => false;
    public override long Length => throw new NotSupportedException();
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        for (; _part < parts.Length; _part++)
        {
            var got = parts[_part].Read(buffer);
            if (got > 0 || buffer.IsEmpty) return got;
        }

        return 0;
    }

    public override void Flush() { }
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
