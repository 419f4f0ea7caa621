using Probity.Access.Contract;
using Probity.Cases;
using Probity.Cases.BreakingGlass;
using Probity.Cases.Charging;
using Probity.Cases.Contract;
using Probity.Cases.Disclosing;
using Probity.Cases.Hearing;
using Probity.Cases.Walling;
using Probity.Shared.Record;

namespace Probity.Cli.Sample;

/// <summary>
/// The sample's last days: two cases before the court, with what is charged and what the court did; a case that an officer opened at
/// night without being assigned, which nobody has judged yet; and a declared conflict.
/// </summary>
internal sealed class SampleCourt(IServiceProvider rooms, SampleUnit unit, SampleClock clock)
{
    const string Procedure = "Code of Procedure of Ventoclaro";

    /// <summary>The law that the charges of the sample rest on.</summary>
    public const string Law = "Narcotics Act of Ventoclaro";

    /// <summary>The charge that a case of the sample is brought before the court with.</summary>
    public static Guid ChargeOf(Guid id) => Of(id, "charge");

    Guid Registrar => unit.Holders(Role.Registry)[0];

    /// <param name="cases">The cases as they stand.</param>
    public async Task RunAsync(IReadOnlyCollection<Case> cases)
    {
        clock.MoveTo(SamplePlan.End - TimeSpan.FromHours(20));
        var atCourt = cases.Where(c => c is { Stage: Stage.Adjudicate, Closing: null } && c.Decisions is [DecisionKind.Charge] && !c.StaffParties.Any()).OrderByDescending(c => c.OpenedAt).ThenBy(c => c.Number, StringComparer.Ordinal).Take(2).ToList();
        for (var i = 0; i < atCourt.Count; i++) await BeforeCourtAsync(atCourt[i], unit.Holders(Role.Judge)[i]);

        // At ten past three in the morning, an officer of the other team.
        clock.MoveTo(SamplePlan.End - new TimeSpan(3, 50, 0));
        var other = cases.Where(c => c.Unit == unit.Seaport && c.Stage == Stage.Investigate && !c.StaffParties.Any()).OrderByDescending(c => c.OpenedAt).First();
        await rooms.GetRequiredService<BreakGlass>().HandleAsync(unit.Holders(Role.Officer, unit.Airport)[2], new(
            other.Number, "A man at the counter says that his brother's container is held in this case and that he has the papers for it."), default);
        await rooms.GetRequiredService<DeclareConflict>().HandleAsync(unit.Holders(Role.Custodian)[0], new(other.Number, ConflictKind.Kin), default);
    }

    async Task BeforeCourtAsync(Case @case, Guid judge)
    {
        var (id, prosecutor) = (@case.Id, @case.Prosecutor!.Value);
        var (charge, second) = (ChargeOf(id), Of(id, "second charge"));
        Expect(await Slice<BringCharge>().HandleAsync(prosecutor, new(
            id, second, Law, "section 15", "Acted together with others.", "The messages on the telephone name two more people."), null, default));
        string[] elements = ["The substance is a narcotic", "It was brought into the country", "The accused knew of it"];
        Expect(await Slice<StateElements>().HandleAsync(prosecutor, new(id, charge, [.. elements.Select(e => (Of(id, e), e))]), null, default));
        Expect(await Slice<StateElements>().HandleAsync(prosecutor, new(id, second, [(Of(id, "others"), "Two or more people agreed on it")]), null, default));
        // What came to court without an exhibit is proved by the paper of it.
        var seized = (await Slice<CaseEvidence>().ReadAsync(id, default)).Select(t => new EvidenceRef(EvidenceKind.Exhibit, t.Id, t.Number))
            .FirstOrDefault(Evidence(EvidenceKind.Document, "Record of the finding"));
        await LinkToAsync(elements[0], seized);
        await LinkAsync(elements[0], EvidenceKind.Expert, "Report of the laboratory");
        await LinkAsync(elements[1], EvidenceKind.Document, "Customs declaration");
        await LinkToAsync(elements[1], seized);
        Expect(await Slice<Disclose>().HandleAsync(prosecutor, new(
            id, [seized.Id, Evidence(EvidenceKind.Expert, "Report of the laboratory").Id], "Dr. Defensora Exemplo"), null, default));
        Expect(await Slice<NameJudge>().HandleAsync(Registrar, new(id, unit.NameOf(judge), judge, AssignedHow.Random, null), null, default));
        Expect(await Slice<SetHearing>().HandleAsync(Registrar, new(id, Of(id, "first"), SamplePlan.End.AddDays(-1).AddHours(2), "Room 2", "First hearing"), null, default));
        Expect(await Slice<EndHearing>().HandleAsync(Registrar, new(
            id, Of(id, "first"), CourtSide.Defence, "The lawyer was given the file the day before.", Procedure + ", section 40"), null, default));
        Expect(await Slice<DecideBail>().HandleAsync(Registrar, new(id, BailOutcome.Refused, "The accused has no home in the country.", Procedure + ", section 31"), null, default));
        Expect(await Slice<SetHearing>().HandleAsync(Registrar, new(id, Of(id, "trial"), SamplePlan.End.AddDays(12).AddHours(2), "Room 2", "Trial"), null, default));
        Expect(await Slice<SetHearing>().HandleAsync(Registrar, new(id, Of(id, "second day"), SamplePlan.End.AddDays(120).AddHours(2), "Room 2", "Trial, second day"), null, default));

        Task LinkAsync(string element, EvidenceKind kind, string label) => LinkToAsync(element, Evidence(kind, label));

        async Task LinkToAsync(string element, EvidenceRef evidence) =>
            Expect(await Slice<LinkEvidence>().HandleAsync(prosecutor, new(id, Of(id, element), evidence), null, default));

        EvidenceRef Evidence(EvidenceKind kind, string label) => new(kind, LinkEvidence.IdOf(id, kind, label), label);
    }

    T Slice<T>() where T : notnull => rooms.GetRequiredService<T>();

    static Guid Of(Guid id, string what) => Streams.Derive(id, "sample/" + what);

    static void Expect(CaseAnswer answer)
    {
        if (answer is not CaseAnswer.Ended { Outcome: Outcome.Done }) throw new InvalidOperationException($"The sample was refused: {answer}.");
    }
}
