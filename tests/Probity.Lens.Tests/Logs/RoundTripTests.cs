using System.Globalization;
using System.Text;
using CsCheck;
using Probity.Lens.Logs;
using static Probity.Lens.Tests.Logs.LogFiles;

namespace Probity.Lens.Tests.Logs;

/// <summary>Any log, written and read back, is the same.</summary>
public class RoundTripTests
{
    const string Letters = "abcABC<&>\"' \t\n\r,;é€漢";

    static readonly Gen<string> Name = Gen.String[Gen.Int[0, Letters.Length - 1].Select(i => Letters[i]), 1, 8];

    // Blanks around a field of a table are no part of it.
    static readonly Gen<string> Field = Name.Select(name => name.Trim()).Where(name => name.Length > 0);

    static readonly Gen<(string Activity, string? Resource, long Time)> Event = EventOf(Name), Row = EventOf(Field);

    static Gen<(string Activity, string? Resource, long Time)> EventOf(Gen<string> name) => Gen.Select(
        name, name, Gen.Bool, Gen.Long[-62_135_596_800_000_000, 253_402_300_799_999_999],
        (activity, resource, named, time) => (activity, named ? resource : null, time));

    static readonly Gen<EventLog> Log = Gen.Select(Name, Event.Array[0, 6]).Array[1, 8]
        .Where(cases => cases.Any(c => c.Item2.Length > 0))
        .Select(cases =>
        {
            var log = new EventLogBuilder();
            foreach (var (name, events) in cases)
            {
                var number = log.AddCase(name);
                foreach (var e in events) log.Add(number, e.Activity, e.Resource, e.Time);
            }

            return log.Build();
        });

    [Fact]
    public void Through_xes_packed_or_not() => Log.Sample(
        log =>
        {
            var xes = Xes(log);
            Assert.Equal(Dump(log), Dump(Read(xes)));
            Assert.Equal(Dump(log), Dump(Read(Gzip(xes))));
        },
        iter: 200);

    [Fact]
    public void Through_csv_whose_lines_are_shuffled() => Gen.Select(Row.Array[1, 20], Gen.Int[0, 1000]).Sample(
        (events, seed) =>
        {
            // Times that differ, so that one order is right; two cases that lie through each other.
            var rows = events.DistinctBy(e => e.Time).Select((e, i) => (Case: i % 2 == 0 ? "x, 1" : "y", Event: e)).ToArray();
            var expected = rows.OrderBy(r => r.Event.Time).ToArray();
            new Random(seed).Shuffle(rows);
            var csv = new StringBuilder("time,case,resource,activity\r\n");
            foreach (var (name, e) in rows)
                csv.Append(Time(e.Time)).Append(',').Append(Quote(name)).Append(',').Append(Quote(e.Resource ?? "")).Append(',').Append(Quote(e.Activity)).Append("\r\n");

            var log = Read(csv.ToString());

            var read = log.Cases.SelectMany((name, c) => Enumerable.Range(0, log.ActivitiesOf(c).Length).Select(i => (
                name,
                (log.Activities[log.ActivitiesOf(c)[i]],
                log.ResourcesOf(c)[i] == EventLog.NoResource ? null : log.Resources[log.ResourcesOf(c)[i]],
                log.TimesOf(c)[i]))));
            foreach (var name in log.Cases)
                Assert.Equal(expected.Where(r => r.Case == name).Select(r => r.Event), read.Where(r => r.name == name).Select(r => r.Item2));
            Assert.Equal(rows.Length, log.EventCount);
        },
        iter: 200);

    [Fact]
    public void What_xml_cannot_hold_is_replaced_when_written()
    {
        var log = EventLog.FromTraces([("c", ["a\0b\uFFFE", "\uD83D\uDE00"])]);
        Assert.Equal(["a\uFFFDb\uFFFD", "\uD83D\uDE00"], Read(Xes(log)).Activities);
    }

    static string Time(long micros) =>
        DateTime.UnixEpoch.AddTicks(micros * 10).ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);

    static string Quote(string field) => "\"" + field.Replace("\"", "\"\"") + "\"";
}
