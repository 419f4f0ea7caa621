namespace Probity.Lens.Procedures;

/// <summary>
/// A part of a net under construction: what a process, a subprocess or an activity does between the token that starts it
/// and the token that says it is complete.
/// </summary>
internal sealed class NetPiece
{
    /// <summary>Places and steps of one piece; copies of loops and subprocesses in each other could otherwise grow without end.</summary>
    const int MaxSize = 20_000;

    public NetPiece() => End = AddPlace("end");

    public List<string> Places { get; } = [];

    public List<PieceStep> Steps { get; } = [];

    /// <summary>The places marked when it starts; one in every piece that goes into another.</summary>
    public List<int> Initial { get; } = [];

    /// <summary>The place of the token that says it is complete. No step takes from it.</summary>
    public int End { get; }

    /// <summary>For each boundary event that can end it from within the place of the token that does so.</summary>
    public Dictionary<BpmnNode, int> Outcomes { get; } = [];

    /// <summary>Whether exactly one token is ever in it, so that its places are its states.</summary>
    public bool IsStateMachine => Initial.Count == 1 && Steps.TrueForAll(s => s.In.Count == 1 && (s.Stops || s.Out.Count == 1));

    public int AddPlace(string name)
    {
        Places.Add(name);
        CheckSize();
        return Places.Count - 1;
    }

    public PieceStep AddStep(PieceStep step)
    {
        Steps.Add(step);
        CheckSize();
        return step;
    }

    public PieceStep AddStep(string name, string? label, int from, params int[] to) => AddStep(new PieceStep(name, label, [from], to));

    /// <summary>The place in which a stop puts its token.</summary>
    public int OutcomeOf(BpmnNode? boundary)
    {
        if (boundary is null) return End;
        if (!Outcomes.TryGetValue(boundary, out var place)) Outcomes[boundary] = place = AddPlace("to " + boundary.Id);
        return place;
    }

    /// <summary>Copies another piece in here; what ends it from within ends this one in the same way.</summary>
    /// <param name="other">A piece with one initial place.</param>
    /// <param name="start">Takes the place of its initial place.</param>
    /// <param name="end">Takes the place of its end.</param>
    /// <param name="suffix">Tells its places from those of other copies.</param>
    /// <param name="outcome">The place for each way in which it can be ended from within.</param>
    /// <param name="emit">The place here for what it sets off on the side, or null to pass that on.</param>
    public void Insert(NetPiece other, int start, int end, string suffix, Func<BpmnNode, int> outcome, Func<BpmnNode, int?>? emit = null)
    {
        var map = new int[other.Places.Count];
        Array.Fill(map, -1);
        map[other.Initial[0]] = start;
        map[other.End] = end;
        foreach (var (boundary, place) in other.Outcomes) map[place] = outcome(boundary);
        for (var p = 0; p < map.Length; p++)
            if (map[p] < 0) map[p] = AddPlace(other.Places[p] + suffix);
        foreach (var step in other.Steps)
        {
            var places = step.Out.Select(p => map[p]).ToList();
            var emits = new List<BpmnNode>();
            foreach (var boundary in step.Emits)
            {
                if (emit?.Invoke(boundary) is { } place) places.Add(place);
                else emits.Add(boundary);
            }

            AddStep(step with { In = [.. step.In.Select(p => map[p])], Out = places, Emits = emits });
        }
    }

    void CheckSize()
    {
        if (Places.Count + Steps.Count > MaxSize)
            throw new BadInputException($"the procedure has more than {MaxSize:N0} places and transitions once its loops, subprocesses and boundary events are drawn out; draw fewer in each other.");
    }
}

/// <summary>A transition of a piece.</summary>
/// <param name="Name">Its name, for the file's readers.</param>
/// <param name="Label">The activity; null for a silent one.</param>
/// <param name="In">The places it takes a token from.</param>
/// <param name="Out">The places it puts one into.</param>
internal sealed record PieceStep(string Name, string? Label, IReadOnlyList<int> In, IReadOnlyList<int> Out)
{
    /// <summary>Boundary events, of activities around the piece, that it sets off without ending anything.</summary>
    public IReadOnlyList<BpmnNode> Emits { get; init; } = [];

    /// <summary>Takes all tokens of the piece away and leaves one for <see cref="Outcome"/>.</summary>
    public bool Stops { get; init; }

    /// <summary>The boundary event that a stop leads to; null if the piece is complete by it.</summary>
    public BpmnNode? Outcome { get; init; }
}
