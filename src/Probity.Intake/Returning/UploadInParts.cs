using System.IO.Pipelines;
using System.Security.Cryptography;
using Probity.Sealing;

namespace Probity.Intake.Returning;

/// <summary>A file that comes in parts, over a line that breaks: what came is sealed and on the disk, its key in this memory alone, and the next part goes on where the last one ended.</summary>
internal sealed class UploadInParts : IDisposable
{
    readonly Pipe _pipe = new(new PipeOptions(pauseWriterThreshold: 4 * SealedFile.Chunk, resumeWriterThreshold: SealedFile.Chunk));
    readonly SemaphoreSlim _turn = new(1, 1);
    readonly string _part;
    readonly Task<long?> _sealing;

    /// <summary>Begins one.</summary>
    /// <param name="path">Where the sealed file is to lie.</param>
    /// <param name="name">The name on the source's device.</param>
    /// <param name="longest">The most bytes that are taken.</param>
    public UploadInParts(string path, string name, long longest)
    {
        (Path, Name, _part) = (path, name, path + ".part");
        _sealing = SealAsync(longest);
    }

    /// <summary>Which it is.</summary>
    public Guid Id { get; } = Guid.NewGuid();

    /// <summary>Where the sealed file is to lie.</summary>
    public string Path { get; }

    /// <summary>The name on the source's device.</summary>
    public string Name { get; }

    /// <summary>What it is sealed with; wiped with the upload.</summary>
    public byte[] Key { get; } = RandomNumberGenerator.GetBytes(SecretBox.KeySize);

    /// <summary>How many bytes came so far: where the next part has to begin.</summary>
    public long Received { get; private set; }

    /// <summary>Takes a part. What came of one that breaks off counts.</summary>
    /// <returns>False where it does not begin where the last one ended, or is more than is taken.</returns>
    public async Task<bool> TakeAsync(long at, Stream part, CancellationToken cancel)
    {
        await _turn.WaitAsync(cancel);
        try
        {
            if (at != Received) return false;
            while (await part.ReadAsync(_pipe.Writer.GetMemory(SealedFile.Chunk), cancel) is > 0 and var count)
            {
                _pipe.Writer.Advance(count);
                Received += count;
                if ((await _pipe.Writer.FlushAsync(CancellationToken.None)).IsCompleted) return false;
            }

            return true;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Ends it: the sealed file is in its place.</summary>
    /// <returns>How many bytes it has; null where there was more than is taken.</returns>
    public async Task<long?> EndAsync()
    {
        await _pipe.Writer.CompleteAsync();
        if (await _sealing is not { } length) return null;
        File.Move(_part, Path);
        return length;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _pipe.Writer.Complete();
        CryptographicOperations.ZeroMemory(Key);
        File.Delete(_part);
        _turn.Dispose();
    }

    async Task<long?> SealAsync(long longest)
    {
        await using var target = new FileStream(_part, FileMode.CreateNew, FileAccess.Write, FileShare.Delete, SealedFile.Chunk);
        var length = await SealedFile.SealAsync(_pipe.Reader.AsStream(), target, Key, longest, null, CancellationToken.None);
        await _pipe.Reader.CompleteAsync();
        await target.FlushAsync();
        target.Flush(flushToDisk: true);
        return length;
    }
}
