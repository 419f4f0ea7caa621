using Probity.Access.Contract;
using Probity.Ledger;
using Probity.Policies;
using Probity.Policies.Contract;
using Probity.Policies.Packs;
using Probity.Policies.Proposing;
using Probity.Shared.Record;
using Probity.Tests.Cases;

namespace Probity.Tests.Policies;

/// <summary>The packs that come with the program, and the decisions that put a version in force.</summary>
public sealed class PackTests
{
    static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    static readonly Register People = Staff.Agency().ToRegister();
    const string Why = "As the decree on vetting of 2025 has it.";

    static ProposePack.Proposal Ask(string? pack = "PA", string? reason = Why, params (PolicyRule Rule, int? Figure)[] set)
    {
        var figures = PolicyRules.All.ToDictionary(r => r.Key, r => (int?)r.Default);
        foreach (var (rule, figure) in set) figures[rule.Key] = figure;
        return new(pack, figures, reason);
    }

    static string Of(Decision decision) => decision switch
    {
        Decision.Refused r => r.Refusal.Code,
        Decision.Accepted a => string.Join(",", a.Filings.Select(f => f.Event.GetType().Name)),
        _ => throw new InvalidOperationException(),
    };

    static Actor As(string who) => Actor.From(People, Staff.Id(who), Now);

    static PolicyBook Book(params (IEvent Event, string By)[] events)
    {
        var (book, version) = (PolicyBook.Initial, 0);
        foreach (var (happened, by) in events)
            book = book.Apply(new Recorded(happened, EventTypes.NameOf(happened.GetType()), version, PolicyBook.Stream, ++version, Now, null, new ActorId(Staff.Id(by))));
        return book;
    }

    static PackProposed Proposed(params (PolicyRule Rule, int Figure)[] set) => new("PA", PolicyRules.All.ToDictionary(r => r.Key, r => set.Any(s => s.Rule == r) ? set.Single(s => s.Rule == r).Figure : r.Default), Why);

    [Fact]
    public void There_is_a_pack_for_each_country_of_the_programme_and_each_says_that_it_is_a_copy()
    {
        Assert.Equal(["default", "BR", "CO", "CV", "DO", "GH", "GW", "NG", "PA", "PE"], PackFile.All.Select(p => p.Pack));
        Assert.All(PackFile.All.Skip(1), p => Assert.Equal(Policy.DefaultPack, p.CopyOf));
        Assert.All(PackFile.All, p =>
        {
            Assert.All(p.Figures, f => Assert.True(PolicyRules.Find(f.Key)?.Takes(f.Value), $"{p.Pack}: {f.Key}"));
            Assert.Equal(PolicyRules.All.Select(r => r.Key).Order(StringComparer.Ordinal), p.Whole().Keys.Order(StringComparer.Ordinal));
        });
        Assert.All(PolicyRules.All, r => Assert.True(r.Takes(r.Default), r.Key));
    }

    [Theory]
    [InlineData("ines", nameof(PackProposed)), InlineData("ivo", nameof(PackProposed))]
    [InlineData("oscar", Bars.Role), InlineData("chief", Bars.Role), InlineData("ana", Bars.Role), InlineData("vera", Bars.Role), InlineData("root", Bars.Role), InlineData("maria", Bars.Role)]
    public void Integrity_asks(string who, string expected) => Assert.Equal(expected, Of(ProposePack.Decide(Ask(), PolicyBook.Initial, As(who), People, Now)));

    [Theory]
    [InlineData("oscar", nameof(PackAgreed)), InlineData("olga", nameof(PackAgreed))]
    [InlineData("ines", Bars.Role), InlineData("ivo", Bars.Role), InlineData("chief", Bars.Role), InlineData("root", Bars.Role)]
    public void An_overseer_agrees(string who, string expected) =>
        Assert.Equal(expected, Of(ProposePack.Decide(new ProposePack.Answer(true, null), Book((Proposed(), "ines")), As(who), People, Now)));

    [Fact]
    public void Nobody_agrees_to_what_they_asked_for_themselves()
    {
        var both = Staff.Agency().Hold("oscar", "post of ines").ToRegister();
        var oscar = Actor.From(both, Staff.Id("oscar"), Now);
        Assert.Equal(nameof(PackProposed), Of(ProposePack.Decide(Ask(), PolicyBook.Initial, oscar, both, Now)));
        Assert.Equal(Bars.Self, Of(ProposePack.Decide(new ProposePack.Answer(true, null), Book((Proposed(), "oscar")), oscar, both, Now)));
    }

    [Fact]
    public void What_cannot_be_is_refused_and_says_which_figure()
    {
        var rule = PolicyRules.QuizPassedAt;
        Assert.Equal(ProposePack.PackUnknown, Of(ProposePack.Decide(Ask("XX"), PolicyBook.Initial, As("ines"), People, Now)));
        Assert.Equal(PolicyTexts.ReasonMissing, Of(ProposePack.Decide(Ask(reason: " "), PolicyBook.Initial, As("ines"), People, Now)));
        Assert.Equal(PolicyTexts.ReasonTooShort, Of(ProposePack.Decide(Ask(reason: "law"), PolicyBook.Initial, As("ines"), People, Now)));
        foreach (var figure in (int?[])[null, rule.Least - 1, rule.Most + 1])
        {
            var asked = Ask(set: (rule, figure));
            Assert.Equal(ProposePack.FigureWrong, Of(ProposePack.Decide(asked, PolicyBook.Initial, As("ines"), People, Now)));
            Assert.Equal([rule], ProposePack.Wrong(asked));
        }

        Assert.Equal(nameof(PackProposed), Of(ProposePack.Decide(Ask(set: (rule, rule.Most)), PolicyBook.Initial, As("ines"), People, Now)));
        Assert.Equal(ProposePack.Waiting, Of(ProposePack.Decide(Ask(), Book((Proposed(), "ines")), As("ivo"), People, Now)));
        Assert.Equal(ProposePack.Same, Of(ProposePack.Decide(Ask(), Book((Proposed(), "ines"), (new PackAgreed(), "oscar")), As("ivo"), People, Now)));
        Assert.Equal(ProposePack.Nothing, Of(ProposePack.Decide(new ProposePack.Answer(true, null), PolicyBook.Initial, As("oscar"), People, Now)));
        Assert.Equal(PolicyTexts.ReasonMissing, Of(ProposePack.Decide(new ProposePack.Answer(false, ""), Book((Proposed(), "ines")), As("oscar"), People, Now)));
    }

    [Fact]
    public void A_version_holds_when_it_was_agreed_to_and_the_one_before_is_kept()
    {
        var rule = PolicyRules.SensitiveHolds;
        var book = Book((Proposed(), "ines"));
        Assert.Equal(("default 0", rule.Default), (book.InForce.Label, book.InForce.Of(rule)));
        book = Book((Proposed(), "ines"), (new PackAgreed(), "oscar"), (Proposed((rule, 60)), "ines"), (new PackReturned("Not yet: the decree is not in force."), "olga"));
        Assert.Equal(("PA 1", rule.Default, (object?)null), (book.InForce.Label, book.InForce.Of(rule), book.Asked));
        book = Book((Proposed(), "ines"), (new PackAgreed(), "oscar"), (Proposed((rule, 60)), "ines"), (new PackAgreed(), "olga"));
        Assert.Equal(("PA 2", 60), (book.InForce.Label, book.InForce.Of(rule)));
        Assert.Equal(rule.Default, book.Versions[0].Policy.Of(rule));
        Assert.Equal((Staff.Id("ines"), Staff.Id("olga")), (book.Versions[1].AskedBy, book.Versions[1].AgreedBy));
    }

    [Theory]
    [InlineData("2026-02-27", 1, "2026-03-02"), InlineData("2026-02-28", 1, "2026-03-02"), InlineData("2026-02-25", 5, "2026-03-04"), InlineData("2026-03-02", 0, "2026-03-02")]
    public void Working_days_leave_out_the_weekend(string start, int days, string end) =>
        Assert.Equal(Day(end), WorkingDays.After(Day(start), days));

    static DateTimeOffset Day(string day) => new(DateTime.Parse(day, System.Globalization.CultureInfo.InvariantCulture), TimeSpan.Zero);

    [Fact]
    public void A_period_ends_as_its_rule_counts()
    {
        Assert.Equal(Now.AddDays(30), Policy.Unchosen.After(PolicyRules.CodeAcknowledgedWithin, Now));
        Assert.Equal(Now.AddMonths(84), Policy.Unchosen.After(PolicyRules.SensitiveHolds, Now));
        Assert.Equal(Now.AddDays(7), Policy.Unchosen.After(PolicyRules.GiftDeclaredWithin, Now));
        Assert.Throws<ArgumentException>(() => Policy.Unchosen.After(PolicyRules.QuizPassedAt, Now));
        Assert.All(PolicyRules.All, r => Assert.True(r.IsLooser(r.Stricter == Stricter.Lower ? r.Default + 1 : r.Default - 1, r.Default)));
    }
}
