using System.Security.Cryptography;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Probity.Access.Contract;
using Probity.Ledger;
using Probity.Reports.Exchanging;
using Probity.Reports.Keys;
using Probity.Reports.Reading;
using Probity.Sealing;
using Probity.Shared.Record;
using Probity.Tests.Access;

namespace Probity.Tests.Reports;

/// <summary>What a session's keys open of the deposits of a real record.</summary>
public sealed class ReaderTests
{
    [Fact]
    public async Task A_report_opens_for_its_readers_in_an_unlocked_session_and_is_nothing_to_anybody_else()
    {
        await using var scene = await ReportScene.StartAsync();
        await scene.GiveKeysAsync();
        // The integrity officer is named: only the overseer gets a key.
        var (report, keys) = await scene.ReportAsync(new MustNotSee([], [], ["Quilombo Integrity"]), "CANARY-one");
        var (other, _) = await scene.ReportAsync(text: "CANARY-two");
        for (var cover = 0; cover < 3; cover++) await scene.RecordAsync(Deposit.Cover(await scene.BookAsync()));
        await scene.FetchAsync();
        var (integrity, overseer) = (ReportScene.As(Role.Integrity), ReportScene.As(Role.Overseer));
        Assert.False(scene.Reader.IsUnlocked(overseer));
        Assert.Empty(await scene.Reader.ListAsync(overseer, default));
        Assert.Null(await scene.Reader.OpenAsync(overseer, report, default));

        Assert.IsType<UnlockOutcome.Done>(await scene.UnlockAsync(overseer));
        Assert.IsType<UnlockOutcome.Done>(await scene.UnlockAsync(integrity));
        Assert.Equal([report, other], (await scene.Reader.ListAsync(overseer, default)).Select(r => r.Report).Order().OrderBy(r => r != report));
        Assert.Equal(other, Assert.Single(await scene.Reader.ListAsync(integrity, default)).Report);
        Assert.Null(await scene.Reader.OpenAsync(integrity, report, default));
        Assert.Null(await scene.Reader.OpenAsync(integrity, Guid.NewGuid(), default));

        var opened = await scene.Reader.OpenAsync(overseer, report, default);
        Assert.Equal("CANARY-one", ReportScene.Text(opened));
        Assert.Equal([StaffHost.Of(Role.Overseer)], opened!.Readers);
        Assert.Equal(keys.Key.Public, opened.Source);
        // All who read one report write about it with one key; of another they have another.
        var (two, three) = ((await scene.Reader.OpenAsync(overseer, other, default))!, (await scene.Reader.OpenAsync(integrity, other, default))!);
        Assert.True(two.StaffKey.Span.SequenceEqual(three.StaffKey.Span));
        Assert.False(two.StaffKey.Span.SequenceEqual(opened.StaffKey.Span));

        // Another session of the same person has nothing of it.
        var second = ReportScene.Session(StaffHost.Of(Role.Overseer), "another session", Role.Overseer);
        Assert.False(scene.Reader.IsUnlocked(second));
        Assert.Empty(await scene.Reader.ListAsync(second, default));
        Assert.Null(await scene.Reader.OpenAsync(second, report, default));
        Assert.Equal(0, scene.Count("CANARY"));
    }

    // Whoever must not see a report sees what they would see if there were none: the same list, the same pages, the same bytes beside their credentials.
    [Fact]
    public async Task For_whoever_is_barred_there_is_no_report_to_the_last_byte()
    {
        await using var scene = await ReportScene.StartAsync();
        await scene.GiveKeysAsync();
        var (readable, _) = await scene.ReportAsync();
        await scene.FetchAsync();
        var (integrity, browser) = (ReportScene.As(Role.Integrity), await scene.Host.SignedInAsync(Role.Integrity));
        await scene.UnlockAsync(integrity);
        var before = await SeenAsync();
        var entries = (await scene.Host.RecordAsync()).Count;
        var (barred, _) = await scene.ReportAsync(new MustNotSee([], [StaffHost.PostOf(Role.Integrity)], []));
        await scene.FetchAsync();
        Assert.Equal(before, await SeenAsync());
        Assert.Equal(entries, (await scene.Host.RecordAsync()).Count);
        Assert.Null(await scene.Reader.OpenAsync(integrity, barred, default));
        Assert.Equal(entries, (await scene.Host.RecordAsync()).Count);

        var overseer = ReportScene.As(Role.Overseer);
        await scene.UnlockAsync(overseer);
        Assert.Equal([readable, barred], (await scene.Reader.ListAsync(overseer, default)).OrderBy(r => r.LastIndex).Select(r => r.Report));

        async Task<List<string>> SeenAsync()
        {
            var seen = new List<string> { JsonSerializer.Serialize(await scene.Reader.ListAsync(integrity, default)) };
            foreach (var address in new[] { "/", ShowKey.Address, ShowKeys.Address, ShowExchange.Address, "/steps" })
                seen.Add(Regex.Replace(await browser.TextAsync(address), "name=\"__RequestVerificationToken\" value=\"[^\"]+\"", ""));
            return seen;
        }
    }

    [Fact]
    public async Task What_a_source_adds_goes_to_those_who_read_it_and_to_nobody_who_came_later()
    {
        await using var scene = await ReportScene.StartAsync((Role.Overseer, StaffHost.Agency));
        await scene.GiveKeysAsync();
        var (report, keys) = await scene.ReportAsync(text: "first");
        await scene.FetchAsync();
        await scene.GiveKeyAsync(StaffHost.Other(0), StaffHost.Of(Role.Integrity));
        scene.Host.Clock.Now += TimeSpan.FromMinutes(2);
        await scene.AddAsync(report, keys, "second");
        await scene.FetchAsync();
        var (integrity, late) = (ReportScene.As(Role.Integrity), ReportScene.Session(StaffHost.Other(0), "late", Role.Overseer));
        Assert.IsType<UnlockOutcome.Done>(await scene.UnlockAsync(integrity));
        Assert.IsType<UnlockOutcome.Done>(await scene.UnlockAsync(late));
        Assert.Equal("first|second", ReportScene.Text(await scene.Reader.OpenAsync(integrity, report, default)));
        Assert.Equal(scene.Intake.Size - 1, Assert.Single(await scene.Reader.ListAsync(integrity, default)).LastIndex);
        Assert.Null(await scene.Reader.OpenAsync(late, report, default));
        Assert.Empty(await scene.Reader.ListAsync(late, default));

        // Somebody who has the reporter's side puts words into the source's mouth: they bear another code.
        var book = await scene.BookAsync();
        await scene.RecordAsync(ReportScene.Seal(report, new SourceKeys(RandomNumberGenerator.GetBytes(32)), book, Routing.Of(book, MustNotSee.Nobody), false, null, "forged", null));
        await scene.FetchAsync();
        Assert.Equal("first|second", ReportScene.Text(await scene.Reader.OpenAsync(integrity, report, default)));

        // Nor does a second beginning let anybody in who had no part in the first.
        await scene.RecordAsync(ReportScene.Seal(report, new SourceKeys(RandomNumberGenerator.GetBytes(32)), book, Routing.Of(book, MustNotSee.Nobody), true, null, "a second beginning", null));
        await scene.FetchAsync();
        Assert.Null(await scene.Reader.OpenAsync(late, report, default));
        Assert.Empty(await scene.Reader.ListAsync(late, default));
    }

    [Fact]
    public async Task Whoever_is_barred_today_does_not_get_what_their_key_opens_and_the_others_see_that_they_asked()
    {
        await using var scene = await ReportScene.StartAsync();
        await scene.GiveKeysAsync();
        var (report, _) = await scene.ReportAsync(new MustNotSee([], [StaffHost.PostOf(Role.Vetting)], []));
        await scene.FetchAsync();
        var integrity = ReportScene.As(Role.Integrity);
        await scene.UnlockAsync(integrity);
        Assert.NotNull(await scene.Reader.OpenAsync(integrity, report, default));
        Assert.Single(await scene.Reader.ListAsync(integrity, default));

        // Whoever holds the post says since then that they are kin: that buries nothing that was sealed, until an overseer confirms it or the other says so too.
        var said = Guid.NewGuid();
        await TieAsync(Role.Vetting, Role.Integrity, said);
        Assert.NotNull(await scene.Reader.OpenAsync(integrity, report, default));
        Assert.Single(await scene.Reader.ListAsync(integrity, default));

        // Since then the integrity officer has married whoever holds the post.
        await TieAsync(Role.Integrity, Role.Vetting, Guid.NewGuid());
        Assert.Null(await scene.Reader.OpenAsync(integrity, report, default));
        Assert.Empty(await scene.Reader.ListAsync(integrity, default));
        Assert.Contains(await scene.Host.RecordAsync(), r => r.Event is ActionRefused { Code: ReportReader.Barred } && r.Actor.Value == StaffHost.Of(Role.Integrity) && r.Stream == Streams.RefusalsOf(new StreamId(report)));
        var overseer = ReportScene.As(Role.Overseer);
        await scene.UnlockAsync(overseer);
        Assert.NotNull(await scene.Reader.OpenAsync(overseer, report, default));

        async Task TieAsync(Role by, Role other, Guid tie) => await scene.Host.Log.AppendAsync([], [new NewEntry(
            Register.Stream, EventTypes.NameOf(typeof(TieDeclared)), EventTypes.Serialize(new TieDeclared(tie, StaffHost.Of(other), TieKind.Affinity, 1)),
            new ActorId(StaffHost.Of(by)), new CompartmentId(Register.Stream.Value))], default);
    }

    [Theory]
    [InlineData("Olga Muestra", "Olga Muestra", true), InlineData("Olga Mustra", "Olga Muestra", true), InlineData("muestra, olga", "Olga Muestra", true), InlineData("Dona Olga", "Olga Muestra", true)]
    [InlineData("Ogla Muestar", "Olga Muestra", true), InlineData("Olga Sousa", "Olga Muestra", false), InlineData("o meu chefe", "Olga Muestra", false), InlineData("Ana Lima", "Ada Lime Rocha", false), InlineData("Captain", "Captain", true)]
    [InlineData("Rui Paz", "Rita Pas", false), InlineData("", "Olga Muestra", false), InlineData("Constantino Evangelista", "Konstantin Evangelistas Pereira", true)]
    public void A_name_that_looks_like_the_readers_is_theirs(string written, string name, bool alike) => Assert.Equal(alike, NamesAlike.MayBe(written, name));

    [Fact]
    public async Task Whose_name_was_misspelt_at_the_door_gets_nothing_inside()
    {
        await using var scene = await ReportScene.StartAsync();
        await scene.GiveKeysAsync();
        var (report, _) = await scene.ReportAsync(new MustNotSee([], [], ["Qilombo Intergity"]));
        await scene.FetchAsync();
        var (integrity, overseer) = (ReportScene.As(Role.Integrity), ReportScene.As(Role.Overseer));
        await scene.UnlockAsync(integrity);
        await scene.UnlockAsync(overseer);
        Assert.Null(await scene.Reader.OpenAsync(integrity, report, default));
        Assert.Empty(await scene.Reader.ListAsync(integrity, default));
        Assert.NotNull(await scene.Reader.OpenAsync(overseer, report, default));
    }

    [Fact]
    public async Task A_replaced_key_opens_what_was_sealed_for_it_with_its_own_passphrase()
    {
        const string next = "candle ash trumpet violet harbour";
        await using var scene = await ReportScene.StartAsync();
        await scene.GiveKeysAsync();
        var (old, _) = await scene.ReportAsync(text: "old");
        await scene.GiveKeyAsync(StaffHost.Of(Role.Integrity), StaffHost.Of(Role.Overseer), next);
        scene.Host.Clock.Now += TimeSpan.FromMinutes(2);
        var (newer, _) = await scene.ReportAsync(text: "new");
        await scene.FetchAsync();
        var integrity = ReportScene.As(Role.Integrity);
        await scene.UnlockAsync(integrity, next);
        Assert.Equal(newer, Assert.Single(await scene.Reader.ListAsync(integrity, default)).Report);
        Assert.Null(await scene.Reader.OpenAsync(integrity, old, default));
        await scene.UnlockAsync(integrity);
        Assert.Equal(2, (await scene.Reader.ListAsync(integrity, default)).Count);
        Assert.Equal("old", ReportScene.Text(await scene.Reader.OpenAsync(integrity, old, default)));
    }

    [Fact]
    public async Task What_opens_is_known_at_the_next_unlocking_and_what_was_removed_is_not_listed()
    {
        await using var scene = await ReportScene.StartAsync();
        await scene.GiveKeysAsync();
        var (report, _) = await scene.ReportAsync();
        var (kept, _) = await scene.ReportAsync();
        await scene.FetchAsync();
        var integrity = ReportScene.As(Role.Integrity);
        await scene.UnlockAsync(integrity);
        Assert.Equal(2, (await scene.Reader.ListAsync(integrity, default)).Count);
        var unlocked = scene.Services.GetRequiredService<UnlockedKeys>();
        unlocked.End(StaffHost.Of(Role.Integrity));

        // With the deposits gone nothing could be opened anew: the list comes from what was known.
        using (var connection = new SqliteConnection($"Data Source={Path.Combine(scene.Host.DataFolder, "reports.db")};Pooling=False"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "UPDATE deposits SET receipt = x'00'";
            Assert.Equal(2, command.ExecuteNonQuery());
        }

        await scene.UnlockAsync(integrity);
        Assert.Equal(2, (await scene.Reader.ListAsync(integrity, default)).Count);
        await scene.EraseAsync(report);
        Assert.Equal(kept, Assert.Single(await scene.Reader.ListAsync(integrity, default)).Report);
        Assert.Null(await scene.Reader.OpenAsync(integrity, report, default));
        Assert.Empty(await scene.Deposits.OfReportAsync(report, default));
    }

    [Fact]
    public void What_is_known_is_as_long_whatever_it_is()
    {
        using var key = SealingKey.Generate();
        using var other = SealingKey.Generate();
        var some = new KnownReports(900, [new KnownDeposit(3, new DateOnly(2026, 3, 2), Guid.NewGuid(), true, new MustNotSee([Guid.NewGuid()], [], ["somebody"]))]);
        Assert.Equal(KnownReports.None.Seal(key.Public)!.Length, some.Seal(key.Public)!.Length);
        Assert.Equal(900, KnownReports.Open(key, some.Seal(key.Public)).Next);
        Assert.Same(KnownReports.None, KnownReports.Open(other, some.Seal(key.Public)));
        Assert.Same(KnownReports.None, KnownReports.Open(key, new byte[100]));
    }
}
