using System.Net;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Probity.Access.Contract;
using Probity.Reports.Contract;
using Probity.Reports.Exchanging;
using Probity.Reports.Handling;
using Probity.Reports.Keys;
using Probity.Storage;

namespace Probity.Tests.Reports;

/// <summary>Somebody changes the deposits of a node, and a reader looks before the daily comparison does.</summary>
public sealed class HeldReadingTests
{
    /// <summary>Records 0 and 1 are reports, record 2 is what the source of the second added; all fetched, compared, and seen by a key.</summary>
    static async Task<(ReportScene Scene, IntakeStandIn Side, Guid First, Guid Second)> StartAsync()
    {
        var scene = await ReportScene.StartAsync();
        await scene.GiveKeysAsync();
        var side = await IntakeStandIn.StartAsync(scene);
        side.Connect(scene);
        var first = (await scene.ReportAsync(text: "FIRST")).Report;
        var (second, keys) = await scene.ReportAsync(text: "SECOND");
        await RunAsync(scene);
        await scene.AddAsync(second, keys, "AND MORE");
        await RunAsync(scene);
        var reader = await UnlockedAsync(scene);
        Assert.DoesNotContain(HandlingText.Of("broken.list"), await reader.TextAsync("/reports"), StringComparison.Ordinal);
        return (scene, side, first, second);
    }

    static async Task RunAsync(ReportScene scene) => Assert.True(await scene.Services.GetRequiredService<IntakeExchange>().RunOnceAsync(default));

    static async Task<Access.Browser> UnlockedAsync(ReportScene scene)
    {
        var who = await scene.Host.SignedInAsync(Role.Integrity);
        Assert.Equal(HttpStatusCode.SeeOther, (await who.PostAsync(ShowKey.Address + "/unlock", await who.TextAsync(ShowKey.Address), new() { ["open"] = ReportScene.Passphrase })).StatusCode);
        return who;
    }

    static string[] Done(string what, Guid first, Guid second) => what switch
    {
        "swapped" => ["UPDATE deposits SET idx = 99 WHERE idx = 0", "UPDATE deposits SET idx = 0 WHERE idx = 1", "UPDATE deposits SET idx = 1 WHERE idx = 99"],
        // Each receipt stands at its number; only whose it is was changed.
        "columns swapped" => [$"UPDATE deposits SET report = CASE idx WHEN 0 THEN x'{second:N}' ELSE x'{first:N}' END WHERE idx < 2"],
        "gone" => ["DELETE FROM deposits WHERE idx = 1"],
        "of another day" => ["UPDATE deposits SET day = day - 30 WHERE idx = 1"],
        _ => ["UPDATE deposits SET receipt = x'00' WHERE idx = 1"],
    };

    static void Edit(ReportScene scene, params string[] statements)
    {
        using var connection = new SqliteConnection($"Data Source={NodeFolder.At(scene.Host.DataFolder).ReportsFile};Pooling=False");
        connection.Open();
        foreach (var statement in statements)
        {
            using var command = connection.CreateCommand();
            command.CommandText = statement;
            command.ExecuteNonQuery();
        }
    }

    [Theory]
    [InlineData("swapped", "0-1"), InlineData("columns swapped", "0-1"), InlineData("gone", "1-1"), InlineData("of another day", "1-1"), InlineData("broken", "1-1")]
    public async Task A_reader_is_told_at_once_and_all_is_compared_with_the_next_exchange(string what, string named)
    {
        var (scene, side, first, second) = await StartAsync();
        await using var _ = scene;
        await using var __ = side;
        Edit(scene, Done(what, first, second));
        // In a session that had not looked before, too: the key knows.
        var reader = await UnlockedAsync(scene);
        var page = await reader.GetAsync($"/reports/{second:D}");
        var text = await page.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, page.StatusCode);
        Assert.Contains(HandlingText.Of("broken.none"), text, StringComparison.Ordinal);
        Assert.DoesNotContain("FIRST", text, StringComparison.Ordinal);
        var list = await reader.TextAsync("/reports");
        Assert.Contains(HandlingText.Of("broken.list"), list, StringComparison.Ordinal);
        Assert.Contains($"/reports/{second:D}", list, StringComparison.Ordinal);
        // What nobody knows of is not there, as before; and opening what cannot be shown is no entry that would say which it was.
        Assert.Equal(HttpStatusCode.NotFound, (await reader.GetAsync($"/reports/{Guid.NewGuid():D}")).StatusCode);

        // On the same day, with one entry that names numbers, and no second checkpoint.
        var before = (await scene.Host.RecordAsync()).Count;
        await RunAsync(scene);
        var told = Assert.Single((await scene.Host.RecordAsync()).Skip(before));
        Assert.Equal(named, string.Join(',', Assert.IsType<RecordsReturned>(told.Event).Records.Select(r => $"{r.From}-{r.To}")));
        Assert.Contains("SECOND", await reader.TextAsync($"/reports/{second:D}"), StringComparison.Ordinal);
        Assert.DoesNotContain(HandlingText.Of("broken.list"), await reader.TextAsync("/reports"), StringComparison.Ordinal);
        // Once it is well nothing is compared a second time.
        side.Asked.Clear();
        await RunAsync(scene);
        Assert.DoesNotContain("GET /exchange/checkpoint", side.Asked);
    }

    [Fact]
    public async Task What_is_left_of_a_report_is_shown_and_said_to_be_not_all_of_it()
    {
        var (scene, side, _, second) = await StartAsync();
        await using var _ = scene;
        await using var __ = side;
        Edit(scene, "DELETE FROM deposits WHERE idx = 2");
        var reader = await UnlockedAsync(scene);
        var page = await reader.TextAsync($"/reports/{second:D}");
        Assert.Contains("SECOND", page, StringComparison.Ordinal);
        Assert.DoesNotContain("AND MORE", page, StringComparison.Ordinal);
        Assert.Contains(HandlingText.Of("broken.some"), page, StringComparison.Ordinal);
        Assert.Contains(HandlingText.Of("mark.broken"), await reader.TextAsync("/reports"), StringComparison.Ordinal);
        // A report that two erased is not broken, whoever knew it.
        await scene.EraseAsync(second);
        Assert.Equal(HttpStatusCode.NotFound, (await reader.GetAsync($"/reports/{second:D}")).StatusCode);
    }

    /// <summary>Where the reporter's side does not answer any more: below the last checkpoint the record tells what is missing, above it what a reader's key remembers.</summary>
    [Theory]
    [InlineData(null, nameof(ProtectionSays.Nothing)), InlineData("DELETE FROM deposits WHERE idx = 1", nameof(ProtectionSays.Unsure)), InlineData("DELETE FROM deposits WHERE idx = 2", nameof(ProtectionSays.Unsure))]
    public async Task Whether_a_report_can_be_missing_is_told_without_the_other_side(string? done, string says)
    {
        var (scene, side, _, _) = await StartAsync();
        await using var _ = scene;
        await side.DisposeAsync();
        var who = ReportScene.As(Role.Integrity);
        Assert.IsType<UnlockOutcome.Done>(await scene.UnlockAsync(who));
        Assert.Equal(2, (await scene.Reader.ListAsync(who, default)).Count);
        if (done is not null) Edit(scene, done);
        // As after a start.
        scene.Services.GetRequiredService<HeldDoubt>().Raise();
        await using var scope = scene.Services.CreateAsyncScope();
        Assert.Equal(says, (await scope.ServiceProvider.GetRequiredService<IProtectedPeople>().LookAsync(who, Access.StaffHost.Of(Role.Officer), null, default)).Says.ToString());
    }

    /// <summary>A server that starts compares with its first exchange, whatever was compared on that day before.</summary>
    [Fact]
    public void Doubt_is_there_from_the_start_and_what_is_raised_meanwhile_stays()
    {
        var doubt = new HeldDoubt();
        var first = doubt.Open;
        Assert.NotNull(first);
        doubt.Raise();
        doubt.Settle(first.Value);
        Assert.NotNull(doubt.Open);
        doubt.Settle(doubt.Open.Value);
        Assert.Null(doubt.Open);
    }
}
