using System.Text;
using Probity.Ledger;
using Probity.Ledger.Formats;
using Probity.Ledger.Witnessing;

namespace Probity.Storage;

/// <summary>
/// A node's log and its witnesses, as the files of its data folder say: <c>witness-policy</c> names them, <c>stopped</c> keeps the evidence
/// where they have seen another history, and <c>restored</c> waits for their quorum.
/// </summary>
public sealed class NodeWitnessing : IDisposable
{
    readonly NodeFolder _folder;
    readonly TransparencyLog _log;
    readonly WitnessLoop _loop;
    readonly Action<WitnessNews> _tell;
    readonly string? _waiting;

    NodeWitnessing(NodeFolder folder, TransparencyLog log, TlogPolicy policy, WitnessPatience patience, Action<WitnessNews> tell)
    {
        (_folder, _log, _tell, Policy) = (folder, log, tell, policy);
        _waiting = log.Stopped;
        _loop = new WitnessLoop(log, policy, patience, tell, Keep);
    }

    /// <summary>Who has to confirm the log.</summary>
    public TlogPolicy Policy { get; }

    /// <summary>Reads the policy; null where the folder has none.</summary>
    /// <param name="folder">The node's folder.</param>
    /// <param name="log">Its open log.</param>
    /// <param name="patience">How often witnesses are asked, and how long they are waited for.</param>
    /// <param name="tell">Takes news, from any thread.</param>
    /// <exception cref="InvalidDataException">The policy cannot be read, or is for other logs.</exception>
    public static NodeWitnessing? Open(NodeFolder folder, TransparencyLog log, WitnessPatience patience, Action<WitnessNews> tell)
    {
        if (ReadPolicy(folder) is not { } policy) return null;
        if (policy.Logs.Count > 0 && policy.Logs.All(other => other.Key != log.VerifierKey))
            throw new InvalidDataException($"{folder.PolicyFile} names other logs than this one: give it the line 'log {log.VerifierKey}', or none.");
        try
        {
            return new NodeWitnessing(folder, log, policy, patience, tell);
        }
        catch (FormatException fault)
        {
            throw new InvalidDataException($"{folder.PolicyFile}: {fault.Message}", fault);
        }
    }

    /// <summary>
    /// Says that a backup was put back and that there are no witnesses to ask: the log takes entries again.
    /// </summary>
    /// <exception cref="InvalidDataException">There are witnesses, or nothing was restored.</exception>
    /// <exception cref="IOException">A server has it open: what that one was not told is not said behind its back.</exception>
    public static async Task ConfirmRestoredAsync(NodeFolder folder, CancellationToken ct)
    {
        if (ReadPolicy(folder) is { NeedsWitnesses: true })
            throw new InvalidDataException($"{folder.PolicyFile} names witnesses: they are asked whether anything is missing, and nobody can answer for them.");
        if (!File.Exists(folder.RestoredFile)) throw new InvalidDataException($"nothing says that {folder.Root} was restored: there is nothing to confirm.");
        await using var alone = await folder.HoldAloneAsync(ct);
        File.Delete(folder.RestoredFile);
    }

    /// <summary>Compares the log with what its witnesses show of it; to be awaited before anything is appended. Takes a few seconds at most.</summary>
    public Task CompareAsync(CancellationToken ct) => _loop.CompareAsync(ct);

    /// <summary>Has the log's checkpoints cosigned until it is told to end, or the log is stopped.</summary>
    public Task RunAsync(CancellationToken ct) => File.Exists(_folder.StoppedFile) ? Task.CompletedTask : _loop.RunAsync(Confirm, ct);

    /// <inheritdoc/>
    public void Dispose() => _loop.Dispose();

    void Confirm()
    {
        if (_waiting is null || !File.Exists(_folder.RestoredFile)) return;
        try
        {
            File.Delete(_folder.RestoredFile);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // Were it left, the log would wait anew at the next start: better now than unnoticed.
            _tell(new WitnessNews(WitnessNewsKind.Trouble, $"The witnesses confirm what was restored, and {_folder.RestoredFile} cannot be removed: {fault.Message}"));
            return;
        }

        _log.ResumeSigning(_waiting);
        _tell(new WitnessNews(WitnessNewsKind.Fine, "The witnesses confirm what was restored: the log takes entries again."));
    }

    /// <summary>Evidence that is there already stays: what was found first is what an overseer needs most.</summary>
    void Keep(string evidence)
    {
        if (File.Exists(_folder.StoppedFile)) return;
        var part = _folder.StoppedFile + ".part";
        using (var file = File.Create(part))
        {
            file.Write(Encoding.UTF8.GetBytes(evidence + "\n"));
            file.Flush(flushToDisk: true);
        }

        File.Move(part, _folder.StoppedFile);
    }

    /// <summary>Who has to confirm the node's log; null where nobody was named.</summary>
    /// <exception cref="InvalidDataException">The policy cannot be read.</exception>
    public static TlogPolicy? ReadPolicy(NodeFolder folder)
    {
        if (RegularFile.KindOf(folder.PolicyFile) == FileKind.Absent) return null;
        try
        {
            return TlogPolicy.Parse(Encoding.UTF8.GetBytes(RegularFile.ReadText(folder.PolicyFile, SignedNote.MaxLength)));
        }
        catch (FormatException fault)
        {
            throw new InvalidDataException($"{folder.PolicyFile} is no policy: {fault.Message} docs/witnessing.md shows one.", fault);
        }
    }
}
