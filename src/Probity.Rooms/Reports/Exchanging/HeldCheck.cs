using Probity.Ledger;
using Probity.Ledger.Formats;

namespace Probity.Reports.Exchanging;

/// <summary>What is wrong with a record that is held, or is not; by its number on the other record.</summary>
internal sealed record HeldFault(string Code, long Number);

/// <summary>How what is held compares with the other record.</summary>
/// <param name="Faults">What is wrong, in order.</param>
/// <param name="Removed">Reports that are there although the record says that they were removed.</param>
/// <param name="Held">How many records are accounted for.</param>
internal sealed record HeldResult(IReadOnlyList<HeldFault> Faults, IReadOnlySet<Guid> Removed, long Held);

/// <summary>
/// Compares what this node holds of a reporter's side with that side's record, number for number, by what is signed and by what stands on this node's own record, and by nothing that could have been
/// edited beside them. A record below the last checkpoint that was kept is held whole; or is proved to be none of a report; or was removed or passed over, as an entry says. All of them together have the root
/// of that checkpoint. Pure.
/// </summary>
internal sealed class HeldCheck
{
    public const string Missing = "reports.exchange-missing";
    public const string Altered = "reports.exchange-altered";

    /// <summary>More than that are not listed one by one.</summary>
    public const int Most = 10_000;

    const int AtOnce = 256;

    readonly VerifierKey _key;
    readonly ExchangeState _state;
    readonly KnownRemovals _removals;
    readonly int _record;
    readonly IReadOnlySet<long> _passed;
    readonly Queue<Checkpoint> _marks;
    readonly Func<DepositFileAt, bool> _hasFile;
    readonly CompactRange _tree = new();
    readonly List<HeldFault> _faults = [];
    readonly HashSet<Guid> _removed = [];
    long _next;
    bool _whole = true;

    HeldCheck(VerifierKey key, ExchangeState state, KnownRemovals removals, int record, IEnumerable<Checkpoint> marks, Func<DepositFileAt, bool> hasFile)
    {
        (_key, _state, _removals, _record, _hasFile) = (key, state, removals, record, hasFile);
        _passed = state.PassedOf(record);
        _marks = new Queue<Checkpoint>(marks.OrderBy(m => m.Size));
    }

    /// <summary>Compares.</summary>
    /// <param name="key">The key of the other record.</param>
    /// <param name="state">What this node's record says.</param>
    /// <param name="removals">What it says was removed.</param>
    /// <param name="record">Which of the records that it fetched from.</param>
    /// <param name="marks">Checkpoints of it that have to be met.</param>
    /// <param name="read">Reads what is held, from a place on.</param>
    /// <param name="hasFile">Whether a sealed file is there, as long as it has to be.</param>
    public static async Task<HeldResult> RunAsync(
        VerifierKey key, ExchangeState state, KnownRemovals removals, int record, IReadOnlyCollection<Checkpoint> marks, Func<long, int, ValueTask<IReadOnlyList<HeldRecord>>> read, Func<DepositFileAt, bool> hasFile)
    {
        var check = new HeldCheck(key, state, removals, record, marks, hasFile);
        check.Meet();
        for (var next = RecordPlace.Of(record, 0); await read(next, AtOnce) is { Count: > 0 } some; next = some[^1].Index + 1)
        {
            foreach (var held in some.TakeWhile(h => RecordPlace.RecordOf(h.Index) == record)) check.Take(held);
            if (RecordPlace.RecordOf(some[^1].Index) != record) break;
        }

        check.SkipTo(marks.Count == 0 ? 0 : marks.Max(m => m.Size));
        return new HeldResult(check._faults, check._removed, check._next);
    }

    void Take(HeldRecord held)
    {
        var number = RecordPlace.NumberOf(held.Index);
        // The same number in both tables: the deposit came first.
        if (number < _next) return;
        SkipTo(number);
        var report = FetchedRecords.Check(held.Receipt, _key);
        var code = report is not { Proved: true } || report.Index != number ? Altered : held.Deposit is { } row ? CodeOf(report, row, number) : CodeOf(report, number);
        if (code is not null) Fault(code, number);
        if (report is { Proved: true } && report.Index == number) _tree.Append(report.Opening.LeafHash);
        else _whole = false;
        _next = number + 1;
        Meet();
    }

    string? CodeOf(ReceiptReport report, KeptDeposit row, long number)
    {
        if (KeptReports.ReadAs(row, report) is not { } deposit) return Altered;
        if (_removals.KnowsReport(deposit.Report))
        {
            _removed.Add(deposit.Report);
            return null;
        }

        return _passed.Contains(number) || deposit.Files.All(file => _hasFile(new DepositFileAt(file.Id, file.Size))) ? null : FetchFiles.Missing;
    }

    // What is not held has to be no deposit, or to be gone as an entry says. A leaf alone says neither.
    string? CodeOf(ReceiptReport report, long number) =>
        report.Header is { } header && header.Type != FetchedRecords.DepositType ? null
        : _passed.Contains(number) || _removals.KnowsRecord(report.Opening.Entry.Span) ? null : Missing;

    void SkipTo(long number)
    {
        for (; _next < number && _faults.Count < Most; _next++)
        {
            // The record that is fetched from still proves the place of what is passed over; one whose machine is gone does not.
            if (!_passed.Contains(_next) || _record == _state.Earlier.Count) Fault(Missing, _next);
            _whole = false;
        }

        _next = Math.Max(_next, number);
        while (_marks.Count > 0 && _marks.Peek().Size < _next) _marks.Dequeue();
    }

    void Meet()
    {
        while (_marks.Count > 0 && _marks.Peek().Size == _next)
            if (_marks.Dequeue().Root != _tree.Root() && _whole) Fault(FetchedRecords.Forked, _next - 1);
    }

    void Fault(string code, long number) => _faults.Add(new HeldFault(code, number));
}

/// <summary>A sealed file that a deposit names.</summary>
internal readonly record struct DepositFileAt(Guid Id, long Size);
