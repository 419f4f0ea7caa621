using Probity.Ledger.Formats;

namespace Probity.Ledger;

/// <summary>What a verification may lean on beside the log itself.</summary>
/// <param name="Key">The log's key from a source of one's own, or null to believe the log about it.</param>
/// <param name="OldCheckpoints">Signed checkpoints seen earlier: the log has to hold all that they held.</param>
public sealed record VerifyRequest(VerifierKey? Key, IReadOnlyList<string> OldCheckpoints)
{
    /// <summary>Who has to have confirmed the log, or null to ask for nobody.</summary>
    public TlogPolicy? Policy { get; init; }

    /// <summary>The keys of logs that this one continues, from a source of one's own: older checkpoints of theirs count only under these.</summary>
    public IReadOnlyList<VerifierKey> OldKeys { get; init; } = [];
}

/// <summary>What one check found.</summary>
/// <param name="Name">The check: a stable word.</param>
/// <param name="Ok">Whether it found nothing wrong.</param>
/// <param name="Index">The lowest record that it found wrong, where it can say.</param>
/// <param name="Message">In plain words, what was checked or what is wrong.</param>
public sealed record CheckResult(string Name, bool Ok, long? Index, string Message);

/// <summary>What a verification found.</summary>
/// <param name="Origin">The log's name, or null where it could not be read.</param>
/// <param name="Size">How many entries the newest checkpoint counts.</param>
/// <param name="Root">The root that it signs, or null where there is none.</param>
/// <param name="KeyGiven">Whether the key came from the one who asked, rather than from the log.</param>
/// <param name="WithoutKeys">How many payloads could not be read, their keys destroyed or not there.</param>
/// <param name="Checks">Every check that was made, in order.</param>
public sealed record VerifyReport(
    string? Origin, long Size, Hash? Root, bool KeyGiven, long WithoutKeys, IReadOnlyList<CheckResult> Checks)
{
    /// <summary>What could not be looked at with what was there, in plain words.</summary>
    public IReadOnlyList<string> NotSeen { get; init; } = [];

    /// <summary>Whether no check found anything wrong.</summary>
    public bool Ok => Checks.All(check => check.Ok);

    /// <summary>The lowest record found wrong, or null.</summary>
    public long? FirstWrong => Checks.Min(check => check.Index);
}
