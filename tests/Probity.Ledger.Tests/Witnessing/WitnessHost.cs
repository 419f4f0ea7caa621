using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Probity.Ledger.Formats;
using Probity.Ledger.Witnessing;

namespace Probity.Ledger.Tests.Witnessing;

/// <summary>A witness behind a port of this machine, honest or not.</summary>
internal sealed class WitnessHost : IDisposable
{
    readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    readonly CancellationTokenSource _over = new();
    int _asked;

    public WitnessHost(Func<string, byte[], Task<WitnessAnswer>> answer)
    {
        Answer = answer;
        _listener.Start();
        _ = ServeAsync();
    }

    public WitnessHost(Witness witness) : this((asked, body) => HonestAsync(witness, asked, body)) { }

    /// <summary>How it answers, by the request's first line.</summary>
    public Func<string, byte[], Task<WitnessAnswer>> Answer { get; set; }

    public int Asked => _asked;

    public string Url => $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/some/where";

    public static WitnessAnswer Plain(int status, string body = "", string type = "text/plain") => new(status, type, Encoding.UTF8.GetBytes(body));

    public static async Task<WitnessAnswer> HonestAsync(Witness witness, string asked, byte[] body)
    {
        if (asked.StartsWith("POST /some/where/add-checkpoint ", StringComparison.Ordinal)) return await witness.AddCheckpointAsync(body, default);
        var note = asked.Split(' ')[1] is { } path && path.StartsWith("/some/where/", StringComparison.Ordinal) && path.EndsWith("/checkpoint", StringComparison.Ordinal)
            ? await witness.ReadCheckpointAsync(path["/some/where/".Length..^"/checkpoint".Length], default)
            : null;
        return note is null ? Plain(404) : Plain(200, note);
    }

    public void Dispose()
    {
        if (_over.IsCancellationRequested) return;
        _over.Cancel();
        _listener.Dispose();
    }

    async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_over.Token);
                _ = Task.Run(() => AnswerAsync(client));
            }
        }
        catch (Exception fault) when (fault is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    async Task AnswerAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                var stream = client.GetStream();
                var head = new List<byte>();
                var one = new byte[1];
                while (!(head.Count > 3 && head[^1] == '\n' && head[^3] == '\n') && await stream.ReadAsync(one, _over.Token) > 0) head.Add(one[0]);
                var lines = Encoding.ASCII.GetString([.. head]).Split("\r\n");
                var length = lines.Select(line => line.Split(": ")).FirstOrDefault(pair => pair[0].Equals("Content-Length", StringComparison.OrdinalIgnoreCase))?[1] ?? "0";
                var body = new byte[int.Parse(length, CultureInfo.InvariantCulture)];
                await stream.ReadExactlyAsync(body, _over.Token);
                Interlocked.Increment(ref _asked);
                var answer = await Answer(lines[0], body).WaitAsync(_over.Token);
                await stream.WriteAsync(Encoding.ASCII.GetBytes(
                    $"HTTP/1.1 {answer.Status} Said\r\nContent-Type: {answer.ContentType}\r\nLocation: http://127.0.0.1:9/\r\nContent-Length: {answer.Body.Length}\r\nConnection: close\r\n\r\n"), _over.Token);
                await stream.WriteAsync(answer.Body, _over.Token);
            }
            catch (Exception fault) when (fault is IOException or OperationCanceledException or ObjectDisposedException)
            {
                // Who asked has gone, or the test is over.
            }
        }
    }

    public static Task<WitnessAnswer> Never() => Task.Delay(Timeout.Infinite).ContinueWith(_ => Plain(500), TaskScheduler.Default);

    public static VerifierKey Key(int i) => Keys[i].Verifier;

    public static SignerKey[] Keys { get; } = [.. Enumerable.Range(0, 4).Select(i => SignerKey.Generate($"w{i}.example", SignatureType.CosignatureEd25519))];
}
