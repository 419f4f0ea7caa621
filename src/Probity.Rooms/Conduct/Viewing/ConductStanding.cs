using Probity.Shared;

namespace Probity.Conduct.Viewing;

/// <summary>The row "code of conduct" of the first screen: how many of the staff have acknowledged the version in force.</summary>
internal sealed class ConductStanding(CodePeople people, TimeProvider time) : IStanding
{
    const string Page = "/conduct";

    public string Key => StandingKeys.Conduct;

    public async Task<StandingRow> Read(CancellationToken cancel)
    {
        if (await people.InForceAsync(cancel) is not { } version) return StandingRow.NotMeasured(Key, ConductText.Of("standing.none"), Page);
        var now = time.GetUtcNow();
        var (current, total) = await people.CountAsync(version.Number, now, null, cancel);
        if (total == 0 || PublicCount.IsTooSmall(total)) return StandingRow.NotMeasured(Key, ConductText.Of("standing.few-people"), Page);
        var (told, key) = Tell(current, total);
        return StandingRow.Measured(Key, current == total, (double)told / total, ConductText.Say(key, current, total), now, Page);
    }

    /// <summary>How many the bar shows, and which sentence says it: the bar is as rough as the sentence.</summary>
    internal static (int Told, string Key) Tell(int current, int total) =>
        current == total ? (current, "standing.all")
        : PublicCount.IsTooSmall(total - current) ? (total - PublicCount.Least, "standing.few-missing")
        : PublicCount.IsTooSmall(current) ? (0, "standing.few")
        : (current, "standing.some");
}
