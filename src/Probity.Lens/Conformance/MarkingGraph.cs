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
    readonly int[] _tokens;
    SafeFiring? _safe;
    ulong[] _next;
    ulong[]? _final;
    WordTable _markings;
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
        _tokens = new int[(_places + 1) & ~1]; // Even, to be compared by pairs.
        _safe = SafeFiring.For(net);
        _next = new ulong[_safe?.Width ?? _tokens.Length / 2];
        _markings = new WordTable(_next.Length);
        _final = FinalRow();
        NumberOf(net.Initial);
    }

    /// <summary>The number of the final marking, or -1 as long as it is not found.</summary>
    public int Final { get; private set; } = -1;

    public int Count => _markings.Count;

    public int StepCount => _stepCount;

    /// <summary>The tokens in each place; valid until the next call of any kind.</summary>
    public ReadOnlySpan<int> Tokens(int marking)
    {
        var tokens = _tokens.AsSpan(0, _places);
        CopyTokens(marking, tokens);
        return tokens;
    }

    /// <summary>Writes the tokens in each place.</summary>
    public void CopyTokens(int marking, Span<int> tokens)
    {
        var row = _markings[marking];
        if (_safe is null) MemoryMarshal.Cast<ulong, int>(row)[.._places].CopyTo(tokens);
        else SafeFiring.Unpack(row, tokens);
    }

    /// <summary>What can happen in a marking, by rising number of the transition; valid until the next call.</summary>
    /// <exception cref="GraphFullException">The limit is passed.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ReadOnlySpan<Step> StepsFrom(int marking)
    {
        if (_stepEnd[marking] == 0) Expand(marking);
        return _steps.AsSpan(_stepStart[marking], _stepEnd[marking] - 1 - _stepStart[marking]);
    }

    /// <summary>
    /// The marking that one step leads to; -1 if it cannot fire, or is silent and changes nothing. Whoever wants few of a
    /// marking's steps spares the others' markings.
    /// </summary>
    /// <exception cref="GraphFullException">The limit is passed.</exception>
    public int After(int marking, int transition) => TryFire(marking, transition) ? Led(marking, transition, Intern(_next)) : -1;

    /// <summary>The same where that marking is known; else -1.</summary>
    public int KnownAfter(int marking, int transition) => TryFire(marking, transition) ? Led(marking, transition, _markings.Find(_next)) : -1;

    /// <summary>The number of a marking that need not be reachable; from there on neither is what follows from it.</summary>
    /// <exception cref="GraphFullException">The limit is passed.</exception>
    public int NumberOf(ReadOnlySpan<int> tokens)
    {
        if (_safe is not null && tokens.ContainsAnyExceptInRange(0, 1)) Widen();
        return Intern(_safe is null ? Wide(tokens) : _safe.Pack(tokens));
    }

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

    int Led(int marking, int transition, int target) => target == marking && _net.Labels[transition] is null ? -1 : target;

    /// <summary>Fires a step, if it can, into the row that comes next.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    bool TryFire(int marking, int transition)
    {
        if (_safe is not null)
        {
            var row = _markings[marking];
            if (!_safe.IsEnabled(transition, row)) return false;
            if (_safe.TryFire(transition, row, _next)) return true;
            Widen();
        }

        var tokens = MemoryMarshal.Cast<ulong, int>(_markings[marking])[.._places];
        if (!_net.IsEnabled(transition, tokens)) return false;
        tokens.CopyTo(_tokens);
        Fire(transition);
        Wide(_tokens.AsSpan(0, _places));
        return true;
    }

    void Expand(int marking)
    {
        var start = _stepCount;
        if (_safe is not null && !TryExpand(marking, _safe))
        {
            _stepCount = start;
            Widen();
        }

        if (_safe is null) ExpandTokens(marking);
        _stepStart[marking] = start;
        _stepEnd[marking] = _stepCount + 1; // One more than the end, so that 0 means not yet expanded.
    }

    // Hot from the first call on: compiled at full speed at once rather than after thousands of markings.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    bool TryExpand(int marking, SafeFiring firing)
    {
        Span<ulong> row = stackalloc ulong[firing.Width];
        _markings[marking].CopyTo(row);
        for (var t = 0; t < _net.Labels.Count; t++)
        {
            if (!firing.IsEnabled(t, row)) continue;
            if (!firing.TryFire(t, row, _next)) return false;
            Add(marking, t, Intern(_next));
        }

        return true;
    }

    void ExpandTokens(int marking)
    {
        for (var t = 0; t < _net.Labels.Count; t++)
        {
            var tokens = MemoryMarshal.Cast<ulong, int>(_markings[marking])[.._places];
            if (!_net.IsEnabled(t, tokens)) continue;
            tokens.CopyTo(_tokens);
            Fire(t);
            Add(marking, t, Intern(Wide(_tokens.AsSpan(0, _places))));
        }
    }

    void Add(int marking, int transition, int target)
    {
        // A silent step that changes nothing leads nowhere.
        if (target == marking && _net.Labels[transition] is null) return;
        if (_stepCount >= MaxSteps) throw new GraphFullException();
        if (_stepCount == _steps.Length) Array.Resize(ref _steps, _stepCount * 2);
        _steps[_stepCount++] = new Step(transition, target);
    }

    void Fire(int transition)
    {
        try
        {
            _net.Fire(transition, _tokens);
        }
        catch (OverflowException)
        {
            throw new GraphFullException();
        }
    }

    int Intern(ReadOnlySpan<ulong> row)
    {
        var known = Count;
        var number = _markings.Intern(row, _limit);
        if (number < known) return number >= 0 ? number : throw new GraphFullException();
        if (number == _stepStart.Length)
        {
            var size = Math.Min(Math.Max(number * 2, 16), _limit);
            Array.Resize(ref _stepStart, size);
            Array.Resize(ref _stepEnd, size);
        }

        if (Final < 0 && row.SequenceEqual(_final)) Final = number;
        return number;
    }

    /// <summary>Goes over to counting tokens: a place can hold two. Markings keep their numbers.</summary>
    void Widen()
    {
        var narrow = _markings;
        _safe = null;
        _next = new ulong[_tokens.Length / 2];
        _markings = new WordTable(_next.Length);
        _final = FinalRow();
        for (var number = 0; number < narrow.Count; number++)
        {
            SafeFiring.Unpack(narrow[number], _tokens.AsSpan(0, _places));
            _markings.Intern(Wide(_tokens.AsSpan(0, _places)), _limit);
        }
    }

    ulong[] Wide(ReadOnlySpan<int> tokens)
    {
        tokens.CopyTo(MemoryMarshal.Cast<ulong, int>(_next.AsSpan()));
        return _next;
    }

    /// <summary>The final marking as a row; none of bits where it has a place with two tokens.</summary>
    ulong[]? FinalRow() =>
        _safe is null ? [.. Wide(_net.Final)] : _net.Final.ContainsAnyExceptInRange(0, 1) ? null : _safe.Pack(_net.Final);
}

/// <summary>A transition that can fire and the marking it leads to.</summary>
internal readonly record struct Step(int Transition, int Target);

/// <summary>A net has more markings than memory is given for.</summary>
internal sealed class GraphFullException : Exception;
