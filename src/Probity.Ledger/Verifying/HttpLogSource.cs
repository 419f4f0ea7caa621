using System.Net;

namespace Probity.Ledger;

/// <summary>Reads the files of a C2SP tlog-tiles log over HTTP, within limits: whoever answers may be an enemy.</summary>
internal sealed class HttpLogSource(HttpClient client, Uri prefix, LogPatience patience)
{
    const int Attempts = 3;

    readonly Uri _prefix = prefix.AbsoluteUri.EndsWith('/') ? prefix : new Uri(prefix.AbsoluteUri + "/");

    /// <inheritdoc cref="ReadLogFile"/>
    public async ValueTask<byte[]?> ReadAsync(string path, int limit, CancellationToken ct)
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
        new($"{path} is said to be elsewhere, at {to?.OriginalString ?? "no place named"}; if that is the log, give its URL. A node shows its log under /log/.");

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
