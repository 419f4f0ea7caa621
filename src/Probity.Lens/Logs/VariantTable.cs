using System.Runtime.CompilerServices;

namespace Probity.Lens.Logs;

/// <summary>
/// Groups the cases of a log by their paths: an open-addressed table that holds a path as the number of the first case that took
/// it, so a path seen before costs one look and no memory. The hash is seeded, so no log can make it slow on purpose.
/// </summary>
internal sealed class VariantTable(EventLog log)
{
    static readonly ulong Seed = (ulong)Random.Shared.NextInt64() | 1;

    readonly List<int> _first = [];
    readonly List<int> _counts = [];
    readonly List<uint> _hashes = [];
    int[] _slots = new int[1024];

    /// <summary>The cases of each path, rising; paths in the order in which they are first met.</summary>
    public List<int[]> Group()
    {
        var pathOf = new int[log.Cases.Count];
        for (var c = 0; c < pathOf.Length; c++)
        {
            pathOf[c] = Find(log.ActivitiesOf(c), c);
            _counts[pathOf[c]]++;
        }

        var groups = _counts.ConvertAll(count => new int[count]);
        var filled = new int[groups.Count];
        for (var c = 0; c < pathOf.Length; c++) groups[pathOf[c]][filled[pathOf[c]]++] = c;
        return groups;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    int Find(ReadOnlySpan<int> path, int caseNumber)
    {
        var hash = Hash(path);
        var mask = _slots.Length - 1;
        for (var slot = (int)hash & mask; ; slot = (slot + 1) & mask)
        {
            var found = _slots[slot] - 1;
            if (found < 0)
            {
                _slots[slot] = _first.Count + 1;
                _first.Add(caseNumber);
                _counts.Add(0);
                _hashes.Add(hash);
                if (_first.Count * 2 > _slots.Length) Grow();
                return _first.Count - 1;
            }

            if (_hashes[found] == hash && path.SequenceEqual(log.ActivitiesOf(_first[found]))) return found;
        }
    }

    void Grow()
    {
        _slots = new int[_slots.Length * 2];
        var mask = _slots.Length - 1;
        for (var number = 0; number < _hashes.Count; number++)
        {
            var slot = (int)_hashes[number] & mask;
            while (_slots[slot] != 0) slot = (slot + 1) & mask;
            _slots[slot] = number + 1;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static uint Hash(ReadOnlySpan<int> path)
    {
        var hash = Seed;
        foreach (var activity in path)
        {
            hash = (hash ^ (uint)activity) * 0x9E3779B97F4A7C15UL;
            hash ^= hash >> 32;
        }

        return (uint)((hash * Seed) >> 32);
    }
}
