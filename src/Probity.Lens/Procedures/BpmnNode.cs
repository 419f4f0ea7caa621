namespace Probity.Lens.Procedures;

/// <summary>How a node of a process treats tokens.</summary>
internal enum BpmnKind { Start, End, Task, Subprocess, Event, Boundary, Choice, Parallel, Inclusive }

/// <summary>A sequence flow.</summary>
internal sealed record BpmnFlow(string Id, BpmnNode Source, BpmnNode Target, bool Conditional);

/// <summary>What one event throws and another catches: <c>error</c>, <c>escalation</c> or <c>cancel</c>, and which; null for any.</summary>
internal sealed record BpmnCause(string Kind, string? Code)
{
    public bool Matches(BpmnCause other) => Kind == other.Kind && (Code is null || other.Code is null || Code == other.Code);
}

/// <summary>How often an activity runs.</summary>
/// <param name="Least">At least so many times.</param>
/// <param name="Most">At most so many times; null for no bound.</param>
/// <param name="AtOnce">All of them side by side rather than one after the other.</param>
internal sealed record BpmnLoop(int Least, int? Most, bool AtOnce);

/// <summary>A task, subprocess, gateway or event of a process.</summary>
/// <param name="kind">How it treats tokens.</param>
/// <param name="id">Its id in the file.</param>
/// <param name="called">What messages call it: its element and its name or id.</param>
internal sealed class BpmnNode(BpmnKind kind, string id, string called)
{
    /// <summary>Catches what nothing in the file catches: the whole process stops.</summary>
    public static readonly BpmnNode Uncaught = new(BpmnKind.Boundary, "", "");

    public BpmnKind Kind => kind;

    public string Id => id;

    public string Called => called;

    /// <summary>The activity of a task.</summary>
    public string? Name { get; init; }

    public List<BpmnFlow> Outgoing { get; } = [];

    public List<BpmnFlow> Incoming { get; } = [];

    /// <summary>The flow out that is taken when no condition holds.</summary>
    public BpmnFlow? Default { get; set; }

    /// <summary>Begins the process by itself, though it is no start event (a receive task or event gateway that instantiates).</summary>
    public bool Instantiates { get; init; }

    public BpmnLoop? Loop { get; init; }

    /// <summary>What a subprocess holds.</summary>
    public BpmnScope? Inside { get; set; }

    /// <summary>The boundary events of a task or subprocess.</summary>
    public List<BpmnNode> Boundaries { get; } = [];

    /// <summary>Where a boundary event sits.</summary>
    public BpmnNode? Host { get; set; }

    /// <summary>A boundary event that ends the activity it sits on.</summary>
    public bool Interrupts { get; init; }

    /// <summary>What a boundary event waits for, of the causes that are drawn inside; empty for clocks, messages and signals.</summary>
    public List<BpmnCause> Catches { get; init; } = [];

    /// <summary>Whether something drawn inside throws what this boundary event catches.</summary>
    public bool IsThrown { get; set; }

    /// <summary>An end event that stops everything in its process or subprocess.</summary>
    public bool Terminates { get; init; }

    public BpmnCause? Throws { get; init; }

    /// <summary>The boundary event that catches what this event throws; null if none does.</summary>
    public BpmnNode? CaughtBy { get; set; }

    public bool IsActivity => kind is BpmnKind.Task or BpmnKind.Subprocess;

    /// <summary>Whether any part of its flows out may be taken: an inclusive gateway, or an activity that conditional flows leave.</summary>
    public bool SplitsInclusively =>
        Outgoing.Count > 1 && (kind == BpmnKind.Inclusive || (IsActivity && Outgoing.Any(f => f.Conditional)));
}

/// <summary>A process or the inside of a subprocess.</summary>
/// <param name="Owner">The subprocess; null for the process.</param>
/// <param name="Nodes">What stands directly in it.</param>
internal sealed record BpmnScope(BpmnNode? Owner, IReadOnlyList<BpmnNode> Nodes);
