namespace Probity.Lens.Procedures.Tables;

/// <summary>How a procedure table is read, and what in the log its columns are about.</summary>
public sealed record ProcedureTableOptions
{
    /// <summary>The attribute (the column) of the log's events that holds the role of who did it; without it the column <c>who</c> is not checked.</summary>
    public string? RoleAttribute { get; init; }

    /// <summary>
    /// The attribute of the log's events that names the second person. Without it a step for two people has to be recorded twice, by different people.
    /// </summary>
    public string? SecondPersonAttribute { get; init; }

    /// <summary>The sheet of a workbook; by default the first visible one that has a header.</summary>
    public string? Sheet { get; init; }

    /// <summary>The language of the notes, one of <see cref="Rules.RuleSentences.Languages"/>.</summary>
    public string Language { get; init; } = "en";

    /// <summary>Whether anything was said that only a table has.</summary>
    internal bool IsStated => RoleAttribute is not null || SecondPersonAttribute is not null || Sheet is not null;
}
