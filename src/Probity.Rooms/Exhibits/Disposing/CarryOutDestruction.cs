using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Cases.Contract;
using Probity.Exhibits.Contract;
using Probity.Shared.Record;

namespace Probity.Exhibits.Disposing;

/// <summary>
/// At the place of the destruction: package after package is read with its seal, and one that reads otherwise stops it; then what is left is looked at
/// and weighed. It counts as destroyed once both witnesses have signed.
/// </summary>
internal sealed class CarryOutDestruction(DisposalDesk desk)
{
    public const string NotOrdered = "exhibits.destruction-not-ordered";
    public const string NotReady = "exhibits.destruction-not-ready";
    public const string NothingRead = "exhibits.destruction-nothing-read";
    public const string ResidueMissing = "exhibits.residue-missing";
    public const string ResidueHeavy = "exhibits.residue-heavy";

    internal sealed record Reading(Guid Exhibit, IReadOnlyList<SealedPackage> Seals);

    /// <param name="Exhibit">What was destroyed.</param>
    /// <param name="Residue">What was left, in words.</param>
    /// <param name="ResidueMass">What that weighs.</param>
    /// <param name="Heavier">What of the method makes it more than was burned, where it is.</param>
    internal sealed record Command(Guid Exhibit, string Residue, Grams ResidueMass, string? Heavier = null);

    internal sealed record ReadingBody(IReadOnlyList<SealedPackage> Seals);

    internal sealed record Body(string Residue, Grams ResidueMass, string? Heavier);

    public static Decision Decide(Reading reading, DisposalFacts facts)
    {
        var exhibit = facts.Of.Exhibit;
        if (Refuses(facts, DestructionCheck.Packages) is { } refusal) return refusal;
        if (ExhibitTexts.RefusesReadSeals(reading.Seals, exhibit) is { } unfit) return unfit;
        var left = exhibit.ToRead(facts.Of.Now).Select(p => p.Number).ToHashSet();
        IReadOnlyList<SealedPackage> read = [.. reading.Seals.Where(s => left.Contains(s.Number))];
        if (read.Count == 0) return left.Count == 0 ? Decision.Accept() : Decision.Refuse(NothingRead);
        return Decision.Accept([
            exhibit.File(new DestructionPackagesRead(exhibit.Destruction!.Id, read)),
            .. Discrepancies.OfDestruction(exhibit, read, facts.Of.Actor.Person, facts.Of.Now)]);
    }

    public static Decision Decide(Command command, DisposalFacts facts)
    {
        var exhibit = facts.Of.Exhibit;
        if (exhibit.Destruction?.CarriedOut is not null) return Decision.Accept();
        if ((Refuses(facts, null) ?? ExhibitTexts.Refuses(command.Residue, ExhibitTexts.MaxReason, ResidueMissing, lines: true)) is { } refusal) return refusal;
        var burned = DestructionWeight.Of(facts.Of);
        // Ash weighs less than what it was. Lime or clinker may make it more, and then the integrity officer looks at it.
        var heavy = burned is not null && command.ResidueMass > burned.Mass + burned.Uncertainty;
        if (ExhibitTexts.Refuses(command.Heavier, ExhibitTexts.MaxReason, heavy ? ResidueHeavy : null, lines: true) is { } unfit) return unfit;
        var heavier = heavy ? command.Heavier!.Trim() : null;
        return Decision.Accept([
            exhibit.File(new DestructionCarriedOut(exhibit.Destruction!.Id, command.Residue.Trim(), command.ResidueMass, heavier)),
            .. heavier is null ? [] : Discrepancies.OfResidue(exhibit, burned!.Mass, command.ResidueMass, facts.Of.Actor.Person, heavier)]);
    }

    // What stands in the way; a check that this very act is about is left out.
    static Refusal? Refuses(DisposalFacts facts, DestructionCheck? except)
    {
        if (facts.Of.Exhibit.Destruction is not { } order) return new Refusal(NotOrdered);
        if (order.CarriedOut is not null) return new Refusal(ProposeDestruction.CarriedOut);
        if (facts.RefusesOrder(order.Order.OrderId, ExhibitOrderKind.Destroy) is { } court) return court;
        if (facts.Held) return new Refusal(DisposalFacts.LegalHold);
        if (facts.Unsettled > 0) return new Refusal(DisposalFacts.OpenDiscrepancy);
        return DestructionChecks.Of(facts).All(c => c.Met || c.Check == except) ? null : new Refusal(NotReady);
    }

    public Task<Outcome?> ReadAsync(Guid person, Reading reading, CancellationToken cancel) =>
        desk.RunAsync(person, reading.Exhibit, ExhibitAction.Destroy, facts => Decide(reading, facts), cancel);

    public Task<Outcome?> HandleAsync(Guid person, Command command, CancellationToken cancel) =>
        desk.RunAsync(person, command.Exhibit, ExhibitAction.Destroy, facts => Decide(command, facts), cancel);

    public static void Map(RouteGroupBuilder api)
    {
        api.MapPost("/{id:guid}/destruction/packages", (Guid id, HttpContext http, CarryOutDestruction slice) => ExhibitsApi.RunAsync<ReadingBody>(
            http, (person, body, cancel) => slice.ReadAsync(person, new Reading(id, body.Seals ?? []), cancel)))
            .Describe<ReadingBody>("readPackagesToDestroy", "Read packages with their seals where they are to be destroyed.");
        api.MapPost("/{id:guid}/destruction/residue", (Guid id, HttpContext http, CarryOutDestruction slice) => ExhibitsApi.RunAsync<Body>(
            http, (person, body, cancel) => slice.HandleAsync(person, new Command(id, body.Residue, body.ResidueMass, body.Heavier), cancel)))
            .Describe<Body>("carryOutDestruction", "Record that an exhibit was destroyed and what was left of it.");
    }
}
