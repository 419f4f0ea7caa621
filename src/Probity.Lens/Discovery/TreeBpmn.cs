using Probity.Lens.Procedures;
using static Probity.Lens.Procedures.BpmnDrawing;

namespace Probity.Lens.Discovery;

/// <summary>
/// Writes a process tree as BPMN 2.0 with its picture, for a person to read, change and hand on: a choice is a pair of exclusive
/// gateways, a parallel block a pair of parallel ones, a loop a gateway to come back to and one to go back from.
/// </summary>
internal sealed class TreeBpmn
{
    readonly BpmnDrawing _drawing = new("discovered");

    public static void Write(ProcessTree tree, Stream stream)
    {
        var drawing = new TreeBpmn();
        var (_, height) = Size(tree);
        var middle = 40 + (Math.Max(height, EventSize) / 2);
        var start = drawing._drawing.AddEvent("startEvent", 40, middle);
        var x = 40 + EventSize + Gap;
        var last = start;
        if (tree.Kind != TreeOperator.Silent)
        {
            var (entry, exit) = drawing.Place(tree, x, middle);
            drawing._drawing.AddFlow(start, entry);
            (last, x) = (exit, x + Size(tree).Width + Gap);
        }

        drawing._drawing.AddFlow(last, drawing._drawing.AddEvent("endEvent", x, middle));
        drawing._drawing.Save(stream);
    }

    static (int Width, int Height) Size(ProcessTree tree)
    {
        var parts = tree.Parts.Select(Size).ToList();
        return tree.Kind switch
        {
            TreeOperator.Activity => (TaskWidth, TaskHeight),
            TreeOperator.Silent => (0, GatewaySize),
            TreeOperator.Sequence => (parts.Sum(p => p.Width) + (Gap * (parts.Count - 1)), parts.Max(p => p.Height)),
            _ => (parts.Max(p => p.Width) + (2 * (GatewaySize + Gap)), parts.Sum(p => p.Height) + (RowGap * (parts.Count - 1))),
        };
    }

    /// <summary>Places a block whose left edge is at <paramref name="x"/> and whose middle is at <paramref name="y"/>; not nothing.</summary>
    (int Entry, int Exit) Place(ProcessTree tree, int x, int y)
    {
        if (tree.Kind == TreeOperator.Activity)
        {
            var task = _drawing.AddTask(tree.Name, x, y);
            return (task, task);
        }

        if (tree.Kind == TreeOperator.Sequence)
        {
            var (entry, exit) = (-1, -1);
            foreach (var part in tree.Parts)
            {
                var (from, to) = Place(part, x, y);
                if (exit >= 0) _drawing.AddFlow(exit, from);
                if (entry < 0) entry = from;
                exit = to;
                x += Size(part).Width + Gap;
            }

            return (entry, exit);
        }

        var (width, height) = Size(tree);
        var gateway = tree.Kind == TreeOperator.Parallel ? "parallelGateway" : "exclusiveGateway";
        var before = _drawing.AddGateway(gateway, x, y);
        var after = _drawing.AddGateway(gateway, x + width - GatewaySize, y);
        var top = y - (height / 2);
        foreach (var (number, part) in tree.Parts.Index())
        {
            // The further parts of a loop lead back.
            var (from, to) = tree.Kind == TreeOperator.Loop && number > 0 ? (after, before) : (before, after);
            var own = Size(part);
            if (part.Kind == TreeOperator.Silent) _drawing.AddFlow(from, to);
            else
            {
                var (entry, exit) = Place(part, x + ((width - own.Width) / 2), top + (own.Height / 2));
                _drawing.AddFlow(from, entry);
                _drawing.AddFlow(exit, to);
            }

            top += own.Height + RowGap;
        }

        return (before, after);
    }
}
