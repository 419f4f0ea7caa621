using Probity.Access.Contract;
using Probity.Risk.Indicators;

namespace Probity.Cli.Sample;

/// <summary>How the sample's agency stands in law and in practice: most indicators confirmed, one disputed, one that waits, some never stated.</summary>
internal sealed class SampleIndicators(SampleYears years)
{
    public static readonly DateTimeOffset Begins = SamplePlan.End.AddDays(-60).AddHours(2);

    // The law and the scores of a country that does not exist.
    static readonly (string Indicator, int? Law, string Source, int? Practice, string Evidence)[] Statements =
    [
        ("risk-assessed", 50, "Order 4/2025 of the director: an assessment a year, nothing on people from outside.", 50, "One of two teams was assessed; the assessors are named on the record."),
        ("staff-vetted", 100, "Statute of the agency, articles 12 to 15.", 75, "Nearly all holders of marked posts have a clearance; two lapsed last year."),
        ("staff-declare", 75, "Law on declarations, article 6; the household is left out.", 50, "Half of the declarations came after their day."),
        ("staff-rotated", 25, "Order 9/2024 speaks of rotation and gives no time.", null, "Nobody has counted how long people hold their posts."),
        ("cases-assigned", 75, "Order 2/2026: by lot; departures with a reason.", 75, "Draws of a year held against their seeds: all agree; four departures, all with a reason."),
        ("procedures-followed", 75, "The standing procedure for cases.", 100, "The register of the last audit shows no deviation."),
        ("exhibits-kept", 100, "Code of criminal procedure, articles 201 to 214.", 75, "Two counts of the store in the year; one exhibit was found elsewhere."),
        ("code-known", 75, "The code of conduct, version 1, with its quiz.", 75, "Most have acknowledged it; the list names those who have not."),
        ("oversight-powers", 50, "Law on the inspectorate, article 3: it reads, and cannot summon.", 50, "Access was given within a week, eleven times of twelve."),
        ("discipline-published", 0, "No rule was found.", 0, "Nothing was ever published."),
    ];

    Guid Integrity => years.Unit.Holders(Role.Integrity)[0];

    Guid Overseer => years.Unit.Holders(Role.Overseer)[0];

    /// <summary>The acts, one after the other.</summary>
    public IEnumerable<(TimeSpan Wait, Func<Task> Act)> Acts()
    {
        yield return (TimeSpan.Zero, async () =>
        {
            foreach (var (indicator, law, source, practice, evidence) in Statements) await StateAsync(indicator, law, source, practice, evidence);
        });
        yield return (TimeSpan.FromDays(9), async () =>
        {
            foreach (var (indicator, _, _, _, _) in Statements)
                SampleYears.Expect(await years.Slice<AnswerIndicator>().HandleAsync(Overseer, indicator == "oversight-powers"
                    ? new(indicator, 1, false, "The inspectorate asked four times for a file in October and had none of them within the week.") : new(indicator, 1, true, null), default));
        });
        yield return (TimeSpan.FromDays(45), () => StateAsync("interests-managed", 75, "Order 7/2026 on interests and outside work.", 50, "Six interests declared, four with a measure."));
    }

    async Task StateAsync(string indicator, int? law, string source, int? practice, string evidence) =>
        SampleYears.Expect(await years.Slice<StateIndicator>().HandleAsync(Integrity, new(indicator, true, law, source, true, practice, evidence), default));
}
