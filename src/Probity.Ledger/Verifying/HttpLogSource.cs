using System.Net;
using Probity.Ledger.Formats;

namespace Probity.Ledger;

/// <summary>Reads a C2SP tlog-tiles log over HTTP, within limits: whoever answers may be an enemy.</summary>
internal sealed class HttpLogSource(HttpClient client, Uri prefix)
{
    const int Attempts = 3;
    const int MaxTile = Tile.FullWidth * Hash.Size;
    const int MaxBundle = Tile.FullWidth * (2 + EntryBundle.MaxEntry);
    const int MaxKey = 4_096;

    readonly Uri _prefix = prefix.AbsoluteUri.EndsWith('/') ? prefix : new Uri(prefix.AbsoluteUri + "/");

    public ValueTask<byte[]?> ReadCheckpointAsync(CancellationToken ct) => GetAsync("checkpoint", SignedNote.MaxLength, ct);

    /// <summary>The key as the log gives it; not part of C2SP, so other logs do not have it.</summary>
    public ValueTask<byte[]?> ReadVerifierKeyAsync(CancellationToken ct) => GetAsync("vkey", MaxKey, ct);

    public async ValueTask<ReadOnlyMemory<byte>?> ReadTileAsync(Tile tile, CancellationToken ct)
    {
        if (await GetAsync(tile.Path, MaxTile, ct) is { } bytes) return bytes;
        // A log may drop a partial tile once the full one is there.
        if (tile.IsFull || await GetAsync((tile with { Width = Tile.FullWidth }).Path, MaxTile, ct) is not { } full) return null;
        return full.Length == MaxTile ? full.AsMemory(0, tile.Width * Hash.Size) : full;
    }

    public async ValueTask<IReadOnlyList<ReadOnlyMemory<byte>>?> ReadEntriesAsync(EntryBundle bundle, CancellationToken ct)
    {
        if (await GetAsync(bundle.Path, MaxBundle, ct) is { } bytes) return bundle.Decode(bytes);
        var whole = bundle with { Width = Tile.FullWidth };
        if (bundle == whole || await GetAsync(whole.Path, MaxBundle, ct) is not { } full) return null;
        return [.. whole.Decode(full).Take(bundle.Width)];
    }

    async ValueTask<byte[]?> GetAsync(string path, int limit, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            using var response = await client.GetAsync(new Uri(_prefix, path), HttpCompletionOption.ResponseHeadersRead, ct);
            if (response.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Gone) return null;
            if (attempt < Attempts && (response.StatusCode == HttpStatusCode.TooManyRequests || (int)response.StatusCode >= 500))
            {
                await Task.Delay(TimeSpan.FromSeconds(attempt), ct);
                continue;
            }

            response.EnsureSuccessStatusCode();
            return await ReadAsync(response, path, limit, ct);
        }
    }

    static async ValueTask<byte[]> ReadAsync(HttpResponseMessage response, string path, int limit, CancellationToken ct)
    {
        await using var body = await response.Content.ReadAsStreamAsync(ct);
        using var bytes = new MemoryStream();
        var buffer = new byte[16 * 1024];
        for (int read; (read = await body.ReadAsync(buffer, ct)) > 0;)
        {
            if (bytes.Length + read > limit) throw new FormatException($"{path} is longer than the {limit} bytes it may have.");
            bytes.Write(buffer, 0, read);
        }

        return bytes.ToArray();
    }
}
