using System.IO.Compression;
using System.Text;
using Probity.Lens.Logs;

namespace Probity.Lens.Tests.Logs;

/// <summary>Logs that are no files: read alike, and bounded by who holds the bytes.</summary>
public class StreamTests
{
    const string Csv = "case,activity,time\n1,a,2026-01-01\n1,b,2026-01-02\n2,a,2026-01-03\n";

    static EventLog Read(byte[] bytes, LogReaderOptions? options = null) => LogReader.Read(new MemoryStream(bytes), "upload", options);

    static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    static byte[] Packed(string text)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest)) gzip.Write(Bytes(text));
        return packed.ToArray();
    }

    [Fact]
    public void Bytes_are_read_as_a_file_is()
    {
        foreach (var bytes in (byte[][])[Bytes(Csv), Packed(Csv)])
        {
            var log = Read(bytes);
            Assert.Equal(["1", "2"], log.Cases);
            Assert.Equal(3, log.EventCount);
        }
    }

    [Fact]
    public void Messages_call_them_what_the_caller_does() =>
        Assert.Equal("upload: the file is empty; give it a log in XES, CSV, XLSX or OCEL 2.0.", Assert.Throws<BadInputException>(() => Read([])).Message);

    [Fact]
    public void More_events_than_allowed_are_refused()
    {
        Assert.Equal(3, Read(Bytes(Csv), new LogReaderOptions { MaxEvents = 3 }).EventCount);
        var message = Assert.Throws<BadInputException>(() => Read(Bytes(Csv), new LogReaderOptions { MaxEvents = 2 })).Message;
        Assert.Contains("more than 2 events", message, StringComparison.Ordinal);
        const string xes = "<log><trace><event><string key='concept:name' value='a'/><date key='time:timestamp' value='2026-01-01'/></event><event><string key='concept:name' value='b'/><date key='time:timestamp' value='2026-01-02'/></event></trace></log>";
        Assert.Contains("more than 1 events", Assert.Throws<BadInputException>(() => Read(Bytes(xes), new LogReaderOptions { MaxEvents = 1 })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void More_bytes_than_allowed_are_refused_packed_or_not()
    {
        var large = Csv + string.Concat(Enumerable.Repeat("3,a,2026-01-03\n", 200_000));
        var options = new LogReaderOptions { MaxUnpacked = 1 << 20 };
        foreach (var bytes in (byte[][])[Bytes(large), Packed(large)])
            Assert.Contains("unpacks to more than 1 MiB", Assert.Throws<BadInputException>(() => Read(bytes, options)).Message, StringComparison.Ordinal);
    }
}
