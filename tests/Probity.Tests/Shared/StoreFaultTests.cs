using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Probity.Access.Contract;
using Probity.Cli.Hosting;
using Probity.Ledger;
using Probity.Storage;
using Probity.Tests.Access;

namespace Probity.Tests.Shared;

/// <summary>What the server says and does when its disk refuses, and when a file beside the record is damaged.</summary>
public sealed class StoreFaultTests
{
    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_store_that_refuses_is_a_problem_that_says_so_and_the_server_goes_on()
    {
        await using var host = await StaffHost.StartAsync();
        var admin = await host.SignedInAsync(Role.Administrator);
        var token = host.DemoToken(Role.Officer);
        // The database itself refuses, as it does on a full disk.
        Run(host.DataFolder, "CREATE TRIGGER full BEFORE INSERT ON record BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END");
        using var refused = await admin.PostJsonAsync("/api/people", new { name = "Somebody new" });
        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        Assert.Equal("application/problem+json", refused.Content.Headers.ContentType?.MediaType);
        Assert.Equal(TimeSpan.FromSeconds(60), refused.Headers.RetryAfter?.Delta);
        var problem = await refused.Content.ReadFromJsonAsync<JsonElement>(Cancel);
        Assert.Contains("not confirmed. Try again in a few minutes", problem.GetProperty("title").GetString(), StringComparison.Ordinal);

        using var page = await host.Open().GetAsync("/demo/sign-in/" + token);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, page.StatusCode);
        var text = WebUtility.HtmlDecode(await page.Content.ReadAsStringAsync(Cancel));
        Assert.Contains("The record cannot be reached just now", text, StringComparison.Ordinal);
        Assert.DoesNotContain("ledger.db", text, StringComparison.Ordinal);
        var lines = host.Logs.Lines.Where(line => line.Contains("disk is full", StringComparison.Ordinal) && line.Contains("Incident", StringComparison.Ordinal)).ToList();
        Assert.Equal(2, lines.Count);
        Assert.All(lines, line => Assert.DoesNotContain('\n', line));

        Run(host.DataFolder, "DROP TRIGGER full");
        await admin.MadeAsync("/api/people", new { name = "Somebody new" });
        await host.SignedInAsync(Role.Officer);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(4_096)]
    public async Task Damaged_views_are_made_anew(int from)
    {
        using var place = new Place();
        await MakeAsync(place.Data);
        Damage(NodeFolder.At(place.Data).ViewsFile, from);
        await using var app = await BuildAsync(place.Data);
        await app.StartAsync(Cancel);
        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(new Uri("/", UriKind.Relative), Cancel)).StatusCode);
        await app.StopAsync(Cancel);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(4_096)]
    public async Task Damaged_credentials_are_refused_in_one_line(int from)
    {
        using var place = new Place();
        await MakeAsync(place.Data);
        var file = NodeFolder.At(place.Data).AccessFile;
        Damage(file, from);
        var fault = await Assert.ThrowsAsync<InvalidDataException>(() => BuildAsync(place.Data));
        Assert.StartsWith(file, fault.Message, StringComparison.Ordinal);
        Assert.Contains("put its newest backup back", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', fault.Message);
    }

    static void Damage(string file, int from)
    {
        var bytes = File.ReadAllBytes(file);
        Assert.True(bytes.Length > from + 2_048);
        new Random(1).NextBytes(bytes.AsSpan(from, 2_048));
        File.WriteAllBytes(file, bytes);
        File.Delete(file + "-wal");
        File.Delete(file + "-shm");
    }

    static async Task MakeAsync(string data)
    {
        await (await NodeFolder.CreateAsync(data, "probity.example/damaged", TimeProvider.System, new LogOptions(), Cancel)).DisposeAsync();
        await (await BuildAsync(data)).DisposeAsync();
        // The views' pool holds its file until it is told; a stopped process lets go of it.
        SqliteConnection.ClearAllPools();
    }

    static Task<Microsoft.AspNetCore.Builder.WebApplication> BuildAsync(string data) =>
        StaffServer.BuildAsync(new StaffServerOptions(data) { Port = 0, Logging = logging => logging.ClearProviders() }, Cancel);

    static void Run(string data, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={NodeFolder.At(data).LedgerFile};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    sealed class Place : IDisposable
    {
        readonly string _folder = Directory.CreateTempSubdirectory("probity-test-").FullName;

        public string Data => Path.Combine(_folder, "data");

        public void Dispose() => Directory.Delete(_folder, recursive: true);
    }
}
