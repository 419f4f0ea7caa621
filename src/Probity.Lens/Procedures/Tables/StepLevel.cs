namespace Probity.Lens.Procedures.Tables;

/// <summary>Steps of one level: all of them are done, in an order that their <see cref="StepNode.Before"/> allows.</summary>
internal sealed class StepLevel
{
    public List<StepNode> Nodes { get; } = [];
}

/// <summary>One place in the order: a step, or several of which one is done.</summary>
internal sealed class StepNode
{
    /// <summary>The level that it is on.</summary>
    public required StepLevel Level { get; init; }

    /// <summary>The branch that the level is inside; null for the whole procedure's.</summary>
    public required StepBranch? Inside { get; init; }

    public List<StepBranch> Branches { get; } = [];

    /// <summary>The nodes of its level that it comes after, as the table has them.</summary>
    public List<StepNode> Before { get; } = [];

    /// <summary>Those of them that do not come before another one of them.</summary>
    public List<StepNode> JustBefore { get; } = [];

    public bool Optional => Branches[0].Step.Head.Optional;

    /// <summary>Whether it is one step that is recorded once.</summary>
    public bool IsPlain(bool twice) => Branches is [{ Then.Nodes.Count: 0 } only] && !(twice && only.Step.TakesTwo);
}

/// <summary>A step, and what is done after it only where it is done.</summary>
internal sealed class StepBranch
{
    public required TableStep Step { get; init; }

    public required StepNode Node { get; init; }

    public StepLevel Then { get; } = new();
}
