namespace Probity.Lens.Discovery;

/// <summary>
/// The second half: where in its row each box stands. In turn, each row takes the places its neighbours ask for, as near
/// as keeping apart allows; the nearest such places are a least-squares fit under an order (pool adjacent violators).
/// </summary>
internal static class MapPositions
{
    const int Sweeps = 120;
    const double Gap = 18;
    const double RowGap = 15;
    const double Margin = 24;

    /// <summary>Sets X and Y of every node, from the upper left corner, and gives the picture's size.</summary>
    public static (double Width, double Height) Place(MapLayers layers)
    {
        foreach (var row in layers.Rows) Fit(row, n => 0, n => 1);
        for (var sweep = 0; sweep < Sweeps; sweep++)
        {
            var down = sweep % 2 == 0;
            for (var i = 0; i < layers.Rows.Count; i++)
                Fit(layers.Rows[down ? i : layers.Rows.Count - 1 - i], n => Wanted(n, down, sweep > Sweeps / 3), Stiffness);
        }

        var nodes = layers.Rows.SelectMany(r => r).ToList();
        var left = nodes.Min(n => n.X - (n.Width / 2)) - Margin;
        foreach (var node in nodes) node.X -= left;
        var y = Margin;
        foreach (var row in layers.Rows.Where(r => r.Count > 0))
        {
            var height = row.Max(n => n.Height);
            foreach (var node in row) node.Y = y + (height / 2);
            y += height + RowGap;
        }

        return (nodes.Max(n => n.X + (n.Width / 2)) + Margin, y - RowGap + Margin);
    }

    static double Wanted(MapNode node, bool down, bool both)
    {
        IEnumerable<MapNode> near = both ? node.Above.Concat(node.Below) : down ? node.Above : node.Below;
        var (sum, weight) = (0.0, 0.0);
        foreach (var other in near)
        {
            var pull = Pull(node, other);
            sum += other.X * pull;
            weight += pull;
        }

        return weight > 0 ? sum / weight : node.X;
    }

    static double Stiffness(MapNode node) => node.Above.Concat(node.Below).Sum(other => Pull(node, other));

    /// <summary>Two bends hold to each other more than to boxes, so that long arrows run straight; heavy arrows more than light ones.</summary>
    static double Pull(MapNode node, MapNode other)
    {
        var share = Math.Max(node.Share, other.Share);
        return (1 + (4 * share)) * (node.Activity == MapNode.Bend && other.Activity == MapNode.Bend ? 8 : 1);
    }

    static void Fit(List<MapNode> row, Func<MapNode, double> wanted, Func<MapNode, double> weight)
    {
        // With the room between neighbours taken out, keeping apart is keeping in order.
        var offsets = new double[row.Count];
        for (var i = 1; i < row.Count; i++) offsets[i] = offsets[i - 1] + ((row[i - 1].Width + row[i].Width) / 2) + Gap;
        var blocks = new List<(double Sum, double Weight, int Count)>();
        for (var i = 0; i < row.Count; i++)
        {
            var w = weight(row[i]);
            var block = (Sum: (wanted(row[i]) - offsets[i]) * w, Weight: w, Count: 1);
            while (blocks.Count > 0 && blocks[^1].Sum / blocks[^1].Weight > block.Sum / block.Weight)
            {
                block = (block.Sum + blocks[^1].Sum, block.Weight + blocks[^1].Weight, block.Count + blocks[^1].Count);
                blocks.RemoveAt(blocks.Count - 1);
            }

            blocks.Add(block);
        }

        var node = 0;
        foreach (var (sum, total, count) in blocks)
        {
            for (var i = 0; i < count; i++, node++) row[node].X = (sum / total) + offsets[node];
        }
    }
}
