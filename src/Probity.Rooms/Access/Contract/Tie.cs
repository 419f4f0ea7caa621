namespace Probity.Access.Contract;

/// <summary>What one person of the house declared to be to another. It holds for both, whoever declared it, until its end was confirmed.</summary>
internal sealed record Tie(Guid Id, Guid By, Guid Other, TieKind Kind, int? Degree, DateTimeOffset Since)
{
    /// <summary>Why whoever declared it says that it ended; null where they have not, or somebody else did not agree.</summary>
    public string? EndReason { get; init; }

    /// <summary>Since when it holds no longer.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Whether it would have left its declarer's unit too few of those who watch, so that it bars nobody before an overseer confirmed it.</summary>
    public bool Waits { get; init; }

    /// <summary>Whether an overseer confirmed it, where it would not bar without: <see cref="Register.Counts"/>.</summary>
    public bool Confirmed { get; init; }

    public bool Holds => Until is null;

    public bool IsKinship => Kind is TieKind.Blood or TieKind.Affinity;

    /// <summary>The one of the two whom this person is not.</summary>
    public Guid Across(Guid person) => person == By ? Other : By;
}
