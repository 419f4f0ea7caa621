using System.Buffers;
using System.Collections.Concurrent;
using System.Text.Unicode;

namespace Probity.Lens.Logs;

/// <summary>
/// Reads, unpacks and checks a stream on a thread of its own, a few blocks ahead of the parser, so that inflating and
/// parsing run on two cores. Every block that it hands out is whole, valid UTF-8 free of control characters.
/// </summary>
internal sealed class ReadAhead : IDisposable
{
    const int BlockSize = 256 << 10;
    const int Ahead = 4;

    static readonly SearchValues<byte> Controls =
        SearchValues.Create([.. Enumerable.Range(0, 32).Where(c => c is not ('\t' or '\n' or '\r')).Select(c => (byte)c)]);

    readonly BlockingCollection<(byte[] Block, int Length)> _ready = new(Ahead);
    readonly CancellationTokenSource _stop;
    readonly Func<byte[], int, int, int> _read;
    readonly string _name;
    readonly Thread _thread;
    Exception? _failure;

    /// <param name="name">The file, for messages.</param>
    /// <param name="read">Fills a part of an array and says how much of it; 0 at the end.</param>
    /// <param name="cancel">Stops both threads.</param>
    public ReadAhead(string name, Func<byte[], int, int, int> read, CancellationToken cancel)
    {
        _name = name;
        _read = read;
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        _thread = new Thread(Run) { IsBackground = true, Name = "log read-ahead" };
        _thread.Start();
    }

    /// <summary>The next block, to be given back with <see cref="Return"/>; false at the end.</summary>
    public bool Next(out byte[] block, out int length)
    {
        (block, length) = ([], 0);
        if (_ready.TryTake(out var next, Timeout.Infinite, _stop.Token))
        {
            (block, length) = next;
            return true;
        }

        // The block that held the fault is never handed out, but all before it are: the parser's own message comes first.
        if (_failure is { } e) throw e is BadInputException ? new BadInputException(e.Message, e) : new IOException(e.Message, e);
        return false;
    }

    public static void Return(byte[] block) => ArrayPool<byte>.Shared.Return(block);

    void Run()
    {
        try
        {
            Pump();
        }
        catch (OperationCanceledException)
        {
            // The parser has gone; nobody waits for what is left.
        }
        catch (Exception e) when (e is BadInputException or IOException or UnauthorizedAccessException or NotSupportedException)
        {
            _failure = e;
        }
        finally
        {
            _ready.CompleteAdding();
        }
    }

    void Pump()
    {
        Span<byte> cut = stackalloc byte[4];
        var kept = 0;
        long offset = 0;
        while (true)
        {
            var block = ArrayPool<byte>.Shared.Rent(BlockSize);
            cut[..kept].CopyTo(block);
            var length = kept;
            int got;
            do length += got = _read(block, length, BlockSize - length);
            while (got > 0 && length < BlockSize);
            if (length == 0) return;

            kept = got > 0 ? CutSequence(block.AsSpan(0, length)) : 0;
            length -= kept;
            block.AsSpan(length, kept).CopyTo(cut);
            Check(block.AsSpan(0, length), offset);
            offset += length;
            _ready.Add((block, length), _stop.Token);
        }
    }

    /// <summary>How many bytes at the end belong to a character that the next block completes.</summary>
    static int CutSequence(ReadOnlySpan<byte> block)
    {
        for (var back = 1; back <= 3 && back <= block.Length; back++)
        {
            var b = block[^back];
            if (b < 0x80) return 0;
            if (b >= 0xC0) return back < (b >= 0xF0 ? 4 : b >= 0xE0 ? 3 : 2) ? back : 0;
        }

        return 0;
    }

    void Check(ReadOnlySpan<byte> block, long offset)
    {
        var control = block.IndexOfAny(Controls);
        if (control >= 0)
            throw new BadInputException($"{_name}: byte {offset + control}: control character 0x{block[control]:X2}; this is no text, or it is damaged.");
        if (!Utf8.IsValid(block))
            throw new BadInputException($"{_name}: byte {offset + FirstInvalid(block)}: not UTF-8; save the log as UTF-8.");
    }

    static int FirstInvalid(ReadOnlySpan<byte> block)
    {
        var at = 0;
        while (System.Text.Rune.DecodeFromUtf8(block[at..], out _, out var used) == OperationStatus.Done) at += used;
        return at;
    }

    public void Dispose()
    {
        _stop.Cancel();
        _thread.Join();
        _stop.Dispose();
        _ready.Dispose();
    }
}
