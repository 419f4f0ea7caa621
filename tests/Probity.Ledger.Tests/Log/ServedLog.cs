using System.Net;
using System.Net.Sockets;
using System.Text;
using Probity.Ledger.Formats;

namespace Probity.Ledger.Tests.Log;

/// <summary>A log's public part over HTTP on the loopback address, as C2SP tlog-tiles has it.</summary>
internal sealed class ServedLog : IAsyncDisposable
{
    readonly TransparencyLog _log;
    readonly HttpListener _listener = new();
    readonly Task _serving;

    public ServedLog(TransparencyLog log)
    {
        _log = log;
        using (var free = new TcpListener(IPAddress.Loopback, 0))
        {
            free.Start();
            Prefix = new Uri($"http://127.0.0.1:{((IPEndPoint)free.LocalEndpoint).Port}/");
        }

        _listener.Prefixes.Add(Prefix.AbsoluteUri);
        _listener.Start();
        _serving = Task.Run(ServeAsync);
    }

    public Uri Prefix { get; }

    async Task ServeAsync()
    {
        while (true)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync();
            }
            catch (Exception fault) when (fault is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            _ = Task.Run(() => AnswerAsync(context));
        }
    }

    async Task AnswerAsync(HttpListenerContext context)
    {
        var path = context.Request.Url!.AbsolutePath[1..];
        ReadOnlyMemory<byte>? answer = path == "checkpoint" ? Encoding.UTF8.GetBytes(_log.Checkpoint)
            : path == "predecessors" ? Encoding.UTF8.GetBytes(PredecessorList.Write(_log.Predecessors))
            : path.StartsWith("tile/entries/", StringComparison.Ordinal) ? await _log.ReadEntriesAsync(EntryBundle.Parse(path), CancellationToken.None)
            : await _log.ReadTileAsync(Tile.Parse(path), CancellationToken.None);
        context.Response.StatusCode = answer is null ? 404 : 200;
        if (answer is { } bytes) await context.Response.OutputStream.WriteAsync(bytes);
        context.Response.Close();
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _serving;
        _listener.Close();
    }
}
