using Probity.Access.Contract;
using Probity.Procedures;
using Probity.Procedures.Beginning;
using Probity.Procedures.Contract;
using Probity.Procedures.Drafting;
using Probity.Procedures.Publishing;
using Probity.Procedures.Reviewing;
using Probity.Shared.Record;
using Probity.Tests.Cases;

namespace Probity.Tests.Procedures.Sops;

/// <summary>Who may do what with a procedure, and what is decided then, without web or record.</summary>
public sealed class SopAccessTests
{
    static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    const string Why = "Two people weigh from now on.";

    static readonly Dictionary<SopAction, char> Letters = new()
    {
        [SopAction.View] = 'V', [SopAction.ViewDrafts] = 'W', [SopAction.Draft] = 'D', [SopAction.Review] = 'R', [SopAction.Approve] = 'A', [SopAction.PutInForce] = 'F',
    };

    //                      no part     author   reviewer  of the author's chain
    [Theory]
    [InlineData("Commander", "VWDAF", "VWD", "VWDF", "VWDF"), InlineData("Integrity", "VWDR", "VWD", "VWDR", "VWD"), InlineData("Overseer", "VWAF", "VW", "VWF", "VWF")]
    [InlineData("Officer", "V", "V", "V", "V"), InlineData("Custodian", "V", "V", "V", "V"), InlineData("Prosecutor", "V", "V", "V", "V"), InlineData("Vetting", "V", "V", "V", "V")]
    [InlineData("Investigator", "V", "V", "V", "V"), InlineData("Monitor", "", "", "", ""), InlineData("Secretariat", "", "", "", ""), InlineData("Administrator", "", "", "", "")]
    [InlineData("Analyst", "", "", "", ""), InlineData("Judge", "", "", "", ""), InlineData("Registry", "", "", "", "")]
    public void The_table_of_roles_relations_and_actions(string role, string none, string author, string reviewer, string chain)
    {
        var me = Staff.Id("somebody");
        Check(none, Version(Staff.Id("author")), "author");
        Check(author, Version(me), "author");
        Check(reviewer, Version(Staff.Id("author")) with { Reviewer = me }, "author");
        Check(chain, Version(Staff.Id("below")), "below");

        void Check(string expected, SopVersion version, string other)
        {
            var register = new Staff().Unit("agency", "AGE").Post("somebody", "agency", Enum.Parse<Role>(role)).Post("author", "agency", Role.Commander).Post("below", "agency", Role.Commander, "somebody").ToRegister();
            foreach (var (action, letter) in Letters)
            {
                var refusal = SopAccess.Refuses(action, Actor.From(register, me, Now), version, register, Now);
                Assert.True(expected.Contains(letter) == refusal is null, $"{role}, {other}, {action}: {refusal?.Code}");
            }
        }
    }

    [Fact]
    public void Who_may_not_is_told_who_may()
    {
        var register = Staff.Agency().ToRegister();
        var refusal = SopAccess.Refuses(SopAction.Review, Actor.From(register, Staff.Id("ines"), Now), Version(Staff.Id("ines")), register, Now)!;
        Assert.Equal(Bars.EarlierRole, refusal.Code);
        Assert.Equal([Staff.Id("ivo")], refusal.Reroute!.People);
        // The chief is of nobody's chain here; the officers' own commander would approve what an officer drew only through the overseer.
        Assert.Equal(Bars.Superior, SopAccess.Refuses(SopAction.Approve, Actor.From(register, Staff.Id("chief"), Now), Version(Staff.Id("ana")), register, Now)!.Code);
    }

    [Fact]
    public void A_version_goes_from_hand_to_hand_and_never_past_one()
    {
        var open = Version(Staff.Id("chief"));
        CaseHouse.Refused("procedures.not-submitted", ReviewRisk.Decide(new(HouseProcedures.CasesSop, 2, Why), Facts(open)));
        Assert.Equal(new DraftSubmitted(open.Id), CaseHouse.Accepted(SubmitDraft.Decide(Facts(open))));
        var submitted = open with { Submitted = true };
        CaseHouse.Refused("procedures.no-draft", SubmitDraft.Decide(Facts(submitted)));
        CaseHouse.Refused("procedures.no-draft", ChangeDraft.Decide(new(HouseProcedures.CasesSop, 2, Drawn, Why), Facts(submitted)));
        CaseHouse.Refused("procedures.reason-missing", ReviewRisk.Decide(new(HouseProcedures.CasesSop, 2, "Fine"), Facts(submitted)));
        Assert.Equal(new RiskReviewed(open.Id, Why), CaseHouse.Accepted(ReviewRisk.Decide(new(HouseProcedures.CasesSop, 2, Why), Facts(submitted))));
        CaseHouse.Refused("procedures.not-reviewed", ApproveVersion.Decide(new(HouseProcedures.CasesSop, 2, null), Facts(submitted)));
        var reviewed = submitted with { Reviewer = Staff.Id("ines") };
        Assert.Equal(new VersionApproved(open.Id), CaseHouse.Accepted(ApproveVersion.Decide(new(HouseProcedures.CasesSop, 2, " "), Facts(reviewed))));
        CaseHouse.Refused("procedures.not-approved", PublishVersion.Decide(new(HouseProcedures.CasesSop, 2, null), Facts(reviewed)));
        var approved = reviewed with { Approver = Staff.Id("oscar") };
        Assert.Equal(new PutInForce(open.Id, Now), CaseHouse.Accepted(PublishVersion.Decide(new(HouseProcedures.CasesSop, 2, null), Facts(approved))));
        Assert.Equal(new PutInForce(open.Id, Now.AddDays(3)), CaseHouse.Accepted(PublishVersion.Decide(new(HouseProcedures.CasesSop, 2, Now.AddDays(3)), Facts(approved))));
        CaseHouse.Refused("procedures.from-in-the-past", PublishVersion.Decide(new(HouseProcedures.CasesSop, 2, Now.AddSeconds(-1)), Facts(approved)));
        CaseHouse.Refused("procedures.from-too-far", PublishVersion.Decide(new(HouseProcedures.CasesSop, 2, Now.AddDays(400)), Facts(approved)));
        var scheduled = approved with { From = Now.AddDays(3) };
        CaseHouse.Refused("procedures.not-approved", PublishVersion.Decide(new(HouseProcedures.CasesSop, 2, null), Facts(scheduled)));
        Assert.Equal(new VersionReturned(open.Id, Why), CaseHouse.Accepted(ReturnVersion.Decide(new(HouseProcedures.CasesSop, 2, Why), Facts(scheduled))));
        CaseHouse.Refused("procedures.nothing-to-return", ReturnVersion.Decide(new(HouseProcedures.CasesSop, 2, Why), Facts(approved with { From = Now })));
        CaseHouse.Refused("procedures.nothing-to-return", ReturnVersion.Decide(new(HouseProcedures.CasesSop, 2, Why), Facts(open)));
    }

    [Fact]
    public void A_draft_is_a_copy_with_reasons_and_there_are_not_too_many()
    {
        var facts = Facts(Version(Staff.Id("chief")));
        var drafted = Assert.IsType<VersionDrafted>(CaseHouse.Accepted(DraftVersion.Decide(new(HouseProcedures.CasesSop, 2, Guid.Empty, Why), facts)));
        Assert.Equal((3, 2, facts.At!.Drawing), (drafted.Number, drafted.BasedOn, drafted.Drawing));
        CaseHouse.Refused("procedures.reason-missing", DraftVersion.Decide(new(HouseProcedures.CasesSop, 2, Guid.Empty, " "), facts));
        var many = facts with { Sop = facts.Sop with { Versions = [.. Enumerable.Range(1, 10).Select(n => Version(Staff.Id("chief")) with { Number = n })] } };
        CaseHouse.Refused("procedures.too-many-drafts", DraftVersion.Decide(new(HouseProcedures.CasesSop, 2, Guid.Empty, Why), many));
        // Saving what is there already is no entry.
        Assert.Empty(Assert.IsType<Decision.Accepted>(ChangeDraft.Decide(new(HouseProcedures.CasesSop, 2, Drawn, Why), Facts(Version(Staff.Id("chief")) with { Drawing = Drawn.Bpmn }))).Filings);
        CaseHouse.Refused("procedures.drawing-unreadable", ChangeDraft.Decide(new(HouseProcedures.CasesSop, 2, SopDrawings.Take("<a/>"), Why), facts));
        CaseHouse.Refused("procedures.cases-are-governed", BeginSop.Decide(new(Guid.Empty, Guid.Empty, "Cases", SopKind.Cases, Why), Drawn));
        CaseHouse.Refused("procedures.title-missing", BeginSop.Decide(new(Guid.Empty, Guid.Empty, " ", SopKind.Other, Why), Drawn));
    }

    [Fact]
    public void Whoever_drew_a_drawing_answers_for_it_also_where_another_files_it()
    {
        var (chief, ines) = (Staff.Id("chief"), Staff.Id("ines"));
        var at = 0;
        var sop = Sop.Initial;
        Play(ines, new SopBegun("Weighing", SopKind.Other), new VersionDrafted(V(1), 1, null, "<first/>", Why), new PutInForce(V(1), Now));
        // The chief draws; nobody has looked at it when another begins with a copy of it.
        Play(chief, new VersionDrafted(V(2), 2, 1, "<first/>", Why), new DraftChanged(V(2), "<drawn/>", Why));
        Play(ines, new VersionDrafted(V(3), 3, 2, "<drawn/>", Why));
        Bars3(true);
        // Changed a little, it is the chief's in part all the same.
        Play(ines, new DraftChanged(V(3), "<drawn by='two'/>", Why));
        Bars3(true);
        // Begun from what is in force, and then uploaded word for word.
        Play(ines, new VersionReturned(V(3), Why), new VersionDrafted(V(4), 4, 1, "<first/>", Why), new DraftChanged(V(4), "<own/>", Why));
        Assert.False(sop.Numbered(4)!.IsDrawnBy(chief));
        Play(ines, new DraftChanged(V(4), "<drawn/>", Why));
        Assert.True(sop.Numbered(4)!.IsDrawnBy(chief));
        Play(ines, new DraftChanged(V(4), "<own/>", Why));
        Assert.False(sop.Numbered(4)!.IsDrawnBy(chief));
        // What three have answered for is nobody's any more, once it is drawn further; what was replaced is its authors' again.
        Play(chief, new PutInForce(V(2), Now.AddDays(1)));
        at += 2 * 24 * 60;
        Play(ines, new VersionDrafted(V(5), 5, 2, "<drawn/>", Why), new DraftChanged(V(5), "<further/>", Why), new VersionDrafted(V(6), 6, 1, "<first/>", Why));
        Assert.False(sop.Numbered(5)!.IsDrawnBy(chief));
        Play(chief, new VersionDrafted(V(7), 7, 1, "<first/>", Why));
        Assert.True(sop.Numbered(7)!.IsDrawnBy(ines));

        void Bars3(bool barred)
        {
            var version = sop.Numbered(3)!;
            var register = Staff.Agency().ToRegister();
            foreach (var action in (SopAction[])[SopAction.Approve, SopAction.PutInForce])
                Assert.Equal(barred ? Bars.EarlierRole : null, SopAccess.Refuses(action, Actor.From(register, chief, Now), version, register, Now)?.Code);
        }

        void Play(Guid by, params IEvent[] events)
        {
            foreach (var happened in events)
            {
                sop = sop.Apply(new Recorded(
                    happened, EventTypes.NameOf(happened.GetType()), at, new Probity.Ledger.StreamId(Staff.Id("sop")), at + 1, Now.AddMinutes(at), null, new Probity.Ledger.ActorId(by)));
                at++;
            }
        }

        static Guid V(int number) => Staff.Id($"version {number}");
    }

    [Fact]
    public void The_version_in_force_is_the_one_whose_time_came_last()
    {
        var house = Version(Guid.Empty) with { Number = 1, From = DateTimeOffset.MinValue };
        var second = Version(Guid.Empty) with { Id = Guid.NewGuid(), Number = 2, From = Now, Approver = Guid.Empty };
        var third = Version(Guid.Empty) with { Id = Guid.NewGuid(), Number = 3, From = Now.AddDays(2), Approver = Guid.Empty };
        var sop = Sop.Initial with { Versions = [house, second, third] };
        Assert.Equal(1, sop.InForceAt(Now.AddTicks(-1))!.Number);
        Assert.Equal(2, sop.InForceAt(Now)!.Number);
        Assert.Equal(3, sop.InForceAt(Now.AddDays(2))!.Number);
        Assert.Equal([SopStage.Superseded, SopStage.Effective, SopStage.Approved], sop.Versions.Select(v => sop.StageOf(v, Now.AddDays(1))));
        Assert.Equal([SopStage.Superseded, SopStage.Superseded, SopStage.Effective], sop.Versions.Select(v => sop.StageOf(v, Now.AddDays(2))));
    }

    [Theory]
    [InlineData("", "procedures.drawing-missing"), InlineData("<definitions/>", "procedures.drawing-unreadable")]
    [InlineData("long", "procedures.drawing-too-large"), InlineData("hidden", "procedures.drawing-characters"), InlineData("named", "procedures.drawing-characters")]
    public void A_drawing_that_does_not_do_is_refused_with_its_reason(string what, string code)
    {
        var bpmn = what switch
        {
            "long" => BlankDrawing.With("Step") + new string(' ', SopDrawings.MaxBytes),
            "hidden" => BlankDrawing.With("St\u202Eep"),
            "named" => BlankDrawing.With(new string('x', 121)),
            _ => what,
        };
        Assert.Equal(code, SopDrawings.Take(bpmn).Code);
    }

    [Fact]
    public void Steps_that_a_case_records_have_one_name_on_the_record_whatever_the_language_of_the_drawing()
    {
        foreach (var language in (string[])["en", "es", "pt"])
        {
            System.Globalization.CultureInfo.CurrentUICulture = System.Globalization.CultureInfo.GetCultureInfo(language);
            foreach (var activity in ActivityNames.Known) Assert.Equal(activity, Assert.Single(SopDrawings.Take(BlankDrawing.With(ActivityNames.Of(activity))).Drawing!.Steps).Name);
        }

        Assert.Equal("Exhibits photographed", ActivityNames.Of(ActivityNames.OnRecord("Exhibits photographed")));
    }

    internal static readonly ReadDrawing Drawn = SopDrawings.Take(BlankDrawing.With("Exhibits photographed"));

    static SopVersion Version(Guid author) => new(Staff.Id("version"), 2, 1, "<definitions/>", Why) { Authors = [author] };

    static SopFacts Facts(SopVersion version)
    {
        var register = Staff.Agency().ToRegister();
        return new SopFacts(Sop.Initial with { Id = HouseProcedures.CasesSop, Versions = [version] }, version, Actor.From(register, Staff.Id("olga"), Now), register, Now);
    }
}
