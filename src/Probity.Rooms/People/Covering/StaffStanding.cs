using Microsoft.EntityFrameworkCore;
using Probity.Access.Contract;
using Probity.People.Contract;
using Probity.People.Requiring;
using Probity.People.Viewing;
using Probity.Shared.Record;
using Probity.Shared;

namespace Probity.People.Covering;

/// <summary>How many of the sensitive posts that somebody holds are held by the validly cleared alone, and who else holds which.</summary>
internal sealed record Coverage(int Cleared, int Held, int Marked, IReadOnlyList<(Guid Person, Guid Post)> Lacking, DateTimeOffset AsOf);

/// <summary>The row "staff selected, trained, vetted" of the first screen.</summary>
internal sealed class StaffStanding(Clearances clearances, FoldedStream<Requirements> requirements, CoverRules rules, IRegister registers, Remembered<(long Register, long Requirements), Coverage> memory, TimeProvider time) : IStanding
{
    public const string Page = "/vetting/coverage";

    const int Part = 500;

    public string Key => StandingKeys.Staff;

    public async Task<StandingRow> Read(CancellationToken cancel)
    {
        var counted = await CountAsync(cancel);
        if (counted.Marked == 0) return StandingRow.NotMeasured(Key, PeopleText.Of("standing.none"), Page);
        if (counted.Held == 0 || PublicCount.IsTooSmall(counted.Held)) return StandingRow.NotMeasured(Key, PeopleText.Of("standing.few"), Page);
        var (told, key) = Tell(counted.Cleared, counted.Held);
        return StandingRow.Measured(Key, counted.Cleared == counted.Held, (double)told / counted.Held, PeopleText.Say(key, told, counted.Held), counted.AsOf, Page);
    }

    /// <summary>How many posts the bar shows as cleared, and which sentence says it: neither tells a count that could point at a person.</summary>
    internal static (int Told, string Sentence) Tell(int cleared, int held) =>
        cleared == held ? (cleared, "standing.all")
        : PublicCount.IsTooSmall(held - cleared) ? (held - PublicCount.Least, "standing.few-missing")
        : PublicCount.IsTooSmall(cleared) ? (0, "standing.few-cleared")
        : (cleared, "standing.share");

    /// <summary>The count, at most a minute old.</summary>
    public async Task<Coverage> CountAsync(CancellationToken cancel)
    {
        var (register, known, now) = (await registers.ReadAsync(cancel), await requirements.ReadAsync(cancel), time.GetUtcNow());
        if (memory.Of((register.Version, known.Version), now) is { } newest) return newest;
        var cover = await rules.ReadAsync(register, now, cancel);
        var (levels, anew, overdue) = (new Dictionary<Guid, ClearanceLevel>(), new HashSet<Guid>(), new HashSet<Guid>());
        if (!known.Marked.IsEmpty)
        {
            foreach (var row in await clearances.Holding(now).Select(r => new { r.Id, r.Person, r.Level, r.InvitedAt }).ToListAsync(cancel))
            {
                levels[row.Person] = levels.TryGetValue(row.Person, out var level) && level > row.Level ? level : row.Level;
                if (cover.Lots.Newest.TryGetValue(row.Person, out var drawn) && drawn.IsMetBy(row.Id, row.Level, row.InvitedAt)) anew.Add(row.Person);
            }

            // Few of those who were ever drawn are not vetted anew yet: of them alone every row is read.
            foreach (var part in cover.Lots.Newest.Keys.Where(p => levels.ContainsKey(p) && !anew.Contains(p)).Chunk(Part))
                overdue.UnionWith((await clearances.OfAsync(part, cancel)).Where(p => cover.IsOverdue(p.Key, p)).Select(p => p.Key));
        }

        var (cleared, held, lacking) = (0, 0, new List<(Guid Person, Guid Post)>());
        foreach (var (post, level) in known.Marked)
        {
            var holders = register.PostingsOn(post).Where(p => p.InForceAt(now)).Select(p => p.Person).ToList();
            if (holders.Count == 0) continue;
            held++;
            var without = holders.Where(p => register.IsShutOut(p) || overdue.Contains(p) || !levels.TryGetValue(p, out var has) || has < level).ToList();
            lacking.AddRange(without.Select(p => (p, post)));
            if (without.Count == 0) cleared++;
        }

        return memory.Keep((register.Version, known.Version), now, new Coverage(cleared, held, known.Marked.Count, lacking, now));
    }
}
