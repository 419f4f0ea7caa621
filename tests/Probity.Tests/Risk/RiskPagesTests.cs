using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Probity.Access.Contract;
using Probity.Risk.Beginning;
using Probity.Risk.Contract;
using Probity.Risk.Controlling;
using Probity.Risk.Preparing;
using Probity.Risk.Scoring;
using Probity.Risk.Treating;
using Probity.Risk.ViewingRisks;
using Probity.Shared.Record;
using Probity.Tests.Access;

namespace Probity.Tests.Risk;

/// <summary>An assessment through the pages of the real server.</summary>
public sealed class RiskPagesTests
{
    // The airport unit's two officers and its head, a director over both units, and a second overseer.
    internal static readonly (Role, Guid)[] More =
        [(Role.Officer, StaffHost.OtherUnit), (Role.Officer, StaffHost.OtherUnit), (Role.Commander, StaffHost.OtherUnit), (Role.Commander, StaffHost.Agency), (Role.Overseer, StaffHost.Agency)];

    static readonly Guid Officer = StaffHost.Other(0), Second = StaffHost.Other(1), Head = StaffHost.Other(2), Director = StaffHost.Other(3);
    static readonly Guid[] Assessors = [Officer, Second, StaffHost.Of(Role.Vetting)];

    static readonly string[] Scenarios = ["airport.bag-let-through", "airport.courier-chosen-over", "airport.staff-door", "airport.roster-arranged"];

    static string Hidden(string page, string name) => Regex.Match(page, $"name=\"{name}\" value=\"([^\"]+)\"").Groups[1].Value;

    static async Task<HttpResponseMessage> ActAsync(Tests.Access.Browser who, string page, string what, params (string Field, string Value)[] fields)
    {
        var shown = await who.TextAsync(page);
        var typed = fields.ToDictionary(f => f.Field, f => f.Value);
        typed.TryAdd("version", Hidden(shown, "version"));
        return await who.PostAsync(what.StartsWith('/') ? what : $"{page}/{what}", shown, typed);
    }

    static async Task<string> DoneAsync(Task<HttpResponseMessage> act)
    {
        var answer = await act;
        if (answer.StatusCode != HttpStatusCode.SeeOther) Assert.Fail($"{answer.StatusCode}: {Regex.Match(await answer.Content.ReadAsStringAsync(), "(?s)error-summary.*?</ul>").Value}");
        return answer.Headers.Location!.ToString();
    }

    static async Task<string> BeginAsync(Tests.Access.Browser integrity)
    {
        var form = await integrity.TextAsync("/risk/new");
        return await DoneAsync(integrity.PostAsync("/risk/new", form, new() { ["key"] = Hidden(form, "key"), ["unit"] = StaffHost.OtherUnit.ToString("D"), ["function"] = "airport" }));
    }

    static Task<HttpResponseMessage> ScoreAsync(Tests.Access.Browser who, string path, string scenario, int inherent, int current, string note = "") => ActAsync(
        who, $"{path}/score/{scenario}", $"{path}/score/{scenario}", ("inherent-likelihood", $"{inherent}"), ("inherent-impact", "4"), ("current-likelihood", $"{current}"), ("current-impact", "4"), ("knowledge", "medium"), ("note", note));

    static (string, string)[] Ratings(int current, string? reason = null) => [.. Scenarios.SelectMany(s => new[]
    {
        ($"{s}-inherent-likelihood", "4"), ($"{s}-inherent-impact", "4"), ($"{s}-current-likelihood", $"{current}"), ($"{s}-current-impact", "4"), ($"{s}-knowledge", "medium"), ($"{s}-reason", reason ?? ""),
    })];

    [Fact]
    public async Task From_blind_scores_to_an_assessment_in_force_and_what_is_done_about_its_risks()
    {
        await using var host = await StaffHost.StartAsync(more: More);
        var (integrity, overseer, monitor) = (await host.SignedInAsync(Role.Integrity), await host.SignedInAsync(Role.Overseer), await host.SignedInAsync(Role.Monitor));
        var (head, director) = (await host.SignedInAsync(Head), await host.SignedInAsync(Director));
        Assert.Contains("No assessment of risks is in force", await host.Open().TextAsync("/"), StringComparison.Ordinal);
        var wrong = await integrity.PostAsync("/risk/new", await integrity.TextAsync("/risk/new"), new() { ["key"] = Guid.NewGuid().ToString("D") });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
        var path = await BeginAsync(integrity);

        // Two are too few.
        var few = await ActAsync(integrity, path, "assessors", ("assessor-1", $"{Officer:D}"), ("assessor-2", $"{Second:D}"));
        Assert.Contains("href=\"#assessor-1\"", await few.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        await DoneAsync(ActAsync(integrity, path, "assessors", [.. Assessors.Select((a, i) => ($"assessor-{i + 1}", $"{a:D}"))]));

        // Nothing that anybody gets says a score before all are in.
        var (marks, readers) = (new List<string>(), new List<Tests.Access.Browser> { integrity, overseer, monitor, head, director, host.Open(), await host.SignedInAsync(Role.Investigator), await host.SignedInAsync(Role.Administrator) });
        var scoring = new List<Tests.Access.Browser>();
        foreach (var assessor in Assessors) scoring.Add(await host.SignedInAsync(assessor));
        await host.CaughtUpAsync(RisksView.ViewName);
        Assert.Contains("your scores are missing", await scoring[0].TextAsync("/"), StringComparison.Ordinal);
        var bare = await ActAsync(scoring[0], $"{path}/score/{Scenarios[0]}", $"{path}/score/{Scenarios[0]}", ("inherent-likelihood", "4"));
        Assert.Contains("href=\"#knowledge\"", await bare.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        foreach (var (assessor, a) in scoring.Select((b, i) => (b, i)))
        {
            foreach (var scenario in Scenarios)
            {
                if (a == 2 && scenario == Scenarios[^1]) break;
                marks.Add($"zq{a}{scenario[8..]}");
                await DoneAsync(ScoreAsync(assessor, path, scenario, 4, 3, marks[^1]));
            }
        }

        await host.CaughtUpAsync(RisksView.ViewName);
        foreach (var (reader, own) in readers.Select(r => (r, -1)).Concat(scoring.Select((s, i) => (s, i))))
        {
            foreach (var page in (string[])[path, $"{path}/consolidate", "/risk", "/risk/counts", "/risk/accepted", "/", "/api/me", "/openapi/v1.json", $"{path}/score/{Scenarios[0]}", $"{path}/risks/{Scenarios[0]}"])
            {
                var text = await reader.TextAsync(page);
                Assert.DoesNotContain(marks.Where(m => own < 0 || !m.StartsWith($"zq{own}", StringComparison.Ordinal)), mark => text.Contains(mark, StringComparison.Ordinal));
                Assert.DoesNotContain("= 12)", text, StringComparison.Ordinal);
                Assert.DoesNotContain("How far the scores lie apart", text, StringComparison.Ordinal);
            }
        }

        Assert.Contains(marks[0], await scoring[0].TextAsync($"{path}/score/{Scenarios[0]}"), StringComparison.Ordinal);
        Assert.DoesNotContain(host.Logs.Lines, line => line.Contains("zq0", StringComparison.Ordinal));
        await DoneAsync(ScoreAsync(scoring[2], path, Scenarios[^1], 4, 3));

        // They open together, and no name stands beside one.
        Assert.Contains("How far the scores lie apart", await integrity.TextAsync(path), StringComparison.Ordinal);
        var otherwise = await ActAsync(integrity, $"{path}/consolidate", $"{path}/consolidate", Ratings(2));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, otherwise.StatusCode);
        Assert.Contains($"href=\"#{Scenarios[0]}-reason\"", await otherwise.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        await DoneAsync(ActAsync(integrity, $"{path}/consolidate", $"{path}/consolidate", Ratings(3)));
        Assert.Equal(HttpStatusCode.Conflict, (await ActAsync(head, path, "challenge", ("answer", "yes"), ("version", "1"))).StatusCode);
        await DoneAsync(ActAsync(overseer, path, "challenge", ("answer", "yes")));
        await host.CaughtUpAsync(RisksView.ViewName);
        Assert.Contains("approve the assessment", await director.TextAsync("/"), StringComparison.Ordinal);
        Assert.DoesNotContain("approve the assessment", await head.TextAsync("/"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await ActAsync(head, path, "approve", ("answer", "yes"), ("version", $"{(await host.RecordAsync()).Count(r => r.Stream.Value == Guid.Parse(path[6..]))}"))).StatusCode);
        await DoneAsync(ActAsync(director, path, "approve", ("answer", "yes")));

        var risk = $"{path}/risks/{Scenarios[0]}";
        await DoneAsync(ActAsync(integrity, risk, "owner", ("owner-owner", $"{Head:D}")));
        await DoneAsync(ActAsync(head, risk, "control", ("control-what", "Two at the belt, drawn on the day."), ("control-owner", $"{Officer:D}"), ("control-day", "2026-06-01")));
        var investigator = await host.SignedInAsync(Role.Investigator);
        var control = Hidden(await investigator.TextAsync(risk), "item");
        await DoneAsync(ActAsync(investigator, risk, "test", ("item", control), ($"design-{control}", "3"), ($"operation-{control}", "3"), ($"found-{control}", "Ten shifts of ten."), ($"next-{control}", "2026-12-01")));
        await DoneAsync(ActAsync(integrity, risk, "lower", ("lower-control", control), ("lower-likelihood", "1"), ("lower-impact", "4"), ("lower-reason", "Nobody is alone there.")));
        Assert.DoesNotContain("= 4)</", await integrity.TextAsync(risk), StringComparison.Ordinal);
        await host.CaughtUpAsync(RisksView.ViewName);
        Assert.Contains("integrity asks that a risk be set lower", await overseer.TextAsync("/"), StringComparison.Ordinal);
        await DoneAsync(ActAsync(overseer, risk, "agree", ("answer", "yes")));
        Assert.Contains("= 4)", await integrity.TextAsync(risk), StringComparison.Ordinal);
        await DoneAsync(ActAsync(head, risk, "plan", ("plan-what", "Cameras at the second belt."), ("plan-owner", $"{Officer:D}"), ("plan-day", "2026-03-20")));
        host.Clock.Now += TimeSpan.FromDays(30);
        var up = await (await host.SignedInAsync(Role.Integrity)).TextAsync(risk);
        Assert.Contains("Back up: this treatment is overdue since", up, StringComparison.Ordinal);
        Assert.Contains("Cameras at the second belt.", up, StringComparison.Ordinal);
        (integrity, overseer, head, monitor) = (await host.SignedInAsync(Role.Integrity), await host.SignedInAsync(Role.Overseer), await host.SignedInAsync(Head), await host.SignedInAsync(Role.Monitor));
        await host.CaughtUpAsync(RisksView.ViewName);
        Assert.Contains("4 high or critical risks, 1 overdue", await integrity.TextAsync("/"), StringComparison.Ordinal);
        Assert.DoesNotContain("high or critical risks", await host.Open().TextAsync("/"), StringComparison.Ordinal);
        Assert.Contains("treatment overdue", await integrity.TextAsync("/risk?overdue=yes"), StringComparison.Ordinal);
        Assert.Contains("Risks in force: 0", await integrity.TextAsync("/risk?level=low"), StringComparison.Ordinal);
        var officer = await host.SignedInAsync(Officer);
        Assert.Contains("a treatment of yours is due", await officer.TextAsync("/"), StringComparison.Ordinal);
        var treatment = Hidden(await officer.TextAsync(risk), "item");
        await DoneAsync(ActAsync(officer, risk, "done", ("item", treatment), ($"evidence-{treatment}", "Photographs of both cameras.")));
        await host.CaughtUpAsync(RisksView.ViewName);
        Assert.Contains("a treatment is said to be done", await integrity.TextAsync("/"), StringComparison.Ordinal);
        await DoneAsync(ActAsync(integrity, risk, "verify", ("item", treatment), ("answer", "yes")));
        Assert.Contains("<strong class=\"pb-tag pb-tag--good pb-tag--short\">low</strong>", await integrity.TextAsync(risk), StringComparison.Ordinal);

        var other = $"{path}/risks/{Scenarios[1]}";
        await DoneAsync(ActAsync(head, other, "ask", ("ask-reason", "The scanner comes next year."), ("ask-day", "2026-12-31")));
        await host.CaughtUpAsync(RisksView.ViewName);
        Assert.Contains("somebody asks that a risk be accepted", await overseer.TextAsync("/"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await ActAsync(overseer, other, "answer", ("answer", "yes"))).StatusCode);
        await DoneAsync(ActAsync(overseer, other, "answer", ("answer", "yes"), ("answer-reason", "Until the scanner is there.")));
        await host.CaughtUpAsync(RisksView.ViewName);
        Assert.Contains("31 December 2026", await overseer.TextAsync("/risk/accepted"), StringComparison.Ordinal);

        // Whoever has no part in it reads counts, and none under five.
        foreach (var reader in (Tests.Access.Browser[])[monitor, host.Open()])
        {
            var counts = await reader.TextAsync("/risk/counts");
            Assert.Contains("fewer than 5", counts, StringComparison.Ordinal);
            Assert.DoesNotMatch("numeric\"[^>]*>[0-4]<", counts);
        }

        Assert.Contains(await host.RecordAsync(), r => r.Event is MatterRead { What: "risk.view" } && r.Actor.Value == StaffHost.Of(Role.Overseer));
    }

    [Fact]
    public async Task Whoever_has_nothing_to_do_with_it_finds_nothing()
    {
        await using var host = await StaffHost.StartAsync(more: More);
        var path = await BeginAsync(await host.SignedInAsync(Role.Integrity));
        foreach (var role in Enum.GetValues<Role>().Except([Role.Integrity, Role.Overseer, Role.Investigator]))
        {
            var other = await host.SignedInAsync(role);
            foreach (var page in (string[])[path, $"{path}/consolidate", $"{path}/score/{Scenarios[0]}", $"{path}/risks/{Scenarios[0]}", $"/risk/{Guid.NewGuid():D}"])
                Assert.Equal((role, HttpStatusCode.NotFound), (role, (await other.GetAsync(page)).StatusCode));
            foreach (var what in (string[])["add", "omit", "assessors", "challenge", "approve", "consolidate"])
                Assert.Equal((role, HttpStatusCode.NotFound), (role, (await other.PostAsync($"{path}/{what}", await other.TextAsync("/"), new() { ["version"] = "1" })).StatusCode));
            Assert.Equal(HttpStatusCode.Forbidden, (await other.GetAsync("/risk/new")).StatusCode);
            Assert.Equal(HttpStatusCode.Forbidden, (await other.GetAsync("/risk/accepted")).StatusCode);
            Assert.Equal(role switch { Role.Monitor => HttpStatusCode.SeeOther, Role.Administrator or Role.Judge or Role.Registry or Role.Secretariat => HttpStatusCode.Forbidden, _ => HttpStatusCode.OK }, (await other.GetAsync("/risk")).StatusCode);
        }

        Assert.Single(await host.RecordAsync(), r => r.Type.StartsWith("risk.assessment", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_risk_moves_up_by_itself_with_what_the_record_shows_and_whoever_answers_for_it_is_told()
    {
        await using var host = await StaffHost.StartAsync(more: More);
        await Conduct.CodePagesTests.PublishAsync(host);
        var id = await InForceAsync(host, StaffHost.Of(Role.Integrity), Assessors, StaffHost.Of(Role.Overseer), Director);
        var (path, door) = ($"/risk/{id:D}", $"/risk/{id:D}/risks/airport.staff-door");
        await DoneAsync(ActAsync(await host.SignedInAsync(Role.Integrity), door, "owner", ("owner-owner", $"{Second:D}")));
        await host.CaughtUpAsync(RisksView.ViewName);
        await host.CaughtUpAsync("conduct");
        // What was counted is kept for a minute.
        host.Clock.Now += TimeSpan.FromMinutes(2);
        var before = await (await host.SignedInAsync(Role.Integrity)).TextAsync(door);
        Assert.Contains("0 of 3 (0%)", before, StringComparison.Ordinal);
        Assert.Contains("not measured", before, StringComparison.Ordinal);
        Assert.DoesNotContain("moved up by itself", before, StringComparison.Ordinal);
        static string[] Numbered(string page) => [.. Regex.Matches(page, "([0-9]+)\\. <a class=\"pb-link\" href=\"([^\"]+)\"").Select(m => $"{m.Groups[1].Value} {m.Groups[2].Value}")];
        var numbered = Numbered(await (await host.SignedInAsync(Role.Integrity)).TextAsync(path));

        // Nobody acknowledges the code of conduct: from its end on that is a fact, and nobody records anything.
        var written = (await host.RecordAsync()).Count(r => r.Type.StartsWith("risk.", StringComparison.Ordinal));
        host.Clock.Now += TimeSpan.FromDays(40);
        var (integrity, owner) = (await host.SignedInAsync(Role.Integrity), await host.SignedInAsync(Second));
        var moved = await integrity.TextAsync(door);
        Assert.Contains("moved up by itself; oldest fact", moved, StringComparison.Ordinal);
        Assert.Contains("3 of 3 (100%), the oldest since", moved, StringComparison.Ordinal);
        Assert.Contains("Up by two steps of likelihood: People who have not acknowledged the code of conduct in time", moved, StringComparison.Ordinal);
        Assert.Contains("= 20)", moved, StringComparison.Ordinal);
        Assert.Contains("href=\"/conduct/people\"", moved, StringComparison.Ordinal);
        Assert.DoesNotContain("href=\"/conduct/people\"", await owner.TextAsync(door), StringComparison.Ordinal);
        var map = await integrity.TextAsync(path);
        Assert.Equal(2, Regex.Count(map, "moved up by itself"));
        Assert.Contains("Red diamond: with the facts", map, StringComparison.Ordinal);
        Assert.Contains("With the facts</th>", map, StringComparison.Ordinal);
        // The highest stands first, and each keeps its number.
        Assert.NotEqual(numbered, Numbered(map));
        Assert.Equal(numbered.Order(), Numbered(map).Order());
        Assert.Contains("can stand higher with the facts than it was rated without controls", map, StringComparison.Ordinal);
        Assert.Contains("can stand higher with the facts than it was rated without controls", moved, StringComparison.Ordinal);
        // Nothing that bears on the belt is measured: that is said, and is not green.
        Assert.Contains("insufficient evidence", map, StringComparison.Ordinal);
        Assert.Contains("That it has not risen says nothing", await integrity.TextAsync($"{path}/risks/airport.bag-let-through"), StringComparison.Ordinal);
        Assert.Contains("moved up by itself", await integrity.TextAsync("/risk?level=critical"), StringComparison.Ordinal);
        Assert.Contains("Risks in force: 2", await integrity.TextAsync("/risk?level=critical"), StringComparison.Ordinal);
        Assert.Contains("2 moved up by themselves", await integrity.TextAsync("/"), StringComparison.Ordinal);
        Assert.Contains("2 risks have moved up by themselves", await integrity.TextAsync("/steps"), StringComparison.Ordinal);
        Assert.Contains($"href=\"{door}\"", await owner.TextAsync("/"), StringComparison.Ordinal);
        foreach (var reader in (Tests.Access.Browser[])[host.Open(), await host.SignedInAsync(Role.Monitor)]) Assert.DoesNotContain("moved up", await reader.TextAsync("/"), StringComparison.Ordinal);
        Assert.Equal(written, (await host.RecordAsync()).Count(r => r.Type.StartsWith("risk.", StringComparison.Ordinal)));

        // Something is to be done about it by a day: its owner is told no longer, and it stays where it is.
        await DoneAsync(ActAsync(integrity, door, "plan", ("plan-what", "The code is read together in the shift."), ("plan-owner", $"{Officer:D}"), ("plan-day", "2026-12-31")));
        await host.CaughtUpAsync(RisksView.ViewName);
        Assert.DoesNotContain("moved up by itself", await owner.TextAsync("/"), StringComparison.Ordinal);
        Assert.Contains("= 20)", await integrity.TextAsync(door), StringComparison.Ordinal);

        // They acknowledge it, and it comes down as it went up.
        foreach (var person in (Guid[])[Officer, Second, Head]) await Conduct.CodePagesTests.AcknowledgeAsync(await host.SignedInAsync(person));
        await host.CaughtUpAsync("conduct");
        host.Clock.Now += TimeSpan.FromMinutes(2);
        var down = await integrity.TextAsync(door);
        Assert.Contains("0 of 3 (0%)", down, StringComparison.Ordinal);
        Assert.DoesNotContain("moved up by itself", down, StringComparison.Ordinal);
    }

    /// <summary>An assessment of the other unit in force, with a control and a treatment: for tests of all tables.</summary>
    internal static async Task<Guid> InForceAsync(StaffHost host, Guid integrity, IReadOnlyList<Guid> assessors, Guid overseer, Guid head)
    {
        var id = Guid.NewGuid();
        Expect(await Slice<BeginAssessment>().HandleAsync(integrity, new(id, StaffHost.OtherUnit, [UnitFunction.Airport]), default));
        Expect(await Slice<NameAssessors>().HandleAsync(integrity, new(id, assessors, null), null, default));
        foreach (var assessor in assessors)
        {
            foreach (var scenario in Scenarios) Expect(await Slice<ScoreScenario>().HandleAsync(assessor, new(id, scenario, new(4, 4), new(3, 4), Knowledge.Medium, null), default));
        }

        Expect(await Slice<Probity.Risk.Consolidating.ConsolidateRatings>().HandleAsync(
            integrity, new(id, [.. Scenarios.Select(s => new ConsolidatedRating(s, new(4, 4), new(3, 4), Knowledge.Medium))]), null, default));
        Expect(await Slice<Probity.Risk.Challenging.ChallengeRatings>().HandleAsync(overseer, new(id, true, null), null, default));
        Expect(await Slice<Probity.Risk.Approving.ApproveAssessment>().HandleAsync(head, new(id, true, null), null, default));
        Expect(await Slice<AddControl>().HandleAsync(integrity, new AddControl.Command(id, Guid.NewGuid(), Scenarios[0], "Two at the belt.", assessors[0], host.Clock.Now.AddDays(60)), null, default));
        Expect(await Slice<TreatRisk>().HandleAsync(integrity, new TreatRisk.Plan(id, Guid.NewGuid(), Scenarios[0], "Cameras at the belt.", assessors[0], host.Clock.Now.AddDays(60)), null, default));
        return id;

        T Slice<T>() where T : notnull => host.Services.GetRequiredService<T>();

        static void Expect(Outcome? outcome) => Assert.IsType<Outcome.Done>(outcome);
    }
}
