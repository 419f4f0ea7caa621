using System.Xml.Linq;
using Probity.Lens.Conformance;
using Probity.Lens.Discovery;
using Probity.Lens.Logs;
using Probity.Lens.Procedures;
using Probity.Lens.Procedures.Tables;
using Probity.Lens.Reports;

namespace Probity.Lens.Tests.Reports;

/// <summary>A procedure drawn as a map: what hands on to what, and where cases departed.</summary>
public class ProcedureMapTests
{
    // Weigh and photograph run beside each other after the seizure; destroy stands in for store.
    static readonly PetriNet Net = ProcedureTable.Of(
        [
            new("Seize"), new("Weigh", After: "Seize"), new("Photograph", After: "Seize"), new("Store", After: "Weigh; Photograph"), new("Destroy", InsteadOf: "Store"),
            new("Report", After: "Store"),
        ], "table").Net;

    [Fact]
    public void Steps_beside_each_other_have_no_arrow_between_them()
    {
        var map = DirectlyFollows.Of(Net);
        Assert.Equal(
            ["Destroy>Report", "Photograph>Destroy", "Photograph>Store", "Seize>Photograph", "Seize>Weigh", "Store>Report", "Weigh>Destroy", "Weigh>Store"],
            map.Edges.Select(e => $"{map.Activities[e.From]}>{map.Activities[e.To]}"));
        Assert.Equal(["Seize"], map.Activities.Where((_, i) => map.Starts[i] > 0));
        Assert.Equal(["Report"], map.Activities.Where((_, i) => map.Ends[i] > 0));
    }

    [Fact]
    public void A_step_that_no_case_ever_had_is_drawn_with_its_mark()
    {
        var log = EventLog.FromTraces([("1", ["Seize", "Photograph", "Store", "Report"]), ("2", ["Seize", "Photograph", "Store", "Sell", "Report"])]);
        var result = ConformanceCheck.Run(log, Net, null, null, TestContext.Current.CancellationToken);
        var svg = ProcedureMap.Svg(Net, result, "en");
        var texts = XDocument.Parse(svg).Descendants().Where(e => e.Name.LocalName == "title").Select(e => e.Value).ToList();
        Assert.Contains("Weigh, skipped in 2 cases", texts, StringComparer.OrdinalIgnoreCase);
        Assert.Contains("Seize → Weigh", texts);
        Assert.DoesNotContain(texts, t => t.Contains("Sell", StringComparison.Ordinal) || t.Contains('×'));
        Assert.Equal(svg, ProcedureMap.Svg(Net, result, "en"));
    }
}
