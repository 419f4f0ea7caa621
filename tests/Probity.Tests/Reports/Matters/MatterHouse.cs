using Probity.Access.Contract;
using Probity.Ledger;
using Probity.Reports.Contract;
using Probity.Reports.Matters;
using Probity.Shared.Record;
using Probity.Tests.Cases;

namespace Probity.Tests.Reports.Matters;

/// <summary>One matter without a store: what is decided is applied, and each acts as whoever they are at that moment.</summary>
internal sealed class MatterHouse
{
    public const string Words = "Two packages are missing from the store.";

    public static readonly DateTimeOffset Begin = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    public static readonly Guid MatterId = Id("the matter");

    int _acts;
    long _index;

    public Register Register { get; set; } = Staff.Agency().ToRegister();
    public DateTimeOffset Now { get; set; } = Begin;
    public Matter Matter { get; private set; } = Matter.Initial with { Id = MatterId };
    public List<Filing> Filed { get; } = [];

    public static Guid Id(string name) => Staff.Id(name);

    public MatterFacts As(string who) => new(Matter, Actor.From(Register, Id(who), Now), Register, Now);

    public static Accusation Accuses(string? person = "ana", string? unit = null, AllegationKind? kind = AllegationKind.EvidenceTheft, string? words = Words, DateOnly? from = null, DateOnly? to = null) =>
        new(person is null ? null : Id(person), unit is null ? null : Id(unit), kind, from, to, words);

    /// <summary>The code of a refusal, else the names of what happened.</summary>
    public string Do(string who, MatterAction action, Func<MatterFacts, Guid, Decision> decide)
    {
        var id = Id($"act {_acts++}");
        return Take(who, MatterDesk.Decide(action, id, As(who), facts => decide(facts, id)));
    }

    public string Take(string who, Decision decision)
    {
        if (decision is Decision.Refused { Refusal: var refusal })
        {
            // Who is missing in a list of people would tell who is barred.
            Assert.Null(refusal.Reroute);
            return refusal.Code;
        }

        var filings = ((Decision.Accepted)decision).Filings;
        foreach (var filing in filings)
        {
            Matter = Matter.Apply(new Recorded(filing.Event, EventTypes.NameOf(filing.Event.GetType()), _index++, filing.Stream, Matter.Version + 1, Now, filing.Occurred, new ActorId(Id(who))));
            Filed.Add(filing);
        }

        return string.Join(',', filings.Select(f => f.Event.GetType().Name));
    }

    public string Open(string who, Accusation? accusation = null, string? investigator = "igor", string? body = null, MatterCandidates? candidates = null, string commitment = "00", params string[] people) => Take(who,
        MatterAccess.Refuses(MatterAction.Open, As(who)) is { } refusal ? refusal
        : OpenMatter.Decide(new(MatterId, Id("its first allegation"), investigator is null ? null : Id(investigator), body, [.. people.Select(Id)], accusation ?? Accuses()), new(commitment, "noise"), candidates ?? MatterCandidates.Of(Id(who), Register, Now), As(who)));

    public string Allege(string who, Accusation accusation) => Do(who, MatterAction.Allege, (f, id) => AddAllegation.Decide(new(MatterId, id, accusation), f));

    public string State(string who, AllegationFinding? finding = AllegationFinding.Substantiated, string? reason = Words, int most = int.MaxValue) => Do(who, MatterAction.State, (f, id) =>
        StateFindings.Decide(new StateFindings.Command(MatterId, id, [.. f.Matter.Allegations.Take(most).Select(a => new StateFindings.Said(a.Id, finding, reason))]), f));

    public string Answer(string who, bool? agrees = true, string? reason = Words) => Do(who, MatterAction.Answer, (f, id) => StateFindings.Decide(new StateFindings.Answer(MatterId, id, agrees, reason), f));

    public string Give(string who, string? investigator, string? body = null, string? reason = Words) =>
        Do(who, MatterAction.Give, (f, id) => GiveMatter.Decide(new(MatterId, id, investigator is null ? null : Id(investigator), body, reason), f));

    /// <summary>Opened by ines against ana, looked into by igor, seen by ivo and oscar too.</summary>
    public MatterHouse Opened()
    {
        Assert.Equal("MatterOpened,OriginCommitted,OpeningReasoned,AllegationMade", Open("ines", people: ["ivo", "oscar"]));
        return this;
    }
}
