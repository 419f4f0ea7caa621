using Probity.Shared;

namespace Probity.Exhibits.Balancing;

/// <summary>The row "every gram accounted for" of the first screen: how many exhibits add up, and how much is missing.</summary>
internal sealed class GramsStanding(FollowGrams follow) : IStanding
{
    const string Page = "/grams";

    public string Key => StandingKeys.Grams;

    public Task<StandingRow> Read(CancellationToken cancel)
    {
        if (follow.Newest is not { } book) return Task.FromResult(StandingRow.NotMeasured(Key, ExhibitsText.Of("grams.standing-counting")));
        var states = book.Families.Values.Where(f => MassBalance.Applies(f.Root)).Select(f => f.Balance.State).ToList();
        if (states.Count == 0) return Task.FromResult(StandingRow.NotMeasured(Key, ExhibitsText.Of("grams.standing-none"), Page));
        if (PublicCount.IsTooSmall(states.Count)) return Task.FromResult(StandingRow.NotMeasured(Key, ExhibitsText.Of("grams.standing-few"), Page));
        var (odd, untold, once) = (Count(GramsState.DoesNotAddUp), Count(GramsState.CannotTell), Count(GramsState.WeighedOnce));
        // A bar as rough as the sentence: what may not be told by number is not told by length either.
        var look = Rough(odd) + Rough(untold) + Rough(once);
        var share = Math.Max(0, states.Count - look) / (double)states.Count;
        var parts = new[] { ("odd", odd), ("untold", untold), ("once", once) }.Where(p => p.Item2 > 0).Select(p => ExhibitWords.Say("grams-standing." + p.Item1, Said(p.Item2)));
        var sentence = look == 0 ? ExhibitWords.Say("grams.standing-all", states.Count) : ExhibitWords.Say("grams.standing", states.Count, string.Join("; ", parts));
        return Task.FromResult(StandingRow.Measured(Key, look == 0, share, sentence, book.At, Page));

        int Count(GramsState state) => states.Count(s => s == state);
    }

    static int Rough(int count) => PublicCount.IsTooSmall(count) ? PublicCount.Least : count;

    static string Said(int count) => PublicCount.IsTooSmall(count) ? ExhibitsText.Of("grams.few") : Figures.Whole(count);
}
