using Microsoft.Extensions.DependencyInjection;
using System.Buffers.Binary;
using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using Probity.Access.Contract;
using Probity.Ledger;
using Probity.People.Contract;
using Probity.People.Requiring;
using Probity.People.Revetting;
using Probity.People.Vetting;
using Probity.People.Viewing;
using Probity.Policies.Contract;
using Probity.Risk.Contract;
using Probity.Shared.Drawing;
using Probity.Shared.Record;
using Probity.Tests.Access;
using Probity.Tests.Cases;

namespace Probity.Tests.People;

/// <summary>The draws of re-vetting: who may, what is fixed before what, and that anyone draws the same again.</summary>
public sealed class RevettingTests
{
    static readonly DateTimeOffset s_now = ClearanceScene.Now;
    static readonly DrawSeeds s_cases = DrawSeeds.FromSecret(CaseHouse.Secret);
    static readonly LotSeeds s_seeds = new(s_cases);

    static readonly Requirements s_marked = Requirements.Initial with
    {
        Marked = Requirements.Initial.Marked.AddRange(new[] { "ana", "ben", "keeper", "vera" }.Select(p => KeyValuePair.Create(Staff.Id("post of " + p), ClearanceLevel.Sensitive))),
    };

    static Lots Committed => Lots.Initial.Apply(new Recorded(
        new LotSeedsCommitted(1, s_seeds.Commitment(1), DrawSeeds.Length), "people.lot-seeds-committed.v1", 5, Lots.Stream, 1, s_now.AddDays(-200), null, default));

    static LotFacts Facts(string actor, Lots? lots = null, DateTimeOffset? at = null, Staff? staff = null)
    {
        var (register, now) = ((staff ?? Staff.Agency()).ToRegister(), at ?? s_now);
        return new LotFacts(lots ?? Committed, s_marked, Policy.Unchosen, Actor.From(register, Staff.Id(actor), now), register, now);
    }

    static string? Refused(Decision decision) => (decision as Decision.Refused)?.Refusal.Code;

    static LotPoolFixed Fixed(LotFacts facts) =>
        Assert.IsType<LotPoolFixed>(Assert.Single(Assert.IsType<Decision.Accepted>(FixPool.Decide(facts, s_seeds.Free(facts.Lots))).Filings).Event);

    // The second letter: once the time is over. March lies 60 days after the quarter began, 10 January within its first 14.
    [Theory]
    [InlineData("ines", true, true, true), InlineData("oscar", true, false, true), InlineData("vera", true, false, false), InlineData("chief", false, false, false), InlineData("ana", false, false, false)]
    [InlineData("keeper", false, false, false), InlineData("igor", false, false, false), InlineData("root", false, false, false), InlineData("maria", false, false, false), InlineData("sara", false, false, false)]
    [InlineData("paula", false, false, false), InlineData("judith", false, false, false), InlineData("rita", false, false, false)]
    public void Integrity_starts_a_draw_and_an_overseer_where_integrity_lets_the_time_pass(string person, bool sees, bool inTime, bool overdue)
    {
        Assert.Equal(sees, LotAccess.Refuses(LotAction.See, Facts(person)) is null);
        Assert.Equal(inTime, LotAccess.Refuses(LotAction.Draw, Facts(person, at: new DateTimeOffset(2026, 1, 10, 9, 0, 0, TimeSpan.Zero))) is null);
        Assert.Equal(overdue, FixPool.Decide(Facts(person), s_seeds.Free(Committed)) is Decision.Accepted);
    }

    [Fact]
    public void A_pool_holds_everybody_in_a_sensitive_post_and_a_quarter_is_drawn_once()
    {
        var pool = Fixed(Facts("ines"));
        Assert.Equal([.. new[] { "ana", "ben", "keeper", "vera" }.Select(Staff.Id).Order()], pool.Pool);
        Assert.Equal(("2026-Q1", 1, 1, 1L), (pool.Period, pool.Count, pool.Chain, pool.Place));
        var after = Committed.Apply(new Recorded(pool, "people.lot-pool-fixed.v1", 9, Lots.Stream, 2, s_now, null, new ActorId(Staff.Id("ines"))));
        Assert.Equal(FixPool.Drawn, Refused(FixPool.Decide(Facts("ines", after), s_seeds.Free(after))));
        // The next quarter takes the next place.
        Assert.Equal(("2026-Q2", 2L), (Fixed(Facts("ines", after, s_now.AddMonths(1))).Period, Fixed(Facts("ines", after, s_now.AddMonths(1))).Place));
        // Whose access ended is being dealt with; whoever left is in no pool.
        Assert.DoesNotContain(Staff.Id("ana"), Fixed(Facts("ines", staff: Staff.Agency().ShutOut("ana"))).Pool);
        Assert.Equal(FixPool.Nobody, Refused(FixPool.Decide(Facts("ines") with { Requirements = Requirements.Initial }, s_seeds.Free(Committed))));
        Assert.Equal(FixPool.NoSeed, Refused(FixPool.Decide(Facts("ines"), null)));
        Assert.Null(new LotSeeds(DrawSeeds.FromSecret(new byte[32])).Free(Committed));
    }

    [Theory]
    [InlineData("2025-12-31T23:59:59Z", "2025-Q4", "2025-Q3"), InlineData("2026-01-01T00:00:00Z", "2026-Q1", "2025-Q4"), InlineData("2026-09-30T12:00:00Z", "2026-Q3", "2026-Q2")]
    public void A_quarter_is_that_of_its_moment_in_UTC(string at, string quarter, string before)
    {
        var of = Quarter.Of(DateTimeOffset.Parse(at, System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal((quarter, before, of), (of.ToString(), of.Before.ToString(), Quarter.Parse(quarter)!.Value));
        Assert.Equal(of, Quarter.Of(of.Start));
        Assert.All((string?[])[null, "", "2026-Q5", "2026-Q0", "2026Q1", "26-Q1", "2026-q1", "2026-Q1 "], text => Assert.Null(Quarter.Parse(text)));
    }

    // The year's share comes out: never less than it, and no more than one a draw more.
    [Fact]
    public void The_share_of_a_year_comes_out_in_four_draws()
    {
        var random = new Random(52);
        for (var round = 0; round < 2_000; round++)
        {
            var (pool, share) = (random.Next(1, 20_001), random.Next(1, 101));
            var policy = Policy.Unchosen with { Figures = Policy.Unchosen.Figures.Add(PolicyRules.RevettedShare.Key, share) };
            var count = LotPool.CountOf(pool, policy);
            Assert.InRange(count, 1, pool);
            Assert.True(4L * count * 100 >= (long)pool * share && 4L * (count - 1) * 100 < (long)pool * share, $"{count} of {pool} by {share} %");
        }
    }

    /// <summary>A thousand draws, each made again by a program that shares nothing with the house but the rule as it is written.</summary>
    [Fact]
    public void Anyone_who_has_the_record_draws_the_same()
    {
        var (random, seed, times) = (new Random(7), Convert.FromHexString(s_seeds.Reveal(Committed.Chains[0], 1_000)!), new int[40]);
        for (var place = 1_000L; place >= 1; place--, SHA256.HashData(seed, seed))
        {
            var pool = Enumerable.Range(0, random.Next(1, 40)).Select(_ => { var id = new byte[16]; random.NextBytes(id); return new Guid(id); }).Order().ToList();
            var take = random.Next(1, pool.Count + 1);
            var drawn = Draw.Recompute(pool, take, s_seeds.Commitment(1), place, Convert.ToHexStringLower(seed));
            Assert.Equal(Again(pool, take, seed, place), drawn);
            Assert.Equal(take, drawn!.Distinct().Count());
            times[pool.IndexOf(drawn![0])]++;
        }

        Assert.True(times[0] > 0 && times[30] > 0);

        static List<Guid> Again(List<Guid> pool, int take, byte[] seed, long place)
        {
            var (left, drawn) = (pool.ToList(), new List<Guid>());
            for (; drawn.Count < take; left.Remove(drawn[^1]))
            {
                var most = (UInt128.One << 64) / (UInt128)left.Count * (UInt128)left.Count;
                for (uint attempt = 0; ; attempt++)
                {
                    byte[] message = [.. "probity draw 1"u8, .. BitConverter.GetBytes((ulong)place).Reverse(), .. BitConverter.GetBytes((uint)left.Count).Reverse(), .. BitConverter.GetBytes(attempt).Reverse()];
                    var v = BinaryPrimitives.ReadUInt64BigEndian(HMACSHA256.HashData(seed, message));
                    if (v >= most) continue;
                    drawn.Add(left[(int)(v % (ulong)left.Count)]);
                    break;
                }
            }

            return drawn;
        }
    }

    [Fact]
    public void A_changed_seed_pool_or_number_is_found()
    {
        var pool = Enumerable.Range(1, 50).Select(n => Staff.Id("p" + n)).Order().ToList();
        var (chain, commitment) = (Committed.Chains[0], s_seeds.Commitment(1));
        var seed = s_seeds.Reveal(chain, 3)!;
        Assert.Equal(5, Draw.Recompute(pool, 5, commitment, 3, seed)!.Count);
        Assert.Null(Draw.Recompute(pool, 5, commitment, 4, seed));
        Assert.Null(Draw.Recompute(pool, 5, s_cases.Commitment(1), 3, seed));
        Assert.Null(Draw.Recompute(pool, 5, commitment, 3, (seed[0] == '0' ? '1' : '0') + seed[1..]));
        Assert.Null(Draw.Recompute(pool, 51, commitment, 3, seed));
        Assert.NotEqual(Draw.Recompute(pool, 5, commitment, 3, seed), Draw.Recompute(pool[1..], 5, commitment, 3, seed));
        // Its chains tell nothing of those of cases.
        Assert.NotEqual(s_cases.Commitment(1), commitment);
        // A draw on the record whose people are others is shown as that.
        var lot = new Lot("2026-Q1", [.. pool], 5, 1, 3, "default 0", Guid.Empty, s_now, 9) { Seed = seed, Drawn = [.. pool.Take(5).Select(p => new DrawnByLot(p, ClearanceLevel.Sensitive))] };
        Assert.False(LotFile.Of(lot, Committed).IsRight);
        Assert.True(LotFile.Of(lot with { Drawn = [.. Draw.Recompute(pool, 5, commitment, 3, seed)!.Select(p => new DrawnByLot(p, ClearanceLevel.Sensitive))] }, Committed).IsRight);
    }

    [Fact]
    public void A_pool_is_drawn_once_and_not_without_its_seed()
    {
        var lot = new Lot("2026-Q1", [Staff.Id("ana")], 1, 1, 1, "default 0", Guid.Empty, s_now, 9);
        Assert.Single(Assert.IsType<Decision.Accepted>(DrawLot.Decide(lot, "00", [], Policy.Unchosen, s_now)).Filings);
        Assert.Empty(Assert.IsType<Decision.Accepted>(DrawLot.Decide(lot, null, [], Policy.Unchosen, s_now)).Filings);
        Assert.Empty(Assert.IsType<Decision.Accepted>(DrawLot.Decide(lot with { Seed = "00" }, "00", [], Policy.Unchosen, s_now)).Filings);
    }

    // Whoever was drawn is looked into anew however long their clearance holds: once, at their level.
    [Fact]
    public void Whoever_was_drawn_is_asked_anew_though_their_clearance_holds()
    {
        var ana = Staff.Id("ana");
        var lots = Lots.Initial with { Newest = Lots.Initial.Newest.Add(ana, new(s_now.AddDays(1), ClearanceLevel.Sensitive, null)) };
        var granted = ClearanceScene.Granted;
        Assert.Equal(InviteForClearance.StillHolds, Refused(Invite(ClearanceLevel.Sensitive, null, granted)));
        Assert.Null(Refused(Invite(ClearanceLevel.Sensitive, lots, granted)));
        Assert.Equal(InviteForClearance.StillHolds, Refused(Invite(ClearanceLevel.Basic, lots, granted)));
        Assert.Equal(InviteForClearance.StillHolds, Refused(Invite(ClearanceLevel.Sensitive, lots, granted with { InvitedAt = s_now.AddDays(2) })));
        Assert.Null(Refused(Invite(ClearanceLevel.Sensitive, lots, granted, granted with { InvitedAt = s_now.AddDays(2), Decision = null, Until = null, Discontinued = DiscontinuedBecause.Mistake })));

        static Decision Invite(ClearanceLevel level, Lots? lots, params Clearance[] known) => InviteForClearance.Decide(
            new(Staff.Id("ana"), level), new PersonClearances(Staff.Id("ana"), known), ClearanceScene.Facts(Clearance.Initial with { Person = Staff.Id("ana") }, "vera", s_now.AddDays(3)), lots);
    }

    // Drawn on day 0, asked on day 10; the form is due on day 40, the decision on day 180. How far it has come, and on which day it is overdue.
    [Theory]
    [InlineData("nothing", 179, false), InlineData("nothing", 180, true), InlineData("invited", 39, false), InlineData("invited", 40, true), InlineData("submitted", 179, false), InlineData("submitted", 180, true)]
    [InlineData("discontinued", 39, false), InlineData("discontinued", 180, true), InlineData("granted", 500, false), InlineData("refused", 500, false)]
    public void Silence_does_not_undo_a_draw(string how, int day, bool overdue)
    {
        var ana = Staff.Id("ana");
        var lots = Lots.Initial with { Newest = Lots.Initial.Newest.Add(ana, new(s_now, ClearanceLevel.Sensitive, null)) };
        var asked = ClearanceScene.Invited with { InvitedAt = s_now.AddDays(10) };
        Clearance[] anew = how switch
        {
            "nothing" => [], "invited" => [asked], "submitted" => [ClearanceScene.Submitted with { InvitedAt = asked.InvitedAt }], "discontinued" => [asked with { Discontinued = DiscontinuedBecause.Mistake }],
            "granted" => [ClearanceScene.Granted with { InvitedAt = asked.InvitedAt }], _ => [ClearanceScene.Refused with { InvitedAt = asked.InvitedAt }],
        };
        var all = new PersonClearances(ana, [ClearanceScene.Granted with { InvitedAt = s_now.AddDays(-100) }, .. anew]);
        Assert.Equal(overdue, RevettingDuty.IsOverdue(all, lots, Policy.Unchosen, s_now.AddDays(day)));
        var rows = all.All.Select(c => new ClearanceRow { Id = c.Id, Person = ana, Level = c.Level, InvitedAt = c.InvitedAt, Stage = c.StageAt(s_now.AddDays(day)) });
        Assert.Equal(overdue, RevettingDuty.IsOverdue(ana, rows, lots, Policy.Unchosen, s_now.AddDays(day)));
        Assert.False(RevettingDuty.IsOverdue(all, Lots.Initial, Policy.Unchosen, s_now.AddDays(day)));
    }

    [Fact]
    public void A_check_of_somebody_drawn_is_discontinued_with_an_overseer()
    {
        var lots = Lots.Initial with { Newest = Lots.Initial.Newest.Add(Staff.Id("ana"), new(s_now, ClearanceLevel.Sensitive, null)) };
        var asked = ClearanceScene.Submitted with { InvitedAt = s_now.AddDays(1) };
        var command = new DiscontinueClearance.Command(asked.Id, DiscontinuedBecause.Mistake, ClearanceScene.Reason);
        Assert.IsType<ClearanceDiscontinued>(Filed(DiscontinueClearance.Decide(command, ClearanceScene.Facts(asked, "vera"), Lots.Initial)));
        var ask = Assert.IsType<DiscontinuingAsked>(Filed(DiscontinueClearance.Decide(command, ClearanceScene.Facts(asked, "vera"), lots)));
        var waiting = asked with { AskedToDiscontinue = (ask.Because, ask.Reason, Staff.Id("vera")) };
        Assert.Equal(DiscontinueClearance.Pending, Refused(DiscontinueClearance.Decide(command, ClearanceScene.Facts(waiting, "valdo"), lots)));
        Assert.Equal(Bars.Role, ClearanceAccess.Refuses(ClearanceAction.AgreeToDiscontinue, ClearanceScene.Facts(waiting, "valdo"))?.Code);
        Assert.Null(ClearanceAccess.Refuses(ClearanceAction.AgreeToDiscontinue, ClearanceScene.Facts(waiting, "oscar")));
        Assert.Equal(new ClearanceDiscontinued(DiscontinuedBecause.Mistake, ClearanceScene.Reason), Filed(Answer(true)));
        Assert.IsType<DiscontinuingRefused>(Filed(Answer(false)));
        Decision Answer(bool agree) => DiscontinueClearance.Decide(new DiscontinueClearance.Answer(waiting.Id, agree, ClearanceScene.Reason), ClearanceScene.Facts(waiting, "oscar"));
        static IEvent Filed(Decision decision) => Assert.Single(Assert.IsType<Decision.Accepted>(decision).Filings).Event;
    }

    [Fact]
    public async Task From_the_draw_to_the_invitation_on_a_real_server()
    {
        await using var host = await StaffHost.StartAsync();
        await VettingPagesTests.ClearAsync(host, Role.Officer);
        await MarkPostTests.MarkAsync(host, StaffHost.PostOf(Role.Officer));
        var (integrity, vetting, officer, overseer) = (
            await host.SignedInAsync(Role.Integrity), await host.SignedInAsync(Role.Vetting), await host.SignedInAsync(Role.Officer), await host.SignedInAsync(Role.Overseer));
        Assert.Contains("Make the draw of re-vetting: Quarter 1 of 2026", await integrity.TextAsync("/steps"), StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.NotFound), ((await officer.GetAsync(ShowLots.Address)).StatusCode, (await officer.GetAsync("/api/vetting/draws/2026-Q1")).StatusCode));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await officer.PostJsonAsync("/api/vetting/draws", null)).StatusCode);
        var made = await integrity.PostAsync(ShowLots.Address, await integrity.TextAsync(ShowLots.Address), []);
        Assert.Equal($"{ShowLots.Address}/2026-Q1", made.Headers.Location!.OriginalString);
        var again = await integrity.PostJsonAsync("/api/vetting/draws", null);
        Assert.Contains($"\"code\":\"{FixPool.Drawn}\"", await again.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        var file = await (await overseer.GetAsync("/api/vetting/draws/2026-Q1")).Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal(StaffHost.Of(Role.Officer), file.GetProperty("recomputed")[0].GetGuid());
        Assert.True(file.GetProperty("committedIndex").GetInt64() < file.GetProperty("fixedIndex").GetInt64() && file.GetProperty("fixedIndex").GetInt64() < file.GetProperty("drawnIndex").GetInt64());
        Assert.Equal($"{StaffHost.Of(Role.Officer):D}\n", await overseer.TextAsync(ShowLots.Address + "/2026-Q1/pool.txt"));
        await host.CaughtUpAsync(LotView.ViewName);
        Assert.Contains("Same result", await overseer.TextAsync(ShowLots.Address + "/2026-Q1"), StringComparison.Ordinal);
        // The drawn person learns nothing until vetting begins; vetting is told, and once the time is over the overseer.
        Assert.DoesNotContain("lot", (await officer.TextAsync("/steps")).ToLowerInvariant().Replace("slot", "", StringComparison.Ordinal).Replace("pilot", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("Vet Quilombo Officer anew", await vetting.TextAsync("/steps"), StringComparison.Ordinal);
        Assert.DoesNotContain("Nobody has begun", await overseer.TextAsync("/steps"), StringComparison.Ordinal);
        host.Clock.Now += TimeSpan.FromDays(31);
        Assert.Contains("Nobody has begun to vet Quilombo Officer anew", await (await host.SignedInAsync(Role.Overseer)).TextAsync("/steps"), StringComparison.Ordinal);
        await VettingPagesTests.InviteAsync(host, await host.SignedInAsync(Role.Vetting), StaffHost.Of(Role.Officer));
        await host.CaughtUpAsync(LotView.ViewName);
        Assert.Contains("Fill in the form", await (await host.SignedInAsync(Role.Officer)).TextAsync("/steps"), StringComparison.Ordinal);
        Assert.DoesNotContain("Nobody has begun", await (await host.SignedInAsync(Role.Overseer)).TextAsync("/steps"), StringComparison.Ordinal);

        await host.CaughtUpAsync(ClearancesView.ViewName);
        Assert.DoesNotContain("Re-vetting overdue", await overseer.TextAsync("/vetting/coverage"), StringComparison.Ordinal);

        // They never hand in the form: both hear of it, and so does the case that they would be given; whoever looks at coverage or at the risk of the unit sees a post that is not covered.
        host.Clock.Now += TimeSpan.FromDays(31);
        Assert.Contains("Re-vetting overdue", await (await host.SignedInAsync(Role.Overseer)).TextAsync("/vetting/coverage"), StringComparison.Ordinal);
        await using (var scope = host.Services.CreateAsyncScope())
        {
            var signal = scope.ServiceProvider.GetServices<IRiskSignals>().Single(s => s.Signal == RiskSignal.UnclearedPosts);
            var of = new SignalScope(await host.Services.GetRequiredService<IRegister>().ReadAsync(default), [StaffHost.Unit], Policy.Unchosen, host.Clock.Now);
            Assert.Equal(1, Assert.Single(await signal.CountAsync(of, default)).Count);
        }

        foreach (var role in (Role[])[Role.Vetting, Role.Overseer])
            Assert.Contains("has not handed in the form", await (await host.SignedInAsync(role)).TextAsync("/steps"), StringComparison.Ordinal);
        var requirements = host.Services.GetServices<IPostRequirements>().Single(r => r.Lack == "revetting-overdue");
        var register = await host.Services.GetRequiredService<IRegister>().ReadAsync(default);
        Assert.Contains(StaffHost.Of(Role.Officer), await requirements.LackingAsync(new RecordSession(host.Log), register, [StaffHost.Of(Role.Officer)], host.Clock.Now, default));
        host.Clock.Now += TimeSpan.FromDays(120);
        foreach (var role in (Role[])[Role.Vetting, Role.Overseer])
            Assert.Contains("was drawn and is not vetted anew", await (await host.SignedInAsync(role)).TextAsync("/steps"), StringComparison.Ordinal);
    }
}
