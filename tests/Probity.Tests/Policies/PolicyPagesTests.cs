using System.Net;
using Probity.Access.Contract;
using Probity.Policies.Contract;
using Probity.Tests.Access;

namespace Probity.Tests.Policies;

/// <summary>The pack through the page of the real server.</summary>
public sealed class PolicyPagesTests
{
    static Dictionary<string, string> Form(string pack = "PA", string reason = "As the decree on vetting of 2025 has it.", params (PolicyRule Rule, string Figure)[] set)
    {
        var form = PolicyRules.All.ToDictionary(r => r.Key, r => r.Default.ToString(System.Globalization.CultureInfo.InvariantCulture));
        foreach (var (rule, figure) in set) form[rule.Key] = figure;
        (form["pack"], form["reason"]) = (pack, reason);
        return form;
    }

    [Fact]
    public async Task Integrity_asks_an_overseer_agrees_and_everybody_but_who_runs_the_machine_reads_it()
    {
        await using var host = await StaffHost.StartAsync();
        var (integrity, overseer) = (await host.SignedInAsync(Role.Integrity), await host.SignedInAsync(Role.Overseer));
        Assert.Contains("No policy pack is chosen", await integrity.TextAsync("/"), StringComparison.Ordinal);
        var page = await integrity.TextAsync("/policy");
        Assert.Contains("the default holds", page, StringComparison.Ordinal);

        // What is wrong is said at each field, and what was typed stays.
        var wrong = await integrity.PostAsync("/policy/propose", page, Form("", "why", (PolicyRules.QuizPassedAt, "101"), (PolicyRules.BasicHolds, "1e3")));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
        wrong = await integrity.PostAsync("/policy/propose", page, Form(set: [(PolicyRules.QuizPassedAt, "101"), (PolicyRules.BasicHolds, "1e3")]));
        var said = await wrong.Content.ReadAsStringAsync();
        Assert.Contains("href=\"#conduct.quiz-passed-at\"", said, StringComparison.Ordinal);
        Assert.Contains("href=\"#people.basic-holds\"", said, StringComparison.Ordinal);
        Assert.Contains("value=\"1e3\"", said, StringComparison.Ordinal);
        Assert.DoesNotContain(await host.RecordAsync(), r => r.Event is PackProposed);

        Assert.Equal(HttpStatusCode.SeeOther, (await integrity.PostAsync("/policy/propose", page, Form(set: (PolicyRules.SensitiveHolds, "96")))).StatusCode);
        Assert.Contains("Another version of the policy pack is asked for", await overseer.TextAsync("/"), StringComparison.Ordinal);
        var asked = await overseer.TextAsync("/policy");
        Assert.Contains("Asks less than now", asked, StringComparison.Ordinal);
        Assert.Contains("96 months", asked, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await overseer.PostAsync("/policy/answer", asked, new() { ["answer"] = "no" })).StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, (await overseer.PostAsync("/policy/answer", asked, new() { ["answer"] = "yes" })).StatusCode);

        foreach (var role in Enum.GetValues<Role>())
        {
            var reader = await host.SignedInAsync(role);
            if (role == Role.Administrator)
            {
                Assert.Equal(HttpStatusCode.Forbidden, (await reader.GetAsync("/policy")).StatusCode);
                continue;
            }

            var text = await reader.TextAsync("/policy");
            Assert.Contains("In force: Panama (PA 1)", text, StringComparison.Ordinal);
            Assert.Contains("Asks less than the default", text, StringComparison.Ordinal);
            Assert.Equal(role == Role.Integrity, text.Contains("action=\"/policy/propose\"", StringComparison.Ordinal));
            if (role is Role.Integrity or Role.Overseer) continue;
            Assert.Equal(HttpStatusCode.UnprocessableEntity, (await reader.PostAsync("/policy/propose", text, Form("BR"))).StatusCode);
            Assert.Equal(HttpStatusCode.UnprocessableEntity, (await reader.PostAsync("/policy/answer", text, new() { ["answer"] = "yes" })).StatusCode);
        }

        Assert.Single(await host.RecordAsync(), r => r.Event is PackAgreed && r.Actor.Value == StaffHost.Of(Role.Overseer));
    }
}
