namespace Probity.Lens.Rules;

/// <summary>
/// at-most-open: how many cases each person has open at once. A case is open from an activation, for who did it, until
/// the next target or until somebody else does an activation.
/// </summary>
internal sealed class OpenJudge(Rule rule, RuleLog log, CaseTrace trace) : CaseJudge(rule, log, trace)
{
    readonly List<Span> _spans = [];

    protected override void JudgeCase(Tally tally)
    {
        var own = _spans.Count;
        foreach (var self in Activations)
        {
            var (person, time) = (Trace.Resource(self), Trace.Time(self));
            if (person < 0)
            {
                tally.LeaveUnknown();
                continue;
            }

            tally.Satisfy();
            if (_spans.Count > own && _spans[^1].Close > time)
            {
                // Taken up again by who has it already, or handed over.
                if (_spans[^1].Person == person) continue;
                _spans[^1] = _spans[^1] with { Close = time };
            }

            var close = Find(Targets, self, (Trace.Group(self), Trace.GroupCount), (long.MinValue, long.MaxValue), swapped: false);
            _spans.Add(new Span(person, Trace.Case, self, time, close < 0 ? long.MaxValue : Trace.Time(close)));
        }
    }

    public override void Join(CaseJudge later) => _spans.AddRange(((OpenJudge)later)._spans);

    public override void Finish(Tally tally)
    {
        var found = new List<Violation>();
        // What was opened and closed at one time was never seen open.
        foreach (var spans in _spans.Where(s => s.Close > s.Open).GroupBy(s => s.Person)) Sweep([.. spans], found);
        found.Sort((x, y) => x.Case != y.Case ? x.Case.CompareTo(y.Case) : x.First.CompareTo(y.First));
        foreach (var violation in found) tally.Find(violation);
        tally.Cases = found.Select(v => v.Case).Distinct().Count();
    }

    void Sweep(List<Span> spans, List<Violation> found)
    {
        spans.Sort((x, y) => x.Open != y.Open ? x.Open.CompareTo(y.Open) : x.Case != y.Case ? x.Case.CompareTo(y.Case) : x.Position.CompareTo(y.Position));
        var closes = spans.Select(s => s.Close).Order().ToList();
        var closed = 0;
        for (var i = 0; i < spans.Count;)
        {
            var end = i;
            while (end < spans.Count && spans[end].Open == spans[i].Open) end++;
            // At one time closing comes first, as nothing says that it did not.
            while (closed < closes.Count && closes[closed] <= spans[i].Open) closed++;
            var open = end - closed;
            for (var s = Math.Max(i, end - Math.Max(0, open - Rule.Count)); s < end; s++)
                found.Add(new Violation(Reason.TooManyOpen, spans[s].Case, spans[s].Position, -1, s + 1 - closed, 0));
            i = end;
        }
    }

    readonly record struct Span(int Person, int Case, int Position, long Open, long Close);
}
