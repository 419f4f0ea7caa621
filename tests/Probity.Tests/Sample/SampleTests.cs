using System.Text.Json;
using Probity.Access.Contract;
using Probity.Cases;
using Probity.Cases.Contract;
using Probity.Cli.Sample;
using Probity.Conduct;
using Probity.Conduct.Contract;
using Probity.Exhibits.Contract;
using Probity.Interdiction.Contract;
using Probity.Ledger;
using Probity.People.Contract;
using Probity.People.Requiring;
using Probity.People.Training;
using Probity.People.Vetting;
using Probity.Policies.Contract;
using Probity.Risk;
using Probity.Risk.Contract;
using Probity.Risk.Moving;
using Probity.Risk.Naming;
using Probity.Shared.Record;
using Probity.Storage;

namespace Probity.Tests.Sample;

/// <summary>The sample unit, made once and read back from its record alone.</summary>
public sealed class SampleFixture : IAsyncLifetime
{
    readonly string _folder = Path.Combine(Path.GetTempPath(), "probity-sample-" + Guid.NewGuid().ToString("N"));

    internal string Folder => _folder;
    internal IReadOnlyList<Recorded> Record { get; private set; } = [];
    internal Register Register { get; private set; } = Register.Initial;

    public async ValueTask InitializeAsync()
    {
        await SampleFolder.MakeAsync(_folder, new Progress<double>(), default);
        await using var log = await NodeFolder.OpenAsync(_folder, TimeProvider.System, new LogOptions(), default);
        var record = new List<Recorded>();
        while (await log.ReadAsync(record.Count, 1_000, default) is { Count: > 0 } batch) record.AddRange(batch.Select(EventTypes.Read));
        Record = record;
        Register = record.Where(r => r.Stream == Register.Stream).Aggregate(Register.Initial, (state, r) => state.Apply(r));
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }
}

public sealed class SampleTests(SampleFixture sample) : IClassFixture<SampleFixture>
{
    sealed record Planted(IReadOnlyDictionary<string, IReadOnlyList<string>> Cases);

    IEnumerable<(Case Case, IReadOnlyList<Recorded> Events)> Cases() => sample.Record
        .GroupBy(r => r.Stream)
        .Where(s => s.First().Event is CaseOpened)
        .Select(s => (s.Aggregate(Case.Initial, (state, r) => state.Apply(r)), (IReadOnlyList<Recorded>)[.. s]));

    [Fact]
    public void It_has_about_400_cases_and_60_people_over_three_years()
    {
        Assert.Equal(400, Cases().Count());
        Assert.InRange(sample.Register.People.Count, 55, 70);
        Assert.InRange((sample.Record[^1].At - sample.Record[0].At).TotalDays, 3 * 365 - 30, 3 * 366);
        foreach (var role in Enum.GetValues<Role>())
            Assert.True(sample.Register.Holders(role, sample.Record[^1].At).Count >= 2, $"{role} needs two people.");
    }

    [Fact]
    public void What_was_planted_shows_on_the_record_and_nothing_else_of_its_kind_does()
    {
        var file = Path.Combine(AppContext.BaseDirectory, "Sample", "planted.json");
        var planted = JsonSerializer.Deserialize<Planted>(File.ReadAllText(file), JsonSerializerOptions.Web)!;
        var found = new Dictionary<string, IReadOnlyList<string>>
        {
            ["laboratorySkipped"] = Where((c, e) => Has(e, Step.ReportFiled) && Has(e, Step.ExhibitsStored) && !Has(e, Step.SentToLaboratory)),
            ["storedBeforeWeighed"] = Where((_, e) => At(e, Step.ExhibitsStored) < At(e, Step.ExhibitsWeighed)),
            ["laboratoryLate"] = Where((_, e) => At(e, Step.SentToLaboratory) - Later(At(e, Step.ExhibitsStored), At(e, Step.ExhibitsWeighed)) > TimeSpan.FromHours(72)
                && e.Zip(e.Skip(1)).All(pair => pair.Second.At - pair.First.At < TimeSpan.FromDays(365))),
            ["backdated"] = Where((_, e) => e.Any(r => r.Occurred is { } said && r.At - said > TimeSpan.FromHours(24))),
            ["chosenHandler"] = Where((_, e) => e.Any(r => r.Event is HandAssignmentProposed)),
            ["stalled"] = Where((_, e) => e.Zip(e.Skip(1)).Any(pair => pair.Second.At - pair.First.At > TimeSpan.FromDays(365))),
            ["destroyedEarly"] = Where((_, e) => At(e, Step.ExhibitsDestroyed)
                < e.FirstOrDefault(r => r.Event is CaseDecided { Kind: DecisionKind.Convict or DecisionKind.Acquit })?.At),
            ["aboutStaff"] = Where((c, _) => c.StaffParties.Any()),
        };

        foreach (var (kind, cases) in planted.Cases) Assert.Equal(cases, found[kind]);
        Assert.Equal(planted.Cases.Keys.Order(), found.Keys.Order());
    }

    [Fact]
    public void Access_is_reviewed_in_all_units_but_one_and_what_was_to_be_removed_has_ended()
    {
        var events = sample.Record.Select(r => r.Event).ToList();
        var units = sample.Register.Units.Keys.Where(u => sample.Register.PostsIn(u).Any()).ToList();
        // A round in each of the last four quarters.
        Assert.Equal(4 * (units.Count - 1), events.OfType<Probity.Access.Reviewing.ReviewConfirmed>().Count());
        var removed = Assert.Single(events.OfType<Probity.Access.Reviewing.ReviewSaid>(), s => !s.Keep);
        Assert.NotNull(sample.Register.Postings[removed.Posting].Until);
    }

    [Fact]
    public void The_conflict_check_kept_the_heads_of_teams_out_and_that_is_on_the_record()
    {
        var about = Cases().Where(c => c.Case.StaffParties.Any()).ToList();
        Assert.NotEmpty(about);
        Assert.All(about, c => Assert.Contains(sample.Record, r =>
            r.Stream == Streams.RefusalsOf(c.Case.Stream) && r.Event is ActionRefused { Code: Bars.Superior }));
    }

    [Fact]
    public void Two_cases_are_before_the_court_and_one_opening_without_being_assigned_waits_to_be_judged()
    {
        var court = Cases().Where(c => c.Case.Court.Judge is not null).ToList();
        Assert.Equal(2, court.Count);
        Assert.All(court, c => Assert.True(c.Case.Court is { DisclosureIsStale: true, Judge: not null, Hearings.Length: 3 } && c.Case.Stage == Stage.Adjudicate));
        var glass = Assert.Single(Cases(), c => !c.Case.Glasses.IsEmpty);
        Assert.False(Assert.Single(glass.Case.Glasses).IsReviewed);
        Assert.Equal(ConflictKind.Kin, Assert.Single(glass.Case.Walls).Value.Kind);
    }

    [Fact]
    public void A_charge_that_rests_on_the_laboratorys_report_is_about_an_exhibit_that_it_reported_on()
    {
        var reviewed = sample.Record.Where(r => r.Event is AnalysisReviewed { Agrees: true }).Select(r => r.Stream.Value).ToHashSet();
        var analysed = sample.Record.Where(r => r.Event is ExhibitSampled && reviewed.Contains(r.Stream.Value)).Select(r => ((ExhibitSampled)r.Event!).Root).ToHashSet();
        var resting = Cases().SelectMany(c => c.Case.Court.Charges).SelectMany(c => c.Elements).Where(e => e.Evidence.Length > 0).ToList();
        var named = Cases().SelectMany(c => c.Case.Court.Evidence).ToDictionary(e => e.Key, e => e.Value);
        var byReport = resting.Where(e => e.Evidence.Any(id => named[id].Kind == EvidenceKind.Expert)).ToList();
        Assert.Equal(2, byReport.Count);
        Assert.All(byReport, e => Assert.Contains(e.Evidence, id => named[id].Kind == EvidenceKind.Exhibit && analysed.Contains(id)));
    }

    [Fact]
    public void Samples_have_results_exhibits_end_before_two_witnesses_and_one_is_missing()
    {
        var events = sample.Record.Select(r => r.Event).ToList();
        Assert.Single(events.OfType<DiscrepancyFound>(), d => d.Kind == DiscrepancyKind.Substance);
        Assert.Single(events.OfType<DiscrepancyFound>(), d => d.Kind == DiscrepancyKind.Missing);
        Assert.Single(events.OfType<CountSigned>());
        Assert.InRange(events.OfType<AnalysisReviewed>().Count(), 15, 80);
        var destroyed = sample.Record.Where(r => r.Event is DestructionCarriedOut).Select(r => r.Stream).ToHashSet();
        Assert.InRange(destroyed.Count, 5, 40);
        Assert.All(destroyed, stream => Assert.Equal(
            2, sample.Record.Where(r => r.Stream == stream && r.Event is DestructionWitnessed { Objection: null }).Select(r => r.Actor).Distinct().Count()));
    }

    [Fact]
    public void One_was_drawn_in_the_last_quarter_and_is_being_vetted_anew_and_one_is_on_the_barred_list()
    {
        var drawn = sample.Record.Single(r => r.Event is LotDrawn);
        var person = Assert.Single(((LotDrawn)drawn.Event!).Drawn);
        Assert.True(person.InHand is not null || sample.Record.Any(r => r.Index > drawn.Index && r.Event is ClearanceInvited invited && invited.Person == person.Person));
        var list = sample.Record.Where(r => r.Stream == Probity.People.Barring.BarList.Stream).Aggregate(Probity.People.Barring.BarList.Initial, (state, r) => state.Apply(r));
        Assert.NotNull(Assert.Single(list.Entries.Values).Since);
    }

    [Fact]
    public void One_passport_is_issued_one_asked_for_and_a_unit_abroad_is_trusted()
    {
        var book = sample.Record.Where(r => r.Stream == Probity.People.Passports.PassportBook.Stream).Aggregate(Probity.People.Passports.PassportBook.Initial, (state, r) => state.Apply(r));
        Assert.NotNull(Assert.Single(book.Passports.Values).Code);
        Assert.Single(book.Requests);
        Assert.NotNull(Assert.Single(book.Trusted).List);
    }

    [Fact]
    public void Most_of_the_sensitive_posts_are_held_by_the_cleared_and_one_clearance_of_each_kind_waits()
    {
        var end = sample.Record[^1].At;
        var clearances = sample.Record.Where(r => r.Event is ClearanceInvited).Select(r => sample.Record.Where(e => e.Stream == r.Stream).Aggregate(Clearance.Initial, (state, e) => state.Apply(e))).ToList();
        var marked = sample.Record.Count(r => r.Event is RequirementAgreed);
        Assert.Equal(20, marked);
        Assert.Equal(marked - 1, clearances.Count(c => c.IsValidAt(end)));
        Assert.Single(clearances, c => c.Until is { } until && until - end < TimeSpan.FromDays(30));
        Assert.Equal(2, clearances.Count(c => c.StageAt(end) == ClearanceStage.ReviewDue));
        Assert.Single(clearances, c => c.StageAt(end) == ClearanceStage.WithdrawalAssessment);
        Assert.Single(clearances, c => c.StageAt(end) == ClearanceStage.Invited);
        Assert.Single(clearances, c => c.Circumstances.Any(change => change.Result is null));
    }

    [Fact]
    public void High_risks_of_the_airport_name_their_posts_and_one_of_them_is_not_marked()
    {
        var airport = sample.Record.Where(r => r.Event is AssessmentBegun).Select(r => sample.Record.Where(e => e.Stream == r.Stream).Aggregate(RiskAssessment.Initial, (state, e) => state.Apply(e))).Single(a => a.IsRated);
        var marked = sample.Record.Where(r => r.Stream == Requirements.Stream).Aggregate(Requirements.Initial, (state, r) => state.Apply(r)).Marked;
        var named = airport.Risks.Values.Where(r => NamePosts.AsksForMark(r.Inherent)).Select(r => airport.PostsOf(r.Key)).ToList();
        Assert.All(named, posts => Assert.NotEmpty(posts));
        var gap = Assert.Single(named.SelectMany(p => p), p => !marked.ContainsKey(p.Key));
        var end = sample.Record[^1].At;
        Assert.InRange(NamePosts.DueOf(airport.ConsolidatedAt!.Value, gap.Value, Policy.Unchosen), end, end.AddDays(14));
    }

    [Fact]
    public void Most_of_the_team_have_what_their_posts_ask_for_one_certificate_ends_and_one_has_ended()
    {
        var end = sample.Record[^1].At;
        var catalogue = sample.Record.Where(r => r.Stream == Catalogue.Stream).Aggregate(Catalogue.Initial, (state, r) => state.Apply(r));
        var needs = catalogue.Posts.Keys.SelectMany(post => sample.Register.PostingsOn(post)).SelectMany(p => Need.OfPost(
            catalogue, p.Post, sample.Record.Where(r => r.Stream == PersonTraining.StreamOf(p.Person)).Aggregate(PersonTraining.Initial, (state, r) => state.Apply(r)).Held, end)).ToList();
        Assert.Equal(18, catalogue.Posts.Count);
        Assert.Single(needs, n => n.Blocks);
        Assert.Single(needs, n => n is { Asked.IsMandatory: true, State: NeedState.Ending });
        Assert.Contains(needs, n => n is { Asked.IsMandatory: false, State: NeedState.Lacking });
        Assert.Single(catalogue.Waiting);
    }

    [Fact]
    public void No_handler_closed_their_own_case()
    {
        var closings = Cases().SelectMany(c => c.Events.Where(r => r.Event is CaseClosed).Select(r => (c.Case, r.Actor.Value))).ToList();
        Assert.True(closings.Count > 200, $"Only {closings.Count} cases were closed.");
        Assert.All(closings, c => Assert.DoesNotContain(c.Value, c.Case.EverSeated));
    }

    [Fact]
    public void Two_targets_were_let_go_against_the_risk_by_one_officer_and_a_payment_waits_for_a_signature()
    {
        Assert.InRange(sample.Record.Count(r => r.Event is TargetRegistered), 28, 34);
        var against = sample.Record.Where(r => r.Event is OverrideRecorded or OverrideAsked).ToList();
        Assert.Equal(2, against.Count);
        Assert.Single(against.Select(r => r.Actor).Distinct());
        Assert.Equal(4, sample.Record.Count(r => r.Event is PaymentRecorded));
        var waiting = Assert.Single(sample.Record, r => r.Event is PaymentRecorded { Absence: not null });
        Assert.DoesNotContain(sample.Record, r => r.Stream == waiting.Stream && r.Event is PaymentSigned);
    }

    [Fact]
    public void The_code_is_acknowledged_by_everybody_but_one_who_is_overdue_and_three_gifts_stand_at_three_stages()
    {
        var end = sample.Record[^1].At;
        var code = sample.Record.Where(r => r.Stream == CodeOfConduct.Stream).Aggregate(CodeOfConduct.Initial, (state, r) => state.Apply(r));
        Assert.Equal(14, code.InForce!.Articles.Count);
        var bound = sample.Register.People.Keys.Where(p => CodeDuty.SinceOf(p, sample.Register) is not null).ToList();
        var overdue = bound.Where(p => code.DueOf(sample.Record.Where(r => r.Stream == Acknowledgements.StreamOf(p)).Aggregate(Acknowledgements.Initial, (own, r) => own.Apply(r)), SamplePlan.Begin) <= end);
        var late = Assert.Single(overdue);
        Assert.InRange(bound.Count, 40, 60);

        // One of a small team is enough to raise the risks of the airport that the code bears on.
        var airport = sample.Register.Units.Values.Single(u => u.Code == "JAT").Id;
        var scope = new SignalScope(sample.Register, [airport], Policy.Unchosen, end);
        var tally = new SignalTally(scope);
        foreach (var (unit, person) in scope.People(CodeDuty.Binds)) tally.Add(unit, person == late);
        var counts = new Dictionary<RiskSignal, SignalCount> { [RiskSignal.UnacknowledgedCode] = Assert.Single(tally.Counts) };
        Assert.True(Movement.Of("airport.staff-door", new(2, 3), new(4, 3), counts, Policy.Unchosen).HasMoved);
        var gifts = sample.Record.Where(r => r.Event is GiftDeclared).ToList();
        Assert.Equal(3, gifts.Count);
        Assert.Single(gifts, g => sample.Record.Any(r => r.Stream == g.Stream && r.Event is GiftReviewed));
        Assert.Single(gifts, g => ((GiftDeclared)g.Event!).Due < end && !sample.Record.Any(r => r.Stream == g.Stream && r.Event is GiftReviewed));
    }

    [Fact]
    public void What_people_declare_stands_at_its_stages_and_a_cousin_is_kept_from_a_gift()
    {
        Assert.Equal(3, sample.Record.Count(r => r.Event is InterestDeclared));
        Assert.Equal(1, sample.Record.Count(r => r.Event is OutsideWorkDeclared));
        Assert.Equal(2, sample.Record.Count(r => r.Event is InterestManaged));
        var tie = Assert.Single(sample.Register.Ties.Values);
        var gifts = sample.Record.Where(r => r.Event is GiftDeclared && r.Actor.Value == tie.Other).ToList();
        Assert.NotEmpty(gifts);
        Assert.Equal(Bars.Kin, Recusal.Between(tie.By, [tie.Other], sample.Register, sample.Record[^1].At));
    }

    IReadOnlyList<string> Where(Func<Case, IReadOnlyList<Recorded>, bool> irregular) =>
        [.. Cases().Where(c => irregular(c.Case, c.Events)).Select(c => c.Case.Number).Order(StringComparer.Ordinal)];

    static DateTimeOffset? Later(DateTimeOffset? a, DateTimeOffset? b) => a > b ? a : b;

    static bool Has(IReadOnlyList<Recorded> events, Step step) => At(events, step) is not null;

    static DateTimeOffset? At(IReadOnlyList<Recorded> events, Step step) =>
        events.FirstOrDefault(r => r.Event is StepRecorded s && s.Step == step)?.When;

    [Fact]
    public void Offers_and_threats_come_over_the_years_and_one_officer_is_protected_by_a_plan_in_force()
    {
        var told = sample.Record.Where(r => r.Event is Probity.Protection.Contract.ApproachRecorded).ToList();
        Assert.Equal((13, 2), (told.Count, told.Count(a => !sample.Record.Any(r => r.Stream == a.Stream && r.Event is Probity.Protection.Contract.ApproachRead))));
        Assert.True((told[^1].At - told[0].At).TotalDays > 900);
        var raised = Assert.Single(sample.Record, r => r.Event is Probity.Protection.Contract.AlertRaised);
        Assert.Contains(sample.Record, r => r.Stream == raised.Stream && r.Event is Probity.Protection.Contract.AlertAcknowledged { Late: false });
        Assert.Single(sample.Record, r => r.Event is Probity.Protection.Contract.PlanActivated);
        Assert.Equal(2, sample.Record.Count(r => r.Event is Probity.Protection.Contract.MeasurePlanned));
    }
}
