using System.Globalization;
using Probity.Cases.Contract;
using Probity.Shared.Record;

namespace Probity.Cases.Charging;

/// <summary>What can prove something in a case without being typed: the things that other rooms keep of it, and the people in it who are not under suspicion.</summary>
internal sealed class CaseEvidence(IEnumerable<ICaseEvidence> rooms)
{
    /// <summary>
    /// The things of a case. A decision rests on them without expecting them: a thing never leaves its case, nor does its number change.
    /// </summary>
    public async ValueTask<IReadOnlyList<CaseThing>> ReadAsync(Guid @case, CancellationToken cancel)
    {
        var things = new List<CaseThing>();
        foreach (var room in rooms) things.AddRange(await room.OfAsync(@case, cancel));
        return things;
    }

    /// <summary>Everybody who ever had a thing of the case in hand. A decision that rests on it expects each thing: one can change hands meanwhile.</summary>
    public async ValueTask<IReadOnlySet<Guid>> HandsAsync(RecordSession session, Guid @case, CancellationToken cancel)
    {
        var hands = new HashSet<Guid>();
        foreach (var room in rooms) hands.UnionWith(await room.HandsAsync(session, @case, cancel));
        return hands;
    }

    /// <summary>
    /// The piece of evidence of this id, called what it is called: what was named before by its first name, a thing by its number, somebody by their name
    /// in the case; null where the case has none.
    /// </summary>
    public static EvidenceRef? Of(Guid id, Case @case, IReadOnlyList<CaseThing> things) =>
        @case.Court.Evidence.GetValueOrDefault(id) ?? Unnamed(@case, things).FirstOrDefault(e => e.Id == id);

    /// <summary>All that can be chosen: things first, then people, then what was named before by its label.</summary>
    public static IEnumerable<EvidenceRef> All(Case @case, IReadOnlyList<CaseThing> things)
    {
        var own = Unnamed(@case, things).ToList();
        return own.Concat(@case.Court.Evidence.Values.Where(e => own.All(o => o.Id != e.Id)).OrderBy(e => e.Kind).ThenBy(e => e.Label, StringComparer.CurrentCulture));
    }

    static IEnumerable<EvidenceRef> Unnamed(Case @case, IReadOnlyList<CaseThing> things) => things
        .Select(t => new EvidenceRef(EvidenceKind.Exhibit, t.Id, t.Number))
        .Concat(@case.CurrentParties.Where(p => p.Party.Role != PartyRole.Subject)
            .Select(p => new EvidenceRef(EvidenceKind.Witness, WitnessId(@case.Id, p.Number), p.Party.Name)));

    /// <summary>The id of somebody in the case as a witness.</summary>
    static Guid WitnessId(Guid caseId, int number) => LinkEvidence.IdOf(caseId, EvidenceKind.Witness, number.ToString(CultureInfo.InvariantCulture));
}
