using System.Text;
using Probity.Access.Contract;
using Probity.Ledger;
using Probity.Reports.Contract;
using Probity.Reports.Exchanging;
using Probity.Reports.Keys;
using Probity.Shared.Record;
using Probity.Tests.Cases;

namespace Probity.Tests.Reports;

/// <summary>Who may do what with the exchange, and what comes of it, without a store.</summary>
public sealed class ExchangeDecideTests
{
    const string Why = "The disk has died; the ombudsman saw it.";
    static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    static readonly string[] Everybody = ["chief", "ana", "keeper", "paula", "vera", "ines", "ivo", "igor", "oscar", "olga", "maria", "sara", "root", "judith", "rita"];

    readonly Register _register = Staff.Agency().ToRegister();
    ExchangeState _state = ExchangeState.Initial;

    ExchangeFacts As(string who, string? named = null, long held = 5) => new(_state, Actor.From(_register, Staff.Id(who), Now), named, held);

    void Happen(string who, IEvent happened) =>
        _state = _state.Apply(new Recorded(happened, "", _state.Version, ExchangeState.Stream, _state.Version + 1, Now, null, new ActorId(Staff.Id(who)), default));

    string Take(string who, Decision decision)
    {
        if (decision is Decision.Refused refused) return refused.Refusal.Code;
        foreach (var filing in ((Decision.Accepted)decision).Filings) Happen(who, filing.Event);
        return "";
    }

    string Answer(string who, bool? agrees = true, string? reason = null, string? named = null) => Take(who, ChangeExchange.Decide(new ChangeExchange.Answer(agrees, reason), As(who, named)));

    // One line for each row of the table; oscar asked for what is answered.
    [Theory]
    [InlineData(nameof(ExchangeAction.See), "ines ivo oscar olga")]
    [InlineData(nameof(ExchangeAction.Resume), "oscar olga")]
    [InlineData(nameof(ExchangeAction.LookInto), "oscar olga")]
    [InlineData(nameof(ExchangeAction.AskPassing), "oscar olga")]
    [InlineData(nameof(ExchangeAction.AnswerPassing), "ines ivo olga")]
    [InlineData(nameof(ExchangeAction.AskReplacing), "oscar olga")]
    [InlineData(nameof(ExchangeAction.AnswerReplacing), "ines ivo olga")]
    public void Each_action_is_for_those_of_its_row_and_nobody_agrees_to_what_they_asked(string action, string allowed)
    {
        var asked = new AskedAct(Staff.Id("oscar"), Now, Why, 17, null);
        Assert.Equal(allowed, string.Join(' ', Everybody.Where(who => ExchangeAccess.Refuses(Enum.Parse<ExchangeAction>(action), Actor.From(_register, Staff.Id(who), Now), asked) is null)));
    }

    [Fact]
    public void A_row_that_is_not_there_is_denied() =>
        Assert.NotNull(ExchangeAccess.Refuses((ExchangeAction)99, Actor.From(_register, Staff.Id("oscar"), Now)));

    [Fact]
    public void Passing_a_record_over_takes_two_and_only_what_is_proved_to_be_of_no_use_or_gone_can_be()
    {
        string Ask(string who, string? why = Why) => Take(who, ChangeExchange.Decide(new ChangeExchange.AskPassing(why), As(who)));
        Assert.Equal(ChangeExchange.NotToPass, Ask("oscar"));
        foreach (var never in (string[])[FetchedRecords.Unproved, FetchedRecords.Forked, FetchedRecords.Shrunk, FetchedRecords.Gap, FetchedRecords.OtherRecord])
        {
            Happen("root", new ExchangeStopped(never, 17));
            Assert.Equal(ChangeExchange.NotToPass, Ask("oscar"));
        }

        Happen("root", new ExchangeStopped(FetchedRecords.UnknownBook, 17));
        Assert.Equal((Bars.Role, ChangeKeys.ReasonMissing), (Ask("ines"), Ask("oscar", " ")));
        Assert.Equal(("", ChangeExchange.AskedAlready), (Ask("oscar"), Ask("olga")));
        Assert.Equal((ExchangeAccess.Own, Bars.Role, ChangeExchange.NotAsked, ChangeKeys.ReasonMissing), (Answer("oscar"), Answer("ana"), Answer("ines", null), Answer("ines", false)));
        Assert.Equal("", Answer("ines", false, "Nobody has looked at that machine."));
        Assert.True(_state is { Asked: null, Stopped: not null } && _state.Passed.IsEmpty);
        Assert.Equal(("", ""), (Ask("oscar"), Answer("olga")));
        Assert.True(_state is { Asked: null, Stopped: null } && _state.Passed.Contains(17));
        Assert.Equal(ChangeExchange.NotAsked, Answer("ines"));
    }

    [Fact]
    public void One_overseer_lets_it_go_on_which_gives_nothing_up()
    {
        Assert.Equal(ChangeExchange.NotStopped, Take("oscar", ChangeExchange.Decide(new ChangeExchange.Resume(Why), As("oscar"))));
        Happen("root", new ExchangeStopped(FetchedRecords.UnknownBook, 17));
        Assert.Equal("", Take("oscar", ChangeExchange.Decide(new ChangeExchange.AskPassing(Why), As("oscar"))));
        Assert.Equal("", Take("oscar", ChangeExchange.Decide(new ChangeExchange.Resume(Why), As("oscar"))));
        Assert.True(_state is { Stopped: null, Asked: null } && _state.Passed.IsEmpty);
        Assert.Equal(ChangeExchange.NothingReturned, Take("oscar", ChangeExchange.Decide(new ChangeExchange.LookInto(Why), As("oscar"))));
        // As it was recorded when one overseer passed a record over.
        Happen("oscar", new ExchangeResumed(Why, 9));
        Assert.Contains(9, _state.Passed);
    }

    [Fact]
    public void Another_machine_is_taken_up_by_two_and_the_last_of_the_old_one_stays_on_the_record()
    {
        string Ask(string who, string? named) => Take(who, ChangeExchange.Decide(new ChangeExchange.AskReplacing(Why), As(who, named)));
        Happen("root", new IntakeNamed("first+1+a"));
        Happen("root", new IntakeCheckpointKept("the note"));
        Assert.Equal(ChangeExchange.NotAnother, Ask("oscar", "second+1+a"));
        Happen("root", new ExchangeStopped(FetchedRecords.OtherRecord));
        Assert.Equal((ChangeExchange.NotAnother, ChangeExchange.NotAnother, Bars.Role), (Ask("oscar", null), Ask("oscar", "first+1+a"), Ask("ines", "second+1+a")));
        Assert.Equal("", Ask("oscar", "second+1+a"));
        // The key that was asked for, by somebody else.
        Assert.Equal((ChangeExchange.NotAnother, ExchangeAccess.Own), (Answer("ines", named: "third+1+a"), Answer("oscar", named: "second+1+a")));
        Assert.Equal("", Answer("ines", named: "second+1+a"));
        Assert.Equal(new EarlierRecord("first+1+a", "the note", 5, Now), Assert.Single(_state.Earlier));
        Assert.Equal(("second+1+a", null, null, RecordPlace.Of(1, 0)), (_state.Key, _state.Checkpoint, _state.Stopped, _state.First));
        Assert.Equal((1, 7L), (RecordPlace.RecordOf(_state.First + 7), RecordPlace.NumberOf(_state.First + 7)));
        // Nobody goes back to the one that was given up.
        Happen("root", new ExchangeStopped(FetchedRecords.OtherRecord));
        Assert.Equal(ChangeExchange.NotAnother, Ask("oscar", "first+1+a"));
    }

    [Fact]
    public void One_overseer_does_not_let_it_go_on_with_another_machine_in_the_file()
    {
        string Resume(string? named) => Take("oscar", ChangeExchange.Decide(new ChangeExchange.Resume(Why), As("oscar", named)));
        Happen("root", new IntakeNamed("first+1+a"));
        Happen("root", new ExchangeStopped(FetchedRecords.OtherRecord));
        foreach (var named in (string?[])[null, "second+1+a"])
        {
            Assert.Equal(FetchedRecords.OtherRecord, Resume(named));
            Assert.Equal(named is null ? "" : "replace", string.Join(' ', ShowExchange.MayOf(As("oscar", named))));
        }

        Assert.True(_state.Stopped is not null);
        // Once it names the old one again; for what else it stopped, whatever it names.
        Assert.Equal((true, ""), (ShowExchange.MayOf(As("oscar", "first+1+a")).Contains("resume"), Resume("first+1+a")));
        Happen("root", new ExchangeStopped(FetchedRecords.Shrunk));
        Assert.Equal("", Resume(null));
    }

    [Fact]
    public void A_side_with_which_nothing_was_ever_compared_is_silent_two_days_after_it_was_named()
    {
        Assert.False(ExchangeNextSteps.IsSilent(_state, Now.AddDays(9)));
        Happen("root", new IntakeNamed("first+1+a"));
        Assert.Equal((false, true), (ExchangeNextSteps.IsSilent(_state, Now.AddDays(1)), ExchangeNextSteps.IsSilent(_state, Now.AddDays(2))));
        Happen("root", new IntakeCheckpointKept("the note"));
        Assert.Equal((false, true), (ExchangeNextSteps.IsSilent(_state, Now.AddDays(1)), ExchangeNextSteps.IsSilent(_state, Now.AddDays(2))));
    }

    [Fact]
    public void All_is_well_where_the_last_exchange_was_whole_all_was_compared_and_nothing_waits()
    {
        var whole = new ExchangeStanding(Now, null, null);
        Assert.False(ExchangeNextSteps.IsWell(_state, whole, Now));
        Happen("root", new ExchangeCompared(5, 0));
        Happen("root", new IntakeCheckpointKept("the note"));
        Assert.True(ExchangeNextSteps.IsWell(_state, whole, Now));
        Assert.False(ExchangeNextSteps.IsWell(_state, whole with { Failed = Now }, Now) || ExchangeNextSteps.IsWell(_state, new(null, null, null), Now) || ExchangeNextSteps.IsWell(_state, whole, Now.AddDays(2)));
        Happen("root", new RecordsReturned([new RecordRange(2, 2)], 0));
        Assert.False(ExchangeNextSteps.IsWell(_state, whole, Now));
        Happen("oscar", new ReturnLookedInto(Why));
        Assert.True(ExchangeNextSteps.IsWell(_state, whole, Now));
        Happen("root", new ExchangeStopped(FetchedRecords.NoDeposit, 3));
        Assert.False(ExchangeNextSteps.IsWell(_state, whole, Now));
    }

    [Fact]
    public void What_is_removed_is_known_to_whoever_has_it_alone()
    {
        var (report, leaf, marks) = (Guid.NewGuid(), Encoding.UTF8.GetBytes("a leaf"), new RemovalMarks(new byte[32]));
        var erased = ErasedReports.Initial with { Marks = [marks.OfReport(report), marks.OfLeaf(leaf)] };
        Assert.True(new KnownRemovals(erased, marks) is var known && known.KnowsReport(report) && known.KnowsRecord(leaf));
        Assert.False(known.KnowsReport(Guid.NewGuid()) || known.KnowsRecord("another leaf"u8));
        // Whoever has the entries and not the key cannot tell, though they have the report.
        Assert.False(new KnownRemovals(erased, new RemovalMarks([.. new byte[31], 1])) is var other && (other.KnowsReport(report) || other.KnowsRecord(leaf)));
    }
}
