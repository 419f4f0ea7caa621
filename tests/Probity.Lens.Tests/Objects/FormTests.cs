using System.Text;
using CsCheck;
using Probity.Lens.Tests.Logs;
using static Probity.Lens.Tests.Objects.ObjectFiles;

namespace Probity.Lens.Tests.Objects;

public class FormTests
{
    static readonly Gen<DateTime> Times = Gen.Long[0, 2_000_000_000_000_000].Select(micros => DateTime.UnixEpoch.AddTicks(micros * 10));
    static readonly Gen<string> Words = Gen.OneOf(Gen.Const(""), Gen.Const("a & b < \"c\" 'd'"), Gen.Const("é ß 漢 😀"), Gen.String[Gen.Char['a', 'z'], 1, 6], Gen.String[Gen.Char['a', 'z'], 3000, 9000]);

    [Fact]
    public void The_three_forms_of_a_log_are_one_log() => Logs().Sample(log =>
    {
        var json = Dump(Read(log.Json()));
        Assert.Equal(json, Dump(Read(log.Xml())));
        Assert.Equal(json, Dump(Read(Sqlite(log))));
    }, iter: 60);

    [Theory]
    [InlineData("PRAGMA page_size = 512")]
    [InlineData("PRAGMA page_size = 65536")]
    [InlineData("PRAGMA encoding = 'UTF-16le'")]
    [InlineData("PRAGMA encoding = 'UTF-16be'; PRAGMA page_size = 1024; PRAGMA auto_vacuum = FULL")]
    public void A_database_of_any_layout(string setup)
    {
        var log = Large();
        Assert.Equal(Dump(Read(log.Json())), Dump(Read(Sqlite(log, setup))));
    }

    [Fact]
    public void Packed_forms_are_unpacked()
    {
        var log = Large();
        var plain = Dump(Read(log.Json()));
        Assert.Equal(plain, Dump(Read(LogFiles.Gzip(Encoding.UTF8.GetBytes(log.Json())))));
        Assert.Equal(plain, Dump(Read(LogFiles.Gzip(Encoding.UTF8.GetBytes(log.Xml())))));
    }

    [Fact]
    public void The_parts_of_a_document_may_stand_in_any_order()
    {
        const string types = """{"eventTypes":[{"name":"a","attributes":[{"name":"n","type":"integer"}]}],"objectTypes":[{"name":"x","attributes":[]}]""";
        const string objects = """{"relationships":[{"qualifier":"q","objectId":"o2"}],"attributes":[{"value":"5","name":"w"}],"type":"x","id":"o1"},{"id":"o2","type":"x"}""";
        const string events = """{"attributes":[{"value":"7","name":"n"}],"relationships":[{"objectId":"o1"}],"time":"2024-01-01T00:00:00Z","type":"a","id":"e1"}""";
        var first = Read($$"""{{types}},"objects":[{{objects}}],"events":[{{events}}]}""");
        var last = Read($$"""{"events":[{{events}}],"objects":[{{objects}}],"other":{"x":[1,{"y":null}]},{{types[1..]}}}""");
        Assert.Equal(Dump(first), Dump(last));
        Assert.Contains("  n 0 7", Dump(first), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2023-04-03T10:08:18", 1680516498)]
    [InlineData("2023-04-03 10:08:18 UTC", 1680516498)]
    [InlineData("2023-04-03T12:08:18+02:00", 1680516498)]
    [InlineData("Mon Apr 03 2023 12:08:18 GMT+0200 (Mitteleuropäische Sommerzeit)", 1680516498)]
    [InlineData("Mon Apr 03 2023 10:08:18 GMT+0000", 1680516498)]
    public void Times_as_real_logs_write_them(string time, long seconds)
    {
        var log = Read($$"""{"eventTypes":[{"name":"a"}],"objectTypes":[],"objects":[],"events":[{"id":"1","type":"a","time":"{{time}}"}]}""");
        Assert.Equal(seconds * 1_000_000, log.EventTime[0]);
    }

    [Fact]
    public void A_value_is_what_its_type_says_and_nothing_where_there_is_none()
    {
        var log = Read("""
            {"objectTypes":[],"objects":[],"eventTypes":[{"name":"a","attributes":[{"name":"i","type":"integer"},{"name":"f","type":"float"},{"name":"b","type":"boolean"},{"name":"t","type":"time"},{"name":"s","type":"string"}]}],
            "events":[{"id":"1","type":"a","time":"2024-01-01","attributes":[{"name":"i","value":"12"},{"name":"f","value":"0.5"},{"name":"b","value":1},{"name":"t","value":"1970-01-01T00:00:01Z"},{"name":"s","value":500}]},
            {"id":"2","type":"a","time":"2024-01-01","attributes":[{"name":"i","value":""},{"name":"f","value":"null"},{"name":"b","value":null},{"name":"t","value":"NaT"},{"name":"s","value":""}]}]}
            """);
        Assert.Equal(["12", "0.5", "true", "1970-01-01T00:00:01Z", "500"], Shown(0));
        Assert.Equal([null, null, null, null, ""], Shown(1));

        string?[] Shown(int e) => [.. ((string[])["i", "f", "b", "t", "s"]).Select(name => log.EventValues.Of(e, log.EventValues.Find(name)) is var (first, end) && first < end ? log.EventValues.Show(first) : null)];
    }

    [Fact]
    public void Xes_stays_xes()
    {
        Assert.Equal(1, LogFiles.Read(LogFiles.Trace(LogFiles.Event("a"))).EventCount);
        var message = Assert.Throws<BadInputException>(() => Read(LogFiles.Trace(LogFiles.Event("a")))).Message;
        Assert.Contains("a log of cases", message, StringComparison.Ordinal);
        Assert.Contains("choose the objects that are the cases: exhibit", LogFiles.Refusal(Large().Json()), StringComparison.Ordinal);
        Assert.Contains("<log> is OCEL", "<log> is OCEL: " + Dump(Read("<?xml version='1.0'?><!-- <x> --><log version='>'><!-- y -->" + Large().Xml().Split("<log>")[1])), StringComparison.Ordinal);
    }

    [Fact]
    public void An_older_form_of_xml_is_named() => Assert.Contains("byte 35: <events> where a log of cases has <trace>; if this is OCEL 1.0, export it as OCEL 2.0",
        LogFiles.Refusal("<log><global scope='log'></global> <events><event/></events></log>"), StringComparison.Ordinal);

    /// <summary>So many rows that the trees of a database have several levels, with texts that go over many pages.</summary>
    static Ocel Large()
    {
        var log = new Ocel();
        log.EventTypes.Add(("weigh", [("note", "string"), ("grams", "float"), ("n", "integer")]));
        log.ObjectTypes.Add(("exhibit", [("weight", "float"), ("sealed", "boolean")]));
        for (var i = 0; i < 3_000; i++)
        {
            var time = DateTime.UnixEpoch.AddMinutes(i * 7 % 1000);
            var thing = log.Put($"exhibit {i % 7}-{i}", "exhibit", i > 0 ? [($"exhibit {(i - 1) % 7}-{i - 1}", "after")] : []);
            thing.Values.Add(("weight", time, 100.25 - i));
            thing.Values.Add(("weight", time.AddDays(1), (double)i));
            thing.Values.Add(("sealed", time, i % 2 == 0));
            log.Add($"e{i}", "weigh", time, (thing.Id, "weighed"), (log.Things[i / 2].Id, ""));
            log.Events[^1].Values.Add(("note", new string((char)('a' + (i % 26)), i % 50 == 0 ? i * 9 : i % 9)));
            log.Events[^1].Values.Add(("grams", i / 3.0));
            log.Events[^1].Values.Add(("n", (long)i * i * i * 1000 * (i % 2 == 0 ? 1 : -1)));
        }

        return log;
    }

    static Gen<Ocel> Logs() =>
        from events in Gen.Select(Times, Gen.Int[0, 2], Gen.Int[0, 3].Array[0, 4], Words, Gen.Long, Gen.Double[-1e9, 1e9], Gen.Bool).Array[1, 8]
        from things in Gen.Select(Times.Array[1, 3], Gen.Int[0, 1], Words, Gen.Double[0, 1e6]).Array[4, 6]
        select Make(events, things);

    static Ocel Make((DateTime, int, int[], string, long, double, bool)[] events, (DateTime[], int, string, double)[] things)
    {
        var log = new Ocel();
        foreach (var type in (string[])["to seize", "weigh", "store"]) log.EventTypes.Add((type, [("a text", "string"), ("whole", "integer"), ("number", "float"), ("truth", "boolean"), ("when", "time")]));
        foreach (var type in (string[])["exhibit", "officer"]) log.ObjectTypes.Add((type, [("weight", "float"), ("name", "string")]));
        foreach (var (times, type, name, weight) in things)
        {
            var thing = log.Put($"o{log.Things.Count} <&>", type == 0 ? "exhibit" : "officer");
            foreach (var time in times.Distinct().Order()) thing.Values.Add(("weight", time, weight / times.Length));
            thing.Values.Add(("name", times[0], name));
            if (log.Things.Count > 1) thing.Names.Add((log.Things[0].Id, name));
        }

        foreach (var (time, type, names, text, whole, number, truth) in events)
        {
            log.Add($"e{log.Events.Count}", log.EventTypes[type].Name, time, [.. names.Distinct().Select(n => (log.Things[n].Id, text))]);
            log.Events[^1].Values.AddRange([("a text", text), ("whole", whole >> 12), ("number", number), ("truth", truth), ("when", time)]);
        }

        return log;
    }
}
