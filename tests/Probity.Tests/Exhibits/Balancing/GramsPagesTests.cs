using System.Net;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Probity.Access.Contract;
using Probity.Exhibits;
using Probity.Exhibits.Contract;
using Probity.Ledger.Formats;
using Probity.Shared.Record;
using Probity.Tests.Access;

namespace Probity.Tests.Exhibits.Balancing;

/// <summary>The account of a unit's grams through HTTP: who sees it, that everybody sees what is published, and that an edit of the record shows.</summary>
public sealed class GramsPagesTests
{
    static readonly string Unit = StaffHost.Unit.ToString("D");

    [Fact]
    public async Task Published_it_stays_as_it_is_and_an_edit_of_what_it_rests_on_shows()
    {
        await using var host = await StaffHost.StartAsync();
        var (matter, exhibits) = await GramsScene.PlayAsync(host);
        using var anybody = host.Open();
        using var integrity = await host.SignedInAsync(Role.Integrity);
        using var monitor = await host.SignedInAsync(Role.Monitor);
        using var officer = await host.SignedInAsync(Role.Officer);
        using var commander = await host.SignedInAsync(Role.Commander);

        // Nothing is published yet, and the account itself is for few.
        Assert.Contains("Nothing published yet", await anybody.TextAsync($"/grams/{Unit}"));
        foreach (var path in new[] { "/exhibits/grams", $"/exhibits/grams?unit={Unit}" })
        {
            Assert.NotEqual(HttpStatusCode.OK, (await anybody.GetAsync(path)).StatusCode);
            Assert.Equal(HttpStatusCode.NotFound, (await officer.GetAsync(path)).StatusCode);
        }

        var mine = await commander.TextAsync($"/exhibits/grams?unit={Unit}");
        Assert.Contains("6,024", mine);
        // A heading and a caption are no sentences.
        foreach (var language in new[] { "en", "es", "pt" })
            Assert.DoesNotMatch(@"\.\s*</(h1|h2|caption)>", await commander.TextAsync($"/exhibits/grams?unit={Unit}&lang={language}"));
        // The commander sees the sum, not whose exhibit it is: that goes past the unit.
        Assert.DoesNotContain($"/exhibits/{exhibits[2]:D}/grams", mine);
        Assert.DoesNotContain("Publish the account", mine);
        var page = await integrity.TextAsync($"/exhibits/grams?unit={Unit}");
        Assert.Contains($"/exhibits/{exhibits[2]:D}/grams", page);
        Assert.Contains("Does not add up", await officer.TextAsync($"/exhibits/{exhibits[2]:D}/grams"));
        Assert.Contains($"/exhibits/{exhibits[2]:D}/grams", await officer.TextAsync($"/cases/{matter:D}/grams"));
        Assert.Equal(HttpStatusCode.NotFound, (await monitor.GetAsync($"/exhibits/{exhibits[2]:D}/grams")).StatusCode);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await commander.PostAsync("/exhibits/grams/publish", mine, new() { ["unit"] = Unit })).StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, (await integrity.PostAsync("/exhibits/grams/publish", page, new() { ["unit"] = Unit })).StatusCode);
        var published = (await host.RecordAsync()).Single(r => r.Event is BalancePublished);
        var home = $"/grams/{Unit}/{published.Index}";
        var json = await anybody.TextAsync(home + "/statement.json");
        var statement = JsonDocument.Parse(json).RootElement.GetProperty("statement");
        var signed = Checkpoint.Open(SignedNote.Parse(statement.GetProperty("checkpoint").GetString()!), host.Log.VerifierKey).Checkpoint;
        Assert.Equal((published.Index, signed.Root.ToString()), (signed.Size, statement.GetProperty("root").GetString()));
        var line = Assert.Single(statement.GetProperty("lines").EnumerateArray().ToList());
        Assert.Equal(("6024", "38.4"), (line.GetProperty("seized").GetString(), line.GetProperty("less").GetString()));
        Assert.False(line.TryGetProperty("notAddingUp", out var told) && told.ValueKind == JsonValueKind.Number);
        Assert.Equal(HttpStatusCode.OK, (await anybody.GetAsync(home + "/receipt")).StatusCode);
        for (var attempt = 0; !(await anybody.TextAsync("/grams")).Contains($"/grams/{Unit}", StringComparison.Ordinal); attempt++)
        {
            Assert.True(attempt < 100, "What was published is not listed.");
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }

        Assert.DoesNotContain(matter.ToString("D"), await anybody.TextAsync(home));

        // What comes in later changes nothing of it.
        var balance = (await new RecordSession(host.Log).FoldAsync<Store>(Store.Stream)).Balances.Keys.Single();
        await GramsScene.WeighAsync(host, exhibits[0], StaffHost.Of(Role.Custodian), "1001.4", balance);
        Assert.Equal(json, await anybody.TextAsync(home + "/statement.json"));
        var seen = await monitor.TextAsync(home);
        var same = await monitor.PostAsync(home, seen, []);
        Assert.Contains("The same figures", await same.Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await officer.PostAsync(home, await officer.TextAsync("/exhibits"), [])).StatusCode);

        // Somebody with the database open changes one weighing.
        var weighed = (await host.RecordAsync()).First(r => r.Event is ExhibitWeighed { Mass.Value: 965.1m }).Index;
        await host.StopAsync();
        await using (var database = new SqliteConnection($"Data Source={Path.Combine(host.DataFolder, "ledger.db")};Pooling=False"))
        {
            await database.OpenAsync(TestContext.Current.CancellationToken);
            await using var edit = database.CreateCommand();
            edit.CommandText = $"UPDATE record SET sealed = zeroblob(length(sealed)) WHERE idx = {weighed}";
            Assert.Equal(1, await edit.ExecuteNonQueryAsync(TestContext.Current.CancellationToken));
        }

        await host.StartAgainAsync();
        using var again = await host.SignedInAsync(Role.Monitor);
        var found = await again.PostAsync(home, await again.TextAsync(home), []);
        Assert.Contains("Somebody has changed it", await found.Content.ReadAsStringAsync());
        Assert.Contains("Somebody has changed it", await host.Open().TextAsync(home));
    }
}
