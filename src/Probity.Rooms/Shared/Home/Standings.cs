using System.Security.Claims;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Logging;

namespace Probity.Shared.Home;

/// <summary>The first steps of a person, how many there are in all, where they are listed, and whether any room has work for them.</summary>
internal sealed record StepsFound(IReadOnlyList<NextStep> Shown, int Total, IReadOnlyList<string> Lists, bool Served);

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

    internal async Task<StepsFound> StepsOf(ClaimsPrincipal person, CancellationToken cancel)
    {
        var steps = new List<NextStep>();
        var lists = new List<string>();
        var total = 0;
        foreach (var adviser in advisers)
        {
            try
            {
                var found = await adviser.For(person, cancel);
                steps.AddRange(found);
                var beyond = await adviser.Beyond(person, cancel);
                total += Math.Max(found.Count, beyond?.Total ?? 0);
                if (beyond is { } list) lists.Add(list.Href);
            }
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                log.LogError(fault, "The next steps of {Adviser} could not be read", adviser.GetType().Name);
            }
        }
        return new StepsFound(
            [.. steps.OrderBy(step => step.Due ?? DateTimeOffset.MaxValue).Take(MostSteps)], total, lists, advisers.Any(a => a.Serves(person)));
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
