using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Exhibits.Contract;
using Probity.Exhibits.Weighing;
using Probity.Shared.Record;

namespace Probity.Exhibits.Sampling;

/// <summary>
/// Draws a sample from a package before a second person: the package is opened and closed with another seal by the same act, and the sample is an
/// exhibit of its own with a seal of its own.
/// </summary>
internal sealed class DrawSample(ExhibitDesk desk)
{
    public const int MostUnits = 10_000_000;
    public const string NoSubstance = "exhibits.no-substance";
    public const string TooMuch = "exhibits.sample-too-much";
    public const string Large = "exhibits.sample-large";
    public const string PlanMissing = "exhibits.plan-missing";
    public const string UnitsUnclear = "exhibits.units-unclear";

    /// <param name="Exhibit">What it is drawn from.</param>
    /// <param name="Act">The act's own id, made by whoever sends it.</param>
    /// <param name="Package">The package.</param>
    /// <param name="Mass">What was drawn, net.</param>
    /// <param name="Balance">What it was weighed on.</param>
    /// <param name="NewSeal">What closes the package now.</param>
    /// <param name="SampleSeal">What closes the sample.</param>
    /// <param name="Plan">The sampling plan.</param>
    /// <param name="Units">How many units there were.</param>
    /// <param name="Tested">How many of them were tested.</param>
    /// <param name="Second">Who signs with who draws it.</param>
    /// <param name="Occurred">When, where it was not just now.</param>
    /// <param name="LargeReason">Why it is more than a sample has to be, where it is.</param>
    internal sealed record Command(
        Guid Exhibit, Guid Act, int Package, Grams Mass, Guid Balance, string NewSeal, string SampleSeal, string Plan, int Units, int Tested, SecondPerson Second,
        DateTimeOffset? Occurred, string? LargeReason = null);

    internal sealed record Body(
        Guid Act, int Package, Grams Mass, Guid Balance, string NewSeal, string SampleSeal, string Plan, int Units, int Tested, Guid? Witness, string? Alone,
        Guid? Photo, DateTimeOffset? Occurred, string? LargeReason);

    public static Decision Decide(Command command, ExhibitFacts facts)
    {
        var exhibit = facts.Exhibit;
        if (exhibit.Acts.ContainsKey(command.Act))
            return SentAgain.Answer(SentAgain.Says(command, facts, facts.Family.FirstOrDefault(e => exhibit.Samples.Any(s => s.Act == command.Act && s.Id == e.Id))));
        if (exhibit.Substance is not { } substance) return Decision.Refuse(NoSubstance);
        if (exhibit.SealOf(command.Package, facts.Now) is not { } old) return Decision.Refuse(ExhibitTexts.PackageUnknown);
        if (!facts.Store.Balances.TryGetValue(command.Balance, out var balance)) return Decision.Refuse(WeighExhibit.BalanceUnknown);
        if (command.Mass.Value <= 0m) return Decision.Refuse(WeighExhibit.MassUnclear);
        if (command.Mass > balance.Capacity) return Decision.Refuse(WeighExhibit.OverCapacity);
        // Of all of it, or with its packaging, it weighs more than what is in the package: no sample does.
        if (exhibit.Readings.Where(r => r.Kind != MassKind.Tare && (r.Package is null || r.Package == command.Package)).Any(r => command.Mass > r.Mass + r.Uncertainty))
            return Decision.Refuse(TooMuch);
        // What leaves the store as a sample is looked at by whoever analyses it and nobody else.
        var drawn = exhibit.DrawnUnsaid(command.Package);
        var large = MassRules.IsLargeSample(command.Mass + drawn, exhibit.LeftOf(command.Package) + drawn);
        if (ExhibitTexts.Refuses(command.LargeReason, ExhibitTexts.MaxReason, large ? Large : null, lines: true) is { } unsaid) return unsaid;
        if (RefusesSeals(command, facts) is { } seal) return seal;
        if (ExhibitTexts.Refuses(command.Plan, ExhibitTexts.MaxReason, PlanMissing, lines: true) is { } plan) return plan;
        if (command.Tested < 1 || command.Units < command.Tested || command.Units > MostUnits) return Decision.Refuse(UnitsUnclear);
        if (command.Second.Refuses(facts) is { } refusal) return refusal;
        var at = DeviceTime.Of(command.Occurred, facts);
        if (DeviceTime.RefusesPast(at, facts) is { } past) return past;
        var sample = IdOf(exhibit);
        var number = string.Create(CultureInfo.InvariantCulture, $"{exhibit.Number}-S{exhibit.Samples.Length + 1}");
        return Decision.Accept(
            exhibit.File(new SampleDrawn(command.Act, sample, number, command.Package, command.Mass, balance.Uncertainty, large ? ExhibitTexts.Kept(command.LargeReason) : null), at),
            exhibit.File(new ExhibitResealed(
                command.Act, command.Package, old, command.NewSeal.Trim(), command.Plan.Trim(), command.Second.Witness, command.Second.Reason, command.Second.Photo), at),
            Exhibit.FilingOf(sample, exhibit.Case, new ExhibitSampled(
                exhibit.Case, exhibit.Seizure, exhibit.Unit, number, exhibit.Root, exhibit.RootPackageOf(command.Package)!.Value, exhibit.Id, exhibit.Number,
                exhibit.Origin?.Seizer ?? exhibit.Seizer, exhibit.RootSeizedAt, substance, command.Act, command.Mass, balance.Uncertainty, balance.Serial,
                balance.CalibrationDue, command.Plan.Trim(), command.Units, command.Tested, [new SealedPackage(1, command.SampleSeal.Trim())]), at));
    }

    /// <summary>The id of the next sample of an exhibit, so that nobody chooses the name of a stream.</summary>
    public static Guid IdOf(Exhibit exhibit) => Streams.Derive(exhibit.Id, string.Create(CultureInfo.InvariantCulture, $"sample/{exhibit.Samples.Length}"));

    static Refusal? RefusesSeals(Command command, ExhibitFacts facts)
    {
        string[] both = [command.NewSeal, command.SampleSeal];
        foreach (var seal in both)
        {
            if (ExhibitTexts.Refuses(seal, ExhibitTexts.MaxSeal, ExhibitTexts.SealMissing) is { } refusal) return refusal;
            if (facts.Exhibit.SealsAt(facts.Now).Any(p => ExhibitTexts.SealAsRead(p.Seal) == ExhibitTexts.SealAsRead(seal))) return new Refusal(ResealPackage.SameSeal);
        }

        return ExhibitTexts.SealAsRead(both[0]) == ExhibitTexts.SealAsRead(both[1]) ? new Refusal(ExhibitTexts.SealTwice) : null;
    }

    public Task<Outcome?> HandleAsync(Guid person, Command command, CancellationToken cancel) =>
        desk.RunAsync(person, command.Exhibit, ExhibitAction.Sample, facts => Decide(command, facts), cancel);

    public static void Map(RouteGroupBuilder api) => api
        .MapPost("/{id:guid}/samples", (Guid id, HttpContext http, DrawSample slice) => ExhibitsApi.RunAsync<Body>(
            http, (person, body, cancel) => slice.HandleAsync(
                person, new Command(
                    id, body.Act, body.Package, body.Mass, body.Balance, body.NewSeal, body.SampleSeal, body.Plan, body.Units, body.Tested,
                    new SecondPerson(body.Witness, body.Alone, body.Photo), body.Occurred, body.LargeReason), cancel)))
        .Describe<Body>("drawSample", "Record that a sample was drawn from an exhibit.");
}
