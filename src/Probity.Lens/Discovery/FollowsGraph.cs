using System.Runtime.CompilerServices;

namespace Probity.Lens.Discovery;

/// <summary>How the activities fall into parts of a block: <paramref name="Part"/> holds the part of each activity, from 0.</summary>
internal sealed record Cut(TreeOperator Kind, int[] Part, int Parts);

/// <summary>
/// What follows what, and in which ways it can be cut into blocks: exclusive choice, sequence, parallel and loop, as defined by
/// Leemans, Fahland and van der Aalst (2013, section 4).
/// </summary>
internal sealed class FollowsGraph
{
    readonly int _size;
    readonly bool[,] _follows;
    readonly bool[] _starts;
    readonly bool[] _ends;

    /// <param name="log">The traces.</param>
    /// <param name="noise">
    /// Steps that are rarer than this share of the most frequent step out of the same activity are left out, and so are rare
    /// starts and ends (Leemans, Fahland and van der Aalst, Discovering block-structured process models from event logs
    /// containing infrequent behaviour, 2014). 0 leaves nothing out.
    /// </param>
    /// <param name="without">An activity that is passed over as if it had never happened; those after it are numbered one lower.</param>
    public FollowsGraph(SubLog log, double noise, int without = -1)
    {
        _size = without < 0 ? log.Size : log.Size - 1;
        _follows = new bool[_size, _size];
        var counts = Count(log, without, out var starts, out var ends);
        for (var a = 0; a < _size; a++)
        {
            var row = counts.AsSpan(a * _size, _size);
            var most = ends[a];
            foreach (var count in row) most = Math.Max(most, count);
            for (var b = 0; b < _size; b++) _follows[a, b] = row[b] > 0 && row[b] >= noise * most;
        }

        _starts = Frequent(starts, noise);
        _ends = Frequent(ends, noise);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    long[] Count(SubLog log, int without, out long[] starts, out long[] ends)
    {
        (starts, ends) = (new long[_size], new long[_size]);
        var counts = new long[_size * _size];
        foreach (var (trace, count) in log.Traces)
        {
            var last = -1;
            foreach (var activity in trace)
            {
                if (activity == without) continue;
                var a = without >= 0 && activity > without ? activity - 1 : activity;
                if (last < 0) starts[a] += count;
                else counts[(last * _size) + a] += count;
                last = a;
            }

            if (last >= 0) ends[last] += count;
        }

        return counts;
    }

    /// <summary>The first cut that the graph has, in the order choice, sequence, parallel, loop; null if it has none.</summary>
    public Cut? FindCut() => _size < 2 ? null : Choice() ?? Sequence() ?? Parallel() ?? Loop();

    static bool[] Frequent(long[] counts, double noise)
    {
        var most = counts.Length == 0 ? 0 : counts.Max();
        return Array.ConvertAll(counts, c => c > 0 && c >= noise * most);
    }

    Cut? Choice()
    {
        var groups = new Groups(_size);
        for (var a = 0; a < _size; a++)
            for (var b = 0; b < _size; b++)
                if (_follows[a, b]) groups.Join(a, b);
        return groups.ToCut(TreeOperator.Choice);
    }

    // Groups in which everything can reach everything, or nothing anything, belong together; the others stand in line.
    Cut? Sequence()
    {
        var reaches = Closure();
        var groups = new Groups(_size);
        for (var a = 0; a < _size; a++)
            for (var b = a + 1; b < _size; b++)
                if (Reach(a, b) == Reach(b, a)) groups.Join(a, b);

        // Groups that were joined may now reach each other both ways, or neither.
        bool joined;
        bool[,] forward;
        do
        {
            joined = false;
            var number = groups.Numbers(out var count);
            forward = new bool[count, count];
            for (var a = 0; a < _size; a++)
                for (var b = 0; b < _size; b++)
                    if (Reach(a, b)) forward[number[a], number[b]] = true;
            for (var a = 0; a < _size; a++)
            {
                for (var b = a + 1; b < _size; b++)
                {
                    var (x, y) = (number[a], number[b]);
                    if (x != y && forward[x, y] == forward[y, x]) joined |= groups.Join(a, b);
                }
            }
        }
        while (joined);

        var part = groups.Numbers(out var parts);
        if (parts < 2) return null;
        // Each stands behind as many as can reach it; where that is no order, there is no sequence.
        var before = new int[parts];
        for (var x = 0; x < parts; x++)
            before[x] = Enumerable.Range(0, parts).Count(y => x != y && forward[y, x]);
        return before.Distinct().Count() < parts ? null : new Cut(TreeOperator.Sequence, Array.ConvertAll(part, x => before[x]), parts);

        bool Reach(int a, int b) => (reaches[a][b >> 6] >> (b & 63) & 1) != 0;
    }

    Cut? Parallel()
    {
        var groups = new Groups(_size);
        for (var a = 0; a < _size; a++)
            for (var b = a + 1; b < _size; b++)
                if (!_follows[a, b] || !_follows[b, a]) groups.Join(a, b);

        // A part that cannot begin, or cannot end, is no part of its own: it goes to the smallest that lacks what it lacks.
        var part = groups.Numbers(out var parts);
        var whole = Enumerable.Range(0, parts).Where(x => Has(x, _starts) && Has(x, _ends)).ToHashSet();
        if (whole.Count == 0) return null;
        var first = whole.Min();
        for (var a = 0; a < _size; a++)
            if (!whole.Contains(part[a])) groups.Join(a, Array.IndexOf(part, first));
        return groups.ToCut(TreeOperator.Parallel);

        bool Has(int x, bool[] marked) => Enumerable.Range(0, _size).Any(a => part[a] == x && marked[a]);
    }

    Cut? Loop()
    {
        var body = new bool[_size];
        for (var a = 0; a < _size; a++) body[a] = _starts[a] || _ends[a];
        if (body.All(b => b)) return null;
        var groups = new Groups(_size);
        for (var a = 0; a < _size; a++)
        {
            for (var b = 0; b < _size; b++)
            {
                if (a == b) continue;
                if (body[a] == body[b]) { if (body[a] || _follows[a, b]) groups.Join(a, b); }
            }
        }

        // What is not left and entered as a second round is, belongs to the first part.
        var inside = Array.FindIndex(body, b => b);
        for (var a = 0; a < _size; a++)
        {
            for (var b = 0; b < _size; b++)
            {
                if (!_follows[a, b]) continue;
                if (body[a] && !body[b] && !_ends[a]) groups.Join(b, inside);
                if (!body[a] && body[b] && !_starts[b]) groups.Join(a, inside);
            }
        }

        for (var a = 0; a < _size; a++)
        {
            if (body[a]) continue;
            var (enters, entered) = (false, false);
            var (allStarts, allEnds) = (true, true);
            for (var b = 0; b < _size; b++)
            {
                if (_starts[b]) { enters |= _follows[a, b]; allStarts &= _follows[a, b]; }
                if (_ends[b]) { entered |= _follows[b, a]; allEnds &= _follows[b, a]; }
            }

            if ((enters && !allStarts) || (entered && !allEnds)) groups.Join(a, inside);
        }

        var cut = groups.ToCut(TreeOperator.Loop);
        if (cut is null) return null;
        // The first part is number 0.
        var main = cut.Part[inside];
        return cut with { Part = Array.ConvertAll(cut.Part, x => x == main ? 0 : x < main ? x + 1 : x) };
    }

    ulong[][] Closure()
    {
        var words = (_size + 63) / 64;
        var reach = new ulong[_size][];
        for (var a = 0; a < _size; a++)
        {
            reach[a] = new ulong[words];
            for (var b = 0; b < _size; b++)
                if (_follows[a, b]) reach[a][b >> 6] |= 1UL << (b & 63);
        }

        for (var via = 0; via < _size; via++)
        {
            for (var a = 0; a < _size; a++)
            {
                if ((reach[a][via >> 6] >> (via & 63) & 1) == 0) continue;
                for (var w = 0; w < words; w++) reach[a][w] |= reach[via][w];
            }
        }

        return reach;
    }

    /// <summary>Activities that belong together.</summary>
    sealed class Groups(int size)
    {
        readonly int[] _parent = [.. Enumerable.Range(0, size)];

        public bool Join(int a, int b)
        {
            (a, b) = (Find(a), Find(b));
            if (a == b) return false;
            _parent[Math.Max(a, b)] = Math.Min(a, b);
            return true;
        }

        /// <summary>The number of each activity's group, by the groups' first activities.</summary>
        public int[] Numbers(out int count)
        {
            var number = new Dictionary<int, int>();
            var numbers = new int[_parent.Length];
            for (var a = 0; a < numbers.Length; a++)
            {
                if (!number.TryGetValue(Find(a), out var n)) number[Find(a)] = n = number.Count;
                numbers[a] = n;
            }

            count = number.Count;
            return numbers;
        }

        public Cut? ToCut(TreeOperator kind)
        {
            var part = Numbers(out var parts);
            return parts < 2 ? null : new Cut(kind, part, parts);
        }

        int Find(int a)
        {
            while (_parent[a] != a) a = _parent[a] = _parent[_parent[a]];
            return a;
        }
    }
}
