using Probity.Lens.Discovery;

namespace Probity.Lens.Objects;

/// <summary>
/// Draws what came after what for each type of object: an object-centric directly-follows map (van der Aalst and Berti,
/// Discovering Object-centric Petri Nets, Fundamenta Informaticae 175, 2020, section 3, without the filters).
/// </summary>
public static class ObjectMap
{
    /// <summary>The map as one SVG document that holds no script, style sheet or reference to anything outside; the same log gives the same bytes.</summary>
    /// <exception cref="BadInputException">The options name a type of object that there is not.</exception>
    public static string Svg(ObjectLog log, ObjectMapOptions? options = null)
    {
        options ??= new ObjectMapOptions();
        var counts = ObjectCounts.Of(log);
        var person = options.PersonType is { } type ? log.TypeOf(type, "--person-type") : -1;
        // The types with most objects where there are too many; in the order of the log.
        var drawn = Enumerable.Range(0, log.ObjectTypes.Count).Where(t => t != person && counts.Events[t] > 0)
            .OrderByDescending(t => counts.Objects[t]).ThenBy(t => t).Take(ObjectMapOptions.MostTypes).Order().ToList();
        var people = new ObjectPeople(log, null, null);
        var follows = drawn.ConvertAll(t => DirectlyFollows.Of(FlatLog.Of(log, new ObjectView { ObjectType = log.ObjectTypes[t].Name }, people).Log));
        var graph = Graph(log, counts, follows, options);
        var size = MapPositions.Place(MapLayers.Of(graph));
        var left = Enumerable.Range(0, log.ObjectTypes.Count).Except(drawn).Select(t => log.ObjectTypes[t].Name).ToList();
        return new ObjectMapSvg(graph, log, counts, drawn, left, options).Write(size.Width, size.Height);
    }

    static MapGraph Graph(ObjectLog log, ObjectCounts counts, List<DirectlyFollows> follows, ObjectMapOptions options)
    {
        var graph = new MapGraph();
        var (start, end) = (MapGraph.Terminal(MapNode.Start, options.Words.Start), MapGraph.Terminal(MapNode.End, options.Words.End));
        graph.Nodes.Add(start);
        // What happens to no object that is drawn has no arrow, and no box.
        var touched = follows.SelectMany(f => f.Activities).ToHashSet(StringComparer.Ordinal);
        var nodes = new Dictionary<string, MapNode>(StringComparer.Ordinal);
        var shown = Enumerable.Range(0, log.EventTypes.Count).Where(t => touched.Contains(log.EventTypes[t].Name))
            .OrderByDescending(t => counts.EventsOfType[t]).ThenBy(t => log.EventTypes[t].Name, StringComparer.Ordinal).Take(MapGraph.MaxActivities);
        foreach (var t in shown) graph.Nodes.Add(nodes[log.EventTypes[t].Name] = MapGraph.Box(t, log.EventTypes[t].Name, marked: false));
        graph.Nodes.Add(end);
        var all = 0;
        for (var series = 0; series < follows.Count; series++)
        {
            var falling = Edges(graph, follows[series], series, nodes, start, end);
            all += falling.Count;
            graph.Choose(falling, start, end, Math.Max(6, options.MaxSteps / follows.Count));
        }

        // Arrows of every type meet at both ends; their heads want room beside each other.
        foreach (var terminal in (MapNode[])[start, end])
            terminal.Width = Math.Clamp(20 + (16 * graph.Edges.Count(e => e.From == terminal || e.To == terminal)), terminal.Width, 220);
        graph.LeftOut = (touched.Count - nodes.Count, all - graph.Edges.Count);
        return graph;
    }

    static List<MapEdge> Edges(MapGraph graph, DirectlyFollows follows, int series, Dictionary<string, MapNode> nodes, MapNode start, MapNode end)
    {
        var edges = new List<MapEdge>();
        for (var a = 0; a < follows.Activities.Count; a++)
        {
            if (!nodes.TryGetValue(follows.Activities[a], out var node)) continue;
            if (follows.Starts[a] > 0) edges.Add(new MapEdge(start, node, follows.Starts[a]) { Series = series });
            if (follows.Ends[a] > 0) edges.Add(new MapEdge(node, end, follows.Ends[a]) { Series = series });
        }

        foreach (var step in follows.Edges)
        {
            if (!nodes.TryGetValue(follows.Activities[step.From], out var from) || !nodes.TryGetValue(follows.Activities[step.To], out var to)) continue;
            if (from != to) edges.Add(new MapEdge(from, to, step.Count) { Series = series });
            else graph.AddLoop(from, step.Count, series);
        }

        return [.. edges.OrderByDescending(e => e.Count)];
    }
}
