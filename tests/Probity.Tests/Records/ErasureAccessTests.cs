using Probity.Access.Contract;
using Probity.Records;
using Probity.Records.Contract;
using Probity.Records.Deciding;
using Probity.Records.Holding;
using Probity.Records.Performing;
using Probity.Records.Proposing;
using Probity.Shared.Record;
using Probity.Tests.Cases;

namespace Probity.Tests.Records;

/// <summary>Who may have something erased or kept, and what is decided then, without web or record.</summary>
public sealed class ErasureAccessTests
{
    static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    static readonly Guid Subject = Staff.Id("subject");

    static readonly Dictionary<char, RecordsAction> Letters = new()
    {
        ['V'] = RecordsAction.View, ['P'] = RecordsAction.Propose, ['A'] = RecordsAction.Approve, ['R'] = RecordsAction.Refuse,
        ['H'] = RecordsAction.PlaceHold, ['E'] = RecordsAction.ReleaseHold,
    };

    // What each role may do about a case in which it has no part, as its prosecutor, as who asked, as who worked in it; and about a person.
    [Theory]
    [InlineData("Commander", "", "", "", "", ""), InlineData("Officer", "", "", "", "", ""), InlineData("Custodian", "", "", "", "", "")]
    [InlineData("Prosecutor", "", "VHE", "", "", "VHE")]
    [InlineData("Vetting", "", "", "", "", ""), InlineData("Investigator", "", "", "", "", ""), InlineData("Monitor", "", "", "", "", "")]
    [InlineData("Secretariat", "", "", "", "", ""), InlineData("Administrator", "", "", "", "", "")]
    [InlineData("Analyst", "", "", "", "", ""), InlineData("Judge", "", "", "", "", ""), InlineData("Registry", "", "", "", "", "")]
    [InlineData("Integrity", "VPAR", "VPAR", "VP", "V", "VPAR")]
    [InlineData("Overseer", "VARHE", "VARHE", "VHE", "VHE", "VARHE")]
    public void The_table_of_roles_relations_and_actions(string role, string none, string prosecutor, string proposer, string worked, string person)
    {
        var me = Staff.Id("somebody");
        Check(none, Of(Matter()));
        Check(prosecutor, Of(Matter() with { Prosecutor = me }));
        Check(proposer, Of(Matter(), me));
        Check(worked, Of(Matter() with { Worked = [me] }));
        Check(person, Of(Person()));

        ErasureFacts Of(ErasureSubject subject, Guid? by = null)
        {
            var register = new Staff().Unit("agency", "AGE").Post("somebody", "agency", Enum.Parse<Role>(role)).ToRegister();
            return new ErasureFacts(Asked(by), subject, Actor.From(register, me, Now), register, Now);
        }

        void Check(string expected, ErasureFacts facts)
        {
            foreach (var (letter, action) in Letters)
                Assert.True(expected.Contains(letter) == (ErasureAccess.Refuses(action, facts) is null), $"{role}, {action}, {expected}");
        }
    }

    [Fact]
    public void Whoever_declared_a_conflict_neither_sees_it_nor_decides_about_it()
    {
        foreach (var action in Enum.GetValues<RecordsAction>())
            Assert.Equal(Bars.Declared, Refused(action, "oscar", Matter() with { Walled = [Staff.Id("oscar")] }));
    }

    [Fact]
    public void Nobody_decides_about_themselves_their_chain_or_what_they_asked_for()
    {
        Assert.Equal(Bars.Self, Refused(RecordsAction.Approve, "ines", Person() with { Id = Staff.Id("ines"), People = [Staff.Id("ines")], Hidden = [Staff.Id("ines")] }));
        Assert.Equal(Bars.Self, Refused(RecordsAction.View, "ines", Matter() with { People = [Staff.Id("ines")], Hidden = [Staff.Id("ines")] }));
        // Named in it as a witness: seen, and not decided.
        Assert.Null(Refused(RecordsAction.View, "ines", Matter() with { People = [Staff.Id("ines")] }));
        Assert.Equal(Bars.Self, Refused(RecordsAction.Propose, "ines", Matter() with { People = [Staff.Id("ines")] }));

        var register = Staff.Agency().ToRegister();
        var refusal = ErasureAccess.Refuses(
            RecordsAction.Approve, new ErasureFacts(Asked(Staff.Id("oscar")), Matter() with { Worked = [Staff.Id("olga")] }, Actor.From(register, Staff.Id("oscar"), Now), register, Now));
        Assert.Equal(Bars.EarlierRole, refusal!.Code);
        Assert.Equal(nameof(Role.Integrity), refusal.Reroute!.Role);
    }

    [Fact]
    public void A_hold_wins_at_each_step_and_stops_what_was_approved()
    {
        var held = Erasure.Initial with { Holds = Erasure.Initial.Holds.Add(Subject, new Hold(Subject, "", "", Subject, Now)) };
        Assert.Equal("records.held", Code(ProposeErasure.Decide(new(SubjectKind.Matter, Subject, "Law 7", "Too old by now."), With(held))));
        Assert.Equal("records.held", Code(ApproveErasure.Decide(new(SubjectKind.Matter, Subject, null), With(held with { Stage = ErasureStage.Proposed }))));
        var stopped = Assert.IsType<Decision.Accepted>(PerformErasure.Decide(With(held with { Stage = ErasureStage.Approved })));
        Assert.Empty(stopped.Erases);
        Assert.Equal(new ErasureStopped("records.held"), Assert.Single(stopped.Filings).Event);
    }

    [Fact]
    public void What_was_approved_and_nothing_holds_is_erased_once()
    {
        var done = Assert.IsType<Decision.Accepted>(PerformErasure.Decide(With(Asked(null) with { Stage = ErasureStage.Approved })));
        Assert.Contains(new Ledger.CompartmentId(Subject), done.Erases);
        Assert.DoesNotContain(done.Filings, filing => done.Erases.Contains(filing.Compartment ?? new Ledger.CompartmentId(filing.Stream.Value)));
        foreach (var stage in Enum.GetValues<ErasureStage>().Where(s => s != ErasureStage.Approved))
            Assert.Empty(Assert.IsType<Decision.Accepted>(PerformErasure.Decide(With(Asked(null) with { Stage = stage }))).Filings);
    }

    [Theory]
    [InlineData("", "A reason.", "records.basis-missing"), InlineData("Law 7", "  ", "records.reason-missing"), InlineData("Law 7", "…", "records.reason-missing")]
    [InlineData("Law\n7", "A reason.", "records.characters"), InlineData("Law 7", "A \u202e reason.", "records.characters")]
    public void A_proposal_and_a_hold_say_what_for(string basis, string reason, string code)
    {
        Assert.Equal(code, Code(ProposeErasure.Decide(new(SubjectKind.Matter, Subject, basis, reason), With(Erasure.Initial))));
        Assert.Equal(code, Code(PlaceHold.Decide(new(SubjectKind.Matter, Subject, Subject, basis, reason), With(Erasure.Initial))));
    }

    [Theory]
    [InlineData(nameof(ErasureStage.Proposed), "records.pending"), InlineData(nameof(ErasureStage.Approved), "records.pending")]
    [InlineData(nameof(ErasureStage.Performed), "records.erased"), InlineData(nameof(ErasureStage.Finished), "records.erased")]
    [InlineData(nameof(ErasureStage.Refused), null), InlineData(nameof(ErasureStage.Stopped), null)]
    public void One_erasure_of_a_subject_runs_at_a_time(string stage, string? code) =>
        Assert.Equal(code, Code(ProposeErasure.Decide(new(SubjectKind.Matter, Subject, "Law 7", "Too old by now."), With(Asked(null) with { Stage = Enum.Parse<ErasureStage>(stage) }))));

    [Fact]
    public void What_may_not_be_erased_yet_is_not_proposed_and_not_performed()
    {
        var open = With(Asked(null) with { Stage = ErasureStage.Approved }, Matter() with { NotYet = ErasureSubject.CaseOpen });
        Assert.Equal(new ErasureStopped("records.case-open"), Assert.Single(Assert.IsType<Decision.Accepted>(PerformErasure.Decide(open)).Filings).Event);
    }

    [Fact]
    public void What_somebody_has_still_stands_in_the_way_at_each_step_and_says_so()
    {
        var held = Matter() with { Things = 3 };
        Assert.Equal("records.things-held", Code(ProposeErasure.Decide(new(SubjectKind.Matter, Subject, "Law 7", "Too old by now."), With(Erasure.Initial, held))));
        Assert.Equal("records.things-held", Code(ApproveErasure.Decide(new(SubjectKind.Matter, Subject, null), With(Asked(null), held))));
        var stopped = Assert.IsType<Decision.Accepted>(PerformErasure.Decide(With(Asked(null) with { Stage = ErasureStage.Approved }, held)));
        Assert.Empty(stopped.Erases);
        Assert.Equal(new ErasureStopped("records.things-held"), Assert.Single(stopped.Filings).Event);
        // What the law wants kept, and that the case is open, is said first.
        Assert.Equal("records.case-open", ProposeErasure.StandsInTheWay(With(Erasure.Initial, held with { NotYet = ErasureSubject.CaseOpen })));
    }

    static string? Code(Decision decision) => (decision as Decision.Refused)?.Refusal.Code;

    static ErasureSubject Matter() => new(SubjectKind.Matter, Subject, true, null, [], [], [], null);

    static ErasureSubject Person() => new(SubjectKind.Person, Subject, true, null, [Subject], [Subject], [], null);

    static Erasure Asked(Guid? by) => Erasure.Initial with { Stage = ErasureStage.Proposed, Kind = SubjectKind.Matter, Subject = Subject, ProposedBy = by ?? Staff.Id("other") };

    static ErasureFacts With(Erasure erasure, ErasureSubject? subject = null)
    {
        var register = Staff.Agency().ToRegister();
        return new ErasureFacts(erasure, subject ?? Matter(), Actor.From(register, Staff.Id("ines"), Now), register, Now);
    }

    static string? Refused(RecordsAction action, string person, ErasureSubject subject)
    {
        var register = Staff.Agency().ToRegister();
        return ErasureAccess.Refuses(action, new ErasureFacts(Asked(null), subject, Actor.From(register, Staff.Id(person), Now), register, Now))?.Code;
    }
}
