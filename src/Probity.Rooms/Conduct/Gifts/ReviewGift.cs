using Probity.Access.Contract;
using Probity.Conduct.Contract;
using Probity.Ledger;
using Probity.Shared.Record;

namespace Probity.Conduct.Gifts;

/// <summary>All that a decision on a gift may know.</summary>
internal sealed record GiftFacts(Gift Gift, Actor Actor, Register Register, DateTimeOffset Now)
{
    /// <summary>The refusal of an action, or null; of a gift that is not there, every one.</summary>
    public Refusal? Refuses(GiftAction action) =>
        Gift.Declared is { } declared ? GiftAccess.Refuses(action, Gift.Declarer, declared.ToOverseer, Actor, Register, Now) : new Refusal(Bars.Role);
}

/// <summary>Integrity, or an overseer, says what becomes of a gift and why. From whoever is under investigation or inspection nothing is kept.</summary>
internal sealed class ReviewGift(TransparencyLog log, Clerk clerk, IRegister registers, TimeProvider time)
{
    public const string Reviewed = "conduct.gift-reviewed";
    public const string MeasureMissing = "conduct.measure-missing";
    public const string NilThreshold = "conduct.nil-threshold";

    internal sealed record Command(Guid Gift, GiftMeasure? Measure, string? Reason);

    public static Decision Decide(Command command, GiftFacts facts)
    {
        if (facts.Refuses(GiftAction.Review) is { } refusal) return refusal;
        if (facts.Gift.Review is not null) return Decision.Refuse(Reviewed);
        if (command.Measure is not { } measure || !Enum.IsDefined(measure)) return Decision.Refuse(MeasureMissing);
        if (measure == GiftMeasure.Retained && facts.Gift.TakesNothing) return Decision.Refuse(NilThreshold);
        return ConductTexts.RefusesReason(command.Reason) is { } unfit ? unfit
            : Decision.Accept(new Filing(facts.Gift.Stream, new GiftReviewed(measure, command.Reason!.Trim()), Compartment: Compartments.OfPerson(facts.Gift.Declarer)));
    }

    /// <summary>Null where there is no such gift, as far as this person may know.</summary>
    public async Task<Outcome?> HandleAsync(Guid person, Command command, CancellationToken cancel)
    {
        var visible = true;
        var outcome = await clerk.FileAsync(new ActorId(person), new StreamId(command.Gift), "conduct.ReviewGift", async session =>
        {
            var facts = await ReadAsync(session, person, command.Gift, cancel);
            visible = facts.Refuses(GiftAction.View) is null;
            return Decide(command, facts);
        }, cancel: cancel);
        return visible ? outcome : null;
    }

    /// <summary>Opens a gift for a page: the reading, or its refusal, is recorded. Null where this person may not know of it.</summary>
    public async Task<GiftFacts?> OpenAsync(Guid person, Guid id, CancellationToken cancel)
    {
        var facts = await ReadAsync(new RecordSession(log), person, id, cancel);
        if (facts.Refuses(GiftAction.View) is { } refusal)
        {
            await clerk.FileAsync(new ActorId(person), new StreamId(id), "conduct.ViewGift", _ => ValueTask.FromResult<Decision>(refusal), cancel: cancel);
            return null;
        }

        await clerk.FileReadAsync(new ActorId(person), new StreamId(id), "conduct.gift", cancel: cancel);
        return facts;
    }

    async ValueTask<GiftFacts> ReadAsync(RecordSession session, Guid person, Guid id, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var register = await registers.ReadAsync(session, cancel);
        return new GiftFacts(await session.FoldAsync<Gift>(new StreamId(id), cancel), Actor.From(register, person, now), register, now);
    }
}
