using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Probity.Reports.Exchanging;

/// <summary>The calls to the reporter's side: over TLS, both ends known by the SHA-256 of their certificates. An answer that is longer than it may be is cut off.</summary>
internal sealed class IntakeClient : IDisposable
{
    static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    readonly SocketsHttpHandler _handler;
    readonly HttpClient _http;

    public IntakeClient(IntakeConnection connection, X509Certificate2 own)
    {
        _handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false, UseCookies = false, UseProxy = false, ConnectTimeout = TimeSpan.FromSeconds(15),
            SslOptions = new SslClientAuthenticationOptions
            {
                ClientCertificates = [own],
                RemoteCertificateValidationCallback = (_, shown, _, _) =>
                    shown is not null && CryptographicOperations.FixedTimeEquals(SHA256.HashData(shown.GetRawCertData()), connection.Certificate.Span),
            },
        };
        _http = new HttpClient(_handler) { BaseAddress = connection.Address, Timeout = s_patience };
    }

    /// <summary>An answer's bytes.</summary>
    /// <exception cref="HttpRequestException">It is not 200, longer than <paramref name="longest"/>, or there is none.</exception>
    public async Task<byte[]> ReadAsync(string path, int longest, CancellationToken cancel)
    {
        using var answer = await _http.GetAsync(new Uri(path, UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, cancel);
        answer.EnsureSuccessStatusCode();
        await using var body = await answer.Content.ReadAsStreamAsync(cancel);
        using var held = new MemoryStream();
        var buffer = new byte[64 << 10];
        for (int count; (count = await body.ReadAsync(buffer, cancel)) > 0;)
        {
            if (held.Length + count > longest) throw new HttpRequestException($"The answer to {path} has more than {longest} bytes.");
            held.Write(buffer, 0, count);
        }

        return held.ToArray();
    }

    /// <summary>A sealed file from one of its bytes on; null where it is not there any more.</summary>
    /// <exception cref="HttpRequestException">There is no answer, or another than that.</exception>
    public async Task<HttpResponseMessage?> OpenFileAsync(Guid file, long from, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/exchange/files/{file:D}");
        if (from > 0) request.Headers.Range = new RangeHeaderValue(from, null);
        var answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel);
        if (answer.IsSuccessStatusCode) return answer;
        using (answer)
        {
            if (answer.StatusCode == HttpStatusCode.NotFound) return null;
            answer.EnsureSuccessStatusCode();
        }

        return null;
    }

    /// <summary>Hands over the book.</summary>
    public async Task PutBookAsync(byte[] book, CancellationToken cancel)
    {
        using var body = new ByteArrayContent(book);
        body.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var answer = await _http.PutAsync(new Uri("/exchange/book", UriKind.Relative), body, cancel);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>Hands over something as JSON.</summary>
    public async Task PostAsync<T>(string path, T what, CancellationToken cancel)
    {
        using var answer = await _http.PostAsJsonAsync(new Uri(path, UriKind.Relative), what, cancel);
        answer.EnsureSuccessStatusCode();
    }

    public void Dispose()
    {
        _http.Dispose();
        _handler.Dispose();
    }
}
