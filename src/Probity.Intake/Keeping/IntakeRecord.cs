using System.Collections.Concurrent;
using Probity.Ledger;
using Probity.Sealing;

namespace Probity.Intake.Keeping;

/// <summary>A report as the reporter's side finds it.</summary>
internal sealed class KeptReport(Guid id, DateOnly received, long index, CompartmentId compartment)
{
    readonly List<(Guid Id, long Index)> _answers = [];
    readonly List<(DateOnly Day, int Files)> _additions = [];

    /// <summary>The report.</summary>
    public Guid Id => id;

    /// <summary>What it is erased with: drawn at random, so that a proof that is found with somebody does not tell those who know reports by their ids whose it is.</summary>
    public CompartmentId Compartment => compartment;

    /// <summary>The day of its first deposit, UTC.</summary>
    public DateOnly Received => received;

    /// <summary>The number of the record of its first deposit.</summary>
    public long Index => index;

    /// <summary>The numbers of the records of its answers, in order.</summary>
    public IReadOnlyList<long> Answers
    {
        get
        {
            lock (_answers) return [.. _answers.Select(answer => answer.Index)];
        }
    }

    /// <summary>Whether an answer is here already.</summary>
    public bool Has(Guid answer)
    {
        lock (_answers) return _answers.Any(known => known.Id == answer);
    }

    /// <summary>What its source added, in order: the day, and how many files; one without files is a message.</summary>
    public IReadOnlyList<(DateOnly Day, int Files)> Additions
    {
        get
        {
            lock (_additions) return [.. _additions];
        }
    }

    internal void Add(DateOnly day, int files)
    {
        lock (_additions) _additions.Add((day, files));
    }

    internal void Add(Guid answer, long record)
    {
        lock (_answers) _answers.Add((answer, record));
    }
}

/// <summary>
/// The record of the reporter's side: deposits, answers to them, and covers between them that look like deposits. Each is a stream of its own; what belongs to one report lies in one compartment, so
/// that it is erased together. What a code finds is kept in memory, and made again from the record when the process starts.
/// </summary>
internal sealed class IntakeRecord
{
    /// <summary>The type of deposits and covers.</summary>
    public const string Deposited = "intake.deposited.v1";

    /// <summary>The type of answers.</summary>
    public const string Answered = "intake.answered.v1";

    const int Batch = 256;

    readonly TransparencyLog _log;
    readonly ConcurrentDictionary<string, KeptReport> _byTag = new();
    readonly ConcurrentDictionary<Guid, (KeptReport Report, string Tag)> _byId = new();

    IntakeRecord(TransparencyLog log) => _log = log;

    /// <summary>Reads the record and is ready to be asked.</summary>
    /// <exception cref="InvalidDataException">A record is not as it was recorded.</exception>
    public static async Task<IntakeRecord> OpenAsync(TransparencyLog log, CancellationToken ct)
    {
        var record = new IntakeRecord(log);
        for (long next = 0; next < log.Size;)
        {
            var entries = await log.ReadAsync(next, Batch, ct);
            foreach (var entry in entries) record.TakeUp(entry.Header.Type, entry.Header.Index, DateOnly.FromDateTime(entry.Header.Recorded.UtcDateTime), entry.Header.Compartment, entry.Payload);
            next += entries.Count;
        }

        return record;
    }

    /// <summary>How many records there are.</summary>
    public long Size => _log.Size;

    /// <summary>The report that a tag finds; null for one that finds none.</summary>
    public KeptReport? Find(ReadOnlySpan<byte> tag) => _byTag.GetValueOrDefault(Convert.ToBase64String(tag));

    /// <summary>Records a deposit, durably.</summary>
    public async Task<long> KeepAsync(Deposit deposit, CancellationToken ct)
    {
        var payload = deposit.Encode();
        var compartment = _byId.TryGetValue(deposit.Report, out var known) ? known.Report.Compartment : new CompartmentId(Guid.NewGuid());
        var (index, day) = await AppendAsync(Deposited, compartment, payload, ct);
        TakeUp(Deposited, index, day, compartment, payload);
        return index;
    }

    /// <summary>Records an answer; one that is here already, or whose report is not here, is passed over.</summary>
    public async Task KeepAsync(SealedAnswer answer, CancellationToken ct)
    {
        if (!_byId.TryGetValue(answer.Report, out var known) || known.Report.Has(answer.Id)) return;
        var payload = answer.Encode();
        var (index, day) = await AppendAsync(Answered, known.Report.Compartment, payload, ct);
        TakeUp(Answered, index, day, known.Report.Compartment, payload);
    }

    /// <summary>Records covers until the count of records is a multiple of <paramref name="step"/>, and at least one.</summary>
    public async Task CoverAsync(RecipientBook book, int step, CancellationToken ct)
    {
        do
        {
            await AppendAsync(Deposited, new CompartmentId(Guid.NewGuid()), Deposit.Cover(book).Encode(), ct);
        }
        while (_log.Size % step != 0);
    }

    /// <summary>Erases what belongs to reports: their keys are destroyed, and what their codes find is what any other words find.</summary>
    /// <returns>The files that belonged to them.</returns>
    public async Task<IReadOnlyList<Guid>> SettleAsync(IReadOnlyList<Guid> reports, CancellationToken ct)
    {
        var files = new List<Guid>();
        var known = reports.Distinct().Where(_byId.ContainsKey).ToList();
        if (known.Count == 0) return files;
        var erased = known.Select(report => _byId[report].Report.Compartment).ToHashSet();
        for (long next = 0; next < _log.Size; next += Batch)
        {
            foreach (var entry in await _log.ReadAsync(next, Batch, ct))
                if (entry is { Payload: { } payload, Header.Type: Deposited } && erased.Contains(entry.Header.Compartment)) files.AddRange(Deposit.Decode(payload).Files.Select(file => file.Id));
        }

        await _log.EraseAsync([], [], new ActorId(_log.Id), [.. erased], ct);
        foreach (var report in known)
            if (_byId.TryRemove(report, out var gone)) _byTag.TryRemove(gone.Tag, out _);
        return files;
    }

    /// <summary>The first deposit of a report.</summary>
    public async Task<Deposit?> ReadDepositAsync(KeptReport report, CancellationToken ct) =>
        await _log.ReadAsync(report.Index, 1, ct) is [{ Payload: { } payload }] ? Deposit.Decode(payload) : null;

    /// <summary>The answers to a report, in order.</summary>
    public async Task<IReadOnlyList<SealedAnswer>> ReadAnswersAsync(KeptReport report, CancellationToken ct)
    {
        var answers = new List<SealedAnswer>();
        foreach (var index in report.Answers)
            if (await _log.ReadAsync(index, 1, ct) is [{ Payload: { } payload }]) answers.Add(SealedAnswer.Decode(payload));
        return answers;
    }

    /// <summary>Proof that the first deposit of a report was taken: a C2SP tlog-proof that opens to its header.</summary>
    public async Task<string> ReceiptOfAsync(KeptReport report, CancellationToken ct) => (await _log.WriteReceiptAsync(report.Index, ReceiptForm.Header, ct)).Text;

    /// <summary>Receipts with content of up to so many records from a number on; those that were erased have their header alone.</summary>
    public async Task<IReadOnlyList<string>> ReceiptsAsync(long from, int most, CancellationToken ct)
    {
        var receipts = new List<string>();
        for (var index = from; index < Math.Min(_log.Size, from + most); index++)
            receipts.Add((await _log.WriteReceiptAsync(index, ReceiptForm.Content, ct)).Text);
        return receipts;
    }

    /// <summary>The newest checkpoint of the record.</summary>
    public string Checkpoint => _log.Checkpoint;

    async Task<(long Index, DateOnly Day)> AppendAsync(string type, CompartmentId compartment, byte[] payload, CancellationToken ct)
    {
        var entry = new NewEntry(new StreamId(Guid.NewGuid()), type, payload, new ActorId(_log.Id), compartment);
        return await _log.AppendAsync([], [entry], ct) is AppendResult.Appended appended
            ? (appended.FirstIndex, DateOnly.FromDateTime(appended.Recorded.UtcDateTime))
            : throw new InvalidOperationException("A new stream was not new.");
    }

    void TakeUp(string type, long index, DateOnly day, CompartmentId compartment, ReadOnlyMemory<byte>? payload)
    {
        if (payload is not { } bytes) return;
        if (type == Deposited)
        {
            // The first of a report; covers are reports of which nobody has the code.
            var deposit = Deposit.Decode(bytes);
            var report = new KeptReport(deposit.Report, day, index, compartment);
            var tag = Convert.ToBase64String(deposit.Tag.Span);
            if (_byId.TryAdd(deposit.Report, (report, tag))) _byTag.TryAdd(tag, report);
            else if (_byId.TryGetValue(deposit.Report, out var added)) added.Report.Add(day, deposit.Files.Count);
        }
        else if (type == Answered && SealedAnswer.Decode(bytes) is var answer && _byId.TryGetValue(answer.Report, out var known)) known.Report.Add(answer.Id, index);
    }
}
