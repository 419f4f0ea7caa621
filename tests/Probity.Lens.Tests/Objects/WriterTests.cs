using System.Globalization;
using CsCheck;
using Microsoft.Data.Sqlite;
using Probity.Lens.Objects;
using Probity.Lens.Objects.Writing;
using static Probity.Lens.Tests.Objects.ObjectFiles;

namespace Probity.Lens.Tests.Objects;

/// <summary>What the writers write is what the reader reads, and what SQLite itself finds sound.</summary>
public class WriterTests
{
    static readonly DateTimeOffset Day = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    static readonly ObjectLogType[] ObjectTypes =
    [
        new("case", [("number", ObjectValueType.Text)]),
        new("exhibit", [("weight", ObjectValueType.Number), ("status", ObjectValueType.Text), ("sealed", ObjectValueType.Truth), ("count", ObjectValueType.Whole), ("since", ObjectValueType.Time)]),
    ];

    static readonly ObjectLogType[] EventTypes = [new("Weigh", [("grams", ObjectValueType.Number), ("note \"x\"", ObjectValueType.Text)]), new("Sent to laboratory", [])];

    static readonly Gen<string> Words = Gen.OneOf(
        Gen.Const("a & b < \"c\" 'd'"), Gen.Const("é ß 漢 😀"), Gen.Const("=1+1"), Gen.String[Gen.Char['a', 'z'], 1, 8], Gen.String[Gen.Char['a', 'z'], 4000, 13000]);

    static readonly Gen<DateTimeOffset> Times = Gen.Long[0, 2_000_000_000_000_000].Select(micros => DateTimeOffset.UnixEpoch.AddTicks(micros * 10));

    static readonly Gen<(WrittenObject[] Objects, WrittenEvent[] Events)> Logs =
        from objects in Gen.Select(Words, Words, Gen.Decimal[0m, 1_000_000m], Times, Gen.Bool).Array[1, 12]
        from events in Gen.Select(Words, Times, Gen.Int[0, 11], Gen.Bool).Array[1, 15]
        select (
            objects.Select((o, i) => new WrittenObject(
                $"o{i}", i % 2 == 0 ? "exhibit" : "case",
                i % 2 == 0
                    ? [new("status", o.Item1, o.Item4), new("weight", decimal.Round(o.Item3, 2).ToString(CultureInfo.InvariantCulture), o.Item4), new("sealed", o.Item5 ? "true" : "false", o.Item4), new("count", i.ToString(CultureInfo.InvariantCulture), o.Item4)]
                    : [new("number", o.Item2, o.Item4)],
                i > 0 ? [new("o0", "part of")] : [])).ToArray(),
            events.Select((e, i) => new WrittenEvent(
                $"e{i}", e.Item4 ? "Weigh" : "Sent to laboratory", e.Item2, e.Item4 ? [new("grams", "12.50"), new("note \"x\"", e.Item1)] : [],
                [new($"o{e.Item3 % objects.Length}", "of")])).ToArray());

    [Fact]
    public void What_is_written_is_read_back_whole_from_both_forms() => Logs.Sample(log =>
    {
        var (json, sqlite) = (Json(log.Objects, log.Events), Sqlite(log.Objects, log.Events));
        Assert.Equal(json, Json(log.Objects, log.Events));
        Assert.Equal(sqlite, Sqlite(log.Objects, log.Events));
        var read = Read(json);
        Assert.Equal((log.Objects.Length, log.Events.Length), (read.Objects.Count, read.Events.Count));
        Assert.Equal(Sorted(Dump(read)), Sorted(Dump(Read(sqlite))));
        Assert.Equal("ok", Ask(sqlite, "PRAGMA integrity_check"));
        foreach (var e in log.Events.Where(e => e.Type == "Weigh")) Assert.Contains(e.Values[1].Text, Dump(read), StringComparison.Ordinal);
    }, iter: 12);

    /// <summary>Several levels of pages, and the row whose page is the last of its level.</summary>
    [Theory]
    [InlineData(1), InlineData(300), InlineData(3_288), InlineData(11_000)]
    public void A_large_log_is_sound(int events)
    {
        var objects = new[] { new WrittenObject("o0", "exhibit", [], []) };
        var bytes = Sqlite(objects, [.. Enumerable.Range(0, events).Select(i => new WrittenEvent($"event-{i:000000}-{new string('x', 300)}", "Weigh", Day.AddSeconds(i), [new("grams", "1")], [new("o0", "of")]))]);
        Assert.Equal("ok", Ask(bytes, "PRAGMA integrity_check"));
        Assert.Equal(events.ToString(CultureInfo.InvariantCulture), Ask(bytes, "SELECT count(*) FROM event_object"));
        Assert.Equal($"event-{events - 1:000000}", Ask(bytes, "SELECT substr(ocel_id, 1, 12) FROM event ORDER BY rowid DESC LIMIT 1"));
        Assert.Equal(events, Read(bytes).Events.Count);
    }

    [Fact]
    public void What_no_type_declares_is_refused()
    {
        using var stream = new MemoryStream();
        using var json = new JsonObjectWriter(stream, ObjectTypes, EventTypes);
        Assert.Throws<ArgumentException>(() => json.Add(new WrittenObject("o", "parcel", [], [])));
        json.Add(new WrittenEvent("e", "Weigh", Day, [], []));
        Assert.Throws<InvalidOperationException>(() => json.Add(new WrittenObject("o", "case", [], [])));
        Assert.Throws<ArgumentException>(() => new SqliteObjectWriter(stream, ObjectTypes, EventTypes).Add(new WrittenEvent("e", "Weigh", Day, [new("colour", "red")], [])));
    }

    static byte[] Json(WrittenObject[] objects, WrittenEvent[] events)
    {
        using var stream = new MemoryStream();
        using (var writer = new JsonObjectWriter(stream, ObjectTypes, EventTypes)) Write(writer, objects, events);
        return stream.ToArray();
    }

    static byte[] Sqlite(WrittenObject[] objects, WrittenEvent[] events)
    {
        using var stream = new MemoryStream();
        Write(new SqliteObjectWriter(stream, ObjectTypes, EventTypes), objects, events);
        return stream.ToArray();
    }

    static void Write(IObjectLogWriter writer, WrittenObject[] objects, WrittenEvent[] events)
    {
        foreach (var thing in objects) writer.Add(thing);
        foreach (var happened in events) writer.Add(happened);
        writer.Complete();
    }

    static string Ask(byte[] database, string sql) => With(path =>
    {
        File.WriteAllBytes(path, database);
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return Convert.ToString(command.ExecuteScalar(), CultureInfo.InvariantCulture)!;
    });

    // A database keeps the values of an object in the order of its columns.
    static string Sorted(string dump) => string.Join('\n', dump.Split('\n').Order(StringComparer.Ordinal));
}
