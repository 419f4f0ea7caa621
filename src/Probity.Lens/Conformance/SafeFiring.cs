using System.Runtime.CompilerServices;
using Probity.Lens.Procedures;

namespace Probity.Lens.Conformance;

/// <summary>
/// The firing rule on markings of one bit a place: for nets in which no place ever holds two tokens, as in nearly all
/// procedures. Whether a net is one shows while it is explored.
/// </summary>
internal sealed class SafeFiring
{
    readonly ulong[] _takes;
    readonly ulong[] _gives;

    SafeFiring(PetriNet net)
    {
        Width = (net.Places.Count + 63) / 64;
        _takes = new ulong[net.Labels.Count * Width];
        _gives = new ulong[net.Labels.Count * Width];
        for (var t = 0; t < net.Labels.Count; t++)
        {
            foreach (var arc in net.InputsOf(t)) Set(_takes.AsSpan(t * Width, Width), arc.Place);
            foreach (var arc in net.OutputsOf(t)) Set(_gives.AsSpan(t * Width, Width), arc.Place);
        }
    }

    /// <summary>Words of one marking.</summary>
    public int Width { get; }

    /// <summary>Null where an arc moves more than one token, or a place begins with more.</summary>
    public static SafeFiring? For(PetriNet net)
    {
        foreach (var tokens in net.Initial)
            if (tokens > 1) return null;
        for (var t = 0; t < net.Labels.Count; t++)
        {
            foreach (var arc in net.InputsOf(t))
                if (arc.Weight > 1) return null;
            foreach (var arc in net.OutputsOf(t))
                if (arc.Weight > 1) return null;
        }

        return new SafeFiring(net);
    }

    /// <summary>The marking of these tokens, none more than one.</summary>
    public ulong[] Pack(ReadOnlySpan<int> tokens)
    {
        var marking = new ulong[Width];
        for (var place = 0; place < tokens.Length; place++)
            if (tokens[place] > 0) Set(marking, place);
        return marking;
    }

    public static void Unpack(ReadOnlySpan<ulong> marking, Span<int> tokens)
    {
        for (var place = 0; place < tokens.Length; place++) tokens[place] = (int)(marking[place >> 6] >> (place & 63)) & 1;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool IsEnabled(int transition, ReadOnlySpan<ulong> marking)
    {
        for (var (w, at) = (0, transition * Width); w < marking.Length; w++, at++)
            if ((_takes[at] & ~marking[w]) != 0) return false;
        return true;
    }

    /// <summary>What an enabled transition leads to; false if a place would hold two tokens.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryFire(int transition, ReadOnlySpan<ulong> marking, Span<ulong> next)
    {
        var twice = 0UL;
        for (var (w, at) = (0, transition * Width); w < marking.Length; w++, at++)
        {
            var left = marking[w] & ~_takes[at];
            twice |= left & _gives[at];
            next[w] = left | _gives[at];
        }

        return twice == 0;
    }

    static void Set(Span<ulong> words, int place) => words[place >> 6] |= 1UL << (place & 63);
}
