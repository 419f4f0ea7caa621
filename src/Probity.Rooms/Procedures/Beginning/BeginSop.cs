using Probity.Access.Contract;
using Probity.Ledger;
using Probity.Procedures.Contract;
using Probity.Shared.Record;

namespace Probity.Procedures.Beginning;

/// <summary>Begins a procedure with a first draft. Cases have theirs already, which the house brings along.</summary>
internal sealed class BeginSop(Clerk clerk, IRegister registers, TimeProvider time)
{
    public const string Governed = "procedures.cases-are-governed";

    /// <param name="Sop">Its id.</param>
    /// <param name="Version">The first draft's id.</param>
    /// <param name="Title">What it is called.</param>
    /// <param name="Kind">What it governs.</param>
    /// <param name="Note">What it is for.</param>
    internal sealed record Command(Guid Sop, Guid Version, string Title, SopKind Kind, string Note);

    public static Decision Decide(Command command, ReadDrawing drawing) =>
        (SopTexts.RefusesTitle(command.Title) ?? SopTexts.RefusesReason(command.Note)) is { } unfit ? unfit
        : command.Kind == SopKind.Cases ? Decision.Refuse(Governed)
        : drawing.Code is { } fault ? Decision.Refuse(fault)
        : Decision.Accept(
            new StreamId(command.Sop), new SopBegun(command.Title.Trim(), command.Kind),
            new VersionDrafted(command.Version, 1, null, drawing.Bpmn, command.Note.Trim()));

    public Task<Outcome> HandleAsync(Guid person, Command command, ReadDrawing drawing, CancellationToken cancel) =>
        clerk.FileAsync(new ActorId(person), new StreamId(command.Sop), "procedures.Begin", async session =>
        {
            var register = await registers.ReadAsync(session, cancel);
            var now = time.GetUtcNow();
            // A new stream: nobody else has written to it.
            session.Expect(new StreamId(command.Sop), 0);
            return SopAccess.Refuses(SopAction.Draft, Actor.From(register, person, now), null, register, now) ?? Decide(command, drawing);
        }, cancel: cancel);
}
