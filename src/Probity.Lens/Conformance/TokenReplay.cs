using Probity.Lens.Procedures;

namespace Probity.Lens.Conformance;

/// <summary>
/// Token-based replay (Rozinat and van der Aalst, Conformance checking of processes based on monitoring real behavior,
/// 2008), with silent transitions walked by the heuristic of Berti and van der Aalst (A novel token-based replay
/// technique to speed up conformance checking and process enhancement, 2021), so that figures can be set beside those
/// of other tools.
/// </summary>
/// <remarks>
/// It is quick and no judge: a heuristic guess at silent steps flags cases that follow the procedure, and activities
/// that the procedure does not have are passed over in silence. Judgement is by alignments.
/// </remarks>
/// <param name="net">The procedure.</param>
/// <param name="cancellation">Stops the replay.</param>
internal sealed class TokenReplay(PetriNet net, CancellationToken cancellation = default)
{
    const int RoundsToFinish = 5;

    /// <summary>Enabling a silent step by way of other silent steps is tried once, not for ever.</summary>
    const int MaxDepth = 2;

    readonly SilentPaths _paths = new(net, cancellation);
    readonly Dictionary<string, int[]> _byLabel = ByLabel(net);
    readonly int[] _final = net.Final.ToArray();
    int[] _marking = [];
    ReplayCounts _counts;

    /// <summary>Replays one trace; null where the silent steps that may come in question are too many.</summary>
    public ReplayCounts? Replay(IEnumerable<string> trace)
    {
        try
        {
            _paths.Begin();
            return Count(trace);
        }
        catch (PathsFullException)
        {
            return null;
        }
    }

    ReplayCounts Count(IEnumerable<string> trace)
    {
        _marking = net.Initial.ToArray();
        _counts = new ReplayCounts { Produced = _marking.Sum(t => (long)t) };
        try
        {
            var number = 0;
            foreach (var activity in trace)
            {
                if ((++number & 1023) == 0) cancellation.ThrowIfCancellationRequested();
                if (_byLabel.TryGetValue(activity, out var transitions)) Play(transitions);
            }

            var missing = _counts.Missing;
            Finish();
            _counts.Fits = missing == 0;
        }
        catch (OverflowException)
        {
            // Only a net that breeds tokens gets here, and such a replay has tokens left.
        }

        for (var p = 0; p < _final.Length; p++)
        {
            _counts.Consumed += _final[p];
            _counts.Missing += Math.Max(0, _final[p] - _marking[p]);
            _counts.Remaining += Math.Max(0, _marking[p] - _final[p]);
        }

        _counts.Fits &= _counts.Remaining == 0;
        return _counts;
    }

    void Play(int[] transitions)
    {
        var chosen = transitions[^1];
        foreach (var t in transitions)
        {
            if (!net.IsEnabled(t, _marking)) continue;
            chosen = t;
            break;
        }

        if (!net.IsEnabled(chosen, _marking)) Enable(chosen, 0, []);
        foreach (var (place, weight) in net.InputsOf(chosen))
        {
            var lacking = Math.Max(0, weight - _marking[place]);
            _counts.Missing += lacking;
            _marking[place] += lacking;
        }

        Fire(chosen);
    }

    /// <summary>Walks silent chains from the marked places towards those where the transition lacks tokens.</summary>
    void Enable(int wanted, int depth, HashSet<int> visited)
    {
        if (depth >= MaxDepth || !visited.Add(wanted)) return;
        var lacking = net.InputsOf(wanted).ToArray().Where(a => _marking[a.Place] < a.Weight).Select(a => a.Place).ToHashSet();
        var chains = _paths.Between(_marking, lacking.Contains);
        foreach (var chain in chains)
        {
            var before = visited.Count;
            foreach (var t in chain)
            {
                if (net.IsEnabled(t, _marking) && visited.Add(t)) Fire(t);
                if (net.IsEnabled(wanted, _marking)) return;
            }

            if (visited.Count == before) break;
        }

        if (chains.Count == 0) return;
        foreach (var chain in _paths.Between(_marking, lacking.Contains))
        {
            foreach (var t in chain)
            {
                if (visited.Contains(t)) continue;
                if (!net.IsEnabled(t, _marking)) Enable(t, depth + 1, visited);
                if (!net.IsEnabled(t, _marking)) continue;
                Fire(t);
                visited.Add(t);
            }
        }
    }

    /// <summary>After the last event: silent steps towards the final marking.</summary>
    void Finish()
    {
        for (var round = 0; round < RoundsToFinish && !FinalIsCovered(); round++)
        {
            foreach (var chain in _paths.Between(_marking, p => _final[p] > 0))
            {
                foreach (var t in chain)
                    if (net.IsEnabled(t, _marking)) Fire(t);
                if (FinalIsCovered()) break;
            }
        }

        if (FinalIsCovered() || _final.Count(tokens => tokens > 0) != 1) return;
        var toSink = _paths.Between(_marking, p => _final[p] > 0);
        for (var round = 0; round < RoundsToFinish; round++)
        {
            foreach (var chain in toSink)
            {
                foreach (var t in chain)
                {
                    if (!net.IsEnabled(t, _marking)) break;
                    Fire(t);
                }
            }
        }
    }

    bool FinalIsCovered()
    {
        for (var p = 0; p < _final.Length; p++)
            if (_final[p] > 0 && _marking[p] == 0) return false;
        return true;
    }

    void Fire(int transition)
    {
        foreach (var arc in net.InputsOf(transition)) _counts.Consumed += arc.Weight;
        foreach (var arc in net.OutputsOf(transition)) _counts.Produced += arc.Weight;
        net.Fire(transition, _marking);
    }

    // Of several transitions with one label the enabled one is played, or else the last by name.
    static Dictionary<string, int[]> ByLabel(PetriNet net) =>
        Enumerable.Range(0, net.Labels.Count).Where(t => net.Labels[t] is not null)
            .OrderBy(t => net.Transitions[t], StringComparer.Ordinal)
            .GroupBy(t => net.Labels[t]!).ToDictionary(g => g.Key, g => g.ToArray(), StringComparer.Ordinal);
}
