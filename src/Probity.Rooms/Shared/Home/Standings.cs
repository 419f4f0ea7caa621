using System.Security.Claims;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Logging;

namespace Probity.Shared.Home;

/// <summary>The first steps of a person, whether there are more, lists of the rooms that have them all, and whether any room has work for them.</summary>
internal sealed record StepsFound(IReadOnlyList<NextStep> Shown, bool HasMore, IReadOnlyList<(int Total, string Href)> Lists, bool Served);

/// <summary>Asks the rooms what they have to say. A room that fails costs its own row, never the page.</summary>
internal sealed class Standings(
    IEnumerable<IStanding> rooms, IEnumerable<INextSteps> advisers, IStringLocalizer<HomeText> text, ILogger<Standings> log)
{
    /// <summary>How many steps the first screen shows; the page of steps asks each room for so many.</summary>
    internal const int OnTheFirstScreen = 5, OnTheirPage = 100;

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

    /// <summary>The steps of a person over all rooms, the earliest due first.</summary>
    internal async Task<StepsFound> StepsOf(ClaimsPrincipal person, int most, CancellationToken cancel)
    {
        var steps = new List<NextStep>();
        var lists = new List<(int, string)>();
        foreach (var adviser in advisers)
        {
            try
            {
                // One more than is shown tells whether there are more.
                var found = await adviser.For(person, most + 1, cancel);
                steps.AddRange(found);
                if (await adviser.Beyond(person, cancel) is { } list && list.Total > found.Count) lists.Add(list);
            }
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                log.LogError(fault, "The next steps of {Adviser} could not be read", adviser.GetType().Name);
            }
        }

        return new StepsFound(
            [.. steps.OrderBy(step => step.Due ?? DateTimeOffset.MaxValue).Take(most)], steps.Count > most || lists.Count > 0, lists, advisers.Any(a => a.Serves(person)));
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
