using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Probity.Ledger;
using Probity.Ledger.Formats;
using Probity.Shared;
using Probity.Storage;

namespace Probity.Tests.Shared;

/// <summary>A real log behind a real port, read as a stranger reads it.</summary>
public sealed class PublicLogTests : IAsyncLifetime
{
    const int Entries = 300;

    readonly string _folder = Directory.CreateTempSubdirectory("probity-").FullName;
    readonly HttpClient _client = new();
    TransparencyLog _log = null!;
    WebApplication _app = null!;

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _log = await NodeFolder.CreateAsync(_folder, "example.org/public", TimeProvider.System, new LogOptions(), Ct);
        await AppendAsync(Entries);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton(_log);
        _app = builder.Build();
        _app.MapPublicLog();
        await _app.StartAsync(Ct);
        var address = _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        _client.BaseAddress = new Uri(address + "/log/");
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _app.DisposeAsync();
        await _log.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Checkpoint_key_tiles_and_entries_are_served_as_the_log_has_them()
    {
        var checkpoint = await _client.GetAsync("checkpoint", Ct);
        Assert.Equal("text/plain; charset=utf-8", checkpoint.Content.Headers.ContentType?.ToString());
        Assert.Equal(_log.Checkpoint, await checkpoint.Content.ReadAsStringAsync(Ct));
        Assert.Equal(_log.VerifierKey, VerifierKey.Parse((await _client.GetStringAsync("vkey", Ct)).TrimEnd('\n')));
        foreach (var tile in Tile.Of(Entries))
        {
            var response = await _client.GetAsync(tile.Path, Ct);
            Assert.Equal("application/octet-stream", response.Content.Headers.ContentType?.ToString());
            Assert.Contains("immutable", response.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
            Assert.Equal((await _log.ReadTileAsync(tile, Ct))!.Value.ToArray(), await response.Content.ReadAsByteArrayAsync(Ct));
        }

        foreach (var bundle in (EntryBundle[])[new(0), new(1, 44), new(1, 3)])
            Assert.Equal((await _log.ReadEntriesAsync(bundle, Ct))!.Value.ToArray(), await _client.GetByteArrayAsync(bundle.Path, Ct));
    }

    [Theory]
    [InlineData("tile/0/001.p/45")]
    [InlineData("tile/0/001")]
    [InlineData("tile/0/001.p/0")]
    [InlineData("tile/0/1")]
    [InlineData("tile/00/000")]
    [InlineData("tile/0/000/")]
    [InlineData("tile/0/000.p/256")]
    [InlineData("tile/0/%30%30%31.p%2f44")]
    [InlineData("tile/2/000.p/1")]
    [InlineData("tile/64/000")]
    [InlineData("tile/-1/000")]
    [InlineData("tile/0/x000/000")]
    [InlineData("tile/entries/002.p/1")]
    [InlineData("tile/entries/001.p/45")]
    [InlineData("tile/entries/")]
    [InlineData("tile/")]
    [InlineData("tile/0/x999/x999/x999/x999/x999/x999/999")]
    public async Task What_the_tree_does_not_have_is_not_found(string path) =>
        Assert.Equal(HttpStatusCode.NotFound, (await _client.GetAsync(path, Ct)).StatusCode);

    [Fact]
    public async Task A_stranger_verifies_the_whole_log_and_that_it_only_grew()
    {
        var old = _log.Checkpoint;
        await AppendAsync(700);
        var report = await LogVerifier.VerifyAsync(_client.BaseAddress!, new VerifyRequest(_log.VerifierKey, [old]), null, Ct);
        Assert.True(report.Ok, string.Join('\n', report.Checks));
        Assert.Equal((Entries + 700, true), (report.Size, report.KeyGiven));

        using var other = LogKeys.Generate("example.org/public");
        Assert.False((await LogVerifier.VerifyAsync(_client.BaseAddress!, new VerifyRequest(other.Verifier, []), null, Ct)).Ok);
    }

    [Fact]
    public async Task A_log_that_does_not_answer_is_no_finding() =>
        await Assert.ThrowsAsync<HttpRequestException>(() =>
            LogVerifier.VerifyAsync(new Uri("http://127.0.0.1:9/log/"), new VerifyRequest(_log.VerifierKey, []), null, Ct));

    async Task AppendAsync(int count) =>
        await _log.AppendAsync([], [.. Enumerable.Range(0, count).Select(i => new NewEntry(
            new StreamId(Guid.NewGuid()), "cases.opened.v1", new byte[i], new ActorId(Guid.NewGuid()), new CompartmentId(Guid.Empty)))], Ct);
}
