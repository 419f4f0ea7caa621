using System.Globalization;
using System.Runtime.InteropServices;
using Probity.Lens.Rules.Conditions;

namespace Probity.Lens.Rules;

/// <summary>
/// rate: the share of each person's cases with an outcome. The person did an activation; the outcome is a target in the case.
/// With <c>by</c>, a value of the activation stands for the person.
/// </summary>
internal sealed class RateJudge(Rule rule, RuleLog log, CaseTrace trace) : CaseJudge(rule, log, trace)
{
    readonly Dictionary<int, Own> _people = [];
    readonly Dictionary<int, (int Events, HashSet<long>? Days)> _inCase = [];

    /// <summary>With <c>by</c>, the values met so far, numbered.</summary>
    readonly List<string> _values = [];
    readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);

    struct Own
    {
        public int Outcomes, Cases;
        public long Events;
        public HashSet<long>? Days;
    }

    public List<PersonRate> Rates { get; private set; } = [];

    protected override void JudgeCase(Tally tally)
    {
        _inCase.Clear();
        foreach (var self in Activations)
        {
            var person = Rule.ByValue is null ? Trace.Resource(self) : ValueAt(self);
            if (person < 0)
            {
                tally.LeaveUnknown();
                continue;
            }

            ref var own = ref CollectionsMarshal.GetValueRefOrAddDefault(_inCase, person, out var known);
            if (!known) tally.Satisfy();
            own.Events++;
            if (Rule.Exposure == RateExposure.Days) (own.Days ??= []).Add(Log.Calendar.DayOf(Trace.Time(self)));
        }

        foreach (var (person, (events, days)) in _inCase) Count(person, new Own { Outcomes = Targets.Count > 0 ? 1 : 0, Cases = 1, Events = events, Days = days });
    }

    public override void Join(CaseJudge later)
    {
        var other = (RateJudge)later;
        foreach (var (person, own) in other._people) Count(Rule.ByValue is null ? person : Number(other._values[person]), own);
    }

    public override void Finish(Tally tally)
    {
        var judged = _people.Where(p => p.Value.Cases >= Rule.Minimum).Select(p => (p.Key, Name: Rule.ByValue is null ? Log.Events.Resources[p.Key] : _values[p.Key], Own: p.Value)).ToList();
        // Numbers of values depend on who met them first; names do not.
        judged.Sort((x, y) => Rule.ByValue is null ? x.Key.CompareTo(y.Key) : string.CompareOrdinal(x.Name, y.Name));
        var compared = Rule.Exposure == RateExposure.Cases
            ? PeerRates.Compare([.. judged.Select(p => (p.Own.Outcomes, p.Own.Cases))])
            : PeerRates.Compare([.. judged.Select(p => (p.Own.Outcomes, p.Own.Cases, Rule.Exposure == RateExposure.Days ? p.Own.Days!.Count : (double)p.Own.Events))]);
        Rates = PeerRates.Rank(compared.Select((rate, i) => rate with { Person = Rule.ByValue is null ? judged[i].Key : -1, Name = judged[i].Name }));
        for (var i = 0; i < Rates.Count && Rates[i].StandsOut; i++)
        {
            tally.Find(new Violation(Reason.Rate, -1, -1, -1, i, 0));
            tally.Cases += Rates[i].Outcomes;
        }
    }

    int ValueAt(int self)
    {
        Scope.A = self;
        var value = Rule.ByValue!.Evaluate(Scope);
        return value.Kind switch
        {
            OperandKind.Text when value.Text!.Length > 0 => Number(value.Text),
            OperandKind.Number => Number(value.Number.ToString(CultureInfo.InvariantCulture)),
            OperandKind.Time => Number(Log.Calendar.Write(value.Micros)),
            _ => -1,
        };
    }

    int Number(string value)
    {
        ref var number = ref CollectionsMarshal.GetValueRefOrAddDefault(_numbers, value, out var known);
        if (!known)
        {
            number = _values.Count;
            _values.Add(value);
        }

        return number;
    }

    void Count(int person, Own more)
    {
        ref var own = ref CollectionsMarshal.GetValueRefOrAddDefault(_people, person, out _);
        own.Outcomes += more.Outcomes;
        own.Cases += more.Cases;
        own.Events += more.Events;
        if (own.Days is null) own.Days = more.Days;
        else if (more.Days is not null) own.Days.UnionWith(more.Days);
    }
}
