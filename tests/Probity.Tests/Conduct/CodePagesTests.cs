using System.Net;
using System.Text.RegularExpressions;
using Probity.Access.Contract;
using Probity.Conduct.Contract;
using Probity.Conduct.Publishing;
using Probity.Conduct.Viewing;
using Probity.Shared.Record;
using Probity.Tests.Access;
using Microsoft.Extensions.DependencyInjection;

namespace Probity.Tests.Conduct;

/// <summary>The code through the pages of the real server.</summary>
public sealed class CodePagesTests
{
    internal static async Task PublishAsync(StaffHost host)
    {
        var (integrity, overseer) = (await host.SignedInAsync(Role.Integrity), await host.SignedInAsync(Role.Overseer));
        var form = await integrity.TextAsync("/conduct/propose");
        var fields = Fields(form);
        fields["reason"] = Codes.Reason;
        Assert.Equal(HttpStatusCode.SeeOther, (await integrity.PostAsync("/conduct/propose", form, fields)).StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, (await overseer.PostAsync("/conduct/answer", await overseer.TextAsync("/conduct"), new() { ["answer"] = "yes" })).StatusCode);
    }

    internal static async Task<HttpResponseMessage> AnswerAsync(Tests.Access.Browser who, int wrong)
    {
        var form = await who.TextAsync("/conduct/quiz");
        var fields = Codes.Answers(wrong).ToDictionary(a => $"q{a.Key}", a => a.Value.ToString(System.Globalization.CultureInfo.InvariantCulture));
        (fields["version"], fields["attempt"]) = (Hidden(form, "version"), "0");
        return await who.PostAsync("/conduct/quiz", form, fields);
    }

    internal static async Task AcknowledgeAsync(Tests.Access.Browser who)
    {
        Assert.Equal(HttpStatusCode.SeeOther, (await AnswerAsync(who, 0)).StatusCode);
        var page = await who.TextAsync("/conduct");
        Assert.Equal(HttpStatusCode.SeeOther, (await who.PostAsync("/conduct/acknowledge", page, new() { ["version"] = Hidden(page, "version") })).StatusCode);
    }

    static string Hidden(string page, string name) => Regex.Match(page, $"name=\"{name}\" value=\"([^\"]+)\"").Groups[1].Value;

    static Dictionary<string, string> Fields(string form) =>
        Regex.Matches(form, "<input [^>]*name=\"(a[^\"]+)\"[^>]*>").ToDictionary(m => m.Groups[1].Value, m => WebUtility.HtmlDecode(Regex.Match(m.Value, "value=\"([^\"]*)\"").Groups[1].Value))
            .Concat(Regex.Matches(form, "<textarea [^>]*name=\"(a[^\"]+)\"[^>]*>([^<]*)</textarea>").ToDictionary(m => m.Groups[1].Value, m => WebUtility.HtmlDecode(m.Groups[2].Value)))
            .ToDictionary();

    [Fact]
    public async Task A_code_is_published_by_two_read_by_everybody_and_acknowledged_after_a_passed_quiz()
    {
        await using var host = await StaffHost.StartAsync();
        var (anybody, officer, overseer, monitor) = (host.Open(), await host.SignedInAsync(Role.Officer), await host.SignedInAsync(Role.Overseer), await host.SignedInAsync(Role.Monitor));
        Assert.Contains("No code is published yet", await officer.TextAsync("/conduct"), StringComparison.Ordinal);
        Assert.Contains("/conduct", await (await host.SignedInAsync(Role.Integrity)).TextAsync("/"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.SeeOther, (await officer.GetAsync("/conduct/quiz")).StatusCode);
        await PublishAsync(host);
        foreach (var reader in new[] { anybody, officer, monitor })
        {
            Assert.Contains("No bribes", await reader.TextAsync("/conduct"), StringComparison.Ordinal);
            Assert.Contains("Ningún soborno", WebUtility.HtmlDecode(await reader.TextAsync("/conduct?lang=es")), StringComparison.Ordinal);
        }

        // Too few right: it is explained, and on no record.
        var unanswered = await officer.PostAsync("/conduct/quiz", await officer.TextAsync("/conduct/quiz"), new() { ["version"] = "1", ["attempt"] = "0", ["q1"] = "3" });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, unanswered.StatusCode);
        Assert.Contains("href=\"#q2\"", await unanswered.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        var failed = await AnswerAsync(officer, 3);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, failed.StatusCode);
        var said = await failed.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains("70 % right; it takes 80 %", said, StringComparison.Ordinal);
        Assert.Contains("/conduct/quiz?attempt=1", said, StringComparison.Ordinal);
        Assert.DoesNotContain(await host.RecordAsync(), r => r.Event is QuizPassed || r is { Event: ActionRefused { Action: "conduct.Quiz" } });
        Assert.NotEqual(await officer.TextAsync("/conduct/quiz?attempt=0"), await officer.TextAsync("/conduct/quiz?attempt=1"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await officer.PostAsync("/conduct/acknowledge", await officer.TextAsync("/conduct"), new() { ["version"] = "1" })).StatusCode);

        await AcknowledgeAsync(officer);
        var acknowledged = Assert.Single(await host.RecordAsync(), r => r.Event is CodeAcknowledged);
        Assert.Equal(Compartments.OfPerson(StaffHost.Of(Role.Officer)), acknowledged.Compartment);
        Assert.Contains("You acknowledged this version", await officer.TextAsync("/conduct"), StringComparison.Ordinal);
        foreach (var (other, what) in new[] { (overseer, HttpStatusCode.Forbidden), (monitor, HttpStatusCode.Forbidden), (await host.SignedInAsync(Role.Administrator), HttpStatusCode.Forbidden) })
            Assert.Equal(what, (await other.GetAsync("/conduct/quiz")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await officer.GetAsync("/conduct/propose")).StatusCode);
        Assert.Contains("No bribes", await anybody.TextAsync("/conduct/versions/1"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await anybody.GetAsync("/conduct/versions/2")).StatusCode);
    }

    [Fact]
    public async Task Who_has_acknowledged_it_is_seen_by_commander_integrity_and_overseer_and_found_by_name()
    {
        await using var host = await StaffHost.StartAsync(more: [.. Enumerable.Repeat((Role.Officer, StaffHost.OtherUnit), 30)]);
        await PublishAsync(host);
        await AcknowledgeAsync(await host.SignedInAsync(Role.Officer));
        host.Clock.Now += TimeSpan.FromDays(31);
        await host.CaughtUpAsync(ConductView.ViewName);
        var (commander, integrity, overseer) = (await host.SignedInAsync(Role.Commander), await host.SignedInAsync(Role.Integrity), await host.SignedInAsync(Role.Overseer));
        var mine = await commander.TextAsync("/conduct/people");
        // Six of the unit are bound beside the commander: one of them is current.
        Assert.Contains("14 %: 1 of 7 have acknowledged", mine, StringComparison.Ordinal);
        Assert.Contains("Quilombo Officer", mine, StringComparison.Ordinal);
        Assert.DoesNotContain("Palmares", mine, StringComparison.Ordinal);
        Assert.DoesNotContain("Palmares", await commander.TextAsync("/conduct/people?name=palm"), StringComparison.Ordinal);
        foreach (var reader in new[] { integrity, overseer })
        {
            Assert.Contains("1 of 37 have acknowledged", await reader.TextAsync("/conduct/people"), StringComparison.Ordinal);
            Assert.Contains("Quilombo Officer", await reader.TextAsync("/conduct/people?page=2"), StringComparison.Ordinal);
            Assert.Contains("Palmares Officer 29", await reader.TextAsync("/conduct/people?name=officer+29"), StringComparison.Ordinal);
            Assert.Contains("Nobody found", await reader.TextAsync("/conduct/people?name=xyz"), StringComparison.Ordinal);
        }

        foreach (var role in Enum.GetValues<Role>().Except([Role.Commander, Role.Integrity, Role.Overseer]))
            Assert.Equal(HttpStatusCode.Forbidden, (await (await host.SignedInAsync(role)).GetAsync("/conduct/people")).StatusCode);

        // The first screen tells no count under five; the overdue are told why.
        Assert.Contains("Of 37 people in post fewer than 5 have acknowledged it", await host.Open().TextAsync("/"), StringComparison.Ordinal);
        Assert.Contains("It is overdue", await (await host.SignedInAsync(StaffHost.Other(0))).TextAsync("/"), StringComparison.Ordinal);
        Assert.DoesNotContain("Acknowledge the code of conduct", await (await host.SignedInAsync(Role.Officer)).TextAsync("/"), StringComparison.Ordinal);

        // A second version is due for everybody anew, and puts off nothing.
        await using var scope = host.Services.CreateAsyncScope();
        await Codes.PublishAsync(host.Services.GetRequiredService<PublishCode>(), StaffHost.Of(Role.Integrity), StaffHost.Of(Role.Overseer), (3, "Otherwise than before."));
        await host.CaughtUpAsync(ConductView.ViewName);
        var people = scope.ServiceProvider.GetRequiredService<CodePeople>();
        Assert.Equal(host.Clock.Now.AddDays(30), (await people.OfAsync(StaffHost.Of(Role.Officer), TestContext.Current.CancellationToken))!.Due);
        Assert.True((await people.OfAsync(StaffHost.Other(0), TestContext.Current.CancellationToken))!.Due < host.Clock.Now);
        var late = await commander.PostAsync("/conduct/acknowledge", await commander.TextAsync("/conduct/quiz"), new() { ["version"] = "1" });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, late.StatusCode);
        Assert.Contains("Another version was published meanwhile", await late.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }
}
