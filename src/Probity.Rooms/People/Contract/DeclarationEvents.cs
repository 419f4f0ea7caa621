using Probity.Shared.Record;

namespace Probity.People.Contract;

/// <summary>Why somebody declares.</summary>
internal enum DeclarationKind { Entry, Yearly, Exit }

/// <summary>What a line of a declaration is: what came in and went out, what there is, what is owed, and what ties the person to others.</summary>
internal enum DeclaredKind { Income, Spending, Property, Vehicle, Account, Cash, Business, OtherAsset, Debt, Interest, Activity, Gift, Household }

/// <summary>What became of growth that the declared income does not explain.</summary>
internal enum GrowthOutcome
{
    /// <summary>Papers explain it.</summary>
    Explained,

    /// <summary>A declaration was wrong and is made anew.</summary>
    Corrected,

    /// <summary>It goes to the internal investigator.</summary>
    Referred,
}

/// <summary>A line of a declaration.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="What">In the person's words.</param>
/// <param name="Amount">Money in the declaration's currency: what it is worth at its date, or what came in or went out in its period. Null where it is a tie and no money.</param>
/// <param name="Note">Whose share it is, how it was paid for, with whom.</param>
internal sealed record DeclaredLine(DeclaredKind Kind, string What, decimal? Amount, string? Note);

/// <summary>Somebody declared what they own and owe, what came in and went out since the declaration before, and whom they are tied to.</summary>
/// <param name="Declaration">Its id.</param>
/// <param name="Kind">Why it was made.</param>
/// <param name="AsOf">The day at whose end all of it is counted.</param>
/// <param name="Currency">ISO 4217: one for all lines.</param>
/// <param name="Lines">What is declared.</param>
/// <param name="Corrects">The declaration that it takes the place of, or null.</param>
/// <param name="IsFlagged">Whether growth since the one before is more than its income explains, by <paramref name="Policy"/>.</param>
/// <param name="Policy">The version of the policy pack.</param>
[EventType("people.declared.v1")]
internal sealed record DeclarationMade(
    Guid Declaration, DeclarationKind Kind, DateOnly AsOf, string Currency, IReadOnlyList<DeclaredLine> Lines, Guid? Corrects, bool IsFlagged, string Policy) : IEvent;

/// <summary>The vetting unit said what became of growth that was flagged.</summary>
/// <param name="Declaration">The declaration that was flagged.</param>
/// <param name="Outcome">What became of it.</param>
/// <param name="Reasons">Why.</param>
[EventType("people.growth-resolved.v1")]
internal sealed record GrowthResolved(Guid Declaration, GrowthOutcome Outcome, string Reasons) : IEvent;
