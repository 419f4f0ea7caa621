using System.Text;
using Probity.Ledger.Formats;

namespace Probity.Ledger;

/// <summary>
/// Makes receipts from what any C2SP tlog-tiles log shows the public. Nothing that the log gives is believed: each tile and the entry
/// itself have to belong to the root of its checkpoint.
/// </summary>
public static class PublicReceipts
{
    /// <summary>A receipt for an entry of a log over HTTP.</summary>
    /// <param name="prefix">What the paths of C2SP tlog-tiles stand under.</param>
    /// <param name="index">The entry's number.</param>
    /// <param name="key">The log's key, or null to believe the log about it, or to leave its signature to whoever checks the receipt.</param>
    /// <param name="ct">Gives up.</param>
    /// <exception cref="HttpRequestException">The log does not answer.</exception>
    /// <exception cref="FormatException">What it shows does not belong together.</exception>
    /// <exception cref="InvalidDataException">It has no such entry, or has not signed its checkpoint with the key.</exception>
    public static async Task<Receipt> WriteAsync(Uri prefix, long index, VerifierKey? key, CancellationToken ct)
    {
        using var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false };
        using var client = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        try
        {
            return await WriteAsync(new LogSource(new HttpLogSource(client, prefix, LogPatience.Usual).ReadAsync), index, key, ct);
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException or TimeoutException)
        {
            throw new HttpRequestException($"The log at {prefix} does not answer: {fault.Message}", fault);
        }
    }

    /// <summary>A receipt for an entry of a log that lies in a folder as files.</summary>
    /// <inheritdoc cref="WriteAsync(Uri, long, VerifierKey, CancellationToken)"/>
    /// <exception cref="IOException">A file is no regular file, or cannot be read.</exception>
    public static Task<Receipt> WriteFromFolderAsync(string folder, long index, VerifierKey? key, CancellationToken ct) =>
        WriteAsync(new LogSource(new FolderFiles(folder).ReadAsync), index, key, ct);

    static async Task<Receipt> WriteAsync(LogSource source, long index, VerifierKey? key, CancellationToken ct)
    {
        var bytes = await source.ReadCheckpointAsync(ct) ?? throw new InvalidDataException("There is no checkpoint: name what the paths 'checkpoint' and 'tile/…' stand under.");
        var note = SignedNote.Parse(bytes);
        var checkpoint = Checkpoint.Parse(note.Text);
        if ((key ?? await ReadKeyAsync(source, ct)) is { } known) RequireSigned(note, known);
        var (size, root) = (checkpoint.Size, checkpoint.Root);
        if (index < 0 || index >= size) throw new InvalidDataException($"There is no record {index}: the log shows {size}, numbered from 0.");
        var tiles = new VerifiedTiles(size, root, async (tile, cancel) =>
            await source.ReadTileAsync(tile, cancel) ?? throw new FormatException($"{tile.Path} is missing."));
        var leaf = await tiles.ReadAsync(new NodeId(0, index), ct);
        var proof = await InclusionProof.BuildAsync(index, size, node => tiles.ReadAsync(node, ct));
        var bundle = EntryBundle.Holding(index, size);
        var entries = await source.ReadEntriesAsync(bundle, ct) ?? throw new FormatException($"{bundle.Path} is missing.");
        var opening = LeafOpening.OfEntry(entries[(int)(index % Tile.FullWidth)]);
        if (opening.LeafHash != leaf) throw new FormatException($"{bundle.Path} does not hold the entry {index} that was signed.");
        return new Receipt(new TlogProof(index, proof, note.ToString(), opening.Encode()).ToString(), index, size, opening.Form, null);
    }

    static async ValueTask<VerifierKey?> ReadKeyAsync(LogSource source, CancellationToken ct) =>
        await source.ReadVerifierKeyAsync(ct) is { } key ? VerifierKey.Parse(Encoding.UTF8.GetString(key).TrimEnd('\n')) : null;

    static void RequireSigned(SignedNote note, VerifierKey key)
    {
        try
        {
            Checkpoint.Open(note, key);
        }
        catch (InvalidSignatureException fault)
        {
            throw new InvalidDataException($"The checkpoint is not signed with the log's key: {fault.Message}", fault);
        }
    }
}
