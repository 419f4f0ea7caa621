namespace Probity.Lens.Rules;

/// <summary>deadline: the target comes within a time, since each activation or since a date that the log holds.</summary>
internal sealed class DeadlineJudge(Rule rule, RuleLog log, CaseTrace trace) : CaseJudge(rule, log, trace)
{
    protected override void JudgeCase(Tally tally)
    {
        if (Rule.Activation.Count > 0)
        {
            foreach (var self in Activations) JudgeOne(tally, self);
        }
        else if (Trace.Length > 0)
        {
            JudgeOne(tally, -1);
        }
    }

    void JudgeOne(Tally tally, int self)
    {
        long since;
        if (Rule.Since is null)
        {
            since = Trace.Time(self);
        }
        else
        {
            Scope.A = self;
            var date = Rule.Since.Evaluate(Scope);
            if (!date.TryTime(out since) || Math.Abs((double)since) > 1e18)
            {
                tally.LeaveUnknown();
                return;
            }
        }

        var by = Log.Calendar.Add(since, Rule.Within!.Value);
        // A date of the log may lie after what it asks for; a term that an event begins is kept by what follows it.
        var first = Rule.Since is null ? Trace.Group(self) : 0;
        if (FindTarget(self, first, by) >= 0) tally.Satisfy();
        else if (by > Log.End) tally.LeavePending();
        else tally.Violate(Reason.Late, self, FindTarget(self, first, long.MaxValue), 0, by);
    }

    int FindTarget(int self, int first, long by)
    {
        var times = (long.MinValue, by);
        if (self >= 0) return Find(Targets, self, (first, Trace.GroupCount), times, swapped: false);
        foreach (var target in Targets)
            if (Trace.Time(target) <= by) return target;
        return -1;
    }
}
