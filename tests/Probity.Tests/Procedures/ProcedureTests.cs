using System.Collections;
using System.Globalization;
using System.Resources;
using Probity.Lens.Conformance;
using Probity.Lens.Logs;
using Probity.Cases;
using Probity.Procedures;
using Probity.Procedures.Following;

namespace Probity.Tests.Procedures;

/// <summary>The written procedure says yes to what it describes and names what it does not.</summary>
public sealed class ProcedureTests
{
    static readonly string[] Whole =
    [
        "Case opened", "Handler drawn", "Investigation begun", "Seizure recorded", "Exhibits weighed", "Exhibits stored", "Sent to laboratory",
        "Interview held", "Laboratory result received", "Report filed", "Sent to prosecutor", "Prosecutor drawn", "Charge decided",
        "Taken to court", "Adjourned", "Convicted", "Sentence", "Enforcement", "Exhibits destroyed", "Closing proposed", "Closing returned",
        "Closing proposed", "Case closed",
    ];

    [Fact]
    public void Whole_cases_follow_it() => Assert.All(
        [
            Whole,
            ["Case opened", "Seizure recorded", "Handler drawn", .. Whole[2..3], .. Whole[4..]],
            ["Case opened", "Handler drawn", "Investigation begun", "Interview held", "Report filed", "Closing proposed", "Case closed"],
            ["Case opened", "Handler drawn", "Investigation begun", "Handler drawn again", "Interview held", "Report filed", "Closing proposed", "Case closed"],
            [.. Whole[..2], "Handler drawn again", .. Whole[2..7], "Handler drawn again", .. Whole[7..12], "Prosecutor drawn again", .. Whole[12..15], "Prosecutor drawn again", .. Whole[15..]],
            [.. Whole[..12], "Declined", "Closing proposed", "Case closed"],
        ],
        (string[] trace) => Assert.Empty(Check(trace)));

    [Fact]
    public void What_departs_is_named()
    {
        Assert.Equal(["Unexpected Handler drawn"], Check([.. Whole[..2], "Handler drawn", .. Whole[2..]]));
        Assert.Equal(["Skipped Exhibits weighed"], Check([.. Whole.Where(a => a != "Exhibits weighed")]));
        Assert.Equal(["Unknown Charge reduced"], Check([.. Whole[..13], "Charge reduced", .. Whole[13..]]));
        string[] swapped = [.. Whole];
        (swapped[4], swapped[5]) = (swapped[5], swapped[4]);
        Assert.StartsWith("Moved ", Assert.Single(Check(swapped)), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_step_of_the_procedure_has_words_in_each_language()
    {
        foreach (var texts in (Type[])[typeof(ProceduresText), typeof(CasesPages)])
        {
            var manager = new ResourceManager(texts);
            var keys = Keys(manager, CultureInfo.InvariantCulture);
            Assert.NotEmpty(keys);
            foreach (var language in (string[])["es", "pt"]) Assert.Equal(keys, Keys(manager, CultureInfo.GetCultureInfo(language)));
        }

        var words = Keys(new ResourceManager(typeof(ProceduresText)), CultureInfo.InvariantCulture);
        Assert.All(FollowCases.Procedure.Labels.OfType<string>(), label => Assert.Contains($"Activity.{label}", words));
    }

    [Theory]
    [InlineData(400, 400, 400, "Standing.AllFollowed")]
    [InlineData(399, 400, 395, "Standing.FewToLookAt")]
    [InlineData(396, 400, 395, "Standing.FewToLookAt")]
    [InlineData(395, 400, 395, "Standing")]
    [InlineData(1, 5, 0, "Standing.FewToLookAt")]
    [InlineData(4, 12, 0, "Standing.FewFollowed")]
    [InlineData(0, 12, 0, "Standing")]
    public void What_is_told_in_public_never_lets_anyone_work_out_a_count_of_one_to_four(int followed, int closed, int told, string sentence) =>
        Assert.Equal((told, sentence), CasesStanding.Tell(followed, closed));

    static string[] Keys(ResourceManager texts, CultureInfo culture) =>
        [.. texts.GetResourceSet(culture, true, false)!.Cast<DictionaryEntry>().Select(e => (string)e.Key).Order(StringComparer.Ordinal)];

    static string[] Check(string[] trace)
    {
        var log = EventLog.FromTraces([("one", trace)]);
        return [.. ConformanceCheck.Run(log, FollowCases.Procedure).Variants[0].Deviations.Select(d => $"{d.Kind} {d.Activity}")];
    }
}
