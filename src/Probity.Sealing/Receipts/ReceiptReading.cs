using System.Runtime.InteropServices;

namespace Probity.Sealing.Receipts;

/// <summary>Reads a code out of what somebody typed, with the errors that people make.</summary>
internal static class ReceiptReading
{
    /// <summary>The most readings that are given.</summary>
    internal const int MostReadings = 64;

    internal const int MostCharacters = 400;
    internal const int MostTokens = 12;

    /// <summary>The readings in every language, those with the fewest repairs first.</summary>
    internal static IReadOnlyList<ReceiptCode> Of(string? typed)
    {
        if (typed is null || typed.Length > MostCharacters)
            return [];
        var tokens = Tokens(typed);
        if (tokens.Count is < ReceiptCode.Length / 2 or > MostTokens)
            return [];
        return [.. WordList.All
            .SelectMany(list => In(list, tokens).Select(reading => (list, reading)))
            .OrderBy(found => found.reading)
            .Take(MostReadings)
            .Select(found => new ReceiptCode(found.list, found.reading.Indexes, found.reading.Repairs))];
    }

    // Runs of letters; a figure within one is a slip, a figure before or after it numbers the word. U+FFFD is a letter that was garbled on its way.
    internal static List<string> Tokens(string typed)
    {
        var tokens = new List<string>();
        var folded = WordList.Fold(typed);
        for (var start = 0; start < folded.Length;)
        {
            var end = start;
            while (end < folded.Length && (char.IsLetterOrDigit(folded[end]) || folded[end] == '\uFFFD'))
                end++;
            var token = folded.AsSpan(start, end - start).Trim("0123456789");
            if (token.Length > 0)
                tokens.Add(token.ToString());
            start = end + 1;
        }
        return tokens;
    }

    // The best readings of the first tokens as so many words, token by token. A token is a word, or two that lost their space, or a half of one that
    // has a space too much; repairs only add up, so the best 64 of each stage are enough for the best 64 of the whole.
    static List<Reading> In(WordList list, List<string> tokens)
    {
        var stages = new List<Reading>[tokens.Count + 1, ReceiptCode.Length + 1];
        foreach (ref var stage in MemoryMarshal.CreateSpan(ref stages[0, 0], stages.Length))
            stage = [];
        stages[0, 0].Add(new([], 0, 0));
        for (var token = 0; token < tokens.Count; token++)
        {
            List<(int Index, int Errors)>? near = null;
            var pairs = Pairs(list, tokens[token]);
            var joined = token + 1 < tokens.Count ? Joined(list, tokens[token], tokens[token + 1]) : -1;
            for (var words = 0; words < ReceiptCode.Length; words++)
            {
                var stage = stages[token, words];
                if (stage.Count == 0)
                    continue;
                Best(stage);
                near ??= tokens[token].Length <= list.Longest + 2 ? list.Near(tokens[token]) : [];
                for (var place = 0; place < stage.Count; place++)
                {
                    var reading = stage[place];
                    // Both are sorted, so a pair is among the best 64 only if no more than 64 pairs are at least as good at both.
                    for (var nth = 0; nth < near.Count && (place + 1) * (nth + 1) <= MostReadings; nth++)
                        stages[token + 1, words + 1].Add(reading.With(near[nth].Errors, near[nth].Index, doubted: nth > 0 && near[0].Errors == 0));
                    if (joined >= 0)
                        stages[token + 2, words + 1].Add(reading.With(1, joined, doubted: false));
                    if (words + 2 <= ReceiptCode.Length)
                        foreach (var (first, second) in pairs)
                            stages[token + 1, words + 2].Add(reading.With(1, first, doubted: false).With(0, second, doubted: false));
                }
            }
        }
        var whole = stages[tokens.Count, ReceiptCode.Length];
        Best(whole);
        return whole;
    }

    static void Best(List<Reading> readings)
    {
        var best = readings.Order().DistinctBy(reading => string.Join(' ', reading.Indexes)).Take(MostReadings).ToList();
        readings.Clear();
        readings.AddRange(best);
    }

    internal static List<(int First, int Second)> Pairs(WordList list, string token)
    {
        var pairs = new List<(int, int)>();
        for (var cut = Math.Max(1, token.Length - list.Longest); cut < Math.Min(token.Length, list.Longest + 1); cut++)
            if (list.Find(token.AsSpan(0, cut)) is >= 0 and var first && list.Find(token.AsSpan(cut)) is >= 0 and var second)
                pairs.Add((first, second));
        return pairs;
    }

    internal static int Joined(WordList list, string token, string next) =>
        token.Length + next.Length <= list.Longest ? list.Find(token + next) : -1;

    /// <summary>Some words, the errors that had to be repaired, and how many words of the list were doubted all the same.</summary>
    readonly record struct Reading(int[] Indexes, int Repairs, int Doubted) : IComparable<Reading>
    {
        public int CompareTo(Reading other) => (Repairs, Doubted).CompareTo((other.Repairs, other.Doubted));

        internal Reading With(int repairs, int index, bool doubted) => new([.. Indexes, index], Repairs + repairs, Doubted + (doubted ? 1 : 0));
    }
}
