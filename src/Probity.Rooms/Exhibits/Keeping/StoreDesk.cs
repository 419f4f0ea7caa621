using Probity.Access.Contract;
using Probity.Exhibits.Counting;
using Probity.Ledger;
using Probity.Shared.Record;

namespace Probity.Exhibits.Keeping;

/// <summary>What can be done with the store itself.</summary>
internal enum StoreAction { View, RegisterBalance, CalibrateBalance, AnswerCalibration, OpenLocation, SetKeyholders, NameDeputy, Count, SignCount }

/// <summary>All that a decision on the store may know.</summary>
internal sealed record StoreFacts(Store Store, Actor Actor, Register Register, DateTimeOffset Now)
{
    /// <summary>Whether this person sets up where a unit keeps exhibits: who commands it, or one above it.</summary>
    public bool Commands(Guid unit) => Actor.Commands(unit, Register);

    /// <summary>Whether this person sets up what a unit weighs with: who commands it, and a laboratory for itself.</summary>
    public bool WeighsFor(Guid unit) => Commands(unit) || Actor.Posts.Any(p => p.Role == Role.Analyst && p.Unit == unit);

    /// <summary>The refusal of somebody of another unit.</summary>
    public Decision RefuseUnit(Guid unit) => Decision.Refuse(
        Bars.Role, new Reroute(nameof(Role.Commander), [.. Register.Holders(Role.Commander, Now).Where(p => Actor.From(Register, p, Now).Commands(unit, Register))]));
}

/// <summary>Who may change the store, and the way of every command on it.</summary>
internal sealed class StoreDesk(TransparencyLog log, Clerk clerk, IRegister registers, TimeProvider time)
{
    // Who keeps exhibits says where; who commands sets up what they are kept and weighed with; deputies are the overseer's own.
    static readonly Dictionary<StoreAction, Role[]> Table = new()
    {
        [StoreAction.View] = [Role.Commander, Role.Custodian, Role.Officer, Role.Investigator, Role.Analyst, Role.Integrity, Role.Overseer],
        [StoreAction.RegisterBalance] = [Role.Commander, Role.Analyst],
        // Not who weighs the store on it.
        [StoreAction.CalibrateBalance] = [Role.Commander, Role.Analyst],
        [StoreAction.AnswerCalibration] = [Role.Integrity],
        [StoreAction.OpenLocation] = [Role.Commander],
        [StoreAction.SetKeyholders] = [Role.Commander],
        [StoreAction.NameDeputy] = [Role.Overseer],
        // Whoever keeps exhibits never counts them; whose unit it is, the place says.
        [StoreAction.Count] = [Role.Integrity, Role.Overseer, Role.Commander],
        [StoreAction.SignCount] = [.. Enum.GetValues<Role>().Except([Role.Administrator, Role.Custodian])],
    };

    /// <summary>Whether a role of this person may do this.</summary>
    public static bool Allows(StoreAction action, Actor actor) => Table[action].Any(actor.Has);

    /// <summary>Whether this person may count a place, as far as can be told without looking at what lies there.</summary>
    public static bool MayCount(StorageLocation location, Actor actor, Register register, DateTimeOffset now) =>
        Allows(StoreAction.Count, actor) && Counts.Refuses(actor.Person, location, [], register, now) is null;

    /// <summary>Guards and runs a decision.</summary>
    public Task<Outcome> RunAsync(Guid person, StoreAction action, Func<StoreFacts, Decision> decide, CancellationToken cancel) =>
        RunAsync(person, action, (_, facts) => ValueTask.FromResult(decide(facts)), cancel);

    /// <summary>The same, for a decision that reads more in the session.</summary>
    public Task<Outcome> RunAsync(
        Guid person, StoreAction action, Func<RecordSession, StoreFacts, ValueTask<Decision>> decide, CancellationToken cancel) =>
        clerk.FileAsync(new ActorId(person), Store.Stream, $"exhibits.{action}", async session =>
        {
            var now = time.GetUtcNow();
            var register = await registers.ReadAsync(session, cancel);
            var actor = Actor.From(register, person, now);
            if (!Allows(action, actor)) return Decision.Refuse(Bars.Role, new Reroute(Table[action][0].ToString(), register.Holders(Table[action][0], now)));
            return await decide(session, new StoreFacts(await session.FoldAsync<Store>(Store.Stream, cancel), actor, register, now));
        }, cancel: cancel);

    /// <summary>The store as it stands, for a page; null where a role of this person does not see it.</summary>
    public async Task<StoreFacts?> ReadAsync(Guid person, CancellationToken cancel, StoreAction action = StoreAction.View)
    {
        var now = time.GetUtcNow();
        var session = new RecordSession(log);
        var register = await registers.ReadAsync(session, cancel);
        var actor = Actor.From(register, person, now);
        return Allows(action, actor) ? new StoreFacts(await session.FoldAsync<Store>(Store.Stream, cancel), actor, register, now) : null;
    }
}
