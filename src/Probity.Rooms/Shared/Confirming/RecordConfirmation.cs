using Microsoft.Extensions.Options;
using Probity.Ledger;
using Probity.Ledger.Formats;

namespace Probity.Shared.Confirming;

/// <summary>Says who outside has confirmed the record, and when. Quick: every page asks.</summary>
internal sealed class RecordConfirmation(TransparencyLog log, IOptions<RecordOptions> options, TimeProvider clock)
{
    volatile Read? _last;

    /// <summary>The newest confirmation, or null where nobody outside has confirmed anything yet, or nobody is asked to any more.</summary>
    public Confirmation? Newest()
    {
        if (log.Witnessed is not { } witnessed || options.Value.Policy is not { } policy) return null;
        var read = _last;
        if (read?.Of != witnessed) _last = read = new Read(witnessed, Lines(witnessed, policy));
        return new Confirmation(witnessed.Time, witnessed.Size, read.Lines, clock.GetUtcNow() - witnessed.Time > options.Value.Stale);
    }

    /// <summary>The policy's witnesses with their genuine cosignatures, of which there may be none: a policy that was changed names others.</summary>
    static IReadOnlyList<WitnessLine> Lines(WitnessedCheckpoint witnessed, TlogPolicy policy)
    {
        var signatures = SignedNote.Parse(witnessed.Note).Verify(policy.Witnesses.Select(witness => witness.Key));
        return
        [
            .. policy.Witnesses
                .Select(witness => new WitnessLine(NameOf(witness), signatures.FirstOrDefault(signature => signature.Key == witness.Key)?.Time))
                .OrderByDescending(line => line.At ?? DateTimeOffset.MinValue),
        ];
    }

    /// <summary>A policy's names hold no spaces; whoever writes one puts underscores.</summary>
    public static string NameOf(PolicyWitness witness) => witness.Name.Replace('_', ' ');

    sealed record Read(WitnessedCheckpoint Of, IReadOnlyList<WitnessLine> Lines);
}
