using Probity.Lens.Logs;
using Probity.Lens.Procedures;

namespace Probity.Lens.Conformance;

/// <summary>How well a procedure describes a log, besides how many cases follow it: each 0 to 1, the more the better.</summary>
/// <param name="Precision">
/// How much of what the procedure allows is done. Of the steps that may come next wherever the log has been, each place
/// counted as often as the log went on from it, the share that came next in some case (escaping edges: Muñoz-Gama and
/// Carmona, A fresh look at precision in process conformance, 2010; over the runs of optimal alignments, one a variant:
/// Adriansyah and others, Measuring precision of modeled behavior, 2015). Null where a limit left it open.
/// </param>
/// <param name="Generalisation">
/// How far the log has seen every part of the procedure often enough to trust it: 1 − the mean over all transitions of
/// 1/√n, where n counts how often the runs of optimal alignments take one, and one never taken counts 1 (Buijs, van Dongen
/// and van der Aalst, Quality dimensions in process discovery, 2014, with transitions for the nodes of their trees).
/// </param>
/// <param name="Simplicity">
/// 1 / (1 + max(0, d − 2)), d being the mean number of arcs at a place or transition (the inverse arc degree: Blum,
/// Metrics in process discovery, 2015).
/// </param>
public sealed record QualityFigures(double? Precision, double Generalisation, double Simplicity);

/// <summary>Computes <see cref="QualityFigures"/>.</summary>
internal static class Quality
{
    public static QualityFigures Of(EventLog log, PetriNet net, IReadOnlyList<Alignment?> alignments, ConformanceOptions options, SearchTime limit)
    {
        var words = new List<(string[] Word, int Cases)>();
        var taken = new long[net.Labels.Count];
        for (var i = 0; i < alignments.Count; i++)
        {
            if (alignments[i] is not { } alignment) continue;
            var run = alignment.Steps.Where(s => s.Transition >= 0).Select(s => s.Transition).ToList();
            words.Add(([.. run.Select(t => net.Labels[t]).OfType<string>()], log.Variants[i].Count));
            foreach (var transition in run) taken[transition] += log.Variants[i].Count;
        }

        return new QualityFigures(Precision(net, words, options, limit), Generalisation(taken), Simplicity(net));
    }

    static double? Precision(PetriNet net, List<(string[] Word, int Cases)> words, ConformanceOptions options, SearchTime limit)
    {
        int[]?[] possible;
        try
        {
            possible = new ExactReplay(net, options.MaxReplayMarkings).PossibleAfter([.. words.Select(w => w.Word)], limit.Token);
        }
        catch (OperationCanceledException) when (limit.IsOver)
        {
            return null;
        }

        var root = new Place();
        for (var i = 0; i < words.Count; i++)
        {
            if (possible[i] is not { } counts) return null;
            var place = root;
            for (var n = 0; n < words[i].Word.Length; n++)
            {
                place.Left += words[i].Cases;
                place.Possible = counts[n];
                if (!place.Next.TryGetValue(words[i].Word[n], out var next)) place.Next[words[i].Word[n]] = next = new Place();
                place = next;
            }
        }

        var (done, allowed) = (0.0, 0.0);
        var open = new Stack<Place>([root]);
        while (open.TryPop(out var place))
        {
            done += (double)place.Left * place.Next.Count;
            allowed += (double)place.Left * place.Possible;
            foreach (var next in place.Next.Values) open.Push(next);
        }

        return allowed == 0 ? 1 : done / allowed;
    }

    static double Generalisation(long[] taken) => 1 - taken.Average(n => n == 0 ? 1 : 1 / Math.Sqrt(n));

    static double Simplicity(PetriNet net)
    {
        var ends = 0.0;
        for (var t = 0; t < net.Labels.Count; t++) ends += 2 * (net.InputsOf(t).Length + net.OutputsOf(t).Length);
        return 1 / (1 + Math.Max(0, (ends / (net.Places.Count + net.Labels.Count)) - 2));
    }

    /// <summary>What the log shows up to some step, and what comes next.</summary>
    sealed class Place
    {
        /// <summary>How often the log went on from here.</summary>
        public long Left { get; set; }

        /// <summary>How many activities the procedure allows here.</summary>
        public int Possible { get; set; }

        public Dictionary<string, Place> Next { get; } = new(StringComparer.Ordinal);
    }
}
