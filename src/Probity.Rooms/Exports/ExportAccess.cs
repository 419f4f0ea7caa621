using System.Security.Claims;
using Probity.Access.Contract;
using Probity.Cases.Contract;
using Probity.Shared.Record;

namespace Probity.Exports;

/// <summary>What can be done about copies.</summary>
internal enum ExportAction
{
    /// <summary>Take a copy of one case, without names.</summary>
    Copy,

    /// <summary>The same with names and with what people wrote.</summary>
    CopyNames,

    /// <summary>Have a case in a copy of many, without names.</summary>
    CopyMany,

    /// <summary>See which copies were taken of a case.</summary>
    SeeCopies,
}

/// <summary>What somebody is to a case, for a copy of it. Somebody can be several of these at once.</summary>
internal enum CopyTie { Handler, Prosecutor, Commander, Reader }

/// <summary>All that a decision about a copy of a case may know.</summary>
internal sealed record ExportFacts(CaseStanding Standing, Actor Actor, Register Register, DateTimeOffset Now);

/// <summary>
/// Who may take copies, as one table: the role and what they are to the case. Whoever does not see a case copies nothing of it, whoever is barred from
/// deciding in it takes nothing out of it, and access by name or without being assigned is for reading alone. What stands in no line is denied.
/// </summary>
internal static class ExportAccess
{
    static readonly (Role Role, CopyTie Tie)[] Own = [(Role.Officer, CopyTie.Handler), (Role.Investigator, CopyTie.Handler), (Role.Prosecutor, CopyTie.Prosecutor)];
    static readonly (Role Role, CopyTie Tie)[] Watching = [(Role.Integrity, CopyTie.Reader), (Role.Overseer, CopyTie.Reader)];

    static readonly Dictionary<ExportAction, (Role Role, CopyTie Tie)[]> Table = new()
    {
        [ExportAction.Copy] = [.. Own, (Role.Commander, CopyTie.Commander), .. Watching],
        [ExportAction.CopyNames] = [.. Own, .. Watching],
        [ExportAction.CopyMany] = [(Role.Commander, CopyTie.Commander), .. Watching],
        [ExportAction.SeeCopies] = [(Role.Commander, CopyTie.Commander), .. Watching],
    };

    /// <summary>The refusal of this action to this person, or null where it is allowed.</summary>
    public static Refusal? Refuses(ExportAction action, ExportFacts facts)
    {
        if (!facts.Standing.Sees || facts.Standing.Case.Erased || !facts.Standing.Case.Exists) return new Refusal(Bars.Role);
        if (action != ExportAction.SeeCopies && facts.Standing.Bar is { } bar) return new Refusal(bar);
        return Table[action].Any(row => facts.Actor.Has(row.Role) && Is(row.Tie, facts)) ? null : new Refusal(Bars.Role);
    }

    /// <summary>By which right somebody takes a copy, in the codes of those who open cases.</summary>
    public static string RightOf(ExportFacts facts) =>
        Is(CopyTie.Handler, facts) ? "handler" : Is(CopyTie.Prosecutor, facts) ? "prosecutor" : Is(CopyTie.Commander, facts) ? "unitCommander" : "office";

    /// <summary>Whether a post of this person takes copies of many cases.</summary>
    public static bool CopiesMany(ClaimsPrincipal user) => Table[ExportAction.CopyMany].Any(row => SignedInPerson.Has(user, row.Role));

    /// <summary>The same by the posts that they hold now.</summary>
    public static bool CopiesMany(Actor actor) => Table[ExportAction.CopyMany].Any(row => actor.Has(row.Role));

    /// <summary>Whether a post of this person sees which copies of many cases were taken.</summary>
    public static bool Watches(Actor actor) => Watching.Any(row => actor.Has(row.Role));

    static bool Is(CopyTie tie, ExportFacts facts) => tie switch
    {
        CopyTie.Handler => facts.Standing.Case.Handler == facts.Actor.Person,
        CopyTie.Prosecutor => facts.Standing.Case.Prosecutor == facts.Actor.Person,
        CopyTie.Commander => facts.Actor.Commands(facts.Standing.Unit, facts.Register),
        _ => true,
    };
}
