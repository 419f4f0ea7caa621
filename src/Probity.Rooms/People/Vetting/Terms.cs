using Probity.People.Contract;
using Probity.Policies.Contract;

namespace Probity.People.Vetting;

/// <summary>How long clearances hold, by the pack.</summary>
internal static class Terms
{
    /// <summary>When a clearance that is granted now ends, and from when on it is looked at again.</summary>
    public static (DateTimeOffset Until, DateTimeOffset ReviewFrom) Of(ClearanceLevel level, Policy policy, DateTimeOffset now)
    {
        var until = policy.After(level switch
        {
            ClearanceLevel.Basic => PolicyRules.BasicHolds,
            ClearanceLevel.Sensitive => PolicyRules.SensitiveHolds,
            _ => PolicyRules.SpecialHolds,
        }, now);
        return (until, until.AddDays(-policy.Of(PolicyRules.ReviewDueBefore)));
    }
}
