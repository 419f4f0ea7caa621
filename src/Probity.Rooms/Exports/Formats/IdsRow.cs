using System.Globalization;
using Probity.Exhibits.Contract;

namespace Probity.Exports.Formats;

/// <summary>
/// A row of UNODC's table of individual drug seizures (IDS): one seizure, one substance, one unit. What the table has no word for, and what we do not know,
/// is left empty and told in the remarks; nothing is guessed.
/// </summary>
internal sealed record IdsRow(
    SeizureFile Seizure, string Record, string? Substance, decimal? Quantity, string? Unit, bool Confirmed, IReadOnlyList<string> Remarks)
{
    /// <summary>Whether the laboratory found nothing controlled: then the row has neither a drug nor a quantity, so that no sum over the table counts it as one.</summary>
    public bool IsNegative { get; init; }

    /// <summary>The headers of the published table, as they stand there, and behind them three of our own.</summary>
    public static IReadOnlyList<string> Headers { get; } =
    [
        "Seizure Date", "Country/Territory of Seizure", "ISO3", "Subregion", "Region", "Administrative Region", "City", "Drug/Substance", "Quantity Seized", "Measurement Unit",
        "Physical Seizure Location", "Trafficking Mode of Transportation", "Source", "Reporting Channel",
        "Record", "Laboratory", "Remarks",
    ];

    // As the table and UNODC's World Drug Report name and group the countries of the workshop; of others it is not known here.
    static readonly Dictionary<string, (string Name, string Subregion, string Region)> Countries = new()
    {
        ["BRA"] = ("Brazil", "South America", "Americas"), ["COL"] = ("Colombia", "South America", "Americas"), ["PER"] = ("Peru", "South America", "Americas"),
        ["PAN"] = ("Panama", "Central America", "Americas"), ["DOM"] = ("Dominican Republic", "Caribbean", "Americas"),
        ["CPV"] = ("Cabo Verde", "West and Central Africa", "Africa"), ["GHA"] = ("Ghana", "West and Central Africa", "Africa"),
        ["GNB"] = ("Guinea-Bissau", "West and Central Africa", "Africa"), ["NGA"] = ("Nigeria", "West and Central Africa", "Africa"),
    };

    // Substances whose words were seen in published rows. Others have ours, which whoever reports has to hold against the official list.
    static readonly string[] Seen = ["cocaine-hcl", "cocaine-crack", "coca-leaf", "cocaine-other"];

    /// <summary>The rows of a case: for each seizure one for each substance and unit.</summary>
    public static IEnumerable<IdsRow> Of(CopiedCase copied)
    {
        foreach (var seizure in copied.Exhibits.Seizures)
        {
            var drugs = copied.Exhibits.Exhibits.Where(e => e.Seizure == seizure.Id && e.Parent is null && (e.Kind is ExhibitKind.Drug or ExhibitKind.Precursor))
                .Select(e => Measure(e, copied.Exhibits.Exhibits)).ToList();
            var place = 0;
            foreach (var same in drugs.GroupBy(d => (d.Substance, d.Unit, d.IsNegative)).OrderBy(g => g.Key.Substance, StringComparer.Ordinal).ThenBy(g => g.Key.Unit, StringComparer.Ordinal))
            {
                place++;
                var known = !same.Key.IsNegative && same.All(d => d.Amount is not null);
                var (amount, unit) = Scale(known ? same.Sum(d => d.Amount!.Value) : null, same.Key.Unit);
                yield return new IdsRow(
                    seizure, string.Create(CultureInfo.InvariantCulture, $"{seizure.Id:D}/{place}"), same.Key.Substance, amount, unit, same.All(d => d.Confirmed),
                    [.. same.SelectMany(d => d.Remarks).Concat(RemarksOf(seizure.Of, same.Key.Substance)).Distinct()]) { IsNegative = same.Key.IsNegative };
            }
        }
    }

    /// <summary>The cells, in the order of <see cref="Headers"/>: text, numbers, and null where there is nothing.</summary>
    public IEnumerable<object?> Cells()
    {
        var of = Seizure.Of;
        var country = Countries.GetValueOrDefault(of.Country);
        return
        [
            Seizure.At.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), country.Name, of.Country, country.Subregion, country.Region, of.Region, of.City,
            Substance is null ? null : Substances.NameInIds(Substance), Quantity, Unit, LocationOf(of.Place), ModeOf(of.Transport), null, null,
            Record, IsNegative ? "nothing controlled found" : Confirmed ? "confirmed" : "provisional", string.Join("; ", Remarks),
        ];
    }

    /// <summary>A number as the table has it.</summary>
    public static string Text(decimal number) => number.ToString(CultureInfo.InvariantCulture);

    sealed record Measured(string? Substance, decimal? Amount, string Unit, bool Confirmed, IReadOnlyList<string> Remarks)
    {
        public bool IsNegative { get; init; }
    }

    static Measured Measure(ExhibitFile exhibit, IReadOnlyList<ExhibitFile> all)
    {
        var results = all.Where(e => e.Root == exhibit.Id || e.Id == exhibit.Id).SelectMany(e => e.Found).ToList();
        var found = results.Select(r => r.Substance).Distinct().ToList();
        var (amount, unit, how) = AmountOf(exhibit);
        List<string> remarks = how is null ? [] : [$"{exhibit.Number}: {how}"];
        if (LaboratoryResult.IsNegative(results, [.. exhibit.Packages.Select(p => p.Number)]))
        {
            var suspected = exhibit.Substance is null ? "" : $"; suspected was {Substances.NameInIds(exhibit.Substance)}";
            var weighs = amount is null ? "" : $"; {Text(amount.Value)} {unit}";
            return new Measured(null, null, "", true, [.. remarks, $"{exhibit.Number}: the laboratory found nothing controlled{suspected}{weighs}"]) { IsNegative = true };
        }

        if (found.Count == 0 || (found is [null])) remarks.Add($"{exhibit.Number}: provisional, not confirmed by a laboratory");
        if (found.Count(f => f is not null) > 1) remarks.Add($"{exhibit.Number}: the laboratory found several substances: {string.Join(", ", found.Where(f => f is not null))}");
        if (found.Contains(null)) remarks.Add($"{exhibit.Number}: in a part of it the laboratory found nothing controlled");
        return new Measured(found.Where(f => f is not null).ToList() is [var one] ? one : exhibit.Substance, amount, unit, found is [not null], remarks);
    }

    // Net where all of it was weighed so, else with its packaging, else what was counted. What it weighed first: what was taken or destroyed later was seized too.
    static (decimal? Amount, string Unit, string? How) AmountOf(ExhibitFile exhibit) =>
        exhibit.Moments.Select(m => m.Net).FirstOrDefault(m => m is not null) is { } net ? (net.Value, "g", null)
        : exhibit.Moments.Select(m => m.Gross).FirstOrDefault(m => m is not null) is { } gross ? (gross.Value, "g", "weighed with its packaging")
        : exhibit.Quantity is { } quantity ? (quantity.Amount, quantity.Unit, null)
        : (null, "", "not weighed");

    static (decimal? Amount, string? Unit) Scale(decimal? amount, string unit) =>
        amount is null ? (null, null) : unit == "g" && amount >= 1_000m ? (amount / 1_000m, "kg") : (amount, unit);

    static IEnumerable<string> RemarksOf(SeizureRecorded of, string? substance)
    {
        if (!Countries.ContainsKey(of.Country)) yield return $"name and region of {of.Country} not known here";
        if (substance is not null && !Seen.Contains(substance)) yield return $"'{Substances.NameInIds(substance)}' to be held against the official list";
        if (LocationOf(of.Place) is null) yield return $"no word for the place '{Codes.Of(of.Place)}'";
        if (ModeOf(of.Transport) is null) yield return $"no word for the transport '{Codes.Of(of.Transport)}'";
    }

    static string? LocationOf(SeizurePlace place) => place switch
    {
        SeizurePlace.Airport => "Airport",
        SeizurePlace.Harbour => "Seaport/Riverport station/Harbour",
        SeizurePlace.Road => "Road/ Street/highway",
        SeizurePlace.PostOffice => "Post Office",
        SeizurePlace.Warehouse => "Warehouse",
        SeizurePlace.CommercialPremises => "Commercial premises",
        SeizurePlace.PrivateDwelling => "Private dwelling/Residence/Home/Private Garage",
        SeizurePlace.TerritorialWaters => "Territorial waters (seas, lakes, rivers, etc.)",
        SeizurePlace.InternationalWaters => "International waters",
        _ => null,
    };

    static string? ModeOf(Transport transport) => transport switch
    {
        Transport.Airplane => "Airplane",
        Transport.Vessel => "Vessel/boat",
        Transport.Truck => "Truck/lorry/van",
        Transport.Car => "Car/motorcycle",
        Transport.Post => "Postal/Mail/Express Parcel",
        Transport.Train => "Train/Bus",
        _ => null,
    };
}
