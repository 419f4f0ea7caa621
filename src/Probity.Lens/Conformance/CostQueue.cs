using System.Runtime.CompilerServices;

namespace Probity.Lens.Conformance;

/// <summary>
/// A queue of numbers by cost for searches whose costs never fall: the last put in at the lowest cost comes out first.
/// Two levels of buckets, whole moves and silent steps (Dial 1969, Algorithm 360, with the far buckets kept unsorted),
/// make both ends constant time.
/// </summary>
internal sealed class CostQueue
{
    const int Width = AlignmentCost.Move;

    int[] _heads = new int[64];
    readonly List<List<(int Silent, int Item)>> _far = [];
    int[] _items = new int[1024];
    int[] _links = new int[1024];
    int _used = 1; // Link 0 means none.
    int _free;
    int _base;
    int _moves;
    int _silent;
    int _near;
    int _highest = -1;
    int _waiting;

    /// <summary>Empties the queue; its costs begin at about <paramref name="cost"/>, and none may be lower.</summary>
    public void Clear(int cost)
    {
        if (_highest >= 0) Array.Clear(_heads, 0, _highest + 1);
        foreach (var list in _far) list.Clear();
        _used = 1;
        _free = _near = _waiting = _silent = 0;
        _highest = -1;
        _base = _moves = cost / Width;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(int cost, int item)
    {
        var moves = cost / Width;
        if (moves == _moves)
        {
            AddNear(cost - moves * Width, item);
            return;
        }

        while (_far.Count <= moves - _base) _far.Add([]);
        _far[moves - _base].Add((cost - moves * Width, item));
        _waiting++;
    }

    /// <summary>Takes an item of the lowest cost.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool TryTake(out int cost, out int item)
    {
        while (_near == 0)
        {
            if (_waiting == 0)
            {
                cost = item = 0;
                return false;
            }

            _moves++;
            _silent = 0;
            var list = _far.Count > _moves - _base ? _far[_moves - _base] : [];
            _waiting -= list.Count;
            foreach (var (silent, waiting) in list) AddNear(silent, waiting);
            list.Clear();
        }

        while (_heads[_silent] == 0) _silent++;
        var link = _heads[_silent];
        _heads[_silent] = _links[link];
        item = _items[link];
        cost = _moves * Width + _silent;
        _links[link] = _free;
        _free = link;
        _near--;
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    void AddNear(int silent, int item)
    {
        var link = _free;
        if (link != 0) _free = _links[link];
        else link = _used++;
        if (link == _items.Length)
        {
            Array.Resize(ref _items, link * 2);
            Array.Resize(ref _links, link * 2);
        }

        if (silent >= _heads.Length) Array.Resize(ref _heads, Math.Min(Width, Math.Max(silent + 1, _heads.Length * 2)));
        _items[link] = item;
        _links[link] = _heads[silent];
        _heads[silent] = link;
        _highest = Math.Max(_highest, silent);
        _near++;
    }
}
