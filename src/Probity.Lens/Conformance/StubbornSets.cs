using System.Numerics;
using System.Runtime.CompilerServices;
using Probity.Lens.Procedures;

namespace Probity.Lens.Conformance;

/// <summary>
/// Which of a net's steps have to be looked at, in a marking, by somebody who wants to fire certain ones: the strong stubborn
/// set of Valmari (Stubborn sets for reduced state space generation, 1991) around them. What is not in it can as well happen
/// after whatever of it happens first.
/// </summary>
internal sealed class StubbornSets
{
    /// <summary>Arcs that may be followed to compare branches, a quarter of a second; past it they stand in the order of their places.</summary>
    const int MaxFollowed = 5_000_000;

    readonly ulong[] _rivals;
    readonly ulong[] _takers;
    readonly ulong[] _givers;
    readonly Arc[] _inputs; // Of each step in turn, those first that the largest branch leads to.
    readonly int[] _inputStart;

    public StubbornSets(PetriNet net)
    {
        var size = net.Labels.Count;
        Width = (size + 63) / 64;
        _rivals = new ulong[size * Width];
        _givers = new ulong[net.Places.Count * Width];
        _takers = new ulong[net.Places.Count * Width];
        for (var t = 0; t < size; t++)
        {
            foreach (var arc in net.InputsOf(t)) Add(Of(_takers, arc.Place), t);
            foreach (var arc in net.OutputsOf(t)) Add(Of(_givers, arc.Place), t);
        }

        var giving = Enumerable.Range(0, net.Places.Count).Select(_ => new List<int>()).ToArray();
        for (var t = 0; t < size; t++)
            foreach (var arc in net.OutputsOf(t)) giving[arc.Place].Add(t);
        var inputs = new List<Arc>();
        _inputStart = new int[size + 1];
        var left = MaxFollowed;
        for (var t = 0; t < size; t++)
        {
            foreach (var arc in net.InputsOf(t)) Add(Of(_rivals, t), Of(_takers, arc.Place));
            var own = net.InputsOf(t).ToArray();
            inputs.AddRange(own.Length < 2 ? own : own.OrderByDescending(arc => Upstream(net, giving, arc.Place, t, ref left)));
            _inputStart[t + 1] = inputs.Count;
        }

        _inputs = [.. inputs];
    }

    /// <summary>Words of one set: a bit a step.</summary>
    public int Width { get; }

    /// <summary>The steps that take from a place.</summary>
    public ReadOnlySpan<ulong> TakersOf(int place) => Of(_takers, place);

    /// <summary>The steps that give to a place.</summary>
    public ReadOnlySpan<ulong> GiversOf(int place) => Of(_givers, place);

    /// <summary>Enlarges a set of steps until it is stubborn in a marking.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Close(Span<ulong> set, ReadOnlySpan<int> tokens)
    {
        Span<ulong> done = stackalloc ulong[Width];
        done.Clear();
        for (var word = 0; word < set.Length; word++)
        {
            for (ulong open; (open = set[word] & ~done[word]) != 0;)
            {
                done[word] |= open & (~open + 1);
                var step = (word << 6) + BitOperations.TrailingZeroCount(open);
                // Enabled, it must not be robbed by one outside; else one of its empty places is filled by none outside.
                var missing = Missing(step, tokens);
                var more = missing < 0 ? Of(_rivals, step) : Of(_givers, missing);
                Add(set, more);
                word = Math.Min(word, FirstOpen(set, done));
            }
        }
    }

    public static void Add(Span<ulong> set, int step) => set[step >> 6] |= 1UL << (step & 63);

    public static bool Has(ReadOnlySpan<ulong> set, int step) => (set[step >> 6] >> (step & 63) & 1) != 0;

    /// <summary>A place that a step lacks tokens in, of several the one that the largest branch leads to; -1 if it can fire.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    int Missing(int step, ReadOnlySpan<int> tokens)
    {
        foreach (var (place, weight) in _inputs.AsSpan(_inputStart[step].._inputStart[step + 1]))
            if (tokens[place] < weight) return place;
        return -1;
    }

    /// <summary>
    /// How many steps can lead to a place that a join waits for, other than by that join: the more, the larger the branch. A set
    /// that asks for the largest branch first holds few steps of the others until it is done, and the branches are looked at one
    /// after the other instead of in all mixtures.
    /// </summary>
    static int Upstream(PetriNet net, List<int>[] giving, int place, int join, ref int left)
    {
        var steps = new HashSet<int> { join };
        var places = new HashSet<int> { place };
        var open = new Queue<int>([place]);
        while (open.TryDequeue(out var p))
        {
            foreach (var t in giving[p])
            {
                if (left-- <= 0) return 0;
                if (!steps.Add(t)) continue;
                left -= net.InputsOf(t).Length;
                foreach (var arc in net.InputsOf(t))
                    if (places.Add(arc.Place)) open.Enqueue(arc.Place);
            }
        }

        return steps.Count;
    }

    static int FirstOpen(ReadOnlySpan<ulong> set, ReadOnlySpan<ulong> done)
    {
        for (var word = 0; word < set.Length; word++)
            if ((set[word] & ~done[word]) != 0) return word;
        return set.Length - 1;
    }

    Span<ulong> Of(ulong[] sets, int number) => sets.AsSpan(number * Width, Width);

    static void Add(Span<ulong> set, ReadOnlySpan<ulong> more)
    {
        for (var w = 0; w < set.Length; w++) set[w] |= more[w];
    }
}
