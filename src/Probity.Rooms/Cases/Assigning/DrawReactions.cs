using Probity.Cases.Contract;
using Probity.Shared.Record;

namespace Probity.Cases.Assigning;

/// <summary>A new case needs a handler.</summary>
internal sealed class HandlerIsRequested(RequestAssignment request) : IReaction
{
    public string Rule => "cases.request-handler";
    public Type On => typeof(CaseOpened);

    public Task ReactAsync(Recorded cause, string commandId, CancellationToken cancel) =>
        request.ReactAsync(
            new RequestAssignment.Command(cause.Stream.Value, Seat.Handler), RequestAssignment.Asker.House, commandId, cancel);
}

/// <summary>A case that goes to prosecution needs a prosecutor.</summary>
internal sealed class ProsecutorIsRequested(RequestAssignment request) : IReaction
{
    public string Rule => "cases.request-prosecutor";
    public Type On => typeof(StageEntered);

    public Task ReactAsync(Recorded cause, string commandId, CancellationToken cancel) =>
        cause.Event is StageEntered { Stage: Stage.Prosecute }
            ? request.ReactAsync(
                new RequestAssignment.Command(cause.Stream.Value, Seat.Prosecutor), RequestAssignment.Asker.House, commandId, cancel)
            : Task.CompletedTask;
}

/// <summary>An approved redraw is asked for at once. After an assignment by hand the seat is taken, and nothing happens.</summary>
internal sealed class RedrawIsRequested(RequestAssignment request) : IReaction
{
    public string Rule => "cases.request-redraw";
    public Type On => typeof(AssignmentApproved);

    public Task ReactAsync(Recorded cause, string commandId, CancellationToken cancel) =>
        request.ReactAsync(
            new RequestAssignment.Command(cause.Stream.Value, ((AssignmentApproved)cause.Event!).Seat), RequestAssignment.Asker.Watcher,
            commandId, cancel);
}

/// <summary>A draw that seated nobody is followed by another.</summary>
internal sealed class VoidedDrawIsRequestedAnew(RequestAssignment request) : IReaction
{
    public string Rule => "cases.request-after-void";
    public Type On => typeof(DrawVoided);

    public Task ReactAsync(Recorded cause, string commandId, CancellationToken cancel) =>
        request.ReactAsync(
            new RequestAssignment.Command(cause.Stream.Value, ((DrawVoided)cause.Event!).Seat), RequestAssignment.Asker.House, commandId, cancel);
}

/// <summary>What was asked for is drawn.</summary>
internal sealed class RequestIsDrawn(DrawSeat draw) : IReaction
{
    public string Rule => "cases.draw";
    public Type On => typeof(AssignmentRequested);

    public Task ReactAsync(Recorded cause, string commandId, CancellationToken cancel)
    {
        var asked = (AssignmentRequested)cause.Event!;
        return draw.ReactAsync(new DrawSeat.Command(cause.Stream.Value, asked.Seat, asked.Chain, asked.Place), commandId, cancel);
    }
}
