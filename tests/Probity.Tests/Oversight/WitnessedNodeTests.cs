using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Probity.Cli.Hosting;
using Probity.Ledger;
using Probity.Ledger.Formats;
using Probity.Ledger.Witnessing;
using Probity.Storage;
using Probity.Testing;

namespace Probity.Tests.Oversight;

/// <summary>A whole node, its witnesses and its own part as a witness, over HTTP as partners would meet it.</summary>
public sealed class WitnessedNodeTests : IAsyncLifetime
{
    const string Origin = "probity.example/unit";

    static readonly WitnessPatience Patience = WitnessPatience.Usual with { Pause = TimeSpan.FromMilliseconds(100), Grace = TimeSpan.FromMilliseconds(100) };

    readonly string _place = Directory.CreateTempSubdirectory("probity-").FullName;
    readonly List<WebApplication> _running = [];
    readonly HttpClient _client = new();

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    string Node => Path.Combine(_place, "node");

    public async ValueTask InitializeAsync() =>
        await (await NodeFolder.CreateAsync(Node, Origin, TimeProvider.System, new LogOptions(), Ct)).DisposeAsync();

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        _running.Reverse();
        foreach (var app in _running) await app.DisposeAsync();
        Directory.Delete(_place, recursive: true);
    }

    [Fact]
    public async Task A_node_shows_the_public_what_its_witnesses_have_confirmed_and_verifies_against_them()
    {
        var (one, first) = await StartWitnessAsync("ombudsman.example");
        var (two, second) = await StartWitnessAsync("court.example");
        var policy = $"log {VerifierKeyOf(Node)}\nwitness ombudsman {one} {first}\nwitness court {two} {second}\ngroup both all ombudsman court\nquorum both\n";
        await File.WriteAllTextAsync(NodeFolder.At(Node).PolicyFile, policy, Ct);
        var node = await StartNodeAsync();
        var log = _running[^1].Services.GetRequiredService<TransparencyLog>();
        for (var i = 0; log.Witnessed?.Size != log.Size; i++)
        {
            Assert.True(i < 600, "The log was never confirmed.");
            await Task.Delay(100, Ct);
        }

        Assert.Equal(log.Witnessed.Note, await _client.GetStringAsync($"{node}log/checkpoint", Ct));
        Assert.Equal(log.Checkpoint, await _client.GetStringAsync($"{node}log/newest", Ct));
        var report = await LogVerifier.VerifyAsync(
            new Uri($"{node}log/"), new VerifyRequest(null, []) { Policy = TlogPolicy.Parse(Encoding.UTF8.GetBytes(policy)) }, null, Ct);
        Assert.True(report.Ok, string.Join('\n', report.Checks));
        Assert.Contains(report.Checks, check => check.Name == "witnesses" && check.Message.Contains("ombudsman at", StringComparison.Ordinal));
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Origin)));
        var shown = await _client.GetAsync($"{first}{hash}/checkpoint", Ct);
        Assert.Equal("public, max-age=2", shown.Headers.CacheControl?.ToString());
        Assert.StartsWith(SignedNote.Parse(log.Witnessed.Note).Text, await shown.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_policy_the_newest_checkpoint_is_shown_and_nobody_is_a_witness()
    {
        var node = await StartNodeAsync();
        var log = _running[^1].Services.GetRequiredService<TransparencyLog>();
        Assert.Equal(log.Checkpoint, await _client.GetStringAsync($"{node}log/checkpoint", Ct));
        Assert.Equal(log.Checkpoint, await _client.GetStringAsync($"{node}log/newest", Ct));
        Assert.Null(_running[^1].Services.GetRequiredService<NodeWitness>().OfOthers);
    }

    [Fact]
    public async Task A_node_answers_the_published_transcript_as_a_witness_of_its_partners()
    {
        var vector = JsonDocument.Parse(await File.ReadAllBytesAsync(ReferenceData.Path("ledger/vectors/witness-add-checkpoint.json"), Ct)).RootElement;
        await File.WriteAllTextAsync(NodeFolder.At(Node).WitnessedLogsFile, $"log {vector.GetProperty("logVkey").GetString()}\n", Ct);
        await AnswersAsync(vector, $"{await StartNodeAsync()}witness/", $"{Origin}/witness");
    }

    [Fact]
    public async Task A_witness_of_its_own_answers_it_too_and_has_a_page_in_each_language()
    {
        var vector = JsonDocument.Parse(await File.ReadAllBytesAsync(ReferenceData.Path("ledger/vectors/witness-add-checkpoint.json"), Ct)).RootElement;
        var (key, url) = await StartWitnessAsync("example.com/witness", vector.GetProperty("logVkey").GetString()!);
        await AnswersAsync(vector, url, "example.com/witness");
        foreach (var (language, word) in ((string, string)[])[("en", "Only added to"), ("es", "Solo se ha añadido"), ("pt", "Só foi acrescentado")])
        {
            using var asked = new HttpRequestMessage(HttpMethod.Get, url) { Headers = { { "Accept-Language", language } } };
            var page = WebUtility.HtmlDecode(await (await _client.SendAsync(asked, Ct)).Content.ReadAsStringAsync(Ct));
            Assert.Contains(word, page, StringComparison.Ordinal);
            Assert.Contains(key.ToString(), page, StringComparison.Ordinal);
            Assert.Contains(vector.GetProperty("origin").GetString()!, page, StringComparison.Ordinal);
            Assert.DoesNotContain("sign-in", page, StringComparison.Ordinal);
        }

        Assert.Equal(HttpStatusCode.NotFound, (await _client.GetAsync($"{url}{new string('0', 64)}/checkpoint", Ct)).StatusCode);
        using var endless = new ByteArrayContent(new byte[Witness.MaxRequest + 1]);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await _client.PostAsync($"{url}add-checkpoint", endless, Ct)).StatusCode);
    }

    [Fact]
    public async Task A_stopped_node_starts_and_is_read_and_records_nothing()
    {
        await File.WriteAllTextAsync(NodeFolder.At(Node).StoppedFile, "evidence\n", Ct);
        var node = await StartNodeAsync();
        Assert.Equal(HttpStatusCode.OK, (await _client.GetAsync(node, Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await _client.GetAsync($"{node}log/checkpoint", Ct)).StatusCode);
        var log = _running[^1].Services.GetRequiredService<TransparencyLog>();
        Assert.Equal(0, log.Size);
        Assert.NotNull(log.Stopped);
    }

    async Task AnswersAsync(JsonElement vector, string prefix, string name)
    {
        foreach (var step in vector.GetProperty("steps").EnumerateArray())
        {
            using var body = new ByteArrayContent(Encoding.UTF8.GetBytes(step.GetProperty("body").GetString()!));
            var answer = await _client.PostAsync($"{prefix}add-checkpoint", body, Ct);
            Assert.Equal(step.GetProperty("specStatus").GetInt32(), (int)answer.StatusCode);
            Assert.Equal("text/plain", answer.Content.Headers.ContentType?.MediaType);
            if (answer.IsSuccessStatusCode) Assert.StartsWith($"— {name} ", await answer.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        }

        using var again = new StringContent(vector.GetProperty("steps")[0].GetProperty("body").GetString()!, Encoding.UTF8, "text/plain");
        var conflict = await _client.PostAsync($"{prefix}add-checkpoint", again, Ct);
        Assert.Equal((HttpStatusCode.Conflict, "text/x.tlog.size", "3\n"),
            (conflict.StatusCode, conflict.Content.Headers.ContentType?.ToString(), await conflict.Content.ReadAsStringAsync(Ct)));
    }

    async Task<string> StartNodeAsync()
    {
        var app = await StaffServer.BuildAsync(new StaffServerOptions(Node) { Port = 0, Witnesses = Patience, Logging = l => l.ClearProviders() }, Ct);
        _running.Add(app);
        await app.StartAsync(Ct);
        return app.Urls.First() + "/";
    }

    async Task<(VerifierKey Key, string Url)> StartWitnessAsync(string name, string? log = null)
    {
        var folder = Path.Combine(_place, name.Replace('/', '-'));
        var logs = folder + ".logs";
        await File.WriteAllTextAsync(logs, $"log {log ?? VerifierKeyOf(Node).ToString()}\n", Ct);
        var witness = await WitnessFolder.OpenAsync(folder, name, logs, TimeProvider.System);
        var app = WitnessServer.Build(witness, 0);
        _running.Add(app);
        await app.StartAsync(Ct);
        return (witness.VerifierKey, app.Urls.First() + "/");
    }

    static VerifierKey VerifierKeyOf(string node)
    {
        using var keys = LogKeys.Read(NodeFolder.At(node).SecretsFolder);
        return keys.Verifier;
    }
}
