namespace Probity.Lens.Rules;

/// <summary>
/// The templates of DECLARE over two activities. Each activation is judged by itself: it is violated if it is in every
/// order that the events of one time can have had.
/// </summary>
internal sealed class RelationJudge(Rule rule, RuleLog log, CaseTrace trace) : CaseJudge(rule, log, trace)
{
    protected override void JudgeCase(Tally tally)
    {
        switch (Rule.Kind)
        {
            case RuleKind.RespondedExistence:
                Somewhere(tally, swapped: false);
                break;
            case RuleKind.Coexistence:
                Somewhere(tally, swapped: false);
                Somewhere(tally, swapped: true);
                break;
            case RuleKind.Response:
                Later(tally, Reason.NotAfter);
                break;
            case RuleKind.AlternateResponse:
                Later(tally, Reason.NotBetweenAfter);
                break;
            case RuleKind.ChainResponse:
                Later(tally, Reason.NotNext);
                break;
            case RuleKind.Precedence:
                Earlier(tally, Reason.NotBefore, swapped: false);
                break;
            case RuleKind.AlternatePrecedence:
                Earlier(tally, Reason.NotBetweenBefore, swapped: false);
                break;
            case RuleKind.ChainPrecedence:
                Earlier(tally, Reason.NotPrevious, swapped: false);
                break;
            case RuleKind.Succession:
                Later(tally, Reason.NotAfter);
                Earlier(tally, Reason.NotBefore, swapped: true);
                break;
            case RuleKind.AlternateSuccession:
                Later(tally, Reason.NotBetweenAfter);
                Earlier(tally, Reason.NotBetweenBefore, swapped: true);
                break;
            case RuleKind.ChainSuccession:
                Later(tally, Reason.NotNext);
                Earlier(tally, Reason.NotPrevious, swapped: true);
                break;
            case RuleKind.NotCoexistence:
                Nowhere(tally);
                break;
            default:
                NotLater(tally);
                break;
        }
    }

    void Somewhere(Tally tally, bool swapped)
    {
        var (own, others) = swapped ? (Targets, Activations) : (Activations, Targets);
        foreach (var self in own)
        {
            var found = FindEitherWay(others, self, swapped);
            if (found >= 0) tally.Satisfy();
            else EndWithout(tally, Reason.NotThere, self, canStillCome: true, swapped);
        }
    }

    void Later(Tally tally, Reason reason)
    {
        for (var i = 0; i < Activations.Count; i++)
        {
            var self = Activations[i];
            var group = Trace.Group(self);
            var last = reason switch
            {
                Reason.NotNext => group + 1,
                Reason.NotBetweenAfter => NextGroup(Activations, i),
                _ => Trace.GroupCount,
            };
            if (Find(Targets, self, (group, last), Forward(Trace.Time(self)), swapped: false) >= 0) tally.Satisfy();
            else EndWithout(tally, reason, self, canStillCome: last >= Trace.GroupCount, swapped: false);
        }
    }

    void Earlier(Tally tally, Reason reason, bool swapped)
    {
        var (own, others) = swapped ? (Targets, Activations) : (Activations, Targets);
        for (var i = 0; i < own.Count; i++)
        {
            var self = own[i];
            var group = Trace.Group(self);
            var first = reason switch
            {
                Reason.NotPrevious => group - 1,
                Reason.NotBetweenBefore => PreviousGroup(own, i),
                _ => 0,
            };
            if (Find(others, self, (first, group), Backward(Trace.Time(self)), swapped) >= 0) tally.Satisfy();
            else tally.Violate(reason, self, -1, swapped ? 1 : 0);
        }
    }

    void Nowhere(Tally tally)
    {
        foreach (var self in Activations)
        {
            var found = FindEitherWay(Targets, self, swapped: false);
            if (found < 0) tally.Satisfy();
            else tally.Violate(Reason.BothThere, self, found);
        }
    }

    void NotLater(Tally tally)
    {
        var cooling = Rule.Kind == RuleKind.CoolingOff;
        foreach (var self in Activations)
        {
            var time = Trace.Time(self);
            // Just when the time has passed is not too soon.
            var times = cooling ? (long.MinValue, Log.Calendar.Add(time, Rule.After!.Value) - 1) : Forward(time);
            var found = Find(Targets, self, (Trace.Group(self) + 1, Trace.GroupCount), times, swapped: false);
            if (found < 0) tally.Satisfy();
            else tally.Violate(cooling ? Reason.TooSoon : Reason.CameAfter, self, found);
        }
    }

    void EndWithout(Tally tally, Reason reason, int self, bool canStillCome, bool swapped)
    {
        var time = Trace.Time(self);
        var latest = Forward(time).Latest;
        if (canStillCome && Rule.Within is not null && latest > Log.End)
        {
            tally.LeavePending();
            return;
        }

        // Where it came too late, people want to see when.
        var late = reason == Reason.NotAfter && Rule.Within is not null
            ? Find(Targets, self, (Trace.Group(self) + 1, Trace.GroupCount), (latest, long.MaxValue), swapped: false) : -1;
        tally.Violate(reason, self, late, swapped ? 1 : 0, Rule.Within is null ? 0 : latest);
    }

    /// <summary>The group of the next event of the list at another time; past the case where there is none.</summary>
    int NextGroup(List<int> list, int i)
    {
        // Those of one time share the answer: looked for anew, many of them would cost their square.
        var group = Trace.Group(list[i]);
        if (i > 0 && Trace.Group(list[i - 1]) == group && _nextOf == group) return _next;
        var j = i + 1;
        while (j < list.Count && Trace.Group(list[j]) == group) j++;
        _nextOf = group;
        return _next = j < list.Count ? Trace.Group(list[j]) : Trace.GroupCount;
    }

    int PreviousGroup(List<int> list, int i)
    {
        var group = Trace.Group(list[i]);
        if (i == 0) return _previous = 0;
        var before = Trace.Group(list[i - 1]);
        return before == group ? _previous : _previous = before;
    }

    int _nextOf = -1;
    int _next;
    int _previous;
}
