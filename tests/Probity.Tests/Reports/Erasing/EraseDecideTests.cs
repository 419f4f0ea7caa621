using Probity.Access.Contract;
using Probity.Policies.Contract;
using Probity.Reports.Contract;
using Probity.Reports.Erasing;
using Probity.Reports.Exchanging;
using Probity.Reports.Handling;
using Probity.Reports.Matters;
using Probity.Reports.Protecting;
using Probity.Shared.Record;
using Probity.Tests.Reports.Matters;

namespace Probity.Tests.Reports.Erasing;

/// <summary>What is decided about erasing reports and keeping them, without any store.</summary>
public sealed class EraseDecideTests
{
    static readonly string[] s_everybody = ["ines", "ivo", "oscar", "olga", "root", "igor", "chief", "vera", "sara"];

    static string Allowed(HandlingHouse house, ReportAction action) => string.Join(' ', s_everybody.Where(who => ReportAccess.Refuses(action, house.As(who)) is null));

    /// <summary>Handled by ines and ivo, closed without action, and kept for as long as the policy says.</summary>
    static HandlingHouse Kept(params string[] without)
    {
        var house = new HandlingHouse(without).InHand();
        house.Find("ines");
        house.Close("ines");
        house.Answer(house.As("ivo") is null ? "oscar" : "ivo");
        Assert.Equal(ReportStage.Closed, house.Report.Stage);
        house.Now = HandlingHouse.Begin.AddMonths(36);
        return house;
    }

    [Fact]
    public void A_report_is_erased_by_two_once_it_was_closed_for_as_long_as_the_policy_says()
    {
        using var house = Kept();
        house.Now = HandlingHouse.Begin.AddMonths(36).AddDays(-1);
        Assert.Equal(EraseReport.TooEarly, house.AskErasure("ines"));
        house.Now = HandlingHouse.Begin.AddMonths(36);
        Assert.Equal((StaffText.Missing, nameof(ReportErasureAsked), EraseReport.AskedAlready), (house.AskErasure("ines", ""), house.AskErasure("ines"), house.AskErasure("ivo")));
        Assert.Equal((Bars.Role, Bars.Role, CloseReport.AgreesMissing, StaffText.Missing), (house.AnswerErasure("ines"), house.AnswerErasure("ivo"), house.AnswerErasure("oscar", null), house.AnswerErasure("oscar", false, "")));
        Assert.Equal((nameof(ReportErasureReturned), EraseReport.NotAsked), (house.AnswerErasure("oscar", false), NotAsked()));
        house.AskErasure("ivo");
        Assert.Equal(nameof(ReportErased), house.AnswerErasure("olga"));
        // What says that something was erased lies apart, in a stream that is erased with nothing.
        var filed = house.Filed[^1];
        Assert.Equal((ErasedReports.Stream, null), (filed.Stream, filed.Compartment));
        // A pack keeps them longer or less long, within bounds; never so short that a figure that is told moved.
        house.Policy = Policy.Unchosen with { Figures = Policy.Unchosen.Figures.SetItem(PolicyRules.ReportKeptFor.Key, 60) };
        Assert.Equal(EraseReport.TooEarly, house.AnswerErasure("olga"));
        Assert.Equal((36, 18, 120), (PolicyRules.ReportKeptFor.Default, PolicyRules.ReportKeptFor.Least, PolicyRules.ReportKeptFor.Most));

        string NotAsked() => EraseReport.Decide(new EraseReport.Answer(HandlingHouse.ReportId, Guid.Empty, true, null), null, false, [], false, house.As("oscar")!) is Decision.Refused { Refusal.Code: var code } ? code : "";
    }

    [Fact]
    public void As_long_as_it_protects_somebody_it_is_kept()
    {
        using var house = Kept();
        house.Now = HandlingHouse.Begin.AddMonths(20);
        house.Protect("ines", "ana");
        house.Now = HandlingHouse.Begin.AddMonths(44);
        Assert.Equal(EraseReport.Protects, house.AskErasure("ines"));
        house.Now = HandlingHouse.Begin.AddMonths(44).AddDays(1);
        Assert.Equal(nameof(ReportErasureAsked), house.AskErasure("ines"));
        // Somebody who is put on the list meanwhile is protected too, and an empty list protects nobody.
        house.Protect("ivo", "vera");
        Assert.Equal(EraseReport.Protects, house.AnswerErasure("oscar"));
        house.Protect("ivo", "ana", protect: false);
        house.Protect("ivo", "vera", protect: false);
        house.Now += TimeSpan.FromDays(ProtectedList.DaysAfter);
        Assert.Equal(nameof(ReportErased), house.AnswerErasure("oscar"));
    }

    [Fact]
    public void All_its_compartments_go_with_it_and_its_own_id_only_where_something_lies_there()
    {
        using var house = Kept();
        house.AskErasure("ines");
        var (own, stream) = (house.Report.Stream, new Ledger.StreamId(HandlingHouse.ReportId));
        Decision.Accepted Decide(bool barred) => (Decision.Accepted)EraseReport.Decide(new EraseReport.Answer(HandlingHouse.ReportId, Guid.Empty, true, null), null, false, ["a"], barred, house.As("oscar")!);
        Assert.Equal(Compartments.ErasedWithMatter(own), Decide(false).Erases);
        Assert.Equal([.. Compartments.ErasedWithMatter(own), .. Compartments.ErasedWithMatter(stream)], Decide(true).Erases);
        // From then on it is there for nobody.
        var gone = house.As("ines")! with { Report = house.Report.Apply(new Recorded(null, "reports.taken.v1", 1, own, 1, house.Now, null, new Ledger.ActorId(HandlingHouse.Id("ines")))) };
        foreach (var action in Enum.GetValues<ReportAction>()) Assert.NotNull(ReportAccess.Refuses(action, gone));
    }

    [Fact]
    public void What_is_open_not_answered_written_to_drawn_held_or_looked_into_is_not_erased()
    {
        using var open = new HandlingHouse().InHand();
        open.Now = HandlingHouse.Begin.AddMonths(40);
        Assert.Equal(EraseReport.NotClosed, open.AskErasure("ines"));

        using var flood = new HandlingHouse();
        flood.Triage("ines", Probity.Reports.Contract.TriageVerdict.Junk);
        flood.Take("ines");
        flood.Close("ines", CloseReason.Junk, message: null);
        flood.Answer("ivo");
        flood.Now = HandlingHouse.Begin.AddMonths(36);
        // What says nothing was looked at by two when it was closed; anything else that nobody acknowledged stays.
        Assert.Equal(nameof(ReportErasureAsked), flood.AskErasure("ines"));
        var unanswered = flood.As("ines")! with { Report = flood.Report with { Closed = flood.Report.Closed! with { Reason = CloseReason.NoAction } } };
        Assert.Equal(EraseReport.NotAnswered, EraseReport.StandsInTheWay(unanswered, false));

        using var house = Kept();
        house.Drawn = true;
        Assert.Equal(EraseReport.NotReviewed, house.AskErasure("ines"));
        house.Drawn = false;
        Assert.Equal(EraseReport.IsKept, house.AskErasure("ines", identityWaits: true));
        house.Matters = [new LinkedMatter(1, new MatterHouse().Opened().Matter)];
        Assert.Equal(EraseReport.IsKept, house.AskErasure("ines"));
        house.Matters = [];
        Assert.Equal((nameof(ReportHeld), EraseReport.IsKept), (house.Hold("ivo"), house.AskErasure("ines")));
        Assert.Equal(nameof(ReportHoldEnded), house.EndHold("oscar", house.Report.Holds.Keys.Single()));
        Assert.Equal(nameof(ReportErasureAsked), house.AskErasure("ines"));
        // A hold wins over what was asked for; so does a source that writes.
        house.Hold("olga");
        Assert.Equal(EraseReport.IsKept, house.AnswerErasure("oscar"));
        house.EndHold("oscar", house.Report.Holds.Keys.Single());
        house.SourceWrites();
        Assert.Equal(CloseReport.SourceWrote, house.AnswerErasure("oscar"));
        house.Reopen("ivo");
        Assert.Null(house.Report.ErasureAsked);
    }

    [Fact]
    public void Who_may_is_one_table_an_overseer_agrees_wherever_one_can_read_it()
    {
        using var house = Kept();
        Assert.Equal(("ines ivo", "", "ines ivo oscar olga", "oscar olga"), (Allowed(house, ReportAction.AskErasure), Allowed(house, ReportAction.AnswerErasure), Allowed(house, ReportAction.PlaceHold), Allowed(house, ReportAction.EndHold)));
        house.AskErasure("ines");
        Assert.Equal("oscar olga", Allowed(house, ReportAction.AnswerErasure));
        // Whoever asked and steps aside leaves nothing to agree to.
        house.Aside("ines");
        Assert.Equal((null, ""), (house.Report.ErasureAsked, Allowed(house, ReportAction.AnswerErasure)));

        // Where no overseer can open it, another of integrity; who placed a hold does not end it.
        using var want = Kept("oscar", "olga");
        want.AskErasure("ines");
        Assert.Equal(("ivo", "ines ivo"), (Allowed(want, ReportAction.AnswerErasure), Allowed(want, ReportAction.EndHold)));
        want.Hold("ines");
        var hold = want.Report.Holds.Keys.Single();
        Assert.Equal((Bars.EarlierRole, HoldReport.NoSuchHold, StaffText.Missing, nameof(ReportHoldEnded)), (want.EndHold("ines", hold), want.EndHold("ivo", Guid.NewGuid()), want.EndHold("ivo", hold, ""), want.EndHold("ivo", hold)));

        // Of integrity nobody: one overseer asks, the other agrees.
        using var overseers = new HandlingHouse("ines", "ivo", "root").InHand("oscar");
        Assert.Equal(("oscar olga", ""), (Allowed(overseers, ReportAction.AskErasure), Allowed(overseers, ReportAction.AnswerErasure)));
        overseers.Find("oscar");
        overseers.Close("oscar");
        overseers.Answer("olga");
        overseers.Now = HandlingHouse.Begin.AddMonths(36);
        Assert.Equal((nameof(ReportErasureAsked), "olga"), (overseers.AskErasure("oscar"), Allowed(overseers, ReportAction.AnswerErasure)));
        // Whoever looked again at its closing had no part in it, and may agree.
        using var reviewed = Kept();
        reviewed.Drawn = true;
        reviewed.Review("olga");
        reviewed.AskErasure("ines");
        Assert.Equal("oscar olga", Allowed(reviewed, ReportAction.AnswerErasure));
    }
}
