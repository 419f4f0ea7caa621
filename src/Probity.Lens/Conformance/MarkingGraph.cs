using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Probity.Lens.Procedures;

namespace Probity.Lens.Conformance;

/// <summary>
/// The markings that a net can reach, numbered as they are found, and the steps between them. Explored whole it is
/// read-only and shared between threads; a net too large for that is explored by each thread only where it looks.
/// </summary>
internal sealed class MarkingGraph
{
    public const int Initial = 0;

    /// <summary>Tokens and steps that one graph may hold: 200 and 240 MB.</summary>
    const int MaxCells = 50_000_000, MaxSteps = 30_000_000;

    readonly PetriNet _net;
    readonly int _places;
    readonly int _limit;
    readonly int[] _next;
    int[] _tokens;
    int[] _slots = new int[1024];
    int[] _stepStart = new int[16];
    int[] _stepEnd = new int[16];
    Step[] _steps = new Step[1024];
    int _stepCount;

    /// <param name="net">The net.</param>
    /// <param name="limit">How many markings at most; finding one more throws <see cref="GraphFullException"/>.</param>
    public MarkingGraph(PetriNet net, int limit)
    {
        _net = net;
        _places = net.Places.Count;
        _limit = Math.Max(1, Math.Min(limit, MaxCells / _places));
        _next = new int[_places];
        _tokens = new int[16 * _places];
        Intern(net.Initial);
    }

    /// <summary>The number of the final marking, or -1 as long as it is not found.</summary>
    public int Final { get; private set; } = -1;

    public int Count { get; private set; }

    public int StepCount => _stepCount;

    /// <summary>The tokens in each place; valid until the next marking is found.</summary>
    public ReadOnlySpan<int> Tokens(int marking) => _tokens.AsSpan(marking * _places, _places);

    /// <summary>What can happen in a marking, by rising number of the transition; valid until the next call.</summary>
    /// <exception cref="GraphFullException">The limit is passed.</exception>
    public ReadOnlySpan<Step> StepsFrom(int marking)
    {
        if (_stepEnd[marking] == 0) Expand(marking);
        return _steps.AsSpan(_stepStart[marking], _stepEnd[marking] - 1 - _stepStart[marking]);
    }

    /// <summary>The number of a marking that need not be reachable; from there on neither is what follows from it.</summary>
    /// <exception cref="GraphFullException">The limit is passed.</exception>
    public int NumberOf(ReadOnlySpan<int> tokens) => Intern(tokens);

    /// <summary>Explores every reachable marking, nearest first; false if there are more than the limit.</summary>
    public bool TryExploreAll(CancellationToken cancellation)
    {
        try
        {
            for (var marking = 0; marking < Count; marking++)
            {
                if ((marking & 1023) == 0) cancellation.ThrowIfCancellationRequested();
                if (_stepEnd[marking] == 0) Expand(marking);
            }

            return true;
        }
        catch (GraphFullException)
        {
            return false;
        }
    }

    // Hot from the first call on: compiled at full speed at once rather than after thousands of markings.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void Expand(int marking)
    {
        var start = _stepCount;
        for (var t = 0; t < _net.Labels.Count; t++)
        {
            var tokens = _tokens.AsSpan(marking * _places, _places);
            if (!_net.IsEnabled(t, tokens)) continue;
            tokens.CopyTo(_next);
            Fire(t);
            var target = Intern(_next);
            if (target == marking && _net.Labels[t] is null) continue;
            if (_stepCount >= MaxSteps) throw new GraphFullException();
            if (_stepCount == _steps.Length) Array.Resize(ref _steps, _stepCount * 2);
            _steps[_stepCount++] = new Step(t, target);
        }

        _stepStart[marking] = start;
        _stepEnd[marking] = _stepCount + 1; // One more than the end, so that 0 means not yet expanded.
    }

    void Fire(int transition)
    {
        try
        {
            _net.Fire(transition, _next);
        }
        catch (OverflowException)
        {
            throw new GraphFullException();
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    int Intern(ReadOnlySpan<int> tokens)
    {
        var mask = _slots.Length - 1;
        for (var slot = Hash(tokens) & mask; ; slot = (slot + 1) & mask)
        {
            var found = _slots[slot] - 1;
            if (found < 0)
            {
                if (Count >= _limit) throw new GraphFullException();
                _slots[slot] = Count + 1;
                return Append(tokens);
            }

            if (tokens.SequenceEqual(_tokens.AsSpan(found * _places, _places))) return found;
        }
    }

    int Append(ReadOnlySpan<int> tokens)
    {
        if (Count == _stepStart.Length)
        {
            var size = Math.Min(Count * 2, _limit);
            Array.Resize(ref _stepStart, size);
            Array.Resize(ref _stepEnd, size);
            Array.Resize(ref _tokens, size * _places);
        }

        tokens.CopyTo(_tokens.AsSpan(Count * _places));
        var id = Count++;
        if (Final < 0 && tokens.SequenceEqual(_net.Final)) Final = id;
        if (Count * 2 > _slots.Length) Rehash();
        return id;
    }

    void Rehash()
    {
        _slots = new int[_slots.Length * 2];
        var mask = _slots.Length - 1;
        for (var id = 0; id < Count; id++)
        {
            var slot = Hash(_tokens.AsSpan(id * _places, _places)) & mask;
            while (_slots[slot] != 0) slot = (slot + 1) & mask;
            _slots[slot] = id + 1;
        }
    }

    static int Hash(ReadOnlySpan<int> tokens)
    {
        var hash = 14695981039346656037UL;
        foreach (var pair in MemoryMarshal.Cast<int, ulong>(tokens)) hash = (hash ^ pair) * 0x9E3779B97F4A7C15UL ^ (hash >> 29);
        if ((tokens.Length & 1) != 0) hash = (hash ^ (uint)tokens[^1]) * 0x9E3779B97F4A7C15UL;
        return (int)(hash >> 33);
    }
}

/// <summary>A transition that can fire and the marking it leads to.</summary>
internal readonly record struct Step(int Transition, int Target);

/// <summary>A net has more markings than memory is given for.</summary>
internal sealed class GraphFullException : Exception;
