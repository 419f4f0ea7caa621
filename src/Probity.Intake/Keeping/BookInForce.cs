using Probity.Sealing;

namespace Probity.Intake.Keeping;

/// <summary>Whom reports are sealed for now.</summary>
internal sealed class BookInForce
{
    readonly IntakeFolder _folder;
    readonly Lock _turn = new();
    volatile RecipientBook? _book;

    /// <summary>Takes up what was handed over before.</summary>
    public BookInForce(IntakeFolder folder)
    {
        _folder = folder;
        _book = folder.ReadBook();
    }

    /// <summary>The book; null where there is none that somebody can read a report with.</summary>
    public RecipientBook? Current => _book is { } book && new Routing([.. book.Holders.Select(_ => true)]).HasReaders(book) ? book : null;

    /// <summary>Takes a newer book; an older one, which somebody may have kept, is refused.</summary>
    /// <returns>Whether it is in force now.</returns>
    /// <exception cref="FormatException">It is no book.</exception>
    public bool Take(ReadOnlySpan<byte> bytes)
    {
        var book = RecipientBook.Read(bytes);
        lock (_turn)
        {
            if (_book is { } known && book.Version <= known.Version) return book.Version == known.Version && book.Hash().AsSpan().SequenceEqual(known.Hash());
            _folder.WriteBook(bytes);
            _book = book;
            return true;
        }
    }
}
