using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Probity.Access.Contract;
using Probity.Reports.Contract;
using Probity.Reports.Keys;
using Probity.Shared.Record;
using Probity.Tests.Access;

namespace Probity.Tests.Reports;

/// <summary>Keys through the pages of the real server.</summary>
public sealed class KeyPagesTests
{
    static string Hidden(string page, string name) => Regex.Match(page, $"name=\"{name}\" value=\"([^\"]+)\"").Groups[1].Value.Replace("&#x2B;", "+", StringComparison.Ordinal);

    static async Task<HttpResponseMessage> PostAsync(Tests.Access.Browser who, string address, string what, params (string Field, string Value)[] fields) =>
        await who.PostAsync($"{address}/{what}", await who.TextAsync(address), fields.ToDictionary(f => f.Field, f => f.Value));

    static async Task DoneAsync(Tests.Access.Browser who, string address, string what, params (string Field, string Value)[] fields) =>
        Assert.Equal(HttpStatusCode.SeeOther, (await PostAsync(who, address, what, fields)).StatusCode);

    static Task MakeAsync(Tests.Access.Browser who, string passphrase = ReportScene.Passphrase) => DoneAsync(who, ShowKey.Address, "make", ("passphrase", passphrase), ("again", passphrase));

    static async Task<bool> IsUnlockedAsync(Tests.Access.Browser who) => (await who.TextAsync(ShowKey.Address)).Contains(">Unlocked<", StringComparison.Ordinal);

    [Fact]
    public async Task A_key_is_made_compared_by_another_goes_into_the_book_and_opens_in_one_session_alone()
    {
        await using var host = await StaffHost.StartAsync();
        var (integrity, overseer) = (await host.SignedInAsync(Role.Integrity), await host.SignedInAsync(Role.Overseer));
        Assert.Contains(ShowKey.Address, await integrity.TextAsync("/"), StringComparison.Ordinal);
        var unfit = await PostAsync(integrity, ShowKey.Address, "make", ("passphrase", "short"), ("again", "short"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, unfit.StatusCode);
        await MakeAsync(integrity);
        var fingerprint = Regex.Match(await integrity.TextAsync(ShowKey.Address), "<strong>([0-9a-f ]{19})</strong>").Groups[1].Value;

        // Nobody confirms their own; the other reads the same sixteen characters.
        Assert.DoesNotContain("They are the same", await integrity.TextAsync(ShowKeys.Address), StringComparison.Ordinal);
        var page = await overseer.TextAsync(ShowKeys.Address);
        Assert.Contains(fingerprint, page, StringComparison.Ordinal);
        Assert.Contains("no report can be sealed", page, StringComparison.Ordinal);
        await DoneAsync(overseer, ShowKeys.Address, "confirm", ("person", Hidden(page, "person")), ("key", Hidden(page, "key")));
        Assert.Contains("Book 1", await overseer.TextAsync(ShowKeys.Address), StringComparison.Ordinal);
        var issued = Assert.Single((await host.RecordAsync()).Select(r => r.Event).OfType<BookIssued>());
        Assert.Equal(StaffHost.Of(Role.Integrity), Assert.Single(issued.Holders).Id);

        var second = await host.SignedInAsync(Role.Integrity);
        await DoneAsync(integrity, ShowKey.Address, "unlock", ("open", ReportScene.Passphrase));
        Assert.True(await IsUnlockedAsync(integrity));
        Assert.False(await IsUnlockedAsync(second));
        Assert.Single(await host.RecordAsync(), r => r.Event is KeyUnlocked && r.Actor.Value == StaffHost.Of(Role.Integrity) && r.Compartment.Value == StaffHost.Of(Role.Integrity));
        await DoneAsync(integrity, ShowKey.Address, "lock");
        Assert.False(await IsUnlockedAsync(integrity));

        // Neither the passphrase nor the private key lies anywhere in the clear.
        await host.StopAsync();
        foreach (var file in Directory.EnumerateFiles(host.DataFolder, "*", SearchOption.AllDirectories))
            Assert.DoesNotContain(ReportScene.Passphrase, System.Text.Encoding.Latin1.GetString(await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken)), StringComparison.Ordinal);
        await host.StartAgainAsync();
    }

    [Fact]
    public async Task Unlocked_keys_are_locked_by_signing_out_by_time_and_with_the_post()
    {
        await using var scene = await ReportScene.StartAsync((Role.Overseer, StaffHost.Agency));
        var host = scene.Host;
        await scene.GiveKeysAsync();
        var integrity = await host.SignedInAsync(Role.Integrity);
        await DoneAsync(integrity, ShowKey.Address, "unlock", ("open", ReportScene.Passphrase));
        await integrity.PostAsync("/sign-out", await integrity.TextAsync("/"), []);
        Assert.Empty(host.Services.GetRequiredService<UnlockedKeys>().People);

        integrity = await host.SignedInAsync(Role.Integrity);
        Assert.False(await IsUnlockedAsync(integrity));
        await DoneAsync(integrity, ShowKey.Address, "unlock", ("open", ReportScene.Passphrase));
        host.Clock.Now += UnlockedKeys.Idle - TimeSpan.FromMinutes(1);
        Assert.True(await IsUnlockedAsync(integrity));
        host.Clock.Now += UnlockedKeys.Idle;
        Assert.Empty(host.Services.GetRequiredService<UnlockedKeys>().People);

        // Used all the time, they are locked after eight hours all the same.
        var keys = host.Services.GetRequiredService<UnlockedKeys>();
        var who = ReportScene.As(Role.Integrity);
        Assert.IsType<UnlockOutcome.Done>(await scene.UnlockAsync(who));
        for (var passed = TimeSpan.Zero; passed < UnlockedKeys.Longest - TimeSpan.FromMinutes(20); passed += TimeSpan.FromMinutes(20))
        {
            host.Clock.Now += TimeSpan.FromMinutes(20);
            Assert.NotNull(keys.Of(who));
        }

        host.Clock.Now += TimeSpan.FromMinutes(20);
        Assert.Null(keys.Of(who));

        Assert.IsType<UnlockOutcome.Done>(await scene.UnlockAsync(who));
        await EndPostingAsync(host, Role.Integrity);
        await host.Services.GetRequiredService<KeepLocked>().RunOnceAsync(default);
        Assert.Empty(keys.People);
        Assert.Equal(Bars.Role, Assert.IsType<UnlockOutcome.Refused>(await scene.UnlockAsync(who)).Code);
    }

    [Fact]
    public async Task Wrong_passphrases_are_on_the_record_and_five_have_to_wait_through_a_restart()
    {
        await using var scene = await ReportScene.StartAsync();
        var host = scene.Host;
        await scene.GiveKeysAsync();
        var integrity = await host.SignedInAsync(Role.Integrity);
        for (var attempt = 0; attempt < Unlock.Tries; attempt++)
        {
            var wrong = await PostAsync(integrity, ShowKey.Address, "unlock", ("open", ReportScene.Passphrase + "s"));
            Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
            host.Clock.Now += TimeSpan.FromSeconds(10);
        }

        Assert.Equal(Unlock.Tries, (await host.RecordAsync()).Count(r => r.Event is KeyNotUnlocked));
        await host.StopAsync();
        await host.StartAgainAsync();
        var right = await scene.UnlockAsync(ReportScene.As(Role.Integrity));
        Assert.Equal(Unlock.Wait, Assert.IsType<UnlockOutcome.Refused>(right).Code);
        // Nobody else waits for it.
        Assert.IsType<UnlockOutcome.Done>(await scene.UnlockAsync(ReportScene.As(Role.Overseer)));
        host.Clock.Now += Unlock.Window;
        Assert.IsType<UnlockOutcome.Done>(await scene.UnlockAsync(ReportScene.As(Role.Integrity)));
    }

    [Fact]
    public async Task A_key_that_one_found_another_is_marked_for_its_owner_and_for_all_who_may_compare_it()
    {
        await using var host = await StaffHost.StartAsync(more: [(Role.Overseer, StaffHost.Agency)]);
        var (overseer, integrity, other) = (await host.SignedInAsync(Role.Overseer), await host.SignedInAsync(Role.Integrity), await host.SignedInAsync(StaffHost.Other(0)));
        await MakeAsync(overseer);
        var page = await integrity.TextAsync(ShowKeys.Address);
        var key = (Field: ("person", Hidden(page, "person")), Value: ("key", Hidden(page, "key")));
        await DoneAsync(integrity, ShowKeys.Address, "withdraw", key.Field, key.Value);
        Assert.DoesNotContain("They are another", await integrity.TextAsync(ShowKeys.Address), StringComparison.Ordinal);
        Assert.DoesNotContain("Compare a new key", await integrity.TextAsync("/"), StringComparison.Ordinal);
        Assert.Contains("Your new key was said to be another", await overseer.TextAsync("/"), StringComparison.Ordinal);
        Assert.Contains("says that you read out other characters", await overseer.TextAsync(ShowKey.Address), StringComparison.Ordinal);

        // Whoever else stands behind it still has it to compare, and may say the same.
        Assert.Contains("Compare a new key", await other.TextAsync("/"), StringComparison.Ordinal);
        Assert.Contains("They are another for me too", await other.TextAsync(ShowKeys.Address), StringComparison.Ordinal);
        await DoneAsync(other, ShowKeys.Address, "withdraw", key.Field, key.Value);
        Assert.Contains("Taken back", await overseer.TextAsync(ShowKey.Address), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Overseers_see_of_which_units_a_report_would_reach_nobody()
    {
        await using var scene = await ReportScene.StartAsync();
        await scene.GiveKeysAsync();
        var book = await scene.Services.GetRequiredService<Probity.Reports.Routing.Books>().InForceAsync(default);
        var overseer = await scene.Host.SignedInAsync(Role.Overseer);
        var unread = ShowKeys.LeavingIn(book!, 0);
        Assert.NotEmpty(unread);
        var said = Regex.Match(await overseer.TextAsync(ShowKeys.Address), "Nobody left.*?</section>", RegexOptions.Singleline).Value;
        Assert.All(unread, name => Assert.Contains(name, said, StringComparison.Ordinal));
        Assert.DoesNotContain("Nobody left", await (await scene.Host.SignedInAsync(Role.Integrity)).TextAsync(ShowKeys.Address), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Somebody_elses_key_in_the_book_is_said_in_red()
    {
        await using var scene = await ReportScene.StartAsync();
        await scene.GiveKeysAsync();
        var integrity = await scene.Host.SignedInAsync(Role.Integrity);
        await DoneAsync(integrity, ShowKey.Address, "unlock", ("open", ReportScene.Passphrase));
        Assert.DoesNotContain("Careful:", await integrity.TextAsync(ShowKey.Address), StringComparison.Ordinal);

        // Whoever has the database files a key of theirs in another's name, and an accomplice confirms it.
        using var theirs = Sealing.SealingKey.Generate();
        var keys = scene.Services.GetRequiredService<ChangeKeys>();
        Assert.IsType<Outcome.Done>(await keys.HandleAsync(StaffHost.Of(Role.Integrity), new ChangeKeys.Make(theirs.Public.ToString()), default));
        Assert.IsType<Outcome.Done>(await keys.HandleAsync(StaffHost.Of(Role.Overseer), new ChangeKeys.Confirm(StaffHost.Of(Role.Integrity), theirs.Public.ToString()), default));
        scene.Host.Clock.Now += TimeSpan.FromMinutes(2);
        await scene.BookAsync();
        var page = await integrity.TextAsync(ShowKey.Address);
        Assert.Contains("Careful:", page, StringComparison.Ordinal);
        Assert.Contains(theirs.Public.Fingerprint, page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_pages_are_for_nobody_else()
    {
        await using var host = await StaffHost.StartAsync();
        foreach (var role in Enum.GetValues<Role>().Where(r => r is not (Role.Integrity or Role.Overseer)))
        {
            var browser = await host.SignedInAsync(role);
            foreach (var address in new[] { ShowKey.Address, ShowKeys.Address, "/reports/exchange" }) Assert.Equal(HttpStatusCode.Forbidden, (await browser.GetAsync(address)).StatusCode);
            Assert.NotEqual(HttpStatusCode.SeeOther, (await browser.PostAsync(ShowKey.Address + "/make", await browser.TextAsync("/"), new() { ["passphrase"] = ReportScene.Passphrase, ["again"] = ReportScene.Passphrase })).StatusCode);
        }

        Assert.DoesNotContain(await host.RecordAsync(), r => r.Event is KeyMade);
    }

    [Fact]
    public async Task A_custodian_of_identities_is_named_and_agreed_to_on_the_pages()
    {
        await using var host = await StaffHost.StartAsync(more: [(Role.Overseer, StaffHost.Agency)]);
        var (overseer, integrity, secretary) = (await host.SignedInAsync(Role.Overseer), await host.SignedInAsync(Role.Integrity), await host.SignedInAsync(Role.Secretariat));
        var id = StaffHost.Of(Role.Secretariat).ToString("D");
        await DoneAsync(overseer, ShowKeys.Address, "name", ("person", id));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await PostAsync(overseer, ShowKeys.Address, "agree", ("person", id))).StatusCode);
        await DoneAsync(integrity, ShowKeys.Address, "agree", ("person", id));
        await MakeAsync(secretary);
        Assert.Contains("You keep the identities", await secretary.TextAsync(ShowKey.Address), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await secretary.GetAsync(ShowKeys.Address)).StatusCode);
        await DoneAsync(secretary, ShowKey.Address, "unlock", ("open", ReportScene.Passphrase));
        await DoneAsync(overseer, ShowKeys.Address, "end", ("person", id), ("reason", "She leaves the office."));
        await host.Services.GetRequiredService<KeepLocked>().RunOnceAsync(default);
        Assert.Empty(host.Services.GetRequiredService<UnlockedKeys>().People);
    }

    internal static async Task EndPostingAsync(StaffHost host, Role role)
    {
        var log = host.Log;
        await log.AppendAsync([], [new Ledger.NewEntry(Register.Stream, EventTypes.NameOf(typeof(PostingEnded)), EventTypes.Serialize(new PostingEnded(StaffHost.PostingOf(role))),
            new Ledger.ActorId(StaffHost.Of(Role.Administrator)), new Ledger.CompartmentId(Register.Stream.Value))], default);
        host.Clock.Now += TimeSpan.FromSeconds(1);
    }
}
