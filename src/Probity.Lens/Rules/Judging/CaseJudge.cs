using Probity.Lens.Rules.Conditions;

namespace Probity.Lens.Rules;

/// <summary>Judges cases by one rule, one case after the other. Not for several threads at once: it keeps its lists.</summary>
internal abstract class CaseJudge(Rule rule, RuleLog log, CaseTrace trace)
{
    readonly bool[] _activation = log.Among(rule.Activation);
    readonly bool[] _target = log.Among(rule.Target);

    protected Rule Rule => rule;
    protected RuleLog Log => log;
    protected CaseTrace Trace => trace;
    protected Scope Scope { get; } = new(trace, log);

    /// <summary>The positions of the case's activations, and of its targets.</summary>
    protected List<int> Activations { get; } = [];

    protected List<int> Targets { get; } = [];

    /// <summary>
    /// Whether nothing but the order of activities matters, so that cases of one path without equal times are judged alike.
    /// </summary>
    public bool OrderOnly => rule is
    {
        Kind: <= RuleKind.NotCoexistence, Within: null, After: null, ActivationWhere: null, TargetWhere: null, Correlation: null,
    };

    public void Judge(Tally tally)
    {
        Activations.Clear();
        Targets.Clear();
        for (var i = 0; i < trace.Length; i++)
        {
            if ((i & 0xFF) == 0) log.Cancellation.ThrowIfCancellationRequested();
            var activity = trace.Activity(i);
            if (_activation[activity] && IsActivation(i)) Activations.Add(i);
            if (_target[activity] && IsTarget(i)) Targets.Add(i);
        }

        JudgeCase(tally);
    }

    protected abstract void JudgeCase(Tally tally);

    /// <summary>Takes up what another judge of the same rule noted in the cases after these.</summary>
    public virtual void Join(CaseJudge later) { }

    /// <summary>Judges what can only be seen over all cases, once all are joined.</summary>
    public virtual void Finish(Tally tally) { }

    public static CaseJudge Create(Rule rule, RuleLog log, CaseTrace trace) => rule.Kind switch
    {
        <= RuleKind.Exactly => new CountJudge(rule, log, trace),
        <= RuleKind.NotCoexistence or RuleKind.CoolingOff => new RelationJudge(rule, log, trace),
        RuleKind.FourEyes or RuleKind.SamePerson or RuleKind.NotSuperior or RuleKind.RoleRequired => new PeopleJudge(rule, log, trace),
        RuleKind.AtMostOpen => new OpenJudge(rule, log, trace),
        RuleKind.Deadline => new DeadlineJudge(rule, log, trace),
        RuleKind.Value => new ValueJudge(rule, log, trace),
        _ => new RateJudge(rule, log, trace),
    };

    /// <summary>Whether the pair is one that the rule means.</summary>
    protected bool Correlates(int activation, int target)
    {
        if (rule.Correlation is null) return true;
        log.Cancellation.ThrowIfCancellationRequested();
        (Scope.A, Scope.T) = (activation, target);
        return rule.Correlation.Holds(Scope);
    }

    /// <summary>
    /// The first of <paramref name="list"/> in a range of groups and of times that correlates with an event, or -1.
    /// Without correlation it takes two looks after a binary search.
    /// </summary>
    /// <param name="list">Rising positions.</param>
    /// <param name="self">The event; it is never its own partner.</param>
    /// <param name="groups">First and last group.</param>
    /// <param name="times">Earliest and latest time.</param>
    /// <param name="swapped">Whether the event is the target of the rule, and the list holds activations.</param>
    protected int Find(List<int> list, int self, (int First, int Last) groups, (long Earliest, long Latest) times, bool swapped)
    {
        var i = Begin(list, groups.First, trace.Rising ? times.Earliest : long.MinValue);
        for (; i < list.Count; i++)
        {
            if ((i & 0xFFF) == 0xFFF) log.Cancellation.ThrowIfCancellationRequested();
            var p = list[i];
            if (trace.Group(p) > groups.Last) break;
            var time = trace.Time(p);
            if (time > times.Latest && trace.Rising) break;
            if (time < times.Earliest || time > times.Latest || p == self) continue;
            if (swapped ? Correlates(p, self) : Correlates(self, p)) return p;
        }

        return -1;
    }

    /// <summary>The times that lie after a moment by what the rule allows.</summary>
    protected (long Earliest, long Latest) Forward(long time) => (
        rule.After is { } after ? log.Calendar.Add(time, after) : long.MinValue,
        rule.Within is { } within ? log.Calendar.Add(time, within) : long.MaxValue);

    /// <summary>The times that lie before it.</summary>
    protected (long Earliest, long Latest) Backward(long time) => (
        rule.Within is { } within ? log.Calendar.Add(time, within, -1) : long.MinValue,
        rule.After is { } after ? log.Calendar.Add(time, after, -1) : long.MaxValue);

    /// <summary>The first partner anywhere in the case whose distance is what the rule allows, before or after; or -1.</summary>
    protected int FindEitherWay(List<int> list, int self, bool swapped)
    {
        var all = (0, trace.GroupCount);
        var time = trace.Time(self);
        var (earliest, _) = Backward(time);
        var (_, latest) = Forward(time);
        if (rule.After is null) return Find(list, self, all, (earliest, latest), swapped);
        var before = Find(list, self, all, Backward(time), swapped);
        return before >= 0 ? before : Find(list, self, all, Forward(time), swapped);
    }

    /// <summary>The first of the list that is in this group or later, and at this time or later.</summary>
    int Begin(List<int> list, int group, long earliest)
    {
        var (low, high) = (0, list.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (trace.Group(list[middle]) < group || (earliest > long.MinValue && trace.Time(list[middle]) < earliest)) low = middle + 1;
            else high = middle;
        }

        return low;
    }

    bool IsActivation(int position)
    {
        if (rule.ActivationWhere is null) return true;
        Scope.A = position;
        return rule.ActivationWhere.Holds(Scope);
    }

    bool IsTarget(int position)
    {
        if (rule.TargetWhere is null) return true;
        Scope.T = position;
        return rule.TargetWhere.Holds(Scope);
    }
}
