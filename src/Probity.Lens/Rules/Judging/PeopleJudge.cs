namespace Probity.Lens.Rules;

/// <summary>four-eyes, same-person, not-superior, role-required: who did it.</summary>
internal sealed class PeopleJudge(Rule rule, RuleLog log, CaseTrace trace) : CaseJudge(rule, log, trace)
{
    readonly Dictionary<int, int> _last = [];
    readonly List<int> _candidates = [];

    /// <summary>Who did targets of the case, and which: -1 for nobody known. Empty where all targets are looked at one by one.</summary>
    readonly Dictionary<int, List<int>> _byPerson = [];

    /// <summary>By how much a length of the calendar may differ from its days of 24 hours: a zone has once left out a day.</summary>
    readonly long _margin = log.Calendar.Zone is null ? 0 : 26 * 3_600_000_000L;

    readonly HashSet<string> _people = rule.People.ToHashSet(StringComparer.Ordinal);
    readonly List<Conditions.Operand> _values = [.. rule.Values.Select(Conditions.Operand.Of)];

    // Of two signatures of one activity, each pair is told once.
    readonly bool _oneList = rule.Kind != RuleKind.NotSuperior && rule.TargetWhere is null && rule.ActivationWhere is null
        && rule.Activation.ToHashSet(StringComparer.Ordinal).SetEquals(rule.Target);

    protected override void JudgeCase(Tally tally)
    {
        if (Rule.Kind == RuleKind.RoleRequired)
        {
            foreach (var self in Activations) JudgeRole(tally, self);
            return;
        }

        if (Activations.Count == 0 || Targets.Count == 0) return;
        Choose();
        foreach (var self in Activations)
        {
            Log.Cancellation.ThrowIfCancellationRequested();
            if (_byPerson.Count > 0) JudgePeople(tally, self);
            else JudgePair(tally, self);
        }
    }

    void JudgeRole(Tally tally, int self)
    {
        var resource = Trace.Resource(self);
        var value = Conditions.Operand.Missing;
        if (Rule.Attribute is not null)
        {
            Scope.A = self;
            value = Rule.Attribute.Evaluate(Scope);
        }

        if (resource >= 0 && _people.Contains(Log.Events.Resources[resource])) tally.Satisfy();
        else if (_values.Exists(v => value.CompareTo(v) == 0)) tally.Satisfy();
        else if ((_people.Count == 0 || resource < 0) && value.Kind == Conditions.OperandKind.Missing) tally.LeaveUnknown();
        else tally.Violate(Reason.NotEntitled, self);
    }

    void JudgePair(Tally tally, int self)
    {
        var person = Trace.Resource(self);
        bool judged = false, unknown = false;
        foreach (var other in _candidates)
        {
            if (other == self || (_oneList && other < self) || !IsInTime(self, other) || !Correlates(self, other)) continue;
            var (second, isKnown) = (Trace.Resource(other), person >= 0 && Trace.Resource(other) >= 0);
            judged |= isKnown;
            unknown |= !isKnown;
            if (!isKnown || !Violates(person, second)) continue;
            tally.Violate(ReasonOf(Rule.Kind), self, other);
            return;
        }

        if (judged) tally.Satisfy();
        else if (unknown) tally.LeaveUnknown();
    }

    /// <summary>The same with a window of time: a few looks for each person of the case, however many targets there are.</summary>
    void JudgePeople(Tally tally, int self)
    {
        var person = Trace.Resource(self);
        bool judged = false, unknown = false;
        var violated = int.MaxValue;
        foreach (var (other, targets) in _byPerson)
        {
            var found = FirstInTime(targets, self);
            if (found < 0) continue;
            var isKnown = person >= 0 && other >= 0;
            judged |= isKnown;
            unknown |= !isKnown;
            if (isKnown && Violates(person, other)) violated = Math.Min(violated, found);
        }

        if (violated < int.MaxValue) tally.Violate(ReasonOf(Rule.Kind), self, violated);
        else if (judged) tally.Satisfy();
        else if (unknown) tally.LeaveUnknown();
    }

    /// <summary>The first of these targets that makes a pair with an event, or -1. Times rise along the case.</summary>
    int FirstInTime(List<int> targets, int self)
    {
        var time = Trace.Time(self);
        var latest = Rule.Within is { } within ? time + within.Total + _margin : long.MaxValue;
        var apart = (Rule.After?.Total ?? 0) - _margin;
        var i = Rule.Within is { } before ? FirstFrom(targets, time - before.Total - _margin) : 0;
        if (_oneList)
        {
            var at = targets.BinarySearch(self);
            i = Math.Max(i, at < 0 ? ~at : at + 1);
        }

        while (i < targets.Count && Trace.Time(targets[i]) <= latest)
        {
            var other = targets[i];
            if (other != self && IsInTime(self, other)) return other;
            // All between are too near.
            i = Math.Abs(Trace.Time(other) - time) < apart ? Math.Max(i + 1, FirstFrom(targets, time + apart)) : i + 1;
        }

        return -1;
    }

    int FirstFrom(List<int> targets, long earliest)
    {
        var (low, high) = (0, targets.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (Trace.Time(targets[middle]) < earliest) low = middle + 1;
            else high = middle;
        }

        return low;
    }

    static Reason ReasonOf(RuleKind kind) => kind switch
    {
        RuleKind.FourEyes => Reason.OnePerson,
        RuleKind.SamePerson => Reason.TwoPeople,
        _ => Reason.Superior,
    };

    bool Violates(int person, int other) => Rule.Kind switch
    {
        RuleKind.FourEyes => person == other,
        RuleKind.SamePerson => person != other,
        _ => Log.Superiors!.IsAbove(Log.Events.Resources[other], Log.Events.Resources[person]),
    };

    /// <summary>
    /// Without window and correlation only who did the targets matters, and two events of each person are enough: one of
    /// them is not the event at hand. So a long case costs its events times its people.
    /// </summary>
    void Choose()
    {
        _candidates.Clear();
        _byPerson.Clear();
        if (Rule.Correlation is null && Trace.Rising && (Rule.Within is not null || Rule.After is not null))
        {
            foreach (var target in Targets)
            {
                if (!_byPerson.TryGetValue(Trace.Resource(target), out var own)) _byPerson[Trace.Resource(target)] = own = [];
                own.Add(target);
            }

            return;
        }

        if (Rule.Within is not null || Rule.After is not null || Rule.Correlation is not null)
        {
            _candidates.AddRange(Targets);
            return;
        }

        _last.Clear();
        for (var i = Targets.Count - 1; i >= 0; i--)
        {
            var seen = _last.GetValueOrDefault(Trace.Resource(Targets[i]));
            if (seen == 2) continue;
            _last[Trace.Resource(Targets[i])] = seen + 1;
            _candidates.Add(Targets[i]);
        }

        _candidates.Reverse();
    }

    bool IsInTime(int self, int other)
    {
        if (Rule.Within is null && Rule.After is null) return true;
        var (one, two) = (Math.Min(Trace.Time(self), Trace.Time(other)), Math.Max(Trace.Time(self), Trace.Time(other)));
        var (earliest, latest) = Forward(one);
        return two >= earliest && two <= latest;
    }
}
