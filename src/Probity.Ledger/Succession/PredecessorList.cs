using System.Text;
using Probity.Ledger.Formats;

namespace Probity.Ledger;

/// <summary>
/// The public text of the logs that a log continues, <c>/log/predecessors</c>: for each, the first of all first, a line <c>log VKEY</c>
/// and its last checkpoint, a C2SP signed note. Whoever reads it may trust the keys only as far as they have them from elsewhere; what
/// the checkpoints say of the entries is checked against the tree.
/// </summary>
public static class PredecessorList
{
    /// <summary>The longest text that is read, in bytes.</summary>
    public const int MaxLength = 256 * 1024;

    const string Begin = "log ";

    /// <summary>The text; empty where there is none.</summary>
    public static string Write(IReadOnlyList<Predecessor> predecessors)
    {
        ArgumentNullException.ThrowIfNull(predecessors);
        return string.Concat(predecessors.Select(one => $"{Begin}{one.Key}\n{one.Note}"));
    }

    /// <summary>Reads the text; accepts only what <see cref="Write"/> writes.</summary>
    /// <exception cref="FormatException">
    /// It is malformed or longer than it may be; a checkpoint is not signed with the key above it; or they cannot follow one another.
    /// </exception>
    public static IReadOnlyList<Predecessor> Parse(ReadOnlySpan<byte> text)
    {
        var read = SignedNote.Decode(text, MaxLength);
        if (read.Length == 0) return [];
        if (!read.StartsWith(Begin, StringComparison.Ordinal)) throw Malformed();
        var predecessors = new List<Predecessor>();
        // No line of a checkpoint without extensions, nor of its signatures, begins so: an origin holds no space.
        foreach (var block in read[Begin.Length..].Split("\n" + Begin, Lineage.Most + 1))
        {
            var note = block.IndexOf('\n', StringComparison.Ordinal) + 1;
            if (note == 0) throw Malformed();
            predecessors.Add(Predecessor.Open(block[..(note - 1)], block.EndsWith('\n') ? block[note..] : block[note..] + "\n"));
            if (predecessors[^1].Last.Extensions.Count > 0) throw Malformed();
        }

        if (predecessors.Count > Lineage.Most || Write(predecessors) != read) throw Malformed();
        for (var i = 1; i < predecessors.Count; i++)
            if (predecessors[i].Size <= predecessors[i - 1].Size) throw Malformed();
        return predecessors;
    }

    /// <summary>Whether something begins as a list that is not empty.</summary>
    internal static bool IsList(ReadOnlySpan<byte> text) => text.StartsWith("log "u8);

    static FormatException Malformed() =>
        new($"The list of the logs that this one continues is not up to {Lineage.Most} lines 'log KEY', each with that log's last checkpoint, in their order.");

    internal static byte[] Encode(IReadOnlyList<Predecessor> predecessors) => Encoding.UTF8.GetBytes(Write(predecessors));
}
