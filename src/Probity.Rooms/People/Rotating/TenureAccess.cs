using System.Security.Claims;
using Probity.Access.Contract;
using Probity.Shared.Record;

namespace Probity.People.Rotating;

/// <summary>What can be done about the time that somebody spends in a sensitive post.</summary>
internal enum TenureAction { See, AskExtension, AnswerExtension }

/// <summary>
/// Who may what, as a table: integrity and overseers see all, commanders their units; a commander or integrity asks for an extension, and an overseer from outside the unit decides, never in
/// their own matter, that of kin or of whoever asked. Everything else is denied.
/// </summary>
internal static class TenureAccess
{
    static readonly Dictionary<TenureAction, (Role Role, bool OfUnit)[]> Table = new()
    {
        [TenureAction.See] = [(Role.Integrity, false), (Role.Overseer, false), (Role.Commander, true)],
        [TenureAction.AskExtension] = [(Role.Integrity, false), (Role.Commander, true)],
        [TenureAction.AnswerExtension] = [(Role.Overseer, false)],
    };

    /// <summary>The refusal of this action to this person, or null where it is allowed.</summary>
    /// <param name="action">What.</param>
    /// <param name="actor">Who acts.</param>
    /// <param name="person">Whose time it is.</param>
    /// <param name="post">Their post.</param>
    /// <param name="askedBy">Who asked, where that is answered.</param>
    /// <param name="register">Who is who.</param>
    /// <param name="now">The time.</param>
    public static Refusal? Refuses(TenureAction action, Actor actor, Guid person, Post post, Guid? askedBy, Register register, DateTimeOffset now)
    {
        if (Bar(action, actor, person, post, askedBy, register, now) is not { } bar) return null;
        foreach (var (role, _) in Table[action])
        {
            var others = register.Holders(role, now).Where(p => p != actor.Person && Bar(action, Actor.From(register, p, now), person, post, askedBy, register, now) is null).ToList();
            if (others.Count > 0) return new Refusal(bar, new Reroute(role.ToString(), others));
        }

        return new Refusal(bar);
    }

    /// <summary>Whether somebody signed in sees the time of others.</summary>
    public static bool Lists(ClaimsPrincipal user) => Table[TenureAction.See].Any(row => SignedInPerson.Has(user, row.Role));

    /// <summary>Whether an actor sees that of a post's holders.</summary>
    public static bool Sees(Actor actor, Post post, Register register) => Allows(TenureAction.See, actor, post, register);

    static bool Allows(TenureAction action, Actor actor, Post post, Register register) =>
        Table[action].Any(row => actor.Has(row.Role) && (!row.OfUnit || actor.Commands(post.Unit, register)));

    static string? Bar(TenureAction action, Actor actor, Guid person, Post post, Guid? askedBy, Register register, DateTimeOffset now) =>
        !Allows(action, actor, post, register) ? Bars.Role
        : action == TenureAction.See ? null
        // A superior may ask: whom they command is whom they know. Nobody asks for themselves or for kin.
        : action == TenureAction.AskExtension ? person == actor.Person ? Bars.Self : Recusal.Tied(actor.Person, person, register)
        : actor.Posts.Any(p => register.IsWithin(p.Unit, post.Unit)) ? Bars.Role
        : Recusal.Between(actor.Person, [person, .. askedBy is { } by ? [by] : (Guid[])[]], register, now);
}
