using Probity.Cases.Contract;
using Probity.Shared.Drawing;
using Probity.Shared.Record;

namespace Probity.Cases.Assigning;

/// <summary>Draws a seat that was asked for, and reveals the seed. Only the house does it.</summary>
internal sealed class DrawSeat(CaseDesk desk, DrawSeeds seeds, Clerk clerk, FitForWork fit)
{
    internal sealed record Command(Guid CaseId, Seat Seat, Guid Chain, long Place);

    /// <param name="command">The request that is drawn.</param>
    /// <param name="case">The case.</param>
    /// <param name="seed">The seed of its place; null where the chain's secret is not known here any more.</param>
    /// <param name="eligible">Who may take the seat now.</param>
    public static Decision Decide(Command command, Case @case, byte[]? seed, IReadOnlyList<Guid> eligible)
    {
        if (!@case.Draws.TryGetValue(command.Seat, out var draw) || draw.Seed is not null
            || draw.Chain != command.Chain || draw.Place != command.Place)
            return Decision.Accept();
        if (seed is null) return Decision.Accept(@case.Stream, new DrawVoided(command.Seat, null, null));
        var person = draw.Eligible[Draw.IndexOf(seed, draw.Place, draw.Eligible.Count)];
        var revealed = Convert.ToHexStringLower(seed);

        // Between the request and the draw somebody may have left the post or come under a bar: nobody barred is seated.
        return eligible.Contains(person)
            ? Decision.Accept(@case.Stream, new SeatDrawn(command.Seat, person, revealed))
            : Decision.Accept(@case.Stream, new DrawVoided(command.Seat, person, revealed));
    }

    public Task ReactAsync(Command command, string commandId, CancellationToken cancel) =>
        desk.RunForHouseAsync(command.CaseId, commandId, async facts =>
        {
            var chains = await facts.Session.FoldAsync<DrawChains>(DrawChains.StreamOf(clerk.House), cancel);
            var seed = chains.NumberOf(command.Chain) is { } number && seeds.Knows(number, chains.Chains[number - 1].Commitment)
                ? seeds.Seed(number, command.Place)
                : null;
            return Decide(command, facts.Case, seed, (await fit.PoolAsync(command.Seat, facts, cancel)).Eligible);
        }, cancel);
}
