using System.Globalization;
using System.Text;
using System.Text.Json;
using Probity.Cases.Contract;
using Probity.Exhibits.Contract;
using Probity.Exports;
using Probity.Exports.Contract;
using Probity.Exports.Formats;
using Probity.Ledger;
using Probity.Lens.Logs;
using Probity.Lens.Objects;
using Probity.Shared.Record;
using static Probity.Tests.Exhibits.ExhibitHouse;

namespace Probity.Tests.Exports;

/// <summary>What leaves the house is read back by the lens, and says what the record says: of people who did whatever came to their mind.</summary>
public sealed class RoundTripTests
{
    [Theory]
    [InlineData(1), InlineData(2), InlineData(3)]
    public async Task Every_act_comes_back_from_every_form(int seed)
    {
        await using var house = await CopyHouse.CreateAsync(new Party(PartyRole.Subject, "Quilombo Quissama", null));
        var exhibit = await house.LiveAsync(seed, 25);
        var copied = await house.CopiedAsync();
        var record = await RecordAsync(house, exhibit);
        foreach (var format in (ExportFormat[])[ExportFormat.OcelJson, ExportFormat.OcelSqlite])
        {
            var log = Objects(await CopyHouse.BytesAsync(copied, format, null));
            var flat = log.Flatten(new ObjectView { ObjectType = "exhibit", PersonType = "officer" });
            Assert.Equal(copied.Exhibits.Exhibits.Select(e => e.Number).Order(StringComparer.Ordinal), flat.Cases.Order(StringComparer.Ordinal));
            Assert.Equal(record, Traces(flat));
        }

        var xes = Read(await CopyHouse.BytesAsync(copied, ExportFormat.XesExhibits, null), ".xes");
        // In a file of exhibits a sample is named by what was done with it alone.
        Assert.Equal(record.Where(r => !r.Contains("|sample|", StringComparison.Ordinal)), Traces(xes));
        Assert.Equal(Traces(copied.Steps), Traces(Read(await CopyHouse.BytesAsync(copied, ExportFormat.XesCases, null), ".xes")));
    }

    [Fact]
    public async Task Figures_keep_their_digits_and_the_same_entries_give_the_same_bytes()
    {
        await using var house = await CopyHouse.CreateAsync();
        await house.LiveAsync(4, 25);
        var before = house.House.Cases.Log.Size;
        foreach (var format in Enum.GetValues<ExportFormat>())
        {
            var first = await house.BytesAsync(format, names: true);
            Assert.Equal(first, await house.BytesAsync(format, names: true));
        }

        var old = await house.BytesAsync(ExportFormat.OcelJson);
        var weighings = (await house.CopiedAsync()).Exhibits.Exhibits.SelectMany(e => e.Events).Where(e => e.Event is ExhibitWeighed).Select(e => ((ExhibitWeighed)e.Event!).Mass.ToString()).Order().ToList();
        using (var json = JsonDocument.Parse(old))
        {
            var grams = json.RootElement.GetProperty("events").EnumerateArray().Where(e => e.GetProperty("type").GetString() == "Weigh")
                .Select(e => e.GetProperty("attributes").EnumerateArray().First(a => a.GetProperty("name").GetString() == "grams").GetProperty("value").GetRawText()).Order().ToList();
            Assert.NotEmpty(grams);
            Assert.Equal(weighings, grams);
        }

        // What came since is not in a copy as the record stood before.
        await house.LiveAsync(5, 3);
        var again = (await house.Copies.ReadAsync(house.House.Case, before, Cancel))!;
        Assert.Equal(old, await CopyHouse.BytesAsync(again, ExportFormat.OcelJson, null));
        Assert.NotEqual(old, await house.BytesAsync(ExportFormat.OcelJson));
    }

    [Fact]
    public async Task Without_names_nothing_that_people_wrote_leaves()
    {
        await using var house = await CopyHouse.CreateAsync(new Party(PartyRole.Subject, "Quilombo Quissama", null));
        await house.LiveAsync(6, 30);
        string[] written = ["Quilombo", "White powder in the lining", "Label was torn", "ST/NAR/38", "REQ-1", "double floor", "S-1"];
        foreach (var format in Enum.GetValues<ExportFormat>())
        {
            var text = Encoding.UTF8.GetString(Plain(await house.BytesAsync(format)));
            Assert.All(written, w => Assert.DoesNotContain(w, text, StringComparison.Ordinal));
        }

        foreach (var format in (ExportFormat[])[ExportFormat.OcelJson, ExportFormat.OcelSqlite, ExportFormat.CaseJsonLd])
        {
            var text = Encoding.UTF8.GetString(await house.BytesAsync(format, names: true));
            Assert.All(written[..2], w => Assert.Contains(w, text, StringComparison.Ordinal));
            if (format != ExportFormat.CaseJsonLd) Assert.Contains("S-1", text, StringComparison.Ordinal);
        }
    }

    // However many cases there are, no more of the file is held than one of them.
    [Theory]
    [InlineData("OcelJson"), InlineData("XesCases"), InlineData("XesExhibits"), InlineData("IdsCsv"), InlineData("IdsXlsx")]
    public async Task A_copy_of_many_goes_out_in_pieces(string format)
    {
        await using var house = await CopyHouse.CreateAsync();
        await house.LiveAsync(1, 15);
        var copied = await house.CopiedAsync();
        var target = new PieceStream();
        await using var sink = new CopySink(target);
        await CopyWriting.WriteAsync(new CopyOrder(() => Enumerable.Repeat(copied, 400).ToAsyncEnumerable(), Enum.Parse<ExportFormat>(format), null), sink, Cancel);
        Assert.Equal(sink.Count, target.All);
        Assert.InRange(target.Largest, 1, 200_000);
        Assert.True(target.Pieces > (format == "IdsXlsx" ? 1 : 20), $"{target.Pieces} pieces of {target.All} bytes");
    }

    [Fact]
    public async Task What_an_exhibit_was_over_time_is_in_its_values()
    {
        await using var house = await CopyHouse.CreateAsync();
        var exhibit = await house.House.SeizeAsync();
        var keeper = new Probity.Exhibits.SecondPerson(CopyHouse.Keeper, null, null);
        foreach (var (package, grams) in new[] { (1, 1_000.50m), (2, 2_000m), (1, 1_000.40m) })
        {
            house.House.Cases.Time.Now += TimeSpan.FromMinutes(5);
            Done(await house.House.WeighAsync(exhibit, house.House.Handler, grams, keeper, package));
        }

        var transfer = Guid.CreateVersion7();
        Done(await house.House.GiveAsync(house.House.Handler, Release(exhibit, CopyHouse.Keeper, transfer: transfer)));
        house.House.Cases.Time.Now += TimeSpan.FromMinutes(5);
        Done(await house.House.TakeAsync(CopyHouse.Keeper, house.House.Receipt(exhibit, house.House.Handler, transfer: transfer)));
        using var json = JsonDocument.Parse(await house.BytesAsync(ExportFormat.OcelJson));
        var values = json.RootElement.GetProperty("objects").EnumerateArray().Single(o => o.GetProperty("type").GetString() == "exhibit").GetProperty("attributes").EnumerateArray()
            .Select(a => (a.GetProperty("name").GetString(), a.GetProperty("value").ToString())).ToList();
        // Both packages had to be weighed before there was a weight of all.
        Assert.Equal(["3000.50", "3000.40"], values.Where(v => v.Item1 == "weight").Select(v => v.Item2));
        Assert.Equal(["held", "inTransit", "held"], values.Where(v => v.Item1 == "status").Select(v => v.Item2));
    }

    // Activity, who and when of each entry of each exhibit, as the record itself has it; the drawing of a sample is told of both.
    static async Task<IReadOnlyList<string>> RecordAsync(CopyHouse house, Guid exhibit)
    {
        var log = house.House.Cases.Log;
        var traces = new List<string>();
        var open = new Queue<Guid>([exhibit]);
        while (open.TryDequeue(out var id))
        {
            var entries = (await log.ReadStreamAsync(new StreamId(id), 0, Cancel)).Select(EventTypes.Read).ToList();
            var number = entries[0].Event is ExhibitSeized seized ? seized.Number : ((ExhibitSampled)entries[0].Event!).Number;
            traces.AddRange(entries.Select(e => Line(number, Names[e.Type], e)));
            foreach (var drawn in entries.Where(e => e.Event is SampleDrawn))
            {
                var of = (SampleDrawn)drawn.Event!;
                open.Enqueue(of.Sample);
                traces.Add(Line(of.Number, "Draw sample|sample", drawn));
            }
        }

        return [.. traces.Order(StringComparer.Ordinal)];
    }

    static string Line(string number, string activity, Recorded e) => $"{number}|{activity}|{e.Actor.Value:D}|{(e.When.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / 10}";

    static readonly Dictionary<string, string> Names = new()
    {
        ["exhibits.seized.v1"] = "Seize", ["exhibits.sampled.v1"] = "Taken as sample", ["exhibits.weighed.v1"] = "Weigh", ["exhibits.resealed.v1"] = "Reseal", ["exhibits.handed-over.v1"] = "Hand over",
        ["exhibits.received.v1"] = "Receive", ["exhibits.photo-kept.v1"] = "Photograph", ["exhibits.sample-drawn.v1"] = "Draw sample", ["exhibits.analysis-reported.v1"] = "Report analysis",
        ["exhibits.analysis-reviewed.v1"] = "Review analysis",
    };

    static IReadOnlyList<string> Traces(EventLog log)
    {
        var lines = new List<string>();
        for (var c = 0; c < log.Cases.Count; c++)
        {
            var seizes = log.Activities[log.ActivitiesOf(c)[0]] == "Seize";
            for (var e = 0; e < log.ActivitiesOf(c).Length; e++)
            {
                var activity = log.Activities[log.ActivitiesOf(c)[e]];
                if (activity == "Draw sample" && !seizes) activity += "|sample";
                lines.Add(string.Create(CultureInfo.InvariantCulture, $"{log.Cases[c]}|{activity}|{log.Resources[log.ResourcesOf(c)[e]]}|{log.TimesOf(c)[e]}"));
            }
        }

        return [.. lines.Order(StringComparer.Ordinal)];
    }

    internal static ObjectLog Objects(byte[] bytes) => With(bytes, ".ocel", path => LogReader.ReadObjects(path, cancel: Cancel));

    static EventLog Read(byte[] bytes, string ending) => With(bytes, ending, path => LogReader.Read(path, cancel: Cancel));

    static T With<T>(byte[] bytes, string ending, Func<string, T> use)
    {
        var path = Path.Combine(Path.GetTempPath(), "probity-copy-" + Path.GetRandomFileName() + ending);
        File.WriteAllBytes(path, bytes);
        try
        {
            return use(path);
        }
        finally
        {
            File.Delete(path);
        }
    }

    // A workbook is packed: its sheet is read.
    static byte[] Plain(byte[] bytes)
    {
        if (bytes is not [(byte)'P', (byte)'K', ..]) return bytes;
        using var zip = new System.IO.Compression.ZipArchive(new MemoryStream(bytes));
        using var sheet = zip.GetEntry("xl/worksheets/sheet1.xml")!.Open();
        using var plain = new MemoryStream();
        sheet.CopyTo(plain);
        return plain.ToArray();
    }

    sealed class PieceStream : MemoryStream
    {
        public long All { get; private set; }
        public long Largest { get; private set; }
        public int Pieces { get; private set; }

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            All += buffer.Length;
            Largest = Math.Max(Largest, buffer.Length);
            if (buffer.Length > 0) Pieces++;
            return ValueTask.CompletedTask;
        }
    }
}
