using System.Security.Claims;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Logging;

namespace Probity.Shared.Home;

/// <summary>Asks the rooms what they have to say. A room that fails costs its own row, never the page.</summary>
internal sealed class Standings(
    IEnumerable<IStanding> rooms, IEnumerable<INextSteps> advisers, IStringLocalizer<HomeText> text, ILogger<Standings> log)
{
    internal const int MostSteps = 5;

    internal async Task<IReadOnlyDictionary<string, StandingRow>> Read(CancellationToken cancel)
    {
        var rows = new Dictionary<string, StandingRow>();
        foreach (var key in StandingKeys.Mechanisms.Concat(StandingKeys.Proofs))
        {
            var room = rooms.LastOrDefault(candidate => candidate.Key == key);
            rows[key] = room is null ? StandingRow.NotBuilt(key, text[$"NotBuilt.{key}"]) : await Ask(room, cancel);
        }
        return rows;
    }

    internal async Task<IReadOnlyList<NextStep>> StepsOf(ClaimsPrincipal person, CancellationToken cancel)
    {
        var steps = new List<NextStep>();
        foreach (var adviser in advisers)
        {
            try
            {
                steps.AddRange(await adviser.For(person, cancel));
            }
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                log.LogError(fault, "The next steps of {Adviser} could not be read", adviser.GetType().Name);
            }
        }
        return steps.OrderBy(step => step.Due ?? DateTimeOffset.MaxValue).Take(MostSteps).ToList();
    }

    async Task<StandingRow> Ask(IStanding room, CancellationToken cancel)
    {
        try
        {
            return await room.Read(cancel);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            log.LogError(fault, "The figure of {Room} could not be read", room.Key);
            return StandingRow.NotMeasured(room.Key, text["Unreadable"]);
        }
    }
}
