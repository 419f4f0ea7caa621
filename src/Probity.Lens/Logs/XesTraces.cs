using System.Globalization;
using System.Text;
using System.Xml;

namespace Probity.Lens.Logs;

/// <summary>What kind of value an attribute of XES has.</summary>
public enum XesKind
{
    /// <summary>Text.</summary>
    Text,

    /// <summary>A number with decimals, a point before them.</summary>
    Number,

    /// <summary>A time in ISO 8601.</summary>
    Time,
}

/// <summary>An attribute of a trace or an event.</summary>
public sealed record XesValue(string Key, string Value, XesKind Kind = XesKind.Text);

/// <summary>Writes XES trace by trace, so that memory does not grow with the log; disposing ends it, and the stream stays open.</summary>
public sealed class XesTraces : IDisposable
{
    const string Namespace = "http://www.xes-standard.org/";

    readonly XmlWriter _xml;

    /// <summary>Begins a log.</summary>
    public XesTraces(Stream stream)
    {
        _xml = XmlWriter.Create(stream, new XmlWriterSettings { Indent = true, Encoding = new UTF8Encoding(false), CheckCharacters = true, NewLineChars = "\n" });
        _xml.WriteStartElement("log", Namespace);
        _xml.WriteAttributeString("xes.version", "1849.2016");
        _xml.WriteAttributeString("xes.features", "");
        Extension("Concept", "concept");
        Extension("Time", "time");
        Extension("Organizational", "org");
        Globals("trace", ("string", "concept:name", ""));
        Globals("event", ("string", "concept:name", ""), ("date", "time:timestamp", "1970-01-01T00:00:00Z"));
        _xml.WriteStartElement("classifier");
        _xml.WriteAttributeString("name", "Activity");
        _xml.WriteAttributeString("keys", "concept:name");
        _xml.WriteEndElement();
    }

    /// <summary>Adds one case of a log.</summary>
    public void Add(EventLog log, int number)
    {
        Begin(log.Cases[number]);
        var activities = log.ActivitiesOf(number);
        var resources = log.ResourcesOf(number);
        var times = log.TimesOf(number);
        for (var e = 0; e < activities.Length; e++)
            Event(log.Activities[activities[e]], resources[e] == EventLog.NoResource ? null : log.Resources[resources[e]], times[e]);
        End();
    }

    /// <summary>Begins a trace.</summary>
    public void Begin(string name, params IEnumerable<XesValue> values)
    {
        _xml.WriteStartElement("trace");
        Attribute("string", "concept:name", name);
        foreach (var value in values) Attribute(value);
    }

    /// <summary>Adds an event to the trace; <paramref name="time"/> is in microseconds since 1970-01-01 UTC.</summary>
    public void Event(string activity, string? resource, long time, params IEnumerable<XesValue> values)
    {
        _xml.WriteStartElement("event");
        Attribute("string", "concept:name", activity);
        if (resource is not null) Attribute("string", "org:resource", resource);
        Attribute("date", "time:timestamp", DateTime.UnixEpoch.AddTicks(time * TimeSpan.TicksPerMicrosecond).ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'", CultureInfo.InvariantCulture));
        foreach (var value in values) Attribute(value);
        _xml.WriteEndElement();
    }

    /// <summary>Ends the trace.</summary>
    public void End() => _xml.WriteEndElement();

    /// <summary>Ends the log.</summary>
    public void Dispose()
    {
        _xml.WriteEndDocument();
        _xml.Dispose();
    }

    void Extension(string name, string prefix)
    {
        _xml.WriteStartElement("extension");
        _xml.WriteAttributeString("name", name);
        _xml.WriteAttributeString("prefix", prefix);
        _xml.WriteAttributeString("uri", $"{Namespace}{prefix}.xesext");
        _xml.WriteEndElement();
    }

    void Globals(string scope, params (string Type, string Key, string Value)[] attributes)
    {
        _xml.WriteStartElement("global");
        _xml.WriteAttributeString("scope", scope);
        foreach (var (type, key, value) in attributes) Attribute(type, key, value);
        _xml.WriteEndElement();
    }

    void Attribute(XesValue value) => Attribute(value.Kind switch { XesKind.Number => "float", XesKind.Time => "date", _ => "string" }, value.Key, value.Value);

    void Attribute(string type, string key, string value)
    {
        _xml.WriteStartElement(type);
        _xml.WriteAttributeString("key", key);
        _xml.WriteAttributeString("value", Legal(value));
        _xml.WriteEndElement();
    }

    static string Legal(string text)
    {
        var legal = true;
        for (var i = 0; i < text.Length && legal; i++)
        {
            if (XmlConvert.IsXmlChar(text[i])) continue;
            legal = i + 1 < text.Length && XmlConvert.IsXmlSurrogatePair(text[i + 1], text[i]);
            i++;
        }

        if (legal) return text;
        var built = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
            built.Append(rune.IsBmp && !XmlConvert.IsXmlChar((char)rune.Value) ? "\uFFFD" : rune.ToString());
        return built.ToString();
    }
}
