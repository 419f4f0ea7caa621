using System.Runtime.CompilerServices;

namespace Probity.Lens.Conformance;

/// <summary>Numbers rows of words, all of one width, in the order in which they are first met: an open-addressed table over one array.</summary>
internal sealed class WordTable(int width)
{
    ulong[] _words = new ulong[16 * width];
    int[] _slots = new int[1024];

    public int Count { get; private set; }

    /// <summary>A row; valid until the next one is added.</summary>
    public ReadOnlySpan<ulong> this[int number] => _words.AsSpan(number * width, width);

    /// <summary>The number of a row, which is added if it is new; -1 if it is new and there are as many rows as allowed.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public int Intern(ReadOnlySpan<ulong> row, int limit)
    {
        var mask = _slots.Length - 1;
        for (var slot = Hash(row) & mask; ; slot = (slot + 1) & mask)
        {
            var found = _slots[slot] - 1;
            if (found < 0)
            {
                if (Count >= limit) return -1;
                _slots[slot] = Count + 1;
                return Add(row, limit);
            }

            if (_words[found * width] == row[0] && (width == 1 || row.SequenceEqual(_words.AsSpan(found * width, width)))) return found;
        }
    }

    /// <summary>The number of a row, or -1.</summary>
    public int Find(ReadOnlySpan<ulong> row)
    {
        var mask = _slots.Length - 1;
        for (var slot = Hash(row) & mask; _slots[slot] != 0; slot = (slot + 1) & mask)
            if (row.SequenceEqual(this[_slots[slot] - 1])) return _slots[slot] - 1;
        return -1;
    }

    int Add(ReadOnlySpan<ulong> row, int limit)
    {
        if ((Count + 1) * width > _words.Length) Array.Resize(ref _words, Math.Min(Count * 2, limit) * width);
        row.CopyTo(_words.AsSpan(Count * width));
        Count++;
        if (Count * 2 > _slots.Length) Rehash();
        return Count - 1;
    }

    void Rehash()
    {
        _slots = new int[_slots.Length * 2];
        var mask = _slots.Length - 1;
        for (var number = 0; number < Count; number++)
        {
            var slot = Hash(this[number]) & mask;
            while (_slots[slot] != 0) slot = (slot + 1) & mask;
            _slots[slot] = number + 1;
        }
    }

    static int Hash(ReadOnlySpan<ulong> row)
    {
        var hash = 14695981039346656037UL;
        foreach (var word in row) hash = ((hash ^ word) * 0x9E3779B97F4A7C15UL) ^ (hash >> 29);
        return (int)(hash >> 33);
    }
}
