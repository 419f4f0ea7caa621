namespace Probity.Intake.Pages;

/// <summary>A question on the page.</summary>
public sealed record AskedQuestion(string Key, bool IsLong, bool IsRequired);

/// <summary>A unit or post that can be ticked.</summary>
public sealed record Tickable(Guid Id, string Name, int Depth, bool IsTicked);

/// <summary>What was refused, in words, and at which field.</summary>
public sealed record RefusedField(string Field, string Text);

/// <summary>All that the page of a questionnaire shows.</summary>
public sealed record FormSheet(int Number, string Kind, IReadOnlyList<AskedQuestion> Questions)
{
    /// <summary>The number by which this form is known if it is sent twice.</summary>
    public string Once { get; init; } = "";

    /// <summary>Whether it was sent, and with what was ticked and named nobody is left who could read it.</summary>
    public bool IsForNobody { get; init; }

    /// <summary>Whether somebody writes it for somebody else.</summary>
    public bool IsClerk { get; init; }

    /// <summary>How it came in, as a clerk said.</summary>
    public Probity.Sealing.ReportChannel Channel { get; init; }

    /// <summary>Units to tick; none where there are too many for a small page: they are then named.</summary>
    public IReadOnlyList<Tickable> Units { get; init; } = [];

    /// <summary>Posts to tick.</summary>
    public IReadOnlyList<Tickable> Posts { get; init; } = [];

    /// <summary>Whether anybody keeps identities.</summary>
    public bool HasCustodian { get; init; }

    /// <summary>How many of the integrity office read a report about which nothing is ticked.</summary>
    public int Integrity { get; init; }

    /// <summary>How many external overseers do.</summary>
    public int Overseers { get; init; }

    /// <summary>What was refused.</summary>
    public IReadOnlyList<RefusedField> Faults { get; init; } = [];

    /// <summary>What was typed, by field.</summary>
    public IReadOnlyDictionary<string, string> Fields { get; init; } = new Dictionary<string, string>();

    /// <summary>What was typed in a field.</summary>
    public string Typed(string field) => Fields.GetValueOrDefault(field, "");
}
