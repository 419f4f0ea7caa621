using Probity.People.Contract;
using Probity.People.Revetting;
using Probity.Shared.Record;

namespace Probity.People.Vetting;

/// <summary>Vetting asks somebody to fill in the form for a clearance: a first one, another level, the next before the last one ends, or because they were drawn by lot.</summary>
internal sealed class InviteForClearance(ClearanceDesk desk, FoldedStream<Lots> lots)
{
    public const string Unknown = "people.person-unknown";
    public const string Open = "people.clearance-open";
    public const string StillHolds = "people.clearance-holds";
    public const string LevelMissing = "people.level-missing";

    internal sealed record Command(Guid Person, ClearanceLevel? Level);

    public static Decision Decide(Command command, PersonClearances all, ClearanceFacts facts, Lots? drawn = null)
    {
        if (!facts.Register.People.TryGetValue(command.Person, out var known) || known.IsErased) return Decision.Refuse(Unknown);
        if (command.Level is not { } level) return Decision.Refuse(LevelMissing);
        if (all.All.Any(c => c.IsOpenAt(facts.Now))) return Decision.Refuse(Open);
        // The next one can be begun as soon as the last one falls due for review.
        if (!IsOwed(all, level, drawn) && all.All.Any(c => c.Level >= level && c.IsValidAt(facts.Now) && facts.Now < c.ReviewFrom)) return Decision.Refuse(StillHolds);
        var number = (all.Newest?.Number ?? 0) + 1;
        return Decision.Accept(ClearanceDesk.File(
            Clearance.Initial with { Id = Clearance.StreamOf(command.Person, number).Value, Person = command.Person }, new ClearanceInvited(command.Person, level, number)));
    }

    public Task<Outcome> HandleAsync(Guid person, Command command, CancellationToken cancel) =>
        desk.InviteAsync(person, command.Person, async (session, all, facts) => Decide(command, all, facts, await lots.ReadAsync(session, cancel)), cancel);

    // Whoever was drawn is looked into anew however long their clearance holds, and once.
    static bool IsOwed(PersonClearances all, ClearanceLevel level, Lots? lots) =>
        lots is not null && lots.Newest.TryGetValue(all.Person, out var drawn) && level >= drawn.Level
        && !all.All.Any(c => c.Discontinued is null && c.Level >= drawn.Level && (c.InvitedAt > drawn.At || c.Id == drawn.InHand));
}
