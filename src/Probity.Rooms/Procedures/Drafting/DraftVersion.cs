using Probity.Procedures.Contract;
using Probity.Shared.Record;

namespace Probity.Procedures.Drafting;

/// <summary>Drafts a new version: it begins as a copy of one that is there.</summary>
internal sealed class DraftVersion(SopDesk desk)
{
    public const string TooMany = "procedures.too-many-drafts";

    /// <summary>Versions of one procedure that nobody has put in force yet: more than a unit works at, and each is kept whole.</summary>
    public const int MostDrafts = 10;

    internal sealed record Command(Guid Sop, int BasedOn, Guid Version, string Note);

    public static Decision Decide(Command command, SopFacts facts)
    {
        if (SopTexts.RefusesReason(command.Note) is { } unfit) return unfit;
        if (facts.Sop.Versions.Count(v => !v.IsSettled) >= MostDrafts) return Decision.Refuse(TooMany);
        return Decision.Accept(
            facts.Sop.Stream, new VersionDrafted(command.Version, facts.Sop.NextNumber, command.BasedOn, facts.At!.Drawing, command.Note.Trim()));
    }

    public Task<Outcome?> HandleAsync(Guid person, Command command, long? expected, CancellationToken cancel) => desk.RunAsync(
        person, command.Sop, command.BasedOn, SopAction.Draft, expected, facts => Decide(command, facts), cancel);
}
