using System.Net;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Probity.Access;
using Probity.Access.Contract;
using Probity.Cases.Contract;
using Probity.Storage;
using Probity.Tests.Access;

namespace Probity.Tests.Shared;

/// <summary>While the record has stopped nobody comes in, no case is opened, and the evidence is there for everybody.</summary>
public sealed class StopTests
{
    internal const string Evidence = "The log probity.example/test takes no entries since 2026-03-02T09:00:00Z, for\nthe witness ombudsman shows another history.\n";

    [Fact]
    public async Task Nobody_comes_in_while_nothing_is_recorded_whatever_they_know()
    {
        await using var host = await StaffHost.StartAsync();
        var secret = await host.EnrolAsync(Role.Overseer);
        using var begun = host.Open();
        Assert.Equal(HttpStatusCode.SeeOther, (await StaffHost.PasswordAsync(begun, StaffHost.NameOf(Role.Overseer), StaffHost.Password)).StatusCode);
        var codePage = await begun.TextAsync("/sign-in/code");
        using var stranger = host.Open();
        var passwordPage = await stranger.TextAsync("/sign-in");
        var (invitation, token) = (await host.InviteAsync(Role.Administrator, Role.Integrity), host.DemoToken(Role.Overseer));
        var step = host.Clock.Now.AddMinutes(-1).ToUnixTimeSeconds() / 30;
        var size = Stop(host);

        foreach (var path in (string[])["/sign-in", "/sign-in/code", "/demo/sign-in/" + token, invitation])
            await AssertStoppedAsync(await stranger.GetAsync(path));
        await AssertStoppedAsync(await stranger.PostAsync("/sign-in", passwordPage, new() { ["name"] = StaffHost.NameOf(Role.Overseer), ["password"] = StaffHost.Password }));
        // Wrong ones lock nobody out: that could not be recorded either.
        for (var i = 0; i < 6; i++) await AssertStoppedAsync(await begun.PostAsync("/sign-in/code", codePage, new() { ["code"] = "000000" }));
        await AssertStoppedAsync(await begun.PostAsync("/sign-in/code", codePage, new() { ["code"] = host.Code(secret) }));
        Assert.DoesNotContain(begun.Cookies().Cast<Cookie>().Concat(stranger.Cookies().Cast<Cookie>()), cookie => cookie.Name == "probity");
        Assert.Equal(size, host.Log.Size);
        var lines = host.Logs.Lines.Where(line => line.Contains("takes no entries", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(lines);
        Assert.All(lines, line => Assert.DoesNotContain('\n', line));

        // Nothing was counted or used up: the code that was refused is as good as before.
        await using var scope = host.Services.CreateAsyncScope();
        var credential = await scope.ServiceProvider.GetRequiredService<UserManager<Credential>>().FindByIdAsync(StaffHost.Of(Role.Overseer).ToString("D"));
        Assert.Equal((step, 0, null), (credential!.LastTotpStep, credential.AccessFailedCount, credential.LockoutEnd));
    }

    [Fact]
    public async Task Who_was_in_before_sees_lists_opens_no_case_and_does_nothing()
    {
        await using var host = await StaffHost.StartAsync();
        using var officer = await host.SignedInAsync(Role.Officer);
        var opened = await officer.PostJsonAsync("/api/cases", new { unit = StaffHost.Unit, offence = "060121", summary = "A suitcase.", parties = Array.Empty<object>() });
        var id = Guid.Parse(opened.Headers.Location!.ToString().Split('/')[^1]);
        await host.UntilAsync(r => r.Stream.Value == id && r.Event is SeatDrawn);
        Assert.Equal(HttpStatusCode.OK, (await officer.GetAsync($"/cases/{id}")).StatusCode);
        var size = Stop(host);

        var list = await officer.GetAsync("/cases");
        Assert.Equal(HttpStatusCode.OK, list.StatusCode);
        Assert.Contains("what is read now is not on the record", await list.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        await AssertStoppedAsync(await officer.GetAsync($"/cases/{id}"));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await officer.GetAsync($"/api/cases/{id}")).StatusCode);
        var post = await officer.PostJsonAsync("/api/cases", new { unit = StaffHost.Unit, offence = "060121", summary = "Another.", parties = Array.Empty<object>() });
        Assert.Equal(HttpStatusCode.ServiceUnavailable, post.StatusCode);
        Assert.Equal("application/problem+json", post.Content.Headers.ContentType?.MediaType);
        Assert.Equal(HttpStatusCode.SeeOther, (await officer.PostAsync("/sign-out", await officer.TextAsync("/cases"), [])).StatusCode);
        Assert.Equal(size, host.Log.Size);
    }

    [Fact]
    public async Task The_evidence_is_for_everybody_and_says_nothing_of_the_machine()
    {
        await using var host = await StaffHost.StartAsync();
        using var stranger = host.Open();
        Assert.Equal("/record", (await stranger.GetAsync("/record/stopped")).Headers.Location?.ToString());
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync("/record/evidence")).StatusCode);
        Assert.Contains("When the log has stopped", await stranger.TextAsync("/record/witnessing.md"), StringComparison.Ordinal);
        Assert.Contains("probity succeed --data OLD", await stranger.TextAsync("/record/recovery.md"), StringComparison.Ordinal);

        host.Log.StopSigning("nobody wrote down why");
        Assert.Contains("the server&#x27;s own log says what happened", await stranger.TextAsync("/record/stopped"), StringComparison.Ordinal);
        var folder = NodeFolder.At(host.DataFolder);
        await File.WriteAllTextAsync(folder.RestoredFile, "a backup was put back");
        Assert.Contains("A copy of the record was put back", await stranger.TextAsync("/record/stopped"), StringComparison.Ordinal);
        Stop(host);
        var page = await stranger.TextAsync("/record/stopped");
        Assert.Contains("is not what its witnesses outside have seen", page, StringComparison.Ordinal);
        Assert.Contains("the witness ombudsman shows another history", page, StringComparison.Ordinal);
        Assert.Contains("Stopped since 2 March 2026, 09:00", page, StringComparison.Ordinal);
        Assert.DoesNotContain(host.DataFolder, page, StringComparison.Ordinal);
        Assert.Equal(Evidence, await stranger.TextAsync("/record/evidence"));

        // No evidence that a node writes is so long.
        await File.WriteAllTextAsync(folder.StoppedFile, new string('x', 70_000));
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync("/record/evidence")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await stranger.GetAsync("/record/stopped")).StatusCode);
    }

    /// <summary>Stops the log as a node does whose witnesses have seen another history; how many entries it holds.</summary>
    internal static long Stop(StaffHost host, string evidence = Evidence)
    {
        var file = NodeFolder.At(host.DataFolder).StoppedFile;
        File.WriteAllText(file, evidence);
        File.SetLastWriteTimeUtc(file, new DateTime(2026, 3, 2, 9, 0, 0, DateTimeKind.Utc));
        host.Log.StopSigning($"it contradicts what its witnesses have seen: {file} says how.");
        return host.Log.Size;
    }

    static async Task AssertStoppedAsync(HttpResponseMessage answer)
    {
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Contains("The record has stopped", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }
}
