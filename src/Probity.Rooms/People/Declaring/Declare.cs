using Probity.People.Contract;
using Probity.Policies.Contract;
using Probity.Shared;
using Probity.Shared.Record;

namespace Probity.People.Declaring;

/// <summary>Somebody declares. Growth that their income does not explain is flagged at once, for the vetting unit: the person is not told that it was, nor what would not have been.</summary>
internal sealed class Declare(DeclarationDesk desk)
{
    public const string KindMissing = "declarations.kind-missing";
    public const string DayWrong = "declarations.day-wrong";
    public const string DayTaken = "declarations.day-taken";
    public const string CurrencyWrong = "declarations.currency-wrong";
    public const string Nothing = "declarations.nothing";
    public const string TooMany = "declarations.too-many";
    public const string LineWrong = "declarations.line-wrong";
    public const string IncomeMissing = "declarations.income-missing";
    public const string CorrectsUnknown = "declarations.corrects-unknown";
    public const string TooOld = "declarations.correction-too-old";

    /// <summary>How far back the day may lie: papers come late.</summary>
    public const int MostDaysBack = 120;

    /// <param name="Id">Its id, given before it is sent.</param>
    /// <param name="Kind">Why.</param>
    /// <param name="AsOf">The day at whose end it counts.</param>
    /// <param name="Currency">ISO 4217.</param>
    /// <param name="Lines">What is declared.</param>
    /// <param name="Corrects">The declaration that it takes the place of, or null.</param>
    internal sealed record Command(Guid Id, DeclarationKind? Kind, DateOnly? AsOf, string? Currency, IReadOnlyList<DeclaredLine> Lines, Guid? Corrects);

    public static Decision Decide(Command command, DeclarationFacts facts)
    {
        // Sent twice under one id, it is recorded once.
        if (facts.Declarations.Find(command.Id) is not null) return Decision.Accept();
        if (command.Kind is not { } kind) return Decision.Refuse(KindMissing);
        var corrected = command.Corrects is { } old ? facts.Declarations.Standing.FirstOrDefault(d => d.Id == old) : null;
        if (command.Corrects is not null && corrected is null) return Decision.Refuse(CorrectsUnknown);
        if (corrected is not null && !MayCorrect(corrected, facts)) return Decision.Refuse(TooOld);
        // A day ahead of UTC there is already tomorrow. A correction is of the day that it corrects.
        var today = DateOnly.FromDateTime(facts.Now.UtcDateTime);
        if (command.AsOf is not { } day || day > today.AddDays(1) || (corrected is null ? day < today.AddDays(-MostDaysBack) : day != corrected.AsOf)) return Decision.Refuse(DayWrong);
        if (corrected is null && facts.Declarations.Standing.Any(d => d.AsOf >= day)) return Decision.Refuse(DayTaken);
        if (command.Currency is not { Length: 3 } currency || !currency.All(char.IsAsciiLetterUpper)) return Decision.Refuse(CurrencyWrong);
        if (command.Lines.Count == 0) return Decision.Refuse(Nothing);
        if (command.Lines.Count > DeclaredLines.Most) return Decision.Refuse(TooMany);
        if (command.Lines.Any(l => !Fits(l))) return Decision.Refuse(LineWrong);
        // Without what came in and went out there is nothing to hold growth against.
        foreach (var needed in (DeclaredKind[])[DeclaredKind.Income, DeclaredKind.Spending])
        {
            if (command.Lines.All(l => l.Kind != needed)) return Decision.Refuse(IncomeMissing);
        }

        var made = new Declaration(command.Id, kind, day, currency, command.Lines, false, facts.Policy.Label, facts.Now);
        var (before, bound) = (facts.Declarations.Before(day), facts.Policy.Of(PolicyRules.UnexplainedAbove));
        var flagged = (before is not null && (WealthGrowth.Between(before, made) is not { } growth || growth.IsAbove(bound) || growth.HasLargeGift(bound)))
            || (corrected is not null && (CorrectionRise.Of(made, facts.Declarations) is not { } rise || rise.IsAbove(bound)));
        return Decision.Accept(new Filing(
            Declarations.StreamOf(facts.Person), new DeclarationMade(command.Id, kind, day, currency, command.Lines, command.Corrects, flagged, facts.Policy.Label))
            { Compartment = Compartments.OfPerson(facts.Person) });
    }

    /// <summary>Whether a declaration can still be corrected: for so long after its day was first declared. The past is not written anew.</summary>
    public static bool MayCorrect(Declaration declaration, DeclarationFacts facts) =>
        facts.Now <= facts.Policy.After(PolicyRules.CorrectedWithin, facts.Declarations.FirstOf(declaration.AsOf)!.At);

    /// <summary>Whether a line says what it is, and has an amount where it is money.</summary>
    public static bool Fits(DeclaredLine line) =>
        Enum.IsDefined(line.Kind) && WrittenText.SaysSomething(line.What) && line.What.Length <= DeclaredLines.MaxText && WrittenText.IsPlain(line.What, lines: false)
        && (line.Note is null || (line.Note.Length <= DeclaredLines.MaxText && WrittenText.IsPlain(line.Note, lines: false)))
        && (line.Amount is { } amount ? amount is >= 0m and <= DeclaredLines.MaxAmount : DeclaredLines.IsTie(line.Kind));

    public Task<Outcome> HandleAsync(Guid person, Command command, CancellationToken cancel) =>
        desk.RunAsync(person, person, DeclarationAction.Declare, facts => Decide(command, facts), cancel);
}
