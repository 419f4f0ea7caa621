using static Probity.Lens.Procedures.BpmnDrawing;

namespace Probity.Lens.Procedures.Tables;

/// <summary>
/// Draws the steps of a procedure table as BPMN: from left to right by how many steps have to come before, what runs side by side one under the
/// other, parallel gateways where ways part and meet, exclusive ones around a choice or a step that may be left out.
/// </summary>
internal sealed class TableBpmn(bool twice)
{
    const int Margin = 40;

    readonly BpmnDrawing _drawing = new("procedure");
    readonly Dictionary<StepLevel, (int Width, int Height)> _sizes = [];
    readonly Dictionary<string, int> _tasks = new(StringComparer.Ordinal);

    public static void Write(StepOrder order, IReadOnlyList<RuleNote> rules, bool twice, Stream stream)
    {
        var made = new TableBpmn(twice);
        var (width, height) = made.Size(order.Root);
        var middle = Margin + (height / 2);
        var start = made._drawing.AddEvent("startEvent", Margin, middle);
        var (entry, exit) = made.Place(order.Root, Margin + EventSize + Gap, middle);
        var end = made._drawing.AddEvent("endEvent", Margin + EventSize + (2 * Gap) + width, middle);
        made._drawing.AddFlow(start, entry);
        made._drawing.AddFlow(exit, end);
        foreach (var rule in rules) made._drawing.AddNote(rule.Text, made._tasks[rule.About!], Margin + height + Gap);
        made._drawing.Save(stream);
    }

    (int Width, int Height) Size(StepLevel level)
    {
        if (_sizes.TryGetValue(level, out var known)) return known;
        var columns = Columns(level).ConvertAll(c => (Width: c.Max(n => Size(n).Width), Height: c.Sum(n => Size(n).Height) + (RowGap * (c.Count - 1))));
        var width = columns.Sum(c => c.Width) + (Gap * (columns.Count - 1));
        if (level.Nodes.Count(n => n.JustBefore.Count == 0) > 1) width += GatewaySize + Gap;
        if (Lasts(level).Count > 1) width += GatewaySize + Gap;
        return _sizes[level] = (width, columns.Max(c => c.Height));
    }

    (int Width, int Height) Size(StepNode node)
    {
        var width = node.Branches.Max(Width);
        var height = node.Branches.Sum(Height) + (RowGap * (node.Branches.Count - 1));
        if (IsChoice(node)) width += 2 * (GatewaySize + Gap);
        if (node.JustBefore.Count > 1) width += GatewaySize + Gap;
        if (Next(node).Count > 1) width += GatewaySize + Gap;
        // Room above for the way past it, and as much below, as it stands in the middle.
        return (width, Math.Max(height, GatewaySize) + (node.Optional ? 2 * RowGap : 0));
    }

    int Width(StepBranch branch)
    {
        var records = Records(branch);
        return (TaskWidth * records) + (Gap * (records - 1)) + (branch.Then.Nodes.Count > 0 ? Gap + Size(branch.Then).Width : 0);
    }

    int Height(StepBranch branch) => Math.Max(TaskHeight, branch.Then.Nodes.Count > 0 ? Size(branch.Then).Height : 0);

    /// <summary>Places a level whose left edge and middle are given; gives what a flow into it and one out of it are tied to.</summary>
    (int Entry, int Exit) Place(StepLevel level, int x, int y)
    {
        var firsts = level.Nodes.Where(n => n.JustBefore.Count == 0).ToList();
        var lasts = Lasts(level);
        int? split = firsts.Count > 1 ? _drawing.AddGateway("parallelGateway", x, y) : null;
        if (split is not null) x += GatewaySize + Gap;
        var placed = new Dictionary<StepNode, (int Entry, int Exit)>();
        foreach (var column in Columns(level))
        {
            var top = y - ((column.Sum(n => Size(n).Height) + (RowGap * (column.Count - 1))) / 2);
            var width = column.Max(n => Size(n).Width);
            foreach (var node in column)
            {
                var own = Size(node);
                placed[node] = Place(node, x + ((width - own.Width) / 2), top + (own.Height / 2));
                top += own.Height + RowGap;
            }

            x += width + Gap;
        }

        foreach (var node in level.Nodes)
            foreach (var before in node.JustBefore) _drawing.AddFlow(placed[before].Exit, placed[node].Entry);
        foreach (var first in firsts.Where(_ => split is not null)) _drawing.AddFlow(split!.Value, placed[first].Entry);
        if (lasts.Count == 1) return (split ?? placed[firsts[0]].Entry, placed[lasts[0]].Exit);
        var join = _drawing.AddGateway("parallelGateway", x, y);
        foreach (var last in lasts) _drawing.AddFlow(placed[last].Exit, join);
        return (split ?? placed[firsts[0]].Entry, join);
    }

    (int Entry, int Exit) Place(StepNode node, int x, int y)
    {
        var size = Size(node);
        var right = x + size.Width;
        int? join = node.JustBefore.Count > 1 ? _drawing.AddGateway("parallelGateway", x, y) : null;
        if (join is not null) x += GatewaySize + Gap;
        int? split = Next(node).Count > 1 ? _drawing.AddGateway("parallelGateway", right - GatewaySize, y) : null;
        if (split is not null) right -= GatewaySize + Gap;
        var (entry, exit) = IsChoice(node) ? PlaceChoice(node, x, y, right, y - (size.Height / 2) + (RowGap / 2)) : Place(node.Branches[0], x, y);
        if (join is not null) _drawing.AddFlow(join.Value, entry);
        if (split is not null) _drawing.AddFlow(exit, split.Value);
        return (join ?? entry, split ?? exit);
    }

    (int Entry, int Exit) PlaceChoice(StepNode node, int x, int y, int right, int past)
    {
        var (fork, meet) = (_drawing.AddGateway("exclusiveGateway", x, y), _drawing.AddGateway("exclusiveGateway", right - GatewaySize, y));
        var top = y - ((node.Branches.Sum(Height) + (RowGap * (node.Branches.Count - 1))) / 2);
        foreach (var branch in node.Branches)
        {
            var (entry, exit) = Place(branch, x + GatewaySize + Gap, top + (Height(branch) / 2));
            _drawing.AddFlow(fork, entry);
            _drawing.AddFlow(exit, meet);
            top += Height(branch) + RowGap;
        }

        if (node.Optional) _drawing.AddFlow(fork, meet, past);
        return (fork, meet);
    }

    (int Entry, int Exit) Place(StepBranch branch, int x, int y)
    {
        var entry = _drawing.AddTask(branch.Step.Name, x, y);
        var exit = entry;
        _tasks[branch.Step.Name] = entry;
        x += TaskWidth + Gap;
        if (Records(branch) == 2)
        {
            exit = _drawing.AddTask(branch.Step.Name, x, y);
            _drawing.AddFlow(entry, exit);
            x += TaskWidth + Gap;
        }

        if (branch.Then.Nodes.Count == 0) return (entry, exit);
        var then = Place(branch.Then, x, y);
        _drawing.AddFlow(exit, then.Entry);
        return (entry, then.Exit);
    }

    int Records(StepBranch branch) => twice && branch.Step.TakesTwo ? 2 : 1;

    static bool IsChoice(StepNode node) => node.Optional || node.Branches.Count > 1;

    static List<StepNode> Next(StepNode node) => [.. node.Level.Nodes.Where(n => n.JustBefore.Contains(node))];

    static List<StepNode> Lasts(StepLevel level) => [.. level.Nodes.Where(n => Next(n).Count == 0)];

    /// <summary>The nodes by how many of their level have to come before them; a level's nodes stand after those that they come after.</summary>
    static List<List<StepNode>> Columns(StepLevel level)
    {
        var column = new Dictionary<StepNode, int>();
        foreach (var node in level.Nodes) column[node] = node.JustBefore.Count == 0 ? 0 : node.JustBefore.Max(b => column[b]) + 1;
        return [.. level.Nodes.GroupBy(n => column[n]).OrderBy(g => g.Key).Select(g => g.ToList())];
    }
}
