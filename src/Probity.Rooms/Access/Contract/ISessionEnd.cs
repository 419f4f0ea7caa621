namespace Probity.Access.Contract;

/// <summary>What ends with a person's session: rooms that hold anything for it in memory let it go.</summary>
internal interface ISessionEnd
{
    /// <summary>The person has signed out.</summary>
    void End(Guid person);
}
