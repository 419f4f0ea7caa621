using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Probity.Access.Contract;
using Probity.Cases.Contract;
using Probity.Cases.Viewing;
using Probity.Ledger;
using Probity.Shared.Record;
using Probity.Tests.Access;
using static Probity.Tests.Cases.CaseHouse;

namespace Probity.Tests.Cases;

public sealed class TakeReceiptTests
{
    /// <summary>Whoever sees the case gets its receipts, whoever does not gets none: person by person.</summary>
    [Fact]
    public async Task A_receipt_is_for_whoever_may_see_the_case_and_taking_it_is_recorded()
    {
        await using var house = await CaseHouse.CreateAsync();
        var id = await house.ProsecutedAsync();
        var elsewhere = await house.OpenAsync();
        var register = Staff.Agency().ToRegister();
        var own = (await house.EventsAsync(new StreamId(id)))[0].Index;
        var (view, take) = (house.Get<ViewCase>(), house.Get<TakeReceipt>());
        var (seen, unseen) = (0, 0);
        foreach (var person in register.People.Keys.Append(Guid.NewGuid()))
        {
            var reads = (await house.EventsAsync(Streams.ReadsOf(new StreamId(id)))).Count;
            var refusals = (await house.EventsAsync(Streams.RefusalsOf(new StreamId(id)))).Count;
            var receipt = await take.HandleAsync(person, id, own, content: true, Cancel);
            if (receipt is null) Assert.Equal(refusals + 1, (await house.EventsAsync(Streams.RefusalsOf(new StreamId(id)))).Count);
            else Assert.Equal("cases.receipt", Assert.IsType<MatterRead>(Assert.Single((await house.EventsAsync(Streams.ReadsOf(new StreamId(id)))).Skip(reads)).Event).What);
            Assert.Equal(await view.HandleAsync(person, id, Cancel) is null, receipt is null);
            _ = receipt is null ? unseen++ : seen++;
        }

        Assert.True(seen > 3 && unseen > 3, $"{seen} see it, {unseen} do not");

        // Another case's entry, one of no case, and none at all are not this case's, whoever asks.
        var overseer = register.Holders(Role.Overseer, house.Time.Now)[0];
        var foreign = (await house.EventsAsync(new StreamId(elsewhere)))[0].Index;
        foreach (var index in (long[])[foreign, 0, house.Log.Size + 100, -1, long.MaxValue, long.MinValue])
            Assert.Null(await take.HandleAsync(overseer, id, index, content: true, Cancel));
        Assert.Null(await take.HandleAsync(overseer, Guid.NewGuid(), own, content: true, Cancel));
    }

    [Fact]
    public async Task The_story_of_a_case_links_each_entrys_receipt_on_the_page_and_the_api_gives_the_same()
    {
        await using var host = await StaffHost.StartAsync();
        using var officer = await host.SignedInAsync(Role.Officer);
        using var monitor = await host.SignedInAsync(Role.Monitor);
        var made = await officer.PostJsonAsync("/api/cases", new { unit = StaffHost.Unit, offence = "060121", summary = "A suitcase of salt.", parties = Array.Empty<object>() });
        var id = Guid.Parse(made.Headers.Location!.ToString().Split('/')[^1]);
        await host.UntilAsync(r => r.Stream.Value == id && r.Event is SeatDrawn);

        var links = Regex.Matches(await officer.TextAsync($"/cases/{id}"), $"href=\"(/cases/{id}/receipt/(\\d+))\" download").Select(m => (Href: m.Groups[1].Value, Index: m.Groups[2].Value)).ToList();
        Assert.Equal((await host.RecordAsync()).Count(r => r.Stream.Value == id), links.Count);
        foreach (var (href, index) in links)
        {
            var page = await officer.GetAsync(href);
            Assert.Equal(HttpStatusCode.OK, page.StatusCode);
            Assert.Equal($"record-{index}.tlog-proof", page.Content.Headers.ContentDisposition!.FileName);
            Assert.Equal(("no-store", "text/plain"), (page.Headers.CacheControl!.ToString(), page.Content.Headers.ContentType!.MediaType));
            Assert.Equal(ReceiptForm.Content, Check(await page.Content.ReadAsStringAsync()).Opening.Form);
            Assert.Equal(HttpStatusCode.NotFound, (await monitor.GetAsync(href)).StatusCode);
            Assert.Equal(HttpStatusCode.NotFound, (await monitor.GetAsync($"/api/cases/{id}/receipts/{index}")).StatusCode);
            Assert.Equal(ReceiptForm.Content, Check(await officer.TextAsync($"/api/cases/{id}/receipts/{index}")).Opening.Form);
        }

        var whole = Check(await officer.TextAsync(links[^1].Href));
        Assert.Contains("A suitcase of salt.", Encoding.UTF8.GetString(whole.Opening.Payload.Span), StringComparison.Ordinal);
        var without = Check(await officer.TextAsync(links[^1].Href + "?content=false"));
        Assert.Equal((ReceiptForm.Header, 0, whole.Header), (without.Opening.Form, without.Opening.Payload.Length, without.Header! with { Commitment = whole.Header!.Commitment, CiphertextHash = whole.Header.CiphertextHash }));
        Assert.Equal(HttpStatusCode.BadRequest, (await officer.GetAsync(links[^1].Href + "?content=perhaps")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await officer.GetAsync($"/cases/{id}/receipt/0")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await officer.GetAsync($"/api/cases/{id}/receipts/0")).StatusCode);
        using var stranger = host.Open();
        Assert.Equal(HttpStatusCode.Redirect, (await stranger.GetAsync(links[0].Href)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await stranger.GetAsync($"/api/cases/{id}/receipts/{links[0].Index}")).StatusCode);

        using var integrity = await host.SignedInAsync(Role.Integrity);
        Assert.Contains("a receipt", await integrity.TextAsync($"/cases/{id}"), StringComparison.Ordinal);

        ReceiptReport Check(string receipt)
        {
            var log = (TransparencyLog)host.Services.GetService(typeof(TransparencyLog))!;
            var report = ReceiptVerifier.Verify(Encoding.UTF8.GetBytes(receipt), new ReceiptRequest(log.VerifierKey, null));
            Assert.True(report.Proved, string.Join('\n', report.Checks));
            return report;
        }
    }
}
