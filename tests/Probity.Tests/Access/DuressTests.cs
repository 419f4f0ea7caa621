using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Identity;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Probity.Access;
using Probity.Access.Contract;
using Probity.Access.Duress;
using Probity.Access.SigningIn;
using Probity.Conduct.Gifts;
using Probity.Shared.Record;
using Probity.Storage;
using Probity.Tests.Cases;
using Probity.Tests.Conduct;

namespace Probity.Tests.Access;

public sealed class DuressTests
{
    const string Forced = "lantern copper meadow sleet";

    static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    static readonly string[] Everybody = ["chief", "ana", "keeper", "paula", "vera", "ines", "ivo", "igor", "oscar", "olga", "maria", "sara", "root", "judith", "rita"];

    [Theory]
    [InlineData("ana", "ines ivo oscar olga")]
    [InlineData("chief", "ines ivo oscar olga")]
    [InlineData("root", "ines ivo oscar olga")]
    [InlineData("ines", "ivo oscar olga")]
    [InlineData("oscar", "ines ivo olga")]
    public void Integrity_and_overseers_are_alerted_and_nobody_else(string person, string alerted)
    {
        foreach (var reader in Everybody)
        {
            foreach (var (action, alert) in ((AlertAction, DuressAlert)[])[(AlertAction.Open, new()), (AlertAction.Answer, new()), (AlertAction.Close, Answered("sara")), (AlertAction.Return, Answered("sara"))])
                Assert.True(DuressAccess.Refuses(action, Facts(person, reader, alert)) is null == alerted.Split(' ').Contains(reader), $"{action} about {person} by {reader}");
        }
    }

    [Fact]
    public void Whoever_stands_over_or_under_the_person_is_not_alerted()
    {
        var register = Staff.Agency().Hold("ines", "post of chief").ToRegister();
        Assert.Equal(Bars.Superior, DuressAccess.Refuses(AlertAction.Open, Facts("ana", "ines", new(), register))?.Code);
        Assert.Null(DuressAccess.Refuses(AlertAction.Open, Facts("ana", "ivo", new(), register)));
    }

    [Fact]
    public void Two_people_close_an_alert()
    {
        Assert.Equal(DuressAccess.NotAnswered, DuressAccess.Refuses(AlertAction.Close, Facts("ana", "ines", new()))?.Code);
        Assert.Equal(DuressAccess.Answered, DuressAccess.Refuses(AlertAction.Answer, Facts("ana", "ivo", Answered("ines")))?.Code);
        Assert.Equal(Bars.EarlierRole, DuressAccess.Refuses(AlertAction.Close, Facts("ana", "ines", Answered("ines")))?.Code);
        Assert.Null(DuressAccess.Refuses(AlertAction.Close, Facts("ana", "oscar", Answered("ines"))));
        var closed = Answered("ines") with { Closed = new("Seen.", Staff.Id("oscar"), Now) };
        foreach (var action in (AlertAction[])[AlertAction.Answer, AlertAction.Close, AlertAction.Return]) Assert.Equal(DuressAccess.Closed, DuressAccess.Refuses(action, Facts("ana", "ivo", closed))?.Code);
        Assert.Equal("text.reason-missing", Assert.IsType<Decision.Refused>(AlertDesk.Decide(new(AlertAction.Answer, " "), Facts("ana", "ines", new()))).Refusal.Code);
        var filing = Assert.Single(Assert.IsType<Decision.Accepted>(AlertDesk.Decide(new(AlertAction.Answer, "Reached."), Facts("ana", "ines", new()))).Filings);
        Assert.Equal(Compartments.OfPerson(Staff.Id("ana")), filing.Compartment);
    }

    static DuressAlert Answered(string by) => new() { Answer = new("Reached.", Staff.Id(by), Now) };

    static AlertFacts Facts(string person, string reader, DuressAlert alert, Register? register = null)
    {
        register ??= Staff.Agency().ToRegister();
        return new(Guid.NewGuid(), Staff.Id(person), Now, alert, Actor.From(register, Staff.Id(reader), Now), register, Now);
    }

    [Fact]
    public async Task Signing_in_by_force_looks_as_always_to_the_last_byte_and_alerts_those_outside_the_chain()
    {
        await using var host = await StaffHost.StartAsync();
        await using var other = await StaffHost.StartAsync();
        var (forced, free) = (await WalkAsync(host, Forced), await WalkAsync(other, StaffHost.Password));
        Assert.Equal(free.Seen, forced.Seen);

        // Whoever reads the database without its keys finds as many entries of the same types and sizes in the same places.
        Assert.Equal(await EntriesAsync(other), await EntriesAsync(host));
        Assert.Single(await host.RecordAsync(), r => r.Event is SignInMarked { Mark: 1 });
        Assert.DoesNotContain(await other.RecordAsync(), r => r.Event is SignInMarked { Mark: 1 });

        await host.CaughtUpAsync(AlertsView.ViewName);
        foreach (var role in Enum.GetValues<Role>())
        {
            var page = await (await host.SignedInAsync(role)).TextAsync("/");
            Assert.Equal(role is Role.Integrity or Role.Overseer, page.Contains("/alerts/", StringComparison.Ordinal));
        }

        var (integrity, overseer) = (await host.SignedInAsync(Role.Integrity), await host.SignedInAsync(Role.Overseer));
        var step = await integrity.TextAsync("/");
        Assert.DoesNotContain("Quilombo Officer", step, StringComparison.Ordinal);
        var alert = Regex.Match(step, "/alerts/[0-9a-f-]{36}").Value;
        var opened = await integrity.TextAsync(alert);
        Assert.Contains("Quilombo Officer", opened, StringComparison.Ordinal);
        Assert.Contains(await host.RecordAsync(), r => r.Event is MatterRead { What: "access.alert" } && r.Actor.Value == StaffHost.Of(Role.Integrity));
        foreach (var role in new[] { Role.Officer, Role.Commander, Role.Administrator, Role.Vetting, Role.Investigator })
        {
            var browser = await host.SignedInAsync(role);
            Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync(alert)).StatusCode);
            Assert.Equal(HttpStatusCode.NotFound, (await browser.PostAsync(alert + "/answer", await browser.TextAsync("/"), new() { ["action"] = "answer", ["words"] = "x" })).StatusCode);
        }

        Assert.Equal(HttpStatusCode.SeeOther, (await integrity.PostAsync(alert + "/answer", opened, new() { ["action"] = "answer", ["words"] = "Reached through her brother." })).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await integrity.PostAsync(alert + "/answer", await integrity.TextAsync(alert), new() { ["action"] = "close", ["words"] = "x" })).StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, (await overseer.PostAsync(alert + "/answer", await overseer.TextAsync(alert), new() { ["action"] = "close", ["words"] = "Spoke with her." })).StatusCode);
        await host.CaughtUpAsync(AlertsView.ViewName);
        Assert.DoesNotContain("/alerts/", await overseer.TextAsync("/"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_alert_stands_on_the_first_screen_before_whatever_is_overdue()
    {
        await using var host = await StaffHost.StartAsync();
        for (var gift = 1; gift <= 8; gift++)
            Assert.IsType<Outcome.Done>(await host.Services.GetRequiredService<DeclareGift>().HandleAsync(StaffHost.Of(Role.Officer), GiftDecideTests.Watch(Guid.NewGuid()), TestContext.Current.CancellationToken));
        host.Clock.Now += TimeSpan.FromDays(60);
        await WalkAsync(host, Forced);
        await host.CaughtUpAsync(AlertsView.ViewName);
        await host.CaughtUpAsync(GiftsView.ViewName);
        foreach (var role in new[] { Role.Integrity, Role.Overseer })
        {
            var page = await (await host.SignedInAsync(role)).TextAsync("/");
            var (alert, gift) = (page.IndexOf("/alerts/", StringComparison.Ordinal), page.IndexOf("/conduct/gifts/", StringComparison.Ordinal));
            Assert.True(alert >= 0 && gift > alert, $"{role}: alert at {alert}, the first gift at {gift}");
        }
    }

    // Enrols, sets the second password, and signs in with one of the two: all that the browser was answered, without what is random in every answer.
    static async Task<(List<string> Seen, string Secret)> WalkAsync(StaffHost host, string password)
    {
        var (secret, browser, seen) = (await host.EnrolAsync(Role.Officer), host.Open(), new List<string>());
        await host.SignInAsync(browser, Role.Officer, secret, "/");
        host.Clock.Now += TimeSpan.FromMinutes(1);
        Assert.Equal(HttpStatusCode.SeeOther, (await SetAsync(host, browser, secret, StaffHost.Password, Forced)).StatusCode);
        host.Clock.Now += TimeSpan.FromMinutes(1);

        var forced = host.Open();
        seen.Add(await SeenAsync(await StaffHost.PasswordAsync(forced, StaffHost.NameOf(Role.Officer), password)));
        seen.Add(await SeenAsync(await forced.GetAsync("/sign-in/code")));
        seen.Add(await SeenAsync(await StaffHost.CodeAsync(forced, host.Code(secret))));
        foreach (var path in new[] { "/", OwnSignIn.Address, "/api/me", "/protection", "/people", "/steps" }) seen.Add(await SeenAsync(await forced.GetAsync(path)));
        // Forced to take it away, the person takes it away for all to see.
        host.Clock.Now += TimeSpan.FromMinutes(1);
        seen.Add(await SeenAsync(await SetAsync(host, forced, secret, password, "")));
        seen.Add(await SeenAsync(await SetAsync(host, forced, secret, password, password)));
        seen.Add(await SeenAsync(await forced.GetAsync(OwnSignIn.Address + "?done=saved")));
        return (seen, secret);
    }

    static async Task<HttpResponseMessage> SetAsync(StaffHost host, Browser browser, string secret, string password, string second) => await browser.PostAsync(
        OwnSignIn.Address, await browser.TextAsync(OwnSignIn.Address), new() { ["password"] = password, ["second"] = second, ["again"] = second, ["code"] = host.Code(secret) });

    static async Task<string> SeenAsync(HttpResponseMessage answer)
    {
        var headers = answer.Headers.Concat(answer.Content.Headers).Where(h => h.Key is not "Date").OrderBy(h => h.Key, StringComparer.Ordinal)
            .Select(h => $"{h.Key}: {string.Join(" | ", h.Value.Select(v => h.Key == "Set-Cookie" ? Regex.Replace(v, "^([^=]+)=([^;]*)", m => $"{m.Groups[1].Value}={m.Groups[2].Length}") : v))}");
        return $"{(int)answer.StatusCode}\n{string.Join('\n', headers)}\n{Regex.Replace(await answer.Content.ReadAsStringAsync(), "name=\"__RequestVerificationToken\" value=\"[^\"]+\"|Incident number: [A-Z0-9]+", "")}";
    }

    static async Task<List<string>> EntriesAsync(StaffHost host) => [.. (await host.Log.ReadAsync(0, 10_000, default)).Select(e =>
        $"{e.Header.Index} {e.Header.Type} {(e.Header.Type.StartsWith("access.", StringComparison.Ordinal) ? $"{e.Header.Stream} {e.Header.Compartment}" : "")} {e.Payload?.Length}")];

    [Fact]
    public async Task Two_hashes_are_computed_whoever_it_is_and_whatever_was_typed()
    {
        await using var host = await StaffHost.StartAsync();
        var secret = await host.EnrolAsync(Role.Officer);
        await host.EnrolAsync(Role.Custodian);
        var browser = host.Open();
        await host.SignInAsync(browser, Role.Officer, secret);
        host.Clock.Now += TimeSpan.FromMinutes(1);
        await SetAsync(host, browser, secret, StaffHost.Password, Forced);
        await host.InviteAsync(Role.Administrator, Role.Vetting);
        var officer = StaffHost.NameOf(Role.Officer);
        foreach (var (name, password, enters) in ((string, string, bool)[])
        [
            (officer, StaffHost.Password, true), (officer, Forced, true), (officer, "neither of the two", false), (StaffHost.NameOf(Role.Custodian), StaffHost.Password, true),
            (StaffHost.NameOf(Role.Custodian), Forced, false), (StaffHost.NameOf(Role.Vetting), Forced, false), ("nobody-here", Forced, false),
        ]) Assert.Equal((enters, 2, 0), await CountedAsync(host, door => door.CheckPasswordAsync(name, password, default), found => found is not null));

        // Setting one costs the same with either password.
        foreach (var password in new[] { Forced, StaffHost.Password })
        {
            host.Clock.Now += TimeSpan.FromMinutes(1);
            Assert.Equal((true, 2, 1), await CountedAsync(host, door => door.ChangeSecondAsync(officer, password, host.Code(secret), null, default), done => done));
        }

        // The first left it where it was, the second took it away.
        Assert.Equal((false, 2, 0), await CountedAsync(host, door => door.CheckPasswordAsync(officer, Forced, default), found => found is not null));
        for (var i = 0; i < Doorkeeper.Tries; i++) await StaffHost.PasswordAsync(host.Open(), officer, "neither of the two");
        Assert.Equal((false, 2, 0), await CountedAsync(host, door => door.CheckPasswordAsync(officer, StaffHost.Password, default), found => found is not null));
    }

    static async Task<(bool, int Verified, int Made)> CountedAsync<T>(StaffHost host, Func<Doorkeeper, Task<T>> ask, Func<T, bool> yes)
    {
        await using var scope = host.Services.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<Credential>>();
        // What stands for nobody is made once, before anything is counted.
        scope.ServiceProvider.GetRequiredService<DoorTurns>().HashOfNobody(users.PasswordHasher);
        var counting = new Counting(users.PasswordHasher);
        users.PasswordHasher = counting;
        var answer = await ask(scope.ServiceProvider.GetRequiredService<Doorkeeper>());
        return (yes(answer), counting.Verified, counting.Made);
    }

    sealed class Counting(IPasswordHasher<Credential> inner) : IPasswordHasher<Credential>
    {
        public int Verified { get; private set; }
        public int Made { get; private set; }

        public string HashPassword(Credential user, string password)
        {
            Made++;
            return inner.HashPassword(user, password);
        }

        public PasswordVerificationResult VerifyHashedPassword(Credential user, string hashedPassword, string providedPassword)
        {
            Verified++;
            return inner.VerifyHashedPassword(user, hashedPassword, providedPassword);
        }
    }

    [Fact]
    public async Task The_database_does_not_tell_who_has_set_one_and_neither_do_two_copies_of_it()
    {
        await using var host = await StaffHost.StartAsync();
        var (officer, custodian) = (await host.EnrolAsync(Role.Officer), await host.EnrolAsync(Role.Custodian));
        var (one, two) = (host.Open(), host.Open());
        await host.SignInAsync(one, Role.Officer, officer);
        await host.SignInAsync(two, Role.Custodian, custodian);
        var before = Rows(host);
        Assert.Equal(2, before.Count);
        host.Clock.Now += TimeSpan.FromMinutes(1);
        Assert.Equal(HttpStatusCode.SeeOther, (await SetAsync(host, one, officer, StaffHost.Password, Forced)).StatusCode);
        await host.SignInAsync(host.Open(), Role.Custodian, custodian);
        var after = Rows(host);
        Assert.Equal(before.Keys.Order(StringComparer.Ordinal), after.Keys.Order(StringComparer.Ordinal));
        Assert.All(before, row => Assert.NotEqual(row.Value, after[row.Key]));
        Assert.Single(before.Values.Concat(after.Values).Select(v => v.Length).Distinct());
    }

    static Dictionary<string, string> Rows(StaffHost host)
    {
        using var connection = new SqliteConnection($"Data Source={NodeFolder.At(host.DataFolder).AccessFile};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT UserId, Value FROM AspNetUserTokens";
        using var reader = command.ExecuteReader();
        var rows = new Dictionary<string, string>();
        while (reader.Read()) rows[reader.GetString(0)] = reader.GetString(1);
        return rows;
    }

    [Theory]
    [InlineData("short", "short", "second.short", "second")]
    [InlineData("lantern copper meadow sleet", "lantern copper", "second.again", "again")]
    [InlineData("zq-officer copper meadow", "zq-officer copper meadow", "second.name", "second")]
    [InlineData(StaffHost.Password, StaffHost.Password, "second.same", "second")]
    public async Task What_is_no_second_password_is_refused_at_its_field(string second, string again, string code, string field)
    {
        await using var host = await StaffHost.StartAsync();
        var (secret, browser) = (await host.EnrolAsync(Role.Officer), host.Open());
        await host.SignInAsync(browser, Role.Officer, secret);
        host.Clock.Now += TimeSpan.FromMinutes(1);
        var answer = await browser.PostAsync(
            OwnSignIn.Address, await browser.TextAsync(OwnSignIn.Address), new() { ["password"] = StaffHost.Password, ["second"] = second, ["again"] = again, ["code"] = host.Code(secret) });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        var page = await answer.Content.ReadAsStringAsync();
        Assert.Contains(AccessText.Get(code), WebUtility.HtmlDecode(page), StringComparison.Ordinal);
        Assert.Contains($"href=\"#{field}\"", page, StringComparison.Ordinal);
    }
}
