using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using Probity.Access.Contract;
using Probity.Ledger;
using Probity.Reports.Exchanging;
using Probity.Reports.Handling;
using Probity.Reports.Keys;
using Probity.Reports.Reading;
using Probity.Reports.Viewing;
using Probity.Shared;
using Probity.Shared.Record;

namespace Probity.Reports.Protecting;

/// <summary>An act to the disadvantage of somebody whom a report protects.</summary>
internal sealed record ActOnProtected(ReportFacts Facts, Guid Person, HeldAct Act, int SentBack)
{
    /// <summary>Whether an overseer answers in place of the reader, since it was sent back so often.</summary>
    public bool TakesOverseer => IsForOverseer(Facts, Person, Act, SentBack);

    public static bool IsForOverseer(ReportFacts facts, Guid person, HeldAct act, int sentBack) =>
        act.By != facts.Person && !facts.Actor.Has(Role.Overseer) && HeldActs.OverseersFor(sentBack, person, act.By, facts.Register, facts.Now).Count > 0;
}

/// <summary>
/// Who is protected, as far as the unlocked key of a session tells: the house itself cannot know. Worked out anew each time from the reports that open for whoever looks.
/// </summary>
internal sealed class ProtectedPeople(ReportReader reader, ReportQueue queue, ReportDesk desk, CompareHeld compare, ChangeKeys keys, IRegister registers, TransparencyLog log, DbContext views, TimeProvider time) : IProtectedPeople
{
    /// <inheritdoc/>
    public async ValueTask<ProtectionLook> LookAsync(ClaimsPrincipal who, Guid person, string? why, CancellationToken cancel)
    {
        if (SignedInPerson.Of(who) is not { } by || !reader.IsUnlocked(who))
        {
            var (recipients, register, now) = (await keys.ReadAsync(cancel), await registers.ReadAsync(cancel), time.GetUtcNow());
            // Where nobody has a key there is no report: nothing can protect anybody.
            var says = SignedInPerson.Of(who) is { } id && recipients.ConfirmedKeyOf(id) is not null ? ProtectionSays.Locked
                : register.Holders(Role.Integrity, now).Concat(register.Holders(Role.Overseer, now)).Any(p => recipients.ConfirmedKeyOf(p) is not null) ? ProtectionSays.NoKey : ProtectionSays.Nothing;
            return new ProtectionLook(says, [], ClearingBoxes.Seal([], person, why));
        }

        var reports = (await ReportsAsync(who, by, cancel)).Where(r => r.People.Contains(person)).Select(r => r.Facts).ToList();
        return new ProtectionLook(
            reports.Count > 0 ? ProtectionSays.Protected : await MayMissAsync(who, cancel) ? ProtectionSays.Unsure : ProtectionSays.Nothing, [.. reports.Select(f => new Link(ShowProtection.Of(f.Report.Id), ReportForms.Reference(f.Report.Id)))],
            ClearingBoxes.Seal(reports.Select(f => f.Opened.StaffKey), person, why));
    }

    // Until all was compared with the reporter's side: by what this node has, and by what this key remembers of what came since. A side that is closed for good would else keep every act waiting.
    async Task<bool> MayMissAsync(ClaimsPrincipal who, CancellationToken cancel)
    {
        if (!await reader.IsUncomparedAsync(cancel)) return false;
        if (!await compare.IsWholeAsync(cancel)) return true;
        foreach (var known in await reader.ListAsync(who, cancel))
            if (await reader.IsBrokenAsync(who, known.Report, cancel)) return true;
        return false;
    }

    /// <summary>Acts that wait, about people whom this session's reports protect, those that can be cleared first.</summary>
    public async Task<IReadOnlyList<ActOnProtected>> WaitingAsync(ClaimsPrincipal who, CancellationToken cancel)
    {
        if (SignedInPerson.Of(who) is not { } by || !reader.IsUnlocked(who)) return [];
        var found = new List<ActOnProtected>();
        foreach (var (facts, people) in await ReportsAsync(who, by, cancel))
        {
            foreach (var person in people)
            {
                var acts = await ActsAsync(person, cancel);
                found.AddRange(acts.All.Values.Where(a => a.Waits && time.GetUtcNow() < a.Lapses).Select(a => new ActOnProtected(facts, person, a, acts.ReturnsOf(a.Kind, a.Id).Count)));
            }
        }

        return [.. found.OrderBy(f => f.Act.At)];
    }

    /// <summary>All acts to somebody's disadvantage.</summary>
    public async ValueTask<HeldActs> ActsAsync(Guid person, CancellationToken cancel) => await new RecordSession(log).FoldAsync<HeldActs>(HeldActs.StreamOf(person), cancel);

    async Task<IReadOnlyList<(ReportFacts Facts, IReadOnlyList<Guid> People)>> ReportsAsync(ClaimsPrincipal who, Guid by, CancellationToken cancel)
    {
        var protecting = await views.Set<ReportRow>().AsNoTracking().Where(r => r.Protects).Select(r => r.Stream).ToListAsync(cancel);
        if (protecting.Count == 0) return [];
        var (streams, reports) = (protecting.ToHashSet(), new List<(ReportFacts, IReadOnlyList<Guid>)>());
        foreach (var known in (await queue.ReadableAsync(who, by, cancel)).Where(r => streams.Contains(Report.StreamOf(r.Report).Value)))
        {
            if (await desk.ReadAsync(by, known.Report, await reader.OpenAsync(who, known.Report, cancel), cancel) is { } facts && ReportAccess.Refuses(ReportAction.View, facts) is null && ProtectedList.IsInForce(facts))
                reports.Add((facts, ProtectedList.On(facts.Opened, facts.Report, facts.Today)));
        }

        return reports;
    }
}
