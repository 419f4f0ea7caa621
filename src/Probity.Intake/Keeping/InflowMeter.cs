using System.Buffers.Binary;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using Probity.Sealing;

namespace Probity.Intake.Keeping;

/// <summary>
/// Tells a flood from reports, in memory and for an hour only: how many came in, and how many of them say nearly the same (Charikar's similarity hash of runs of three words, "Similarity estimation
/// techniques from rounding algorithms", STOC 2002). Nothing is turned away for it; those who handle reports see it and set the flood aside. Only those are counted that everybody can open who can open this one: or whoever a report is kept from would learn
/// from the figures beside one that they send themselves that there is another, and what it says.
/// </summary>
internal sealed class InflowMeter(TimeProvider time)
{
    const int Most = 20_000;
    const int Run = 3;

    /// <summary>Two texts of which at most so many of 64 bits differ say nearly the same.</summary>
    const int Near = 8;

    readonly Queue<(DateTimeOffset At, ulong Print, HashSet<Guid> Readers)> _recent = new();

    /// <summary>Counts a text in, and says what came in the hour before it.</summary>
    /// <param name="texts">What was written.</param>
    /// <param name="readers">Who can open it.</param>
    public Inflow Count(IEnumerable<string> texts, IReadOnlyList<Guid> readers)
    {
        var print = PrintOf(string.Join(' ', texts));
        var now = time.GetUtcNow();
        lock (_recent)
        {
            while (_recent.TryPeek(out var oldest) && (oldest.At < now.AddHours(-1) || _recent.Count >= Most)) _recent.Dequeue();
            var others = _recent.Where(other => readers.All(other.Readers.Contains)).ToList();
            var inflow = new Inflow(others.Count, others.Count(other => BitOperations.PopCount(other.Print ^ print) <= Near));
            _recent.Enqueue((now, print, [.. readers]));
            return inflow;
        }
    }

    static ulong PrintOf(string text)
    {
        var words = text.ToLowerInvariant().Split([' ', '\n', '\r', '\t', ',', '.', ';', ':', '!', '?'], StringSplitOptions.RemoveEmptyEntries);
        Span<int> votes = stackalloc int[64];
        for (var i = 0; i < Math.Max(1, words.Length - Run + 1); i++)
        {
            var hash = BinaryPrimitives.ReadUInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join(' ', words.Skip(i).Take(Run)))));
            for (var bit = 0; bit < 64; bit++) votes[bit] += (hash >> bit & 1) == 1 ? 1 : -1;
        }

        ulong print = 0;
        for (var bit = 0; bit < 64; bit++)
            if (votes[bit] > 0) print |= 1UL << bit;
        return print;
    }
}
