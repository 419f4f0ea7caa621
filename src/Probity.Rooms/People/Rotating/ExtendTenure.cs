using Probity.Access.Contract;
using Probity.Ledger;
using Probity.People.Contract;
using Probity.People.Vetting;
using Probity.Policies.Contract;
using Probity.Shared.Record;

namespace Probity.People.Rotating;

/// <summary>A commander or integrity asks that somebody stay longer in a sensitive post, once and for a few months; an overseer from outside the unit agrees or says why not.</summary>
internal sealed class ExtendTenure(Clerk clerk, IRegister registers, TenureReader tenures, TimeProvider time)
{
    public const string None = "people.tenure-none";
    public const string Early = "people.tenure-early";
    public const string Once = "people.tenure-once";
    public const string Waits = "people.tenure-waits";
    public const string Months = "people.tenure-months";
    public const string Known = "people.tenure-known";
    public const string Nothing = "people.tenure-nothing";

    internal sealed record Proposal(Guid Extension, Guid Person, Guid Post, int? Months, string? Reason);

    internal sealed record Answer(Guid Person, Guid Extension, bool? Agree, string? Reason);

    public static Decision Decide(Proposal command, TenureRules rules, Actor actor, DateTimeOffset now)
    {
        if (!rules.Register.Posts.TryGetValue(command.Post, out var post)) return Decision.Refuse(None);
        if (TenureAccess.Refuses(TenureAction.AskExtension, actor, command.Person, post, null, rules.Register, now) is { } refusal) return refusal;
        // One id is one extension: under an id that is known nobody asks for something else.
        if (rules.Extensions.Find(command.Extension) is { } before
            && (before.Person, before.Post, before.Months, before.Reason, before.By) != (command.Person, command.Post, command.Months, command.Reason?.Trim(), actor.Person)) return Decision.Refuse(Known);
        if (Tenure.Of(command.Person, command.Post, rules, now) is not { Until: { } until } tenure) return Decision.Refuse(None);
        if (tenure.Extension is { } known) return Decision.Refuse(known.AgreedAt is null ? Waits : Once);
        if (until.AddDays(-Tenure.First) > now) return Decision.Refuse(Early);
        if (command.Months is not { } months || months < 1 || months > rules.Policy.Of(PolicyRules.TenureExtended)) return Decision.Refuse(Months);
        return VettingTexts.Refuses(command.Reason) is { } unfit ? unfit
            : Decision.Accept(File(command.Person, new TenureExtensionAsked(command.Extension, command.Person, command.Post, months, command.Reason!.Trim())));
    }

    public static Decision Decide(Answer command, TenureRules rules, Actor actor, DateTimeOffset now)
    {
        // Who may answer nothing learns of nothing: without an extension the refusal is that of the role.
        if (rules.Extensions.Of(command.Person).FirstOrDefault(e => e.Id == command.Extension) is not { } asked)
            return actor.Has(Role.Overseer) ? Decision.Refuse(Nothing) : new Refusal(Bars.Role, new Reroute(nameof(Role.Overseer), rules.Register.Holders(Role.Overseer, now)));
        if (TenureAccess.Refuses(TenureAction.AnswerExtension, actor, asked.Person, rules.Register.Posts[asked.Post], asked.By, rules.Register, now) is { } refusal) return refusal;
        if (asked.AgreedAt is not null) return Decision.Refuse(Nothing);
        if (command.Agree is not { } agree) return Decision.Refuse(DecideClearance.AnswerMissing);
        return agree ? Decision.Accept(File(asked.Person, new TenureExtensionAgreed(asked.Id, asked.Person, rules.Policy.Label)))
            : VettingTexts.Refuses(command.Reason) is { } unfit ? unfit
            : Decision.Accept(File(asked.Person, new TenureExtensionReturned(asked.Id, asked.Person, command.Reason!.Trim())));
    }

    static Filing File(Guid person, IEvent happened) => new(Extensions.Stream, happened, Compartment: Compartments.OfPerson(person));

    public Task<Outcome> HandleAsync(Guid person, Proposal command, CancellationToken cancel) =>
        RunAsync(person, command.Person, TenureAction.AskExtension, (rules, actor, now) => Decide(command, rules, actor, now), cancel);

    public Task<Outcome> HandleAsync(Guid person, Answer command, CancellationToken cancel) =>
        RunAsync(person, command.Person, TenureAction.AnswerExtension, (rules, actor, now) => Decide(command, rules, actor, now), cancel);

    // A refusal lies beside whom it is about, where there is somebody.
    Task<Outcome> RunAsync(Guid person, Guid about, TenureAction action, Func<TenureRules, Actor, DateTimeOffset, Decision> decide, CancellationToken cancel) =>
        clerk.FileAsync(new ActorId(person), about == Guid.Empty ? Extensions.Stream : new StreamId(about), $"people.{action}", async session =>
        {
            var now = time.GetUtcNow();
            var register = await registers.ReadAsync(session, cancel);
            return decide(await tenures.ReadAsync(session, register, cancel), Actor.From(register, person, now), now);
        }, cancel: cancel);
}
