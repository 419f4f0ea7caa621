namespace Probity.Intake.Pages;

/// <summary>Something that those who handle the report said.</summary>
/// <param name="Day">When.</param>
/// <param name="Stage">Where the report stands since.</param>
/// <param name="Text">The words.</param>
/// <param name="Until">The day by which they are told more; where their name is asked for, the day before which it is not handed on.</param>
public sealed record SaidToSource(DateOnly Day, string? Stage, string Text, DateOnly? Until = null);

/// <summary>How many messages and files were added on a day.</summary>
public sealed record AddedOnDay(DateOnly Day, int Messages, int Files);

/// <summary>All that a source sees of their report: where it stands, and what was said to them. Never what they wrote.</summary>
public sealed record MineSheet(string Stage, DateOnly Received, IReadOnlyList<SaidToSource> Said)
{
    /// <summary>How much arrived after the report itself, by day. Never what.</summary>
    public IReadOnlyList<AddedOnDay> Added { get; init; } = [];

    /// <summary>By when a person has to have read it; null once one has.</summary>
    public DateOnly? ReadBy { get; init; }

    /// <summary>Whether that day is over.</summary>
    public bool ReadByMissed { get; init; }

    /// <summary>By when they have to be told what came of it; null once they were.</summary>
    public DateOnly? AnswerBy { get; init; }

    /// <summary>Whether that day is over.</summary>
    public bool AnswerByMissed { get; init; }

    /// <summary>Whether something was sent just now.</summary>
    public bool Sent { get; init; }

    /// <summary>The number by which the form on it is known if it is sent twice.</summary>
    public string Once { get; init; } = "";

    /// <summary>What was refused, in words.</summary>
    public string? Fault { get; init; }

    /// <summary>Whether nobody is left who could read a message.</summary>
    public bool IsForNobody { get; init; }

    /// <summary>What was typed and refused.</summary>
    public string Typed { get; init; } = "";
}
