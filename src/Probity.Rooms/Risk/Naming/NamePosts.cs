using Probity.Access.Contract;
using Probity.Policies.Contract;
using Probity.Risk.Contract;
using Probity.Risk.Preparing;
using Probity.Shared.Record;

namespace Probity.Risk.Naming;

/// <summary>
/// Integrity names the posts in which the step of a rated scenario is done, all of them anew each time. That marks none as sensitive, which takes two people in another room: it shows which are not
/// and should be. Nobody names a post, or takes one off, that they hold, or whose holder is kin of or tied to them.
/// </summary>
internal sealed class NamePosts(RiskDesk desk)
{
    public const string Missing = "risk.posts-missing";
    public const string TooMany = "risk.posts-too-many";
    public const string Outside = "risk.post-outside";
    public const string Same = "risk.posts-same";
    public const int Most = 20;

    /// <param name="Assessment">The assessment.</param>
    /// <param name="Scenario">The scenario.</param>
    /// <param name="Posts">All of them.</param>
    /// <param name="Reason">Why; needed where a post is taken off.</param>
    internal sealed record Command(Guid Assessment, string Scenario, IReadOnlyList<Guid> Posts, string? Reason);

    public static Decision Decide(Command command, RiskFacts facts)
    {
        var (assessment, _, actor, register, now) = facts;
        if (!assessment.IsRated) return Decision.Refuse(ChooseScenarios.NotNow);
        if (!assessment.Risks.ContainsKey(command.Scenario)) return Decision.Refuse(ChooseScenarios.ScenarioUnknown);
        var named = command.Posts.Distinct().Order().ToList();
        if (named.Count == 0) return Decision.Refuse(Missing);
        if (named.Count > Most) return Decision.Refuse(TooMany);
        if (!named.All(p => IsOf(p, assessment, register))) return Decision.Refuse(Outside);
        var before = assessment.PostsOf(command.Scenario);
        var off = before.Keys.Except(named).ToList();
        Guid[] changed = [.. off, .. named.Where(p => !before.ContainsKey(p))];
        if (changed.Length == 0) return Decision.Refuse(Same);
        if (changed.Select(p => Recusal.OfPost(actor.Person, p, register, now)).FirstOrDefault(b => b is not null) is { } bar)
            return new Refusal(bar, new Reroute(nameof(Role.Integrity), [.. register.Holders(Role.Integrity, now).Where(p => p != actor.Person)]));
        return (off.Count > 0 ? RiskTexts.RefusesReason(command.Reason) : RiskTexts.RefusesNote(command.Reason)) is { } unfit ? unfit
            : Decision.Accept(assessment.Stream, new PostsNamed(command.Scenario, named, RiskTexts.Kept(command.Reason)));
    }

    /// <summary>Whether a post stands in the unit of an assessment or below it.</summary>
    public static bool IsOf(Guid post, RiskAssessment assessment, Register register) => register.Posts.TryGetValue(post, out var known) && register.IsWithin(known.Unit, assessment.Unit);

    /// <summary>Whether the posts of a risk are to be marked as sensitive: it is high or critical without controls.</summary>
    public static bool AsksForMark(Rating inherent) => RiskMatrix.LevelOf(inherent) >= RiskLevel.High;

    /// <summary>By when a post is to be marked, or by when one is to be named: so long after the rating, or after it was named where that came later.</summary>
    public static DateTimeOffset DueOf(DateTimeOffset rated, DateTimeOffset? named, Policy policy) => policy.After(PolicyRules.PostsMarkedWithin, named > rated ? named.Value : rated);

    public Task<Outcome?> HandleAsync(Guid person, Command command, long? expected, CancellationToken cancel) =>
        desk.RunAsync(person, command.Assessment, RiskAction.NamePosts, expected, facts => Decide(command, facts), null, cancel);
}
