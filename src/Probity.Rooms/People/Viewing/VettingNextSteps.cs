using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using Probity.Access.Contract;
using Probity.People.Covering;
using Probity.People.Requiring;
using Probity.People.Revetting;
using Probity.People.Vetting;
using Probity.Policies.Contract;
using Probity.Shared.Record;
using Probity.Shared;

namespace Probity.People.Viewing;

/// <summary>
/// What vetting would have a person do: hand in a form, answer, appeal; for vetting and the overseer what they may do next in a clearance; and for its holder, their commander and
/// vetting that a clearance ends.
/// </summary>
internal sealed class VettingNextSteps(Clearances clearances, ClearanceDesk desk, StaffStanding coverage, CoverRules rules, FoldedStream<Requirements> requirements, IRegister registers, IPolicies policies, When when, TimeProvider time) : INextSteps
{
    // A commander of more people is told of the first to end, not of all.
    const int MostCommanded = 200;

    static readonly TimeSpan s_news = TimeSpan.FromDays(14);

    static readonly ClearanceStage[] s_inHand =
        [ClearanceStage.Appeal, ClearanceStage.Assessed, ClearanceStage.Submitted, ClearanceStage.Checks, ClearanceStage.WithdrawalAssessment, ClearanceStage.Suspended];

    public bool Serves(ClaimsPrincipal person) => ClearanceAccess.Serves(person);

    public async Task<IReadOnlyList<NextStep>> For(ClaimsPrincipal person, int most, CancellationToken cancel)
    {
        if (most <= 0 || SignedInPerson.Of(person) is not { } id || !Serves(person)) return [];
        var (register, now) = (await registers.ReadAsync(cancel), time.GetUtcNow());
        var actor = Actor.From(register, id, now);
        var steps = new List<NextStep>();
        var policy = await policies.ReadAsync(cancel);
        var own = await desk.OfAsync(id, cancel);
        steps.AddRange(OwnOf(own, policy, now));
        if (await OwnLackAsync(own, register, now, cancel) is { } lack) steps.Add(lack);
        if (actor.Has(Role.Vetting)) steps.AddRange(await UncoveredAsync(id, register, now, most, cancel));
        if (actor.Has(Role.Vetting) || actor.Has(Role.Overseer)) steps.AddRange(await InHandAsync(id, register, now.AddDays(-policy.Of(PolicyRules.FormHandedInWithin)), most, now, cancel));
        if (actor.Has(Role.Overseer)) steps.AddRange((await SuspendedAsync(register, most, now, cancel)).Where(news => steps.All(s => s.Href != news.Href)));
        if (actor.Has(Role.Vetting)) steps.AddRange(await EndingAsync(clearances.Ending(now - Clearances.Behind, now.AddDays(Warning.Days[^1])).Where(r => r.Person != id), register, now, most, cancel));
        else if (actor.Has(Role.Commander)) steps.AddRange(await OfCommandedAsync(actor, register, now, most, cancel));
        if (actor.Has(Role.Vetting) && await DueAsync(now, cancel) is { } due) steps.Add(due);
        steps.AddRange(await MarksAsync(actor, register, now, most, cancel));
        return [.. steps.OrderBy(s => s.Due ?? DateTimeOffset.MaxValue).Take(most)];
    }

    IEnumerable<NextStep> OwnOf(PersonClearances own, Policy policy, DateTimeOffset now)
    {
        foreach (var clearance in own.All)
        {
            var href = $"/vetting/{clearance.Id:D}";
            if (clearance.StageAt(now) == ClearanceStage.Invited) yield return Step("submit", href, RevettingDuty.FormDue(clearance, policy), when.Day(RevettingDuty.FormDue(clearance, policy)));
            if (clearance.Withdrawal is { Answer: null } open && now < open.AnswerUntil) yield return Step("answer", href, open.AnswerUntil, when.Moment(open.AnswerUntil));
            if (clearance.StageAt(now) == ClearanceStage.Refused) yield return Step("appeal", href, clearance.AppealUntil, when.Moment(clearance.AppealUntil!.Value));
        }

        if (own.CurrentAt(now) is { Until: { } until } current && !current.EndsAccess && Warning.Of(until, now) is { } days)
            yield return Step($"own-ends-{days}", $"/vetting/{current.Id:D}", until, when.Day(until));
    }

    // Whoever holds a post that was marked since, or whose clearance is below it, is nobody's mistake; but nothing goes on unless vetting asks them.
    async Task<NextStep?> OwnLackAsync(PersonClearances own, Register register, DateTimeOffset now, CancellationToken cancel)
    {
        var marked = (await requirements.ReadAsync(cancel)).Marked;
        return own.All.Any(c => c.IsOpenAt(now)) || register.PostsOf(own.Person, now).FirstOrDefault(p => marked.TryGetValue(p.Id, out var level) && !own.Covers(level, register, now)) is not { } post ? null
            : Step("own-lacks", "/vetting/mine", null, post.Title);
    }

    async Task<List<NextStep>> UncoveredAsync(Guid person, Register register, DateTimeOffset now, int most, CancellationToken cancel)
    {
        var lacking = (await coverage.CountAsync(cancel)).Lacking.Where(l => l.Person != person && !register.IsShutOut(l.Person) && !register.HasLeft(l.Person, now)).DistinctBy(l => l.Person).Take(4 * most).ToList();
        var rows = await clearances.OfAsync([.. lacking.Select(l => l.Person)], cancel);
        var (marked, lots) = ((await requirements.ReadAsync(cancel)).Marked, (await rules.ReadAsync(register, now, cancel)).Lots);
        // Whom vetting asked already, found unfit, or is to vet anew by lot is another step, or for others to move.
        return [.. lacking.Where(l => (!lots.Newest.TryGetValue(l.Person, out var drawn) || rows[l.Person].Any(r => drawn.IsMetBy(r.Id, r.Level, r.InvitedAt))) && !rows[l.Person].Any(r => !r.IsDecided && r.Stage != ClearanceStage.Discontinued)
                && !rows[l.Person].Any(r => marked.TryGetValue(l.Post, out var level) && r.Level >= level && (r.IsValidAt(now) || r.StageAt(now) is ClearanceStage.Refused or ClearanceStage.Final or ClearanceStage.Appeal or ClearanceStage.Withdrawn)))
            .Take(most).Select(l => Step("uncovered", $"/vetting/new?person={l.Person:D}", null, register.NameOf(l.Person), register.Posts[l.Post].Title))];
    }

    // The list says where to look; what somebody may do is read from the record.
    async Task<List<NextStep>> InHandAsync(Guid person, Register register, DateTimeOffset formsBefore, int most, DateTimeOffset now, CancellationToken cancel)
    {
        // Three questions, each with an index of its own: asked in one they would read every row.
        var (steps, rows) = (new List<NextStep>(), new List<(Guid Id, DateTimeOffset Since)>());
        foreach (var part in (IQueryable<ClearanceRow>[])[clearances.At(s_inHand), clearances.Reported, clearances.At(ClearanceStage.Invited).Where(r => r.Since <= formsBefore)])
            rows.AddRange((await part.Where(r => r.Person != person).OrderBy(r => r.Since).ThenBy(r => r.Id).Take(2 * most).Select(r => new { r.Id, r.Since }).ToListAsync(cancel)).Select(r => (r.Id, r.Since)));
        foreach (var (found, _) in rows.Distinct().OrderBy(r => r.Since).ThenBy(r => r.Id).Take(2 * most))
        {
            if (steps.Count == most) break;
            var facts = await desk.ReadAsync(person, found, cancel);
            // Whoever has left hands in nothing any more.
            if (facts.Clearance.StageAt(now) == ClearanceStage.Invited && register.HasLeft(facts.Clearance.Person, now)) continue;
            if (NextOf(facts, now) is var (key, due)) steps.Add(Step(key, $"/vetting/{found:D}", due, register.NameOf(facts.Clearance.Person), facts.Clearance.AskedToLift is var (_, asker) ? register.NameOf(asker) : null));
        }

        return steps;
    }

    // One person of vetting ends somebody's access at once: those who watch read it while it is news, or an honest officer could be put out by a bribed one unseen.
    async Task<IEnumerable<NextStep>> SuspendedAsync(Register register, int most, DateTimeOffset now, CancellationToken cancel)
    {
        var since = now - s_news;
        var rows = await clearances.Rows.Where(r => r.Stage == ClearanceStage.Suspended && r.Since >= since).OrderByDescending(r => r.Since).ThenBy(r => r.Id).Take(most).ToListAsync(cancel);
        return rows.Select(r => Step("suspended", $"/vetting/{r.Id:D}", null, register.NameOf(r.Person), when.Day(r.Since)));
    }

    static (string Key, DateTimeOffset? Due)? NextOf(ClearanceFacts facts, DateTimeOffset now)
    {
        var clearance = facts.Clearance;
        (string Key, ClearanceAction Action)? next = clearance.StageAt(now) switch
        {
            _ when clearance is { AskedToDiscontinue: not null, IsDecided: false } && ClearanceAccess.Refuses(ClearanceAction.AgreeToDiscontinue, facts) is null => ("discontinue-answer", ClearanceAction.AgreeToDiscontinue),
            // Without a form nothing goes on, and nobody would hear of it.
            ClearanceStage.Invited when now >= RevettingDuty.FormDue(clearance, facts.Policy) => ("form-overdue", ClearanceAction.View),
            ClearanceStage.Appeal => ("appeal-answer", ClearanceAction.DecideAppeal),
            ClearanceStage.Assessed => ("decide", ClearanceAction.Decide),
            ClearanceStage.Submitted or ClearanceStage.Checks => ("checks", ClearanceAction.RecordChecks),
            ClearanceStage.Suspended when clearance.AskedToLift is not null => ("lift-answer", ClearanceAction.AgreeToLift),
            ClearanceStage.Suspended when clearance.IsSuspendedByOne => ("confirm", ClearanceAction.ConfirmSuspension),
            _ when clearance.Withdrawal is { } open => open.Answer is not null || now >= open.AnswerUntil ? ("ruling", ClearanceAction.DecideWithdrawal) : null,
            _ => null,
        };
        if (next is { } step && ClearanceAccess.Refuses(step.Action, facts) is null)
            return (step.Key, step.Action switch
            {
                ClearanceAction.ConfirmSuspension => ShowClearance.SuspendedByOneUntil(facts), ClearanceAction.View => RevettingDuty.FormDue(clearance, facts.Policy), _ => null,
            });
        return clearance.Circumstances.FirstOrDefault(c => c.Result is null) is { } change && ClearanceAccess.Refuses(ClearanceAction.ReviewCircumstances, facts) is null
            ? ("review", change.At.AddDays(14)) : null;
    }

    async Task<IEnumerable<NextStep>> EndingAsync(IQueryable<ClearanceRow> rows, Register register, DateTimeOffset now, int most, CancellationToken cancel) =>
        (await rows.Take(most).ToListAsync(cancel)).Select(r => EndOf(r, register, now, $"/vetting/{r.Id:D}"));

    NextStep EndOf(ClearanceRow row, Register register, DateTimeOffset now, string href) =>
        Step($"ends-{Warning.Of(row.Until!.Value, now) ?? Warning.Days[^1]}", href, row.Until, register.NameOf(row.Person), when.Day(row.Until.Value));

    async Task<IEnumerable<NextStep>> OfCommandedAsync(Actor actor, Register register, DateTimeOffset now, int most, CancellationToken cancel)
    {
        var (from, to) = (now - Clearances.Behind, now.AddDays(Warning.Days[^1]));
        var theirs = ShowClearances.CommandedBy(actor, register, now).Take(MostCommanded + 1).ToHashSet();
        var ending = clearances.Ending(from, to);
        var rows = theirs.Count <= MostCommanded
            ? await ending.Where(r => theirs.Contains(r.Person)).Take(most).ToListAsync(cancel)
            : (await ending.Take(MostCommanded).ToListAsync(cancel)).Where(r => ShowClearances.IsCommanded(r.Person, actor, register, now)).Take(most).ToList();
        return rows.Select(r => EndOf(r, register, now, "/vetting"));
    }

    // All told in one step: there are months to do it in.
    async Task<NextStep?> DueAsync(DateTimeOffset now, CancellationToken cancel)
    {
        var from = now.AddDays(Warning.Days[^1]);
        var due = await clearances.Ending(from, now.AddDays(PolicyRules.ReviewDueBefore.Most)).Where(r => r.ReviewFrom <= now).CountAsync(cancel);
        return due == 0 ? null : Step("due", "/vetting?list=lapsing", null, due);
    }

    async Task<IEnumerable<NextStep>> MarksAsync(Actor actor, Register register, DateTimeOffset now, int most, CancellationToken cancel)
    {
        var known = await requirements.ReadAsync(cancel);
        return known.Asked.Where(a => register.Posts.TryGetValue(a.Key, out var post) && MarkPost.MayAnswer(a.Value.By, post, actor, register, now, known.Lowers(a.Key)))
            .OrderBy(a => a.Value.At).Take(most).Select(a => Step("mark", "/vetting/posts", a.Value.At.AddDays(14), register.Posts[a.Key].Title, register.NameOf(a.Value.By)));
    }

    static NextStep Step(string key, string href, DateTimeOffset? due, params object?[] words) =>
        new(PeopleText.Say("next." + key, words), PeopleText.Say("next-why." + key, words), PeopleText.Of("next-do." + key), href, due);
}
