namespace Probity.Lens.Rules;

/// <summary>value: a condition over the values of an event, or of an event and others of its case.</summary>
internal sealed class ValueJudge(Rule rule, RuleLog log, CaseTrace trace) : CaseJudge(rule, log, trace)
{
    int _next;

    protected override void JudgeCase(Tally tally)
    {
        _next = 0;
        foreach (var self in Activations)
        {
            if (Rule.Target.Count > 0) JudgePairs(tally, self);
            else JudgeEvent(tally, self);
        }
    }

    void JudgeEvent(Tally tally, int self)
    {
        switch (Truth(self, self))
        {
            case true: tally.Satisfy(); break;
            case false: tally.Violate(Reason.Values, self); break;
            default: tally.LeaveUnknown(); break;
        }
    }

    void JudgePairs(Tally tally, int self)
    {
        var (first, last) = Range(self);
        bool judged = false, unknown = false;
        int violated = -1;
        var all = true;
        for (var i = first; i < last; i++)
        {
            if (Targets[i] == self) continue;
            var truth = Truth(self, Targets[i]);
            judged |= truth is not null;
            unknown |= truth is null;
            all &= truth == false;
            if (truth == false && violated < 0) violated = Targets[i];
            // Of neighbours of one time any may be the one that is meant: it takes all of them.
            if (violated >= 0 && Rule.Order is not (PairOrder.Next or PairOrder.Previous)) break;
        }

        if (violated >= 0 && (all || Rule.Order is not (PairOrder.Next or PairOrder.Previous))) tally.Violate(Reason.PairValues, self, violated);
        else if (unknown) tally.LeaveUnknown();
        else if (judged) tally.Satisfy();
    }

    /// <summary>The targets to look at, as a range of their list.</summary>
    (int First, int Last) Range(int self)
    {
        if (Rule.Order == PairOrder.Any) return (0, Targets.Count);
        var group = Trace.Group(self);
        // Activations rise, so where the same or a later group begins does too.
        while (_next < Targets.Count && Trace.Group(Targets[_next]) < group) _next++;
        var same = _next;
        while (same < Targets.Count && Trace.Group(Targets[same]) == group) same++;
        switch (Rule.Order)
        {
            case PairOrder.After: return (same, Targets.Count);
            case PairOrder.Before: return (0, _next);
            case PairOrder.Next:
                if (same == Targets.Count) return (0, 0);
                var end = same;
                while (end < Targets.Count && Trace.Group(Targets[end]) == Trace.Group(Targets[same])) end++;
                return (_next, end);
            default:
                if (_next == 0) return (0, 0);
                var begin = _next - 1;
                while (begin > 0 && Trace.Group(Targets[begin - 1]) == Trace.Group(Targets[_next - 1])) begin--;
                return (begin, same);
        }
    }

    bool? Truth(int activation, int target)
    {
        (Scope.A, Scope.T) = (activation, target);
        return Rule.Demand!.Evaluate(Scope).Truth;
    }
}
