using System.Globalization;
using Probity.Access.Contract;
using Probity.Interdiction.Agreeing;
using Probity.Interdiction.Contract;
using Probity.Interdiction.Inspecting;
using Probity.Interdiction.Registering;
using Probity.Interdiction.Releasing;
using Probity.Interdiction.Selecting;
using Probity.Interdiction.Setting;

namespace Probity.Cli.Sample;

/// <summary>
/// The life of one target of the sample's last year, as a sequence of acts. Two of them are decided against the risk, both by the same
/// officer of the seaport team, at night and alone.
/// </summary>
internal sealed class SampleTarget(SampleYears years, int number)
{
    public const int Targets = 32;

    /// <summary>Over how long they are spread.</summary>
    public static readonly TimeSpan Span = TimeSpan.FromDays(350);

    // Which are let go against the risk, how late each was signed for, and which held something.
    const int LetPass = 15, LetGo = 25, ThresholdSet = 8;
    static readonly int[] Finds = [5, 12, 21];

    readonly Random _random = new(SamplePlan.Seed + 1_000 + number);
    readonly Guid _id = SampleUnit.Id($"target/{number}");

    bool AtSea => number % 2 == 1;
    Guid Unit => AtSea ? years.Unit.Seaport : years.Unit.Airport;

    // A desk of two in each team; the other one examines.
    Guid Officer => years.Unit.Holders(Role.Officer, Unit)[number is LetPass or LetGo ? 0 : number / 2 % 2];
    Guid Colleague => years.Unit.Holders(Role.Officer, Unit)[2 + number % 3];
    Guid Signer => years.Unit.Holders(Role.Officer, years.Unit.Airport)[6];

    /// <summary>The acts, each with the time that passes before it.</summary>
    public IEnumerable<(TimeSpan Wait, Func<Task> Act)> Acts()
    {
        if (number == ThresholdSet) yield return (TimeSpan.FromHours(1), SetThresholdAsync);
        var score = number is LetPass or LetGo ? 91 : Finds.Contains(number) ? 87 : 40 + _random.Next(55);
        yield return (Hours(1, 20), () => EnterAsync(score));
        if (number == LetPass)
        {
            yield return (Hours(1, 2), () => SelectAsync(false, Alone("The shipper is well known here and the vessel leaves at four.")));
            yield return (Hours(9, 20), SignAsync);
            yield break;
        }

        if (score < 65)
        {
            // Whoever entered it does not let it pass alone.
            yield return (Hours(1, 3), () => SelectAsync(false, OverrideWords.None, Colleague));
            yield break;
        }

        yield return (Hours(1, 3), () => SelectAsync(true, OverrideWords.None));
        if (number == LetGo)
        {
            yield return (Hours(1, 2), () => ReleaseAsync(Alone("The scanner is out of order and the driver cannot wait.")));
            yield return (TimeSpan.FromHours(71), SignAsync);
            yield break;
        }

        yield return (Hours(1, 8), InspectAsync);
        if (!Finds.Contains(number)) yield return (Hours(1, 5), () => ReleaseAsync(OverrideWords.None));
    }

    OverrideWords Alone(string reason) => new(reason, true, "The second officer of the night did not come on duty.", Signer);

    async Task EnterAsync(int score)
    {
        var kind = AtSea ? (number % 8 == 7 ? TargetKind.Vessel : TargetKind.Container) : ((number / 2) % 3) switch { 0 => TargetKind.Passenger, 1 => TargetKind.Bag, _ => TargetKind.Parcel };
        SampleYears.Expect(await years.Slice<RegisterTarget>().HandleAsync(Officer, new(
            _id, Unit, kind, Reference(kind), AtSea ? $"BL-{number + 2100}" : null, AtSea ? "CVMIN" : "RAI", years.Now.AddHours(6), score,
            (RiskSource)(number % 4), score < 65 ? [] : ["Shipper without earlier traffic", "Route changed after booking"])
        {
            // One officer of the seaport owns a share of the consignee.
            Names = AtSea && number % 8 == 1 ? ["NAVEGANTE MUESTRA, LDA.", "Exportadora Inventada S.A."] : [],
        }, default));
    }

    string Reference(TargetKind kind) => kind switch
    {
        TargetKind.Container => Container(600_000 + number * 731),
        TargetKind.Vessel => "9074729",
        TargetKind.Passenger => string.Create(CultureInfo.InvariantCulture, $"VC{200 + number} / booking XA{number:00}Q"),
        TargetKind.Bag => (7_100_000_000 + number * 1_013).ToString(CultureInfo.InvariantCulture),
        _ => string.Create(CultureInfo.InvariantCulture, $"RX{100_000_000 + number * 97}VC"),
    };

    // "XXX" owns no container: the check digit is the one that fits.
    static string Container(int serial) => Enumerable.Range(0, 10).Select(digit => string.Create(CultureInfo.InvariantCulture, $"XXXU{serial}{digit}"))
        .First(Interdiction.References.IsContainer);

    async Task SelectAsync(bool select, OverrideWords words, Guid? by = null) =>
        SampleYears.Expect(await years.Slice<SelectTarget>().HandleAsync(by ?? Officer, new(_id, select, null, words), null, default));

    async Task InspectAsync()
    {
        var found = Finds.Contains(number);
        SampleYears.Expect(await years.Slice<InspectTarget>().HandleAsync(
            Colleague, new(_id, AtSea ? InspectionKind.Scan : (InspectionKind)(number % 4), found, found ? years.NewestCaseOf(Unit) : null, null), null, default));
    }

    async Task ReleaseAsync(OverrideWords words) =>
        SampleYears.Expect(await years.Slice<ReleaseTarget>().HandleAsync(Officer, new(_id, words), null, default));

    async Task SignAsync() =>
        SampleYears.Expect(await years.Slice<CountersignOverride>().HandleAsync(Signer, new(_id, true, null), null, default));

    async Task SetThresholdAsync()
    {
        var (slice, head) = (years.Slice<SetThreshold>(), years.Unit.Holders(Role.Commander, years.Unit.Seaport)[0]);
        SampleYears.Expect(await slice.HandleAsync(
            head, new SetThreshold.Proposal(years.Unit.Seaport, 65, "Twice as many finds came from scores under 70 as the year before."), default));
        SampleYears.Expect(await slice.HandleAsync(
            years.Unit.Holders(Role.Integrity)[1], new SetThreshold.Answer(years.Unit.Seaport, true, null), default));
    }

    TimeSpan Hours(int from, int to) => TimeSpan.FromMinutes(_random.Next(from * 60, to * 60));
}
