using Probity.Procedures.Contract;
using Probity.Shared.Record;

namespace Probity.Procedures.Publishing;

/// <summary>Puts an approved version in force, from now or a later time on; never from an earlier one: what began before is judged by what was in force then.</summary>
internal sealed class PublishVersion(SopDesk desk)
{
    public const string NotApproved = "procedures.not-approved";
    public const string InThePast = "procedures.from-in-the-past";
    public const string TooFar = "procedures.from-too-far";

    /// <summary>A version that waits longer has been forgotten.</summary>
    public static readonly TimeSpan Furthest = TimeSpan.FromDays(366);

    /// <param name="Sop">The procedure.</param>
    /// <param name="Number">The version.</param>
    /// <param name="From">From when on; at once where null.</param>
    internal sealed record Command(Guid Sop, int Number, DateTimeOffset? From);

    public static Decision Decide(Command command, SopFacts facts)
    {
        if (facts is not { Stage: SopStage.Approved, At.From: null }) return Decision.Refuse(NotApproved);
        if (command.From < facts.Now) return Decision.Refuse(InThePast);
        if (command.From > facts.Now + Furthest) return Decision.Refuse(TooFar);
        return Decision.Accept(facts.Sop.Stream, new PutInForce(facts.At.Id, command.From ?? facts.Now));
    }

    public Task<Outcome?> HandleAsync(Guid person, Command command, long? expected, CancellationToken cancel) => desk.RunAsync(
        person, command.Sop, command.Number, SopAction.PutInForce, expected, facts => Decide(command, facts), cancel);
}
