using Probity.Ledger.Formats;

namespace Probity.Ledger;

/// <summary>
/// The newest state of the log that this process has signed or seen. It only grows: a store that holds less, or something else, has
/// lost entries (a standby that lagged, an old copy) or been rewritten, and is not followed.
/// </summary>
internal sealed class KnownHead(TreeReader tree, VerifierKey key, LogHead first, Action<LogHead> advanced)
{
    readonly Lock _one = new();
    LogHead _head = first;

    public LogHead Head
    {
        get
        {
            lock (_one) return _head;
        }
    }

    /// <summary>Takes a state that was made by adding to the known one.</summary>
    public void Advance(LogHead head)
    {
        lock (_one)
        {
            if (head.Size <= _head.Size) return;
            _head = head;
            advanced(head);
        }
    }

    /// <summary>What a store's newest checkpoint says.</summary>
    /// <exception cref="InvalidDataException">It is not signed with the log's key.</exception>
    public LogHead RequireSigned(StoredCheckpoint newest)
    {
        if (LogKeys.Open(newest.Note, key) is not { } head || head.Size != newest.Size)
            throw new InvalidDataException($"its checkpoint of size {newest.Size} does not verify with the log's key: nothing is signed; run 'probity verify' on it.");
        return head;
    }

    /// <summary>Takes a state that somebody else signed, if it only adds to one that was known before it was read.</summary>
    /// <exception cref="InvalidDataException">It does not: entries were lost or replaced.</exception>
    public async ValueTask FollowAsync(LogHead head, LogHead known, CancellationToken ct)
    {
        if (head.Size < known.Size)
            throw new InvalidDataException(
                $"it holds {head.Size} entries, and this log has shown {known.Size}: entries were lost. Nothing is signed until the database that holds them is back.");
        if (head.Size == known.Size ? head.Root != known.Root : !await ExtendsAsync(known, head, ct))
            throw new InvalidDataException(
                $"its {head.Size} entries do not begin with the {known.Size} that this log has shown: entries were replaced. Nothing is signed until the database that holds them is back.");
        Advance(head);
    }

    async ValueTask<bool> ExtendsAsync(LogHead known, LogHead head, CancellationToken ct)
    {
        var proof = await ConsistencyProof.BuildAsync(known.Size, head.Size, tree.Nodes(head.Size, ct));
        return ConsistencyProof.Verify(known.Size, head.Size, proof, known.Root, head.Root);
    }
}
