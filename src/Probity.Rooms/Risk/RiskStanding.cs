using Microsoft.AspNetCore.Http;
using Probity.Access.Contract;
using Probity.Risk.ViewingRisks;
using Probity.Shared;

namespace Probity.Risk;

/// <summary>The row "vulnerabilities" of the first screen: how many risks are high and what is overdue. Whoever has no part in an assessment reads no count under five, whatever their post.</summary>
internal sealed class RiskStanding(Risks risks, IHttpContextAccessor http, TimeProvider time) : IStanding
{
    public string Key => StandingKeys.Vulnerabilities;

    public async Task<StandingRow> Read(CancellationToken cancel)
    {
        if (await risks.CountAsync(cancel) is not { } counts) return StandingRow.NotMeasured(Key, RiskText.Of("standing.none"), ShowCounts.Address);
        var exact = http.HttpContext is { } context && RiskAccess.HasAnyRole(context.User) && SignedInPerson.Of(context.User) is { } person && await risks.HasPartAsync(person, cancel);
        if (!exact && PublicCount.IsTooSmall(counts.All)) return StandingRow.NotMeasured(Key, RiskText.Of("standing.few"), ShowCounts.Address);
        var high = exact || !HidesHigh(counts) ? counts.High : PublicCount.Least;
        return StandingRow.Measured(
            Key, counts is { High: 0, Overdue: 0, Unmeasured: 0 }, Math.Max(0, counts.All - high) / (double)counts.All,
            Sentence(counts, exact), time.GetUtcNow(), exact ? "/risk" : ShowCounts.Address);
    }

    /// <summary>What is told, in words; exact to whoever has a part in an assessment.</summary>
    internal static string Sentence(BandCounts counts, bool exact)
    {
        var told = RiskText.Say("standing", !exact && HidesHigh(counts) ? RiskText.Of(counts.High < PublicCount.Least ? "standing.high.few" : "standing.high.some") : Said("high", counts.High, exact), Said("overdue", counts.Overdue, exact));
        // What moved is for those who have a part in assessments; that nothing is measured is for everybody.
        if (exact && counts.Moved > 0) told = RiskText.Say("standing", told, Said("moved", counts.Moved, exact));
        return counts.Unmeasured == counts.All ? RiskText.Say("standing", told, RiskText.Of("standing.unmeasured")) : told;
    }

    // The page of counts tells high and critical ones apart: where one of them is not told, their sum would tell it. A bar as rough as the sentence: what may not be told by number is not told by length either.
    static bool HidesHigh(BandCounts counts) => PublicCount.IsTooSmall(counts.Bands[RiskLevel.High]) || PublicCount.IsTooSmall(counts.Bands[RiskLevel.Critical]);

    static string Said(string what, int count, bool exact) =>
        !exact && PublicCount.IsTooSmall(count) ? RiskText.Of($"standing.{what}.few") : RiskText.Say($"standing.{what}.{Plural.Category(count, System.Globalization.CultureInfo.CurrentUICulture)}", count);
}
