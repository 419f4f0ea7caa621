using Probity.Lens.Objects;
using Probity.Lens.Rules;
using Probity.Lens.Tests.Rules;

namespace Probity.Lens.Tests.Objects;

public class PlantedUnitTests
{
    static readonly ObjectView View = new() { ObjectType = "exhibit", PersonType = "officer" };

    [Fact]
    public void What_is_planted_is_found_and_nothing_else()
    {
        var unit = PlantedUnit.Make();
        var check = Check(unit);
        var found = check.Rules.SelectMany(r => r.Violations.Where(v => v.Case >= 0).Select(v => $"{r.Rule.Id}: {r.Log.Cases[v.Case]}")).ToList();
        Assert.Equal(unit.Planted.Order(StringComparer.Ordinal), found.Order(StringComparer.Ordinal));
        Assert.True(unit.Planted.Count > 20);
    }

    [Fact]
    public void Whose_exhibits_lose_weight_stands_out_and_nobody_else()
    {
        var weights = Check(PlantedUnit.Make()).Rules.Single(r => r.Rule.Id == "weight-kept");
        var out_ = Assert.Single(weights.Rates, r => r.StandsOut);
        Assert.Equal(PlantedUnit.Guilty, out_.Name);
        Assert.Equal(12, weights.Rates.Count);
        Assert.Equal(out_.Person, weights.PeopleOf(weights.Violations.Single(v => v.Reason == Reason.Rate))[0]);
        Assert.StartsWith("<svg", FunnelPlot.Svg(weights, "pt"), StringComparison.Ordinal);
    }

    [Fact]
    public void Who_handled_it_in_between_is_named()
    {
        var unit = PlantedUnit.Make();
        var weights = Check(unit).Rules.Single(r => r.Rule.Id == "weight-kept");
        foreach (var violation in weights.Violations.Where(v => v.Case >= 0))
        {
            var thing = unit.Log.Things.Single(t => t.Id == weights.Log.Cases[violation.Case]);
            var expected = unit.Log.Events.Where(e => e.Names.Any(n => n.Thing == thing.Id) && e.Time >= thing.Values[0].Time && e.Time <= thing.Values[1].Time)
                .SelectMany(e => e.Names).Where(n => n.As == "by").Select(n => n.Thing).Distinct();
            Assert.Equal(expected.Order(StringComparer.Ordinal), weights.PeopleOf(violation).Select(p => weights.Log.Resources[p]).Order(StringComparer.Ordinal));
        }
    }

    [Theory]
    [InlineData("en", "“Hand over” (2024-01-13 15:00, event E", " names 1 of type officer, where at least 2 are asked; people: Officer ")]
    [InlineData("es", "X33 (exhibit) pertenece a 2 del tipo case, cuando debe pertenecer a uno solo: C8, C9.", "")]
    [InlineData("pt", "X34 (exhibit) não pertence a nenhum do tipo case: nada o relaciona com um, e nenhum evento o nomeia com um.", "")]
    [InlineData("en", "X90 (exhibit) belongs to C22, but “Store” (", ") names C24; people: Officer ")]
    public void Each_is_said_in_one_sentence(string language, string begins, string holds)
    {
        var check = Check(PlantedUnit.Make());
        var sentences = new RuleSentences(check, language);
        var said = check.Rules.SelectMany(r => r.Violations.Where(v => v.Case >= 0).Select(v => sentences.Explain(r, v))).ToList();
        Assert.Contains(said, s => s.StartsWith(begins, StringComparison.Ordinal) && s.Contains(holds, StringComparison.Ordinal));
    }

    static RuleCheckResult Check(PlantedUnit unit) =>
        ObjectCheck.Run(ObjectFiles.Read(unit.Log.Json()), View, RuleLogs.File(PlantedUnit.Rules), cancellation: TestContext.Current.CancellationToken);
}
