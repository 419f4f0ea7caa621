using System.Text;

namespace Probity.Lens.Logs;

/// <summary>
/// Numbers names by their UTF-8 bytes, in order of first appearance: a name seen before costs a lookup and no string.
/// An open-addressed table over one array of all bytes; the hash is seeded, so no input can make it slow on purpose.
/// </summary>
internal sealed class NameTable(string what, long limit)
{
    readonly List<string> _names = [];
    readonly List<int> _hashes = [];
    readonly List<int> _ends = [];
    int[] _slots = new int[64];
    byte[] _bytes = new byte[1024];

    public List<string> Names => _names;

    int Used => _ends.Count == 0 ? 0 : _ends[^1];

    public int Intern(ReadOnlySpan<byte> name)
    {
        var hash = Hash(name);
        var slot = hash & (_slots.Length - 1);
        for (; _slots[slot] != 0; slot = (slot + 1) & (_slots.Length - 1))
        {
            var number = _slots[slot] - 1;
            if (_hashes[number] == hash && Bytes(number).SequenceEqual(name)) return number;
        }

        return Add(name, hash, slot);
    }

    /// <summary>The number of a name that was seen before; else the number that the next new one gets.</summary>
    public int Find(ReadOnlySpan<byte> name)
    {
        var hash = Hash(name);
        for (var slot = hash & (_slots.Length - 1); _slots[slot] != 0; slot = (slot + 1) & (_slots.Length - 1))
        {
            var number = _slots[slot] - 1;
            if (_hashes[number] == hash && Bytes(number).SequenceEqual(name)) return number;
        }

        return _names.Count;
    }

    public int Intern(string name)
    {
        var size = Encoding.UTF8.GetByteCount(name);
        Span<byte> bytes = size <= 512 ? stackalloc byte[size] : new byte[size];
        Encoding.UTF8.GetBytes(name, bytes);
        return Intern(bytes);
    }

    int Add(ReadOnlySpan<byte> name, int hash, int slot)
    {
        var used = Used;
        if (used + (long)name.Length > limit)
            throw new BadInputException($"The log has too many different {what} names (over {limit >> 20} MiB of them); check which field holds the {what}.");
        if (used + name.Length > _bytes.Length) Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, used + name.Length));
        name.CopyTo(_bytes.AsSpan(used));
        _names.Add(Encoding.UTF8.GetString(name));
        _hashes.Add(hash);
        _ends.Add(used + name.Length);
        _slots[slot] = _names.Count;
        if (_names.Count * 2 > _slots.Length) Grow();
        return _names.Count - 1;
    }

    void Grow()
    {
        _slots = new int[_slots.Length * 2];
        for (var number = 0; number < _hashes.Count; number++)
        {
            var slot = _hashes[number] & (_slots.Length - 1);
            while (_slots[slot] != 0) slot = (slot + 1) & (_slots.Length - 1);
            _slots[slot] = number + 1;
        }
    }

    ReadOnlySpan<byte> Bytes(int number)
    {
        var start = number == 0 ? 0 : _ends[number - 1];
        return _bytes.AsSpan(start, _ends[number] - start);
    }

    static int Hash(ReadOnlySpan<byte> name)
    {
        var hash = new HashCode();
        hash.AddBytes(name);
        return hash.ToHashCode();
    }
}
