using Probity.Access.Contract;
using Probity.Ledger;
using Probity.Policies.Contract;
using Probity.Shared.Record;

namespace Probity.Policies.Proposing;

/// <summary>
/// The integrity officer asks for another version of the pack, and an external overseer agrees or does not: nobody loosens the rules by which they are judged alone.
/// </summary>
internal sealed class ProposePack(Clerk clerk, IRegister registers, TimeProvider time)
{
    public const string Waiting = "policies.pending";
    public const string Same = "policies.same";
    public const string PackUnknown = "policies.pack-unknown";
    public const string FigureWrong = "policies.figure-wrong";
    public const string Nothing = "policies.nothing-asked";

    /// <param name="Pack">The country's code, or <c>default</c>.</param>
    /// <param name="Figures">The figure of every rule, as typed: null where it was no whole number.</param>
    /// <param name="Reason">Why.</param>
    internal sealed record Proposal(string? Pack, IReadOnlyDictionary<string, int?> Figures, string? Reason);

    internal sealed record Answer(bool Agree, string? Reason);

    /// <summary>The rules whose figure cannot be what it is.</summary>
    public static IReadOnlyList<PolicyRule> Wrong(Proposal command) =>
        [.. PolicyRules.All.Where(r => command.Figures.GetValueOrDefault(r.Key) is not { } figure || !r.Takes(figure))];

    public static Decision Decide(Proposal command, PolicyBook book, Actor actor, Register register, DateTimeOffset now)
    {
        if (!Proposes(actor)) return new Refusal(Bars.Role, new Reroute(nameof(Role.Integrity), register.Holders(Role.Integrity, now)));
        if (book.Asked is not null) return Decision.Refuse(Waiting);
        if (Packs.PackFile.Find(command.Pack) is not { } pack) return Decision.Refuse(PackUnknown);
        if (Wrong(command).Count > 0) return Decision.Refuse(FigureWrong);
        var figures = PolicyRules.All.ToDictionary(r => r.Key, r => command.Figures[r.Key]!.Value, StringComparer.Ordinal);
        if (book.InForce is { Number: > 0 } now1 && now1.Pack == pack.Pack && PolicyRules.All.All(r => now1.Of(r) == figures[r.Key])) return Decision.Refuse(Same);
        return PolicyTexts.RefusesReason(command.Reason) is { } unfit ? unfit
            : Decision.Accept(PolicyBook.Stream, new PackProposed(pack.Pack, figures, command.Reason!.Trim()));
    }

    public static Decision Decide(Answer command, PolicyBook book, Actor actor, Register register, DateTimeOffset now)
    {
        if (!Answers(actor)) return new Refusal(Bars.Role, new Reroute(nameof(Role.Overseer), register.Holders(Role.Overseer, now)));
        if (book.Asked is not { } asked) return Decision.Refuse(Nothing);
        if (Recusal.Between(actor.Person, [asked.By], register, now) is { } bar)
            return new Refusal(bar, new Reroute(nameof(Role.Overseer), [.. register.Holders(Role.Overseer, now).Where(p => p != actor.Person)]));
        return command.Agree ? Decision.Accept(PolicyBook.Stream, new PackAgreed())
            : PolicyTexts.RefusesReason(command.Reason) is { } unfit ? unfit
            : Decision.Accept(PolicyBook.Stream, new PackReturned(command.Reason!.Trim()));
    }

    /// <summary>Whether this person may ask for another version.</summary>
    public static bool Proposes(Actor actor) => actor.Has(Role.Integrity);

    /// <summary>Whether this person may be the second one.</summary>
    public static bool Answers(Actor actor) => actor.Has(Role.Overseer);

    public Task<Outcome> HandleAsync(Guid person, Proposal command, CancellationToken cancel) =>
        RunAsync(person, (book, actor, register, now) => Decide(command, book, actor, register, now), cancel);

    public Task<Outcome> HandleAsync(Guid person, Answer command, CancellationToken cancel) =>
        RunAsync(person, (book, actor, register, now) => Decide(command, book, actor, register, now), cancel);

    Task<Outcome> RunAsync(Guid person, Func<PolicyBook, Actor, Register, DateTimeOffset, Decision> decide, CancellationToken cancel) =>
        clerk.FileAsync(new ActorId(person), PolicyBook.Stream, "policies.ProposePack", async session =>
        {
            var now = time.GetUtcNow();
            var register = await registers.ReadAsync(session, cancel);
            var book = await session.FoldAsync<PolicyBook>(PolicyBook.Stream, cancel);
            return decide(book, Actor.From(register, person, now), register, now);
        }, cancel: cancel);
}
