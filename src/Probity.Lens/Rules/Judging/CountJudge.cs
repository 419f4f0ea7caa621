namespace Probity.Lens.Rules;

/// <summary>init, end, existence, absence, exactly. A window of time runs from the first event of the case.</summary>
internal sealed class CountJudge(Rule rule, RuleLog log, CaseTrace trace) : CaseJudge(rule, log, trace)
{
    protected override void JudgeCase(Tally tally)
    {
        if (Rule.Kind is RuleKind.Init or RuleKind.End) JudgeEdge(tally);
        else JudgeCount(tally);
    }

    void JudgeEdge(Tally tally)
    {
        // A case without events begins and ends with nothing; nothing calls the rule into play.
        if (Trace.Length == 0) return;
        var isInit = Rule.Kind == RuleKind.Init;
        var edge = isInit ? 0 : Trace.GroupCount - 1;
        // Any of the events of one time may have been the first.
        if (Activations.Count > 0 && Trace.Group(isInit ? Activations[0] : Activations[^1]) == edge) tally.Satisfy();
        else tally.Violate(isInit ? Reason.Init : Reason.End, isInit ? 0 : Trace.Length - 1);
    }

    void JudgeCount(Tally tally)
    {
        var start = Trace.Length == 0 ? 0 : Trace.Time(0);
        var (earliest, latest) = Forward(start);
        var (count, last) = (0, -1);
        foreach (var position in Activations)
        {
            if (Trace.Time(position) < earliest || Trace.Time(position) > latest) continue;
            count++;
            // The event that was one too many.
            if (count == (Rule.Kind == RuleKind.Absence ? Rule.Count : Rule.Count + 1)) last = position;
        }

        if (Rule.Kind != RuleKind.Existence && last >= 0) tally.Violate(Reason.TooMany, last, -1, count);
        else if (Rule.Kind == RuleKind.Absence || count >= Rule.Count) tally.Satisfy();
        else if (Rule.Within is not null && latest > Log.End) tally.LeavePending();
        else tally.Violate(Reason.TooFew, -1, -1, count);
    }
}
