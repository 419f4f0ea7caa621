using System.Security.Claims;
using Probity.Access.Contract;
using Probity.Ledger;
using Probity.People.Contract;
using Probity.People.Vetting;
using Probity.Shared.Record;

namespace Probity.People.Clearing;

/// <summary>All that an answer to a held act about a clearance may know.</summary>
internal sealed record HeldFacts(HeldAct Act, Clearance Clearance, Register Register, Actor Actor, DateTimeOffset Now)
{
    /// <summary>What the key of whoever acts says of the person.</summary>
    public ProtectionLook? Look { get; init; }

    /// <summary>Each time that it was sent back since one like it was cleared.</summary>
    public IReadOnlyList<HeldReturn> SentBack { get; init; } = [];

    /// <summary>The overseers who answer, since it was sent back so often; empty where integrity may.</summary>
    public IReadOnlyList<Guid> Overseers => HeldActs.OverseersFor(SentBack.Count, Clearance.Person, Act.By, Register, Now);
}

/// <summary>
/// Integrity or an overseer clears what vetting would decide to somebody's disadvantage, or sends it back: near neither the person nor who asked, after three days at the earliest, and never without
/// having been told whether a report protects the person. What was sent back twice an overseer answers. A suspension that is not cleared is put before an overseer to be lifted.
/// </summary>
internal sealed class AnswerHeld(TransparencyLog log, Clerk clerk, IRegister registers, IProtectedPeople people, TimeProvider time)
{
    public const string NothingWaits = "people.held-nothing", AgreesMissing = "people.answer-missing";

    /// <param name="Agrees">Whether it is cleared.</param>
    /// <param name="Reason">Why not.</param>
    /// <param name="Why">Where a report protects the person: why it has nothing to do with that.</param>
    internal sealed record Command(bool? Agrees, string? Reason, string? Why);

    /// <summary>The refusal of an answer to this person, or null.</summary>
    /// <param name="agrees">Whether the answer is a yes: whoever asked may take it back.</param>
    /// <param name="facts">What is known.</param>
    public static Refusal? Refuses(bool agrees, HeldFacts facts)
    {
        var (register, actor, person) = (facts.Register, facts.Actor, facts.Clearance.Person);
        if (actor.Person == person) return To(Bars.Self);
        // What has taken effect is lifted, not taken back.
        if (facts.Act.By == actor.Person) return agrees || facts.Act.Kind == AdverseAct.ClearanceSuspension ? To(Bars.EarlierRole) : null;
        // Whoever asks keeps nobody from sending it back by declaring a tie to them.
        if (!actor.Has(Role.Integrity) && !actor.Has(Role.Overseer)) return To(Bars.Role);
        if (Recusal.Between(actor.Person, agrees ? [person, facts.Act.By] : [person], register, facts.Now) is { } near) return To(near);
        return actor.Has(Role.Overseer) || facts.Overseers is not { Count: > 0 } overseers ? null : new Refusal(HeldActs.SentBackOften, new Reroute(nameof(Role.Overseer), overseers));

        Refusal To(string code) => new(code, new Reroute(nameof(Role.Integrity), [.. register.Holders(Role.Integrity, facts.Now).Where(p => p != actor.Person && Recusal.Between(p, [person, facts.Act.By], register, facts.Now) is null)]));
    }

    public static Decision Decide(Command command, HeldFacts facts)
    {
        var (act, clearance) = (facts.Act, facts.Clearance);
        if (command.Agrees is not { } agrees) return Decision.Refuse(AgreesMissing);
        if (Refuses(agrees, facts) is { } refusal) return refusal;
        if (!act.Waits) return Decision.Refuse(NothingWaits);
        if (agrees)
        {
            return HeldActs.RefusesClearing(act.At, act.Lapses, facts.Look, command.Why, facts.Now) is { } held ? held
                : Decision.Accept(HeldActs.File(clearance.Person, new ActCleared(act.Id, facts.Look!.Boxes)));
        }

        if (VettingTexts.Refuses(command.Reason) is { } unfit) return unfit;
        var returned = HeldActs.File(clearance.Person, new ActReturned(act.Id, command.Reason!.Trim()));
        return act.Kind == AdverseAct.ClearanceSuspension && clearance is { Suspension: not null, AskedToLift: null }
            ? Decision.Accept(returned, ClearanceDesk.File(clearance, new LiftingAsked(command.Reason!.Trim()))) : Decision.Accept(returned);
    }

    /// <summary>What is known of an act; null where there is none about a clearance, or this person may not know of it.</summary>
    public ValueTask<HeldFacts?> ReadAsync(Guid by, Guid person, Guid act, CancellationToken cancel) => ReadAsync(new RecordSession(log), by, person, act, cancel);

    public async Task<Outcome?> HandleAsync(ClaimsPrincipal who, Guid person, Guid act, Command command, CancellationToken cancel)
    {
        var (by, visible) = (SignedInPerson.Of(who)!.Value, false);
        var look = command.Agrees == true ? await people.LookAsync(who, person, command.Why, cancel) : null;
        // Whatever depends on the look is refused before it comes to the record.
        if (command.Agrees == true && await ReadAsync(by, person, act, cancel) is { Act.Waits: true } known && Refuses(agrees: true, known) is null
            && HeldActs.RefusesClearing(known.Act.At, known.Act.Lapses, look, command.Why, known.Now) is { } held) return new Outcome.Refused(held, 0);
        var outcome = await clerk.FileAsync(new ActorId(by), new StreamId(person), "people.Clear", async session =>
        {
            var facts = await ReadAsync(session, by, person, act, cancel);
            visible = facts is not null;
            return facts is null ? Decision.Refuse(Bars.Role) : Decide(command, facts with { Look = look });
        }, cancel: cancel);
        return visible ? outcome : null;
    }

    async ValueTask<HeldFacts?> ReadAsync(RecordSession session, Guid by, Guid person, Guid id, CancellationToken cancel)
    {
        var (now, register) = (time.GetUtcNow(), await registers.ReadAsync(session, cancel));
        if (!register.People.ContainsKey(person) || await session.FoldAsync<HeldActs>(HeldActs.StreamOf(person), cancel) is not { } acts || acts.All.GetValueOrDefault(id) is not { Clearance: { } of } act) return null;
        var clearance = await session.FoldAsync<Clearance>(new StreamId(of), cancel);
        var facts = new HeldFacts(act, clearance, register, Actor.From(register, by, now), now) { SentBack = acts.ReturnsOf(act.Kind, id) };
        return clearance.Exists && clearance.Person == person && Sees(facts) ? facts : null;
    }

    /// <summary>Who answers sees it, or would answer where it was not sent back so often, and who asked.</summary>
    internal static bool Sees(HeldFacts facts) => facts.Act.By == facts.Actor.Person || Refuses(agrees: false, facts) is null or { Code: HeldActs.SentBackOften };
}
