using System.Globalization;
using System.Text;
using System.Xml;

namespace Probity.Lens.Logs;

/// <summary>Writes an event log as XES (IEEE 1849) that any tool reads: one trace a case, UTC times, UTF-8.</summary>
public static class XesWriter
{
    const string Namespace = "http://www.xes-standard.org/";

    /// <summary>Writes the log; the stream stays open. Characters that XML 1.0 cannot hold become U+FFFD.</summary>
    public static void Write(EventLog log, Stream stream)
    {
        var settings = new XmlWriterSettings { Indent = true, Encoding = new UTF8Encoding(false), CheckCharacters = true };
        using var xml = XmlWriter.Create(stream, settings);
        xml.WriteStartElement("log", Namespace);
        xml.WriteAttributeString("xes.version", "1849.2016");
        xml.WriteAttributeString("xes.features", "");
        Extension(xml, "Concept", "concept");
        Extension(xml, "Time", "time");
        Extension(xml, "Organizational", "org");
        Globals(xml, "trace", ("string", "concept:name", ""));
        Globals(xml, "event", ("string", "concept:name", ""), ("date", "time:timestamp", "1970-01-01T00:00:00Z"));
        xml.WriteStartElement("classifier");
        xml.WriteAttributeString("name", "Activity");
        xml.WriteAttributeString("keys", "concept:name");
        xml.WriteEndElement();
        for (var c = 0; c < log.Cases.Count; c++) Trace(xml, log, c);
        xml.WriteEndElement();
    }

    static void Trace(XmlWriter xml, EventLog log, int number)
    {
        xml.WriteStartElement("trace");
        Attribute(xml, "string", "concept:name", log.Cases[number]);
        var activities = log.ActivitiesOf(number);
        var resources = log.ResourcesOf(number);
        var times = log.TimesOf(number);
        for (var e = 0; e < activities.Length; e++)
        {
            xml.WriteStartElement("event");
            Attribute(xml, "string", "concept:name", log.Activities[activities[e]]);
            if (resources[e] != EventLog.NoResource) Attribute(xml, "string", "org:resource", log.Resources[resources[e]]);
            var time = DateTime.UnixEpoch.AddTicks(times[e] * TimeSpan.TicksPerMicrosecond);
            Attribute(xml, "date", "time:timestamp", time.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'", CultureInfo.InvariantCulture));
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    static void Extension(XmlWriter xml, string name, string prefix)
    {
        xml.WriteStartElement("extension");
        xml.WriteAttributeString("name", name);
        xml.WriteAttributeString("prefix", prefix);
        xml.WriteAttributeString("uri", $"{Namespace}{prefix}.xesext");
        xml.WriteEndElement();
    }

    static void Globals(XmlWriter xml, string scope, params (string Type, string Key, string Value)[] attributes)
    {
        xml.WriteStartElement("global");
        xml.WriteAttributeString("scope", scope);
        foreach (var (type, key, value) in attributes) Attribute(xml, type, key, value);
        xml.WriteEndElement();
    }

    static void Attribute(XmlWriter xml, string type, string key, string value)
    {
        xml.WriteStartElement(type);
        xml.WriteAttributeString("key", key);
        xml.WriteAttributeString("value", Legal(value));
        xml.WriteEndElement();
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
