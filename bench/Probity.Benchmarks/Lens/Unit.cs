using System.IO.Compression;

namespace Probity.Benchmarks.Lens;

/// <summary>The unit of speed U: the least that any reader of the packed log must do, on one core.</summary>
internal static class Unit
{
    public static Action Of(string folder)
    {
        var path = Path.Combine(folder, "logs", "roadfines.xes.gz");
        var buffer = new byte[256 << 10];
        return () =>
        {
            using var stream = new GZipStream(File.OpenRead(path), CompressionMode.Decompress);
            var (found, kept) = (0, 0);
            while (stream.Read(buffer, kept, buffer.Length - kept) is var got and > 0)
            {
                var data = buffer.AsSpan(0, kept + got);
                for (int at; (at = data.IndexOf("<event"u8)) >= 0; data = data[(at + 6)..]) found++;
                kept = Math.Min(data.Length, 5);
                data[^kept..].CopyTo(buffer);
            }

            if (found != 561_470) throw new InvalidDataException($"{found} events found: this is another log.");
        };
    }
}
