using System.Net;
using System.Net.Sockets;
using System.Text;
using Probity.Ledger.Formats;

namespace Probity.Ledger.Tests.Faults;

/// <summary>A server that wants whoever verifies its log to wait, to read without end, or to believe.</summary>
public sealed class LyingServerTests : IDisposable
{
    static readonly LogPatience Short = new(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(4));

    readonly LogKeys _keys = LogKeys.Generate("example.org/liar");
    readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    readonly CancellationTokenSource _over = new();
    int _requests;

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    public LyingServerTests() => _listener.Start();

    public void Dispose()
    {
        _over.Cancel();
        _listener.Dispose();
        _over.Dispose();
        _keys.Dispose();
    }

    [Fact]
    public async Task A_server_that_says_nothing_is_given_up()
    {
        Serve((_, _) => Task.Delay(Timeout.Infinite, _over.Token));
        await Assert.ThrowsAsync<HttpRequestException>(VerifyAsync);
    }

    [Theory]
    [InlineData("checkpoint")]
    [InlineData("tile/0/")]
    [InlineData("tile/entries/")]
    public async Task An_answer_that_drips_is_given_up(string path)
    {
        var log = new SmallLog(_keys, 300);
        Serve(async (asked, stream) =>
        {
            if (!asked.StartsWith(path, StringComparison.Ordinal))
            {
                await AnswerAsync(stream, log.Answer(asked));
                return;
            }

            await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n"u8.ToArray());
            while (true)
            {
                await stream.WriteAsync("x"u8.ToArray());
                await Task.Delay(200, _over.Token);
            }
        });
        var fault = await Assert.ThrowsAsync<HttpRequestException>(VerifyAsync);
        Assert.Contains("did not come whole", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_nothing_is_verified_for_long_the_log_is_given_up()
    {
        var log = new SmallLog(_keys, 300);
        Serve(async (asked, stream) =>
        {
            await Task.Delay(asked == "tile/1/000.p/1" ? 800 : 0, _over.Token);
            await AnswerAsync(stream, asked == "tile/1/000.p/1" ? "HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n"u8.ToArray() : log.Answer(asked));
        });
        var fault = await Assert.ThrowsAsync<HttpRequestException>(VerifyAsync);
        Assert.Contains("nothing that could be verified", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_redirect_is_not_followed_and_says_where_it_led()
    {
        Serve((_, stream) => AnswerAsync(stream, "HTTP/1.1 302 Found\r\nLocation: http://169.254.169.254/secret\r\nContent-Length: 0\r\n\r\n"u8.ToArray()));
        var fault = await Assert.ThrowsAsync<HttpRequestException>(VerifyAsync);
        Assert.Contains("http://169.254.169.254/secret", fault.Message, StringComparison.Ordinal);
        Assert.Equal(1, _requests);
    }

    [Theory]
    [InlineData(1L << 62)]
    [InlineData((1L << 62) + 12_345)]
    [InlineData(long.MaxValue)]
    public async Task Entries_that_were_signed_for_and_are_not_there_are_missed_at_once(long size)
    {
        // Tiles in plenty, but they do not have the root; and none at all.
        foreach (var tiles in (bool[])[true, false])
        {
            _requests = 0;
            var note = Encoding.UTF8.GetBytes(_keys.Sign("example.org/liar", size, MerkleTree.LeafHash("root"u8)).Note);
            using var server = new LyingServerTests();
            server.Serve((asked, stream) => AnswerAsync(stream, asked switch
            {
                "checkpoint" => SmallLog.Ok(note),
                _ when tiles && asked.StartsWith("tile/", StringComparison.Ordinal) && !asked.Contains("entries", StringComparison.Ordinal) =>
                    SmallLog.Ok(new byte[Tile.Parse(asked).Width * Hash.Size]),
                _ => SmallLog.NotFound,
            }));
            var report = await server.VerifyAsync(_keys.Verifier);
            Assert.Equal(size, report.Size);
            Assert.Contains(report.Checks, check => check is { Ok: false, Name: "tiles" });
            Assert.Contains(report.Checks, check => check is { Ok: false, Name: "checkpoints" });
            Assert.InRange(server._requests, 1, 40);
        }
    }

    [Fact]
    public async Task An_honest_log_verifies_and_one_changed_entry_in_it_is_found()
    {
        var log = new SmallLog(_keys, 700);
        string? changed = null;
        Serve((asked, stream) =>
        {
            var answer = log.Answer(asked);
            if (asked == changed) answer[^1] ^= 1;
            return AnswerAsync(stream, answer);
        });
        Assert.True((await VerifyAsync()).Ok);
        // A bundle in the middle is found by the tiles above it, whose hash stands for all 256 entries.
        foreach (var (path, index) in ((string, long)[])[("tile/entries/000", 255), ("tile/entries/001", 256), ("tile/entries/002.p/188", 699)])
        {
            changed = path;
            var report = await VerifyAsync();
            Assert.False(report.Ok);
            Assert.Equal(index, report.FirstWrong);
        }
    }

    [Fact]
    public async Task A_bundle_without_end_is_not_read()
    {
        var log = new SmallLog(_keys, 300);
        Serve(async (asked, stream) =>
        {
            await AnswerAsync(stream, asked.StartsWith("tile/entries", StringComparison.Ordinal) ? SmallLog.Ok(new byte[2 << 20]) : log.Answer(asked));
        });
        await Assert.ThrowsAsync<InvalidDataException>(VerifyAsync);
    }

    Task<VerifyReport> VerifyAsync() => VerifyAsync(_keys.Verifier);

    Task<VerifyReport> VerifyAsync(VerifierKey key) => LogVerifier.VerifyAsync(
        new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/"), new VerifyRequest(key, []), null, Short, Ct)
        .WaitAsync(TimeSpan.FromSeconds(25), Ct);

    /// <summary>Answers each request on a connection of its own.</summary>
    void Serve(Func<string, NetworkStream, Task> answer) => _ = Task.Run(async () =>
    {
        while (!_over.IsCancellationRequested)
        {
            var client = await _listener.AcceptTcpClientAsync(_over.Token);
            _ = Task.Run(async () =>
            {
                using (client)
                {
                    var stream = client.GetStream();
                    using var reader = new StreamReader(stream, leaveOpen: true);
                    var line = await reader.ReadLineAsync(_over.Token);
                    while (!string.IsNullOrEmpty(await reader.ReadLineAsync(_over.Token))) { }
                    Interlocked.Increment(ref _requests);
                    await answer(line!.Split(' ')[1][1..], stream);
                }
            });
        }
    });

    static async Task AnswerAsync(NetworkStream stream, byte[] answer) => await stream.WriteAsync(answer);

    /// <summary>An honest log of small entries, as its paths show it.</summary>
    sealed class SmallLog
    {
        public static readonly byte[] NotFound = "HTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"u8.ToArray();

        readonly Dictionary<string, byte[]> _answers = [];

        public SmallLog(LogKeys keys, int size)
        {
            var entries = Enumerable.Range(0, size).Select(i => (ReadOnlyMemory<byte>)BitConverter.GetBytes(i)).ToList();
            var rows = new Dictionary<int, List<Hash>>();
            var range = new CompactRange();
            foreach (var entry in entries)
                range.Append(MerkleTree.LeafHash(entry.Span), (node, hash) =>
                {
                    if (node.Level % Tile.Height != 0) return;
                    if (!rows.TryGetValue(node.Level / Tile.Height, out var row)) rows[node.Level / Tile.Height] = row = [];
                    row.Add(hash);
                });
            _answers["checkpoint"] = Encoding.UTF8.GetBytes(keys.Sign(keys.Verifier.Name, size, range.Root()).Note);
            foreach (var tile in Tile.Of(size))
                _answers[tile.Path] = Hash.Bytes(rows[tile.Level].GetRange((int)tile.Index * Tile.FullWidth, tile.Width).ToArray()).ToArray();
            for (var first = 0; first < size; first += Tile.FullWidth)
            {
                var bundle = EntryBundle.Holding(first, size);
                _answers[bundle.Path] = EntryBundle.Encode(entries.GetRange(first, bundle.Width));
            }
        }

        public byte[] Answer(string path) => _answers.TryGetValue(path, out var body) ? Ok(body) : NotFound;

        public static byte[] Ok(byte[] body) =>
            [.. Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: {body.Length}\r\n\r\n"), .. body];
    }
}
