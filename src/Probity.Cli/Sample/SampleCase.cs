using Probity.Cases.Contract;

namespace Probity.Cli.Sample;

/// <summary>
/// The life of one case of the sample, as a sequence of acts: each waits, then acts as somebody through the real slices.
/// What the case came to be (who was drawn) is read from the record, never guessed.
/// </summary>
internal sealed class SampleCase(SampleYears years, int number, Random random)
{
    readonly Irregularity _irregularity = SamplePlan.Of(number);
    readonly Guid _id = SampleUnit.Id($"case/{number}");

    Guid Handler => years.HandlerOf(_id);
    Guid Prosecutor => years.ProsecutorOf(_id);
    bool Backdated => _irregularity == Irregularity.Backdated;

    /// <summary>The acts, each with the time that passes before it.</summary>
    public IEnumerable<(TimeSpan Wait, Func<Task> Act)> Acts()
    {
        var unit = number % 2 == 0 ? years.Unit.Airport : years.Unit.Seaport;
        var opener = Pick(years.Unit.Holders(Access.Contract.Role.Officer, unit));
        yield return (TimeSpan.Zero, () => years.OpenAsync(opener, _id, unit, Offence(), Summary(), Parties(unit)));
        if (_irregularity == Irregularity.ChosenHandler)
        {
            yield return (Hours(3, 8), () => years.AssignByHandAsync(_id, unit));
        }

        yield return (Hours(1, 20), () => years.EnterAsync(Handler, _id, Stage.Investigate));
        if (_irregularity == Irregularity.AboutStaff)
        {
            yield return (Days(1, 3), () => years.TryToCloseAsHeadAsync(_id, unit));
        }

        if (_irregularity != Irregularity.AboutStaff && random.NextDouble() >= 0.25 | _irregularity != Irregularity.None)
        {
            foreach (var act in Seizure()) yield return act;
            foreach (var act in Prosecution()) yield return act;
        }
        else
        {
            yield return (Days(3, 20), () => StepAsync(Step.InterviewHeld, "Interview held with the traveller."));
            yield return (Days(2, 15), () => StepAsync(Step.ReportFiled, "Report filed: the suspicion was not confirmed."));
            foreach (var act in Closing(() => Handler, CaseOutcome.NoFurtherAction)) yield return act;
        }
    }

    IEnumerable<(TimeSpan, Func<Task>)> Seizure()
    {
        var late = Backdated ? TimeSpan.FromDays(random.Next(3, 9)) : TimeSpan.Zero;
        yield return (Hours(1, 6) + late, async () =>
        {
            await StepAsync(Step.SeizureRecorded, "Packages found and counted with a second officer.", late);
            await years.Exhibits.SeizeAsync(Handler, _id, number, Backdated ? years.Now - late : null);
        });
        yield return (Hours(1, 3), () => years.LetInCustodianAsync(Handler, _id));
        if (_irregularity == Irregularity.StoredBeforeWeighed)
        {
            yield return (Hours(1, 4), () => years.StoreAsync(_id));
            yield return (Hours(20, 60), () => WeighAsync("Packages weighed, gross and net."));
        }
        else
        {
            yield return (Hours(1, 4), () => WeighAsync("Packages weighed at the place of seizure, gross and net.", late / 2));
            yield return (Hours(2, 9), () => years.StoreAsync(_id));
        }

        if (_irregularity == Irregularity.Stalled)
        {
            yield return (TimeSpan.FromDays(random.Next(380, 430)), () => StepAsync(Step.InterviewHeld, "Interview held with the importer."));
        }

        if (_irregularity != Irregularity.LaboratorySkipped)
        {
            var wait = _irregularity == Irregularity.LaboratoryLate ? Days(9, 25) : Hours(10, 60);
            yield return (wait, async () =>
            {
                await StepAsync(Step.SentToLaboratory, "Samples sent to the laboratory, sealed.");
                await years.Exhibits.SubmitAsync(_id);
            });
        }

        if (_irregularity != Irregularity.Stalled)
        {
            yield return (Days(1, 6), () => StepAsync(Step.InterviewHeld, "Interview held with the carrier."));
        }

        if (_irregularity != Irregularity.LaboratorySkipped)
        {
            yield return (Days(8, 30), async () =>
            {
                await StepAsync(Step.LaboratoryResultReceived, years.Exhibits.IsAnalysedHere(_id)
                    ? "Result of the laboratory received: it stands with the exhibit." : "Result of the laboratory received on paper: it is in the file of the case, not on this record.");
                await years.Exhibits.ResultAsync(_id);
            });
        }

        if (SamplePlan.LeavesOut(number) is { } countersigned)
        {
            yield return (TimeSpan.Zero, () => years.LeaveOutAsync(
                Handler, _id, "Sent to laboratory", "The laboratory takes no samples: its instrument is out of order until further notice.", countersigned));
        }

        yield return (Days(2, 12), () => StepAsync(Step.ReportFiled, "Report of the investigation filed."));
        yield return (Days(1, 4), () => years.EnterAsync(Handler, _id, Stage.Prosecute));
    }

    IEnumerable<(TimeSpan, Func<Task>)> Prosecution()
    {
        if (random.NextDouble() < 0.15)
        {
            yield return (Days(5, 25), () => DecideAsync(DecisionKind.Decline, "The link between the person and the packages cannot be proved."));
            foreach (var act in Closing(() => Prosecutor, CaseOutcome.Declined)) yield return act;
            yield break;
        }

        yield return (Days(5, 25), () => years.ChargeAsync(Prosecutor, _id, "The finding, the interview and the laboratory's result bear each other out."));
        yield return (Days(2, 10), () => years.EnterAsync(Prosecutor, _id, Stage.Adjudicate));
        if (_irregularity == Irregularity.DestroyedEarly)
        {
            yield return (Days(2, 10), () => StepAsync(Step.ExhibitsDestroyed, "Exhibits destroyed at the incinerator."));
        }

        if (random.NextDouble() < 0.2)
        {
            yield return (Days(60, 200), () => years.JudgeAsync(_id, Verdict.NotGuilty, "Judgment: acquitted."));
            foreach (var act in Closing(() => Prosecutor, CaseOutcome.Acquitted)) yield return act;
            yield break;
        }

        yield return (Days(60, 200), () => years.JudgeAsync(_id, Verdict.Guilty, "Judgment: convicted."));
        yield return (Days(5, 30), () => years.SentenceAsync(_id, "Sentence passed."));
        yield return (Days(10, 30), () => years.EnterAsync(Prosecutor, _id, Stage.Enforce));
        if (_irregularity != Irregularity.DestroyedEarly)
        {
            var (until, judgeSees) = (Days(10, 40), TimeSpan.FromDays(8));
            yield return (until - judgeSees, () => years.Exhibits.OrderAsync(_id, years.Now));
            yield return (judgeSees, async () =>
            {
                await StepAsync(Step.ExhibitsDestroyed, "Exhibits destroyed before two witnesses.");
                await years.Exhibits.DestroyAsync(_id, years.Now);
            });
        }

        foreach (var act in Closing(() => Prosecutor, CaseOutcome.Enforced)) yield return act;
    }

    IEnumerable<(TimeSpan, Func<Task>)> Closing(Func<Guid> by, CaseOutcome outcome)
    {
        yield return (Days(1, 9), () => years.ProposeClosingAsync(by(), _id, outcome));
        if (random.NextDouble() < 0.08)
        {
            yield return (Days(1, 5), () => years.AnswerClosingAsync(_id, approve: false));
            yield return (Days(2, 8), () => years.ProposeClosingAsync(by(), _id, outcome));
        }

        yield return (Days(1, 6), () => years.AnswerClosingAsync(_id, approve: true));
    }

    Task StepAsync(Step step, string note, TimeSpan late = default) =>
        years.RecordStepAsync(Handler, _id, step, note, late == default ? null : years.Now - late);

    async Task WeighAsync(string note, TimeSpan late = default)
    {
        await years.WeighAsync(Handler, _id);
        await StepAsync(Step.ExhibitsWeighed, note, late);
    }

    Task DecideAsync(DecisionKind kind, string reasons) => years.DecideAsync(Prosecutor, _id, kind, reasons);

    IReadOnlyList<Party> Parties(Guid unit)
    {
        var outsider = new Party(PartyRole.Subject, SampleUnit.Outsider(random), null);
        if (_irregularity != Irregularity.AboutStaff) return [outsider];
        var officer = years.Unit.Holders(Access.Contract.Role.Officer, unit)[^1];
        return [new Party(PartyRole.Subject, years.Unit.NameOf(officer), officer), new Party(PartyRole.Witness, outsider.Name, null)];
    }

    string Offence() => _irregularity == Irregularity.AboutStaff ? "07031" : random.NextDouble() < 0.85 ? "060121" : "060124";

    string Summary() => _irregularity == Irregularity.AboutStaff
        ? "An officer is said to have let a marked container pass for money."
        : number % 2 == 0
            ? $"Air passenger with {random.Next(2, 9)} packages of white powder in the lining of a suitcase."
            : $"Container with {random.Next(10, 400)} packages among frozen fish, found by risk profile.";

    T Pick<T>(IReadOnlyList<T> from) => from[random.Next(from.Count)];
    TimeSpan Hours(int from, int to) => TimeSpan.FromMinutes(random.Next(from * 60, to * 60));
    TimeSpan Days(int from, int to) => TimeSpan.FromMinutes(random.Next(from * 1440, to * 1440));
}
