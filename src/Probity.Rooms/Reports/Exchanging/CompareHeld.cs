using Probity.Ledger.Formats;
using Probity.Shared.Record;

namespace Probity.Reports.Exchanging;

/// <summary>
/// Once a day, with the checkpoint: is all that was ever fetched still here? What is missing or was changed is fetched again, and the record says so; what cannot be had again stops the exchange. What
/// somebody wrote into the lists beside the deposits (removals, how far things have come) is put right by the record.
/// </summary>
internal sealed class CompareHeld(IDeposits deposits, FetchRecords fetch, FetchFiles files, ExchangeOptions options, Removals removals, FoldedStream<ExchangeState> states)
{
    /// <summary>Compares, and mends what can be mended.</summary>
    /// <param name="client">The reporter's side.</param>
    /// <param name="key">The key of its record.</param>
    /// <param name="shown">The checkpoint that it shows now.</param>
    /// <param name="cancel">Gives up.</param>
    /// <returns>How many records are accounted for, or the first that is not.</returns>
    public async Task<(long Held, ExchangeFault? Fault)> RunAsync(IntakeClient client, VerifierKey key, Checkpoint shown, CancellationToken cancel)
    {
        var planted = await deposits.DropPlantedAsync(cancel);
        var state = await states.ReadAsync(cancel);
        Checkpoint[] marks = state.Kept is { } kept ? [kept, shown] : [shown];
        var found = await CheckAsync(key, state, state.Earlier.Count, marks, cancel);
        IReadOnlyList<long> returned = [];
        if (found.Faults.Count > 0)
        {
            var again = await fetch.AgainAsync(client, key, [.. found.Faults.Where(f => f.Code is HeldCheck.Missing or HeldCheck.Altered).Select(f => f.Number)], cancel);
            // A proof that was missing and is none of a report's took nothing from anybody; what was written in its place is told.
            returned = [.. again.Where(number => found.Faults.Any(f => f.Number == number)), .. found.Faults.Where(f => f.Code == HeldCheck.Altered).Select(f => f.Number)];
            foreach (var without in found.Faults.Where(f => f.Code == FetchFiles.Missing)) await FetchFilesAsync(client, state.First + without.Number, cancel);
        }

        foreach (var report in found.Removed) await deposits.RemoveAsync(report, cancel);
        await fetch.TellAsync(state, returned, planted, cancel);
        if (found.Faults.Count > 0 || found.Removed.Count > 0) found = await CheckAsync(key, state, state.Earlier.Count, marks, cancel);
        if (found.Faults.Count > 0) return (0, new ExchangeFault(found.Faults[0].Code, state.First + found.Faults[0].Number));
        for (var record = 0; record < state.Earlier.Count; record++)
            if (await CheckEarlierAsync(state, record, cancel) is { } gone) return (0, gone);
        return (found.Held, null);
    }

    /// <summary>Whether every record is here up to the checkpoint that was kept last, by what this node has alone: for a side that does not answer, or is there no more. A file beside them may be missing.</summary>
    public async Task<bool> IsWholeAsync(CancellationToken cancel)
    {
        var state = await states.ReadAsync(cancel);
        if (state is not { Key: { } key, Kept: { } kept } || !IsWhole(await CheckAsync(VerifierKey.Parse(key), state, state.Earlier.Count, [kept], cancel), state, state.Earlier.Count)) return false;
        for (var record = 0; record < state.Earlier.Count; record++)
        {
            if (state.Earlier[record] is { Key: { } before } earlier
                && !IsWhole(await CheckAsync(VerifierKey.Parse(before), state, record, earlier.Note is { } note ? [ExchangeState.KeptOf(note)] : [], cancel), state, record)) return false;
        }

        return true;
    }

    static bool IsWhole(HeldResult found, ExchangeState state, int record) => found.Faults.All(f => f.Code == FetchFiles.Missing || state.Passed.Contains(RecordPlace.Of(record, f.Number)));

    async Task<ExchangeFault?> CheckEarlierAsync(ExchangeState state, int record, CancellationToken cancel)
    {
        if (state.Earlier[record] is not { Key: { } key } earlier) return null;
        Checkpoint[] marks = earlier.Note is { } note ? [ExchangeState.KeptOf(note)] : [];
        var found = await CheckAsync(VerifierKey.Parse(key), state, record, marks, cancel);
        foreach (var report in found.Removed) await deposits.RemoveAsync(report, cancel);
        var faults = found.Faults.Where(f => !state.Passed.Contains(RecordPlace.Of(record, f.Number))).ToList();
        return faults.Count == 0 ? null : new ExchangeFault(faults[0].Code, RecordPlace.Of(record, faults[0].Number));
    }

    async Task<HeldResult> CheckAsync(VerifierKey key, ExchangeState state, int record, Checkpoint[] marks, CancellationToken cancel) =>
        await HeldCheck.RunAsync(key, state, await removals.ReadAsync(cancel), record, marks, (from, most) => deposits.HeldAsync(from, most, cancel), HasFile);

    bool HasFile(DepositFileAt file) => new FileInfo(KeptReports.FileOf(options.FilesFolder, file.Id)) is { Exists: true } there && there.Length == file.Size;

    async Task FetchFilesAsync(IntakeClient client, long place, CancellationToken cancel)
    {
        if (await deposits.ReadAsync(place, 1, cancel) is not [var kept] || kept.Index != place) return;
        foreach (var file in KeptReports.Read(kept)?.Files ?? [])
        {
            // One of another length is none.
            if (!HasFile(new DepositFileAt(file.Id, file.Size))) File.Delete(KeptReports.FileOf(options.FilesFolder, file.Id));
            await files.RunAsync(client, file, cancel);
        }
    }
}
