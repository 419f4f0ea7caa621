namespace Probity.Lens.Discovery;

/// <summary>Draws what came after what as a picture that people read from top to bottom.</summary>
public static class ProcessMap
{
    /// <summary>
    /// The map as one SVG document: boxes with activities and their number of events, arrows weighted and labelled by
    /// how often. It scales, prints, holds no script, style sheet or reference to anything outside, and the same log
    /// gives the same bytes.
    /// </summary>
    public static string Svg(DirectlyFollows log, MapOptions? options = null)
    {
        options ??= new MapOptions();
        var graph = MapGraph.Of(log, options);
        var (width, height) = MapPositions.Place(MapLayers.Of(graph));
        return new MapSvg(graph, log, options).Write(width, height);
    }
}
