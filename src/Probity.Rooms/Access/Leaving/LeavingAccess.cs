using Probity.Access.Contract;
using Probity.Access.Staffing;
using Probity.Shared.Record;

namespace Probity.Access.Leaving;

/// <summary>
/// Who may do what about somebody's leaving. The roles stand in the table of the register; here stand the bars: nobody acts on their own leaving, two people end a service or
/// take somebody back, neither who stands over nor under them answers, and those who watch leave with an overseer's yes alone.
/// </summary>
internal static class LeavingAccess
{
    public const string Exists = "leaving.exists", NothingAsked = "leaving.nothing-asked", NotYet = "leaving.not-yet", CarriedOut = "leaving.carried-out", NotAgreed = "leaving.not-agreed",
        ReturnExists = "leaving.return-exists", TakesOverseer = "leaving.takes-overseer";

    // Whom others have to fear: those who could be put out of the way by two of the people they watch.
    internal static readonly Role[] Watching = [Role.Judge, Role.Registry, Role.Integrity, Role.Vetting, Role.Investigator, Role.Overseer, Role.Monitor];

    /// <summary>The refusal of an action, or null. <paramref name="agrees"/>: whether an answer is a yes.</summary>
    public static Refusal? Refuses(RegisterAction action, Guid person, RegisterFacts facts, bool agrees = true)
    {
        var (register, actor, now) = (facts.Register, facts.Actor, facts.Now);
        if (!RegisterAccess.Allows(action, actor)) return RegisterAccess.Refusal(Bars.Role, action, facts, person);
        if (!register.People.TryGetValue(person, out var known)) return new Refusal("person.unknown");
        if (known.IsErased) return new Refusal("person.was-erased");
        if (actor.Person == person) return RegisterAccess.Refusal(Bars.Self, action, facts);
        // Before all else: whoever is tied to the person does not learn from the refusal whether it was asked.
        if (action == RegisterAction.AskLeaving && Recusal.Tied(actor.Person, person, register) is { } tied) return RegisterAccess.Refusal(tied, action, facts, person);
        var departure = register.Departures.Of(person);
        return action switch
        {
            RegisterAction.AskLeaving => departure is null || HasLapsed(departure, now) ? null : new Refusal(Exists),
            RegisterAction.AnswerLeaving when departure?.AskedBy != actor.Person && Recusal.Tied(actor.Person, person, register) is { } near => RegisterAccess.Refusal(near, action, facts, person),
            RegisterAction.AnswerLeaving => departure is { From: null } ? RefusesSecond(departure.AskedBy) ?? RefusesAgain(departure.AskedBy) : new Refusal(NothingAsked),
            RegisterAction.CarryOutLeaving => departure?.HasLeftAt(now) != true ? new Refusal(NotYet) : departure.IsCarriedOut ? new Refusal(CarriedOut) : null,
            RegisterAction.AskReturn => departure?.From is null ? new Refusal(NotAgreed) : departure.Return is null ? null : new Refusal(ReturnExists),
            RegisterAction.AnswerReturn => departure?.Return is var (by, _) ? RefusesSecond(by) : new Refusal(NothingAsked),
            _ => new Refusal(Bars.Role),
        };

        // What was sent back twice an overseer answers, where one is free.
        Refusal? RefusesAgain(Guid asked) =>
            asked != actor.Person && !actor.Has(Role.Overseer) && HeldActs.OverseersFor(register.Departures.SentBack.GetValueOrDefault(person), person, asked, register, now) is { Count: > 0 } overseers
                ? new Refusal(HeldActs.SentBackOften, new Reroute(nameof(Role.Overseer), overseers)) : null;

        Refusal? RefusesSecond(Guid asked)
        {
            // Who asked may take it back.
            if (asked == actor.Person) return agrees ? RegisterAccess.Refusal(Bars.EarlierRole, action, facts, person, asked) : null;
            if (Recusal.Between(actor.Person, [person], register, now) is { } bar) return RegisterAccess.Refusal(bar, action, facts, person, asked);
            return actor.Has(Role.Overseer) || !Watches(person, register) ? null
                : new Refusal(TakesOverseer, new Reroute(nameof(Role.Overseer), [.. register.Holders(Role.Overseer, now).Except([person, asked])]));
        }
    }

    /// <summary>The leaving of a person as far as somebody may know of it: until it was agreed to there is none to the person and to whoever is tied to them.</summary>
    public static Departure? Seen(Guid person, Actor actor, Register register) => register.Departures.Of(person) is { } departure && (departure.From is not null || !IsNear(person, actor, register)) ? departure : null;

    /// <summary>Whether somebody is the person, or tied to them.</summary>
    public static bool IsNear(Guid person, Actor actor, Register register) => actor.Person == person || Recusal.Tied(actor.Person, person, register) is not null;

    /// <summary>Whether nobody answered what was asked for so long that it has to be asked for anew.</summary>
    public static bool HasLapsed(Departure departure, DateTimeOffset now) => departure.From is null && now >= departure.AskedAt + HeldActs.Lapse;

    // Also of who has left: the way back is no shorter than the way out.
    static bool Watches(Guid person, Register register) => register.PostingsOf(person).Any(p => p.From is not null && (p.Until is null || p.LeavesAt is not null) && Watching.Contains(register.Posts[p.Post].Role));
}
