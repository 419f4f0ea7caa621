namespace Probity.Lens.Discovery;

/// <summary>
/// The first half of a layered drawing (Sugiyama, Tagawa and Toda 1981): which row each box stands in, and in which order
/// within it. Boxes take every second row; the rows between hold the numbers of the arrows.
/// </summary>
internal sealed class MapLayers
{
    const int Sweeps = 24;
    const double BendWidth = 14;
    const double LabelHeight = 16;

    public List<List<MapNode>> Rows { get; } = [];

    public static MapLayers Of(MapGraph graph)
    {
        BreakCycles(graph);
        AssignRows(graph);
        var layers = new MapLayers();
        foreach (var node in graph.Nodes) layers.Put(node);
        var most = graph.Edges.Select(e => e.Count).DefaultIfEmpty(1).Max();
        foreach (var edge in graph.Edges) layers.Chain(edge, (double)edge.Count / most);
        layers.Untangle();
        return layers;
    }

    /// <summary>
    /// Puts the boxes into one line so that little weight points backwards (Eades, Lin and Smyth 1993, weighted): sinks
    /// to the back, sources to the front, else the box with the most outgoing surplus. What still points back is upward.
    /// </summary>
    static void BreakCycles(MapGraph graph)
    {
        var left = new List<MapNode>(graph.Nodes);
        var front = new List<MapNode>();
        var back = new List<MapNode>();
        while (left.Count > 0)
        {
            var inside = left.ToHashSet();
            long Out(MapNode n) => graph.Edges.Where(e => e.From == n && inside.Contains(e.To)).Sum(e => (long)e.Count);
            long In(MapNode n) => graph.Edges.Where(e => e.To == n && inside.Contains(e.From)).Sum(e => (long)e.Count);
            if (left.Find(n => Out(n) == 0 && n.Activity != MapNode.Start) is { } sink)
            {
                back.Add(sink);
                left.Remove(sink);
                continue;
            }

            var next = left.Find(n => In(n) == 0) ?? left.MaxBy(n => Out(n) - In(n))!;
            front.Add(next);
            left.Remove(next);
        }

        back.Reverse();
        var place = front.Concat(back).Select((node, i) => (node, i)).ToDictionary(p => p.node, p => p.i);
        foreach (var edge in graph.Edges) edge.Upward = place[edge.From] > place[edge.To];
        graph.Nodes.Sort((x, y) => place[x].CompareTo(place[y]));
    }

    /// <summary>Longest path from the top; then each box comes down as near to what follows it as it can.</summary>
    static void AssignRows(MapGraph graph)
    {
        foreach (var node in graph.Nodes)
        {
            node.Layer = graph.Edges.Where(e => Lower(e) == node).Select(e => Upper(e).Layer + 2).DefaultIfEmpty(0).Max();
        }

        graph.Nodes.Single(n => n.Activity == MapNode.End).Layer =
            graph.Nodes.Where(n => n.Activity != MapNode.End).Max(n => n.Layer) + 2;
        foreach (var node in Enumerable.Reverse(graph.Nodes))
        {
            if (node.Activity == MapNode.Start) continue;
            var down = graph.Edges.Where(e => Upper(e) == node).ToList();
            var up = graph.Edges.Where(e => Lower(e) == node).Sum(e => (long)e.Count);
            if (down.Count > 0 && down.Sum(e => (long)e.Count) > up) node.Layer = down.Min(e => Lower(e).Layer) - 2;
        }
    }

    static MapNode Upper(MapEdge edge) => edge.Upward ? edge.To : edge.From;

    static MapNode Lower(MapEdge edge) => edge.Upward ? edge.From : edge.To;

    void Put(MapNode node)
    {
        while (Rows.Count <= node.Layer) Rows.Add([]);
        node.Order = Rows[node.Layer].Count;
        Rows[node.Layer].Add(node);
    }

    /// <summary>Gives an arrow a bend in every row that it passes, the middle one wide enough for its number.</summary>
    void Chain(MapEdge edge, double share)
    {
        var (upper, lower) = (Upper(edge), Lower(edge));
        edge.Chain.Add(upper);
        for (var row = upper.Layer + 1; row < lower.Layer; row++)
        {
            var bend = new MapNode(MapNode.Bend, BendWidth, LabelHeight) { Layer = row, Share = share };
            edge.Chain.Add(bend);
            Put(bend);
        }

        edge.Chain.Add(lower);
        edge.Label.Width = MapText.Width(MapSvg.Number(edge.Count)) + 14;
        for (var i = 1; i < edge.Chain.Count; i++)
        {
            edge.Chain[i - 1].Below.Add(edge.Chain[i]);
            edge.Chain[i].Above.Add(edge.Chain[i - 1]);
        }
    }

    /// <summary>Sorts each row by the mean place of its neighbours, down and up in turn, and keeps the order with fewest crossings.</summary>
    void Untangle()
    {
        var best = Rows.ConvertAll(r => r.ToArray());
        var fewest = Crossings();
        for (var sweep = 0; sweep < Sweeps && fewest > 0; sweep++)
        {
            var down = sweep % 2 == 0;
            for (var i = 0; i < Rows.Count; i++) Sort(Rows[down ? i : Rows.Count - 1 - i], down);
            var crossings = Crossings();
            if (crossings >= fewest) continue;
            fewest = crossings;
            best = Rows.ConvertAll(r => r.ToArray());
        }

        for (var i = 0; i < Rows.Count; i++)
        {
            Rows[i] = [.. best[i]];
            Number(Rows[i]);
        }
    }

    static void Sort(List<MapNode> row, bool down)
    {
        var sorted = row.OrderBy(n => (down ? n.Above : n.Below) is { Count: > 0 } near ? near.Average(m => m.Order) : n.Order).ToList();
        row.Clear();
        row.AddRange(sorted);
        Number(row);
    }

    static void Number(List<MapNode> row)
    {
        for (var i = 0; i < row.Count; i++) row[i].Order = i;
    }

    int Crossings()
    {
        var crossings = 0;
        foreach (var row in Rows)
        {
            var lines = row.SelectMany(n => n.Below, (n, m) => (n.Order, Below: m.Order)).ToList();
            for (var i = 0; i < lines.Count; i++)
            {
                for (var j = i + 1; j < lines.Count; j++)
                    if (lines[i].Order < lines[j].Order && lines[i].Below > lines[j].Below) crossings++;
            }
        }

        return crossings;
    }
}
