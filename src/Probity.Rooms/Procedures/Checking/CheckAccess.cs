using System.Security.Claims;
using Probity.Access.Contract;

namespace Probity.Procedures.Checking;

/// <summary>What can be done with a register of one's own.</summary>
internal enum CheckAction
{
    /// <summary>Upload one, hold it against a procedure, and read what was found.</summary>
    Check,

    /// <summary>Take what was found out of the house: the report and the table.</summary>
    Download,
}

/// <summary>
/// Who may check a register, as one table. What stands in it not is denied: a register is made of case files, which neither who
/// runs the machine, nor who follows the figures from outside, nor the programme's secretariat works with.
/// </summary>
internal static class CheckAccess
{
    static readonly Dictionary<CheckAction, Role[]> Table = new()
    {
        [CheckAction.Check] =
        [
            Role.Commander, Role.Officer, Role.Custodian, Role.Prosecutor, Role.Vetting, Role.Integrity, Role.Investigator, Role.Overseer,
        ],
        [CheckAction.Download] =
        [
            Role.Commander, Role.Officer, Role.Custodian, Role.Prosecutor, Role.Vetting, Role.Integrity, Role.Investigator, Role.Overseer,
        ],
    };

    /// <summary>Whether a post of this person allows it.</summary>
    public static bool Allows(CheckAction action, ClaimsPrincipal user) =>
        SignedInPerson.Of(user) is not null && Table[action].Any(role => SignedInPerson.Has(user, role));
}
