using System.Globalization;
using Probity.Cli.Hosting;
using Probity.Ledger;
using Probity.Ledger.Formats;
using Probity.Reports.Exchanging;
using Probity.Shared.Record;
using Probity.Storage;
using Probity.Storage.Deposits;

namespace Probity.Cli.Verbs;

/// <summary>
/// The sealed reports of a node, beside its ledger: is every record of the reporter's side held, as far as the last checkpoint of it goes that stands on the ledger? Nothing is asked of that side, and no
/// report is opened: all that is needed lies in the folder, with the keys of the ledger.
/// </summary>
internal static class VerifyDeposits
{
    const string Name = "sealed reports";

    /// <summary>A report with what this finds.</summary>
    public static async Task<VerifyReport> AddAsync(VerifyReport report, NodeFolder folder, CancellationToken ct)
    {
        try
        {
            return await ReadStateAsync(folder, ct) is not var (state, removals) ? report
                : state.Key is null && state.Kept is null ? report
                // Of several nodes over one database one fetches, and has the deposits.
                : folder.IsOnPostgres && !File.Exists(folder.IntakeFile) ? report with { NotSeen = [.. report.NotSeen, "whether every sealed report is still there: this node fetches none (it has no keys/intake). Verify the folder of the node that does."] }
                : report with
                {
                    Checks = [.. report.Checks, await CheckAsync(folder, state, removals)],
                    NotSeen = state.CheckpointAt is not null ? report.NotSeen
                        : [.. report.NotSeen, "whether sealed reports are missing at the end, or all of them: the ledger keeps no checkpoint of the reporter's side yet. It does from the first daily comparison on (/reports/exchange)."],
                };
        }
        catch (FileNotFoundException)
        {
            return report with { NotSeen = [.. report.NotSeen, "whether every sealed report is still there: the keys of the ledger are not here."] };
        }
        // What is compared may be an enemy's, and says so in many ways.
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            return report with { Checks = [.. report.Checks, Wrong($"They cannot be compared: {fault.Message}")] };
        }
    }

    /// <summary>What the ledger of a folder says of the exchange; null where there never was one.</summary>
    public static async Task<(ExchangeState State, KnownRemovals Removals)?> ReadStateAsync(NodeFolder folder, CancellationToken ct)
    {
        await using var node = await UntouchedNode.OpenAsync(folder.Root, withKeys: true, ct);
        var state = ExchangeState.Initial;
        foreach (var entry in await node.ReadStreamAsync(ExchangeState.Stream, ct)) state = state.Apply(EventTypes.Read(entry));
        var erased = ErasedReports.Initial;
        foreach (var entry in await node.ReadStreamAsync(ErasedReports.Stream, ct)) erased = erased.Apply(EventTypes.Read(entry));
        return state.Version == 0 ? null : (state, new KnownRemovals(erased, new RemovalMarks(folder.DeriveKey(RemovalMarks.Purpose))));
    }

    static async Task<CheckResult> CheckAsync(NodeFolder folder, ExchangeState state, KnownRemovals removals)
    {
        if (!File.Exists(folder.ReportsFile)) return Wrong($"{folder.ReportsFile} is not there, and the ledger says that reports were fetched: put a backup back, or start the server, which fetches what the other side still has.");
        using var store = DepositStore.OpenUntouched(folder.ReportsFile);
        var planted = store.ReadRemoved(0).Count(r => !removals.KnowsReport(r.Report));
        if (planted > 0) return Wrong($"{Said.Count(planted, "removal")} in reports.db that no entry of the ledger knows.");
        var held = 0L;
        for (var record = 0; record <= state.Earlier.Count; record++)
        {
            var (key, note) = record == state.Earlier.Count ? (state.Key, state.Checkpoint) : (state.Earlier[record].Key, state.Earlier[record].Note);
            // Before the first exchange with a machine there is nothing to compare.
            if (key is null) continue;
            Checkpoint[] marks = note is null ? [] : [ExchangeState.KeptOf(note)];
            var found = await HeldCheck.RunAsync(VerifierKey.Parse(key), state, removals, record, marks, (from, most) => new(NodeDeposits.Held(store, from, most)), file => HasFile(folder, file));
            if (found.Faults.Where(f => !state.Passed.Contains(RecordPlace.Of(record, f.Number))).ToList() is [var first, ..] faults)
                return Wrong(string.Create(CultureInfo.InvariantCulture, $"Record {first.Number} of {PlainText.OneLine(VerifierKey.Parse(key).Name)} {WordsOf(first.Code)}.{(faults.Count > 1 ? $" And {faults.Count - 1} more." : "")}"));
            held += found.Held;
        }

        var last = state.CheckpointAt is { } at ? string.Create(CultureInfo.InvariantCulture, $", as far as the checkpoint of {at.UtcDateTime:yyyy-MM-dd} that the ledger keeps") : ", of which the ledger keeps no checkpoint yet";
        return new CheckResult(Name, true, null, $"{Said.Count(held, "record")} of the reporter's side{last}: each is held, is proved to be no report, or was removed or passed over as an entry of the ledger says. That side was not asked for newer ones.");
    }

    static bool HasFile(NodeFolder folder, DepositFileAt file) => new FileInfo(KeptReports.FileOf(folder.ReportFilesFolder, file.Id)) is { Exists: true } there && there.Length == file.Size;

    static CheckResult Wrong(string message) => new(Name, false, null, message);

    static string WordsOf(string code) => code switch
    {
        HeldCheck.Missing => "is missing, and no entry of the ledger says that it was removed",
        HeldCheck.Altered => "is not what was fetched",
        FetchFiles.Missing => "names a file that is missing, or has another length",
        _ => "and those before it are not those of the checkpoint that the ledger keeps",
    };
}
