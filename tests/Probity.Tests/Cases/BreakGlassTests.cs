using Probity.Access.Contract;
using Probity.Cases;
using Probity.Cases.BreakingGlass;
using Probity.Cases.Contract;
using Probity.Cases.Viewing;
using Probity.Ledger;
using Probity.Shared.Record;
using static Probity.Tests.Cases.CaseHouse;

namespace Probity.Tests.Cases;

/// <summary>Somebody who has nothing to do with a case opens it at once, for a while; nobody whom a bar keeps out; and somebody else judges it.</summary>
public sealed class BreakGlassTests
{
    static readonly DateTimeOffset Now = new(2026, 3, 2, 3, 0, 0, TimeSpan.Zero);

    static readonly Case Existing = Case.Initial with { Version = 1, Id = Staff.Id("case"), Unit = Staff.Id("narcotics"), OpenedBy = Staff.Id("other") };

    static Decision Decide(string by, Case @case, string reason = Reason)
    {
        var register = Staff.Agency().ToRegister();
        return BreakGlass.Decide(new("NAR-2026-0001", reason), @case, Staff.Id("glass"), Actor.From(register, Staff.Id(by), Now), register, Now);
    }

    [Fact]
    public void It_lasts_for_as_long_as_the_policy_says() =>
        Assert.Equal(new GlassBroken(Staff.Id("glass"), Reason, Now + GlassPolicy.OpenFor), Accepted(Decide("pedro", Existing)));

    [Theory]
    [InlineData("pedro", "pedro", Bars.Self), InlineData("chief", "ben", Bars.Superior), InlineData("ben", "chief", Bars.Subordinate)]
    [InlineData("vera", "pedro", Bars.Role), InlineData("root", "pedro", Bars.Role)]
    public void Never_where_a_bar_stands_nor_for_a_post_that_sees_no_cases(string by, string suspect, string code) =>
        Refused(code, Decide(by, Existing with { Parties = [new Party(PartyRole.Subject, suspect, Staff.Id(suspect))] }));

    [Fact]
    public void Nor_where_they_declared_a_conflict() => Refused(
        Bars.Declared, Decide("pedro", Existing with { Walls = Existing.Walls.Add(Staff.Id("pedro"), new Wall(ConflictKind.Kin, Now)) }));

    [Fact]
    public void It_needs_a_reason_and_that_is_said_before_anything_of_the_case()
    {
        Refused(CaseTexts.ReasonTooShort, Decide("pedro", Existing, "Now"));
        Refused(CaseTexts.ReasonTooShort, Decide("pedro", Case.Initial, "Now"));
        Refused(BreakGlass.NoSuchCase, Decide("pedro", Case.Initial));
        Assert.Empty(Assert.IsType<Decision.Accepted>(Decide("chief", Existing)).Filings);
    }

    [Fact]
    public async Task It_opens_at_once_lasts_its_time_and_no_longer()
    {
        await using var house = await CreateAsync();
        var id = await house.OpenAsync();
        var number = (await house.CaseAsync(id)).Number;
        var pedro = Staff.Id("pedro");
        Assert.Null(await house.Get<CaseReading>().OpenAsync(pedro, id, "cases.view", Cancel));
        Assert.Equal(id, (await house.Get<BreakGlass>().HandleAsync(pedro, new(number, Reason), Cancel)).CaseId);
        Assert.NotNull(await house.Get<CaseReading>().OpenAsync(pedro, id, "cases.view", Cancel));
        Assert.Equal(new MatterRead("cases.view", "brokenGlass"), (await house.EventsAsync(Streams.ReadsOf(new StreamId(id))))[^1].Event);
        // To read is not to act.
        Refused(Bars.Role, await house.StepAsync(id, pedro, Step.InterviewHeld));

        house.Time.Now += GlassPolicy.OpenFor;
        var reads = await house.Log.VersionAsync(Streams.ReadsOf(new StreamId(id)), Cancel);
        Assert.Null(await house.Get<CaseReading>().OpenAsync(pedro, id, "cases.view", Cancel));
        Assert.Equal(reads, await house.Log.VersionAsync(Streams.ReadsOf(new StreamId(id)), Cancel));
    }

    [Fact]
    public async Task Whoever_is_barred_hears_what_is_said_of_a_number_that_there_is_not()
    {
        await using var house = await CreateAsync();
        var id = await house.OpenAsync("chief", true, new Party(PartyRole.Subject, "Pedro", Staff.Id("pedro")));
        var number = (await house.CaseAsync(id)).Number;
        var answers = new List<(Guid?, Refusal)>();
        foreach (var asked in new[] { number, "NAR-2026-0999" })
        {
            var (opened, outcome) = await house.Get<BreakGlass>().HandleAsync(Staff.Id("pedro"), new(asked, Reason), Cancel);
            answers.Add((opened, Assert.IsType<Outcome.Refused>(outcome).Refusal));
        }

        Assert.Equal(answers[0], answers[1]);
        Assert.Equal(BreakGlass.NoSuchCase, answers[0].Item2.Code);
        // On the record the attempt reads as what it was.
        Assert.Contains(await house.EventsAsync(Streams.RefusalsOf(new StreamId(id))), r => r.Event is ActionRefused { Code: Bars.Self } && r.Actor.Value == Staff.Id("pedro"));
        Assert.Empty((await house.CaseAsync(id)).Glasses);
    }

    [Fact]
    public async Task It_is_judged_once_with_reasons_and_by_somebody_else()
    {
        var staff = Staff.Agency().Post("own overseer", "agency", Role.Overseer).Hold("pedro", "post of own overseer", from: Now.AddDays(30));
        await using var house = await CreateAsync(staff);
        var id = await house.OpenAsync();
        await house.Get<BreakGlass>().HandleAsync(Staff.Id("pedro"), new((await house.CaseAsync(id)).Number, Reason), Cancel);
        var glass = Assert.Single((await house.CaseAsync(id)).Glasses);
        Assert.IsType<CaseAnswer.NotFound>(await ReviewAsync("port chief", glass.Id));
        Refused(Bars.Role, await ReviewAsync("chief", glass.Id));
        Refused(ReviewGlass.NoSuchOpening, await ReviewAsync("ines", Staff.Id("other")));
        Refused(CaseTexts.ReasonMissing, await ReviewAsync("ines", glass.Id, ""));

        // Whoever came in by themselves does not judge it in another post either.
        house.Time.Now = Now.AddDays(31);
        Refused(Bars.Self, await ReviewAsync("pedro", glass.Id));
        Assert.True(GlassPolicy.IsOverdue(glass.At, house.Time.Now));
        Done(await ReviewAsync("ines", glass.Id));
        Refused(ReviewGlass.AlreadyReviewed, await ReviewAsync("oscar", glass.Id));
        var judged = Assert.Single((await house.CaseAsync(id)).Glasses);
        Assert.Equal((Staff.Id("ines"), false), (judged.ReviewedBy!.Value, judged.Justified));

        Task<CaseAnswer> ReviewAsync(string by, Guid which, string reasons = Reason) =>
            house.Get<ReviewGlass>().HandleAsync(Staff.Id(by), new(id, which, false, reasons), null, Cancel);
    }

    [Fact]
    public void Seventy_two_hours_to_the_moment()
    {
        Assert.False(GlassPolicy.IsOverdue(Now, Now.AddHours(72)));
        Assert.True(GlassPolicy.IsOverdue(Now, Now.AddHours(72).AddTicks(1)));
    }
}
