using Probity.Lens.Procedures;

namespace Probity.Lens.Tests.Conformance;

/// <summary>
/// The definition of an optimal alignment, searched as plainly as can be: Dijkstra over markings written as text.
/// Shares nothing with the code under test but the net.
/// </summary>
internal static class PlainSearch
{
    /// <summary>The optimal cost; null if there is no alignment; -1 if that could not be decided within the limit.</summary>
    public static int? Cost(PetriNet net, string[] trace, int limit)
    {
        var best = new Dictionary<(string, int), int>();
        var queue = new PriorityQueue<(int[] Marking, int Position), int>();
        Offer(net.Initial.ToArray(), 0, 0);
        var final = string.Join(' ', net.Final.ToArray());
        while (queue.TryDequeue(out var state, out var cost))
        {
            var (marking, position) = state;
            var name = string.Join(' ', marking);
            if (best[(name, position)] < cost) continue;
            if (name == final && position == trace.Length) return cost;
            if (best.Count > limit) return -1;
            if (position < trace.Length) Offer(marking, position + 1, cost + 10_000);
            for (var t = 0; t < net.Labels.Count; t++)
            {
                var next = marking.ToArray();
                foreach (var arc in net.InputsOf(t)) next[arc.Place] -= arc.Weight;
                if (next.Any(tokens => tokens < 0)) continue;
                foreach (var arc in net.OutputsOf(t)) next[arc.Place] += arc.Weight;
                Offer(next, position, cost + (net.Labels[t] is null ? 1 : 10_000));
                if (position < trace.Length && net.Labels[t] == trace[position]) Offer(next, position + 1, cost);
            }
        }

        return null;

        void Offer(int[] marking, int position, int cost)
        {
            var key = (string.Join(' ', marking), position);
            if (best.TryGetValue(key, out var known) && known <= cost) return;
            best[key] = cost;
            queue.Enqueue((marking, position), cost);
        }
    }
}
