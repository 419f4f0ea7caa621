namespace Probity.Lens.Logs;

/// <summary>Writes a whole event log as XES (IEEE 1849) that any tool reads: one trace a case, UTC times, UTF-8.</summary>
public static class XesWriter
{
    /// <summary>Writes the log; the stream stays open. Characters that XML 1.0 cannot hold become U+FFFD.</summary>
    public static void Write(EventLog log, Stream stream)
    {
        using var xes = new XesTraces(stream);
        for (var number = 0; number < log.Cases.Count; number++) xes.Add(log, number);
    }
}
