using Probity.Access;
using Probity.Access.Contract;
using Probity.Cases;
using Probity.Cases.Assigning;
using Probity.Cases.Charging;
using Probity.Cases.Closing;
using Probity.Cases.Contract;
using Probity.Cases.Deciding;
using Probity.Cases.Hearing;
using Probity.Cases.Opening;
using Probity.Cases.Working;
using Probity.Ledger;
using Probity.Shared.Record;

namespace Probity.Cli.Sample;

/// <summary>
/// Three years of the sample unit: every act of every case, in the order of time, as a command through the real slices.
/// A refusal that the plan did not ask for is a fault of the sample and stops it.
/// </summary>
internal sealed class SampleYears(IServiceProvider rooms, TransparencyLog log, SampleClock clock, SampleUnit unit)
{
    readonly ReactionRunner _reactions = rooms.GetRequiredService<ReactionRunner>();
    readonly Dictionary<Guid, Case> _cases = [];
    readonly Random _random = new(SamplePlan.Seed);
    readonly SampleSop _sop = new(rooms, unit);

    public SampleUnit Unit => unit;
    public SampleExhibits Exhibits { get; } = new(rooms, log, unit);
    public DateTimeOffset Now => clock.GetUtcNow();

    /// <summary>A slice of a room, for acts that are told elsewhere.</summary>
    public T Slice<T>() where T : notnull => rooms.GetRequiredService<T>();

    /// <summary>The number of the newest case of a unit.</summary>
    public string NewestCaseOf(Guid inUnit) => _cases.Values.Where(c => c.Unit == inUnit).OrderBy(c => c.OpenedAt).ThenBy(c => c.Number, StringComparer.Ordinal).Last().Number;

    public Guid HandlerOf(Guid id) => _cases[id].Handler ?? throw new InvalidOperationException($"Case {_cases[id].Number} has no handler.");
    public Guid ProsecutorOf(Guid id) => _cases[id].Prosecutor ?? throw new InvalidOperationException($"Case {_cases[id].Number} has no prosecutor.");

    /// <summary>Fills an empty node. Progress is the share of the three years, 0 to 1.</summary>
    public async Task RunAsync(IProgress<double> progress, CancellationToken cancel)
    {
        Expect(await rooms.GetRequiredService<Founding>().FileAsync(unit.Plan, cancel));
        await rooms.GetRequiredService<CommitSeeds>().RunAsync(cancel);
        await rooms.GetRequiredService<Probity.People.Revetting.CommitLots>().RunAsync(cancel);
        await Exhibits.OpenStoreAsync();
        var due = new PriorityQueue<(IEnumerator<(TimeSpan Wait, Func<Task> Act)> Life, Func<Task> Act), (DateTimeOffset, int)>();
        var span = SamplePlan.End - SamplePlan.Begin;
        for (var number = 0; number < SamplePlan.Cases; number++)
        {
            var life = new SampleCase(this, number, new Random(SamplePlan.Seed + number)).Acts().GetEnumerator();
            Plan(life, SamplePlan.Begin + span * (number + _random.NextDouble() * 0.8) / SamplePlan.Cases, number);
        }

        for (var number = 0; number < SampleTarget.Targets; number++)
        {
            var life = new SampleTarget(this, number).Acts().GetEnumerator();
            Plan(life, SamplePlan.End - SampleTarget.Span * (SampleTarget.Targets - number) / SampleTarget.Targets, SamplePlan.Cases + number);
        }

        for (var number = 0; number < SamplePayment.Payments; number++)
        {
            Plan(new SamplePayment(this, number).Acts().GetEnumerator(), SamplePlan.End - SamplePayment.Before(number), SamplePlan.Cases + SampleTarget.Targets + number);
        }
        foreach (var (number, (at, act)) in new SampleVetting(this).Acts().Index()) Plan(Once(act), at, SamplePlan.Cases + 2_000 + number);
        foreach (var (number, (at, act)) in new SampleTraining(this).Acts().Index()) Plan(Once(act), at, SamplePlan.Cases + 3_000 + number);
        foreach (var (number, (at, act)) in new SamplePassports(this).Acts().Index()) Plan(Once(act), at, SamplePlan.Cases + 2_600 + number);
        foreach (var (number, (at, act)) in new SampleRevetting(this, _reactions).Acts().Index()) Plan(Once(act), at, SamplePlan.Cases + 2_500 + number);
        foreach (var (number, (at, act)) in new SampleRotating(this).Acts().Index()) Plan(Once(act), at, SamplePlan.Cases + 2_600 + number);
        foreach (var (number, (at, act)) in new SampleLeave(this).Acts().Index()) Plan(Once(act), at, SamplePlan.Cases + 2_700 + number);
        Plan(Once(_sop.PublishSecondAsync), SampleSop.Second, SamplePlan.Cases + 1_000);
        Plan(Once(_sop.SubmitThirdAsync), SampleSop.Third, SamplePlan.Cases + 1_001);
        var policy = new SamplePolicy(this);
        Plan(Once(policy.ChooseAsync), SamplePolicy.First, SamplePlan.Cases + 1_002);
        Plan(Once(policy.AskForLessAsync), SamplePolicy.Looser, SamplePlan.Cases + 1_003);
        var declarations = new SampleDeclarations(this);
        foreach (var (round, day) in SampleDeclarations.Rounds.Index()) Plan(Once(() => declarations.DeclareAsync(round)), day, SamplePlan.Cases + 1_100 + round);
        Plan(Once(declarations.ResolveAsync), SampleDeclarations.Resolved, SamplePlan.Cases + 1_006);
        var conduct = new SampleConduct(this);
        Plan(conduct.Acts().GetEnumerator(), SamplePlan.End - SampleConduct.Before, SamplePlan.Cases + 1_010);
        for (var number = 0; number < SampleConduct.GiftsBefore.Count; number++)
            Plan(conduct.GiftActs(number).GetEnumerator(), SamplePlan.End - SampleConduct.GiftsBefore[number], SamplePlan.Cases + 1_011 + number);
        var interests = new SampleInterests(this);
        Plan(interests.Share().GetEnumerator(), SamplePlan.End - SampleInterests.ShareBefore, SamplePlan.Cases + 1_020);
        Plan(interests.Work().GetEnumerator(), SamplePlan.End - SampleInterests.WorkBefore, SamplePlan.Cases + 1_021);
        Plan(interests.Others().GetEnumerator(), SamplePlan.End - SampleInterests.OthersBefore, SamplePlan.Cases + 1_022);
        Plan(new SampleRisk(this).Airport().GetEnumerator(), SampleRisk.AirportBegins, SamplePlan.Cases + 1_004);
        Plan(new SampleRisk(this).Seaport().GetEnumerator(), SampleRisk.SeaportBegins, SamplePlan.Cases + 1_005);
        Plan(new SampleIndicators(this).Acts().GetEnumerator(), SampleIndicators.Begins, SamplePlan.Cases + 1_060);

        foreach (var (number, (at, act)) in new SampleProtection(this).Acts().Index()) Plan(Once(act), at, SamplePlan.Cases + 3_000 + number);

        foreach (var (number, (at, act)) in new SampleSelection(this).Acts().Index()) Plan(Once(act), at, SamplePlan.Cases + 5_000 + number);

        foreach (var (number, (at, act)) in new SampleLeaving(this).Acts().Index()) Plan(Once(act), at, SamplePlan.Cases + 4_000 + number);

        foreach (var (number, (at, act)) in new SampleReviewing(this).Acts().Index()) Plan(Once(act), at, SamplePlan.Cases + 6_000 + number);

        while (due.TryDequeue(out var next, out var at) && at.Item1 < SamplePlan.End)
        {
            cancel.ThrowIfCancellationRequested();
            clock.MoveTo(at.Item1);
            await next.Act();
            Plan(next.Life, at.Item1, at.Item2);
            progress.Report((at.Item1 - SamplePlan.Begin) / span);
        }

        await Exhibits.CountAsync();
        await Exhibits.PublishAsync();
        foreach (var id in _cases.Keys.ToList()) await SeeAsync(id);
        await new SampleCourt(rooms, unit, clock).RunAsync(_cases.Values);
        await _reactions.CatchUpAsync(cancel);

        void Plan(IEnumerator<(TimeSpan Wait, Func<Task> Act)> life, DateTimeOffset after, int number)
        {
            if (life.MoveNext()) due.Enqueue((life, life.Current.Act), (after + life.Current.Wait, number));
        }

        static IEnumerator<(TimeSpan Wait, Func<Task> Act)> Once(Func<Task> act)
        {
            yield return (TimeSpan.Zero, act);
        }
    }

    public async Task OpenAsync(Guid by, Guid id, Guid inUnit, string offence, string summary, IReadOnlyList<Party> parties)
    {
        Expect(await rooms.GetRequiredService<OpenCase>().HandleAsync(by, new(id, inUnit, offence, summary, parties), null, default));
        await SeeAsync(id);
    }

    /// <summary>The head of the team asks for a handler by hand, always the same one; an integrity officer agrees.</summary>
    public async Task AssignByHandAsync(Guid id, Guid inUnit)
    {
        var head = unit.Holders(Role.Commander, inUnit)[0];
        var wanted = unit.Holders(Role.Officer, inUnit)[1];
        if (_cases[id].Handler == wanted) wanted = unit.Holders(Role.Officer, inUnit)[2];
        Expect(await rooms.GetRequiredService<ProposeAssignment>().HandleAsync(
            head, new(id, Seat.Handler, wanted, "He knows this route better than the others."), null, default));
        Expect(await rooms.GetRequiredService<ApproveAssignment>().HandleAsync(
            unit.Holders(Role.Integrity)[0], new(id, Seat.Handler, true, null), null, default));
        await SeeAsync(id);
    }

    public async Task EnterAsync(Guid by, Guid id, Stage stage)
    {
        Expect(await rooms.GetRequiredService<EnterStage>().HandleAsync(by, new(id, stage), null, default));
        await SeeAsync(id);
    }

    public async Task RecordStepAsync(Guid by, Guid id, Step step, string note, DateTimeOffset? occurred) =>
        Expect(await rooms.GetRequiredService<RecordStep>().HandleAsync(by, new(id, step, note, occurred), null, default));

    public async Task LetInCustodianAsync(Guid by, Guid id)
    {
        Expect(await rooms.GetRequiredService<GiveAccess>().HandleAsync(
            by, new(id, CustodianFor(id), "Takes the exhibits into the store."), null, default));
    }

    public async Task StoreAsync(Guid id)
    {
        await Exhibits.StoreAsync(id, CustodianFor(id));
        await RecordStepAsync(CustodianFor(id), id, Step.ExhibitsStored, "Packages taken into the store, seals checked.", null);
    }

    /// <summary>The handler weighs, with somebody of the team who is not the custodian.</summary>
    public Task WeighAsync(Guid by, Guid id) => Exhibits.WeighAsync(by, id, CustodianFor(id));

    public async Task DecideAsync(Guid by, Guid id, DecisionKind kind, string reasons) =>
        Expect(await rooms.GetRequiredService<DecideInCase>().HandleAsync(
            by, new(id, kind, reasons, "Narcotics Act of Ventoclaro, section 12"), null, default));

    /// <summary>The prosecutor brings the charge that the court will find on.</summary>
    public async Task ChargeAsync(Guid by, Guid id, string reasons) => Expect(await rooms.GetRequiredService<BringCharge>().HandleAsync(
        by, new(id, SampleCourt.ChargeOf(id), SampleCourt.Law, "section 12", "Brought a narcotic into the country, hidden so as not to be found.", reasons), null, default));

    /// <summary>The court's registry records the judgment.</summary>
    public async Task JudgeAsync(Guid id, Verdict verdict, string reasons) => Expect(await rooms.GetRequiredService<GiveJudgment>().HandleAsync(
        unit.Holders(Role.Registry)[0], new(id, SampleCourt.ChargeOf(id), verdict, reasons, SampleCourt.Law + ", section 12"), null, default));

    /// <summary>The court's registry records the sentence.</summary>
    public async Task SentenceAsync(Guid id, string reasons) => Expect(await rooms.GetRequiredService<PassSentence>().HandleAsync(
        unit.Holders(Role.Registry)[0], new(id, SampleCourt.ChargeOf(id), "Imprisonment.", reasons, SampleCourt.Law + ", section 12"), null, default));

    public async Task ProposeClosingAsync(Guid by, Guid id, CaseOutcome outcome) =>
        Expect(await rooms.GetRequiredService<ProposeClosing>().HandleAsync(
            by, new(id, outcome, "Nothing is left to be done in this case."), null, default));

    /// <summary>A second person answers: an integrity officer, or the overseer where the guard bars them.</summary>
    public async Task AnswerClosingAsync(Guid id, bool approve)
    {
        var second = unit.Holders(Role.Integrity)[Math.Abs(id.GetHashCode()) % 3];
        Expect(await rooms.GetRequiredService<ApproveClosing>().HandleAsync(
            second, new(id, approve, approve ? null : "The store's receipt is missing from the file."), null, default));
    }

    /// <summary>The head of a team tries to close a case about their own officer; the conflict check must refuse.</summary>
    public async Task TryToCloseAsHeadAsync(Guid id, Guid inUnit)
    {
        var answer = await rooms.GetRequiredService<ApproveClosing>().HandleAsync(
            unit.Holders(Role.Commander, inUnit)[0], new(id, true, null), null, default);
        if (answer is not CaseAnswer.NotFound) throw new InvalidOperationException($"The head of the team was not kept out: {answer}.");
    }

    /// <summary>The handler says why a step is left out; an integrity officer countersigns, or nobody yet.</summary>
    public Task LeaveOutAsync(Guid by, Guid id, string activity, string reason, bool countersigned) =>
        _sop.LeaveOutAsync(by, id, activity, reason, countersigned ? unit.Holders(Role.Integrity)[2] : null);

    Guid CustodianFor(Guid id)
    {
        var custodians = unit.Holders(Role.Custodian);
        return custodians[Math.Abs(id.GetHashCode()) % custodians.Count];
    }

    // Reactions answer at once, as they do on a running node; then the case is read as it has become.
    async Task SeeAsync(Guid id)
    {
        await _reactions.CatchUpAsync(default);
        _cases[id] = await new RecordSession(log).FoldAsync<Case>(new StreamId(id));
    }

    static void Expect(CaseAnswer answer)
    {
        if (answer is CaseAnswer.Ended { Outcome: var outcome }) Expect(outcome);
        else throw new InvalidOperationException("The sample acts on a case that is not there.");
    }

    /// <summary>Stops the sample at a refusal that was not planned.</summary>
    public static void Expect(Outcome? outcome)
    {
        if (outcome is not Outcome.Done) throw new InvalidOperationException($"The sample was refused: {outcome}.");
    }
}
