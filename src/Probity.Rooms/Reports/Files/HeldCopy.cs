using System.Security.Cryptography;
using Probity.Sealing;

namespace Probity.Reports.Files;

/// <summary>
/// A copy while it is looked at: on the disk in chunks that are sealed with a key which only this object has, in a file without a name. So a film of any length needs little memory, can be read from
/// anywhere in it, and lies nowhere in the clear; when the process ends, however it ends, nothing is left.
/// </summary>
internal sealed class HeldCopy : IDisposable
{
    const int Chunk = 64 << 10;

    readonly FileStream _file;
    readonly byte[] _key = RandomNumberGenerator.GetBytes(SecretBox.KeySize);
    int _users = 1;

    /// <summary>An empty one.</summary>
    /// <param name="folder">On whose disk it lies.</param>
    /// <exception cref="IOException">The disk does not take it.</exception>
    public HeldCopy(string folder)
    {
        var path = Path.Combine(folder, Guid.NewGuid().ToString("N") + ".copy");
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, BufferSize = 0, Options = OperatingSystem.IsWindows() ? FileOptions.DeleteOnClose : FileOptions.None };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        _file = new FileStream(path, options);
        if (!OperatingSystem.IsWindows()) File.Delete(path);
    }

    /// <summary>What became of the making.</summary>
    public CopyMade Made { get; set; } = new(null, [], null);

    /// <summary>Its bytes so far.</summary>
    public long Length { get; private set; }

    /// <summary>Takes part in its use; each part is let go with <see cref="Dispose"/>. False where it is gone.</summary>
    public bool Use()
    {
        for (int users; (users = Volatile.Read(ref _users)) > 0;)
            if (Interlocked.CompareExchange(ref _users, users + 1, users) == users) return true;
        return false;
    }

    /// <summary>Takes what is written, to its end.</summary>
    public Stream OpenWrite() => new Writing(this);

    /// <summary>What was written, from anywhere. The stream uses it until it is disposed of.</summary>
    public Stream OpenRead() => Use() ? new Reading(this) : throw new ObjectDisposedException(nameof(HeldCopy));

    public void Dispose()
    {
        if (Interlocked.Decrement(ref _users) != 0) return;
        CryptographicOperations.ZeroMemory(_key);
        _file.Dispose();
    }

    static long PlaceOf(long chunk) => chunk * (Chunk + SecretBox.Overhead);

    // A stream that goes one way.
    abstract class OneWay : Stream
    {
        public override bool CanRead => false;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => throw new NotSupportedException();
        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }
        public override void Flush() { }
        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }

    sealed class Writing(HeldCopy copy) : OneWay
    {
        readonly byte[] _text = new byte[Chunk];
        int _filled;
        long _chunk;

        public override bool CanWrite => true;

        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            while (!buffer.IsEmpty)
            {
                var count = Math.Min(buffer.Length, Chunk - _filled);
                buffer[..count].CopyTo(_text.AsMemory(_filled));
                (_filled, buffer, copy.Length) = (_filled + count, buffer[count..], copy.Length + count);
                if (_filled == Chunk) await SealAsync(cancellationToken);
            }
        }

        public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        async ValueTask SealAsync(CancellationToken cancel)
        {
            if (_filled == 0) return;
            var box = SecretBox.Seal(copy._key, BitConverter.GetBytes(_chunk), _text.AsSpan(0, _filled));
            await RandomAccess.WriteAsync(copy._file.SafeFileHandle, box, PlaceOf(_chunk), cancel);
            (_chunk, _filled) = (_chunk + 1, 0);
        }

        public override async ValueTask DisposeAsync()
        {
            await SealAsync(CancellationToken.None);
            CryptographicOperations.ZeroMemory(_text);
            await base.DisposeAsync();
        }
    }

    sealed class Reading(HeldCopy copy) : OneWay
    {
        readonly byte[] _box = new byte[Chunk + SecretBox.Overhead];
        byte[] _text = [];
        long _chunk = -1;
        bool _isOver;

        public override bool CanRead => true;
        public override bool CanSeek => true;
        public override long Length => copy.Length;
        public override long Position { get; set; }

        public override long Seek(long offset, SeekOrigin origin) =>
            Position = offset + origin switch { SeekOrigin.Begin => 0, SeekOrigin.Current => Position, _ => Length };

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (Position >= Length || buffer.IsEmpty) return 0;
            var (chunk, at) = (Position / Chunk, (int)(Position % Chunk));
            if (chunk != _chunk)
            {
                var read = await RandomAccess.ReadAsync(copy._file.SafeFileHandle, _box, PlaceOf(chunk), cancellationToken);
                _text = SecretBox.Open(copy._key, BitConverter.GetBytes(chunk), _box.AsSpan(0, read)) ?? throw new IOException("A copy is not what was written.");
                _chunk = chunk;
            }

            var count = Math.Min(buffer.Length, _text.Length - at);
            _text.AsMemory(at, count).CopyTo(buffer);
            Position += count;
            return count;
        }

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        protected override void Dispose(bool disposing)
        {
            if (!_isOver && disposing) copy.Dispose();
            _isOver = true;
            base.Dispose(disposing);
        }
    }
}
