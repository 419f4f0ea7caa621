using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Exhibits.Balancing;
using Probity.Exhibits.Contract;
using Probity.Shared.Record;

namespace Probity.Exhibits.Weighing;

/// <summary>
/// Weighs an exhibit or one package of it. A second person sees it and signs; where nobody is there, it is recorded at once with the reason and a
/// photograph, and somebody from elsewhere signs within a day.
/// </summary>
internal sealed class WeighExhibit(ExhibitDesk desk)
{
    public const string BalanceUnknown = "exhibits.balance-unknown";
    public const string OverCapacity = "exhibits.over-capacity";
    public const string UncertaintyTooLarge = "exhibits.uncertainty-too-large";
    public const string WeighedBefore = "exhibits.weighed-before";

    /// <summary>An uncertainty may be stated that is larger than the balance's, up to so many times.</summary>
    public const int MostTimes = 10;
    public const string MassUnclear = "exhibits.mass-unclear";

    /// <param name="Exhibit">The exhibit.</param>
    /// <param name="Act">The weighing's own id, made by whoever sends it.</param>
    /// <param name="Package">One package, or all of it where null.</param>
    /// <param name="Kind">What was on the balance.</param>
    /// <param name="Mass">What it showed.</param>
    /// <param name="Uncertainty">Where it is more than the balance's certificate says: expanded, k = 2.</param>
    /// <param name="Balance">The balance.</param>
    /// <param name="Moment">When in the exhibit's life.</param>
    /// <param name="Second">Who signs with the weigher.</param>
    /// <param name="Occurred">When, where it was not just now.</param>
    internal sealed record Command(
        Guid Exhibit, Guid Act, int? Package, MassKind Kind, Grams Mass, Grams? Uncertainty, Guid Balance, Moment Moment, SecondPerson Second,
        DateTimeOffset? Occurred);

    internal sealed record Body(
        Guid Act, int? Package, MassKind Kind, Grams Mass, Grams? Uncertainty, Guid Balance, Moment Moment, Guid? Witness, string? Alone, Guid? Photo,
        DateTimeOffset? Occurred);

    /// <param name="command">What was weighed.</param>
    /// <param name="facts">The exhibit.</param>
    /// <param name="matters">What became of the matters that its weighings have opened.</param>
    public static Decision Decide(Command command, ExhibitFacts facts, WeightMatters matters)
    {
        var exhibit = facts.Exhibit;
        if (exhibit.Acts.ContainsKey(command.Act)) return SentAgain.Answer(SentAgain.Says(command, facts));
        if (!Enum.IsDefined(command.Kind) || !Enum.IsDefined(command.Moment)) return Decision.Refuse(MassUnclear);
        if (command.Package is { } package && exhibit.Packages.All(p => p.Number != package)) return Decision.Refuse(ExhibitTexts.PackageUnknown);
        if (!facts.Store.Balances.TryGetValue(command.Balance, out var balance)) return Decision.Refuse(BalanceUnknown);
        if (command.Mass > balance.Capacity) return Decision.Refuse(OverCapacity);
        // What is entered late still comes after what was weighed before: who could put a weighing in front of the first one could choose what was seized.
        if (command.Uncertainty?.Value > balance.Uncertainty.Value * MostTimes) return Decision.Refuse(UncertaintyTooLarge);
        if (command.Second.Refuses(facts) is { } refusal) return refusal;
        var at = DeviceTime.Of(command.Occurred, facts);
        if (at < exhibit.SeizedAt || (exhibit.Readings is [.., var latest] && at < latest.At)) return Decision.Refuse(WeighedBefore);
        var uncertainty = command.Uncertainty is { } stated && stated > balance.Uncertainty ? stated : balance.Uncertainty;
        var reading = new Reading(
            command.Act, command.Package, command.Kind, command.Mass, uncertainty, balance.Serial, balance.CalibrationDue, command.Moment,
            facts.Actor.Person, command.Second.Witness, command.Second.Reason, command.Second.Photo, at ?? facts.Now);
        var weighed = exhibit.File(new ExhibitWeighed(
            command.Act, command.Package, command.Kind, command.Mass, uncertainty, balance.Id, balance.Serial, balance.CalibrationDue, command.Moment,
            command.Second.Witness, command.Second.Reason, command.Second.Photo), at);
        var found = Discrepancies.Of(exhibit, reading).ToList();
        return Decision.Accept([weighed, .. found.Count > 0 ? found : OfAccount(exhibit, reading, facts, matters)]);
    }

    // Many small losses are one, which no two weighings show. Who has signed no new seal yet may still do so.
    static IEnumerable<Filing> OfAccount(Exhibit exhibit, Reading reading, ExhibitFacts facts, WeightMatters matters)
    {
        if (exhibit.Reseals.Any(r => exhibit.Acts.GetValueOrDefault(r.Act) is { SignedBy: null })) return [];
        IReadOnlyList<Exhibit> family = [exhibit with { Readings = exhibit.Readings.Add(reading) }, .. facts.Family];
        return family.All(e => e.Origin is not null) || matters.BalanceOf(family) is not { State: GramsState.DoesNotAddUp } balance ? []
            : balance.Breaks.FirstOrDefault(b => b.Exhibit == exhibit.Id && !matters.IsKnown(b, family)) is { } unknown ? Discrepancies.OfAccount(exhibit, reading, unknown) : [];
    }

    public Task<Outcome?> HandleAsync(Guid person, Command command, CancellationToken cancel) => desk.RunAsync(
        person, command.Exhibit, ExhibitAction.Weigh,
        async (session, facts) => Decide(command, facts, await WeightMatters.ReadAsync(session, [facts.Exhibit, .. facts.Family], cancel)), cancel);

    public static void Map(RouteGroupBuilder api) => api
        .MapPost("/{id:guid}/weighings", (Guid id, HttpContext http, WeighExhibit slice) => ExhibitsApi.RunAsync<Body>(
            http, (person, body, cancel) => slice.HandleAsync(
                person, new Command(
                    id, body.Act, body.Package, body.Kind, body.Mass, body.Uncertainty, body.Balance, body.Moment,
                    new SecondPerson(body.Witness, body.Alone, body.Photo), body.Occurred), cancel)))
        .Describe<Body>("weighExhibit", "Record what an exhibit weighs.");
}
