using System.Globalization;
using Probity.Exhibits.Contract;
using Probity.Lens.Objects;
using Probity.Shared.Record;

namespace Probity.Exports.Formats;

/// <summary>A value of a step.</summary>
internal sealed record StepValue(string Name, string Text, ObjectValueType Holds);

/// <summary>Something that was done with an exhibit, as every format tells it.</summary>
/// <param name="Activity">What: the words of docs/rules/exhibits.yaml.</param>
/// <param name="Entry">The entry of the record.</param>
/// <param name="Values">Its figures, codes and marks; what people wrote only in a copy with names.</param>
/// <param name="People">Who took part, and as what; whoever did it first.</param>
internal sealed record CustodyStep(string Activity, Recorded Entry, IReadOnlyList<StepValue> Values, IReadOnlyList<(Guid Person, string As)> People)
{
    public int? Package { get; init; }
    public Guid? Place { get; init; }

    /// <summary>The balance, by its id where it is known, and by its serial number.</summary>
    public (Guid? Id, string Serial)? Balance { get; init; }

    /// <summary>The sample that was drawn.</summary>
    public Guid? Sample { get; init; }

    /// <summary>The photograph that was kept.</summary>
    public PhotoKept? Photo { get; init; }

    /// <summary>The order by which it was done.</summary>
    public (string Kind, string Reference, DateOnly? Day)? Authority { get; init; }
}

/// <summary>Tells the entries of an exhibit as steps. What is listed nowhere here leaves the house in no copy.</summary>
internal static class CustodySteps
{
    /// <summary>The steps of an exhibit, in the order of the record.</summary>
    /// <param name="exhibit">The exhibit.</param>
    /// <param name="texts">Whether what people wrote is told too: it may name anybody.</param>
    public static IEnumerable<CustodyStep> Of(ExhibitFile exhibit, bool texts) =>
        exhibit.Events.Select(entry => Of(entry, texts)).Where(step => step is not null)!;

    static CustodyStep? Of(Recorded entry, bool texts)
    {
        var by = entry.Actor.Value;
        IReadOnlyList<StepValue> Values(params ReadOnlySpan<StepValue?> values)
        {
            var kept = new List<StepValue>();
            foreach (var value in values) if (value is not null) kept.Add(value);
            return kept;
        }

        StepValue? Written(string name, string? text) => texts && text is not null ? new StepValue(name, text, ObjectValueType.Text) : null;
        return entry.Event switch
        {
            ExhibitSeized e => new("Seize", entry, Values(Code("kind", e.Kind), Text("substance", e.Substance), Written("description", e.Description)), [(by, "seizes")]),
            ExhibitTakenOver e => new("Take over from register", entry, Values(
                Code("kind", e.Stated.Kind), Text("substance", e.Stated.Substance), Mass("stated grams", e.Stated.Mass), Text("register sha256", e.Sha256), Number("line", e.Stated.Line),
                Written("description", e.Stated.Description)), [(by, "countersigns"), (e.Custodian, "presents")]) { Place = e.Stated.Location },
            ExhibitSampled e => new("Taken as sample", entry, Values(Mass("grams", e.Mass), Mass("u grams", e.Uncertainty), Number("units", e.Units), Number("tested", e.Tested), Written("plan", e.Plan)), [(by, "draws")])
            {
                Balance = (null, e.BalanceSerial),
            },
            ExhibitWeighed e => new("Weigh", entry, Values(
                Mass("grams", e.Mass), Mass("u grams", e.Uncertainty), Code("kind", e.Kind), Code("moment", e.Moment), Day("calibration due", e.CalibrationDue), Alone(e.Alone),
                Written("why alone", e.Alone)), With(by, "weighs", e.Witness))
            {
                Package = e.Package, Balance = (e.Balance, e.BalanceSerial),
            },
            ExhibitResealed e => new("Reseal", entry, Values(Written("old seal", e.OldSeal), Written("new seal", e.NewSeal), Alone(e.Alone), Written("reason", e.Reason), Written("why alone", e.Alone)), With(by, "reseals", e.Witness))
            {
                Package = e.Package,
            },
            ActCountersigned e => new("Countersign", entry, Values(Code("manner", e.Manner), Truth("objects", e.Objection is not null), Written("objection", e.Objection)), [(by, "countersigns")]),
            ExhibitHandedOver e => new("Hand over", entry, Values(Code("purpose", e.Purpose), Written("seals", Seals(e.Seals)), Written("authority", e.Authority), Written("condition", e.Condition)), [(by, "gives"), (e.To, "is to take")])
            {
                Authority = texts && e.Authority is not null ? ("hand-over", e.Authority, null) : null,
            },
            ExhibitReceived e => new("Receive", entry, Values(Written("seals", Seals(e.Seals)), Truth("objects", e.Discrepancy is not null), Written("discrepancy", e.Discrepancy)), [(by, "takes"), (e.From, "gave")])
            {
                Place = e.Location,
            },
            HandOverWithdrawn e => new("Withdraw hand-over", entry, Values(Written("reason", e.Reason)), [(by, "withdraws")]),
            ExhibitMoved e => new("Move", entry, Values(Written("reason", e.Reason)), [(by, "moves")]) { Place = e.Location },
            PhotoKept e => new("Photograph", entry, Values(Text("sha256", e.Sha256), Text("media type", e.MediaType), Number("bytes", e.Bytes), Written("about", e.About)), [(by, "photographs")]) { Photo = e },
            SampleDrawn e => new("Draw sample", entry, Values(Mass("grams", e.Mass), Mass("u grams", e.Uncertainty)), [(by, "draws")]) { Package = e.Package, Sample = e.Sample },
            AnalysisReported e => new("Report analysis", entry, Values(
                Text("substance", e.Substance), Decimal("purity per cent", e.Purity), Decimal("u purity", e.PurityUncertainty), Mass("net grams", e.Net), Mass("u net grams", e.NetUncertainty),
                Mass("consumed grams", e.Consumed), Mass("duplicate grams", e.Duplicate), Written("methods", e.Methods), Text("profile", e.Profile)), [(by, "analyses")]) { Package = e.Package },
            NothingControlledFound e => new("Report analysis", entry, Values(
                Text("substance", Substances.Nothing), Mass("consumed grams", e.Consumed), Day("analysed", e.Day), Written("methods", e.Methods), Written("remarks", e.Remarks)),
                [(by, "analyses")]) { Package = e.Package },
            AnalysisReviewed e => new("Review analysis", entry, Values(Truth("agrees", e.Agrees), Written("reasons", e.Reasons)), [(by, "reviews")]),
            DestructionProposed e => new("Order destruction", entry, Values(Day("ordered", e.Ordered), Written("order", e.Order), Written("place", e.Place), Written("method", e.Method)),
                [(by, "proposes"), .. e.Witnesses.Select(w => (w, "is to witness"))]) { Authority = texts ? ("destruction", e.Order, e.Ordered) : null },
            DestructionPackagesRead e => new("Read at destruction", entry, Values(Written("seals", Seals(e.Seals))), [(by, "reads")]),
            DestructionCarriedOut e => new("Destroy", entry, Values(Mass("residue grams", e.ResidueMass), Written("residue", e.Residue), Written("heavier", e.Heavier)), [(by, "destroys")]),
            DestructionWitnessed e => new("Witness destruction", entry, Values(Truth("objects", e.Objection is not null), Written("objection", e.Objection)), [(by, "witnesses")]),
            DestructionUpheld e => new("Uphold destruction", entry, [], [(by, "upholds"), (e.Witness, "had objected")]),
            ExhibitReturned e => new("Return", entry, Values(Day("ordered", e.Ordered), Written("to", e.To), Written("order", e.Order), Alone(e.Alone)), With(by, "returns", e.Witness))
            {
                Authority = texts ? ("return", e.Order, e.Ordered) : null,
            },
            ExhibitGivenBack e => new("Return", entry, Values(Day("ordered", e.Ordered), Written("to", e.To), Written("receipt", e.Receipt), Written("order", e.Order), Alone(null)), [(by, "returns"), (e.Witness, "is to witness")])
            {
                Authority = texts ? ("return", e.Order, e.Ordered) : null,
            },
            ExhibitForfeited e => new("Forfeit", entry, Values(Day("ordered", e.Ordered), Written("order", e.Order)), [(by, "records")]) { Authority = texts ? ("forfeiture", e.Order, e.Ordered) : null },
            ExhibitMissed e => new("Not found in count", entry, [], [(by, "counts")]) { Place = e.Location },
            ExhibitFound e => new("Found in count", entry, [], [(by, "counts")]) { Place = e.Location },
            _ => null,
        };
    }

    static (Guid, string)[] With(Guid by, string what, Guid? witness) => witness is { } other ? [(by, what), (other, "is to witness")] : [(by, what)];

    static StepValue? Text(string name, string? text) => text is null ? null : new(name, text, ObjectValueType.Text);

    static StepValue? Mass(string name, Grams? mass) => mass is { } grams ? new(name, grams.ToString(), ObjectValueType.Number) : null;

    static StepValue? Decimal(string name, decimal? value) => value is { } number ? new(name, number.ToString(CultureInfo.InvariantCulture), ObjectValueType.Number) : null;

    static StepValue Number(string name, int value) => new(name, value.ToString(CultureInfo.InvariantCulture), ObjectValueType.Whole);

    static StepValue Truth(string name, bool value) => new(name, value ? "true" : "false", ObjectValueType.Truth);

    static StepValue Alone(string? why) => Truth("alone", why is not null);

    static StepValue Code<T>(string name, T code) where T : struct, Enum => new(name, Codes.Of(code), ObjectValueType.Text);

    // A day is no time: it has no hour that could be shifted into another zone.
    static StepValue Day(string name, DateOnly day) => new(name, day.ToString("O", CultureInfo.InvariantCulture), ObjectValueType.Text);

    static string Seals(IEnumerable<SealedPackage> seals) => string.Join("; ", seals.Select(s => string.Create(CultureInfo.InvariantCulture, $"{s.Number}: {s.Seal}")));
}

/// <summary>Codes as the record writes them: enumerations by name, in camelCase.</summary>
internal static class Codes
{
    public static string Of<T>(T code) where T : struct, Enum => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(code.ToString());
}
