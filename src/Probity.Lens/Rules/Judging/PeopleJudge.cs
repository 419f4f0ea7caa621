namespace Probity.Lens.Rules;

/// <summary>four-eyes, same-person, not-superior, role-required: who did it.</summary>
internal sealed class PeopleJudge(Rule rule, RuleLog log, CaseTrace trace) : CaseJudge(rule, log, trace)
{
    readonly Dictionary<int, int> _last = [];
    readonly List<int> _candidates = [];
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
        foreach (var self in Activations) JudgePair(tally, self);
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
            tally.Violate(Rule.Kind switch
            {
                RuleKind.FourEyes => Reason.OnePerson,
                RuleKind.SamePerson => Reason.TwoPeople,
                _ => Reason.Superior,
            }, self, other);
            return;
        }

        if (judged) tally.Satisfy();
        else if (unknown) tally.LeaveUnknown();
    }

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
