using System.Globalization;
using System.Net;
using CsCheck;
using Microsoft.Extensions.DependencyInjection;
using Probity.Access.Contract;
using Probity.Cases.Assigning;
using Probity.Ledger;
using Probity.People;
using Probity.People.Contract;
using Probity.People.Leave;
using Probity.People.Requiring;
using Probity.Policies.Contract;
using Probity.Shared.Record;
using Probity.Tests.Access;
using Probity.Tests.Cases;

namespace Probity.Tests.People;

/// <summary>Leave that the holders of sensitive posts have to take, and what follows where they do not.</summary>
public sealed class LeaveTests
{
    static readonly DateTimeOffset s_now = ClearanceScene.Now;
    static readonly DateOnly s_today = LeavePeriod.DayOf(s_now);
    static readonly Guid s_ana = Staff.Id("ana"), s_post = Staff.Id("post of ana"), s_other = Staff.Id("post of ben");
    static readonly Policy s_policy = Policy.Unchosen with { Number = 1, Since = Staff.Before, Began = Staff.Before };

    static Leaves Known(params IEnumerable<IEvent> happened) => happened.Aggregate(Leaves.Initial, (known, e) =>
        known.Apply(new Recorded(e, EventTypes.NameOf(e.GetType()), 1, Leaves.Stream, known.Version + 1, s_now, null, new ActorId(s_ana))));

    static IEvent[] Taken(Guid person, DateOnly from, int days, int least = 14)
    {
        var id = Guid.NewGuid();
        return [new LeaveEntered(id, person, from, from.AddDays(days - 1), Staff.Id("ben")), new LeaveAgreed(id, person, least, "default 1")];
    }

    static LeaveRules Rules(Staff? staff = null, Policy? policy = null, params IEnumerable<IEvent> happened) => new(
        (staff ?? Staff.Agency()).ToRegister(), Requirements.Initial with { Marked = Requirements.Initial.Marked.Add(s_post, ClearanceLevel.Sensitive).Add(s_other, ClearanceLevel.Sensitive) },
        policy ?? s_policy, Known(happened));

    static DateTimeOffset? Due(LeaveRules rules, string person = "ana", DateTimeOffset? at = null) => LeaveDue.Of(Staff.Id(person), rules, at ?? s_now)!.Due;

    static string? Refused(Decision decision) => (decision as Decision.Refused)?.Refusal.Code;

    // Written from the definition, a day at a time: the last run of at least 14 days away that has begun is what counts, to its last day.
    [Fact]
    public void The_day_is_what_counting_day_by_day_gives() => Gen.Select(Gen.Int[0, 20], Gen.Int[1, 20]).List[0, 6].Sample(stretches =>
    {
        var (day, happened, away) = (s_today.AddDays(-60), new List<IEvent>(), new HashSet<DateOnly>());
        foreach (var (gap, days) in stretches)
        {
            happened.AddRange(Taken(s_ana, day.AddDays(gap), days));
            for (var i = 0; i < days; i++) away.Add(day.AddDays(gap + i));
            day = day.AddDays(gap + days);
        }

        var (from, run) = (Staff.Before, 0);
        for (var d = s_today.AddDays(-60); d <= day; d = d.AddDays(1))
        {
            run = away.Contains(d) ? run + 1 : 0;
            if (run >= 14 && d.AddDays(1 - run) <= s_today) from = LeavePeriod.StartOf(d.AddDays(1));
        }

        Assert.Equal(from.AddMonths(12), Due(Rules(happened: happened)));
    }, iter: 500);

    [Fact]
    public void Nothing_binds_before_a_pack_and_nobody_is_surprised_by_a_mark_or_a_posting()
    {
        Assert.Null(Due(Rules(policy: Policy.Unchosen)));
        Assert.Null(LeaveDue.Of(Staff.Id("carla"), Rules(), s_now));
        Assert.True(LeaveDue.Of(s_ana, Rules(), s_now)!.IsOverAt(s_now));
        Assert.Equal(s_now.AddMonths(12), Due(Rules(policy: s_policy with { Began = s_now })));
        var marked = Rules();
        Assert.Equal(s_now.AddMonths(12), Due(marked with { Requirements = marked.Requirements with { Since = marked.Requirements.Since.Add(s_post, s_now) } }));
        // Eleven months in one sensitive post, then another: the count goes on, but 90 days are left.
        Assert.Equal(s_now.AddDays(90), Due(Rules(Staff.Agency().Hold("pedro", "post of ana", s_now.AddMonths(-11), s_now).Hold("pedro", "post of ben", s_now)), "pedro"));
        // A few days out of it change nothing; as many as a leave has begin anew.
        Assert.Equal(s_now.AddMonths(2), Due(Rules(Staff.Agency().Hold("pedro", "post of ana", s_now.AddMonths(-10), s_now.AddDays(-30)).Hold("pedro", "post of ana", s_now.AddDays(-17))), "pedro"));
        Assert.Equal(s_now.AddDays(-16).AddMonths(12), Due(Rules(Staff.Agency().Hold("pedro", "post of ana", s_now.AddMonths(-10), s_now.AddDays(-30)).Hold("pedro", "post of ana", s_now.AddDays(-16))), "pedro"));
        // What was enough when it was agreed to stays enough.
        Assert.False(LeaveDue.Of(s_ana, Rules(null, s_policy with { Figures = s_policy.Figures.Add(PolicyRules.LeaveLeast.Key, 30) }, Taken(s_ana, s_today.AddDays(-40), 14)), s_now)!.IsOverAt(s_now));
        Assert.True(LeaveDue.Of(s_ana, Rules(null, s_policy, Taken(s_ana, s_today.AddDays(-40), 13)), s_now)!.IsOverAt(s_now));
    }

    [Fact]
    public void A_leave_is_enough_with_what_was_agreed_to_right_beside_it_and_by_the_figure_of_its_day()
    {
        bool Enough(int days, int least, params IEvent[] beside)
        {
            var id = Guid.NewGuid();
            var leaves = Known([.. beside, new LeaveEntered(id, s_ana, s_today.AddDays(10), s_today.AddDays(9 + days), Staff.Id("ben"))]);
            return leaves.IsEnough(leaves.Of(s_ana).Single(l => l.Id == id), least);
        }

        Assert.Equal((false, false, true), (Enough(6, 14), Enough(13, 14), Enough(14, 14)));
        Assert.Equal((true, false, false), (Enough(6, 14, Taken(s_ana, s_today.AddDays(2), 8)), Enough(6, 14, Taken(s_ana, s_today.AddDays(1), 8)), Enough(6, 14, new LeaveEntered(Guid.NewGuid(), s_ana, s_today.AddDays(2), s_today.AddDays(9), Staff.Id("ben")))));
        // What was enough when it was agreed to stays enough.
        var agreed = Known(Taken(s_ana, s_today.AddDays(2), 14));
        Assert.True(agreed.IsEnough(Assert.Single(agreed.Of(s_ana)), 30));
    }

    [Theory]
    [InlineData(31, null), InlineData(30, 30), InlineData(7, 7), InlineData(1, 1), InlineData(0, 0)]
    public void It_is_said_four_times_unless_leave_is_planned(int days, int? warning)
    {
        var due = s_now.AddDays(days);
        var rules = Rules(policy: s_policy with { Began = due.AddMonths(-12) });
        Assert.Equal(warning, LeaveDue.Of(s_ana, rules, s_now)!.WarningAt(s_now));
        var planned = LeaveDue.Of(s_ana, rules with { Leaves = Known(Taken(s_ana, s_today.AddDays(1), 14)) }, s_now)!;
        Assert.Equal(days == 0 ? 0 : null, planned.WarningAt(s_now));
    }

    // Ana is of the unit that chief commands; chief is kin of dina, and ivo of chief.
    [Theory]
    [InlineData("chief", null, Bars.Self, Bars.Kin), InlineData("port chief", Bars.Role, Bars.Role, Bars.Role), InlineData("ana", Bars.Self, Bars.Role, Bars.Role), InlineData("ben", Bars.Role, Bars.Role, Bars.Role)]
    [InlineData("ines", Bars.Role, null, null), InlineData("ivo", Bars.Role, Bars.Kin, null), InlineData("oscar", Bars.Role, Bars.Role, Bars.Role), InlineData("vera", Bars.Role, Bars.Role, Bars.Role)]
    [InlineData("root", Bars.Role, Bars.Role, Bars.Role), InlineData("igor", Bars.Role, Bars.Role, Bars.Role), InlineData("paula", Bars.Role, Bars.Role, Bars.Role), InlineData("maria", Bars.Role, Bars.Role, Bars.Role)]
    public void A_commander_agrees_and_integrity_where_none_may(string person, string? ofAna, string? ofChief, string? ofDina)
    {
        var staff = Staff.Agency().Tie("dina", "chief", TieKind.Blood).Tie("ivo", "chief", TieKind.Affinity);
        foreach (var (whose, code) in new[] { ("ana", ofAna), ("chief", ofChief), ("dina", ofDina) })
        {
            var leave = Guid.NewGuid();
            var rules = Rules(staff, null, new LeaveEntered(leave, Staff.Id(whose), s_today.AddDays(3), s_today.AddDays(20), Staff.Id("eva")));
            foreach (var agree in (bool[])[true, false])
                Assert.Equal(code, Refused(TakeLeave.Decide(new TakeLeave.Answer(Staff.Id(whose), leave, agree, "Two are away already."), rules, Actor.From(rules.Register, Staff.Id(person), s_now), s_now)));
        }
    }

    [Theory]
    [InlineData("ana", 1, 14, "eva", null), InlineData("ana", 1, 1, "eva", null), InlineData("ana", 366, 90, "chief", null), InlineData("carla", 1, 14, "eva", TakeLeave.None)]
    [InlineData("ana", null, 14, "eva", TakeLeave.FromMissing), InlineData("ana", 1, null, "eva", TakeLeave.ToMissing), InlineData("ana", 0, 14, "eva", TakeLeave.Past), InlineData("ana", 367, 14, "eva", TakeLeave.Far)]
    [InlineData("ana", 1, 0, "eva", TakeLeave.Length), InlineData("ana", 1, 91, "eva", TakeLeave.Length), InlineData("ana", 100, 14, "eva", TakeLeave.Overlaps), InlineData("ana", 110, 14, "eva", null)]
    [InlineData("ana", 1, 14, "ana", TakeLeave.StandIn), InlineData("ana", 1, 14, "pedro", TakeLeave.StandIn), InlineData("ana", 1, 14, "oscar", TakeLeave.StandIn), InlineData("ana", 1, 14, "ben", TakeLeave.StandIn)]
    public void Leave_is_entered_ahead_by_the_holder_with_somebody_near_who_is_there(string person, int? from, int? days, string standIn, string? code)
    {
        // Ana has ten days from the hundredth on; ben is away for the next three weeks.
        var rules = Rules(null, null, [.. Taken(s_ana, s_today.AddDays(100), 10), .. Taken(Staff.Id("ben"), s_today.AddDays(5), 14)]);
        var first = from is { } f ? s_today.AddDays(f) : (DateOnly?)null;
        var last = days is { } d ? (first ?? s_today).AddDays(d - 1) : (DateOnly?)null;
        Assert.Equal(code, Refused(TakeLeave.Decide(new TakeLeave.Entering(Guid.NewGuid(), first, last, Staff.Id(standIn)), rules, Actor.From(rules.Register, Staff.Id(person), s_now), s_now)));
    }

    [Fact]
    public void It_is_agreed_to_before_it_begins_or_not_at_all_and_taken_back_until_then()
    {
        var leave = Guid.NewGuid();
        var entered = new LeaveEntered(leave, s_ana, s_today.AddDays(3), s_today.AddDays(20), Staff.Id("eva"));
        var (waits, agreed) = (Rules(null, null, entered), Rules(null, null, entered, new LeaveAgreed(leave, s_ana, 14, "default 1")));
        string? Answer(LeaveRules rules, int day, bool? agree, string? reason = null) =>
            Refused(TakeLeave.Decide(new TakeLeave.Answer(s_ana, leave, agree, reason), rules, Actor.From(rules.Register, Staff.Id("chief"), s_now), s_now.AddDays(day)));
        string? Back(LeaveRules rules, int day, string by = "ana") => Refused(TakeLeave.Decide(new TakeLeave.TakingBack(leave), rules, Actor.From(rules.Register, Staff.Id(by), s_now), s_now.AddDays(day)));
        Assert.Equal((null, TakeLeave.Begun, VettingTexts.Missing, "people.answer-missing"), (Answer(waits, 2, true), Answer(waits, 3, true), Answer(waits, 2, false, " "), Answer(waits, 2, null)));
        Assert.Equal((TakeLeave.Nothing, TakeLeave.Nothing), (Answer(agreed, 2, true), Answer(Rules(), 2, true)));
        Assert.Equal((null, null, TakeLeave.Begun, TakeLeave.Nothing), (Back(waits, 5), Back(agreed, 2), Back(agreed, 3), Back(agreed, 2, "chief")));
        // On days 3 to 20 they may come back; fewer days than were asked for give no leave, and none at all on the first.
        (string? Refused, DateOnly? Last) Return(int day, string by = "ana") =>
            (TakeLeave.Decide(new TakeLeave.ComingBack(leave), agreed, Actor.From(agreed.Register, Staff.Id(by), s_now), s_now.AddDays(day)) is var decision) && decision is Decision.Accepted accepted
                ? (null, Assert.IsType<LeaveEnded>(Assert.Single(accepted.Filings).Event).Last) : (Refused(decision), null);
        Assert.Equal(((TakeLeave.NotRunning, null), (TakeLeave.NotRunning, null), (TakeLeave.NotRunning, null)), (Return(2), Return(21), Return(5, "chief")));
        Assert.Equal(((null, s_today.AddDays(2)), (null, s_today.AddDays(16))), (Return(3), Return(17)));
        IReadOnlyList<DaysAway> Away(int last) => Rules(null, null, entered, new LeaveAgreed(leave, s_ana, 14, "default 1"), new LeaveEnded(leave, s_ana, s_today.AddDays(last))).Leaves.AwayOf(s_ana);
        Assert.Equal((0, true, false), (Away(2).Count, Assert.Single(Away(16)).IsEnough, Assert.Single(Away(15)).IsEnough));
        // Whoever stands in may have gone since it was entered.
        var gone = Rules(Staff.Agency().ShutOut("eva"), null, entered);
        Assert.Equal(TakeLeave.StandIn, Answer(gone, 2, true));
    }

    static Dictionary<string, string> Days(DateTimeOffset from, int days) => new[] { ("from", from), ("to", from.AddDays(days - 1)) }.SelectMany(d => new[]
    {
        ($"{d.Item1}-day", d.Item2.Day), ($"{d.Item1}-month", d.Item2.Month), ($"{d.Item1}-year", d.Item2.Year),
    }).ToDictionary(d => d.Item1, d => d.Item2.ToString(CultureInfo.InvariantCulture));

    // On a real server, with the clock set forward: said, stopped, entered, agreed to, away, and given cases again.
    [Fact]
    public async Task Leave_is_said_stops_new_cases_and_gives_them_back_once_taken()
    {
        await using var host = await StaffHost.StartAsync(more: [(Role.Officer, StaffHost.Unit), (Role.Officer, StaffHost.Unit), (Role.Overseer, StaffHost.OtherUnit)]);
        var (officer, post) = (StaffHost.Of(Role.Officer), StaffHost.PostOf(Role.Officer));
        await TenureTests.ChooseAsync(host);
        await MarkPostTests.MarkAsync(host, post);
        await VettingPagesTests.ClearAsync(host, Role.Officer);
        var due = (await host.Services.GetRequiredService<LeaveReader>().RulesAsync(default)) is var rules ? LeaveDue.Of(officer, rules, host.Clock.Now)!.Due!.Value : default;

        foreach (var (days, own, others) in new[] { (31, false, false), (30, true, false), (7, true, false), (1, true, false), (0, true, true) })
        {
            host.Clock.Now = due.AddDays(-days);
            var said = days switch { 0 => "get no new case", 1 => "within a day", 31 => "days are left", _ => $"at most {days} days are left" };
            foreach (var role in (Role[])[Role.Officer, Role.Commander, Role.Integrity])
                Assert.Equal(own, (await (await host.SignedInAsync(role)).TextAsync("/steps")) is var steps && steps.Contains(said, StringComparison.Ordinal) && steps.Contains("/postings/leave", StringComparison.Ordinal));
            Assert.Equal(others, (await (await host.SignedInAsync(StaffHost.Other(2))).TextAsync("/steps")).Contains("The leave of Quilombo Officer is overdue", StringComparison.Ordinal));
        }

        async Task<string> GiveAsync()
        {
            var matter = await ClearanceEndsTests.OpenAsync(host, await host.SignedInAsync(StaffHost.Other(1)));
            return await (await (await host.SignedInAsync(Role.Commander)).PostJsonAsync($"/api/cases/{matter}/assignment", new { seat = "handler", person = officer, reason = "Knows the route best." })).Content.ReadAsStringAsync();
        }

        static string Code(string code) => $"\"code\":\"{code}\"";
        Assert.Contains(Code(ProposeAssignment.LeaveOverdue), await GiveAsync(), StringComparison.Ordinal);

        var browser = await host.SignedInAsync(Role.Officer);
        var from = host.Clock.Now.AddDays(2);
        async Task<HttpResponseMessage> EnterAsync(Dictionary<string, string> fields) => await browser.PostAsync("/postings/leave/enter", await browser.TextAsync("/postings/leave"), fields);
        var standIn = ("standIn", Value: StaffHost.Other(0).ToString("D"));
        foreach (var (fields, field, says) in new[]
        {
            (new Dictionary<string, string> { ["standIn"] = standIn.Value }, "from", "Enter the first day."), (Days(from, 0), "to", "Enter a last day"), (Days(host.Clock.Now, 14), "from", "from tomorrow on"),
            (new() { ["from-day"] = "31", ["from-month"] = "2", ["from-year"] = "2027" }, "from", "There is no such day in the calendar"),
            (Days(from, 14), "standIn", "Whoever stands in holds a post"), (new Dictionary<string, string>(Days(from, 14)) { ["standIn"] = "Nobody Atall" }, "standIn", "Nobody Atall"),
        })
        {
            var wrong = await EnterAsync(fields);
            var text = await wrong.Content.ReadAsStringAsync();
            Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
            Assert.Contains($"href=\"#{field}\"", text, StringComparison.Ordinal);
            Assert.Contains(says, text, StringComparison.Ordinal);
            if (fields.TryGetValue("from-year", out var year)) Assert.Contains($"value=\"{year}\"", text, StringComparison.Ordinal);
        }

        Assert.Equal(HttpStatusCode.SeeOther, (await EnterAsync(new(Days(from, 14)) { ["standIn"] = standIn.Value })).StatusCode);
        var leave = (await host.RecordAsync()).Select(r => r.Event).OfType<LeaveEntered>().Single();
        // What waits gives nothing; the holder does not answer, and the commander says why not or agrees.
        Assert.Contains(Code(ProposeAssignment.LeaveOverdue), await GiveAsync(), StringComparison.Ordinal);
        Dictionary<string, string> Answer(string answer, string refusal = "") => new() { ["person"] = officer.ToString("D"), ["leave"] = leave.Leave.ToString("D"), ["answer"] = answer, ["refusal"] = refusal };
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await browser.PostAsync("/postings/leave/answer", await browser.TextAsync("/postings/leave"), Answer("yes"))).StatusCode);
        var commander = await host.SignedInAsync(Role.Commander);
        Assert.Contains("Decide on the leave of Quilombo Officer", await commander.TextAsync("/steps"), StringComparison.Ordinal);
        var no = await commander.PostAsync("/postings/leave/answer", await commander.TextAsync("/postings/leave"), Answer("no", " "));
        Assert.Contains($"href=\"#refusal-{leave.Leave:D}\"", await no.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.SeeOther, (await commander.PostAsync("/postings/leave/answer", await commander.TextAsync("/postings/leave"), Answer("yes"))).StatusCode);
        Assert.Contains("Stand in for Quilombo Officer", await (await host.SignedInAsync(StaffHost.Other(0))).TextAsync("/steps"), StringComparison.Ordinal);
        Assert.Contains(Code(ProposeAssignment.LeaveOverdue), await GiveAsync(), StringComparison.Ordinal);

        host.Clock.Now = LeavePeriod.StartOf(leave.From);
        Assert.Contains(Code(ProposeAssignment.OnLeave), await GiveAsync(), StringComparison.Ordinal);
        host.Clock.Now = LeavePeriod.StartOf(leave.To.AddDays(1)).AddSeconds(-1);
        Assert.Contains(Code(ProposeAssignment.OnLeave), await GiveAsync(), StringComparison.Ordinal);
        host.Clock.Now = LeavePeriod.StartOf(leave.To.AddDays(1)).AddHours(9);
        Assert.DoesNotContain("leave", await GiveAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain("eave is", await (await host.SignedInAsync(Role.Officer)).TextAsync("/steps"), StringComparison.Ordinal);
        host.Clock.Now = LeavePeriod.StartOf(leave.To.AddDays(1)).AddMonths(12);
        Assert.Contains(Code(ProposeAssignment.LeaveOverdue), await GiveAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_sees_of_the_list_what_is_theirs_and_leave_is_taken_back()
    {
        await using var host = await StaffHost.StartAsync(more: [(Role.Commander, StaffHost.OtherUnit)]);
        await TenureTests.ChooseAsync(host);
        await MarkPostTests.MarkAsync(host, StaffHost.PostOf(Role.Officer));
        foreach (var role in Enum.GetValues<Role>())
        {
            var page = await (await host.SignedInAsync(role)).TextAsync("/postings/leave");
            Assert.Equal(role is Role.Integrity or Role.Overseer or Role.Commander, page.Contains("Quilombo Officer</th>", StringComparison.Ordinal) && page.Contains("<svg", StringComparison.Ordinal));
            Assert.Equal(role is Role.Officer, page.Contains("action=\"/postings/leave/enter\"", StringComparison.Ordinal));
        }

        Assert.DoesNotContain("Quilombo Officer", await (await host.SignedInAsync(StaffHost.Other(0))).TextAsync("/postings/leave"), StringComparison.Ordinal);
        var browser = await host.SignedInAsync(Role.Officer);
        var entered = await browser.PostAsync("/postings/leave/enter", await browser.TextAsync("/postings/leave"), new(Days(host.Clock.Now.AddDays(9), 14)) { ["standIn"] = StaffHost.Of(Role.Custodian).ToString("D") });
        Assert.Equal(HttpStatusCode.SeeOther, entered.StatusCode);
        var leave = (await host.RecordAsync()).Select(r => r.Event).OfType<LeaveEntered>().Single().Leave;
        // An id says nothing to who may not answer, and nobody else takes it back.
        var other = await host.SignedInAsync(StaffHost.Other(0));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await other.PostAsync("/postings/leave/answer", await other.TextAsync("/me"), new() { ["person"] = StaffHost.Of(Role.Officer).ToString("D"), ["leave"] = leave.ToString("D"), ["answer"] = "yes" })).StatusCode);
        var back = new Dictionary<string, string> { ["leave"] = leave.ToString("D") };
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await other.PostAsync("/postings/leave/back", await other.TextAsync("/me"), new(back))).StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, (await browser.PostAsync("/postings/leave/back", await browser.TextAsync("/postings/leave"), new(back))).StatusCode);
        var empty = await browser.TextAsync("/postings/leave");
        Assert.DoesNotContain("/postings/leave/back", empty, StringComparison.Ordinal);
        // A few days are said to count for nothing: before, to the holder, and to who agrees. Nothing is due within the picture, so no mark is explained.
        const string Few = "6 days: does not count as the leave that must be taken (14 days in a row).";
        Assert.Contains("Fewer than 14 days in a row do not count", empty, StringComparison.Ordinal);
        Assert.DoesNotContain(Few, empty, StringComparison.Ordinal);
        await browser.PostAsync("/postings/leave/enter", empty, new(Days(host.Clock.Now.AddDays(9), 6)) { ["standIn"] = StaffHost.Of(Role.Custodian).ToString("D") });
        Assert.Contains(Few, await browser.TextAsync("/postings/leave"), StringComparison.Ordinal);
        var answering = await (await host.SignedInAsync(Role.Commander)).TextAsync("/postings/leave");
        Assert.Equal(2, System.Text.RegularExpressions.Regex.Count(answering, System.Text.RegularExpressions.Regex.Escape(Few)));
        Assert.DoesNotContain("The red mark", answering, StringComparison.Ordinal);
        Assert.Contains("No day by which it begins lies in this picture; the first is", answering, StringComparison.Ordinal);
    }
}
