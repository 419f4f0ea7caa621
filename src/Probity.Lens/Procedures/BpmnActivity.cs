namespace Probity.Lens.Procedures;

/// <summary>What a task or a subprocess does with its loop and its boundary events.</summary>
internal static class BpmnActivity
{
    /// <summary>Which of them have come already doubles the states with each.</summary>
    const int MaxBeside = 6;

    /// <summary>The piece of an activity.</summary>
    /// <param name="node">The activity.</param>
    /// <param name="inside">The piece of a subprocess's inside; null for a task.</param>
    public static NetPiece Make(BpmnNode node, NetPiece? inside)
    {
        var piece = inside is null ? Task(node) : NetPieceStates.Closed(inside, node.Called);
        if (node.Loop is { } loop) piece = Repeat(piece, loop with { AtOnce = loop.AtOnce && inside is not null }, node.Called);
        var boundaries = node.Boundaries.Where(b => !b.IsThrown).ToList();
        return boundaries.Count == 0 ? piece : AtAnyTime(NetPieceStates.StateMachine(piece, node.Called), boundaries, node);
    }

    static NetPiece Task(BpmnNode node)
    {
        var piece = new NetPiece();
        piece.Initial.Add(piece.AddPlace(node.Id));
        piece.AddStep(node.Id, node.Name, piece.Initial[0], piece.End);
        return piece;
    }

    static NetPiece Repeat(NetPiece piece, BpmnLoop loop, string called)
    {
        if (loop.Most is null) return Unbounded(piece, loop.Least);
        return loop.AtOnce ? SideBySide(piece, loop.Least, called) : OneByOne(piece, loop.Least, loop.Most.Value);
    }

    static NetPiece Unbounded(NetPiece piece, int least)
    {
        var made = new NetPiece();
        var start = made.AddPlace("turn");
        made.Initial.Add(start);
        var after = least == 0 ? start : made.AddPlace("after a turn");
        made.Insert(piece, start, after, "", b => made.OutcomeOf(b));
        made.AddStep("on", null, after, made.End);
        if (after != start) made.AddStep("again", null, after, start);
        return made;
    }

    static NetPiece OneByOne(NetPiece piece, int least, int most)
    {
        var made = new NetPiece();
        var place = made.AddPlace("turn 1");
        made.Initial.Add(place);
        for (var turn = 1; turn <= most; turn++)
        {
            if (turn > least) made.AddStep("on", null, place, made.End);
            var next = turn == most ? made.End : made.AddPlace($"turn {turn + 1}");
            made.Insert(piece, place, next, $" {turn}", b => made.OutcomeOf(b));
            place = next;
        }

        return made;
    }

    static NetPiece SideBySide(NetPiece piece, int count, string called)
    {
        var made = new NetPiece();
        var starts = Enumerable.Range(1, count).Select(i => made.AddPlace($"instance {i}")).ToArray();
        var ends = Enumerable.Range(1, count).Select(i => made.AddPlace($"after instance {i}")).ToArray();
        made.Initial.Add(made.AddPlace("instances"));
        made.AddStep("instances", null, made.Initial[0], starts);
        made.AddStep(new PieceStep("all instances", null, ends, [made.End]));
        for (var i = 0; i < count; i++)
        {
            made.Insert(piece, starts[i], ends[i], $" {i + 1}", boundary =>
            {
                var place = made.AddPlace("to " + boundary.Id);
                made.AddStep(new PieceStep("to " + boundary.Id, null, [place], []) { Stops = true, Outcome = boundary });
                return place;
            });
        }

        return NetPieceStates.Closed(made, called);
    }

    // From every state: an event that interrupts leads out; one that does not sets off its flow once, and is then spent.
    static NetPiece AtAnyTime(NetPiece piece, List<BpmnNode> boundaries, BpmnNode node)
    {
        var interrupting = boundaries.Where(b => b.Interrupts).ToList();
        var beside = boundaries.Where(b => !b.Interrupts).ToList();
        if (beside.Count > MaxBeside)
            throw new BadInputException($"{node.Called} has {beside.Count} boundary events that do not interrupt it; up to {MaxBeside} are read.");
        var made = new NetPiece();
        var ends = piece.Outcomes.ToDictionary(o => o.Value, o => made.OutcomeOf(o.Key));
        ends[piece.End] = made.End;
        // For each set of spent events the place of each state.
        var places = Enumerable.Range(0, 1 << beside.Count).Select(spent =>
            Enumerable.Range(0, piece.Places.Count).Select(p =>
                ends.TryGetValue(p, out var end) ? end : made.AddPlace(spent == 0 ? piece.Places[p] : $"{piece.Places[p]} spent {spent}")).ToArray()).ToArray();
        made.Initial.Add(places[0][piece.Initial[0]]);
        for (var spent = 0; spent < places.Length; spent++)
        {
            var here = places[spent];
            foreach (var step in piece.Steps) made.AddStep(step with { In = [here[step.In[0]]], Out = [here[step.Out[0]]] });
            for (var p = 0; p < here.Length; p++)
            {
                if (ends.ContainsKey(p)) continue;
                foreach (var boundary in interrupting) made.AddStep(boundary.Id, null, here[p], made.OutcomeOf(boundary));
                for (var i = 0; i < beside.Count; i++)
                    if ((spent & (1 << i)) == 0) made.AddStep(new PieceStep(beside[i].Id, null, [here[p]], [places[spent | (1 << i)][p]]) { Emits = [beside[i]] });
            }
        }

        return made;
    }
}
