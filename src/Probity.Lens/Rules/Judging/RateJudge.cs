using System.Runtime.InteropServices;

namespace Probity.Lens.Rules;

/// <summary>rate: the share of each person's cases with an outcome. The person did an activation; the outcome is a target in the case.</summary>
internal sealed class RateJudge(Rule rule, RuleLog log, CaseTrace trace) : CaseJudge(rule, log, trace)
{
    /// <summary>The share of false alarms among those who stand out that is put up with.</summary>
    public const double FalseDiscoveries = 0.05;

    readonly Dictionary<int, (int Outcomes, int Cases)> _people = [];
    readonly HashSet<int> _inCase = [];

    public List<PersonRate> Rates { get; private set; } = [];

    protected override void JudgeCase(Tally tally)
    {
        _inCase.Clear();
        foreach (var self in Activations)
        {
            var person = Trace.Resource(self);
            if (person < 0) tally.LeaveUnknown();
            else if (_inCase.Add(person)) tally.Satisfy();
        }

        foreach (var person in _inCase) Count(person, Targets.Count > 0 ? 1 : 0, 1);
    }

    public override void Join(CaseJudge later)
    {
        foreach (var (person, (outcomes, cases)) in ((RateJudge)later)._people) Count(person, outcomes, cases);
    }

    public override void Finish(Tally tally)
    {
        var judged = _people.Where(p => p.Value.Cases >= Rule.Minimum).OrderBy(p => p.Key).ToList();
        Rates = [.. PeerRates.Compare([.. judged.Select(p => p.Value)])
            .Select((rate, i) => rate with { Person = judged[i].Key })
            .OrderBy(r => r.Adjusted).ThenBy(r => r.Probability).ThenBy(r => r.Person)];
        for (var i = 0; i < Rates.Count && Rates[i].Adjusted <= FalseDiscoveries; i++)
        {
            tally.Find(new Violation(Reason.Rate, -1, -1, -1, i, 0));
            tally.Cases += Rates[i].Outcomes;
        }
    }

    void Count(int person, int outcomes, int cases)
    {
        ref var own = ref CollectionsMarshal.GetValueRefOrAddDefault(_people, person, out _);
        own = (own.Outcomes + outcomes, own.Cases + cases);
    }
}
