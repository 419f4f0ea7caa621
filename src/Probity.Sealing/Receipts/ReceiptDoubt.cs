namespace Probity.Sealing.Receipts;

/// <summary>
/// Why nothing could be read in what somebody typed: how many words it is, and which of them are no word of a list. It is known from the list alone, which is public, so it tells nothing of any code.
/// </summary>
/// <param name="Count">How many words were typed.</param>
/// <param name="Unknown">The places, from 1, of those that are no word of the list, nor near one. The list is the one that knows the most of them.</param>
public sealed record ReceiptDoubt(int Count, IReadOnlyList<int> Unknown)
{
    /// <summary>Looks at what <see cref="ReceiptCode.Read"/> found nothing in. Never throws. Of what is longer than a code may be it counts the words and looks at none.</summary>
    public static ReceiptDoubt Of(string? typed)
    {
        var tokens = ReceiptReading.Tokens(typed ?? "");
        return (typed ?? "").Length > ReceiptReading.MostCharacters || tokens.Count > ReceiptReading.MostTokens ? new(tokens.Count, []) : WordList.All.Select(list => In(list, tokens)).MinBy(doubt => doubt.Unknown.Count)!;
    }

    // Reads as the reading does, each token as the first that fits: so eight words of which none is unknown are a reading.
    static ReceiptDoubt In(WordList list, List<string> tokens)
    {
        var (count, unknown) = (0, new List<int>());
        for (var token = 0; token < tokens.Count; token++)
        {
            count++;
            if (tokens[token].Length <= list.Longest + 2 && list.Near(tokens[token]).Count > 0) continue;
            if (ReceiptReading.Pairs(list, tokens[token]).Count > 0) count++;
            else if (token + 1 < tokens.Count && ReceiptReading.Joined(list, tokens[token], tokens[token + 1]) >= 0) token++;
            else unknown.Add(count);
        }

        return new(count, unknown);
    }
}
