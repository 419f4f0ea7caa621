using Probity.Access.Contract;
using Probity.Ledger;
using Probity.Reports.Contract;
using Probity.Reports.Keys;
using Probity.Sealing;
using Probity.Shared.Record;

namespace Probity.Reports.Routing;

/// <summary>The key of the hashes of names in the book: this node's own.</summary>
internal sealed record BookNames(byte[] Key)
{
    /// <summary>What the host derives it for.</summary>
    public const string Purpose = "probity names in the book of recipients";
}

/// <summary>
/// The book in force. It is worked out anew when register or keys have changed, and each minute, since time alone ends bars; where it says something else than the last, it is issued, which is an
/// entry: at most once a minute.
/// </summary>
internal sealed class Books(TransparencyLog log, Clerk clerk, IRegister registers, ChangeKeys keys, BookNames names, TimeProvider time) : IDisposable
{
    static readonly TimeSpan s_between = TimeSpan.FromMinutes(1);

    readonly FoldedStream<IssuedBooks> _issued = new(log);
    readonly Remembered<(long Register, long Recipients), RecipientBook> _now = new(), _reading = new();
    readonly SemaphoreSlim _turn = new(1, 1), _making = new(1, 1);
    (RecipientBook Of, RecipientBook Book, string Hash)? _inForce;
    WiderBook? _with;

    /// <summary>Every book that was issued.</summary>
    public ValueTask<IssuedBooks> IssuedAsync(CancellationToken cancel) => _issued.ReadAsync(cancel);

    /// <summary>The bars as they stand now, issued or not.</summary>
    public ValueTask<RecipientBook> NowAsync(CancellationToken cancel) => MadeAsync(_now, ownWord: false, cancel);

    async ValueTask<RecipientBook> MadeAsync(Remembered<(long Register, long Recipients), RecipientBook> made, bool ownWord, CancellationToken cancel)
    {
        var (register, recipients, now) = (await registers.ReadAsync(cancel), await keys.ReadAsync(cancel), time.GetUtcNow());
        var key = (register.Version, recipients.Version);
        if (made.Of(key, now) is { } fresh) return fresh;
        // Worked out once, however many ask.
        await _making.WaitAsync(cancel);
        try
        {
            return made.Of(key, now) ?? made.Keep(key, now, BookMaking.Of(register, BookMaking.HoldersOf(register, recipients, now), now, names.Key, ownWord) with { Recovery = recipients.Recovery?.Public });
        }
        finally
        {
            _making.Release();
        }
    }

    /// <summary>
    /// What keeps from somebody what was sealed for them, and their place in it, who may have no key any more: today's bars, but of ties only those that they declared or an overseer confirmed. Ties of
    /// before the sealing were counted then.
    /// </summary>
    public async ValueTask<(RecipientBook Book, int Place)> ReadingAsync(Guid person, HolderPart part, CancellationToken cancel)
    {
        var book = await MadeAsync(_reading, ownWord: true, cancel);
        for (var place = 0; place < book.Holders.Count; place++)
            if (book.Holders[place].Id == person) return (book, place);
        if (_with is { } with && with.Person == person && ReferenceEquals(with.Narrower, book)) return (with.Book, with.Book.Holders.Count - 1);
        var (register, now) = (await registers.ReadAsync(cancel), time.GetUtcNow());
        var wider = BookMaking.Of(register, [.. book.Holders, new BookHolder(person, part, "")], now, names.Key, ownWord: true);
        _with = new WiderBook(book, person, wider);
        return (wider, wider.Holders.Count - 1);
    }

    /// <summary>The book in force, issued anew where something has changed; null as long as there is nobody whom anything could be sealed for.</summary>
    public async ValueTask<RecipientBook?> InForceAsync(CancellationToken cancel)
    {
        var now = await NowAsync(cancel);
        await _turn.WaitAsync(cancel);
        try
        {
            var issued = await IssuedAsync(cancel);
            if (_inForce is { } known && ReferenceEquals(known.Of, now) && known.Hash == issued.Last?.Hash) return known.Book;
            if (issued.Last is null && now.Holders.Count == 0) return null;
            if (issued.Last is { } last)
            {
                if (Dated(now, last.Version, last.Issued, last.Hash) is { } same) return same;
                // Somebody who changes the register again and again does not fill the record.
                if (_inForce is { } before && before.Hash == last.Hash && time.GetUtcNow() - last.At < s_between) return before.Book;
            }

            return await IssueAsync(now, cancel);
        }
        finally
        {
            _turn.Release();
        }
    }

    async Task<RecipientBook?> IssueAsync(RecipientBook now, CancellationToken cancel)
    {
        var day = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        await clerk.FileAsync(clerk.House, IssuedBooks.Stream, "reports.book-issue", async session =>
        {
            var issued = await _issued.ReadAsync(session, cancel);
            // Another node may have issued the same meanwhile.
            if (issued.Last is { } last && Dated(now, last.Version, last.Issued, last.Hash) is not null) return Decision.Accept();
            var book = now with { Version = (issued.Last?.Version ?? 0) + 1, Issued = day };
            return Decision.Accept(IssuedBooks.Stream, new BookIssued(book.Version, Convert.ToHexStringLower(book.Hash()), book.Issued, book.Holders, book.Recovery));
        }, cancel: cancel);
        return (await IssuedAsync(cancel)).Last is { } newest ? Dated(now, newest.Version, newest.Issued, newest.Hash) : null;
    }

    // The same book bears the version and the day of when it was issued: only so has it the hash that deposits name.
    RecipientBook? Dated(RecipientBook now, long version, DateOnly issued, string hash)
    {
        var book = now with { Version = version, Issued = issued };
        if (Convert.ToHexStringLower(book.Hash()) != hash) return null;
        _inForce = (now, book, hash);
        return book;
    }

    public void Dispose()
    {
        _issued.Dispose();
        _turn.Dispose();
        _making.Dispose();
    }

    /// <summary>A book with somebody in it who has no key in the narrower one.</summary>
    sealed record WiderBook(RecipientBook Narrower, Guid Person, RecipientBook Book);
}
