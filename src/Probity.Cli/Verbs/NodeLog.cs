using Probity.Lens.Logs;
using Probity.Procedures;
using Probity.Storage;

namespace Probity.Cli.Verbs;

/// <summary>A stopped node's own cases as an event log, read from its ledger.</summary>
internal static class NodeLog
{
    /// <summary>Whether a path that should name a log names a node's data folder.</summary>
    public static bool IsThere(string path) => Directory.Exists(path) && NodeFolder.At(path).Exists;

    /// <param name="folder">The node's data folder; no server may have it open.</param>
    /// <param name="closed">Only the cases that are closed: those whose procedure can be judged.</param>
    /// <param name="cancel">Gives up reading.</param>
    /// <exception cref="InvalidDataException">There is no such case.</exception>
    public static async Task<EventLog> ReadAsync(string folder, bool closed, CancellationToken cancel)
    {
        var cases = new CaseLog();
        await using (var log = await NodeFolder.OpenAsync(folder, TimeProvider.System, new Ledger.LogOptions(), cancel)) await cases.CatchUpAsync(log, cancel);
        var chosen = cases.Cases.Where(c => c.Closed || !closed).ToList();
        if (chosen.Count == 0) throw new InvalidDataException($"there is no {(closed ? "closed " : "")}case in {Path.GetFullPath(folder)}; there is nothing to look at");
        return CaseLog.ToLog(chosen);
    }
}
