using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml;
using Probity.Lens.Logs;

namespace Probity.Lens.Tests.Logs;

/// <summary>Writes a log to a file of its own, reads it through the public entry point, and takes the file away.</summary>
internal static partial class LogFiles
{
    public static EventLog Read(string text, LogReaderOptions? options = null) => Read(Encoding.UTF8.GetBytes(text), options);

    public static EventLog Read(byte[] bytes, LogReaderOptions? options = null)
    {
        var path = Path.Combine(Path.GetTempPath(), "probity-" + Path.GetRandomFileName());
        try
        {
            File.WriteAllBytes(path, bytes);
            return LogReader.Read(path, options, cancel: TestContext.Current.CancellationToken);
        }
        finally
        {
            File.Delete(path);
        }
    }

    /// <summary>The message of the refusal, which must be one line.</summary>
    public static string Refusal(byte[] bytes, LogReaderOptions? options = null)
    {
        var message = Assert.Throws<BadInputException>(() => Read(bytes, options)).Message;
        Assert.DoesNotContain('\n', message);
        return message;
    }

    public static string Refusal(string text, LogReaderOptions? options = null) => Refusal(Encoding.UTF8.GetBytes(text), options);

    /// <summary>
    /// Reads the bytes with the framework's parser, as text: it knows fewer names of UTF-8 than we read, "UTF8" among them. It
    /// refuses version 1.1 and its like, which the fifth edition of XML 1.0 (2.8) has read as 1.0: it is shown 1.0.
    /// </summary>
    /// <exception cref="XmlException">They are not well-formed.</exception>
    public static void ParseAsFramework(byte[] bytes)
    {
        using var text = new StreamReader(new MemoryStream(bytes), new UTF8Encoding(encoderShouldEmitUTF8Identifier: true, throwOnInvalidBytes: true), detectEncodingFromByteOrderMarks: false);
        using var asFirst = new StringReader(LaterVersion().Replace(text.ReadToEnd(), "${before}1.0", 1));
        using var xml = XmlReader.Create(asFirst, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit });
        while (xml.Read()) { }
    }

    public static byte[] Gzip(byte[] bytes)
    {
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest)) gzip.Write(bytes);
        return packed.ToArray();
    }

    public static byte[] Xes(EventLog log)
    {
        var stream = new MemoryStream();
        XesWriter.Write(log, stream);
        return stream.ToArray();
    }

    /// <summary>Everything a log holds, a line an event, so that two logs can be compared and a difference read.</summary>
    public static string Dump(EventLog log)
    {
        var dump = new StringBuilder();
        for (var c = 0; c < log.Cases.Count; c++)
        {
            dump.Append("case ").Append(log.Cases[c]).Append('\n');
            for (var e = 0; e < log.ActivitiesOf(c).Length; e++)
            {
                var resource = log.ResourcesOf(c)[e];
                dump.Append(log.Activities[log.ActivitiesOf(c)[e]]).Append('|')
                    .Append(resource == EventLog.NoResource ? "" : log.Resources[resource]).Append('|')
                    .Append(log.TimesOf(c)[e]).Append('\n');
            }
        }

        return dump.ToString();
    }

    /// <summary>A XES log of one trace named "1", around what stands in it.</summary>
    public static string Trace(string inside) => $"<log><trace><string key=\"concept:name\" value=\"1\"/>{inside}</trace></log>";

    /// <summary>A XES event, with more attributes if wanted.</summary>
    public static string Event(string activity, string more = "") =>
        $"<event><string key='concept:name' value='{activity}'/><date key='time:timestamp' value='2020-01-01T00:00:00Z'/>{more}</event>";

    [GeneratedRegex("""\A(?<before>\uFEFF?<\?xml\s+version\s*=\s*["'])1\.[0-9]+""")]
    private static partial Regex LaterVersion();
}
