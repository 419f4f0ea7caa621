using System.Runtime.CompilerServices;

namespace Probity.Lens.Discovery;

/// <summary>What is counted of one activity.</summary>
internal struct SingleCounts
{
    Times _times;

    public long Events;

    /// <summary>Cases that begin with it, and that end with it.</summary>
    public int Inits, Ends;

    /// <summary>Cases that have it.</summary>
    public int Cases;

    /// <summary>Cases that have it just so many times, up to <see cref="DeclareMiner.MostCount"/>.</summary>
    public readonly int Just(int times) => _times[times - 1];

    public void Add(int times, int weight)
    {
        Cases += weight;
        if (times <= DeclareMiner.MostCount) _times[times - 1] += weight;
    }

    [InlineArray(DeclareMiner.MostCount)]
    struct Times
    {
        int _first;
    }
}
