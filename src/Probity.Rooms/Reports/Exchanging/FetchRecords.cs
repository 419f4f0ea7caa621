using System.Globalization;
using Probity.Ledger.Formats;
using Probity.Reports.Contract;
using Probity.Reports.Routing;
using Probity.Shared.Record;

namespace Probity.Reports.Exchanging;

/// <summary>
/// Fetches sealed records: those that are new, and once more those that were found missing. What had been held and is fetched again is said on the record: it was taken out, or a backup was put back.
/// </summary>
internal sealed class FetchRecords(IDeposits deposits, Books books, Removals removals, FoldedStream<ExchangeState> states, Clerk clerk)
{
    // What this process has seen held: between two comparisons too, rows at the end are missed. And how many records it was shown at most.
    long _seen, _shown;

    /// <summary>Fetches all that is new, and tells what of it is not new.</summary>
    public async Task<ExchangeFault?> RunAsync(IntakeClient client, VerifierKey key, CancellationToken cancel)
    {
        var returned = new List<long>();
        var state = await states.ReadAsync(cancel);
        var known = Math.Max(state.Kept?.Size ?? 0, NumberIn(state, _seen));
        await DropUnprovedAsync(state, key, cancel);
        try
        {
            while (true)
            {
                var next = NumberIn(state, await deposits.NextAsync(cancel));
                var (records, fault) = await AskAsync(client, key, state, next, FetchedRecords.Most, Math.Max(state.Kept?.Size ?? 0, NumberIn(state, _shown)), cancel);
                if (records is null) return fault;
                returned.AddRange(await KeepAsync(state, records, cancel));
                _shown = Math.Max(_shown, state.First + records.Size);
                _seen = Math.Max(_seen, state.First + records.Next);
                if (records.Next == records.Size || records.Next == next) return null;
            }
        }
        finally
        {
            await TellAsync(state, returned.Where(number => number < known), 0, CancellationToken.None);
        }
    }

    /// <summary>Fetches records once more by their numbers. What came is kept in place of what was there; what did not come is left to the next comparison.</summary>
    /// <returns>The numbers of the deposits among them.</returns>
    public async Task<IReadOnlyList<long>> AgainAsync(IntakeClient client, VerifierKey key, IReadOnlyList<long> numbers, CancellationToken cancel)
    {
        var (state, returned) = (await states.ReadAsync(cancel), new List<long>());
        foreach (var range in RangesOf(numbers))
        {
            for (var from = range.From; from <= range.To; from += FetchedRecords.Most)
            {
                var (records, _) = await AskAsync(client, key, state, from, (int)Math.Min(FetchedRecords.Most, range.To - from + 1), 0, cancel);
                if (records is not null) returned.AddRange(await KeepAsync(state, records, cancel));
            }
        }

        return returned;
    }

    /// <summary>Puts on the record what was missing and came back; nothing where nothing did.</summary>
    public async Task TellAsync(ExchangeState state, IEnumerable<long> numbers, int removals, CancellationToken cancel)
    {
        var records = RangesOf([.. numbers.Distinct().Order()]).Select(r => new RecordRange(state.First + r.From, state.First + r.To)).ToList();
        if (records.Count == 0 && removals == 0) return;
        await clerk.FileAsync(clerk.House, ExchangeState.Stream, "reports.records-return", _ => new(Decision.Accept(ExchangeState.Stream, new RecordsReturned(records, removals))), cancel: cancel);
    }

    async Task<(FetchedRecords? Records, ExchangeFault? Fault)> AskAsync(IntakeClient client, VerifierKey key, ExchangeState state, long from, int most, long shown, CancellationToken cancel)
    {
        var issued = await books.IssuedAsync(cancel);
        var answer = await client.ReadAsync(string.Create(CultureInfo.InvariantCulture, $"/exchange/records?from={from}&most={most}"), FetchedRecords.Longest, cancel);
        var (records, fault) = FetchedRecords.Read(answer, from, shown, key, state.PassedOf(state.Earlier.Count), issued);
        return (records, fault?.Record is { } number ? fault with { Record = state.First + number } : fault);
    }

    // What the record says was removed is removed again: the reporter's side was not told yet, or an older copy of this node's deposits was put back.
    async Task<List<long>> KeepAsync(ExchangeState state, FetchedRecords records, CancellationToken cancel)
    {
        await deposits.KeepAsync([.. records.Deposits.Select(d => d with { Index = state.First + d.Index })], [.. records.Proofs.Select(p => p with { Index = state.First + p.Index })], cancel);
        var known = await removals.ReadAsync(cancel);
        foreach (var report in records.Deposits.Select(d => d.Report).Distinct().Where(known.KnowsReport)) await deposits.RemoveAsync(report, cancel);
        return [.. records.Deposits.Where(d => !known.KnowsReport(d.Report)).Select(d => d.Index)];
    }

    // Where to go on follows from the last row: one that somebody made up is none.
    async Task DropUnprovedAsync(ExchangeState state, VerifierKey key, CancellationToken cancel)
    {
        while (await deposits.NextAsync(cancel) is var next && next > state.First && await deposits.HeldAsync(next - 1, 1, cancel) is [var last])
        {
            if (FetchedRecords.Check(last.Receipt, key) is { Proved: true } report && state.First + report.Index == last.Index) return;
            await deposits.DropAsync(last.Index, cancel);
        }
    }

    // A place on an earlier record is before the first number of this one.
    static long NumberIn(ExchangeState state, long place) => Math.Max(0, place - state.First);

    static List<RecordRange> RangesOf(IReadOnlyList<long> numbers)
    {
        var ranges = new List<RecordRange>();
        foreach (var number in numbers)
        {
            if (ranges.Count > 0 && ranges[^1].To == number - 1) ranges[^1] = ranges[^1] with { To = number };
            else ranges.Add(new RecordRange(number, number));
        }

        return ranges;
    }
}
