namespace Probity.Lens.Discovery;

/// <summary>
/// One path, with what its pairs of activities do in it. Its activities are numbered 0, 1, … as they appear; those that are
/// too rare to be looked at are passed over, though they still stand between their neighbours.
/// </summary>
internal sealed class DeclarePath
{
    readonly int[] _places;
    readonly int[] _numbers;
    readonly int[] _activities, _counts, _firsts, _lasts, _recent;
    Tally[] _tallies = [];

    public DeclarePath(int names, IReadOnlyList<int> frequent)
    {
        _places = new int[names];
        _numbers = new int[names];
        Array.Fill(_places, -1);
        Array.Fill(_numbers, -1);
        for (var place = 0; place < frequent.Count; place++) _places[frequent[place]] = place;
        _activities = new int[frequent.Count];
        _counts = new int[frequent.Count];
        _firsts = new int[frequent.Count];
        _lasts = new int[frequent.Count];
        _recent = new int[frequent.Count];
    }

    /// <summary>How many different activities are looked at.</summary>
    public int Size { get; private set; }

    public int FirstActivity { get; private set; }
    public int LastActivity { get; private set; }

    /// <summary>The place of an activity among the frequent ones.</summary>
    public int Place(int x) => _places[_activities[x]];

    public int Count(int x) => _counts[x];

    /// <summary>What x and y do.</summary>
    public ref readonly Tally Of(int x, int y) => ref At(x, y);

    public void Load(IReadOnlyList<int> path, CancellationToken cancellation)
    {
        Number(path);
        var size = Size;
        if (_tallies.Length < size * size) _tallies = new Tally[size * size];
        else Array.Clear(_tallies, 0, size * size);
        var previous = -1;
        for (var i = 0; i < path.Count; i++)
        {
            if ((i & 0xFFF) == 0) cancellation.ThrowIfCancellationRequested();
            var x = _numbers[path[i]];
            if (x >= 0) Pass(x, i, previous);
            previous = x;
        }

        for (var x = 0; x < size; x++)
        {
            for (var y = 0; y < size; y++)
                if (_lasts[y] > _lasts[x]) At(x, y).GapsAfter++;
        }
    }

    void Pass(int x, int position, int previous)
    {
        var seen = _recent[x];
        var row = _tallies.AsSpan(x * Size, Size);
        var firsts = _firsts.AsSpan(0, Size);
        var lasts = _lasts.AsSpan(0, Size);
        var recent = _recent.AsSpan(0, Size);
        for (var y = 0; y < row.Length; y++)
        {
            ref var tally = ref row[y];
            if (lasts[y] > position) tally.Before++;
            if (firsts[y] < position) tally.After++;
            if (recent[y] <= seen) continue;
            tally.GapsBefore++;
            if (seen >= 0) tally.GapsAfter++;
        }

        if (previous >= 0) At(previous, x).Next++;
        _recent[x] = position;
    }

    void Number(IReadOnlyList<int> path)
    {
        for (var x = 0; x < Size; x++) _numbers[_activities[x]] = -1;
        Size = 0;
        (FirstActivity, LastActivity) = (path[0], path[^1]);
        for (var i = 0; i < path.Count; i++)
        {
            if (_places[path[i]] < 0) continue;
            ref var number = ref _numbers[path[i]];
            if (number < 0)
            {
                number = Size++;
                _activities[number] = path[i];
                _counts[number] = 0;
                _firsts[number] = i;
                _recent[number] = -1;
            }

            _counts[number]++;
            _lasts[number] = i;
        }
    }

    ref Tally At(int x, int y) => ref _tallies[(x * Size) + y];

    /// <summary>What an ordered pair x, y does in the path. The figures of one activity with itself mean nothing.</summary>
    internal struct Tally
    {
        /// <summary>How many x have a y somewhere after them, and before them.</summary>
        public int Before, After;

        /// <summary>How many x have a y before the next x or the end, and since the previous x or the beginning.</summary>
        public int GapsAfter, GapsBefore;

        /// <summary>How many x have y as the very next event.</summary>
        public int Next;
    }
}
