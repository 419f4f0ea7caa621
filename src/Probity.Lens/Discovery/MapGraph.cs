namespace Probity.Lens.Discovery;

/// <summary>A box, a marker, or a point that a long arrow passes; positions are of its centre, in pixels.</summary>
internal sealed class MapNode(int activity, double width, double height)
{
    public const int Start = -1;
    public const int End = -2;
    public const int Bend = -3;

    /// <summary>The number of the activity, or what else it is.</summary>
    public int Activity => activity;

    public double Width { get; set; } = width;
    public double Height => height;
    public IReadOnlyList<string> Lines { get; init; } = [];

    /// <summary>Of a bend: how frequent its arrow is beside the most frequent one, 0 to 1.</summary>
    public double Share { get; init; }

    public int Layer { get; set; }
    public int Order { get; set; }
    public double X { get; set; }
    public double Y { get; set; }
    public List<MapNode> Above { get; } = [];
    public List<MapNode> Below { get; } = [];
}

/// <summary>An arrow. <see cref="Chain"/> runs from the upper box to the lower, whichever way the arrow points.</summary>
internal sealed class MapEdge(MapNode from, MapNode to, int count)
{
    public MapNode From => from;
    public MapNode To => to;
    public int Count => count;
    public bool Upward { get; set; }
    public bool Deviating { get; init; }

    /// <summary>Of several kinds of arrows on one map: which.</summary>
    public int Series { get; init; }

    public List<MapNode> Chain { get; } = [];

    /// <summary>The bend that keeps room for the arrow's number.</summary>
    public MapNode Label => Chain[Chain.Count / 2];
}

/// <summary>An arrow from a box to itself, for one or more kinds of arrows.</summary>
internal sealed class MapLoop(bool deviating)
{
    public List<(int Series, int Count)> Parts { get; } = [];
    public int Count => Parts.Sum(p => p.Count);
    public bool Deviating => deviating;
}

/// <summary>The part of a log's directly-follows graph that is drawn.</summary>
internal sealed class MapGraph
{
    public const int MaxActivities = 60;
    const double LineHeight = 16;
    const double MarkHeight = 18;
    public const double LoopRoom = 46;

    public List<MapNode> Nodes { get; } = [];
    public List<MapEdge> Edges { get; } = [];

    /// <summary>How often an activity came right after itself.</summary>
    public Dictionary<MapNode, MapLoop> Loops { get; } = [];

    /// <summary>How many activities and steps are left out for the sake of those that are drawn.</summary>
    public (int Activities, int Steps) LeftOut { get; set; }

    /// <summary>A box with a name.</summary>
    public static MapNode Box(int activity, string name, bool marked, bool counted = true)
    {
        var lines = MapText.Wrap(name);
        return new MapNode(activity, Math.Max(90, lines.Max(MapText.Width) + 24), ((lines.Count + (counted ? 1 : 0)) * LineHeight) + (marked ? MarkHeight : 0) + 14) { Lines = lines };
    }

    public static MapNode Terminal(int which, string word) => new(which, Math.Max(64, MapText.Width(word) + 24), 26) { Lines = [word] };

    public static MapGraph Of(DirectlyFollows log, MapOptions options)
    {
        var graph = new MapGraph();
        var start = Terminal(MapNode.Start, options.Words.Start);
        var end = Terminal(MapNode.End, options.Words.End);
        graph.Nodes.Add(start);
        var nodes = new Dictionary<int, MapNode>();
        var shown = Enumerable.Range(0, log.Activities.Count)
            .OrderByDescending(a => options.DeviatingActivities.Contains(log.Activities[a]) || options.Marks.ContainsKey(log.Activities[a]))
            .ThenByDescending(a => log.Events[a]).ThenBy(a => log.Activities[a], StringComparer.Ordinal).Take(MaxActivities);
        foreach (var a in shown)
        {
            graph.Nodes.Add(nodes[a] = Box(a, log.Activities[a], options.Marks.ContainsKey(log.Activities[a]), options.Figures));
        }

        graph.Nodes.Add(end);
        var candidates = new List<MapEdge>();
        foreach (var (a, node) in nodes)
        {
            if (log.Starts[a] > 0) candidates.Add(new MapEdge(start, node, log.Starts[a]));
            if (log.Ends[a] > 0) candidates.Add(new MapEdge(node, end, log.Ends[a]));
        }

        foreach (var step in log.Edges)
        {
            if (!nodes.TryGetValue(step.From, out var from) || !nodes.TryGetValue(step.To, out var to)) continue;
            var deviating = options.DeviatingSteps.Contains((log.Activities[step.From], log.Activities[step.To]));
            if (from == to)
            {
                graph.AddLoop(from, step.Count, 0, deviating);
            }
            else
            {
                candidates.Add(new MapEdge(from, to, step.Count) { Deviating = deviating });
            }
        }

        graph.Choose([.. candidates.OrderByDescending(e => e.Count)], start, end, options.MaxSteps);
        var all = log.Edges.Count + log.Starts.Count(n => n > 0) + log.Ends.Count(n => n > 0);
        graph.LeftOut = (log.Activities.Count - nodes.Count, all - graph.Edges.Count - graph.Loops.Count);
        return graph;
    }

    /// <summary>Adds an arrow from a box to itself; those of several kinds become one.</summary>
    public void AddLoop(MapNode node, int count, int series, bool deviating = false)
    {
        if (!Loops.TryGetValue(node, out var loop))
        {
            Loops[node] = loop = new MapLoop(deviating);
            node.Width += 2 * LoopRoom;
        }

        loop.Parts.Add((series, count));
    }

    /// <summary>
    /// What joins every activity to the start and to the end by the heaviest steps (Prim's tree, once each way), every
    /// deviating step, and then the heaviest of the rest. <paramref name="falling"/> is by falling count.
    /// </summary>
    public void Choose(List<MapEdge> falling, MapNode start, MapNode end, int limit)
    {
        var chosen = new HashSet<MapEdge>(falling.Where(e => e.Deviating));
        Span(falling, start, e => e.From, e => e.To, chosen);
        Span(falling, end, e => e.To, e => e.From, chosen);
        foreach (var edge in falling)
        {
            if (chosen.Count >= limit) break;
            chosen.Add(edge);
        }

        Edges.AddRange(falling.Where(chosen.Contains));
    }

    static void Span(List<MapEdge> falling, MapNode root, Func<MapEdge, MapNode> near, Func<MapEdge, MapNode> far, HashSet<MapEdge> chosen)
    {
        var reached = new HashSet<MapNode> { root };
        while (falling.Find(e => reached.Contains(near(e)) && !reached.Contains(far(e))) is { } next)
        {
            chosen.Add(next);
            reached.Add(far(next));
        }
    }
}
