using Probity.People.Contract;
using Probity.Shared;
using Probity.Shared.Record;

namespace Probity.People.Declaring;

/// <summary>The vetting unit says what became of growth that was flagged: explained by papers, corrected, or referred to the investigator. A figure alone decides nothing about anybody.</summary>
internal sealed class ResolveGrowth(DeclarationDesk desk)
{
    public const string NotFlagged = "declarations.not-flagged";
    public const string OutcomeMissing = "declarations.outcome-missing";
    public const string NotCorrected = "declarations.not-corrected";
    public const string ReasonsMissing = "declarations.reasons-missing";

    const int MinReasons = 20, MaxReasons = 4_000;

    internal sealed record Command(Guid Person, Guid Declaration, GrowthOutcome? Outcome, string? Reasons);

    public static Decision Decide(Command command, DeclarationFacts facts)
    {
        if (facts.Declarations.Find(command.Declaration) is not { IsFlagged: true, Resolved: null } declaration) return Decision.Refuse(NotFlagged);
        if (command.Outcome is not { } outcome) return Decision.Refuse(OutcomeMissing);
        // That it was corrected is a new declaration, not a word.
        if (outcome == GrowthOutcome.Corrected && declaration.CorrectedBy is null) return Decision.Refuse(NotCorrected);
        if (!WrittenText.SaysSomething(command.Reasons) || command.Reasons!.Trim().Length < MinReasons || command.Reasons.Length > MaxReasons || !WrittenText.IsPlain(command.Reasons, lines: true))
            return Decision.Refuse(ReasonsMissing);
        return Decision.Accept(new Filing(
            Declarations.StreamOf(facts.Person), new GrowthResolved(command.Declaration, outcome, command.Reasons.Trim())) { Compartment = Compartments.OfPerson(facts.Person) });
    }

    public Task<Outcome> HandleAsync(Guid actor, Command command, CancellationToken cancel) =>
        desk.RunAsync(actor, command.Person, DeclarationAction.Resolve, facts => Decide(command, facts), cancel);
}
