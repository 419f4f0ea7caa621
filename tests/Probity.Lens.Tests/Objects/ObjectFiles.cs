using System.Globalization;
using System.Text;
using Probity.Lens.Logs;
using Probity.Lens.Objects;

namespace Probity.Lens.Tests.Objects;

/// <summary>Writes a log to a file of its own, reads it through the public entry point, and takes the file away.</summary>
internal static class ObjectFiles
{
    public static ObjectLog Read(string text) => Read(Encoding.UTF8.GetBytes(text));

    public static ObjectLog Read(byte[] bytes) => With(path =>
    {
        File.WriteAllBytes(path, bytes);
        return LogReader.ReadObjects(path, cancel: TestContext.Current.CancellationToken);
    });

    public static T With<T>(Func<string, T> use)
    {
        var path = Path.Combine(Path.GetTempPath(), "probity-" + Path.GetRandomFileName());
        try
        {
            return use(path);
        }
        finally
        {
            foreach (var file in (string[])[path, path + "-wal", path + "-shm", path + "-journal"]) File.Delete(file);
        }
    }

    /// <summary>The bytes of the log as a database.</summary>
    public static byte[] Sqlite(Ocel log, string setup = "") => With(path =>
    {
        log.Sqlite(path, setup);
        return File.ReadAllBytes(path);
    });

    /// <summary>The message of the refusal without the file's name; it must be one line.</summary>
    public static string Refusal(byte[] bytes)
    {
        var message = Assert.Throws<BadInputException>(() => Read(bytes)).Message;
        Assert.DoesNotContain('\n', message);
        return message[(message.IndexOf(": ", StringComparison.Ordinal) + 2)..];
    }

    public static string Refusal(string text) => Refusal(Encoding.UTF8.GetBytes(text));

    /// <summary>Everything that a log holds, so that two logs can be compared and a difference read.</summary>
    public static string Dump(ObjectLog log)
    {
        var dump = new StringBuilder();
        foreach (var (what, types) in (IEnumerable<(string, IReadOnlyList<ObjectLogType>)>)[("event type", log.EventTypes), ("object type", log.ObjectTypes)])
            foreach (var type in types) dump.AppendLine(CultureInfo.InvariantCulture, $"{what} {type.Name}: {string.Join(", ", type.Attributes.Select(a => $"{a.Name} {a.Type}"))}");
        for (var e = 0; e < log.Events.Count; e++)
        {
            dump.AppendLine(CultureInfo.InvariantCulture, $"event {log.Events[e]} {log.EventTypes[log.EventType[e]].Name} {log.EventTime[e]}: {Names(log, log.Relations, e)}");
            Values(log.EventValues, e, log.EventTypes[log.EventType[e]]);
        }

        for (var o = 0; o < log.Objects.Count; o++)
        {
            dump.AppendLine(CultureInfo.InvariantCulture, $"object {log.Objects[o]} {log.ObjectTypes[log.ObjectType[o]].Name}: {Names(log, log.Links, o)}");
            Values(log.Values, o, log.ObjectTypes[log.ObjectType[o]]);
        }

        dump.AppendJoin(' ', log.ByTime);
        return dump.ToString();

        void Values(ObjectValues values, int row, ObjectLogType type)
        {
            foreach (var (name, _) in type.Attributes)
            {
                if (values.Find(name) is not (>= 0 and var attribute)) continue;
                var (first, end) = values.Of(row, attribute);
                for (var i = first; i < end; i++) dump.AppendLine(CultureInfo.InvariantCulture, $"  {name} {values.TimeAt(i)} {values.Show(i)}");
            }
        }
    }

    static string Names(ObjectLog log, ObjectRelations relations, int row)
    {
        var names = new List<string>();
        for (var i = 0; i < relations.Of(row).Length; i++) names.Add($"{log.Objects[relations.Of(row)[i]]} as '{relations.NameOf(relations.QualifiersOf(row)[i])}'");
        return string.Join(", ", names);
    }
}
