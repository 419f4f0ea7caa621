using System.Security.Claims;
using Probity.Access.Contract;
using Probity.Ledger;
using Probity.People.Contract;
using Probity.Shared.Record;

namespace Probity.People.Requiring;

/// <summary>Integrity asks that a post ask for a clearance, another one, or none any more; a commander of the post or the overseer agrees or does not. To ask for less, or for nothing, takes the overseer.</summary>
internal sealed class MarkPost(Clerk clerk, IRegister registers, FoldedStream<Requirements> requirements, TimeProvider time)
{
    public const string PostUnknown = "people.post-unknown";
    public const string Waiting = "people.requirement-pending";
    public const string Same = "people.requirement-same";
    public const string Nothing = "people.requirement-nothing";

    /// <param name="Post">The post.</param>
    /// <param name="Level">What it is to ask for; null for nothing.</param>
    /// <param name="Reason">Why.</param>
    internal sealed record Proposal(Guid Post, ClearanceLevel? Level, string? Reason);

    internal sealed record Answer(Guid Post, bool Agree, string? Reason);

    public static Decision Decide(Proposal command, Requirements known, Actor actor, Register register, DateTimeOffset now)
    {
        if (!Proposes(actor)) return new Refusal(Bars.Role, new Reroute(nameof(Role.Integrity), register.Holders(Role.Integrity, now)));
        if (!register.Posts.ContainsKey(command.Post)) return Decision.Refuse(PostUnknown);
        if (Recusal.OfPost(actor.Person, command.Post, register, now) is { } tied) return new Refusal(tied, new Reroute(nameof(Role.Integrity), [.. register.Holders(Role.Integrity, now).Where(p => p != actor.Person)]));
        if (known.Asked.ContainsKey(command.Post)) return Decision.Refuse(Waiting);
        if ((known.Marked.TryGetValue(command.Post, out var level) ? level : (ClearanceLevel?)null) == command.Level) return Decision.Refuse(Same);
        return VettingTexts.Refuses(command.Reason) is { } unfit ? unfit
            : Decision.Accept(Requirements.Stream, new RequirementProposed(command.Post, command.Level, command.Reason!.Trim()));
    }

    public static Decision Decide(Answer command, Requirements known, Actor actor, Register register, DateTimeOffset now)
    {
        if (!register.Posts.TryGetValue(command.Post, out var post)) return Decision.Refuse(PostUnknown);
        var lowers = known.Lowers(command.Post);
        if (!Answers(post, actor, register, lowers)) return new Refusal(Bars.Role, WhoAnswers(post, actor, register, now, lowers));
        if (!known.Asked.TryGetValue(command.Post, out var asked)) return Decision.Refuse(Nothing);
        if (Bar(asked.By, post, actor, register, now) is { } bar) return new Refusal(bar, new Reroute(nameof(Role.Overseer), [.. register.Holders(Role.Overseer, now).Where(p => p != actor.Person)]));
        return command.Agree ? Decision.Accept(Requirements.Stream, new RequirementAgreed(command.Post))
            : VettingTexts.Refuses(command.Reason) is { } unfit ? unfit
            : Decision.Accept(Requirements.Stream, new RequirementReturned(command.Post, command.Reason!.Trim()));
    }

    /// <summary>Whether this person may ask.</summary>
    public static bool Proposes(Actor actor) => actor.Has(Role.Integrity);

    /// <summary>The same of somebody signed in, for what is shown.</summary>
    public static bool Proposes(ClaimsPrincipal user) => SignedInPerson.Has(user, Role.Integrity);

    /// <summary>Whether this person may be the second one; where less would be asked of the post than now, an overseer alone.</summary>
    public static bool Answers(Post post, Actor actor, Register register, bool lowers) => actor.Has(Role.Overseer) || (!lowers && actor.Commands(post.Unit, register));

    /// <summary>Whether this person may answer what waits now, by who asked for it: for whatever two people ask of a post.</summary>
    public static bool MayAnswer(Guid askedBy, Post post, Actor actor, Register register, DateTimeOffset now, bool lowers) =>
        Answers(post, actor, register, lowers) && Bar(askedBy, post, actor, register, now) is null;

    /// <summary>What bars this person from being the second one: who asked, and who holds the post.</summary>
    public static string? Bar(Guid askedBy, Post post, Actor actor, Register register, DateTimeOffset now) =>
        Recusal.OfPost(actor.Person, post.Id, register, now) ?? Recusal.Between(actor.Person, [askedBy], register, now);

    /// <summary>Who can be the second one.</summary>
    public static Reroute WhoAnswers(Post post, Actor actor, Register register, DateTimeOffset now, bool lowers)
    {
        var commanders = lowers ? [] : register.Holders(Role.Commander, now).Where(p => p != actor.Person && Actor.From(register, p, now).Commands(post.Unit, register)).ToList();
        return commanders.Count > 0 ? new Reroute(nameof(Role.Commander), commanders) : new Reroute(nameof(Role.Overseer), register.Holders(Role.Overseer, now));
    }

    public Task<Outcome> HandleAsync(Guid person, Proposal command, CancellationToken cancel) =>
        RunAsync(person, (known, actor, register, now) => Decide(command, known, actor, register, now), cancel);

    public Task<Outcome> HandleAsync(Guid person, Answer command, CancellationToken cancel) =>
        RunAsync(person, (known, actor, register, now) => Decide(command, known, actor, register, now), cancel);

    Task<Outcome> RunAsync(Guid person, Func<Requirements, Actor, Register, DateTimeOffset, Decision> decide, CancellationToken cancel) =>
        clerk.FileAsync(new ActorId(person), Requirements.Stream, "people.MarkPost", async session =>
        {
            var now = time.GetUtcNow();
            var register = await registers.ReadAsync(session, cancel);
            return decide(await requirements.ReadAsync(session, cancel), Actor.From(register, person, now), register, now);
        }, cancel: cancel);
}
