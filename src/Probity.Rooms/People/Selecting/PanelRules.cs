using Probity.Access.Contract;
using Probity.Policies.Contract;

namespace Probity.People.Selecting;

/// <summary>Who may sit together in a panel: enough of them, one at least from outside the unit of the post, nobody near to another, nobody who has had a part in the competition, nor who is tied to whoever asked for it or stands below them.</summary>
internal static class PanelRules
{
    public const int Most = 9;
    public const string TooFew = "people.selection-panel-few";
    public const string Twice = "people.selection-panel-twice";
    public const string Unfit = "people.selection-panel-unfit";
    public const string NoOutsider = "people.selection-panel-inside";
    public const string Tied = "people.selection-panel-tied";
    public const string NearAsker = "people.selection-panel-asker";
    public const string EarlierRole = "people.selection-panel-earlier";

    /// <summary>The code of what is wrong with a panel, or null.</summary>
    /// <param name="members">Who is to sit in it.</param>
    /// <param name="posts">The posts of the competition.</param>
    /// <param name="excluded">Whoever had another part in it.</param>
    /// <param name="askers">Whoever asked for it.</param>
    /// <param name="facts">All that is known.</param>
    /// <param name="comes">The one of them who comes in; null where all of them do. What is wrong with the others keeps nobody out.</param>
    public static string? Refuses(IReadOnlyList<Guid> members, IReadOnlyList<Guid> posts, IEnumerable<Guid?> excluded, IEnumerable<Guid> askers, SelectionFacts facts, Guid? comes = null)
    {
        var (register, now) = (facts.Register, facts.Now);
        if (members.Distinct().Count() != members.Count) return Twice;
        if (members.Count < facts.Policy.Of(PolicyRules.SelectionPanel) || members.Count > Most) return TooFew;
        IReadOnlyList<Guid> anew = comes is { } one ? [one] : members;
        if (anew.Any(m => !SelectionAccess.MaySit(m, register, now))) return Unfit;
        if (excluded.Any(e => e is { } person && anew.Contains(person)) || askers.Any(anew.Contains)) return EarlierRole;
        if (anew.Any(m => askers.Any(a => Recusal.Tied(m, a, register) is not null || Recusal.Between(m, [a], register, now) == Bars.Subordinate))) return NearAsker;
        if (anew.Any(m => members.Any(other => other != m && Recusal.Tied(m, other, register) is not null))) return Tied;
        var units = posts.Where(register.Posts.ContainsKey).Select(p => register.Posts[p].Unit).Distinct().ToList();
        return members.Any(m => units.All(u => SelectionAccess.IsOutside(m, u, register, now))) ? null : NoOutsider;
    }
}
