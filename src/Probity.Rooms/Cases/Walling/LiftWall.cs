using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Access.Contract;
using Probity.Cases.Contract;
using Probity.Shared.Record;

namespace Probity.Cases.Walling;

/// <summary>Asks that a declared conflict keep somebody out no longer. A second person of those who watch over cases decides.</summary>
internal sealed class LiftWall(CaseDesk desk)
{
    public const string NoWall = "cases.no-wall";
    public const string Pending = "cases.lift-pending";

    internal sealed record Command(Guid CaseId, Guid Person, string Reason);

    internal sealed record Body(Guid Person, string Reason);

    public static Decision Decide(Command command, Case @case) =>
        CaseTexts.RefusesReason(command.Reason) is { } refusal ? refusal
        : !@case.Walls.TryGetValue(command.Person, out var wall) ? Decision.Refuse(NoWall)
        : wall.LiftAskedBy is not null ? Decision.Refuse(Pending)
        : Decision.Accept(@case.Stream, new WallLiftProposed(command.Person, command.Reason));

    public Task<CaseAnswer> HandleAsync(Guid person, Command command, long? expected, CancellationToken cancel) => desk.RunAsync(
        person, command.CaseId, CaseAction.LiftWall, expected, facts => Decide(command, facts.Case), cancel);

    public static void Map(RouteGroupBuilder api) => api
        .MapPost("/{id:guid}/walls/lift", (Guid id, HttpContext http, LiftWall slice) => CaseApi.RunAsync<Body>(
            http, (person, body, expected, cancel) => slice.HandleAsync(person, new Command(id, body.Person, body.Reason), expected, cancel)))
        .Describe<Body>("liftWall", "Ask that a declared conflict keep somebody out of the case no longer.");
}

/// <summary>A second person lifts the wall, or leaves it standing and says why.</summary>
internal sealed class ApproveLift(CaseDesk desk)
{
    internal sealed record Command(Guid CaseId, Guid Person, bool Approve, string? Reason);

    internal sealed record Body(Guid Person, bool Approve, string? Reason);

    public static Decision Decide(Command command, Case @case, Guid second, Register register, DateTimeOffset now)
    {
        if (!@case.Walls.TryGetValue(command.Person, out var wall) || wall.LiftAskedBy is null)
            return Decision.Refuse(Assigning.ApproveAssignment.NothingProposed);

        // Nor is it for the chain of command of whoever is walled off.
        if (Recusal.Between(second, [command.Person], register, now) is { } bar)
            return Decision.Refuse(bar, CaseAccess.WhoMayAs(Role.Overseer, CaseAction.ApproveLift, @case, register, now));
        if (!command.Approve)
        {
            return CaseTexts.RefusesReason(command.Reason) is { } refusal
                ? refusal
                : Decision.Accept(@case.Stream, new WallKept(command.Person, command.Reason!));
        }

        return CaseTexts.Refuses(command.Reason, CaseTexts.MaxReasons, missing: null) is { } unfit
            ? unfit
            : Decision.Accept(@case.Stream, new WallLifted(command.Person, CaseTexts.Kept(command.Reason)));
    }

    public Task<CaseAnswer> HandleAsync(Guid person, Command command, long? expected, CancellationToken cancel) => desk.RunAsync(
        person, command.CaseId, CaseAction.ApproveLift, expected, facts => Decide(command, facts.Case, person, facts.Register, facts.Now), cancel);

    public static void Map(RouteGroupBuilder api) => api
        .MapPost("/{id:guid}/walls/approval", (Guid id, HttpContext http, ApproveLift slice) => CaseApi.RunAsync<Body>(
            http, (person, body, expected, cancel) => slice.HandleAsync(
                person, new Command(id, body.Person, body.Approve, body.Reason), expected, cancel)))
        .Describe<Body>("approveLift", "Lift a wall, or leave it standing.");
}
