using Microsoft.Extensions.Options;
using Probity.Ledger;
using Probity.Shared.Confirming;

namespace Probity.Shared.Stopping;

/// <summary>What is known of why the record has stopped.</summary>
/// <param name="IsRestored">A copy was put back and waits to be confirmed.</param>
/// <param name="Since">Since when.</param>
/// <param name="Evidence">What somebody outside has seen, and what is here; public, for it holds signed checkpoints and no entry.</param>
public sealed record StopFacts(bool IsRestored, DateTimeOffset Since, string? Evidence);

/// <summary>What the page of a record that has stopped shows.</summary>
/// <param name="Facts">Null where nothing was written down.</param>
/// <param name="Witnesses">Who is asked to confirm the record.</param>
/// <param name="Incident">The number of the refusal, where it answers one.</param>
public sealed record StopSheet(StopFacts? Facts, IReadOnlyList<string> Witnesses, string? Incident);

/// <summary>Says whether the record takes entries, and if not, why. Quick while it does: every page asks.</summary>
internal sealed class RecordStop(TransparencyLog log, IOptions<RecordOptions> options)
{
    /// <summary>Whether nothing is recorded.</summary>
    public bool IsStopped => log.Stopped is not null;

    /// <summary>What is written down of it, read anew each time: an overseer's look may come before a restart.</summary>
    public StopFacts? Facts => options.Value.ReadStop?.Invoke();

    /// <summary>What its page shows.</summary>
    public StopSheet Sheet(string? incident = null) => new(Facts, [.. options.Value.Policy?.Witnesses.Select(RecordConfirmation.NameOf) ?? []], incident);

    /// <summary>Refuses while nothing is recorded.</summary>
    /// <exception cref="SigningStoppedException">The record takes no entries.</exception>
    public void Require()
    {
        if (log.Stopped is { } reason) throw new SigningStoppedException(reason);
    }
}
