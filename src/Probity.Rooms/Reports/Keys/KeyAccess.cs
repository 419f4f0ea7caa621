using Probity.Access.Contract;
using Probity.Sealing;
using Probity.Shared.Record;

namespace Probity.Reports.Keys;

/// <summary>What can be done with keys and custodians.</summary>
internal enum KeyAction { Make, Unlock, Confirm, Withdraw, NameCustodian, ConfirmCustodian, EndCustodian, See }

/// <summary>All that a decision about them may know.</summary>
internal sealed record KeyFacts(Recipients Recipients, Actor Actor, Register Register, DateTimeOffset Now);

/// <summary>
/// Who may do what with the keys that reports are sealed for, as one table. Integrity and the overseers have keys, and so has a custodian of identities, who is neither and commands nobody. A second
/// person stands behind each key: an overseer behind integrity's, integrity or another overseer behind an overseer's, either behind a custodian's. What stands in no line is denied.
/// </summary>
internal static class KeyAccess
{
    // Whose key or task it is, by what they are to reports; null for one's own.
    static readonly Dictionary<KeyAction, (Role Role, HolderPart? About)[]> Table = new()
    {
        [KeyAction.See] = [(Role.Integrity, null), (Role.Overseer, null)],
        [KeyAction.Confirm] =
        [
            (Role.Overseer, HolderPart.Integrity), (Role.Integrity, HolderPart.Overseer), (Role.Overseer, HolderPart.Overseer), (Role.Integrity, HolderPart.Custodian), (Role.Overseer, HolderPart.Custodian),
        ],
        [KeyAction.Withdraw] =
        [
            (Role.Overseer, HolderPart.Integrity), (Role.Integrity, HolderPart.Overseer), (Role.Overseer, HolderPart.Overseer), (Role.Integrity, HolderPart.Custodian), (Role.Overseer, HolderPart.Custodian),
        ],
        [KeyAction.NameCustodian] = [(Role.Overseer, null)],
        [KeyAction.ConfirmCustodian] = [(Role.Integrity, null), (Role.Overseer, null)],
        [KeyAction.EndCustodian] = [(Role.Overseer, null)],
    };

    /// <summary>What somebody is to reports now; null for nobody.</summary>
    public static HolderPart? PartOf(Guid person, Recipients recipients, Register register, DateTimeOffset now)
    {
        var actor = Actor.From(register, person, now);
        return actor.Has(Role.Integrity) ? HolderPart.Integrity
            : actor.Has(Role.Overseer) ? HolderPart.Overseer
            : recipients.IsCustodian(person) && MayKeepIdentities(actor) ? HolderPart.Custodian : null;
    }

    /// <summary>Whether somebody can be a custodian of identities: they have a post, read no report and command nobody.</summary>
    public static bool MayKeepIdentities(Actor actor) =>
        actor.Posts.Length > 0 && !actor.Has(Role.Integrity) && !actor.Has(Role.Overseer) && !actor.Has(Role.Commander) && !actor.Has(Role.Administrator);

    /// <summary>The refusal of an action about a person, or null where it is allowed.</summary>
    public static Refusal? Refuses(KeyAction action, Guid about, KeyFacts facts)
    {
        var own = facts.Actor.Person == about;
        var part = PartOf(about, facts.Recipients, facts.Register, facts.Now);
        return action switch
        {
            KeyAction.Make or KeyAction.Unlock => own && part is not null ? null : new Refusal(Bars.Role),
            // Whoever ever had a key may take it back, whatever they are now.
            KeyAction.Withdraw when own => null,
            KeyAction.See => Rows(action, null, facts) ? null : new Refusal(Bars.Role),
            _ when own => new Refusal(Bars.Self),
            KeyAction.Confirm or KeyAction.Withdraw => part is { } known && Rows(action, known, facts) ? null : new Refusal(Bars.Role),
            _ => Rows(action, null, facts) ? null : new Refusal(Bars.Role),
        };
    }

    static bool Rows(KeyAction action, HolderPart? about, KeyFacts facts) => Table[action].Any(row => facts.Actor.Has(row.Role) && row.About == about);
}
