using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Access.Contract;
using Probity.Cases.Contract;
using Probity.Ledger;
using Probity.Shared.Drawing;
using Probity.Shared.Record;

namespace Probity.Cases.Assigning;

/// <summary>
/// Asks for a draw: fixes who is eligible and takes the next place in the chain of seeds. A case has one request a seat,
/// until a second person approves a redraw: nobody can ask again until the result suits.
/// </summary>
internal sealed class RequestAssignment(CaseDesk desk, CommitSeeds commit, DrawSeeds seeds, Clerk clerk, FitForWork fit)
{
    public const string AlreadyRequested = "cases.already-requested";
    public const string NoSeedLeft = "cases.no-seed-left";
    public const string Held = "cases.draw-held";

    internal sealed record Command(Guid CaseId, Seat Seat);

    internal sealed record Body(Seat Seat);

    /// <summary>Who asks, as far as a draw cares.</summary>
    internal enum Asker
    {
        /// <summary>The house, because of an entry that nobody looked over.</summary>
        House,

        /// <summary>Somebody who watches over cases and did not open this one; or the house, after such a person approved.</summary>
        Watcher,

        /// <summary>Anybody else.</summary>
        Other,
    }

    /// <param name="command">What is asked for.</param>
    /// <param name="case">The case.</param>
    /// <param name="pool">Who may be drawn.</param>
    /// <param name="free">The next place of the chain of seeds.</param>
    /// <param name="asker">Who asks: a pool that was thinned out is drawn from only when a watcher has looked.</param>
    public static Decision Decide(Command command, Case @case, Pool pool, FreePlace? free, Asker asker)
    {
        var eligible = pool.Eligible;
        if (@case.Draws.ContainsKey(command.Seat) || @case.Seats.ContainsKey(command.Seat))
            return Decision.Refuse(AlreadyRequested);
        if (eligible.Count == 0) return Decision.Accept(@case.Stream, new NobodyEligible(command.Seat));
        if (pool.IsThinned && asker != Asker.Watcher)
        {
            if (asker == Asker.Other) return Decision.Refuse(Held);
            return @case.Held.Contains(command.Seat)
                ? Decision.Accept() : Decision.Accept(@case.Stream, new DrawHeld(command.Seat, eligible.Count, pool.All));
        }

        if (free is null) return Decision.Refuse(NoSeedLeft);
        return Decision.Accept(
            new Filing(new StreamId(free.Chain), new SeedTaken(@case.Id, command.Seat)),
            new Filing(@case.Stream, new AssignmentRequested(command.Seat, eligible, free.Chain, free.Place)));
    }

    public async Task<CaseAnswer> HandleAsync(Guid person, Command command, long? expected, CancellationToken cancel)
    {
        await commit.RunAsync(cancel);
        return await desk.RunAsync(
            person, command.CaseId, CaseAction.RequestAssignment, expected, facts =>
                DecideAsync(command, facts, Watches(facts) ? Asker.Watcher : Asker.Other, cancel), cancel);
    }

    /// <summary>Asks in the house's name, because of an entry.</summary>
    public async Task ReactAsync(Command command, Asker asker, string commandId, CancellationToken cancel)
    {
        await commit.RunAsync(cancel);
        await desk.RunForHouseAsync(command.CaseId, commandId, facts => DecideAsync(command, facts, asker, cancel), cancel);
    }

    /// <summary>Whether this person's word is enough to draw from a pool that was thinned out.</summary>
    internal static bool Watches(CaseFacts facts) =>
        (facts.Actor.Has(Role.Integrity) || facts.Actor.Has(Role.Overseer)) && facts.Actor.Person != facts.Case.OpenedBy;

    async ValueTask<Decision> DecideAsync(Command command, CaseFacts facts, Asker asker, CancellationToken cancel)
    {
        var pool = await fit.PoolAsync(command.Seat, facts, cancel);
        var chains = await facts.Session.FoldAsync<DrawChains>(DrawChains.StreamOf(clerk.House), cancel);
        var free = await chains.FreeAsync(seeds, facts.Session, cancel);
        return Decide(command, facts.Case, pool, free.Count > 0 ? free[0] : null, asker);
    }

    public static void Map(RouteGroupBuilder api) => api
        .MapPost("/{id:guid}/draw", (Guid id, HttpContext http, RequestAssignment slice) => CaseApi.RunAsync<Body>(
            http, (person, body, expected, cancel) => slice.HandleAsync(person, new Command(id, body.Seat), expected, cancel)))
        .Describe<Body>("requestAssignment", "Ask for a seat of the case to be drawn.");
}
