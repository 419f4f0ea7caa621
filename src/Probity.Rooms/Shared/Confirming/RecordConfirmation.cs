using Microsoft.Extensions.Options;
using Probity.Ledger;
using Probity.Ledger.Formats;

namespace Probity.Shared.Confirming;

/// <summary>Says who outside has confirmed the record, and when. Quick: every page asks.</summary>
internal sealed class RecordConfirmation(TransparencyLog log, IOptions<RecordOptions> options, TimeProvider clock)
{
    volatile Read? _last;

    /// <summary>The newest confirmation, or null where nobody outside has confirmed anything yet, or not enough of those who are asked today.</summary>
    public Confirmation? Newest()
    {
        if (log.Witnessed is not { } witnessed || options.Value.Policy is not { } policy) return null;
        var read = _last;
        if (read?.Of != witnessed) _last = read = Open(witnessed, policy);
        return read.At is { } at ? new Confirmation(at, witnessed.Size, read.Lines, clock.GetUtcNow() - at > options.Value.Stale) : null;
    }

    /// <summary>Held against the policy of today: one that was changed since may name others.</summary>
    static Read Open(WitnessedCheckpoint witnessed, TlogPolicy policy)
    {
        try
        {
            var signatures = SignedNote.Parse(witnessed.Note).Verify(policy.Witnesses.Select(witness => witness.Key));
            return new Read(witnessed, policy.QuorumTime(signatures),
            [
                .. policy.Witnesses
                    .Select(witness => new WitnessLine(NameOf(witness), signatures.FirstOrDefault(signature => signature.Key == witness.Key)?.Time))
                    .OrderByDescending(line => line.At ?? DateTimeOffset.MinValue),
            ]);
        }
        catch (Exception fault) when (fault is FormatException or InvalidSignatureException)
        {
            return new Read(witnessed, null, []);
        }
    }

    /// <summary>A policy's names hold no spaces; whoever writes one puts underscores.</summary>
    public static string NameOf(PolicyWitness witness) => witness.Name.Replace('_', ' ');

    sealed record Read(WitnessedCheckpoint Of, DateTimeOffset? At, IReadOnlyList<WitnessLine> Lines);
}
