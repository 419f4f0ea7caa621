using Microsoft.Extensions.Options;
using Probity.Access.Contract;
using Probity.Access.Staffing;
using Probity.Records.Contract;
using Probity.Shared;
using Probity.Shared.Record;

namespace Probity.Access.Leaving;

/// <summary>
/// Somebody leaves the service on a day: asked for by the administrator or integrity, agreed to by another of integrity or an overseer. From the day on every guard finds no post and no session;
/// what they signed in with is removed when it is carried out. Coming back takes two people again.
/// </summary>
internal sealed class Leave(RegisterDesk desk, IRegister registers, ErasedCredentials credentials, IOptions<SharedOptions> options, TimeProvider time)
{
    public const string KindMissing = "leaving.kind-missing", DayMissing = "leaving.day-missing", DayPast = "leaving.day-past", DayFar = "leaving.day-far";

    /// <summary>No day further ahead than so many days is agreed to.</summary>
    public const int MostDaysAhead = 366;

    internal sealed record Asking(LeavingKind? Kind, DateOnly? Day, string? Reason);

    /// <summary>An answer; why not, and, where a report protects the person, why leaving has nothing to do with it.</summary>
    internal sealed record Answer(bool Agrees, string? Reason, string? Why = null);

    internal sealed record Returning(string? Reason);

    /// <param name="command">What is asked.</param>
    /// <param name="person">Who leaves.</param>
    /// <param name="id">The id of the leaving.</param>
    /// <param name="day">The moment at which the day begins.</param>
    /// <param name="today">The day that it is.</param>
    /// <param name="facts">What the decision may know.</param>
    public static Decision Decide(Asking command, Guid person, Guid id, DateTimeOffset day, DateOnly today, RegisterFacts facts)
    {
        if (LeavingAccess.Refuses(RegisterAction.AskLeaving, person, facts) is { } refusal) return refusal;
        if (command.Kind is not { } kind || !Enum.IsDefined(kind)) return Decision.Refuse(KindMissing);
        if (command.Day is not { } asked) return Decision.Refuse(DayMissing);
        if (asked < today) return Decision.Refuse(DayPast);
        if (asked > today.AddDays(MostDaysAhead)) return Decision.Refuse(DayFar);
        return Unfit(command.Reason) is { } unfit ? unfit
            : Decision.Accept(On(new LeavingAsked(id, person, day)), Words(person, new LeavingReasoned(id, LeavingMove.Asked, kind, command.Reason!.Trim())),
                HeldActs.File(person, new ActHeld(id, person, AdverseAct.ServiceEnd)));
    }

    public static Decision Decide(Answer command, Guid person, RegisterFacts facts)
    {
        if (LeavingAccess.Refuses(RegisterAction.AnswerLeaving, person, facts, command.Agrees) is { } refusal) return refusal;
        var departure = facts.Register.Departures.Of(person)!;
        if (!command.Agrees)
        {
            return Unfit(command.Reason) is { } unfit ? unfit
                : Decision.Accept(Words(person, new LeavingReasoned(departure.Id, LeavingMove.Refused, null, command.Reason!.Trim())), On(new LeavingRefused(departure.Id, person)),
                    HeldActs.File(person, new ActReturned(departure.Id, command.Reason!.Trim())));
        }

        if (HeldActs.RefusesClearing(departure.AskedAt, departure.AskedAt + HeldActs.Lapse, facts.Look, command.Why, facts.Now) is { } held) return held;
        return Decision.Accept([
            On(new LeavingAgreed(departure.Id, person)), .. departure.Day <= facts.Now ? Closed(person, facts.Register) : [],
            HeldActs.File(person, new ActCleared(departure.Id, facts.Look!.Boxes)),
        ]);
    }

    /// <summary>Carries out what was agreed to: the postings are closed on the record, where lists read it.</summary>
    public static Decision DecideCarryingOut(Guid person, RegisterFacts facts) =>
        LeavingAccess.Refuses(RegisterAction.CarryOutLeaving, person, facts) is { } refusal ? refusal
        : Decision.Accept([.. Closed(person, facts.Register), On(new LeavingCarriedOut(facts.Register.Departures.Of(person)!.Id, person))]);

    public static Decision Decide(Returning command, Guid person, RegisterFacts facts)
    {
        if (LeavingAccess.Refuses(RegisterAction.AskReturn, person, facts) is { } refusal) return refusal;
        var id = facts.Register.Departures.Of(person)!.Id;
        return Unfit(command.Reason) is { } unfit ? unfit
            : Decision.Accept(On(new ReturnAsked(id, person)), Words(person, new LeavingReasoned(id, LeavingMove.ReturnAsked, null, command.Reason!.Trim())));
    }

    public static Decision DecideReturn(Answer command, Guid person, RegisterFacts facts)
    {
        if (LeavingAccess.Refuses(RegisterAction.AnswerReturn, person, facts, command.Agrees) is { } refusal) return refusal;
        var departure = facts.Register.Departures.Of(person)!;
        if (!command.Agrees)
        {
            return Unfit(command.Reason) is { } unfit ? unfit
                : Decision.Accept(Words(person, new LeavingReasoned(departure.Id, LeavingMove.ReturnRefused, null, command.Reason!.Trim())), On(new ReturnRefused(departure.Id, person)));
        }

        // Who has left comes back to no post and no list of one.
        return Decision.Accept([.. departure.HasLeftAt(facts.Now) ? Closed(person, facts.Register) : [], On(new ReturnAgreed(departure.Id, person))]);
    }

    public Task<Outcome> AskAsync(Guid by, Guid person, Asking command, Guid id, CancellationToken cancel)
    {
        var zone = options.Value.TimeZone;
        var midnight = command.Day?.ToDateTime(TimeOnly.MinValue) ?? default;
        // A day whose midnight no clock shows begins with the first moment after it.
        while (zone.IsInvalidTime(midnight)) midnight = midnight.AddMinutes(15);
        var begins = command.Day is null ? default : new DateTimeOffset(midnight, zone.GetUtcOffset(midnight)).ToUniversalTime();
        return desk.RunAsync(by, RegisterAction.AskLeaving, facts => Decide(
            command, person, id, begins, DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(facts.Now, zone).DateTime), facts), cancel);
    }

    /// <param name="by">Who answers.</param>
    /// <param name="person">Who is to leave.</param>
    /// <param name="command">The answer.</param>
    /// <param name="look">What the key of whoever answers says of the person.</param>
    /// <param name="cancel">Ends the wait.</param>
    public async Task<Outcome> AnswerAsync(Guid by, Guid person, Answer command, ProtectionLook? look, CancellationToken cancel)
    {
        var facts = await desk.FactsAsync(by, cancel);
        // Whatever depends on the look is refused before it comes to the record.
        if (command.Agrees && facts.Register.Departures.Of(person) is { } departure && LeavingAccess.Refuses(RegisterAction.AnswerLeaving, person, facts) is null
            && HeldActs.RefusesClearing(departure.AskedAt, departure.AskedAt + HeldActs.Lapse, look, command.Why, facts.Now) is { } held) return new Outcome.Refused(held, 0);
        return await desk.RunAsync(by, RegisterAction.AnswerLeaving, now => Decide(command, person, now with { Look = look }), cancel);
    }

    public async Task<Outcome> CarryOutAsync(Guid by, Guid person, CancellationToken cancel)
    {
        // Removed first: nothing says that it was done before it is. Removing twice does nothing the second time.
        if (await MayAsync(by, person, RegisterAction.CarryOutLeaving, cancel)) await credentials.RemoveAsync(SubjectKind.Person, person, cancel);
        return await desk.RunAsync(by, RegisterAction.CarryOutLeaving, facts => DecideCarryingOut(person, facts), cancel);
    }

    public Task<Outcome> AskReturnAsync(Guid by, Guid person, Returning command, CancellationToken cancel) =>
        desk.RunAsync(by, RegisterAction.AskReturn, facts => Decide(command, person, facts), cancel);

    public async Task<Outcome> AnswerReturnAsync(Guid by, Guid person, Answer command, CancellationToken cancel)
    {
        // A leaver whose credentials nobody removed yet does not come back to them.
        var left = (await registers.ReadAsync(cancel)).HasLeft(person, time.GetUtcNow());
        if (left && command.Agrees && await MayAsync(by, person, RegisterAction.AnswerReturn, cancel)) await credentials.RemoveAsync(SubjectKind.Person, person, cancel);
        return await desk.RunAsync(by, RegisterAction.AnswerReturn, facts => DecideReturn(command, person, facts), cancel);
    }

    async Task<bool> MayAsync(Guid by, Guid person, RegisterAction action, CancellationToken cancel)
    {
        var (register, now) = (await registers.ReadAsync(cancel), time.GetUtcNow());
        return LeavingAccess.Refuses(action, person, new RegisterFacts(register, Actor.From(register, by, now), now)) is null;
    }

    static IEnumerable<Filing> Closed(Guid person, Register register) =>
        register.PostingsOf(person).Where(p => p.From is not null && p.Until is null).Select(p => On(new PostingEnded(p.Id)));

    static Refusal? Unfit(string? reason) => PlainText.Refuses(reason, PlainText.MaxReason, "text.reason-missing");

    static Filing On(IEvent happened) => new(Register.Stream, happened);

    static Filing Words(Guid person, IEvent happened) => new(Register.Stream, happened, Compartment: Compartments.OfPerson(person));
}
