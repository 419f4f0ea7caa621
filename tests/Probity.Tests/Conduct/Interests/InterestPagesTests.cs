using System.Net;
using System.Text.RegularExpressions;
using Probity.Access.Contract;
using Probity.Conduct.Interests;
using Probity.Conduct.Interests.Ties;
using Probity.Tests.Access;

namespace Probity.Tests.Conduct.Interests;

/// <summary>Interests, outside work and ties through the pages of the real server.</summary>
public sealed class InterestPagesTests
{
    /// <summary>Declares an interest; the address of its page.</summary>
    internal static async Task<string> DeclareAsync(StaffHost host, Tests.Access.Browser who)
    {
        var form = await who.TextAsync("/conduct/interests/new");
        var answer = await who.PostAsync("/conduct/interests/new", form, new() { ["key"] = KeyOf(form), ["kind"] = "financial", ["subject"] = "Xylofagos Lda", ["what"] = "A tenth of its shares." });
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        await host.CaughtUpAsync(InterestsView.ViewName);
        return Regex.Match(await who.TextAsync("/conduct/interests"), "/conduct/interests/[0-9a-f-]{36}/1").Value;
    }

    internal static async Task DecideAsync(Tests.Access.Browser who, string path, string verdict, HttpStatusCode status = HttpStatusCode.SeeOther) => Assert.Equal(
        status, (await who.PostAsync($"{path}/decide", await who.TextAsync(path), new() { ["verdict"] = verdict, ["measures"] = "recuse", ["reason"] = "Nothing of this firm is given to them." })).StatusCode);

    static string KeyOf(string form) => Regex.Match(form, "name=\"key\" value=\"([^\"]+)\"").Groups[1].Value;

    [Fact]
    public async Task An_interest_is_declared_advised_on_decided_by_another_and_seen_by_nobody_else()
    {
        await using var host = await StaffHost.StartAsync();
        var (officer, integrity, overseer, commander) = (await host.SignedInAsync(Role.Officer), await host.SignedInAsync(Role.Integrity), await host.SignedInAsync(Role.Overseer), await host.SignedInAsync(Role.Commander));
        var path = await DeclareAsync(host, officer);
        Assert.Contains("Xylofagos", await officer.TextAsync(path), StringComparison.Ordinal);
        Assert.Contains(path, await integrity.TextAsync("/"), StringComparison.Ordinal);
        Assert.Contains(path, await commander.TextAsync("/"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.SeeOther, (await commander.PostAsync($"{path}/advise", await commander.TextAsync(path), new() { ["advice"] = "The firm ships through here every week." })).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await commander.GetAsync(path)).StatusCode);
        Assert.Contains("every week", await integrity.TextAsync(path), StringComparison.Ordinal);
        Assert.DoesNotContain("every week", await officer.TextAsync(path), StringComparison.Ordinal);
        await DecideAsync(integrity, path, "closed", HttpStatusCode.UnprocessableEntity);
        await DecideAsync(integrity, path, "managed");
        Assert.Contains("Keep out of what concerns it", await officer.TextAsync(path), StringComparison.Ordinal);
        Assert.Contains("Xylofagos", await overseer.TextAsync(path), StringComparison.Ordinal);
        foreach (var role in Enum.GetValues<Role>().Except([Role.Officer, Role.Integrity, Role.Overseer]))
            Assert.Equal(HttpStatusCode.NotFound, (await (await host.SignedInAsync(role)).GetAsync(path)).StatusCode);
        await host.CaughtUpAsync(InterestsView.ViewName);
        var register = await host.Open().TextAsync("/conduct/interests/register");
        Assert.Contains("Too few to be shown", register, StringComparison.Ordinal);
        Assert.DoesNotContain("Xylofagos", register, StringComparison.Ordinal);
        // What is to be looked at again is a next step when its time has come, and work outside when its last day is over.
        host.Clock.Now += TimeSpan.FromDays(370);
        Assert.Contains("looked at again", await (await host.SignedInAsync(Role.Integrity)).TextAsync("/"), StringComparison.Ordinal);
        Assert.DoesNotContain(host.Logs.Lines, line => line.Contains("Xylofagos", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_tie_is_declared_by_name_counts_at_once_and_is_shown_to_the_other_on_no_page()
    {
        await using var host = await StaffHost.StartAsync();
        var (officer, integrity, vetting) = (await host.SignedInAsync(Role.Officer), await host.SignedInAsync(Role.Integrity), await host.SignedInAsync(Role.Vetting));
        var form = await officer.TextAsync("/conduct/interests/ties/new");
        Task<HttpResponseMessage> Declare(string name, string degree) =>
            officer.PostAsync("/conduct/interests/ties/new", form, new() { ["key"] = KeyOf(form), ["name"] = name, ["kind"] = "blood", ["degree"] = degree });
        var register = await ((IRegister)host.Services.GetService(typeof(IRegister))!).ReadAsync(TestContext.Current.CancellationToken);
        var name = register.NameOf(StaffHost.Of(Role.Integrity));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await Declare("Zz", "2")).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await Declare(name, "7")).StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, (await Declare(name, "2")).StatusCode);
        var tie = (await host.RecordAsync()).Select(r => r.Event).OfType<TieDeclared>().Single();
        var path = ShowTie.PathOf(tie.Tie);
        Assert.Equal(StaffHost.Of(Role.Integrity), tie.Other);
        Assert.Contains(path, await officer.TextAsync("/conduct/interests"), StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.OK), ((await integrity.GetAsync(path)).StatusCode, (await vetting.GetAsync(path)).StatusCode));
        Assert.DoesNotContain(path, await integrity.TextAsync("/conduct/interests"), StringComparison.Ordinal);

        // It counts: what the officer declares is no longer theirs to decide.
        var interest = await DeclareAsync(host, officer);
        Assert.DoesNotContain("/decide", await integrity.TextAsync(interest), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.SeeOther, (await officer.PostAsync($"{path}/end", await officer.TextAsync(path), new() { ["reason"] = "We are divorced since March." })).StatusCode);
        Assert.DoesNotContain("/decide", await integrity.TextAsync(interest), StringComparison.Ordinal);
        Assert.Contains(path, await vetting.TextAsync("/"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.SeeOther, (await vetting.PostAsync($"{path}/answer", await vetting.TextAsync(path), new() { ["agrees"] = "yes", ["reason"] = "The judgment of divorce was shown." })).StatusCode);
        Assert.Contains("/decide", await integrity.TextAsync(interest), StringComparison.Ordinal);
    }
}
