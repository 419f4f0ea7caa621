using System.Net;
using Probity.Ledger.Formats;

namespace Probity.Ledger;

/// <summary>Reads a C2SP tlog-tiles log over HTTP, within limits: whoever answers may be an enemy.</summary>
internal sealed class HttpLogSource(HttpClient client, Uri prefix, LogPatience patience)
{
    const int Attempts = 3;
    const int MaxTile = Tile.FullWidth * Hash.Size;

    /// <summary>Four kilobytes an entry; the house's have 33 bytes. C2SP's own limit is sixteen times as much, a bundle.</summary>
    const int MaxBundle = 1 << 20;

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
        if (await GetBundleAsync(bundle, ct) is { } bytes) return bundle.Decode(bytes);
        var whole = bundle with { Width = Tile.FullWidth };
        if (bundle == whole || await GetBundleAsync(whole, ct) is not { } full) return null;
        return [.. whole.Decode(full).Take(bundle.Width)];
    }

    /// <exception cref="InvalidDataException">It is longer than is read here, which is no fault of the log.</exception>
    async ValueTask<byte[]?> GetBundleAsync(EntryBundle bundle, CancellationToken ct)
    {
        try
        {
            return await GetAsync(bundle.Path, MaxBundle, ct);
        }
        catch (FormatException fault)
        {
            throw new InvalidDataException($"The log cannot be checked: {fault.Message}", fault);
        }
    }

    async ValueTask<byte[]?> GetAsync(string path, int limit, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            using var waiting = CancellationTokenSource.CreateLinkedTokenSource(ct);
            waiting.CancelAfter(patience.Headers);
            try
            {
                using var response = await client.GetAsync(new Uri(_prefix, path), HttpCompletionOption.ResponseHeadersRead, waiting.Token);
                if (response.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Gone) return null;
                if (attempt == Attempts || !IsPassing(response.StatusCode))
                {
                    if ((int)response.StatusCode is >= 300 and < 400) throw Redirected(path, response.Headers.Location);
                    response.EnsureSuccessStatusCode();
                    waiting.CancelAfter(patience.Body);
                    return await ReadAsync(response, path, limit, waiting.Token);
                }
            }
            catch (OperationCanceledException fault) when (!ct.IsCancellationRequested)
            {
                throw new TimeoutException(
                    $"{path} did not come whole within {patience.Headers.TotalSeconds:0} seconds and {patience.Body.TotalSeconds:0} more.", fault);
            }

            await Task.Delay(TimeSpan.FromSeconds(attempt), ct);
        }
    }

    static bool IsPassing(HttpStatusCode status) => status == HttpStatusCode.TooManyRequests || (int)status >= 500;

    /// <summary>A log is asked where its reader said, and nowhere that it would like to send the reader.</summary>
    static HttpRequestException Redirected(string path, Uri? to) =>
        new($"{path} is said to be elsewhere, at {to?.OriginalString ?? "no place named"}; if that is the log, give its URL.");

    /// <summary>Reads a body that may not be longer than a limit.</summary>
    /// <exception cref="FormatException">It is longer.</exception>
    internal static async ValueTask<byte[]> ReadAsync(HttpResponseMessage response, string path, int limit, CancellationToken ct)
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
