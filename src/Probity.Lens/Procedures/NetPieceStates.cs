namespace Probity.Lens.Procedures;

/// <summary>
/// Makes pieces of which a net can tell when nothing is left in them. A place/transition net cannot ask whether a place
/// is empty; where that matters (several branches that end by themselves, a terminate event, an event that interrupts)
/// every state of the piece becomes a place, and a stop is a step from each of them.
/// </summary>
internal static class NetPieceStates
{
    /// <summary>States looked through to see whether the piece can stay as it is; under a second.</summary>
    const int MaxLooked = 50_000;

    /// <summary>States that may become places.</summary>
    const int MaxPlaces = 3_000;

    /// <summary>Tokens looked at on the way through the states: keeps a thousand branches side by side from taking minutes.</summary>
    const long MaxWork = 20_000_000;

    /// <summary>The piece with one token in, and one out when and only when nothing is left inside.</summary>
    public static NetPiece Closed(NetPiece piece, string called)
    {
        OneStart(piece);
        if (piece.IsStateMachine) return WithoutStops(piece);
        var states = Explore(piece, called, mayStay: !piece.Steps.Exists(s => s.Stops));
        return states.MayStay ? piece : states.ToPiece();
    }

    /// <summary>The piece with a place for each of its states.</summary>
    public static NetPiece StateMachine(NetPiece piece, string called)
    {
        OneStart(piece);
        return piece.IsStateMachine ? WithoutStops(piece) : Explore(piece, called, mayStay: false).ToPiece();
    }

    static void OneStart(NetPiece piece)
    {
        if (piece.Initial.Count == 1) return;
        var start = piece.AddPlace("start");
        piece.AddStep("start", null, start, [.. piece.Initial]);
        piece.Initial.Clear();
        piece.Initial.Add(start);
    }

    // Where there is but one token, taking it takes all of them.
    static NetPiece WithoutStops(NetPiece piece)
    {
        for (var i = 0; i < piece.Steps.Count; i++)
        {
            var step = piece.Steps[i];
            if (step.Stops) piece.Steps[i] = step with { Stops = false, Out = [piece.OutcomeOf(step.Outcome)] };
        }

        return piece;
    }

    static States Explore(NetPiece piece, string called, bool mayStay)
    {
        var states = new States(piece, mayStay);
        while (states.ExpandNext())
        {
            var limit = states.MayStay ? MaxLooked : MaxPlaces;
            if (states.Count > limit || states.Work > MaxWork)
                throw new BadInputException($"{called} has branches side by side that together have more than {Math.Min(limit, states.Count):N0} states, and its end or an event stops or awaits all of them; draw fewer side by side in it.");
        }

        return states;
    }

    /// <summary>The states of a piece: which places hold tokens, each place as often as it holds one, by rising number.</summary>
    sealed class States(NetPiece piece, bool mayStay)
    {
        readonly ILookup<int, PieceStep> _byInput = piece.Steps.SelectMany(s => s.In.Select(p => (p, s))).ToLookup(x => x.p, x => x.s);
        readonly Dictionary<int[], int> _numbers = new(new SameTokens()) { [[piece.Initial[0]]] = 0 };
        readonly List<int[]> _states = [[piece.Initial[0]]];
        readonly List<(int From, PieceStep Step, int To)> _steps = [];
        int _next;

        /// <summary>The target of a step that completes the piece, or stops it.</summary>
        const int Complete = -1, Stopped = -2;

        public int Count => _states.Count;

        public long Work { get; private set; }

        /// <summary>Whether the piece can stay as it is: as far as was looked, a token at its end means that no other is left.</summary>
        public bool MayStay { get; private set; } = mayStay;

        public bool ExpandNext()
        {
            if (_next == _states.Count) return false;
            var from = _next++;
            var state = _states[from];
            foreach (var step in state.Distinct().SelectMany(p => _byInput[p]).Distinct().ToList())
            {
                Work += state.Length;
                if (step.Stops)
                {
                    if (Without(state, step.In) is not null) Keep(from, step, Stopped);
                }
                else if (Without(state, step.In) is { } left)
                {
                    Keep(from, step, Number(left, step.Out));
                }
            }

            return true;
        }

        public NetPiece ToPiece()
        {
            var made = new NetPiece();
            var places = _states.Select(s => made.AddPlace(string.Join('+', s.Take(8).Select(p => piece.Places[p])))).ToList();
            made.Initial.Add(places[0]);
            foreach (var (from, step, to) in _steps)
            {
                var target = to >= 0 ? places[to] : made.OutcomeOf(to == Stopped ? step.Outcome : null);
                made.AddStep(step with { In = [places[from]], Out = [target], Stops = false, Outcome = null });
            }

            return made;
        }

        // Past the limit no state becomes a place.
        void Keep(int from, PieceStep step, int to)
        {
            if (_states.Count <= MaxPlaces && (from != to || step.Label is not null || step.Emits.Count > 0)) _steps.Add((from, step, to));
        }

        int Number(List<int> left, IReadOnlyList<int> added)
        {
            left.AddRange(added);
            left.Sort();
            // How many branches have ended says nothing more than that one has.
            var ended = left.IndexOf(piece.End);
            if (ended >= 0)
            {
                left.RemoveAll(p => p == piece.End);
                if (left.Count == 0) return Complete;
                left.Insert(0, piece.End);
                MayStay = false;
            }

            int[] state = [.. left];
            if (_numbers.TryGetValue(state, out var number)) return number;
            _numbers[state] = _states.Count;
            _states.Add(state);
            return _states.Count - 1;
        }

        static List<int>? Without(int[] state, IReadOnlyList<int> taken)
        {
            var left = state.ToList();
            foreach (var place in taken)
                if (!left.Remove(place)) return null;
            return left;
        }
    }

    sealed class SameTokens : IEqualityComparer<int[]>
    {
        public bool Equals(int[]? x, int[]? y) => x.AsSpan().SequenceEqual(y);

        public int GetHashCode(int[] obj)
        {
            var hash = new HashCode();
            foreach (var place in obj) hash.Add(place);
            return hash.ToHashCode();
        }
    }
}
