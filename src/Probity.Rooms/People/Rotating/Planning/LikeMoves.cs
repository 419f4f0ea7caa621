using Probity.Access.Contract;
using Probity.People.Contract;

namespace Probity.People.Rotating.Planning;

/// <summary>Moves of a plan that rotate nobody: whoever moves from a post to one of the same unit and role goes on doing the same work in the same room.</summary>
internal static class LikeMoves
{
    /// <summary>How many of the moves are of that kind: as the plan has it before, or by the post that somebody holds now.</summary>
    public static int Count(IReadOnlyList<PlannedMove> moves, Register register, DateTimeOffset now) => moves.Count(move =>
    {
        if (!register.Posts.TryGetValue(move.Post, out var taken)) return false;
        var before = moves.Where(m => m.Person == move.Person && m.Month < move.Month).OrderBy(m => m.Month).Select(m => (Guid?)m.Post).LastOrDefault();
        var left = before is { } planned ? register.Posts.TryGetValue(planned, out var post) ? [post] : [] : register.PostsOf(move.Person, now);
        return left.Any(p => p.Id != taken.Id && p.Unit == taken.Unit && p.Role == taken.Role);
    });
}
