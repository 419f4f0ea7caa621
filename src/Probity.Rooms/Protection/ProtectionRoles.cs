using Probity.Access.Contract;

namespace Probity.Protection;

/// <summary>Which posts have which part in protecting somebody.</summary>
internal static class ProtectionRoles
{
    // Neither who commands, vets or runs the machine, nor who judges.
    static readonly Role[] Serving = [Role.Officer, Role.Custodian, Role.Investigator, Role.Integrity, Role.Overseer];

    /// <summary>Whether somebody may be on duty for protection, answer for a plan or do what it plans.</summary>
    public static bool Serves(Guid person, Register register, DateTimeOffset now) =>
        Actor.From(register, person, now) is var actor && actor.Roles.Any(Serving.Contains) && !actor.Has(Role.Commander) && !actor.Has(Role.Vetting) && !actor.Has(Role.Administrator);
}
