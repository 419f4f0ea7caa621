namespace Probity.Lens.Procedures;

/// <summary>Collects places, transitions and arcs by number, then makes a net of them.</summary>
internal sealed class NetBuilder(string kind)
{
    /// <summary>The largest procedures in use have some hundreds; beyond this some work grows with the square.</summary>
    const int MaxNodes = 20_000;

    /// <summary>Between a place and a transition, all arcs together; more would not fit a sum over a transition's arcs.</summary>
    const int MaxWeight = 100_000;

    readonly List<string> _places = [];
    readonly List<int> _initial = [];
    readonly List<int> _final = [];
    readonly List<string> _transitions = [];
    readonly List<string?> _labels = [];
    readonly List<List<Arc>> _inputs = [];
    readonly List<List<Arc>> _outputs = [];

    public int PlaceCount => _places.Count;

    public int TransitionCount => _labels.Count;

    public int AddPlace(string name, int initial = 0, int final = 0)
    {
        _places.Add(name);
        _initial.Add(initial);
        _final.Add(final);
        return _places.Count - 1;
    }

    /// <summary>Adds a transition; a null label makes it silent.</summary>
    public int AddTransition(string name, string? label)
    {
        _transitions.Add(name);
        _labels.Add(label);
        _inputs.Add([]);
        _outputs.Add([]);
        return _labels.Count - 1;
    }

    public void AddInput(int transition, int place, int weight = 1) => _inputs[transition].Add(new Arc(place, weight));

    public void AddOutput(int transition, int place, int weight = 1) => _outputs[transition].Add(new Arc(place, weight));

    public void SetFinal(int place, int tokens) => _final[place] = tokens;

    /// <summary>Places that no transition takes from.</summary>
    public IEnumerable<int> Sinks()
    {
        var left = _inputs.SelectMany(arcs => arcs).Select(a => a.Place).ToHashSet();
        return Enumerable.Range(0, _places.Count).Where(p => !left.Contains(p));
    }

    /// <param name="notes">What a reader of the findings should know about how the file was read.</param>
    /// <exception cref="BadInputException">More nodes, or tokens moved at once, than a procedure has.</exception>
    public PetriNet Build(IReadOnlyList<string>? notes = null)
    {
        if (_places.Count + _labels.Count > MaxNodes)
            throw new BadInputException($"the procedure has {_places.Count + _labels.Count:N0} places and transitions; more than {MaxNodes:N0} are not checked.");
        foreach (var arcs in _inputs.Concat(_outputs))
        {
            // Few transitions have so many tokens to move in all that one of their places could.
            if (arcs.Sum(a => (long)a.Weight) > MaxWeight && arcs.GroupBy(a => a.Place).Any(g => g.Sum(a => (long)a.Weight) > MaxWeight))
                throw new BadInputException($"the arcs between a place and a transition move more than {MaxWeight:N0} tokens at once; is a weight mistyped?");
        }

        return new(kind, _places, _transitions, _labels, [.. _inputs], [.. _outputs], [.. _initial], [.. _final]) { Notes = notes ?? [] };
    }
}
