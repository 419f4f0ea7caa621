using Npgsql;
using Probity.Ledger;
using Probity.Ledger.Formats;
using Probity.Storage.Postgres;
using Probity.Storage.Sqlite;

namespace Probity.Storage;

/// <summary>
/// Reads a node's folder without changing a byte of it and without its signing key, also beside a running server: receipts, and the
/// files of its public log.
/// </summary>
public sealed class UntouchedNode : IAsyncDisposable
{
    readonly ILogStore _store;
    readonly IKeyStore? _keyStore;
    readonly WrappingKey? _wrapping;
    readonly KeyRing? _keys;
    readonly VerifierKey _key;
    readonly PublicHead _newest;
    readonly PublicHead? _witnessed;

    UntouchedNode(
        ILogStore store, IKeyStore? keyStore, WrappingKey? wrapping, VerifierKey key, PublicHead newest, PublicHead? witnessed)
    {
        (_store, _keyStore, _wrapping, _key, _newest, _witnessed) = (store, keyStore, wrapping, key, newest, witnessed);
        _keys = keyStore is null || wrapping is null ? null : new KeyRing(keyStore, wrapping);
    }

    /// <summary>How many records the newest checkpoint counts.</summary>
    public long Size => _newest.Head.Size;

    /// <summary>Opens a folder as it stands now; records that come later are not seen.</summary>
    /// <param name="path">The data folder.</param>
    /// <param name="withKeys">Whether payloads are to be opened: their keys have to be there.</param>
    /// <param name="ct">Gives up.</param>
    /// <exception cref="FileNotFoundException">There is no ledger in the folder, or no key where keys were asked for.</exception>
    /// <exception cref="InvalidDataException">The ledger does not say what log it is, or its newest checkpoint does not verify.</exception>
    /// <exception cref="IOException">A file is no regular file, or cannot be read.</exception>
    public static async Task<UntouchedNode> OpenAsync(string path, bool withKeys, CancellationToken ct)
    {
        var folder = NodeFolder.At(path);
        if (!folder.Exists) throw folder.Missing();
        var connection = folder.ReadConnection();
        if (connection is null) SqliteFile.RequireRegular(folder.LedgerFile);
        var closing = new Stack<IAsyncDisposable>();
        WrappingKey? wrapping = null;
        try
        {
            ILogStore store = connection is null ? SqliteLogStore.OpenUntouched(folder.LedgerFile) : PostgresLogStore.OpenUntouched(connection);
            closing.Push(store);
            var key = VerifierKey.Parse((await store.ReadIdentityAsync(ct) ?? throw new InvalidDataException("it is empty")).VerifierKey);
            var newest = await store.ReadCheckpointAsync(ct) is { } stored && LogKeys.Open(stored.Note, key) is { } head
                ? new PublicHead(head, null)
                : throw new InvalidDataException("its newest checkpoint does not verify");
            IKeyStore? keys = null;
            if (withKeys)
            {
                if (connection is null) SqliteFile.RequireRegular(folder.KeyFile);
                keys = connection is null ? SqliteKeyStore.OpenUntouched(folder.KeyFile) : PostgresKeyStore.OpenUntouched(connection);
                closing.Push(keys);
                // While a rotation is under way there are two, of which the first is in use.
                wrapping = LogKeys.ReadWrapping(folder.SecretsFolder) is [var used, ..] ? used
                    : throw new FileNotFoundException($"the wrapping key is not in {folder.SecretsFolder}: without it no content can be opened");
            }

            return new UntouchedNode(store, keys, wrapping, key, newest, PublicHead.Of(await store.ReadWitnessedAsync(ct), key));
        }
        catch (Exception fault)
        {
            wrapping?.Dispose();
            while (closing.TryPop(out var open)) await open.DisposeAsync();
            if (fault is NpgsqlException) throw folder.Unreachable(fault);
            if (fault is IOException || !DatabaseAudit.IsDamage(fault)) throw;
            throw new InvalidDataException($"{folder.LedgerFile} cannot be read: {fault.Message} Run 'probity verify' on the data folder.", fault);
        }
    }

    /// <summary>A receipt for a record; see <see cref="TransparencyLog.WriteReceiptAsync"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The log has no such record.</exception>
    /// <exception cref="InvalidDataException">The store does not hold what was signed.</exception>
    public async Task<Receipt> WriteReceiptAsync(long index, ReceiptForm form, CancellationToken ct) =>
        await new ReceiptWriter(_store, new TreeReader(_store), _keys).WriteAsync(index, form, _newest, _witnessed, ct);

    /// <summary>All entries of a stream, opened with the keys that are there; a payload is null where its key was destroyed.</summary>
    /// <exception cref="InvalidDataException">A record is not as it was recorded, or its key is not here.</exception>
    public async Task<IReadOnlyList<Entry>> ReadStreamAsync(StreamId stream, CancellationToken ct)
    {
        if (_keys is null) throw new InvalidOperationException("It was opened without its keys.");
        var entries = new List<Entry>();
        try
        {
            foreach (var record in await _store.ReadStreamAsync(stream, 0, int.MaxValue, ct))
            {
                var header = HeaderEncoding.Decode(record.Header);
                entries.Add(new Entry(header, RecordSealing.Open(record, header, await _keys.FindAsync(header.Compartment, ct))));
            }
        }
        catch (FormatException fault)
        {
            throw new InvalidDataException($"A record of the stream {stream} cannot be read: {fault.Message}", fault);
        }

        return entries;
    }

    /// <summary>
    /// Writes the public log as files, under the newest checkpoint that the quorum of witnesses has confirmed, or, where there is none,
    /// that the log has signed.
    /// </summary>
    /// <param name="to">An empty folder, one that is not there yet, or an earlier export of this log.</param>
    /// <param name="progress">Takes the share done, 0 to 1.</param>
    /// <param name="ct">Gives up.</param>
    /// <exception cref="InvalidDataException">The folder holds something else, or a history that is not the beginning of this one.</exception>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public Task<LogExport> ExportAsync(string to, IProgress<double>? progress, CancellationToken ct) =>
        LogFiles.WriteAsync(_store, _key, _witnessed ?? _newest, to, progress, ct);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _keys?.Dispose();
        _wrapping?.Dispose();
        if (_keyStore is not null) await _keyStore.DisposeAsync();
        await _store.DisposeAsync();
    }
}
