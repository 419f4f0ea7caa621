using Probity.Lens.Discovery;
using Probity.Lens.Logs;

namespace Probity.Benchmarks.Lens;

/// <summary>Reading a log, and finding its variants, its directly-follows pairs and its picture.</summary>
internal static class ReadingRows
{
    public static Action Read(string folder) => () => Log(folder);

    public static Action Discover(string folder)
    {
        var log = Log(folder);
        return () =>
        {
            // A log keeps its variants once found, so each round asks a copy that has found none.
            if (DirectlyFollows.Of(log.WithoutVariants()).Edges.Count != 70) throw new InvalidDataException("Another log.");
        };
    }

    public static Action Draw(string folder)
    {
        var follows = DirectlyFollows.Of(Log(folder));
        return () => ProcessMap.Svg(follows);
    }

    static EventLog Log(string folder) => LogReader.Read(Path.Combine(folder, "logs", "roadfines.xes.gz"));
}
