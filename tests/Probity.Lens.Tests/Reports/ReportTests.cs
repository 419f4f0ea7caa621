using System.Text.RegularExpressions;
using System.Xml.Linq;
using Probity.Lens.Conformance;
using Probity.Lens.Logs;
using Probity.Lens.Procedures;
using Probity.Lens.Reports;
using Probity.Lens.Rules;
using Probity.Lens.Tests.Procedures;
using Probity.Testing;
using static Probity.Lens.Tests.Rules.RuleLogs;

namespace Probity.Lens.Tests.Reports;

public class ReportTests
{
    static readonly string Sop = Bpmn.Write("startEvent s; task a; task b; task c; endEvent e", "s>a a>b b>c c>e");

    // Two follow; two skip B; one does X, which nobody knows; one does C before B, the last of them by the same person throughout.
    static readonly EventLog Planted = Log(
        "A@0/Kofi B@1/Ama C@2/Kofi", "A@0/Kofi B@1/Ama C@2/Kofi", "A@0/Kofi C@2/Kofi", "A@0/Ama C@2/Yaw", "A@0/Kofi X@1/Yaw B@1.5/Ama C@2/Kofi", "A@0/Efua C@1/Efua B@2/Efua");

    static readonly RuleFile Rules = File("rules:\n- {id: two-hands, kind: four-eyes, activation: A, target: B, sentence: Two people., why: One alone can hide it.}\n- {id: idle, kind: init, activation: A}\n");

    [Fact]
    public void What_was_planted_is_counted()
    {
        var page = Page.Of(Planted, Sop, Rules);
        Assert.Contains("The record holds 6 cases with 17 events, from 1970-01-01 to 1970-01-03.", page, StringComparison.Ordinal);
        Assert.Contains("Cases that followed the procedure: 2 of 6 (33.3\u00A0%). Cases that did not: 4.", page, StringComparison.Ordinal);
        Assert.Contains("“B” was skipped (2 cases)", page, StringComparison.Ordinal);
        Assert.Equal(["2", "33.3\u00A0%", "2"], Cells(page, "a step skipped"));
        Assert.Equal(["1", "16.7\u00A0%", "1"], Cells(page, "an activity that the procedure does not know"));
        Assert.Equal(["1", "16.7\u00A0%", "1"], Cells(page, "a step done out of its place"));
        Assert.Contains("not kept 1 time, in 1 case.", page, StringComparison.Ordinal);
        Assert.Contains("Why: One alone can hide it.", page, StringComparison.Ordinal);
        Assert.Contains("kept wherever it came into play", page, StringComparison.Ordinal);
        Assert.Contains(new string('a', 64), page, StringComparison.Ordinal);
        Assert.Contains("probity check &#39;a &lt;b&gt;.xes&#39;", page, StringComparison.Ordinal);
        Assert.Contains("Precision: ", page, StringComparison.Ordinal);
    }

    [Fact]
    public void The_map_marks_what_is_skipped_and_inserted_by_shape_and_number()
    {
        var page = Page.Of(Planted, Sop, null);
        Assert.Matches(@"B: \d+ events, skipped in 2 cases", page);
        Assert.Matches(@"X: 1 events, departs from the procedure, out of place in 1 cases", page);
        var map = page[page.IndexOf("<svg", StringComparison.Ordinal)..page.IndexOf("</svg>", StringComparison.Ordinal)];
        Assert.Single(Regex.Matches(map, "h11l-5.5 9z"));
        Assert.Equal(2, Regex.Count(map, "l5.5 -5.5l5.5 5.5l-5.5 5.5z"));
    }

    [Fact]
    public void A_case_stands_beside_the_procedure_step_by_step()
    {
        var page = Page.Of(Log("A@0/Kofi X@1/Ama C@2/Kofi"), Sop, null, names: true);
        Assert.Contains("""<td><bdi>A</bdi></td><td><bdi>A</bdi></td><td>1970-01-01</td><td><bdi>Kofi</bdi></td>""", page, StringComparison.Ordinal);
        Assert.Contains("""<td><span class="skip">▽ <bdi>B</bdi></span></td><td></td><td></td><td></td>""", page, StringComparison.Ordinal);
        Assert.Contains("""<td></td><td><span class="add">◆ <bdi>X</bdi></span></td><td>1970-01-02</td><td><bdi>Ama</bdi></td>""", page, StringComparison.Ordinal);
    }

    [Fact]
    public void People_have_numbers_unless_names_are_asked_for()
    {
        var hidden = Page.Of(Planted, Sop, Rules);
        Assert.DoesNotMatch("Kofi|Ama|Yaw|Efua", hidden);
        Assert.Contains("P-001", hidden, StringComparison.Ordinal);
        Assert.Matches("In case 6 P-00[1-4] did both “A” .* and “B”", hidden);
        Assert.Contains("Who they are cannot be told from this page.", hidden, StringComparison.Ordinal);
        var named = Page.Of(Planted, Sop, Rules, names: true);
        Assert.Contains("In case 6 Efua did both", named, StringComparison.Ordinal);
        Assert.DoesNotContain("P-00", named, StringComparison.Ordinal);
        Assert.InRange(named.IndexOf("This page names people.", StringComparison.Ordinal), 0, named.IndexOf("<h2>", StringComparison.Ordinal));
    }

    [Fact]
    public void Rules_alone_make_a_page_too()
    {
        var page = Page.Of(Planted, null, Rules, "pt");
        Assert.Contains("<h1>As regras foram cumpridas?</h1>", page, StringComparison.Ordinal);
        Assert.Contains("Regras não cumpridas: 1 de 2. Casos em causa: 1.", page, StringComparison.Ordinal);
        Assert.DoesNotContain("alinhamento", page, StringComparison.Ordinal);
    }

    [Fact]
    public void What_could_not_be_judged_is_not_told_as_kept()
    {
        var rules = File("rules:\n- {id: late, kind: response, activation: A, target: B, within: 9d}\n- {id: hands, kind: four-eyes, activation: A, target: C}\n- {id: share, kind: rate, activation: A, target: B}\n");
        var page = Page.Of(Log("A@0 B@1 C@2", "A@0 C@1"), null, rules);
        Assert.Contains("kept 1 of 2 times; not judged, as something is missing: 0; time not up yet: 1", page, StringComparison.Ordinal);
        Assert.Contains("could not be judged yet: something is missing: 2; time not up yet: 0", page, StringComparison.Ordinal);
        Assert.Contains("nobody has enough cases to be compared", page, StringComparison.Ordinal);
        Assert.DoesNotContain("kept wherever it came into play", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_that_may_be_one_persons_are_told_without_naming_them()
    {
        var page = Page.Of(Log("A@0/Nélson_Sá B@1/NELSON_SA", "A@0/Ama B@1/Nelson_Sousa"), null, Rules);
        Assert.Contains("Names of people that differ from another only in capitals, accents, signs or spaces: 2.", page, StringComparison.Ordinal);
        Assert.DoesNotMatch("(?i)n[eé]lson", page);
        Assert.DoesNotContain("Names of people", Page.Of(Planted, null, Rules), StringComparison.Ordinal);
    }

    [Fact]
    public void A_time_has_the_decimals_of_the_language()
    {
        var log = Log("A@0 B@1.5");
        Assert.Contains("1.5 d", Page.Of(log, Sop, null), StringComparison.Ordinal);
        Assert.Contains("1,5 d", Page.Of(log, Sop, null, "pt"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("\"><img src=x onerror=alert(1)>")]
    [InlineData("]]>&lt;b&gt;&amp;'")]
    [InlineData("a\u202Eb\u2066c\u0007d\0e\uD800f\uFFFFg")]
    [InlineData("{case} {n}")]
    public void Hostile_names_stay_text(string name)
    {
        var log = EventLog.FromTraces([(name, [name, "A", name]), ("2", ["A", "B", "C"])]);
        var rules = File($"rules:\n- {{id: r, kind: absence, activation: A, sentence: \"<script>\", why: \"</style>\"}}\n");
        foreach (var language in RuleSentences.Languages)
        {
            var page = Page.Of(log, Sop, rules, language);
            // All that the page is made of is well-formed once its void elements are closed; so no name opens or closes anything.
            var root = XDocument.Parse(Regex.Replace(page["<!DOCTYPE html>".Length..], "<meta [^>]*>", ""));
            Assert.DoesNotContain(root.Descendants(), e => e.Name.LocalName is "script" or "img" or "a" or "link" or "iframe" or "object" or "foreignObject");
            Assert.DoesNotContain(root.Descendants().Attributes(), a => a.Name.LocalName.StartsWith("on", StringComparison.Ordinal) || a.Name.LocalName is "href" or "src");
            Assert.DoesNotMatch("[\u0000-\u0008\u000B-\u001F\u202A-\u202E\u2066-\u2069\uFFFF]", page);
        }
    }

    [Fact]
    public void A_page_has_an_end_whatever_the_log_holds()
    {
        var endless = new string('n', 100_000);
        var path = Enumerable.Repeat("A", 200).ToArray();
        var log = EventLog.FromTraces(Enumerable.Range(0, 100).Select(i => ($"{i} {endless}", (IReadOnlyList<string>)[$"{i % 90} {endless}", .. path, $"{i}"])));
        var page = Page.Of(log, Sop, File("rules:\n" + string.Concat(Enumerable.Range(0, 300).Select(i => $"- {{id: r{i}, kind: absence, activation: A}}\n"))));
        Assert.InRange(page.Length, 10_000, 1_500_000);
        Assert.Matches("… and [0-9,]+ more; --json and --csv have them all", page);
        Assert.DoesNotContain(endless[..1_200], page, StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_log_makes_a_page() => Assert.Contains("0 of 0", Page.Of(EventLog.FromTraces([]), Sop, null), StringComparison.Ordinal);

    [Fact]
    public void A_real_log_makes_a_page_with_the_figures_of_the_check()
    {
        var log = LogReader.Read(ReferenceData.Path("lens/logs/receipt.xes.gz"), null, null, TestContext.Current.CancellationToken);
        var net = ProcedureReader.Read(ReferenceData.Path("lens/models/receipt_im20.pnml"));
        var result = ConformanceCheck.Run(log, net, null, null, TestContext.Current.CancellationToken);
        var found = new SummarySentences(log, (net, result), null, "en").Found;
        // 57.810321 % of 1,434, as another program found.
        Assert.Contains("Cases that followed the procedure: 829 of 1,434 (57.8\u00A0%). Cases that did not: 605.", found);
        foreach (var variant in result.Variants.Where(v => !v.Fits))
        {
            var beside = variant.Beside(log, net).ToList();
            Assert.Equal(variant.Variant.Activities.Select(a => log.Activities[a]), beside.Where(s => s.Done is not null).Select(s => s.Done!));
            Assert.Equal(variant.Deviations.Sum(d => d.Moves), beside.Count(s => s.Asked is null || s.Done is null));
            Assert.All(beside.Where(s => s is { Asked: not null, Done: not null }), s => Assert.Equal(s.Asked, s.Done));
        }
    }

    static string[] Cells(string page, string first) =>
        [.. Regex.Matches(Regex.Match(page, $"<th scope=\"row\">{Regex.Escape(first)}</th>(.*?)</tr>").Groups[1].Value, "<td[^>]*>(.*?)</td>").Select(m => m.Groups[1].Value)];
}
