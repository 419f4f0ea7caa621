using Microsoft.Extensions.DependencyInjection;
using Probity.Access.Contract;
using Probity.Cases.Contract;
using Probity.Ledger;
using Probity.People.Contract;
using Probity.People.Declaring;
using Probity.Policies.Contract;
using Probity.Policies.Proposing;
using Probity.Shared.Record;
using Probity.Tests.Access;
using Probity.Tests.Cases;

namespace Probity.Tests.People;

/// <summary>By when somebody declares, and what follows once that is over.</summary>
public sealed class DeclarationDutyTests
{
    static readonly DateTimeOffset s_pack = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    static readonly Policy s_policy = Policy.Unchosen with { Number = 1, Since = s_pack.AddDays(40), Began = s_pack };

    // A post since days before or after the first pack, left and taken again; what was declared on which days; the day on which the next falls due.
    [Theory]
    [InlineData("-400", "", 30), InlineData("10", "", 40), InlineData("-400", "20", 385), InlineData("-400", "20 200", 565), InlineData("-400 -50 -50", "", 30)]
    [InlineData("-400 100 100", "20", 130), InlineData("-400 100 110", "20", 140), InlineData("-400 100", "", null), InlineData("", "", null)]
    public void The_next_falls_due(string postings, string declared, int? due)
    {
        var register = Register(postings);
        var own = Declared(declared);
        Assert.Equal(due is { } day ? s_pack.AddDays(day) : null, DeclarationDuty.DueOf(own, Staff.Id("dina"), register, s_policy, s_pack.AddDays(500)));
        // Before there is a pack nothing binds.
        Assert.Null(DeclarationDuty.DueOf(own, Staff.Id("dina"), register, Policy.Unchosen, s_pack.AddDays(500)));
    }

    [Fact]
    public void A_correction_puts_off_nothing()
    {
        var (first, corrected) = (Guid.NewGuid(), Guid.NewGuid());
        var own = Made(Made(Declarations.Initial, first, 20, null), corrected, 300, first);
        Assert.Equal(s_pack.AddDays(20).AddMonths(12), DeclarationDuty.DueOf(own, Staff.Id("dina"), Register("-400"), s_policy, s_pack.AddDays(500)));
    }

    // On a real server, with the clock set forward: thirty days after the first pack, who has not declared is drawn for no case.
    [Fact]
    public async Task Whoever_has_not_declared_is_given_no_new_case_and_no_further_post()
    {
        await using var host = await StaffHost.StartAsync(more: [.. Enumerable.Repeat((Role.Officer, StaffHost.Unit), 4)]);
        var packs = host.Services.GetRequiredService<ProposePack>();
        Assert.IsType<Outcome.Done>(await packs.HandleAsync(
            StaffHost.Of(Role.Integrity), new ProposePack.Proposal(Policy.DefaultPack, PolicyRules.All.ToDictionary(r => r.Key, r => (int?)r.Default), "The first pack of this agency."), default));
        Assert.IsType<Outcome.Done>(await packs.HandleAsync(StaffHost.Of(Role.Overseer), new ProposePack.Answer(true, null), default));
        host.Clock.Now += TimeSpan.FromDays(10);
        foreach (var (who, number) in ((Guid, int)[])[(StaffHost.Other(0), 0), (StaffHost.Other(1), 1), (StaffHost.Other(2), 2), (StaffHost.Other(3), 3)])
            await DeclarationPagesTests.DeclareAsync(await host.SignedInAsync(who), host.Clock.Now, (DeclaredKind.Income, "Salary; 9000"), (DeclaredKind.Spending, "All; 8000"), (DeclaredKind.Account, $"Savings; {1_000 + number}"));
        Assert.Contains(StaffHost.Of(Role.Officer), await EligibleAsync(host));
        host.Clock.Now += TimeSpan.FromDays(20) + TimeSpan.FromMinutes(1);
        var eligible = await EligibleAsync(host);
        Assert.DoesNotContain(StaffHost.Of(Role.Officer), eligible);
        Assert.Contains(StaffHost.Other(1), eligible);
        var posting = await (await host.SignedInAsync(Role.Administrator)).PostJsonAsync($"/api/people/{StaffHost.Of(Role.Officer)}/postings", new { post = StaffHost.PostOfOther(0), reason = "Helps out." });
        Assert.Contains("\"code\":\"posting.declaration-overdue\"", await posting.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        // What is got round by name, or beside the draw, is kept from them too.
        var matter = (await host.RecordAsync()).Last(r => r.Event is CaseOpened).Stream.Value;
        var named = await (await host.SignedInAsync(Role.Integrity)).PostJsonAsync($"/api/cases/{matter:D}/access", new { person = StaffHost.Of(Role.Officer), reason = "Knows the quay." });
        Assert.Contains("\"code\":\"cases.declaration-overdue\"", await named.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        var (overdue, fit) = (await host.SignedInAsync(Role.Officer), await host.SignedInAsync(StaffHost.Other(1)));
        Assert.Contains("Your declaration of assets is overdue", await (await Interdiction.PaymentPagesTests.SendAsync(overdue, "F-0417", "150")).Content.ReadAsStringAsync(), StringComparison.Ordinal);
        await Interdiction.PaymentPagesTests.PayAsync(fit);
        var target = await Interdiction.TargetPagesTests.EnterAsync(fit, 10);
        Assert.Contains("Your declaration of assets is overdue", await overdue.TextAsync(target), StringComparison.Ordinal);
        Assert.Equal(System.Net.HttpStatusCode.UnprocessableEntity, (await Interdiction.TargetPagesTests.ActAsync(overdue, target, "pass")).StatusCode);
        Assert.Equal(System.Net.HttpStatusCode.SeeOther, (await Interdiction.TargetPagesTests.ActAsync(overdue, target, "select")).StatusCode);
        // No post, or one that is not there, is said as such, whatever is overdue.
        foreach (var (post, code) in ((Guid, string)[])[(Guid.Empty, "post.none-chosen"), (Guid.NewGuid(), "post.unknown")])
        {
            posting = await (await host.SignedInAsync(Role.Administrator)).PostJsonAsync($"/api/people/{StaffHost.Of(Role.Officer)}/postings", new { post, reason = "Helps out." });
            Assert.Contains($"\"code\":\"{code}\"", await posting.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
    }

    static async Task<IReadOnlyList<Guid>> EligibleAsync(StaffHost host)
    {
        var opened = await (await host.SignedInAsync(StaffHost.Other(0))).PostJsonAsync("/api/cases", new { unit = StaffHost.Unit, offence = "060121", summary = "Came with a container.", parties = Array.Empty<object>() });
        Assert.True(opened.IsSuccessStatusCode, await opened.Content.ReadAsStringAsync());
        var matter = (await host.RecordAsync()).Last(r => r.Event is CaseOpened).Stream;
        await host.UntilAsync(r => r.Event is AssignmentRequested && r.Stream == matter);
        return (await host.RecordAsync()).Where(r => r.Stream == matter).Select(r => r.Event).OfType<AssignmentRequested>().First().Eligible;
    }

    // The first is the day of the first posting; then, by turns, when it ended and the next began.
    static Register Register(string days)
    {
        var (events, clock) = (new List<(IEvent, int)>(), Numbers(days));
        for (var i = 0; i < clock.Count; i++)
        {
            var posting = Staff.Id($"posting {i / 2}");
            if (i % 2 == 1) events.Add((new PostingEnded(posting), clock[i]));
            else events.AddRange([(new PostingProposed(Staff.Id($"posting {i / 2}"), Staff.Id("dina"), Staff.Id("desk")), clock[i]), (new PostingApproved(posting), clock[i])]);
        }

        var register = Probity.Access.Contract.Register.Initial;
        foreach (var (happened, day) in (IEnumerable<(IEvent, int)>)[(new UnitCreated(Staff.Id("unit"), null, "Unit", "U"), -500), (new PostCreated(Staff.Id("desk"), Staff.Id("unit"), "Desk", Role.Officer, null), -500), .. events])
            register = register.Apply(Recorded(happened, Probity.Access.Contract.Register.Stream, day));
        return register;
    }

    static Declarations Declared(string days) => Numbers(days).Aggregate(Declarations.Initial, (own, day) => Made(own, Guid.NewGuid(), day, null));

    static Declarations Made(Declarations own, Guid id, int day, Guid? corrects) => own.Apply(Recorded(
        new DeclarationMade(id, DeclarationKind.Yearly, DateOnly.FromDateTime(s_pack.AddDays(day).UtcDateTime), "USD", [], corrects, false, "default 1"), Declarations.StreamOf(Staff.Id("dina")), day));

    static Recorded Recorded(IEvent happened, StreamId stream, int day) => new(happened, EventTypes.NameOf(happened.GetType()), 0, stream, 1, s_pack.AddDays(day), null, new ActorId(Staff.Id("dina")));

    static List<int> Numbers(string days) => [.. days.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(d => int.Parse(d, System.Globalization.CultureInfo.InvariantCulture))];
}
