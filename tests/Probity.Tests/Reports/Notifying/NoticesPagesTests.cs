using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Probity.Access.Contract;
using Probity.Ledger;
using Probity.Reports.Contract;
using Probity.Reports.Notifying;
using Probity.Shared.Record;
using Probity.Storage;
using Probity.Tests.Access;

namespace Probity.Tests.Reports.Notifying;

/// <summary>The page on which one says where one's notice goes.</summary>
public sealed class NoticesPagesTests
{
    const string Page = "/reports/notices";

    [Fact]
    public async Task One_sets_and_ends_ones_own_and_is_warned_before_the_key_ends()
    {
        Gpg.Require();
        using var gpg = new Gpg();
        await using var host = await StaffHost.StartAsync();
        Assert.Contains("No mail is sent", await (await host.SignedInAsync(Role.Integrity)).TextAsync(Page), StringComparison.Ordinal);
        Assert.DoesNotContain("daily notice goes", await (await host.SignedInAsync(Role.Integrity)).TextAsync("/"), StringComparison.Ordinal);
        foreach (var role in Enum.GetValues<Role>().Except(NoticeAccess.Noticed))
        {
            var other = await host.SignedInAsync(role);
            Assert.Equal(HttpStatusCode.Forbidden, (await other.GetAsync(Page)).StatusCode);
            Assert.Equal(HttpStatusCode.Forbidden, (await other.PostAsync(Page, await other.TextAsync("/steps"), new() { ["address"] = "aa@mail.example", ["language"] = "en", ["key"] = "x" })).StatusCode);
        }

        await host.StopAsync();
        var file = Path.Combine(NodeFolder.At(host.DataFolder).SecretsFolder, Notices.SettingsFile);
        await File.WriteAllTextAsync(file, "{}");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        Assert.Contains("docs/notices.md", (await Assert.ThrowsAsync<InvalidDataException>(host.StartAgainAsync)).Message, StringComparison.Ordinal);
        // Nothing listens there; at this hour nothing is sent either.
        await File.WriteAllTextAsync(file, """{"host":"127.0.0.1","port":1,"security":"none","from":"post@relay.example","hour":23}""");
        await host.StartAgainAsync();

        var integrity = await host.SignedInAsync(Role.Integrity);
        Assert.Contains("Say where your daily notice goes", await integrity.TextAsync("/"), StringComparison.Ordinal);
        var page = await integrity.TextAsync(Page);
        Assert.Contains("23:00 UTC", page, StringComparison.Ordinal);
        foreach (var (key, address, says) in ((string, string, string)[])[("no key", "aa@mail.example", "That is no OpenPGP public key"), (gpg.Export(gpg.Make("Signs", "ed25519", "sign")), "aa@mail.example", "That is no OpenPGP public key"), ("no key", "nowhere", "Enter one mail address")])
        {
            var wrong = await integrity.PostAsync(Page, page, new() { ["address"] = address, ["language"] = "en", ["key"] = key });
            Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
            Assert.Contains(says, await wrong.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        var fingerprint = gpg.Make("Quilombo Integrity", expires: "20260420T000000");
        Assert.Equal(HttpStatusCode.SeeOther, (await integrity.PostAsync(Page, page, new() { ["address"] = " aa@mail.example ", ["language"] = "pt", ["key"] = gpg.Export(fingerprint) })).StatusCode);
        page = await integrity.TextAsync(Page);
        Assert.Contains(string.Join(' ', fingerprint.Chunk(4).Select(four => new string(four))), page, StringComparison.Ordinal);
        Assert.Contains("20 April 2026", page, StringComparison.Ordinal);
        Assert.Contains("Português", WebUtility.HtmlDecode(page), StringComparison.Ordinal);
        Assert.DoesNotContain("daily notice", await integrity.TextAsync("/"), StringComparison.Ordinal);
        var set = (await host.RecordAsync()).Single(r => r.Event is NoticeKeySet);
        Assert.Equal((Compartments.OfPerson(StaffHost.Of(Role.Integrity)), NoticeAddress.StreamOf(StaffHost.Of(Role.Integrity))), (set.Compartment, set.Stream));
        // Nobody else sees it.
        Assert.DoesNotContain("aa@mail.example", await (await host.SignedInAsync(Role.Overseer)).TextAsync(Page), StringComparison.Ordinal);

        host.Clock.Now = new(2026, 4, 1, 9, 0, 0, TimeSpan.Zero);
        integrity = await host.SignedInAsync(Role.Integrity);
        Assert.Contains("Renew the key of your daily notice", await integrity.TextAsync("/"), StringComparison.Ordinal);
        host.Clock.Now = new(2026, 4, 21, 9, 0, 0, TimeSpan.Zero);
        integrity = await host.SignedInAsync(Role.Integrity);
        Assert.Contains("Replace the key of your daily notice", await integrity.TextAsync("/"), StringComparison.Ordinal);
        Assert.Contains("It cannot be used any more", await integrity.TextAsync(Page), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.SeeOther, (await integrity.PostAsync(Page + "/end", await integrity.TextAsync(Page), [])).StatusCode);
        Assert.DoesNotContain("aa@mail.example", await integrity.TextAsync(Page), StringComparison.Ordinal);
        Assert.Contains("Say where your daily notice goes", await integrity.TextAsync("/"), StringComparison.Ordinal);
        Assert.DoesNotContain(host.Logs.Lines, line => line.Contains("mail.example", StringComparison.Ordinal));
    }

    [Fact]
    public async Task With_the_person_address_and_key_are_erased()
    {
        Gpg.Require();
        using var gpg = new Gpg();
        await using var host = await StaffHost.StartAsync();
        var person = StaffHost.Of(Role.Overseer);
        var notices = host.Services.GetRequiredService<SetNoticeKey>();
        Assert.IsType<Outcome.Done>(await notices.HandleAsync(person, person, new SetNoticeKey.Command("aa@mail.example", "en", gpg.Export(gpg.Make("One"))), default));
        Assert.NotNull((await notices.ReadAsync(person, default)).Own.Set);
        await host.Log.EraseAsync([], [], new ActorId(person), [Compartments.OfPerson(person)], null, default);
        Assert.Null((await notices.ReadAsync(person, default)).Own.Set);
    }
}
