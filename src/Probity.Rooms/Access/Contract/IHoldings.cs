namespace Probity.Access.Contract;

/// <summary>What somebody may have in hand that another has to take over.</summary>
internal enum HeldKind { Cases, Exhibits }

/// <summary>A room that says how much somebody has in hand, whatever it is: the number alone, for those who see that they leave.</summary>
internal interface IHoldings
{
    HeldKind Kind { get; }

    Task<int> CountAsync(Guid person, CancellationToken cancel);
}
