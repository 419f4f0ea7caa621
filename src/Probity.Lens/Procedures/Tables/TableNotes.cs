using Probity.Lens.Logs;

namespace Probity.Lens.Procedures.Tables;

/// <summary>Tells how a procedure table was read, so that its author can see whether it says what was meant.</summary>
internal sealed class TableNotes(StepOrder order, ProcedureTableOptions options)
{
    readonly TableTexts _texts = new(options.Language);
    readonly List<string> _notes = [];

    public static IReadOnlyList<string> Of(IReadOnlyList<TableStep> steps, StepOrder order, IReadOnlyList<string> passedOver, ProcedureTableOptions options)
    {
        var made = new TableNotes(order, options);
        if (passedOver.Count > 0) made.Add("NotRead", ("names", LogText.List(passedOver)));
        made.AddOrder(steps);
        made.AddLevel(order.Root);
        made.AddOptional(steps);
        made.AddPeople(steps);
        made.AddTimes(steps);
        made.AddEvidence(steps);
        return made._notes;
    }

    void AddOrder(IReadOnlyList<TableStep> steps)
    {
        var silent = steps.Where(s => s == s.Head && !s.SaysAfter && s.After.Count > 0).ToList();
        if (silent.Count > 0 && !steps.Any(s => s.SaysAfter)) Add("InOrder");
        else foreach (var step in silent) Add("RowAbove", ("step", Show(step)), ("above", List(step.After)));
    }

    void AddLevel(StepLevel level)
    {
        // By hand, as ways may lie in ways as deep as the table is long.
        var open = new Queue<StepLevel>([level]);
        while (open.TryDequeue(out var next))
        {
            foreach (var together in next.Nodes.GroupBy(n => string.Join(' ', n.Before.Select(b => next.Nodes.IndexOf(b)).Order())).Where(g => g.Count() > 1))
                Add(together.Key.Length == 0 && next == level ? "BeginTogether" : "Together", ("steps", List(together.Select(n => n.Branches[0].Step.Head))));
            foreach (var node in next.Nodes)
            {
                if (node.Branches.Count > 1) Add("OneOf", ("steps", List(node.Branches.Select(b => b.Step))));
                foreach (var branch in node.Branches.Where(b => b.Then.Nodes.Count > 0))
                {
                    Add("OnlyWhere", ("steps", List(branch.Then.Nodes.SelectMany(n => n.Branches.Select(b => b.Step)))), ("step", Show(branch.Step)));
                    open.Enqueue(branch.Then);
                }
            }
        }
    }

    void AddOptional(IReadOnlyList<TableStep> steps)
    {
        var optional = steps.Where(s => s == s.Head && s.Optional).ToList();
        if (optional.Count > 0) Add("MayBeLeftOut", ("steps", List(optional)));
    }

    void AddPeople(IReadOnlyList<TableStep> steps)
    {
        if (steps.Any(s => s.Who.Count > 0)) Add(options.RoleAttribute is null ? "WhoUnchecked" : "WhoIn", ("column", LogText.Show(options.RoleAttribute ?? "")));
        var two = steps.Where(s => s.TakesTwo).ToList();
        if (two.Count > 0) Add(options.SecondPersonAttribute is null ? "Twice" : "SecondIn", ("steps", List(two)), ("column", LogText.Show(options.SecondPersonAttribute ?? "")));
    }

    void AddTimes(IReadOnlyList<TableStep> steps)
    {
        foreach (var step in steps.Where(s => s.Within is not null))
        {
            Add(TableRules.IsDue(step, order, options) ? "Due" : "InTimeIfDone",
                ("step", Show(step)), ("within", step.WithinCell.Text), ("since", List(TableRules.Since(step, order))));
        }
    }

    void AddEvidence(IReadOnlyList<TableStep> steps)
    {
        foreach (var step in steps.Where(s => s.Evidence.Count > 0))
            Add("RuleEvidence", ("step", Show(step)), ("names", string.Join(", ", step.Evidence.Select(e => LogText.Show(e)))));
    }

    void Add(string key, params (string Name, string Value)[] values) => _notes.Add(_texts.Fill(key, values));

    static string Show(TableStep step) => LogText.Show(step.Name);

    static string List(IEnumerable<TableStep> steps) => LogText.List(steps.Select(s => $"“{Show(s)}”"));
}
