using System.Security.Claims;
using Probity.Access.Contract;
using Probity.Policies.Contract;
using Probity.Shared;

namespace Probity.People.Selecting;

/// <summary>What competitions would have somebody do: draw up what was asked for, freeze, score, replace who is barred, explain, adopt, agree, name a panel, answer an appeal.</summary>
internal sealed class SelectionNextSteps(SelectionDesk desk, When when) : INextSteps
{
    public bool Serves(ClaimsPrincipal person) => ShowCompetitions.Serves(person);

    public async Task<IReadOnlyList<NextStep>> For(ClaimsPrincipal person, int most, CancellationToken cancel)
    {
        if (most <= 0 || SignedInPerson.Of(person) is not { } id) return [];
        var all = await desk.FactsAsync(id, null, cancel);
        var steps = new List<NextStep>();
        if (SelectionAccess.Refuses(SelectionAction.DrawUp, all) is null)
        {
            steps.AddRange(all.All.Requests.Take(most).Select(r => Step(
                "request", $"/selection/new?request={r.Id:D}", all.Policy.After(PolicyRules.SelectionStepWithin, r.At), ShowCompetitions.PostOf(r.Post, all.Register))));
        }

        foreach (var competition in all.All.All.Values.Where(c => IsAlive(c, all.Now)).OrderBy(c => c.Number, StringComparer.Ordinal))
        {
            if (steps.Count >= 4 * most) break;
            // What can only be asked of people who are in it, or who watch over all, needs no second look for the others.
            if (!SelectionAccess.SeesAll(person) && !competition.Scores(id) && !competition.Appeals.Any(a => a.Panel.Contains(id))) continue;
            steps.AddRange(Of(await desk.FactsAsync(id, competition.Id, cancel)).Select(s => Step(s.Key, s.Href, s.Due, competition.Number, s.Application)));
        }

        return [.. steps.OrderBy(s => s.Due ?? DateTimeOffset.MaxValue).Take(most)];
    }

    static bool IsAlive(Competition c, DateTimeOffset now) => c.StageAt(now) is not (CompetitionStage.Adopted or CompetitionStage.Empty or CompetitionStage.Late) || c.Appeals.Any(a => a.Confirmed is null);

    /// <summary>What one competition asks of the reader: the end of a text's key, where it is done and by when.</summary>
    internal static IEnumerable<(string Key, string Href, DateTimeOffset? Due, int? Application)> Of(SelectionFacts facts)
    {
        if (facts.Competition is not { } c) yield break;
        var (me, page, stage) = (facts.Actor.Person, $"/selection/{c.Id:D}", c.StageAt(facts.Now));
        bool May(SelectionAction action) => SelectionAccess.Refuses(action, facts) is null;
        DateTimeOffset After(DateTimeOffset at) => facts.Policy.After(PolicyRules.SelectionStepWithin, at);
        switch (stage)
        {
            case CompetitionStage.Drawn when May(SelectionAction.Freeze):
                yield return ("freeze", page, c.OpensAt, null);
                break;
            case CompetitionStage.Scoring:
                var due = After(c.Joined.TryGetValue(me, out var since) && since > c.ClosesAt ? since : c.ClosesAt);
                if (May(SelectionAction.Score))
                {
                    foreach (var a in c.ToScore.Where(a => ShowCompetition.MineOf(facts, c, a) == "score")) yield return ("score", FormattableString.Invariant($"{page}/applications/{a.Number}"), due, a.Number);
                }

                if (!c.Scores(me) && (facts.Actor.Has(Role.Integrity) || facts.Actor.Has(Role.Vetting)) && May(SelectionAction.AskReplacement))
                {
                    foreach (var (number, scorer) in facts.Barred(c).Where(b => !c.Replacements.Any(r => r.Application == b.Application && r.Out == b.Scorer))) yield return ("replace", page, due, number);
                    if (facts.Out(c).Any(p => !c.Replacements.Any(r => r.Application is null && r.Out == p))) yield return ("replace-out", page, due, null);
                    if (c.Panel.Any(p => !SelectionAccess.MaySit(p, facts.Register, facts.Now) && !c.HasScoredAll(p))) yield return ("replace-gone", page, due, null);
                }

                if (May(SelectionAction.Open) && facts.AreAllIn(c)) yield return ("open", page, due, null);
                break;
            case CompetitionStage.Opened when c.Unexplained().Any():
                if (May(SelectionAction.Explain)) yield return ("explain", page, After(c.OpenedAt!.Value), null);
                break;
            case CompetitionStage.Opened when May(SelectionAction.Propose):
                yield return ("propose", page, After(c.OpenedAt!.Value), null);
                break;
            case CompetitionStage.Proposed when May(SelectionAction.Second):
                yield return ("second", page, After(c.Proposal!.At), null);
                break;
            case CompetitionStage.Seconded when May(SelectionAction.AgreeDeparture):
                yield return ("agree", page, After(c.Proposal!.At), null);
                break;
            case CompetitionStage.Anew when May(SelectionAction.NamePanel):
                yield return ("anew", page, After(c.AnewSince!.Value), null);
                break;
        }

        if (LateMembers.PutsOut(facts.Actor) && !c.Scores(me) && May(SelectionAction.AskReplacement) && LateMembers.Waiting(facts, c).Any()) yield return ("replace-late", page, After(c.StepSince ?? c.ClosesAt), null);
        if (May(SelectionAction.AnswerReplacement))
        {
            foreach (var asked in c.Replacements.Where(r => r.By != me && r.Out != me && r.In != me)) yield return ("replacement", page, After(asked.At), asked.Application);
        }

        foreach (var appeal in c.Appeals.Where(a => a.Confirmed is null && c.AnewSince is null))
        {
            if (ShowCompetition.MayName(facts, c, appeal)) yield return ("appeal-panel", page, After(appeal.At), appeal.Application);
            if (appeal.Panel.Contains(me) && May(SelectionAction.AnswerAppeal) && appeal.Votes.All(v => v.By != me)) yield return ("appeal", page, After(appeal.NamedAt!.Value), appeal.Application);
        }
    }

    NextStep Step(string key, string href, DateTimeOffset? due, params object?[] words) => new(
        SelectionText.Say("next." + key, words), SelectionText.Say("next-why", due is { } at ? when.Day(at) : ""), SelectionText.Of("next-do." + key), href, due);
}
