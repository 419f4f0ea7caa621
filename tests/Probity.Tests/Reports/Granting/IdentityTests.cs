using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Probity.Access.Contract;
using Probity.Reports.Contract;
using Probity.Reports.Exchanging;
using Probity.Reports.Granting;
using Probity.Reports.Reading;
using Probity.Sealing;
using Probity.Shared.Record;
using Probity.Tests.Access;

namespace Probity.Tests.Reports.Granting;

/// <summary>Who reported something, from a request to the one reader, through the pages of the real server.</summary>
public sealed class IdentityTests
{
    const string Name = "CANARY Aurelia", Notice = "The integrity office asks who you are, to hear you as a witness.", Words = "She alone saw the ledger.";

    static readonly Guid s_integrity = StaffHost.Of(Role.Integrity), s_other = StaffHost.Other(0), s_overseer = StaffHost.Of(Role.Overseer), s_custodian = StaffHost.Of(Role.Secretariat);

    static async Task<ReportScene> StartAsync()
    {
        var scene = await ReportScene.StartAsync((Role.Integrity, StaffHost.Agency));
        await scene.GiveKeysAsync();
        await scene.GiveKeyAsync(s_other, s_overseer);
        await scene.NameCustodianAsync(s_custodian);
        // A book is issued once a minute at most: the one in force now has all of them.
        scene.Host.Clock.Now += TimeSpan.FromMinutes(2);
        Assert.Equal(4, (await scene.BookAsync()).Holders.Count);
        return scene;
    }

    static async Task InHandAsync(Tests.Access.Browser who, Guid report)
    {
        var page = $"/reports/{report:D}";
        await who.DoneAsync(page, page + "/acknowledge", ("acknowledge-message", "We have read what you wrote."));
        await who.DoneAsync(page, page + "/triage", ("triage-verdict", "withinRemit"), ("triage-urgency", "soon"), ("triage-risk", "low"), ("triage-words", Words));
        await who.DoneAsync(page, page + "/take");
    }

    [Fact]
    public async Task An_identity_is_handed_to_one_reader_after_the_source_was_told_and_to_nobody_else()
    {
        await using var scene = await StartAsync();
        var (report, source) = await scene.ReportAsync(text: "CANARY-text", identity: new DepositIdentity(Name, "+238 555 0199"));
        await scene.FetchAsync();
        var asker = await scene.UnlockedAsync(s_integrity);
        await InHandAsync(asker, report);
        var page = ShowIdentity.Of(report);
        Assert.Contains($"href=\"{page}\"", await asker.TextAsync($"/reports/{report:D}"), StringComparison.Ordinal);

        // Asked for another of integrity: the source is told by the same append.
        await asker.RefusedAsync("Write to the source", page, page + "/ask", ("ask-for", s_other.ToString("D")), ("ask-reason", Words));
        await asker.DoneAsync(page, page + "/ask", ("ask-for", s_other.ToString("D")), ("ask-reason", Words), ("ask-notice", Notice));
        var record = await scene.Host.RecordAsync();
        var (asked, told) = (record.Single(r => r.Event is IdentityAsked), record.Last(r => r.Event is AnswerGiven));
        Assert.Equal(asked.Index - 1, told.Index);
        var given = (AnswerGiven)told.Event!;
        var read = new SealedAnswer(given.Id, given.Report, given.Day, Convert.FromBase64String(given.Box)).Open(source.Key)!;
        Assert.Equal((SourceStage.IdentityAsked, Notice), (read.Stage!.Value, read.Text));

        // Not by the asker, nor by whoever gets it, nor before the days of notice.
        var overseer = await scene.UnlockedAsync(s_overseer);
        await asker.RefusedAsync("You asked for it", page, page + "/answer", ("answer-agrees", "yes"));
        await overseer.RefusedAsync("too short a time ago", page, page + "/answer", ("answer-agrees", "yes"));
        var custodian = await scene.UnlockedAsync(s_custodian);
        var nothing = await custodian.TextAsync(ShowIdentities.Address);
        Assert.Contains("Nothing to hand on", nothing, StringComparison.Ordinal);
        await custodian.RefusedAsync("does not wait to be handed on", ShowIdentities.Address, $"{ShowIdentities.Address}/{((IdentityAsked)asked.Event!).Id:D}");
        scene.Host.Clock.Now += TimeSpan.FromDays(7);
        overseer = await scene.UnlockedAsync(s_overseer);
        Assert.Contains($"href=\"{page}\"", await overseer.TextAsync("/"), StringComparison.Ordinal);
        await overseer.DoneAsync(page, page + "/answer", ("answer-agrees", "yes"));

        // The custodian sees who and for whom, and nothing of the report.
        custodian = await scene.UnlockedAsync(s_custodian);
        Assert.Contains($"href=\"{ShowIdentities.Address}\"", await custodian.TextAsync("/"), StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.Forbidden), ((await custodian.GetAsync(page)).StatusCode, (await custodian.GetAsync($"/reports/{report:D}")).StatusCode));
        var seen = await custodian.TextAsync(ShowIdentities.Address);
        foreach (var shown in new[] { "Quilombo Integrity", "Quilombo Overseer", "Palmares Integrity 0" }) Assert.Contains(shown, seen, StringComparison.Ordinal);
        foreach (var kept in new[] { "CANARY", "bribery", Words, report.ToString("D") }) Assert.DoesNotContain(kept, seen, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(HttpStatusCode.Forbidden, (await overseer.GetAsync(ShowIdentities.Address)).StatusCode);
        await custodian.DoneAsync(ShowIdentities.Address, $"{ShowIdentities.Address}/{((IdentityAsked)asked.Event).Id:D}");
        Assert.DoesNotContain("CANARY", await custodian.TextAsync(ShowIdentities.Address), StringComparison.Ordinal);

        // One reads it, and each look is an entry.
        var (grantee, other) = (await scene.UnlockedAsync(s_other), await scene.UnlockedAsync(s_integrity));
        Assert.Contains(Name, await grantee.TextAsync(page), StringComparison.Ordinal);
        Assert.Contains("555 0199", await grantee.TextAsync(page), StringComparison.Ordinal);
        foreach (var who in new[] { other, overseer }) Assert.DoesNotContain("CANARY Aurelia", await who.TextAsync(page), StringComparison.Ordinal);
        Assert.Equal([s_other, s_other], (await scene.Host.RecordAsync()).Where(r => r.Event is MatterRead { What: ShowIdentity.Look }).Select(r => r.Actor.Value));

        // Whoever has the database and the private keys of other readers opens neither the slots nor what was handed on.
        var granted = (await scene.Host.RecordAsync()).Select(r => r.Event).OfType<IdentityGranted>().Single();
        var deposit = KeptReports.Read((await scene.Deposits.OfReportAsync(report, default)).Single())!;
        foreach (var person in new[] { s_integrity, s_overseer, s_other })
        {
            using var key = await scene.PrivateKeyAsync(person);
            for (var slot = 0; slot < deposit.Identity.Slots.Count; slot++) Assert.Null(deposit.Identity.OpenSlot(deposit.Binding(PartKind.Identity), slot, key));
            Assert.Equal(person == s_other, Handed.OpenKey(deposit.Id, PartKind.Identity, granted.Keys.Single().Box, key) is not null);
            // Nor is it the key of what was reported.
            Assert.Null(Handed.OpenKey(deposit.Id, PartKind.Content, granted.Keys.Single().Box, key));
        }

        Assert.Equal(0, scene.Count("CANARY"));
    }

    [Fact]
    public async Task A_custodian_it_is_kept_from_is_told_that_another_has_to_and_the_record_tells_nothing()
    {
        await using var scene = await StartAsync();
        var (report, _) = await scene.ReportAsync(new MustNotSee([], [], ["Quilombo Secretariat"]), identity: new DepositIdentity(Name, ""));
        var (anonymous, _) = await scene.ReportAsync(text: "without a name");
        await scene.FetchAsync();
        var asker = await scene.UnlockedAsync(s_integrity);
        foreach (var one in new[] { report, anonymous })
        {
            await InHandAsync(asker, one);
            await asker.DoneAsync(ShowIdentity.Of(one), ShowIdentity.Of(one) + "/ask", ("ask-for", s_integrity.ToString("D")), ("ask-reason", Words), ("ask-notice", Notice));
        }

        // Another of integrity does not agree where an overseer can, and says no danger into being.
        var (other, overseer) = (await scene.UnlockedAsync(s_other), await scene.UnlockedAsync(s_overseer));
        await other.RefusedAsync("Your post does not let you do this", ShowIdentity.Of(report), ShowIdentity.Of(report) + "/answer", ("answer-agrees", "yes"), ("answer-danger", "yes"), ("answer-words", Words));
        foreach (var one in new[] { report, anonymous }) await overseer.DoneAsync(ShowIdentity.Of(one), ShowIdentity.Of(one) + "/answer", ("answer-agrees", "yes"), ("answer-danger", "yes"), ("answer-words", "They wait for her at the gate."));

        var custodian = await scene.Host.SignedInAsync(s_custodian);
        var requests = (await scene.Host.RecordAsync()).Select(r => r.Event).OfType<IdentityAsked>().ToDictionary(a => a.Report, a => a.Id);
        await custodian.RefusedAsync("Unlock your key first", ShowIdentities.Address, $"{ShowIdentities.Address}/{requests[report]:D}");
        custodian = await scene.UnlockedAsync(s_custodian);
        var entries = (await scene.Host.RecordAsync()).Count;
        await custodian.RefusedAsync("another custodian has to", ShowIdentities.Address, $"{ShowIdentities.Address}/{requests[report]:D}");
        Assert.Equal(entries, (await scene.Host.RecordAsync()).Count);

        // An identity that was not left is handed on as any other: only whoever it is for learns that there is none.
        await custodian.DoneAsync(ShowIdentities.Address, $"{ShowIdentities.Address}/{requests[anonymous]:D}");
        Assert.Contains("neither a name nor a way to be reached", await asker.TextAsync(ShowIdentity.Of(anonymous)), StringComparison.Ordinal);
        Assert.DoesNotContain("What the source left", await asker.TextAsync(ShowIdentity.Of(report)), StringComparison.Ordinal);
        Assert.Single((await scene.Host.RecordAsync()).Select(r => r.Event).OfType<IdentityGranted>());
    }
}
