using System.Globalization;
using System.Text;

namespace Probity.Lens.Discovery;

/// <summary>The curves of a laid-out map's arrows, as SVG paths.</summary>
internal sealed class MapCurves(MapGraph graph)
{
    readonly Dictionary<int, double> _rowHalf = graph.Nodes.GroupBy(n => n.Layer).ToDictionary(g => g.Key, g => g.Max(n => n.Height) / 2);

    /// <summary>The curve of an arrow, from where it begins to where it points.</summary>
    public string Along(MapEdge edge)
    {
        var chain = edge.Chain;
        var path = new List<(double X, double Y)> { (Port(chain[0], chain[1], below: true), chain[0].Y + (chain[0].Height / 2)) };
        for (var i = 1; i < chain.Count - 1; i++)
        {
            // Straight through the row, so that no arrow cuts a box that stands beside it.
            var half = RowHalf(chain[i]);
            path.Add((chain[i].X, chain[i].Y - half));
            path.Add((chain[i].X, chain[i].Y + half));
        }

        path.Add((Port(chain[^1], chain[^2], below: false), chain[^1].Y - (chain[^1].Height / 2)));
        if (edge.Upward) path.Reverse();
        var d = new StringBuilder(string.Create(CultureInfo.InvariantCulture, $"M{path[0].X:0.#} {path[0].Y:0.#}"));
        for (var i = 1; i < path.Count; i++)
        {
            var (from, to) = (path[i - 1], path[i]);
            var middle = (from.Y + to.Y) / 2;
            if (Math.Abs(from.X - to.X) < 0.5) d.Append(CultureInfo.InvariantCulture, $"L{to.X:0.#} {to.Y:0.#}");
            else d.Append(CultureInfo.InvariantCulture, $"C{from.X:0.#} {middle:0.#} {to.X:0.#} {middle:0.#} {to.X:0.#} {to.Y:0.#}");
        }

        return d.ToString();
    }

    /// <summary>The curve of an arrow from a box to itself, in the room at its right.</summary>
    public static string Loop(MapNode node)
    {
        var x = node.X + (node.Width / 2) - 46;
        return string.Create(CultureInfo.InvariantCulture, $"M{x:0.#} {node.Y - 9:0.#}C{x + 26:0.#} {node.Y - 22:0.#} {x + 26:0.#} {node.Y + 22:0.#} {x:0.#} {node.Y + 9:0.#}");
    }

    /// <summary>Arrows leave and reach a box side by side, in the order of where they come from.</summary>
    static double Port(MapNode node, MapNode next, bool below)
    {
        var all = below ? node.Below : node.Above;
        if (all.Count == 1) return node.X;
        var place = all.Count(n => n.Order < next.Order);
        var room = Math.Min(node.Activity < 0 ? node.Width - 20 : 80, 22 * (all.Count - 1));
        return node.X - (room / 2) + (place * room / (all.Count - 1));
    }

    double RowHalf(MapNode bend) => _rowHalf.TryGetValue(bend.Layer, out var half) ? half : 8;
}
