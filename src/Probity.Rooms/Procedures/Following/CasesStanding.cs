using Microsoft.Extensions.Localization;
using Probity.Shared;

namespace Probity.Procedures.Following;

/// <summary>The row "cases and procedures" of the first screen: how many closed cases followed their procedure.</summary>
internal sealed class CasesStanding(FollowCases following, IStringLocalizer<ProceduresText> text) : IStanding
{
    const string Page = "/procedures/case-handling";

    public string Key => StandingKeys.Cases;

    public Task<StandingRow> Read(CancellationToken cancel) => Task.FromResult(following.Newest switch
    {
        null => StandingRow.NotMeasured(Key, text["Following.Counting"]),
        { Cases.Count: 0 } => StandingRow.NotMeasured(Key, text["Following.None"], Page),
        { } found when PublicCount.IsTooSmall(found.Cases.Count) => StandingRow.NotMeasured(Key, text["Standing.FewClosed"], Page),
        { } found => Counted(found.Followed, found.Cases.Count, found.AsOf),
    });

    StandingRow Counted(int followed, int closed, DateTimeOffset asOf)
    {
        var (told, sentence) = Say(followed, closed, text);
        return StandingRow.Measured(Key, followed == closed, (double)told / closed, sentence, asOf, Page);
    }

    /// <summary>The figure for who has no part in cases: how many count as followed, and the sentence.</summary>
    internal static (int Told, string Sentence) Say(int followed, int closed, IStringLocalizer<ProceduresText> text)
    {
        var (told, key) = Tell(followed, closed);
        return (told, key == "Standing" ? text.Count("Standing", closed - followed, followed, closed) : text[key, closed].Value);
    }

    /// <summary>How many of the closed cases the bar shows as followed, and which sentence says it.</summary>
    // The bar is as rough as the sentence: where few are to look at, it stands as if they were as many as may be told.
    internal static (int Told, string Sentence) Tell(int followed, int closed) =>
        followed == closed ? (followed, "Standing.AllFollowed")
        : PublicCount.IsTooSmall(closed) ? (0, "Standing.FewClosed")
        : PublicCount.IsTooSmall(closed - followed) ? (closed - PublicCount.Least, "Standing.FewToLookAt")
        : PublicCount.IsTooSmall(followed) ? (0, "Standing.FewFollowed")
        : (followed, "Standing");
}
