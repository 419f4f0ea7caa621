using System.Net;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Probity.Access.Contract;
using Probity.Ledger;
using Probity.People.Contract;
using Probity.People.Viewing;
using Probity.Records.Contract;
using Probity.Shared.Record;
using Probity.Tests.Access;

namespace Probity.Tests.People;

/// <summary>Vetting through the pages of the real server, where one person is of vetting.</summary>
public sealed class VettingPagesTests
{
    const string Secret = "Seen with a broker of the port.", Words = "Because it has to be so.";

    internal static async Task<string> InviteAsync(StaffHost host, Tests.Access.Browser vetting, Guid person, string level = "sensitive")
    {
        var made = await vetting.PostAsync("/vetting/new", await vetting.TextAsync($"/vetting/new?person={person:D}"), new() { ["person"] = person.ToString("D"), ["level"] = level });
        Assert.Equal(HttpStatusCode.SeeOther, made.StatusCode);
        return $"/vetting/{(await host.RecordAsync()).Last(r => r.Event is ClearanceInvited).Stream.Value:D}";
    }

    internal static async Task<HttpResponseMessage> ActAsync(Tests.Access.Browser who, string path, string what, params (string Field, string Value)[] fields)
    {
        var page = await who.TextAsync(path);
        var typed = fields.ToDictionary(f => f.Field, f => f.Value);
        typed.TryAdd("version", Regex.Match(page, "name=\"version\" value=\"([^\"]+)\"").Groups[1].Value);
        typed.TryAdd("text", Words);
        return await who.PostAsync($"{path}/{what}", page, typed);
    }

    static async Task DoneAsync(Tests.Access.Browser who, string path, string what, params (string Field, string Value)[] fields) =>
        Assert.Equal(HttpStatusCode.SeeOther, (await ActAsync(who, path, what, fields)).StatusCode);

    internal static (string, string)[] AllChecks(string odd = "intelligence", string result = "inconclusive") => [.. Enum.GetNames<CheckKind>().Select(k => char.ToLowerInvariant(k[0]) + k[1..])
        .SelectMany(k => ((string, string)[])[($"result-{k}", k == odd ? result : "clear"), ($"day-{k}", "2026-03-01"), ($"note-{k}", k == odd ? Secret : "")])];

    /// <summary>From the invitation to a decision that the overseer takes, since the one of vetting carried out the checks.</summary>
    internal static Task<string> ClearAsync(StaffHost host, Role role, string level = "sensitive") => ClearAsync(host, StaffHost.Of(role), level);

    internal static async Task<string> ClearAsync(StaffHost host, Guid who, string level = "sensitive")
    {
        var (vetting, person, overseer) = (await host.SignedInAsync(Role.Vetting), await host.SignedInAsync(who), await host.SignedInAsync(Role.Overseer));
        var path = await InviteAsync(host, vetting, who, level);
        await DoneAsync(person, path, "submit");
        await DoneAsync(vetting, path, "checks", AllChecks());
        await DoneAsync(vetting, path, "assess");
        await DoneAsync(overseer, path, "decide", ("answer", "granted"), ("grounds", "explained"), ("withheld", "intelligence"), ("withheldWhy", "It would tell who saw it."));
        return path;
    }

    [Fact]
    public async Task From_the_form_to_a_decision_and_each_reads_what_is_theirs()
    {
        await using var host = await StaffHost.StartAsync();
        var (vetting, officer, overseer, integrity, commander) = (
            await host.SignedInAsync(Role.Vetting), await host.SignedInAsync(Role.Officer), await host.SignedInAsync(Role.Overseer), await host.SignedInAsync(Role.Integrity), await host.SignedInAsync(Role.Commander));
        Assert.Contains("You have no clearance yet", await officer.TextAsync("/vetting/mine"), StringComparison.Ordinal);
        Assert.Contains("/vetting/new?person=", await vetting.TextAsync("/vetting?q=officer"), StringComparison.Ordinal);
        var path = await InviteAsync(host, vetting, StaffHost.Of(Role.Officer));
        Assert.Equal(path, (await officer.GetAsync("/vetting/mine")).Headers.Location!.OriginalString);

        // What is missing is said at its field, and an old form is refused as old.
        var bare = await ActAsync(officer, path, "submit", ("text", ""));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, bare.StatusCode);
        Assert.Contains("href=\"#submit-text\"", await bare.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        await DoneAsync(officer, path, "submit");
        Assert.Equal(HttpStatusCode.Conflict, (await ActAsync(officer, path, "report", ("version", "1"), ("kind", "partner"), ("since", "2026-03-01"))).StatusCode);
        await DoneAsync(vetting, path, "checks", AllChecks());
        await DoneAsync(vetting, path, "assess");
        Assert.DoesNotContain(Secret, await officer.TextAsync(path), StringComparison.Ordinal);

        // Whoever checked does not decide, and is told who does; a polygraph alone refuses nobody.
        var own = await ActAsync(vetting, path, "decide", ("answer", "granted"), ("grounds", "explained"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, own.StatusCode);
        Assert.Contains("Quilombo Overseer", await own.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        var sole = await (await ActAsync(overseer, path, "decide", ("answer", "refused"), ("grounds", "polygraph"))).Content.ReadAsStringAsync();
        Assert.Contains("A polygraph or a score alone is no ground", sole, StringComparison.Ordinal);
        Assert.Contains(await host.RecordAsync(), r => r.Event is ActionRefused { Code: "people.sole-ground" } && r.Actor.Value == StaffHost.Of(Role.Overseer));
        await DoneAsync(overseer, path, "decide", ("answer", "granted"), ("grounds", "explained"), ("withheld", "intelligence"), ("withheldWhy", "It would tell who saw it."));

        var read = await officer.TextAsync(path);
        Assert.Contains("Not shown to you, since it would do harm: Intelligence", read, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, read, StringComparison.Ordinal);
        Assert.Contains(Secret, await overseer.TextAsync(path), StringComparison.Ordinal);
        Assert.Contains(await host.RecordAsync(), r => r.Event is MatterRead { What: "people.view" } && r.Actor.Value == StaffHost.Of(Role.Overseer) && r.Compartment == Compartments.OfPerson(StaffHost.Of(Role.Officer)));
        // Integrity sees how it stands and nothing of what was found; a commander that it holds and until when.
        var state = await integrity.TextAsync(path);
        Assert.Contains("Valid", state, StringComparison.Ordinal);
        Assert.DoesNotContain(Words, state, StringComparison.Ordinal);
        await host.CaughtUpAsync(ClearancesView.ViewName);
        Assert.Equal(HttpStatusCode.NotFound, (await commander.GetAsync(path)).StatusCode);
        var list = await commander.TextAsync("/vetting");
        Assert.Contains("2 March 2033", list, StringComparison.Ordinal);
        Assert.DoesNotContain(path, list, StringComparison.Ordinal);

        // A change of circumstances is reported and looked at.
        await DoneAsync(officer, path, "report", ("kind", "partner"), ("since", "2026-03-01"), ("text", "I live with Rui now."));
        var report = (await host.RecordAsync()).Select(r => r.Event).OfType<CircumstancesReported>().Single().Report;
        await DoneAsync(vetting, path, "review", ("report", report.ToString("D")));
        Assert.DoesNotContain(host.Logs.Lines, line => line.Contains("broker", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Whoever_has_nothing_to_do_with_it_finds_nothing()
    {
        await using var host = await StaffHost.StartAsync();
        var path = await InviteAsync(host, await host.SignedInAsync(Role.Vetting), StaffHost.Of(Role.Officer));
        foreach (var role in Enum.GetValues<Role>().Except([Role.Officer, Role.Vetting, Role.Integrity, Role.Overseer]))
        {
            var other = await host.SignedInAsync(role);
            Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), ((await other.GetAsync(path)).StatusCode, (await other.GetAsync($"/vetting/{Guid.NewGuid():D}")).StatusCode));
            Assert.Equal(HttpStatusCode.Forbidden, (await other.GetAsync($"/vetting/new?person={StaffHost.Of(Role.Officer):D}")).StatusCode);
        }
    }

    [Fact]
    public async Task A_suspension_ends_access_at_once_and_lifting_it_begins_it_anew()
    {
        await using var host = await StaffHost.StartAsync();
        var path = await ClearAsync(host, Role.Officer);
        var (vetting, officer) = (await host.SignedInAsync(Role.Vetting), await host.SignedInAsync(Role.Officer));
        Assert.Equal(HttpStatusCode.OK, (await officer.GetAsync("/cases")).StatusCode);
        host.Clock.Now += TimeSpan.FromMinutes(1);
        await DoneAsync(vetting, path, "suspend", ("grounds", "conduct"));

        Assert.StartsWith("/sign-in", (await officer.GetAsync("/cases")).Headers.Location!.PathAndQuery, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Unauthorized, (await officer.GetAsync("/api/me")).StatusCode);
        using var again = host.Open();
        var refused = await again.GetAsync("/demo/sign-in/" + host.DemoToken(Role.Officer));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Contains("Your access has ended", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Contains(await host.RecordAsync(), r => r.Event is ActionRefused { Code: "signin.shut-out" });
        // What came on paper is typed for them.
        await DoneAsync(vetting, path, "open");
        await DoneAsync(vetting, path, "answer");
        Assert.Contains(await host.RecordAsync(), r => r.Event is WithdrawalAnswered { InWriting: true });
        await DoneAsync(vetting, path, "lift");
        host.Clock.Now += TimeSpan.FromMinutes(1);
        // A session from before does not go on.
        Assert.Equal(HttpStatusCode.Unauthorized, (await officer.GetAsync("/api/me")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await (await host.SignedInAsync(Role.Officer)).GetAsync("/cases")).StatusCode);
    }

    [Fact]
    public async Task A_suspension_is_said_to_be_in_force_and_whose_it_is_reads_not_who_sent_it_back()
    {
        await using var host = await StaffHost.StartAsync();
        var path = await ClearAsync(host, Role.Officer);
        var (vetting, integrity, overseer) = (await host.SignedInAsync(Role.Vetting), await host.SignedInAsync(Role.Integrity), await host.SignedInAsync(Role.Overseer));
        await DoneAsync(vetting, path, "suspend", ("grounds", "conduct"));
        var file = await vetting.TextAsync(path);
        Assert.Contains("In force. It is looked at from 5 March 2026", file, StringComparison.Ordinal);
        Assert.DoesNotContain("Waits until it is cleared", file, StringComparison.Ordinal);
        await host.CaughtUpAsync(Probity.People.Clearing.HeldView.ViewName);
        var first = await integrity.TextAsync("/");
        Assert.Contains("Suspension of a clearance, Quilombo Officer: does it stand?", first, StringComparison.Ordinal);
        Assert.DoesNotContain("It waits until somebody has seen", first, StringComparison.Ordinal);
        var held = HeldActPlace.Of(StaffHost.Of(Role.Officer), (await host.RecordAsync()).Select(r => r.Event).OfType<ActHeld>().Last().Act);
        var page = await integrity.TextAsync(held);
        Assert.Contains("It is in force. It is looked at from 5 March 2026", page, StringComparison.Ordinal);
        Assert.Contains("No report that your key opens protects this person.", page, StringComparison.Ordinal);
        Assert.DoesNotContain("waits three days", page, StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.SeeOther, (await integrity.PostAsync(held, page, new() { ["answer"] = "no", ["reason"] = "The grounds are of last year." })).StatusCode);
        await host.CaughtUpAsync(ClearancesView.ViewName);
        Assert.Contains("Quilombo Integrity asks to lift the suspension of Quilombo Officer", await overseer.TextAsync("/"), StringComparison.Ordinal);
        page = await overseer.TextAsync(path);
        Assert.Contains("Quilombo Integrity asks for it.", page, StringComparison.Ordinal);
        await DoneAsync(overseer, path, "lift-answer", ("answer", "yes"));
        host.Clock.Now += TimeSpan.FromMinutes(1);
        page = await (await host.SignedInAsync(Role.Officer)).TextAsync(path);
        Assert.Contains("Asked to lift the suspension", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Quilombo Integrity", page, StringComparison.Ordinal);
        Assert.Contains("Quilombo Integrity", await overseer.TextAsync(path), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_found_about_somebody_goes_with_them()
    {
        await using var host = await StaffHost.StartAsync();
        var path = await ClearAsync(host, Role.Officer);
        await host.CaughtUpAsync(ClearancesView.ViewName);
        var person = StaffHost.Of(Role.Officer);
        var told = new NewEntry(
            Register.Stream, EventTypes.NameOf(typeof(PersonErased)), EventTypes.Serialize(new PersonErased(person)), new ActorId(StaffHost.Of(Role.Integrity)), new CompartmentId(Register.Stream.Value));
        await host.Log.EraseAsync([], [told], new ActorId(StaffHost.Of(Role.Integrity)), PersonCompartments.ErasedWith(person), null, TestContext.Current.CancellationToken);
        var record = await host.RecordAsync();
        Assert.All(record.Where(r => r.Stream.Value == Guid.Parse(path[9..])), r => Assert.Null(r.Event));
        Assert.All(record.Where(r => r.Stream == Streams.ReadsOf(new StreamId(person))), r => Assert.Null(r.Event));
        await host.CaughtUpAsync(ClearancesView.ViewName);
        var vetting = await host.SignedInAsync(Role.Vetting);
        Assert.Equal(HttpStatusCode.NotFound, (await vetting.GetAsync(path)).StatusCode);
        await using var scope = host.Services.CreateAsyncScope();
        Assert.False(await scope.ServiceProvider.GetRequiredService<Clearances>().Rows.AnyAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task With_a_password_too_whoever_has_shown_who_they_are_is_told_and_nobody_else()
    {
        await using var host = await StaffHost.StartAsync();
        var path = await ClearAsync(host, Role.Officer);
        var secret = await host.EnrolAsync(Role.Officer);
        await DoneAsync(await host.SignedInAsync(Role.Vetting), path, "suspend", ("grounds", "conduct"));
        using var browser = host.Open();
        var first = await StaffHost.PasswordAsync(browser, StaffHost.NameOf(Role.Officer), StaffHost.Password);
        Assert.Equal(HttpStatusCode.SeeOther, first.StatusCode);
        Assert.DoesNotContain("Your access has ended", await (await StaffHost.CodeAsync(browser, "000000")).Content.ReadAsStringAsync(), StringComparison.Ordinal);
        host.Clock.Now += TimeSpan.FromMinutes(1);
        var last = await StaffHost.CodeAsync(browser, host.Code(secret));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, last.StatusCode);
        Assert.Contains("Your access has ended", await last.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }
}
