namespace Probity.Access.Contract;

/// <summary>A post in a unit; whoever holds it has its role.</summary>
internal sealed record Post(Guid Id, Guid Unit, string Title, Role Role, Guid? ReportsTo)
{
    /// <summary>When it was created: one that comes late may be another's under a new title.</summary>
    public DateTimeOffset Created { get; init; }
}
