using Microsoft.AspNetCore.Http;
using Probity.Risk.ViewingRisks;
using Probity.Shared;

namespace Probity.Risk;

/// <summary>The row "vulnerabilities" of the first screen: how many risks are high and what is overdue. Whoever has no part in assessments reads no count under five.</summary>
internal sealed class RiskStanding(Risks risks, IHttpContextAccessor http, TimeProvider time) : IStanding
{
    public string Key => StandingKeys.Vulnerabilities;

    public async Task<StandingRow> Read(CancellationToken cancel)
    {
        if (await risks.CountAsync(cancel) is not { } counts) return StandingRow.NotMeasured(Key, RiskText.Of("standing.none"), ShowCounts.Address);
        var exact = http.HttpContext is { } context && RiskAccess.HasAnyRole(context.User);
        if (!exact && PublicCount.IsTooSmall(counts.All)) return StandingRow.NotMeasured(Key, RiskText.Of("standing.few"), ShowCounts.Address);
        var (high, overdue) = exact ? (counts.High, counts.Overdue) : (Rough(counts.High), Rough(counts.Overdue));
        return StandingRow.Measured(
            Key, counts.High == 0 && counts.Overdue == 0, Math.Max(0, counts.All - high) / (double)counts.All,
            RiskText.Say("standing", Said("high", counts.High, exact), Said("overdue", counts.Overdue, exact)), time.GetUtcNow(), exact ? "/risk" : ShowCounts.Address);
    }

    // A bar as rough as the sentence: what may not be told by number is not told by length either.
    static int Rough(int count) => PublicCount.IsTooSmall(count) ? PublicCount.Least : count;

    static string Said(string what, int count, bool exact) =>
        !exact && PublicCount.IsTooSmall(count) ? RiskText.Of($"standing.{what}.few") : RiskText.Say($"standing.{what}.{Plural.Category(count, System.Globalization.CultureInfo.CurrentUICulture)}", count);
}
