using System.Security.Cryptography;
using Probity.Ledger.Formats;

namespace Probity.Ledger;

/// <summary>Writes receipts from a store. Safe for use by many callers at once.</summary>
/// <param name="store">The log's store.</param>
/// <param name="tree">Reads its tree.</param>
/// <param name="keys">Opens payloads; null where no key is here.</param>
internal sealed class ReceiptWriter(ILogStore store, TreeReader tree, KeyRing? keys)
{
    /// <summary>A receipt under the newest of the given checkpoints that the witnesses have confirmed and that covers the record, else under the newest.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The log has no such record.</exception>
    /// <exception cref="InvalidDataException">The store does not hold what was signed.</exception>
    public async ValueTask<Receipt> WriteAsync(long index, ReceiptForm form, PublicHead newest, PublicHead? witnessed, CancellationToken ct)
    {
        var (head, at) = witnessed is not null && index < witnessed.Head.Size ? witnessed : newest;
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, head.Size);
        var proof = await InclusionProof.BuildAsync(index, head.Size, tree.Nodes(head.Size, ct));
        var opening = await OpenAsync(index, form, ct);
        // Who is given a receipt keeps it: one that does not verify must never leave.
        if (!InclusionProof.Verify(opening.LeafHash, index, head.Size, proof, head.Root)) throw Damaged(index);
        var text = new TlogProof(index, proof, head.Note, opening.Encode()).ToString();
        return new Receipt(text, index, head.Size, opening.Form, at);
    }

    async ValueTask<LeafOpening> OpenAsync(long index, ReceiptForm form, CancellationToken ct)
    {
        if (form == ReceiptForm.Content && await OpenContentAsync(index, ct) is { } content) return content;
        if (await store.ReadHeadersAsync(index, 1, ct) is not [var header]) throw Damaged(index);
        return form == ReceiptForm.Entry ? LeafOpening.OfEntry(HeaderEncoding.LeafEntry(header.Span)) : LeafOpening.OfHeader(header);
    }

    async ValueTask<LeafOpening?> OpenContentAsync(long index, CancellationToken ct)
    {
        if (keys is null || await store.ReadAsync(index, 1, ct) is not [var record]) return null;
        RecordHeader header;
        try
        {
            header = HeaderEncoding.Decode(record.Header);
        }
        catch (FormatException fault)
        {
            throw new InvalidDataException(Damaged(index).Message, fault);
        }

        if (await keys.FindAsync(header.Compartment, ct) is not { } key || RecordSealing.Open(record, header, key) is not { } payload) return null;
        var salt = new byte[SHA256.HashSizeInBytes];
        key.Salt(index, salt);
        var opening = LeafOpening.OfContent(record.Header, salt, payload);
        return opening.Commits(header) ? opening : throw Damaged(index);
    }

    static InvalidDataException Damaged(long index) => new($"Record {index} is not what was signed: run 'probity verify' on the data folder.");
}
