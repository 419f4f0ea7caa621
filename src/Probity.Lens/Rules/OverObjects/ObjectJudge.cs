using Probity.Lens.Objects;

namespace Probity.Lens.Rules;

/// <summary>Judges the objects of one type by one rule over objects, one after the other.</summary>
internal abstract class ObjectJudge(Rule rule, ObjectLog objects, ObjectPeople people, FlatLog flat)
{
    readonly Tally _tally = new();
    readonly List<ObjectFinding> _findings = [];

    protected Rule Rule => rule;
    protected ObjectLog Objects => objects;
    protected FlatLog Flat => flat;
    protected Tally Tally => _tally;

    /// <summary>The people compared, where the rule compares people.</summary>
    protected virtual List<PersonRate> Rates { get; } = [];

    public RuleResult Judge(CancellationToken cancellation)
    {
        for (var c = 0; c < flat.Log.Cases.Count; c++)
        {
            if ((c & 0xFF) == 0) cancellation.ThrowIfCancellationRequested();
            _tally.Begin(c);
            JudgeCase(c);
            _tally.End();
        }

        Finish();
        var rows = _tally.Violations.Where(v => v.Case >= 0).SelectMany(v => _findings[v.Number].Events, (v, at) => flat.Log.StartOf(v.Case) + at).Select(row => flat.Events[row]).Distinct();
        var named = _findings.SelectMany(f => f.People).Concat(_tally.Violations.Where(v => v.Reason == Reason.Rate).Select(v => Rates[v.Number].Person)).Distinct();
        return new RuleResult(
            flat.Log, rule, _tally.Cases, rows.Count(), named.Count(), _tally.Activations, _tally.Pending, _tally.Unknown, _tally.Vacuous,
            _tally.Violations, Rates, [.. NeverSeen()])
        {
            Findings = _findings,
        };
    }

    protected abstract void JudgeCase(int c);

    /// <summary>Judges what can only be seen over all objects.</summary>
    protected virtual void Finish() { }

    /// <summary>What the rule speaks of and the log has nowhere.</summary>
    protected virtual IEnumerable<string> NeverSeen() => rule.As is { } named && Qualifier == -1 ? [named] : [];

    /// <summary>The number of the relation's qualifier that the rule asks for; null: any; -1: there is none such.</summary>
    protected int? Qualifier { get; } = objects.Relations.Qualifier(rule.As);

    protected void Violate(Reason reason, int first, int second, ObjectFinding finding)
    {
        _findings.Add(finding);
        _tally.Violate(reason, first, second, _findings.Count - 1);
    }

    /// <summary>The event at a position of a case.</summary>
    protected int EventAt(int c, int position) => flat.Events[flat.Log.StartOf(c) + position];

    /// <summary>What was found at some events of a case, with the people that they name.</summary>
    protected ObjectFinding At(int c, params IReadOnlyList<int> positions) =>
        new(positions, people.Of(positions.Select(position => EventAt(c, position)), ObjectFinding.MostNames));

    protected IReadOnlyList<string> Names(params ReadOnlySpan<int> numbers)
    {
        var names = new string[Math.Min(numbers.Length, ObjectFinding.MostNames)];
        for (var i = 0; i < names.Length; i++) names[i] = objects.Objects[numbers[i]];
        return names;
    }
}
