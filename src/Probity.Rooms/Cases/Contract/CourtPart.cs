namespace Probity.Cases.Contract;

/// <summary>An element of a charge, with the numbers of what proves it in the charge's list of evidence.</summary>
public sealed record ElementLine(string Text, IReadOnlySet<Guid> Evidence);

/// <summary>Something that proves: its id, what kind it is, and what it is called; an exhibit by its number.</summary>
public sealed record EvidenceLine(Guid Id, string Kind, string Label)
{
    /// <summary>What an exhibit is; null for all else.</summary>
    public string? What { get; init; }

    /// <summary>The page that tells an exhibit's story; null for all else.</summary>
    public string? Story { get; init; }

    /// <summary>What the record lacks of it, so that a reader does not take it for more than it is: no laboratory has reported; null where nothing lacks.</summary>
    public string? Lacks { get; init; }

    /// <summary>What it is called, and what it is.</summary>
    public string Said => What is null ? Label : $"{Label}, {What}";
}

/// <summary>A charge with what proves it, as the page draws it.</summary>
public sealed record ChargeLine(
    string Basis, string Text, bool Withdrawn, int Amendments, string? Verdict, bool Guilty, string? Sentence, IReadOnlyList<ElementLine> Elements,
    IReadOnlyList<EvidenceLine> Evidence)
{
    /// <summary>Whether an appeal against the verdict was allowed and the court has not found anew.</summary>
    public bool IsSetAside { get; init; }

    /// <summary>How many elements nothing proves yet.</summary>
    public int Gaps => Elements.Count(e => e.Evidence.Count == 0);
}

/// <summary>An item of the disclosure list.</summary>
public sealed record DisclosureLine(string Kind, string Label, DateTimeOffset Listed, string State, bool Open, DateTimeOffset? At, string Words, string Basis);

/// <summary>A hearing, a decision on bail or an appeal, in the order of time.</summary>
public sealed record HearingLine(DateTimeOffset At, string Title, string State, bool Ahead, string Words);

/// <summary>An order about exhibits, in the reader's language.</summary>
/// <param name="At">When it was put on the record.</param>
/// <param name="What">What is to become of the exhibits, and of which.</param>
/// <param name="Order">The order as on the paper, with its day.</param>
/// <param name="By">Who put it on the record, and who signed it too.</param>
/// <param name="State">Whether it stands.</param>
/// <param name="Stands">The same, as yes or no.</param>
/// <param name="Words">Reasons and legal basis.</param>
public sealed record OrderLine(DateTimeOffset At, string What, string Order, string By, string State, bool Stands, string Words)
{
    /// <summary>What was done by it: of which exhibit, what, and when.</summary>
    public IReadOnlyList<string> Done { get; init; } = [];
}

/// <summary>An exhibit that is there no longer: its number, what it was, and what became of it, when and by which order.</summary>
public sealed record EndedLine(string Number, string What, string Story, string End);

/// <summary>A decision that could have gone otherwise, or how somebody came to a seat: what, who, and in their words why and by what law.</summary>
internal sealed record DecisionLine(DateTimeOffset At, string What, string By, string Words);

/// <summary>The court's part of a case, in the reader's language: what is charged and what proves it, what was disclosed, and what was heard.</summary>
public sealed record CourtPart(
    string Number, string Stage, IReadOnlyList<string> Accused, string? Judge, string? JudgeHow, DateTimeOffset? JudgeSince, IReadOnlyList<ChargeLine> Charges,
    IReadOnlyList<DisclosureLine> Disclosure, bool Stale, IReadOnlyList<HearingLine> Hearings)
{
    /// <summary>What was ordered about exhibits, the newest first.</summary>
    public IReadOnlyList<OrderLine> Orders { get; init; } = [];

    /// <summary>The exhibits that are there no longer.</summary>
    public IReadOnlyList<EndedLine> Ended { get; init; } = [];
}

/// <summary>The court's part of cases as another room puts it on paper.</summary>
internal interface ICourtParts
{
    /// <summary>
    /// The part, and every decision of the case in the order of time with how each seat came to whom; null where there is no such case, or it was
    /// erased. Nothing is guarded: the caller has to.
    /// </summary>
    Task<(CourtPart Part, IReadOnlyList<DecisionLine> Decisions)?> ReadAsync(Guid id, CancellationToken cancel);
}
