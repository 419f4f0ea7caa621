using System.Net;
using CsCheck;
using Microsoft.Extensions.DependencyInjection;
using Probity.Access.Contract;
using Probity.Cases.Contract;
using Probity.Lens.Procedures.Drawings;
using Probity.Ledger;
using Probity.Procedures;
using Probity.Procedures.Contract;
using Probity.Procedures.Deviating;
using Probity.Procedures.Following;
using Probity.Shared.Record;
using Probity.Tests.Access;
using Probity.Tests.Cases;

namespace Probity.Tests.Procedures.Sops;

/// <summary>Steps left out on purpose: who may say so, who stands for it, what it explains; and the version that each case is held against.</summary>
public sealed class DeviationTests
{
    static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    static readonly Guid Case = Staff.Id("case"), Id = Staff.Id("deviation");
    const string Why = "The balance was broken that night.";

    // What each role may do about a deviation that somebody else recorded, that it recorded itself, and in a case that names its own.
    [Theory]
    [InlineData("Commander", true), InlineData("Integrity", true), InlineData("Overseer", true), InlineData("Officer", false), InlineData("Custodian", false), InlineData("Prosecutor", false)]
    [InlineData("Vetting", false), InlineData("Investigator", false), InlineData("Monitor", false), InlineData("Secretariat", false), InlineData("Administrator", false)]
    [InlineData("Analyst", false), InlineData("Judge", false), InlineData("Registry", false)]
    public void The_table_of_roles_and_relations(string role, bool allowed)
    {
        var register = new Staff().Unit("agency", "AGE").Post("somebody", "agency", Enum.Parse<Role>(role)).Post("other", "agency", Role.Officer).ToRegister();
        var me = Actor.From(register, Staff.Id("somebody"), Now);
        Assert.Equal(allowed ? null : Bars.Role, DeviationAccess.Refuses(me, Of("other"), [], register, Now)?.Code);
        Assert.Equal(allowed ? Bars.EarlierRole : Bars.Role, DeviationAccess.Refuses(me, Of("somebody"), [], register, Now)?.Code);
        Assert.Equal(Bars.Self, DeviationAccess.Refuses(me, Of("other"), [Staff.Id("somebody")], register, Now)?.Code);
    }

    [Fact]
    public void A_step_is_left_out_once_with_a_reason_by_whom_the_case_lets_record_steps()
    {
        var facts = Facts();
        var recorded = Assert.IsType<Decision.Accepted>(RecordDeviation.Decide(new(Case, Id, "Exhibits weighed", Why), facts));
        var filing = Assert.Single(recorded.Filings);
        Assert.Equal(new DeviationRecorded(Id, Case, 2, "Exhibits weighed", Why), filing.Event);
        Assert.Equal(Compartments.OfMatter(new StreamId(Case)), filing.Compartment);
        Assert.Equal("procedures.step-unknown", Code(RecordDeviation.Decide(new(Case, Id, "Something else", Why), facts)));
        Assert.Equal("procedures.reason-missing", Code(RecordDeviation.Decide(new(Case, Id, "Exhibits weighed", "Broken"), facts)));
        Assert.Equal("procedures.case-closed", Code(RecordDeviation.Decide(new(Case, Id, "Exhibits weighed", Why), Closed(facts))));
        Assert.Equal("access.role", Code(RecordDeviation.Decide(new(Case, Id, "Exhibits weighed", Why), facts with { Standing = facts.Standing with { Steps = new Refusal(Bars.Role) } })));
        Assert.Equal("procedures.deviation-known", Code(RecordDeviation.Decide(new(Case, Id, "Exhibits weighed", Why), Facts(Of("ana")))));
        Assert.IsType<Decision.Accepted>(RecordDeviation.Decide(new(Case, Id, "Exhibits weighed", Why), Facts(Of("ana") with { State = DeviationState.Rejected })));
    }

    [Fact]
    public void Another_person_answers_once_and_says_why_not()
    {
        var facts = Facts(Of("ana"));
        Assert.Equal(new DeviationCountersigned(Id), CaseHouse.Accepted(AnswerDeviation.Decide(new(Case, Id, true, ""), facts)));
        Assert.Equal(new DeviationRejected(Id, Why), CaseHouse.Accepted(AnswerDeviation.Decide(new(Case, Id, false, Why), facts)));
        Assert.Equal("procedures.reason-missing", Code(AnswerDeviation.Decide(new(Case, Id, false, ""), facts)));
        Assert.Equal("procedures.nothing-awaited", Code(AnswerDeviation.Decide(new(Case, Staff.Id("none"), true, ""), facts)));
        Assert.Equal("procedures.nothing-awaited", Code(AnswerDeviation.Decide(new(Case, Id, true, ""), Facts(Of("ana") with { State = DeviationState.Countersigned }))));
        Assert.Equal(Bars.EarlierRole, Code(AnswerDeviation.Decide(new(Case, Id, true, ""), Facts(Of("ines")))));
        // It waits on after the case is closed.
        Assert.IsType<Decision.Accepted>(AnswerDeviation.Decide(new(Case, Id, true, ""), Closed(facts)));
        Assert.False(Of("ana").IsOverdue(Now + Deviation.Patience));
        Assert.True(Of("ana").IsOverdue(Now + Deviation.Patience + TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public void A_step_of_the_units_own_is_confirmed_with_its_evidence()
    {
        var facts = Facts();
        Assert.Equal(new StepTaken(Case, 2, "Exhibits photographed", "Card 7."), CaseHouse.Accepted(TakeStep.Decide(new(Case, "Exhibits photographed", " Card 7. "), facts)));
        Assert.Equal("procedures.evidence-missing", Code(TakeStep.Decide(new(Case, "Exhibits photographed", ""), facts)));
        Assert.Equal("procedures.step-is-the-cases", Code(TakeStep.Decide(new(Case, "Exhibits weighed", "x"), facts)));
        Assert.Equal("procedures.step-unknown", Code(TakeStep.Decide(new(Case, "Something else", "x"), facts)));
    }

    [Fact]
    public async Task A_case_is_held_against_the_version_in_force_when_it_began_and_what_was_left_out_is_explained_not_hidden()
    {
        await using var host = await StaffHost.StartAsync();
        var before = await CaseLife.OpenAsync(host);
        host.Clock.Now += TimeSpan.FromHours(1);
        await PublishAsync(host, v => v.Replace("<bpmn:sequenceFlow id=\"f8\" sourceRef=\"n_h2\" targetRef=\"n_investigate\" />",
            "<bpmn:task id=\"own\" name=\"Threat assessed\" xmlns:sop=\"urn:probity:sop:1\" sop:within=\"PT2H\" /><bpmn:sequenceFlow id=\"f8\" sourceRef=\"n_h2\" targetRef=\"own\" /><bpmn:sequenceFlow id=\"f8b\" sourceRef=\"own\" targetRef=\"n_investigate\" />", StringComparison.Ordinal)
            .Replace("</bpmndi:BPMNPlane>", "<bpmndi:BPMNShape id=\"s_own\" bpmnElement=\"own\"><dc:Bounds x=\"150\" y=\"300\" width=\"110\" height=\"64\" /></bpmndi:BPMNShape></bpmndi:BPMNPlane>", StringComparison.Ordinal));
        host.Clock.Now += TimeSpan.FromHours(1);
        var (missed, taken) = (await CaseLife.OpenAsync(host), await CaseLife.OpenAsync(host));
        host.Clock.Now += TimeSpan.FromHours(3);
        var (officer, integrity, overseer) = (await host.SignedInAsync(Role.Officer), await host.SignedInAsync(Role.Integrity), await host.SignedInAsync(Role.Overseer));

        var path = ShowDeviations.PathOf(missed);
        Assert.DoesNotContain("Threat assessed", await officer.TextAsync(ShowDeviations.PathOf(before)), StringComparison.Ordinal);
        await SopPagesTests.PostAsync(officer, path, new() { ["activity"] = "Threat assessed", ["reason"] = "no" }, HttpStatusCode.UnprocessableEntity, "record");
        await SopPagesTests.PostAsync(officer, path, new() { ["activity"] = "Threat assessed", ["reason"] = "The assessor was at sea until Monday." }, HttpStatusCode.SeeOther, "record");
        await SopPagesTests.PostAsync(officer, ShowDeviations.PathOf(taken), new() { ["step"] = "Threat assessed", ["note"] = "" }, HttpStatusCode.SeeOther, "take");
        var deviation = (await host.RecordAsync()).Select(r => r.Event).OfType<DeviationRecorded>().Single().Deviation;
        await SopPagesTests.PostAsync(officer, path, new() { ["deviation"] = deviation.ToString("D"), ["stands"] = "yes" }, HttpStatusCode.UnprocessableEntity, "answer");

        // At once to who is near; to the overseer after a day.
        await host.CaughtUpAsync(DeviationView.ViewName);
        await host.CaughtUpAsync("docket");
        Assert.Contains(path, await integrity.TextAsync("/"), StringComparison.Ordinal);
        Assert.DoesNotContain(path, await overseer.TextAsync("/"), StringComparison.Ordinal);
        host.Clock.Now += TimeSpan.FromHours(25);
        (integrity, overseer) = (await host.SignedInAsync(Role.Integrity), await host.SignedInAsync(Role.Overseer));
        Assert.Contains(path, await overseer.TextAsync("/"), StringComparison.Ordinal);
        Assert.Contains("more than 24 hours", await integrity.TextAsync(path + "?lang=en"), StringComparison.Ordinal);

        foreach (var id in (Guid[])[before, missed, taken]) await CaseLife.CloseAsync(host, id);
        (integrity, overseer) = (await host.SignedInAsync(Role.Integrity), await host.SignedInAsync(Role.Overseer));
        var following = host.Services.GetRequiredService<FollowCases>();
        while (following.Newest is not { Cases.Count: 3 }) await Task.Delay(20, TestContext.Current.CancellationToken);
        var found = following.Newest!;
        Assert.Equal("", string.Join("; ", found.ByCase[taken].Deviations.Select(d => $"{d.Kind} {d.Activity}")));
        Assert.Equal([before, taken], found.Cases.Where(found.Fits).Select(c => c.Id));
        Assert.Equal([(1, 1), (2, 2)], found.Versions.Select(v => (v.Number, v.Cases.Count)));
        Assert.Equal("Skipped Threat assessed", Assert.Single(found.ByCase[missed].Deviations.Select(d => $"{d.Kind} {d.Activity}")));
        var limited = Assert.Single(StepTimes.Limited(found));
        Assert.Equal(("Threat assessed", 1, 1, TimeSpan.FromHours(2)), (limited.To, limited.Count, limited.Late, limited.Limit));

        Assert.Contains("1 overdue", await integrity.TextAsync("/procedures/case-handling?lang=en"), StringComparison.Ordinal);
        await SopPagesTests.PostAsync(overseer, path, new() { ["deviation"] = deviation.ToString("D"), ["stands"] = "yes", ["why"] = "" }, HttpStatusCode.SeeOther, "answer");
        await host.UntilAsync(r => r.Event is DeviationCountersigned);
        while (following.Newest!.Cases.Single(c => c.Id == missed).Explaining("Threat assessed")!.State == DeviationState.Awaiting) await Task.Delay(20, TestContext.Current.CancellationToken);
        var page = await integrity.TextAsync("/procedures/case-handling?lang=en");
        Assert.Contains("1 countersigned", page, StringComparison.Ordinal);
        Assert.Contains("2 of 3", page, StringComparison.Ordinal);
        var one = await integrity.TextAsync($"/procedures/case-handling/{missed:D}?lang=en");
        Assert.Contains("Held against version 2", one, StringComparison.Ordinal);
        Assert.Contains("The assessor was at sea until Monday. Countersigned by Quilombo Overseer", one, StringComparison.Ordinal);
        Assert.Contains("Held against version 1", await integrity.TextAsync($"/procedures/case-handling/{before:D}?lang=en"), StringComparison.Ordinal);

        // Names of who handed over to whom are for who sees every case.
        await SeeAsync(integrity, HttpStatusCode.OK);
        await SeeAsync(await host.SignedInAsync(Role.Commander), HttpStatusCode.Forbidden);
        await SeeAsync(await host.SignedInAsync(Role.Monitor), HttpStatusCode.Forbidden);
        var monitor = await (await host.SignedInAsync(Role.Monitor)).TextAsync("/procedures/case-handling?lang=en");
        Assert.Contains("too few to tell apart", monitor, StringComparison.Ordinal);
        foreach (var secret in (string[])["1 countersigned", "How long steps take", "Quilombo Officer"]) Assert.DoesNotContain(secret, monitor, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await (await host.SignedInAsync(Role.Monitor)).GetAsync(path)).StatusCode);
        // What is beside the case is in the case's own compartment.
        Assert.All((await host.RecordAsync()).Where(r => r.Event is DeviationRecorded or DeviationCountersigned), r => Assert.Equal(missed, r.Compartment.Value));

        static async Task SeeAsync(Browser browser, HttpStatusCode expected) => Assert.Equal(expected, (await browser.GetAsync("/procedures/case-handling/handovers.svg")).StatusCode);
    }

    // Whatever the figures: what is told could point at nobody, adds up, and hides nothing that could be told as it is.
    [Fact]
    public void Small_figures_are_merged_and_none_is_left() => Gen.Select(Gen.Int[0, 30], Gen.Int[0, 30], (a, b) => new Share("x", a + b, a)).List[0, 12].Sample(shares =>
    {
        var told = Shares.Merge(shares, (a, b) => $"{a},{b}");
        Assert.All(told, s => Assert.True(s.IsTellable && s.Closed > 0));
        if (told.Count > 0) Assert.Equal((shares.Sum(s => s.Closed), shares.Sum(s => s.Followed)), (told.Sum(s => s.Closed), told.Sum(s => s.Followed)));
        else Assert.False(shares.Sum(s => s.Closed) > 0 && new Share("", shares.Sum(s => s.Closed), shares.Sum(s => s.Followed)).IsTellable);
        if (shares.All(s => s.IsTellable)) Assert.Equal(shares.Where(s => s.Closed > 0), told);
    });

    /// <summary>Takes a changed version of the house's procedure into force, through the decisions themselves.</summary>
    internal static async Task PublishAsync(StaffHost host, Func<string, string> change)
    {
        var (author, reviewer, approver) = (await host.SignedInAsync(Role.Commander), await host.SignedInAsync(Role.Integrity), await host.SignedInAsync(Role.Overseer));
        var draft = await SopPagesTests.DraftAsync(author);
        await SopPagesTests.PostAsync(author, draft, new() { ["drawing"] = change(HouseProcedures.CaseHandling.Drawing), ["note"] = "Each case begins with a look at who is in danger." }, HttpStatusCode.SeeOther);
        var path = SopPagesTests.Path + "/2";
        await SopPagesTests.PostAsync(author, path, new(), HttpStatusCode.SeeOther, "submit");
        await SopPagesTests.PostAsync(reviewer, path, new() { ["findings"] = "It can be skipped unseen." }, HttpStatusCode.SeeOther, "review");
        await SopPagesTests.PostAsync(approver, path, new(), HttpStatusCode.SeeOther, "approve");
        await SopPagesTests.PostAsync(approver, path, new(), HttpStatusCode.SeeOther, "publish");
    }

    static Deviation Of(string by) => new(Id, 2, "Exhibits weighed", Why, Staff.Id(by), Now);

    static string Code(Decision decision) => Assert.IsType<Decision.Refused>(decision).Refusal.Code;

    static DeviationFacts Closed(DeviationFacts facts) => facts with { Standing = facts.Standing with { Case = facts.Standing.Case with { Closed = true } } };

    static DeviationFacts Facts(params Deviation[] known)
    {
        var register = Staff.Agency().ToRegister();
        return new DeviationFacts(
            new CaseStanding(new CaseFile(Case, "N-1", true, false, false, [], [], [], null), Staff.Id("narcotics"), Now, true, null, null), CaseDeviations.Initial with { All = [.. known] }, 2,
            [new DrawnStep("a", "Exhibits weighed", new StepDuties(null, null, false, null, null), []), new DrawnStep("b", "Exhibits photographed", new StepDuties(null, "Memory card", false, null, null), [])],
            Actor.From(register, Staff.Id("ines"), Now), register, Now);
    }
}
