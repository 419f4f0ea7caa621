using Probity.Access.Contract;
using Probity.People.Requiring;
using Probity.People.Vetting;
using Probity.People.Viewing;
using Probity.Policies.Contract;
using Probity.Shared.Record;

namespace Probity.People.Revetting;

/// <summary>
/// What follows where somebody who was drawn is not vetted anew in time, or does not hand in the form: their clearance covers no sensitive post any more, as if it had lapsed, until the form is
/// in and it is decided. What they have in hand stays theirs.
/// </summary>
internal sealed class RevettingDuty(FoldedStream<Lots> lots, FoldedStream<Requirements> requirements, IPolicies policies) : IPostRequirements
{
    public string Lack => "revetting-overdue";

    /// <summary>Whether a clearance is the one by which somebody is vetted anew who was drawn last.</summary>
    public static bool IsFor(Clearance clearance, Lots lots) => lots.Newest.TryGetValue(clearance.Person, out var drawn) && drawn.IsMetBy(clearance.Id, clearance.Level, clearance.InvitedAt);

    /// <summary>Until when a form is handed in.</summary>
    public static DateTimeOffset FormDue(Clearance clearance, Policy policy) => policy.After(PolicyRules.FormHandedInWithin, clearance.InvitedAt);

    /// <summary>Whether somebody was drawn, and the time for the form or for all of it is over without a decision.</summary>
    public static bool IsOverdue(PersonClearances all, Lots lots, Policy policy, DateTimeOffset now)
    {
        if (!lots.Newest.TryGetValue(all.Person, out var drawn)) return false;
        var anew = all.All.Where(c => c.Discontinued is null && IsFor(c, lots)).ToList();
        return IsOverdue(drawn, anew.Exists(c => c.IsDecided), anew.Where(c => c.StageAt(now) == ClearanceStage.Invited).Select(c => c.InvitedAt), policy, now);
    }

    /// <summary>The same by the rows of the list, all of one person.</summary>
    public static bool IsOverdue(Guid person, IEnumerable<ClearanceRow> rows, Lots lots, Policy policy, DateTimeOffset now)
    {
        if (!lots.Newest.TryGetValue(person, out var drawn)) return false;
        var anew = rows.Where(r => r.Stage != ClearanceStage.Discontinued && drawn.IsMetBy(r.Id, r.Level, r.InvitedAt)).ToList();
        return IsOverdue(drawn, anew.Exists(r => r.IsDecided), anew.Where(r => r.Stage == ClearanceStage.Invited).Select(r => r.InvitedAt), policy, now);
    }

    static bool IsOverdue(NewestLot drawn, bool isDecided, IEnumerable<DateTimeOffset> invited, Policy policy, DateTimeOffset now) =>
        !isDecided && (now >= policy.After(PolicyRules.RevettedWithin, drawn.At) || invited.Any(at => now >= policy.After(PolicyRules.FormHandedInWithin, at)));

    public async ValueTask<bool> MayHoldAsync(RecordSession session, Register register, Guid person, Guid post, DateTimeOffset now, CancellationToken cancel) =>
        !(await requirements.ReadAsync(session, cancel)).Marked.ContainsKey(post) || !await IsOverdueAsync(session, person, now, cancel);

    public async ValueTask<IReadOnlySet<Guid>> LackingAsync(RecordSession session, Register register, IReadOnlyCollection<Guid> people, DateTimeOffset now, CancellationToken cancel)
    {
        var (marked, lacking) = ((await requirements.ReadAsync(session, cancel)).Marked, new HashSet<Guid>());
        if (marked.IsEmpty) return lacking;
        foreach (var person in people)
        {
            if (register.PostsOf(person, now).Any(p => marked.ContainsKey(p.Id)) && await IsOverdueAsync(session, person, now, cancel)) lacking.Add(person);
        }

        return lacking;
    }

    /// <summary>Nothing beside what the clearance asks already.</summary>
    public ValueTask<IReadOnlyDictionary<Guid, string>> WordsAsync(IReadOnlyCollection<Guid> posts, CancellationToken cancel) => ValueTask.FromResult<IReadOnlyDictionary<Guid, string>>(new Dictionary<Guid, string>());

    async ValueTask<bool> IsOverdueAsync(RecordSession session, Guid person, DateTimeOffset now, CancellationToken cancel) =>
        await lots.ReadAsync(session, cancel) is var known && known.Newest.ContainsKey(person)
        && IsOverdue(await PersonClearances.ReadAsync(session, person, cancel), known, await policies.ReadAsync(session, cancel), now);
}
