using Probity.Lens.Logs;

namespace Probity.Lens.Discovery;

/// <summary>How often work went from one person to another.</summary>
/// <param name="From">Who did the earlier event, as a number into <see cref="EventLog.Resources"/>.</param>
/// <param name="To">Who did the one right after it.</param>
/// <param name="Count">How often.</param>
public readonly record struct Handover(int From, int To, int Count);

/// <summary>Two people and the cases in which both did something.</summary>
/// <param name="One">A person, as a number into <see cref="EventLog.Resources"/>; the smaller one.</param>
/// <param name="Other">The other.</param>
/// <param name="Cases">In how many cases.</param>
public readonly record struct Together(int One, int Other, int Cases);

/// <summary>
/// Who hands work to whom and who works on the same cases (van der Aalst, Reijers and Song, Discovering social networks from event
/// logs, 2005: handover of work at depth one, and working together). Events without a person are passed over.
/// </summary>
public static class Handovers
{
    const int MostInOneCase = 1_000;

    /// <summary>Each pair of different people of whom the second did what came right after the first, the most frequent first.</summary>
    public static IReadOnlyList<Handover> Of(EventLog log)
    {
        var counts = new Dictionary<(int, int), int>();
        for (var c = 0; c < log.Cases.Count; c++)
        {
            var people = log.ResourcesOf(c);
            for (var i = 1; i < people.Length; i++)
            {
                if (people[i - 1] == EventLog.NoResource || people[i] == EventLog.NoResource || people[i - 1] == people[i]) continue;
                counts[(people[i - 1], people[i])] = counts.GetValueOrDefault((people[i - 1], people[i])) + 1;
            }
        }

        return [.. counts.Select(p => new Handover(p.Key.Item1, p.Key.Item2, p.Value)).OrderByDescending(h => h.Count)
            .ThenBy(h => log.Resources[h.From], StringComparer.Ordinal).ThenBy(h => log.Resources[h.To], StringComparer.Ordinal)];
    }

    /// <summary>Each pair of people who did something in the same case, the most frequent first.</summary>
    /// <exception cref="BadInputException">A case has more people than ever worked on one.</exception>
    public static IReadOnlyList<Together> WorkingTogether(EventLog log)
    {
        var counts = new Dictionary<(int, int), int>();
        for (var c = 0; c < log.Cases.Count; c++)
        {
            int[] present = [.. log.ResourcesOf(c).ToArray().Where(p => p != EventLog.NoResource).Distinct().Order()];
            if (present.Length > MostInOneCase)
                throw new BadInputException($"case {log.Cases[c]} has {present.Length:N0} different people; pairs of them are counted up to {MostInOneCase:N0}. Does the column of people hold something else?");
            for (var i = 0; i < present.Length; i++)
                for (var j = i + 1; j < present.Length; j++)
                    counts[(present[i], present[j])] = counts.GetValueOrDefault((present[i], present[j])) + 1;
        }

        return [.. counts.Select(p => new Together(p.Key.Item1, p.Key.Item2, p.Value)).OrderByDescending(t => t.Cases)
            .ThenBy(t => log.Resources[t.One], StringComparer.Ordinal).ThenBy(t => log.Resources[t.Other], StringComparer.Ordinal)];
    }
}
