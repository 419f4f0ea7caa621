using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Probity.Ledger;
using Probity.Ledger.Formats;
using Probity.Reports.Contract;
using Probity.Reports.Erasing;
using Probity.Reports.Routing;
using Probity.Sealing;
using Probity.Shared.Record;

namespace Probity.Reports.Exchanging;

/// <summary>How the last exchanges ended, for the page: in memory alone.</summary>
/// <param name="Reached">When the last one was whole.</param>
/// <param name="Failed">When one since was not.</param>
/// <param name="Why">What that says, in English.</param>
/// <param name="FailingSince">Since when none was whole.</param>
internal sealed record ExchangeStanding(DateTimeOffset? Reached, DateTimeOffset? Failed, string? Why, DateTimeOffset? FailingSince = null);

/// <summary>
/// The exchange with the reporter's side, on a schedule of its own: the book goes there, sealed records and files come, answers and what is settled go. The node asks and the reporter's side answers,
/// never the other way round. What does not verify stops it until an overseer says that it may go on.
/// </summary>
internal sealed class IntakeExchange(
    ExchangeOptions options, IDeposits deposits, FetchRecords records, CompareHeld compare, FetchFiles files, SweepErased sweep, HeldDoubt doubt, Books books, TransparencyLog log, FoldedStream<ExchangeState> states, Clerk clerk,
    ILogger<IntakeExchange> logger, TimeProvider time)
    : BackgroundService
{
    const int AnswersAtOnce = 50;
    const int EntriesAtOnce = 1_000;
    const int RemovalsAtOnce = 1_000;

    readonly SemaphoreSlim _turn = new(1, 1);

    (string Key, long Version)? _sentBook;

    public ExchangeStanding Standing { get; private set; } = new(null, null, null);

    /// <summary>The exchange by the record.</summary>
    public ValueTask<ExchangeState> ReadAsync(CancellationToken cancel) => states.ReadAsync(cancel);

    /// <summary>SHA-256 of this node's certificate in hex: what the reporter's side knows it by.</summary>
    public string CertificateHash()
    {
        using var own = ExchangeCertificate.ReadOrMake(options.CertificateFile, time.GetUtcNow());
        return ExchangeCertificate.FingerprintOf(own);
    }

    /// <summary>One whole exchange. Nothing is done where no reporter's side is named, or the exchange has stopped.</summary>
    /// <returns>Whether it was whole.</returns>
    public async Task<bool> RunOnceAsync(CancellationToken cancel)
    {
        await _turn.WaitAsync(cancel);
        try
        {
            await sweep.RunAsync(cancel);
            if (IntakeConnection.ReadFile(options.ConnectionFile) is not { } connection || (await ReadAsync(cancel)).Stopped is not null) return false;
            using var own = ExchangeCertificate.ReadOrMake(options.CertificateFile, time.GetUtcNow());
            if (await RunAsync(connection, own, cancel) is { } fault)
            {
                await StopAsync(fault, cancel);
                return false;
            }

            Standing = new ExchangeStanding(time.GetUtcNow(), null, null);
            return true;
        }
        // Whatever it is: a file of deposits that somebody broke is looked into as a line is that does not answer.
        catch (Exception fault) when (!cancel.IsCancellationRequested)
        {
            Standing = Standing with { Failed = time.GetUtcNow(), Why = fault.Message, FailingSince = Standing.FailingSince ?? time.GetUtcNow() };
            logger.LogWarning("The exchange with the reporter's side was not whole, and is tried again: {Why}", fault.Message);
            return false;
        }
        finally
        {
            _turn.Release();
        }
    }

    async Task<ExchangeFault?> RunAsync(IntakeConnection connection, X509Certificate2 own, CancellationToken cancel)
    {
        // Whoever edits the file that names it does not put another machine, whose record begins anew, in its place.
        if (!(await ReadAsync(cancel)).IsOf(connection.Log)) return new ExchangeFault(FetchedRecords.OtherRecord);
        using var client = new IntakeClient(connection, own);
        await SendBookAsync(client, connection.Log.ToString(), cancel);
        if (await records.RunAsync(client, connection.Log, cancel) is { } bad) return bad;
        // What was fetched again though it was erased, where the deposits had been lost.
        await sweep.RunAsync(cancel);
        await NameAsync(connection.Log, cancel);
        if (await FetchFilesAsync(client, cancel) is { } changed) return changed;
        await SendAnswersAsync(client, cancel);
        await SendSettledAsync(client, cancel);
        return await KeepCheckpointAsync(client, connection.Log, cancel);
    }

    // Once what it hands over was verified by that key: a slip of the pen is not named for good.
    async Task NameAsync(VerifierKey key, CancellationToken cancel)
    {
        if ((await ReadAsync(cancel)).Key is not null) return;
        await clerk.FileAsync(clerk.House, ExchangeState.Stream, "reports.intake-name", _ => new(Decision.Accept(ExchangeState.Stream, new IntakeNamed(key.ToString()))), cancel: cancel);
    }

    async Task SendBookAsync(IntakeClient client, string key, CancellationToken cancel)
    {
        // Once more with each start of this node, and to each machine: the other side may have been set up anew.
        if (await books.InForceAsync(cancel) is not { } book || _sentBook == (key, book.Version)) return;
        await client.PutBookAsync(book.Write(), cancel);
        _sentBook = (key, book.Version);
    }

    async Task<ExchangeFault?> FetchFilesAsync(IntakeClient client, CancellationToken cancel)
    {
        var (next, passed) = (await deposits.ReadCursorAsync(ExchangeCursor.Files, cancel), (await ReadAsync(cancel)).Passed);
        while (await deposits.ReadAsync(next, FetchedRecords.Most, cancel) is { Count: > 0 } some)
        {
            foreach (var kept in some.Where(kept => !passed.Contains(kept.Index)))
            {
                foreach (var file in KeptReports.Read(kept)?.Files ?? [])
                    if (!await files.RunAsync(client, file, cancel)) return new ExchangeFault(FetchFiles.Changed, kept.Index);
            }

            await deposits.MoveCursorAsync(ExchangeCursor.Files, next = some[^1].Index + 1, cancel);
        }

        return null;
    }

    // Answers stand on this node's record; which of them were sent is where the cursor stands. One that is sent twice is one to the reporter's side.
    async Task SendAnswersAsync(IntakeClient client, CancellationToken cancel)
    {
        var type = EventTypes.NameOf(typeof(AnswerGiven));
        var next = Math.Min(await deposits.ReadCursorAsync(ExchangeCursor.Answers, cancel), log.Size);
        while (await log.ReadAsync(next, EntriesAtOnce, cancel) is { Count: > 0 } entries)
        {
            var answers = entries.Where(e => e.Header.Type == type).Select(e => EventTypes.Read(e).Event).OfType<AnswerGiven>();
            foreach (var some in answers.Chunk(AnswersAtOnce)) await client.PostAsync("/exchange/answers", some.Select(a => new SentAnswer(a.Id, a.Report, a.Day, a.Box)), cancel);
            await deposits.MoveCursorAsync(ExchangeCursor.Answers, next = entries[^1].Header.Index + 1, cancel);
        }
    }

    async Task SendSettledAsync(IntakeClient client, CancellationToken cancel)
    {
        if (await deposits.RemovedAsync(await deposits.ReadCursorAsync(ExchangeCursor.Settled, cancel), cancel) is not { Count: > 0 } removed) return;
        foreach (var some in removed.Chunk(RemovalsAtOnce)) await client.PostAsync("/exchange/settled", new SentSettled([.. some.Select(r => r.Report)]), cancel);
        await deposits.MoveCursorAsync(ExchangeCursor.Settled, removed[^1].Number, cancel);
    }

    // Once a day, whether or not anything came: so the record does not tell when something did. Where there is doubt all is compared besides.
    async Task<ExchangeFault?> KeepCheckpointAsync(IntakeClient client, VerifierKey key, CancellationToken cancel)
    {
        var (state, today) = (await ReadAsync(cancel), time.GetUtcNow().UtcDateTime.Date);
        var (isDue, open) = (state.CheckpointAt?.UtcDateTime.Date != today, doubt.Open);
        if (!isDue && open is null) return null;
        // Before its first publication there is none.
        if (await client.ReadAsync("/exchange/checkpoint", SignedNote.MaxLength, cancel) is not { Length: > 0 } note) return null;
        Checkpoint shown;
        try
        {
            shown = Checkpoint.Open(note, key).Checkpoint;
        }
        catch (Exception fault) when (fault is FormatException or InvalidSignatureException)
        {
            return new ExchangeFault(FetchedRecords.Unproved);
        }

        if (state.Kept is { } known && (shown.Size < known.Size || (shown.Size == known.Size && shown.Root != known.Root))) return new ExchangeFault(FetchedRecords.Shrunk);
        // It may have been published since the records were fetched.
        if (await records.RunAsync(client, key, cancel) is { } bad) return bad;
        var (held, missing) = await compare.RunAsync(client, key, shown, cancel);
        if (missing is not null) return missing;
        if (open is { } upTo) doubt.Settle(upTo);
        if (!isDue) return null;
        await SendAgainAsync(client, state, cancel);
        var answers = await deposits.ReadCursorAsync(ExchangeCursor.Answers, cancel);
        await clerk.FileAsync(clerk.House, ExchangeState.Stream, "reports.checkpoint", _ => new(Decision.Accept(
            ExchangeState.Stream, new ExchangeCompared(held, answers), new IntakeCheckpointKept(Encoding.UTF8.GetString(note)))), cancel: cancel);
        return null;
    }

    // How far it has come stands beside the deposits, where somebody can move it on. What the reporter's side was told since the last comparison it is told again; that changes nothing there.
    async Task SendAgainAsync(IntakeClient client, ExchangeState state, CancellationToken cancel)
    {
        await deposits.MoveCursorAsync(ExchangeCursor.Answers, state.AnswersSent, cancel);
        await deposits.MoveCursorAsync(ExchangeCursor.Settled, 0, cancel);
        await SendAnswersAsync(client, cancel);
        await SendSettledAsync(client, cancel);
    }

    async Task StopAsync(ExchangeFault fault, CancellationToken cancel)
    {
        if (fault.Record is { } record) logger.LogError("What the reporter's side handed over does not verify ({Code}, record {Record}): nothing is fetched until an overseer lets it go on.", fault.Code, record);
        else logger.LogError("What the reporter's side handed over does not verify ({Code}): nothing is fetched until an overseer lets it go on.", fault.Code);
        await clerk.FileAsync(clerk.House, ExchangeState.Stream, "reports.exchange-stop", _ => new(Decision.Accept(ExchangeState.Stream, new ExchangeStopped(fault.Code, fault.Record))), cancel: cancel);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await RunOnceAsync(stoppingToken);
            }
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                logger.LogError(fault, "The exchange with the reporter's side failed; it is tried again.");
            }

            await Task.Delay(options.Every, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    public override void Dispose()
    {
        _turn.Dispose();
        base.Dispose();
    }

    sealed record SentAnswer(Guid Id, Guid Report, DateOnly Day, string Box);

    sealed record SentSettled(IReadOnlyList<Guid> Reports);
}
