using System.Globalization;
using System.Xml;

namespace Probity.Lens.Tests.Logs;

/// <summary>
/// The shortest reader of XES there can be, on the framework's own XML parser: slow, and an independent oracle.
/// </summary>
internal static class PlainXesReader
{
    public sealed record Event(string Activity, string? Resource, DateTimeOffset Time);

    public sealed record Trace(string? Name, IReadOnlyList<Event> Events);

    public static IReadOnlyList<Trace> Read(Stream stream)
    {
        var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, IgnoreWhitespace = true };
        using var xml = XmlReader.Create(stream, settings);
        var traces = new List<Trace>();
        var trace = new Dictionary<string, string>();
        var current = new Dictionary<string, string>();
        var events = new List<Event>();
        while (xml.Read())
        {
            var element = xml.NodeType == XmlNodeType.Element;
            var closed = xml.NodeType == XmlNodeType.EndElement || (element && xml.IsEmptyElement);
            switch (xml.Depth, xml.LocalName)
            {
                case (1, "trace"):
                    if (element) (trace, events) = ([], []);
                    if (closed) traces.Add(new Trace(trace.GetValueOrDefault("concept:name"), events));
                    break;
                case (2, "event"):
                    if (element) current = [];
                    if (closed) events.Add(ToEvent(current));
                    break;
                case (2, _) when element: Keep(xml, trace); break;
                case (3, _) when element: Keep(xml, current); break;
            }
        }

        return traces;
    }

    /// <summary>The same form as <see cref="LogFiles.Dump"/> gives.</summary>
    public static string Dump(IReadOnlyList<Trace> traces) => string.Concat(traces.Select((t, i) =>
        $"case {t.Name ?? (i + 1).ToString(CultureInfo.InvariantCulture)}\n" + string.Concat(t.Events.Select(e =>
            $"{e.Activity}|{e.Resource}|{(e.Time.UtcTicks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond}\n"))));

    static void Keep(XmlReader xml, Dictionary<string, string> values)
    {
        if (xml.GetAttribute("key") is { } key && xml.GetAttribute("value") is { } value) values[key] = value;
    }

    static Event ToEvent(Dictionary<string, string> values) => new(
        values["concept:name"],
        values.GetValueOrDefault("org:resource"),
        DateTimeOffset.Parse(values["time:timestamp"], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal));
}
