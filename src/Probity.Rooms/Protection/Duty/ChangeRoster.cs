using Probity.Access.Contract;
using Probity.Ledger;
using Probity.Protection.Contract;
using Probity.Shared.Record;

namespace Probity.Protection.Duty;

/// <summary>The roster is changed by integrity and an overseer together: one asks, the other agrees or says why not.</summary>
internal sealed class ChangeRoster(TransparencyLog log, Clerk clerk, IRegister registers, TimeProvider time)
{
    public const string PersonWrong = "protection.duty-person";
    public const string TimesWrong = "protection.duty-times";
    public const string TurnUnknown = "protection.duty-unknown";
    public const string NothingAsked = "protection.duty-nothing-asked";
    public const string OtherRole = "protection.duty-other-role";
    public const string TooMany = "protection.duty-too-many";

    /// <summary>A form that was sent before, now with other contents: whoever agrees to a change agrees to what they read.</summary>
    public const string Otherwise = "protection.duty-otherwise";

    /// <summary>The longest turn, and so many may wait or stand at once.</summary>
    public const int LongestDays = 92, Most = 400;

    /// <summary>How many days ahead it may begin.</summary>
    public const int MostAhead = 366;

    internal sealed record Propose(Guid Turn, Guid Person, string? Telephone, DateTimeOffset? From, DateTimeOffset? Until);

    internal sealed record End(Guid Change, Guid Turn, string? Reason);

    internal sealed record Emergency(Guid Change, string? Number);

    internal sealed record Answer(Guid Change, bool Agrees, string? Reason);

    /// <summary>Whether somebody keeps the roster, for or against a change.</summary>
    public static bool Keeps(Actor actor) => actor.Has(Role.Integrity) || actor.Has(Role.Overseer);

    public static Decision Decide(Propose command, DutyRoster roster, Actor actor, Register register, DateTimeOffset now)
    {
        if (!Keeps(actor)) return Decision.Refuse(Bars.Role);
        if (roster.Turns.TryGetValue(command.Turn, out var sent))
        {
            return (sent.Person, sent.Telephone, sent.From, sent.Until) == (command.Person, command.Telephone?.Trim() ?? "", command.From ?? default, command.Until ?? default) ? Decision.Accept() : Decision.Refuse(Otherwise);
        }

        if (roster.Turns.Values.Count(t => t.Until > now) >= Most) return Decision.Refuse(TooMany);
        if (!ProtectionRoles.Serves(command.Person, register, now)) return Decision.Refuse(PersonWrong);
        if (ProtectionTexts.RefusesNumber(command.Telephone) is { } unfit) return unfit;
        if (command.From is not { } from || command.Until is not { } until || until <= from || until <= now || until - from > TimeSpan.FromDays(LongestDays) || from - now > TimeSpan.FromDays(MostAhead)) return Decision.Refuse(TimesWrong);
        return Decision.Accept(new Filing(
            DutyRoster.Stream, new DutyProposed(command.Turn, command.Person, command.Telephone!.Trim(), from, until), Compartment: Compartments.OfPerson(command.Person)));
    }

    public static Decision Decide(End command, DutyRoster roster, Actor actor, DateTimeOffset now)
    {
        if (!Keeps(actor)) return Decision.Refuse(Bars.Role);
        if (roster.Asked.TryGetValue(command.Change, out var sent)) return sent.Turn == command.Turn && sent.Words == command.Reason?.Trim() ? Decision.Accept() : Decision.Refuse(Otherwise);
        if (!roster.Turns.TryGetValue(command.Turn, out var turn) || !turn.Agreed || turn.Until <= now || roster.Asked.Values.Any(a => a.Turn == command.Turn)) return Decision.Refuse(TurnUnknown);
        return ProtectionTexts.RefusesReason(command.Reason) is { } unfit ? unfit
            : Decision.Accept(DutyRoster.Stream, new DutyEndProposed(command.Change, command.Turn, command.Reason!.Trim()));
    }

    public static Decision Decide(Emergency command, DutyRoster roster, Actor actor)
    {
        if (!Keeps(actor)) return Decision.Refuse(Bars.Role);
        if (roster.Asked.TryGetValue(command.Change, out var sent)) return sent.Turn is null && sent.Words == command.Number?.Trim() ? Decision.Accept() : Decision.Refuse(Otherwise);
        if (roster.Asked.Count >= Most) return Decision.Refuse(TooMany);
        return ProtectionTexts.RefusesNumber(command.Number) is { } unfit ? unfit
            : Decision.Accept(DutyRoster.Stream, new EmergencyNumberProposed(command.Change, command.Number!.Trim()));
    }

    public static Decision Decide(Answer command, DutyRoster roster, Actor actor, Actor? asked)
    {
        if (!Keeps(actor)) return Decision.Refuse(Bars.Role);
        if (roster.AskedBy(command.Change) is not { } by || asked is null) return Decision.Refuse(NothingAsked);
        // Who asked may take it back, and agrees to nothing; integrity and an overseer agree to what the other asked.
        if (command.Agrees && (by == actor.Person || !((asked.Has(Role.Integrity) && actor.Has(Role.Overseer)) || (asked.Has(Role.Overseer) && actor.Has(Role.Integrity))))) return Decision.Refuse(OtherRole);
        if (command.Agrees) return Decision.Accept(DutyRoster.Stream, new DutyAgreed(command.Change));
        return ProtectionTexts.RefusesReason(command.Reason) is { } unfit ? unfit : Decision.Accept(DutyRoster.Stream, new DutyReturned(command.Change, command.Reason!.Trim()));
    }

    public Task<Outcome> HandleAsync(Guid person, Propose command, CancellationToken cancel) => RunAsync(person, "DutyPropose", (r, a, g, now) => Decide(command, r, a, g, now), cancel);

    public Task<Outcome> HandleAsync(Guid person, End command, CancellationToken cancel) => RunAsync(person, "DutyEnd", (r, a, _, now) => Decide(command, r, a, now), cancel);

    public Task<Outcome> HandleAsync(Guid person, Emergency command, CancellationToken cancel) => RunAsync(person, "DutyEmergency", (r, a, _, _) => Decide(command, r, a), cancel);

    public Task<Outcome> HandleAsync(Guid person, Answer command, CancellationToken cancel) => RunAsync(
        person, "DutyAnswer", (r, a, g, now) => Decide(command, r, a, r.AskedBy(command.Change) is { } by ? Actor.From(g, by, now) : null), cancel);

    /// <summary>The roster as it stands.</summary>
    public ValueTask<DutyRoster> ReadAsync(CancellationToken cancel) => new RecordSession(log).FoldAsync<DutyRoster>(DutyRoster.Stream, cancel);

    Task<Outcome> RunAsync(Guid person, string action, Func<DutyRoster, Actor, Register, DateTimeOffset, Decision> decide, CancellationToken cancel) =>
        clerk.FileAsync(new ActorId(person), DutyRoster.Stream, $"protection.{action}", async session =>
        {
            var now = time.GetUtcNow();
            var register = await registers.ReadAsync(session, cancel);
            return decide(await session.FoldAsync<DutyRoster>(DutyRoster.Stream, cancel), Actor.From(register, person, now), register, now);
        }, cancel: cancel);
}
