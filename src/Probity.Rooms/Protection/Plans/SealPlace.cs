using Probity.Access.Contract;
using Probity.Protection.Contract;
using Probity.Shared.Record;

namespace Probity.Protection.Plans;

/// <summary>Where the protected person stays is written down for the owner of the plan and for them alone, apart from everything else.</summary>
internal sealed class SealPlace(PlanDesk desk)
{
    public const string PlaceMissing = "protection.place-missing";

    internal sealed record Command(Guid Plan, string? Place);

    public static Decision Decide(Command command, PlanFacts facts)
    {
        if (facts.Plan.Closed is not null) return Decision.Refuse(WorkPlan.Over);
        if (string.IsNullOrWhiteSpace(command.Place) || ProtectionTexts.RefusesNote(command.Place, ProtectionTexts.MaxText) is not null) return Decision.Refuse(PlaceMissing);
        return Decision.Accept(new Filing(SealedPlace.Of(facts.Plan.Id), new PlaceSealed(command.Place.Trim()), Compartment: PersonCompartments.PlaceOf(facts.Plan.Person)));
    }

    public Task<Outcome?> HandleAsync(Guid person, Command command, CancellationToken cancel) => desk.RunAsync(person, command.Plan, PlanAction.SealPlace, f => Decide(command, f), cancel);
}
