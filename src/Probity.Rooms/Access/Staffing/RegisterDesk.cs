using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Probity.Access.Contract;
using Probity.Ledger;
using Probity.Shared;
using Probity.Shared.Record;
using Probity.Shared.Views;
using Probity.Shared.Web;

namespace Probity.Access.Staffing;

/// <summary>What can be done to the register.</summary>
internal enum RegisterAction { CreateUnit, CreatePost, RegisterPerson, Invite, ProposePosting, ApprovePosting, RejectPosting, EndPosting, AnswerPostingEnd, AskLeaving, AnswerLeaving, CarryOutLeaving, AskReturn, AnswerReturn }

/// <summary>All that a decision on the register may know.</summary>
internal sealed record RegisterFacts(Register Register, Actor Actor, DateTimeOffset Now)
{
    /// <summary>Whether the person fulfils what the post asks of its holders, where that is decided.</summary>
    public bool MayHold => Lack is null;

    /// <summary>What they do not fulfil, where they do not: the end of the refusal's code, and the role that sees to it.</summary>
    public (string Code, Role SeesTo)? Lack { get; init; }

    /// <summary>What a competition for the post says of the person, where that is decided and there is one.</summary>
    public CompetitionStanding? Competition { get; init; }

    /// <summary>What the key of whoever acts says of the person, where an act to their disadvantage is to be cleared.</summary>
    public ProtectionLook? Look { get; init; }
}

/// <summary>Which roles may do what to the register. Whatever does not stand here is denied; each slice adds its own bars.</summary>
internal static class RegisterAccess
{
    static readonly Dictionary<RegisterAction, Role[]> Table = new()
    {
        [RegisterAction.CreateUnit] = [Role.Administrator],
        [RegisterAction.CreatePost] = [Role.Administrator],
        [RegisterAction.RegisterPerson] = [Role.Administrator],
        [RegisterAction.Invite] = [Role.Administrator, Role.Integrity, Role.Overseer],
        [RegisterAction.ProposePosting] = [Role.Administrator],
        [RegisterAction.ApprovePosting] = [Role.Integrity, Role.Overseer],
        [RegisterAction.RejectPosting] = [Role.Integrity, Role.Overseer],
        [RegisterAction.EndPosting] = [Role.Commander, Role.Integrity, Role.Overseer],
        // A commander to take back what they asked alone.
        [RegisterAction.AnswerPostingEnd] = [Role.Overseer, Role.Integrity, Role.Commander],
        [RegisterAction.AskLeaving] = [Role.Administrator, Role.Integrity],
        [RegisterAction.AnswerLeaving] = [Role.Integrity, Role.Overseer],
        [RegisterAction.CarryOutLeaving] = [Role.Administrator, Role.Integrity, Role.Overseer],
        [RegisterAction.AskReturn] = [Role.Administrator, Role.Integrity],
        [RegisterAction.AnswerReturn] = [Role.Integrity, Role.Overseer],
    };

    public static bool Allows(RegisterAction action, Actor actor) => Table[action].Any(actor.Has);

    /// <summary>A refusal that names who may: the roles of the table, without those who are barred.</summary>
    public static Refusal Refusal(string code, RegisterAction action, RegisterFacts facts, params IEnumerable<Guid> barred)
    {
        foreach (var role in Table[action])
        {
            var people = facts.Register.Holders(role, facts.Now).Except(barred).Except([facts.Actor.Person]).ToList();
            if (people.Count > 0) return new Refusal(code, new Reroute(role.ToString(), people));
        }

        return new Refusal(code);
    }

    /// <summary>Who sees all people: those who run, guard or oversee the register. A commander sees their own units'.</summary>
    public static bool SeesEverybody(Actor actor) => actor.Has(Role.Administrator) || actor.Has(Role.Integrity) || actor.Has(Role.Overseer);

    public static bool Sees(Actor actor, Guid person, Register register) =>
        SeesEverybody(actor) || register.PostingsOf(person).Any(p => actor.Commands(register.Posts[p.Post].Unit, register));
}

/// <summary>The way of every command on the register: read it, guard, decide, file. A slice brings the decision alone.</summary>
internal sealed class RegisterDesk(Clerk clerk, IRegister registers, IEnumerable<IPostRequirements> requirements, IEnumerable<IPostCompetitions> competitions, TimeProvider time)
{
    /// <summary>The codes where somebody has not what a post asks for: a clearance, a competence, a declaration in time, or time left in it.</summary>
    public const string NotCleared = "posting.not-cleared", NotTrained = "posting.not-trained", NotDeclared = "posting.declaration-overdue", TenureOver = "posting.tenure-over";

    /// <summary>The code where somebody is to leave, or has left.</summary>
    public const string Leaves = "posting.leaves";

    /// <summary>The code where nobody is posted because an appeal against a competition is open.</summary>
    public const string Appealed = "posting.competition-appealed";

    /// <summary>What a decision would know now, for what is looked at before it.</summary>
    public async ValueTask<RegisterFacts> FactsAsync(Guid person, CancellationToken cancel)
    {
        var (register, now) = (await registers.ReadAsync(cancel), time.GetUtcNow());
        return new RegisterFacts(register, Actor.From(register, person, now), now);
    }

    public Task<Outcome> RunAsync(Guid person, RegisterAction action, Func<RegisterFacts, Decision> decide, CancellationToken cancel) =>
        RunAsync(person, action, _ => null, decide, cancel);

    /// <summary>The same about a posting: who is to have which post, where that can be told.</summary>
    public Task<Outcome> RunAsync(
        Guid person, RegisterAction action, Func<Register, (Guid Person, Guid Post)?> about, Func<RegisterFacts, Decision> decide, CancellationToken cancel) =>
        clerk.FileAsync(new ActorId(person), Register.Stream, $"access.{action}", async session =>
        {
            var now = time.GetUtcNow();
            var register = await registers.ReadAsync(session, cancel);
            var facts = new RegisterFacts(register, Actor.From(register, person, now), now);
            if (!RegisterAccess.Allows(action, facts.Actor)) return RegisterAccess.Refusal(Bars.Role, action, facts);
            if (about(register) is not var (holder, post)) return decide(facts);
            foreach (var room in requirements)
            {
                if (!await room.MayHoldAsync(session, register, holder, post, now, cancel)) facts = facts with { Lack = facts.Lack ?? (room.Lack, room.SeesTo) };
            }

            foreach (var room in competitions) facts = facts with { Competition = facts.Competition ?? await room.OfAsync(session, register, holder, post, now, cancel) };
            return decide(facts);
        }, cancel: cancel);

    /// <summary>The refusal of a posting to somebody who has not what the post asks for, or null.</summary>
    public static Refusal? RefusesLack(RegisterFacts facts) => facts.Lack is var (code, role)
        ? new Refusal("posting." + code, new Reroute(role.ToString(), facts.Register.Holders(role, facts.Now))) : null;
}

/// <summary>The way of an API call to a command on the register, and of the command's answer back.</summary>
internal static class RegisterApi
{
    /// <summary>Reads the body, runs the command and answers.</summary>
    public static Task<IResult> RunAsync<TBody>(
        HttpContext http, Func<Guid, TBody, CancellationToken, Task<Outcome>> run, Func<IResult> done) where TBody : class =>
        ApiCall.RunAsync<TBody>(http, TextOf, async (person, body, cancel) => Wrote(http, await run(person, body, cancel)), (_, _, _) => done());

    /// <summary>Runs a command that says all in its address.</summary>
    public static Task<IResult> RunAsync(HttpContext http, Func<Guid, CancellationToken, Task<Outcome>> run, Func<IResult> done) =>
        ApiCall.RunAsync(http, TextOf, async (person, cancel) => Wrote(http, await run(person, cancel)), (_, _) => done());

    static string TextOf(string code) => AccessText.Get(code == Answers.Stale ? "stale" : code);

    // A refusal stands on the record too, and pages that show the record wait for it.
    static Outcome Wrote(HttpContext http, Outcome outcome)
    {
        if (outcome is Outcome.Refused(_, var index)) http.Wrote(index);
        return outcome;
    }

    /// <summary>201 and the id of what was made.</summary>
    public static IResult Created(Guid id, string? at = null) => Results.Created(at, new Made(id));

    /// <summary>Says in the OpenAPI document that a call takes a body.</summary>
    public static RouteHandlerBuilder Takes<TBody>(this RouteHandlerBuilder route) where TBody : class => route.Accepts<TBody>("application/json");
}

/// <summary>The rules for names and reasons: something is said, not too long, and no characters that hide or disguise others.</summary>
internal static class PlainText
{
    public const int MaxName = 200;
    public const int MaxReason = 2_000;

    public static Refusal? Refuses(string? text, int max, string missing) =>
        string.IsNullOrWhiteSpace(text) ? new Refusal(missing)
        : text.Length > max ? new Refusal("text.too-long")
        : !WrittenText.IsPlain(text, lines: false) ? new Refusal("text.characters")
        : WrittenText.SaysSomething(text) ? null : new Refusal(missing);
}
