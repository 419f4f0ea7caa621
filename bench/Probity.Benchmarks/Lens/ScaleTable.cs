using System.IO.Compression;
using Probity.Lens.Conformance;
using Probity.Lens.Discovery;
using Probity.Lens.Logs;
using Probity.Lens.Procedures;

namespace Probity.Benchmarks.Lens;

/// <summary>
/// The road fines once, four and sixteen times over, read, mapped and checked: what an event costs must not grow with the log.
/// The text is inflated before, and repeated as it is read.
/// </summary>
internal static class ScaleTable
{
    static readonly int[] Times = [1, 4, 16];

    public static int Print(string folder)
    {
        var text = Inflate(Path.Combine(folder, "logs", "roadfines.xes.gz"));
        var net = ProcedureReader.Read(Path.Combine(folder, "models", "roadfines_R1.pnml"));
        var (begin, end) = (text.AsSpan().IndexOf("<trace"u8), text.AsSpan().LastIndexOf("</trace>"u8) + 8);
        Console.WriteLine("  times      events   read s   map s   check s   µs an event, all");
        foreach (var times in Times)
        {
            var best = (Read: double.MaxValue, Map: double.MaxValue, Check: double.MaxValue);
            var events = 0;
            for (var round = 0; round < 3; round++)
            {
                GC.Collect();
                var clock = System.Diagnostics.Stopwatch.StartNew();
                var log = LogReader.Read(new RepeatedStream(text, begin, end, times), "roadfines");
                best.Read = Math.Min(best.Read, Restart(clock));
                DirectlyFollows.Of(log);
                best.Map = Math.Min(best.Map, Restart(clock));
                var result = ConformanceCheck.Run(log, net);
                best.Check = Math.Min(best.Check, Restart(clock));
                if (Math.Abs(result.Alignments.PercentFit - 99.721354) > 1e-6) throw new InvalidDataException("Another result.");
                events = log.EventCount;
            }

            Console.WriteLine(FormattableString.Invariant(
                $"{times,7} {events,11:N0} {best.Read,8:0.000} {best.Map,7:0.000} {best.Check,9:0.000} {(best.Read + best.Map + best.Check) * 1e6 / events,18:0.000}"));
        }

        return 0;
    }

    static double Restart(System.Diagnostics.Stopwatch clock)
    {
        var seconds = clock.Elapsed.TotalSeconds;
        clock.Restart();
        return seconds;
    }

    static byte[] Inflate(string path)
    {
        using var packed = new GZipStream(File.OpenRead(path), CompressionMode.Decompress);
        using var text = new MemoryStream();
        packed.CopyTo(text);
        return text.ToArray();
    }

    /// <summary>A text of which a part comes several times.</summary>
    sealed class RepeatedStream(byte[] text, int begin, int end, int times) : Stream
    {
        int _at;
        int _done;

        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => throw new NotSupportedException();
        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override int Read(Span<byte> buffer)
        {
            if (_at == end && ++_done < times) _at = begin;
            var stop = _done < times ? end : text.Length;
            var length = Math.Min(buffer.Length, stop - _at);
            text.AsSpan(_at, length).CopyTo(buffer);
            _at += length;
            return length;
        }

        public override void Flush() { }
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
