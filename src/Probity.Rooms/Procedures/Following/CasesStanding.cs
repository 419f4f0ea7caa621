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
        { } found => StandingRow.Measured(
            Key, found.Followed == found.Cases.Count, (double)found.Followed / found.Cases.Count,
            text.Count("Standing", found.Cases.Count - found.Followed, found.Followed, found.Cases.Count), found.AsOf, Page),
    });
}
