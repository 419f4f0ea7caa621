using Probity.Lens.Logs;

namespace Probity.Lens.Procedures.Tables;

/// <summary>Finds the steps that the cells <c>after</c> and <c>instead of</c> name.</summary>
internal sealed class StepReferences
{
    const int MostReferences = 5_000;

    static readonly HashSet<string> Start = new(StringComparer.OrdinalIgnoreCase) { "-", "–", "—", "start", "the start", "inicio", "al inicio", "início", "no início" };

    readonly IReadOnlyList<TableStep> _steps;
    readonly Dictionary<string, TableStep> _byName = new(StringComparer.OrdinalIgnoreCase);
    readonly Dictionary<string, TableStep> _byNumber = new(StringComparer.OrdinalIgnoreCase);

    StepReferences(IReadOnlyList<TableStep> steps)
    {
        _steps = steps;
        foreach (var step in steps)
        {
            if (!_byName.TryAdd(step.Name, step))
                throw new BadInputException($"{step.Place}: the step '{LogText.Show(step.Name)}' is there already, in the {Row(_byName[step.Name])}; give each step one row and a name of its own.");
            if (step.Number.Length > 0 && !_byNumber.TryAdd(step.Number, step))
                throw new BadInputException($"{step.Place}: the number {LogText.Show(step.Number)} is there already, in the {Row(_byNumber[step.Number])}; number each step once.");
        }
    }

    /// <exception cref="BadInputException">A cell names what is no step, or what cannot be meant there.</exception>
    public static void Resolve(IReadOnlyList<TableStep> steps)
    {
        var references = new StepReferences(steps);
        references.FindChoices();
        foreach (var step in steps) references.FindAfter(step);
        foreach (var head in steps.Where(s => s == s.Head)) references.Agree(head);
        if (steps.Sum(s => s.After.Count) > MostReferences) throw new BadInputException($"{steps[0].Place}: more than {MostReferences:N0} mentions of steps under 'after'; no procedure has so many.");
    }

    void FindChoices()
    {
        var standsFor = new Dictionary<TableStep, TableStep>();
        foreach (var step in _steps.Where(s => !s.InsteadCell.IsEmpty))
        {
            if (Find(TableCell.Clean(step.InsteadCell.Text)) is not { } other) throw Unknown(step.InsteadCell, step.InsteadCell.Text);
            if (other == step) throw step.InsteadCell.Fault("a step cannot stand in for itself");
            standsFor[step] = other;
        }

        foreach (var step in _steps)
        {
            var head = step;
            for (var n = 0; standsFor.TryGetValue(head, out var next); n++)
            {
                if (n > _steps.Count) throw step.InsteadCell.Fault($"'{LogText.Show(step.Name)}' stands in for '{LogText.Show(standsFor[step].Name)}', and that for it; leave the usual step's cell empty");
                head = next;
            }

            step.Head = head;
        }

        foreach (var choice in _steps.GroupBy(s => s.Head).Select(g => g.ToList()))
        {
            foreach (var step in choice) step.Choice = choice;
            if (choice.Find(s => s != s.Head && s.Optional && !s.Head.Optional) is { } optional)
                throw new BadInputException($"{optional.Place}: '{LogText.Show(optional.Name)}' stands in for '{LogText.Show(optional.Head.Name)}', so whether they may be left out is said there; leave 'optional' empty here.");
        }
    }

    void FindAfter(TableStep step)
    {
        step.SaysAfter = !step.AfterCell.IsEmpty;
        if (!step.SaysAfter || (Find(step.AfterCell.Text) is null && Start.Contains(step.AfterCell.Text))) return;
        foreach (var name in step.AfterCell.List(text => Find(text) is not null, "and", "y", "e", "or", "o", "u", "ou", "&", "+"))
        {
            var other = Find(name) ?? throw Unknown(step.AfterCell, name);
            if (other == step) throw step.AfterCell.Fault("a step cannot come after itself; a step that is done again is one row, or draw it in BPMN");
            if (other.Head == step.Head) throw step.AfterCell.Fault($"'{LogText.Show(step.Name)}' and '{LogText.Show(other.Name)}' stand in for one another, so neither comes after the other");
            if (!step.After.Contains(other)) step.After.Add(other);
        }
    }

    /// <summary>What a choice comes after is said once, or alike; where nothing is said, it is the row above.</summary>
    void Agree(TableStep head)
    {
        var saying = head.Choice.Where(s => s.SaysAfter).ToList();
        if (saying.Count == 0)
        {
            var above = _steps.Take(head.Index).LastOrDefault(s => s.Head != head);
            if (above is not null) head.After.AddRange(above.Choice);
        }
        else if (!head.SaysAfter)
        {
            head.After.AddRange(saying[0].After);
            head.SaysAfter = true;
        }

        foreach (var step in saying.Where(s => s != head))
        {
            if (!step.After.ToHashSet().SetEquals(head.After))
                throw step.AfterCell.Fault($"'{LogText.Show(step.Name)}' stands in for '{LogText.Show(head.Name)}' and comes after other steps than that; leave the cell empty");
        }

        foreach (var step in head.Choice.Where(s => s != head))
        {
            step.After.Clear();
            step.After.AddRange(head.After);
            step.SaysAfter = head.SaysAfter;
        }
    }

    TableStep? Find(string name) => _byName.GetValueOrDefault(name) ?? _byNumber.GetValueOrDefault(name);

    BadInputException Unknown(TableCell cell, string name) =>
        cell.Fault($"there is no step '{LogText.Show(name)}'. The steps are: {LogText.List(_steps.Select(s => s.Name))}");

    static string Row(TableStep step) => step.Place[(step.Place.LastIndexOf(": ", StringComparison.Ordinal) + 2)..];
}
