using System.Globalization;
using Probity.Ledger.Formats;

namespace Probity.Ledger.Witnessing;

/// <summary>
/// Compares a log with what witnesses say of it. A checkpoint that the log's own key has signed proves that the log held it, whoever shows it:
/// where the log does not hold it now, it stops. What a witness merely says stops the log only when a quorum says it, or any one of them
/// could stop a unit's work with a lie.
/// </summary>
internal sealed class HistoryJudge(TransparencyLog log, TlogPolicy policy, Action<WitnessNews> tell, Action<string> keep)
{
    const string WhatToDo =
        "Keep the folder as it is and call the overseer: docs/witnessing.md says what this may mean and how to go on.";

    readonly Lock _one = new();
    readonly Dictionary<PolicyWitness, string> _claims = [];
    volatile bool _stopped;

    /// <summary>Whether the log was stopped here.</summary>
    public bool HasStopped => _stopped;

    /// <summary>Compares with a checkpoint of the log that a witness shows.</summary>
    /// <returns>Whether the log holds all that it held.</returns>
    public async Task<bool> CompareAsync(PolicyWitness witness, WitnessView.Shown shown, CancellationToken ct)
    {
        var found = await log.CompareAsync(shown.Checkpoint, ct);
        if (found == LogComparison.Holds) return true;
        var size = shown.Checkpoint.Size;
        Stop(
            found == LogComparison.Shorter
                ? string.Create(CultureInfo.InvariantCulture, $"the witness {witness.Name} shows a checkpoint of {size} entries that this log has signed, and the log has fewer: it was rolled back")
                : string.Create(CultureInfo.InvariantCulture, $"the witness {witness.Name} shows a checkpoint of {size} entries that this log has signed, and the log has others: it was written anew"),
            shown.Note.ToString());
        return false;
    }

    /// <summary>Takes what a witness says, and asks it to show it.</summary>
    public async Task ClaimAsync(WitnessClient client, WitnessReply reply, CancellationToken ct)
    {
        var (witness, said) = (client.Witness, reply switch
        {
            WitnessReply.Larger larger => string.Create(CultureInfo.InvariantCulture, $"says that it has cosigned {larger.Size} entries of this log, which has fewer"),
            WitnessReply.NoExtension no => string.Create(CultureInfo.InvariantCulture, $"says that this log does not hold the {no.Size} entries that it has cosigned"),
            _ => throw new ArgumentException("Not a claim.", nameof(reply)),
        });
        if (await client.ReadCheckpointAsync(log.VerifierKey, ct) is WitnessView.Shown shown && !await CompareAsync(witness, shown, ct)) return;
        // Another node of the same log may have been faster.
        if (reply is WitnessReply.Larger { Size: var size } && size <= await log.StoredSizeAsync(ct)) return;

        bool told, enough;
        string all;
        lock (_one)
        {
            told = _claims.TryGetValue(witness, out var before) && before == said;
            _claims[witness] = said;
            enough = policy.NeedsWitnesses && policy.IsQuorum(_claims.Keys.Select(one => one.Key));
            all = string.Join("; ", _claims.Select(claim => $"the witness {claim.Key.Name} {claim.Value}"));
        }

        if (enough) Stop(all, null);
        else if (!told) tell(new WitnessNews(WitnessNewsKind.Suspicion, $"The witness {witness.Name} {said}, and shows nothing for it. Ask its operator at once; entries are still taken."));
    }

    /// <summary>A witness that has cosigned says nothing against the log any more.</summary>
    public void Withdraw(PolicyWitness witness)
    {
        lock (_one) _claims.Remove(witness);
    }

    void Stop(string found, string? shown)
    {
        lock (_one)
        {
            if (_stopped) return;
            _stopped = true;
            log.StopSigning($"{found}. {WhatToDo}");
        }

        var evidence = StoppedEvidence.Write(log.Origin, DateTimeOffset.UtcNow, found, WhatToDo, shown, log.Checkpoint);
        try
        {
            keep(evidence);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            tell(new WitnessNews(WitnessNewsKind.Trouble, $"The evidence could not be kept: {fault.Message} It is: {evidence}"));
        }

        tell(new WitnessNews(WitnessNewsKind.Alarm, $"THE LOG TAKES NO ENTRIES: {found}. {WhatToDo}"));
    }
}
