using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Cases.Contract;
using Probity.Ledger;
using Probity.Shared.Record;

namespace Probity.Cases.Assigning;

/// <summary>
/// Asks for a draw: fixes who is eligible and takes the next place in the chain of seeds. A case has one request a seat,
/// until a second person approves a redraw: nobody can ask again until the result suits.
/// </summary>
internal sealed class RequestAssignment(CaseDesk desk, CommitSeeds commit, DrawSeeds seeds, Clerk clerk)
{
    public const string AlreadyRequested = "cases.already-requested";
    public const string NoSeedLeft = "cases.no-seed-left";

    internal sealed record Command(Guid CaseId, Seat Seat);

    internal sealed record Body(Seat Seat);

    public static Decision Decide(Command command, Case @case, IReadOnlyList<Guid> eligible, FreePlace? free)
    {
        if (@case.Draws.ContainsKey(command.Seat) || @case.Seats.ContainsKey(command.Seat))
            return Decision.Refuse(AlreadyRequested);
        if (eligible.Count == 0) return Decision.Accept(@case.Stream, new NobodyEligible(command.Seat));
        if (free is null) return Decision.Refuse(NoSeedLeft);
        return Decision.Accept(
            new Filing(new StreamId(free.Chain), new SeedTaken(@case.Id, command.Seat)),
            new Filing(@case.Stream, new AssignmentRequested(command.Seat, eligible, free.Chain, free.Place)));
    }

    public async Task<CaseAnswer> HandleAsync(Guid person, Command command, long? expected, CancellationToken cancel)
    {
        await commit.RunAsync(cancel);
        return await desk.RunAsync(
            person, command.CaseId, CaseAction.RequestAssignment, expected, facts => DecideAsync(command, facts, cancel), cancel);
    }

    /// <summary>Asks in the house's name, because of an entry.</summary>
    public async Task ReactAsync(Command command, string commandId, CancellationToken cancel)
    {
        await commit.RunAsync(cancel);
        await desk.RunForHouseAsync(command.CaseId, commandId, facts => DecideAsync(command, facts, cancel), cancel);
    }

    async ValueTask<Decision> DecideAsync(Command command, CaseFacts facts, CancellationToken cancel)
    {
        var eligible = Eligible.For(command.Seat, facts.Case, facts.Register, facts.Now);
        var chains = await facts.Session.FoldAsync<DrawChains>(DrawChains.StreamOf(clerk.House), cancel);
        var free = await chains.FreeAsync(seeds, facts.Session, cancel);
        return Decide(command, facts.Case, eligible, free.Count > 0 ? free[0] : null);
    }

    public static void Map(RouteGroupBuilder api) => api
        .MapPost("/{id:guid}/draw", (Guid id, HttpContext http, RequestAssignment slice) => CaseApi.RunAsync<Body>(
            http, (person, body, expected, cancel) => slice.HandleAsync(person, new Command(id, body.Seat), expected, cancel)))
        .Describe<Body>("requestAssignment", "Ask for a seat of the case to be drawn.");
}
