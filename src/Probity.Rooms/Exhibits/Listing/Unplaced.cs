using Probity.Access.Contract;
using Probity.Exhibits.Contract;

namespace Probity.Exhibits.Listing;

/// <summary>
/// What is in no store: there still, without a place, and neither with somebody of a laboratory, which has what it analyses on its benches, nor in court with the
/// prosecution or the court, who signed for it. docs/exhibits.md says the bound with its reason.
/// </summary>
internal static class Unplaced
{
    /// <summary>For how long somebody may have a thing before they say where it is.</summary>
    public static readonly TimeSpan Within = TimeSpan.FromHours(72);

    /// <summary>What of these is in no store.</summary>
    /// <param name="exhibits">Those that the reader may see.</param>
    /// <param name="register">Who is an analyst.</param>
    /// <param name="now">At what time.</param>
    public static IQueryable<ExhibitRow> Of(IQueryable<ExhibitRow> exhibits, Register register, DateTimeOffset now)
    {
        var analysts = register.Holders(Role.Analyst, now).ToList();
        // That a thing is for the court anybody can say who hands it over: with others it is still where nobody counts.
        var court = new[] { Role.Prosecutor, Role.Judge, Role.Registry }.SelectMany(role => register.Holders(role, now)).Distinct().ToList();
        return exhibits.Where(e => e.Location == null && e.End == null && e.GivenBack == null && !analysts.Contains(e.Holder)
            && !(e.Status == ExhibitStatus.InCourt && court.Contains(e.Holder)));
    }
}
