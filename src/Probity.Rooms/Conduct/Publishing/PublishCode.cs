using Probity.Access.Contract;
using Probity.Conduct.Code;
using Probity.Conduct.Contract;
using Probity.Ledger;
using Probity.Policies.Contract;
using Probity.Shared.Record;

namespace Probity.Conduct.Publishing;

/// <summary>Integrity writes a version of the code, and an external overseer agrees or does not: who writes the rules does not put them in force alone.</summary>
internal sealed class PublishCode(Clerk clerk, FoldedStream<CodeOfConduct> codes, IRegister registers, IPolicies policies, TimeProvider time)
{
    public const string Waiting = "conduct.pending";
    public const string Same = "conduct.same";
    public const string ArticleUnfit = "conduct.article-unfit";
    public const string NoArticles = "conduct.no-articles";
    public const string TooFewQuestions = "conduct.too-few-questions";
    public const string Nothing = "conduct.nothing-asked";

    /// <summary>An article as typed; its words by language.</summary>
    internal sealed record Typed(int Number, IReadOnlyDictionary<string, ArticleWords> Words)
    {
        /// <summary>Whether it was left out: nothing is written in any language.</summary>
        public bool IsLeftOut => Words.Values.All(w => string.IsNullOrWhiteSpace(w.Title) && string.IsNullOrWhiteSpace(w.Text));

        /// <summary>Whether every language has a title and a text.</summary>
        public bool IsWhole => ModelCode.Languages.All(l => Words.TryGetValue(l, out var w)
            && ConductTexts.Fits(w.Title, ModelCode.MaxTitle, lines: false) && ConductTexts.Fits(w.Text, ModelCode.MaxText, lines: true));
    }

    /// <param name="Articles">What was typed; an article without any words is left out.</param>
    /// <param name="Reason">What changes, and why.</param>
    internal sealed record Proposal(IReadOnlyList<Typed> Articles, string? Reason);

    internal sealed record Answer(bool Agree, string? Reason);

    /// <summary>The articles that a new version starts from: those in force, or the model's.</summary>
    public static IReadOnlyList<CodeArticle> BaseOf(CodeOfConduct code) => code.InForce?.Articles ?? ModelCode.Articles;

    public static Decision Decide(Proposal command, CodeOfConduct code, Actor actor, Register register, DateTimeOffset now)
    {
        if (!Proposes(actor)) return new Refusal(Bars.Role, new Reroute(nameof(Role.Integrity), register.Holders(Role.Integrity, now)));
        if (code.Asked is not null) return Decision.Refuse(Waiting);
        var kept = command.Articles.Where(a => !a.IsLeftOut).OrderBy(a => a.Number).ToList();
        if (kept.Any(a => !a.IsWhole)) return Decision.Refuse(ArticleUnfit);
        if (kept.Count is 0 or > ModelCode.MaxArticles || kept.Select(a => a.Number).Distinct().Count() < kept.Count || kept.Any(a => a.Number is < 1 or > 999)) return Decision.Refuse(NoArticles);
        var before = BaseOf(code).ToDictionary(a => a.Number);
        IReadOnlyList<CodeArticle> articles = [.. kept.Select(a => new CodeArticle(
            a.Number, before.GetValueOrDefault(a.Number)?.Un ?? [],
            ModelCode.Languages.ToDictionary(l => l, l => new ArticleWords(a.Words[l].Title.Trim(), a.Words[l].Text.Trim()), StringComparer.Ordinal)))];
        // What is asked about an article goes with it.
        IReadOnlyList<CodeQuestion> questions = [.. (code.InForce?.Questions ?? ModelCode.Questions).Where(q => articles.Any(a => a.Number == q.Article))];
        if (questions.Count < ModelCode.LeastQuestions) return Decision.Refuse(TooFewQuestions);
        if (code.InForce is { } now1 && IsSame(articles, now1.Articles)) return Decision.Refuse(Same);
        return ConductTexts.RefusesReason(command.Reason) is { } unfit ? unfit
            : Decision.Accept(CodeOfConduct.Stream, new CodeProposed(articles, questions, command.Reason!.Trim()));
    }

    public static Decision Decide(Answer command, CodeOfConduct code, Policy policy, Actor actor, Register register, DateTimeOffset now)
    {
        if (!Answers(actor)) return new Refusal(Bars.Role, new Reroute(nameof(Role.Overseer), register.Holders(Role.Overseer, now)));
        if (code.Asked is not { } asked) return Decision.Refuse(Nothing);
        if (Recusal.Between(actor.Person, [asked.By], register, now) is { } bar)
            return new Refusal(bar, new Reroute(nameof(Role.Overseer), [.. register.Holders(Role.Overseer, now).Where(p => p != actor.Person)]));
        return command.Agree ? Decision.Accept(CodeOfConduct.Stream, new CodePublished(code.Versions.Count + 1, policy.Of(PolicyRules.CodeAcknowledgedWithin), policy.Label))
            : ConductTexts.RefusesReason(command.Reason) is { } unfit ? unfit
            : Decision.Accept(CodeOfConduct.Stream, new CodeReturned(command.Reason!.Trim()));
    }

    /// <summary>Whether this person may write a version.</summary>
    public static bool Proposes(Actor actor) => actor.Has(Role.Integrity);

    /// <summary>Whether this person may be the second one.</summary>
    public static bool Answers(Actor actor) => actor.Has(Role.Overseer);

    /// <summary>Whether an article reads otherwise than one of the same number, in any language.</summary>
    public static bool Differs(CodeArticle article, CodeArticle? other) => other is null || ModelCode.Languages.Any(l => article.Words[l] != other.Words[l]);

    static bool IsSame(IReadOnlyList<CodeArticle> one, IReadOnlyList<CodeArticle> other) =>
        one.Count == other.Count && one.Zip(other).All(pair => pair.First.Number == pair.Second.Number && !Differs(pair.First, pair.Second));

    public Task<Outcome> HandleAsync(Guid person, Proposal command, CancellationToken cancel) =>
        RunAsync(person, (code, _, actor, register, now) => Decide(command, code, actor, register, now), cancel);

    public Task<Outcome> HandleAsync(Guid person, Answer command, CancellationToken cancel) =>
        RunAsync(person, (code, policy, actor, register, now) => Decide(command, code, policy, actor, register, now), cancel);

    Task<Outcome> RunAsync(Guid person, Func<CodeOfConduct, Policy, Actor, Register, DateTimeOffset, Decision> decide, CancellationToken cancel) =>
        clerk.FileAsync(new ActorId(person), CodeOfConduct.Stream, "conduct.PublishCode", async session =>
        {
            var now = time.GetUtcNow();
            var register = await registers.ReadAsync(session, cancel);
            return decide(await codes.ReadAsync(session, cancel), await policies.ReadAsync(session, cancel), Actor.From(register, person, now), register, now);
        }, cancel: cancel);
}
