using Probity.Access.Contract;
using Probity.People.Contract;

namespace Probity.People.Rotating.Planning;

/// <summary>A month in which a unit has fewer posts of a role filled than it keeps.</summary>
internal sealed record Shortage(Guid Unit, Role Role, int Month, int Missing);

/// <summary>Somebody who stays in a post past the longest time: from which month on, and for how many.</summary>
internal sealed record Overlong(Guid Person, Guid Post, int Month, int Months);

/// <summary>Who holds which post in which month, and what follows from that alone.</summary>
/// <param name="Held">The holder of each post of the input, month by month; null where it stands empty.</param>
/// <param name="IsProven">Whether no better plan exists, or this is the best that was found in the time that it was given.</param>
/// <param name="Moves">Who takes over which post, in the order of months.</param>
/// <param name="Shortages">Where the least strength cannot be kept.</param>
/// <param name="Overlong">Who stays too long.</param>
internal sealed record RotationPlan(
    IReadOnlyList<IReadOnlyList<Guid?>> Held, bool IsProven, IReadOnlyList<PlannedMove> Moves, IReadOnlyList<Shortage> Shortages, IReadOnlyList<Overlong> Overlong)
{
    /// <summary>Months of posts by which units stay under their least strength.</summary>
    public int Missing => Shortages.Sum(s => s.Missing);

    /// <summary>Months of posts past the longest time.</summary>
    public int TooLong => Overlong.Sum(o => o.Months);

    /// <summary>Works out what follows from who holds what.</summary>
    public static RotationPlan Of(PlanInput input, IReadOnlyList<IReadOnlyList<Guid?>> held, bool isProven)
    {
        var (moves, overlong) = (new List<PlannedMove>(), new List<Overlong>());
        foreach (var (at, post) in input.Posts.Index())
        {
            var before = post.Holder;
            for (var month = 0; month < input.Months; month++)
            {
                if (held[at][month] is { } person && person != before) moves.Add(new PlannedMove(person, post.Id, month));
                before = held[at][month];
            }

            // Only who holds it from the beginning can be past the limit.
            if (post.Holder is not { } holder || input.Fits.FirstOrDefault(f => f.Person == holder && f.Post == post.Id) is not { } fit) continue;
            var stays = held[at].TakeWhile(p => p == holder).Count();
            if (stays > fit.Most) overlong.Add(new Overlong(holder, post.Id, fit.Most, stays - fit.Most));
        }

        return new RotationPlan(
            held, isProven, [.. moves.OrderBy(m => m.Month).ThenBy(m => m.Post)],
            [.. from least in input.Least
                from month in Enumerable.Range(0, input.Months)
                let filled = input.Posts.Index().Count(p => p.Item.Unit == least.Unit && p.Item.Role == least.Role && held[p.Index][month] is not null)
                where filled < least.Least
                select new Shortage(least.Unit, least.Role, month, least.Least - filled)],
            overlong);
    }
}
