using Probity.Ledger.Formats;

namespace Probity.Ledger.Witnessing;

/// <summary>
/// The logs that a witness knows: lines <c>log &lt;vkey&gt; [&lt;url&gt;]</c> as in C2SP tlog-policy, and comments. A log that changes its
/// key has a line for each.
/// </summary>
public sealed class WitnessedLogs
{
    readonly ILookup<string, VerifierKey> _keys;

    WitnessedLogs(IReadOnlyList<PolicyLog> logs)
    {
        Logs = logs;
        _keys = logs.ToLookup(log => log.Key.Name, log => log.Key, StringComparer.Ordinal);
    }

    /// <summary>The lines, in order.</summary>
    public IReadOnlyList<PolicyLog> Logs { get; }

    /// <summary>Reads the file's bytes.</summary>
    /// <exception cref="FormatException">A line is malformed, or of another kind; or a key is there twice.</exception>
    public static WitnessedLogs Parse(ReadOnlySpan<byte> file)
    {
        var text = SignedNote.Decode(file);
        var policy = new TlogPolicyReader().Read($"{text}\nquorum {TlogPolicy.None}\n");
        return policy.Witnesses.Count == 0 ? new WitnessedLogs(policy.Logs)
            : throw new FormatException("The logs that a witness knows are lines 'log <vkey> [<url>]'; there is a witness among them.");
    }

    /// <summary>The keys that are trusted for an origin; none where the log is not known.</summary>
    public IReadOnlyList<VerifierKey> KeysOf(string origin) => [.. _keys[origin]];
}
