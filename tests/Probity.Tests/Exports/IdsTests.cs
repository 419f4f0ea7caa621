using System.Text;
using Probity.Exhibits;
using Probity.Exhibits.Analysing;
using Probity.Exhibits.Contract;
using Probity.Exhibits.Sampling;
using Probity.Exhibits.Seizing;
using Probity.Exports.Contract;
using Probity.Exports.Formats;
using Probity.Lens.Logs;
using Probity.Tests.Cases;
using static Probity.Tests.Exhibits.ExhibitHouse;

namespace Probity.Tests.Exports;

/// <summary>UNODC's table of individual drug seizures.</summary>
public sealed class IdsTests
{
    /// <summary>The headers of the published workbook (dmp.unodc.org/downloadIDS), as its readers have them.</summary>
    static readonly string[] Published =
    [
        "Seizure Date", "Country/Territory of Seizure", "ISO3", "Subregion", "Region", "Administrative Region", "City", "Drug/Substance", "Quantity Seized", "Measurement Unit",
        "Physical Seizure Location", "Trafficking Mode of Transportation", "Source", "Reporting Channel",
    ];

    [Fact]
    public async Task A_row_for_each_seizure_and_substance_provisional_until_the_laboratory_has_spoken()
    {
        await using var house = await CopyHouse.CreateAsync();
        var exhibit = await house.House.SeizeAsync();
        var keeper = new SecondPerson(CopyHouse.Keeper, null, null);
        Done(await house.House.WeighAsync(exhibit, house.House.Handler, 1_012.50m, keeper));
        Done(await house.House.WeighAsync(exhibit, house.House.Handler, 1_000m, keeper, 2));
        var row = Assert.Single(IdsRow.Of(await house.CopiedAsync()));
        Assert.Equal((2.0125m, "kg", false), (row.Quantity, row.Unit, row.Confirmed));
        Assert.Contains(row.Remarks, r => r.EndsWith("weighed with its packaging", StringComparison.Ordinal));
        Assert.Equal(
            (object?[])["2026-03-02", "Cabo Verde", "CPV", "West and Central Africa", "Africa", "Santiago", "Praia", "Cocaine hydrochloride (HCl, powder cocaine)", 2.0125m, "kg", "Airport", "Airplane", null, null],
            row.Cells().Take(14).ToArray());
        Assert.Equal("provisional", row.Cells().ElementAt(15));

        // Net where all of it was weighed so; what was destroyed or taken later was seized too.
        Done(await house.House.WeighAsync(exhibit, house.House.Handler, 400.5m, keeper, 1, MassKind.Net));
        Done(await house.House.WeighAsync(exhibit, house.House.Handler, 500m, keeper, 2, MassKind.Net));
        Done(await house.House.WeighAsync(exhibit, house.House.Handler, 300m, keeper, 2, MassKind.Net));
        row = Assert.Single(IdsRow.Of(await house.CopiedAsync()));
        Assert.Equal((900.5m, "g"), (row.Quantity, row.Unit));
    }

    [Fact]
    public async Task What_the_laboratory_found_is_what_was_seized()
    {
        await using var house = await CopyHouse.CreateAsync();
        for (var seed = 0; (await house.CopiedAsync()).Exhibits.Exhibits.All(e => e.Found.Count == 0); seed++) await house.LiveAsync(seed, 12);
        var rows = IdsRow.Of(await house.CopiedAsync()).ToList();
        Assert.Contains(rows, r => r.Confirmed);
        Assert.All(rows.Where(r => r.Confirmed), r => Assert.DoesNotContain(r.Remarks, m => m.Contains("provisional", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task What_is_no_drug_is_counted_as_none_and_the_row_says_what_was_suspected()
    {
        await using var house = await CopyHouse.CreateAsync();
        var exhibit = await house.House.SeizeAsync(seals: "S-1");
        var second = new SecondPerson(Staff.Id("chief"), null, null);
        Done(await house.House.WeighAsync(exhibit, house.House.Handler, 1_000m, second, 1, MassKind.Net));
        Done(await house.House.Get<DrawSample>().HandleAsync(house.House.Handler, new(exhibit, Guid.CreateVersion7(), 1, new Grams(0.5m), house.House.Balance, "D-1", "M-1", "ST/NAR/38", 1, 1, second, null), Cancel));
        var sample = (await house.House.ExhibitAsync(exhibit)).Samples[0].Id;
        Done(await house.House.GiveAsync(house.House.Handler, Release(sample, CopyHouse.Lena, purpose: Purpose.Laboratory, authority: "REQ-1", seals: new SealedPackage(1, "M-1"))));
        Done(await house.House.TakeAsync(CopyHouse.Lena, new(sample, Guid.CreateVersion7(), Guid.CreateVersion7(), house.House.Handler, null, null, [new(1, "M-1")], null)));
        var nothing = Guid.CreateVersion7();
        Done(await house.House.Get<ReportNothingFound>().HandleAsync(CopyHouse.Lena, new(sample, nothing, null, "GC-MS", new Grams(0.1m), new DateOnly(2026, 3, 2), null), Cancel));
        Assert.Equal(("cocaine-hcl", false), Assert.Single(IdsRow.Of(await house.CopiedAsync())) is var before ? (before.Substance, before.IsNegative) : default);
        Done(await house.House.Get<ReviewAnalysis>().HandleAsync(CopyHouse.Leo, new(sample, nothing, true, null), Cancel));

        var row = Assert.Single(IdsRow.Of(await house.CopiedAsync()));
        Assert.Equal((null, null, null, true), (row.Substance, row.Quantity, row.Unit, row.IsNegative));
        Assert.Equal((object?[])[null, null, null], row.Cells().Skip(7).Take(3).ToArray());
        Assert.Equal("nothing controlled found", row.Cells().ElementAt(15));
        Assert.Contains("the laboratory found nothing controlled; suspected was Cocaine hydrochloride (HCl, powder cocaine); 1000 g", (string)row.Cells().ElementAt(16)!, StringComparison.Ordinal);
        // In every other copy it is an analysis like any other.
        var graph = Encoding.UTF8.GetString(await house.BytesAsync(ExportFormat.OcelJson));
        Assert.Contains(Substances.Nothing, graph, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_has_no_word_in_the_table_or_is_not_known_is_told_and_not_guessed()
    {
        await using var house = await CopyHouse.CreateAsync();
        Done(await house.House.Get<RecordSeizure>().HandleAsync(house.House.Handler, new RecordSeizure.Command(
            house.House.Case, Guid.CreateVersion7(), new("PRT", null, "=HYPERLINK(\"x\")", SeizurePlace.Prison, Transport.OnFoot),
            [
                new(ExhibitKind.Drug, "tramadol", "Tablets.", new Quantity(250m, "tablets"), [new SealedPackage(1, "T-1")]),
                new(ExhibitKind.Drug, "tramadol", "Tablets.", new Quantity(50m, "tablets"), [new SealedPackage(1, "T-2")]),
                new(ExhibitKind.Drug, "heroin", "Powder.", null, [new SealedPackage(1, "T-3")]),
                new(ExhibitKind.Cash, null, "Notes.", new Quantity(900m, "EUR"), []),
            ], null), Cancel));
        var rows = IdsRow.Of(await house.CopiedAsync()).ToList();
        Assert.Equal(["heroin", "tramadol"], rows.Select(r => r.Substance));
        Assert.Equal(((decimal?, string?)[])[(null, null), (300m, "tablets")], rows.Select(r => (r.Quantity, r.Unit)).ToArray());
        var tramadol = rows[1].Cells().ToList();
        Assert.Equal((object?[])[null, "PRT", null, null], tramadol.Skip(1).Take(4).ToArray());
        Assert.Equal((object?[])[null, null], tramadol.Skip(10).Take(2).ToArray());
        Assert.Contains("'Tramadol' to be held against the official list; no word for the place 'prison'; no word for the transport 'onFoot'", (string)tramadol[16]!, StringComparison.Ordinal);
        Assert.Contains("not weighed", (string)rows[0].Cells().ElementAt(16)!, StringComparison.Ordinal);

        // Read back by the reader of the lens, in both forms; in CSV no cell is a formula.
        var csv = await house.BytesAsync(ExportFormat.IdsCsv);
        Assert.StartsWith(string.Join(',', Published) + ",Record,Laboratory,Remarks\r\n", Encoding.UTF8.GetString(csv).TrimStart('\uFEFF'), StringComparison.Ordinal);
        Assert.Contains(",\"'=HYPERLINK(\"\"x\"\")\",", Encoding.UTF8.GetString(csv), StringComparison.Ordinal);
        foreach (var (bytes, ending) in new[] { (csv, ".csv"), (await house.BytesAsync(ExportFormat.IdsXlsx), ".xlsx") })
        {
            var path = Path.Combine(Path.GetTempPath(), "probity-ids-" + Path.GetRandomFileName() + ending);
            await File.WriteAllBytesAsync(path, bytes, Cancel);
            try
            {
                var log = LogReader.Read(path, new LogReaderOptions { CaseColumn = "Record", ActivityColumn = "Drug/Substance", TimeColumn = "Seizure Date" }, cancel: Cancel);
                Assert.Equal(rows.Select(r => r.Record).Order(StringComparer.Ordinal), log.Cases.Order(StringComparer.Ordinal));
                Assert.Equal(["Heroin", "Tramadol"], log.Activities.Order(StringComparer.Ordinal));
            }
            finally
            {
                File.Delete(path);
            }
        }
    }
}
