using System.Net;
using System.Text.Json;
using Probity.Access.Contract;
using Probity.Risk.Indicators;
using Probity.Shared.Record;
using Probity.Tests.Access;

namespace Probity.Tests.Risk;

/// <summary>Indicators of law and practice: who may, what counts, and what everybody reads.</summary>
public sealed class IndicatorTests
{
    const string Address = "/risk/indicators", Vetted = Address + "/staff-vetted";

    static readonly (Role, Guid)[] More = [(Role.Overseer, StaffHost.Agency), (Role.Integrity, StaffHost.Agency)];

    static Dictionary<string, string> Statement(string law = "75", string practice = "50", string source = "Statute, article 12", string evidence = "31 of 60 were vetted") =>
        new() { ["law"] = law, ["practice"] = practice, ["source"] = source, ["evidence"] = evidence };

    static async Task<HttpResponseMessage> PostAsync(Tests.Access.Browser who, string path, Dictionary<string, string> form) => await who.PostAsync(path, await who.TextAsync("/"), form);

    static async Task<JsonElement> ToldAsync(StaffHost host, string indicator) =>
        JsonDocument.Parse(await host.Open().TextAsync("/api/risk/indicators")).RootElement.EnumerateArray().Single(l => l.GetProperty("indicator").GetString() == indicator).Clone();

    [Fact]
    public async Task What_integrity_states_is_public_once_an_overseer_agrees_and_until_it_is_out_of_date()
    {
        await using var host = await StaffHost.StartAsync(more: More);
        var (integrity, overseer) = (await host.SignedInAsync(Role.Integrity), await host.SignedInAsync(Role.Overseer));
        Assert.Contains("No indicator has a score in force", await host.Open().TextAsync(Address), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.SeeOther, (await PostAsync(integrity, Vetted + "/state", Statement())).StatusCode);

        // Nothing of it is public while it waits, the evidence never.
        Assert.False((await ToldAsync(host, "staff-vetted")).TryGetProperty("law", out _));
        Assert.DoesNotContain("article 12", await host.Open().TextAsync(Address), StringComparison.Ordinal);
        Assert.Contains("An indicator waits for you", await overseer.TextAsync("/"), StringComparison.Ordinal);
        Assert.Contains("31 of 60", await overseer.TextAsync(Vetted), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.SeeOther, (await PostAsync(overseer, Vetted + "/answer", new() { ["number"] = "1", ["answer"] = "yes" })).StatusCode);
        var told = await ToldAsync(host, "staff-vetted");
        Assert.Equal((75, 50), (told.GetProperty("law").GetInt32(), told.GetProperty("practice").GetInt32()));
        var shown = await host.Open().TextAsync(Address);
        Assert.Contains("article 12", shown, StringComparison.Ordinal);
        Assert.Contains("aria-label=\"Law 75, practice 50\"", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("31 of 60", shown, StringComparison.Ordinal);

        // What is stated anew leaves what counts until it was agreed to; what was disputed too.
        Assert.Equal(HttpStatusCode.SeeOther, (await PostAsync(integrity, Vetted + "/state", Statement(practice: "100"))).StatusCode);
        Assert.Equal(50, (await ToldAsync(host, "staff-vetted")).GetProperty("practice").GetInt32());
        Assert.Equal(HttpStatusCode.SeeOther, (await PostAsync(overseer, Vetted + "/answer", new() { ["number"] = "2", ["answer"] = "no", ["reason"] = "The audit counted 20 of 60" })).StatusCode);
        Assert.Equal(50, (await ToldAsync(host, "staff-vetted")).GetProperty("practice").GetInt32());
        Assert.Contains("An overseer did not agree", await integrity.TextAsync("/"), StringComparison.Ordinal);

        host.Clock.Now += TimeSpan.FromDays(370);
        (integrity, overseer) = (await host.SignedInAsync(Role.Integrity), await host.SignedInAsync(Role.Overseer));
        Assert.False((await ToldAsync(host, "staff-vetted")).TryGetProperty("practice", out _));
        Assert.Contains("Out of date", await host.Open().TextAsync(Address), StringComparison.Ordinal);
    }

    // The table: whoever is not named is refused, and nothing is recorded but the refusal.
    [Fact]
    public async Task Only_integrity_states_and_only_an_overseer_answers()
    {
        await using var host = await StaffHost.StartAsync(more: More);
        foreach (var role in Enum.GetValues<Role>())
        {
            var who = await host.SignedInAsync(role);
            var sees = role is Role.Integrity or Role.Overseer or Role.Investigator or Role.Commander;
            Assert.Equal(sees ? HttpStatusCode.OK : HttpStatusCode.Forbidden, (await who.GetAsync(Vetted)).StatusCode);
            var state = await PostAsync(who, Vetted + "/state", Statement());
            Assert.Equal(role == Role.Integrity ? HttpStatusCode.SeeOther : sees ? HttpStatusCode.UnprocessableEntity : HttpStatusCode.Forbidden, state.StatusCode);
            var api = await who.PostJsonAsync("/api/risk/indicators/staff-declare", new { law = 100, lawSource = "Law on declarations", practice = 100, evidence = "Everybody declares" });
            Assert.Equal(role == Role.Integrity ? HttpStatusCode.OK : HttpStatusCode.UnprocessableEntity, api.StatusCode);
        }

        foreach (var role in Enum.GetValues<Role>().Where(r => r != Role.Overseer))
        {
            var who = await host.SignedInAsync(role);
            Assert.NotEqual(HttpStatusCode.SeeOther, (await PostAsync(who, Vetted + "/answer", new() { ["number"] = "1", ["answer"] = "yes" })).StatusCode);
            Assert.Equal(HttpStatusCode.UnprocessableEntity, (await who.PostJsonAsync("/api/risk/indicators/staff-vetted/answer", new { number = 1, agree = true })).StatusCode);
        }

        Assert.Equal(HttpStatusCode.Unauthorized, (await host.Open().PostJsonAsync("/api/risk/indicators/staff-vetted", new { law = 0 })).StatusCode);
        Assert.Equal(2, (await host.RecordAsync()).Count(r => r.Event is Probity.Risk.Contract.IndicatorStated));
        Assert.DoesNotContain(await host.RecordAsync(), r => r.Event is Probity.Risk.Contract.IndicatorConfirmed);
    }

    [Fact]
    public async Task An_answer_is_to_what_was_read_and_nothing_typed_wrong_is_recorded()
    {
        await using var host = await StaffHost.StartAsync(more: More);
        var (integrity, overseer) = (await host.SignedInAsync(Role.Integrity), await host.SignedInAsync(Role.Overseer));
        foreach (var (form, said) in new[]
        {
            (Statement(law: "80"), StateIndicator.ScoreWrong), (Statement(practice: ""), StateIndicator.ScoreWrong), (Statement(law: "-25"), StateIndicator.ScoreWrong),
            (Statement(source: " "), StateIndicator.SourceMissing), (Statement(evidence: "short"), StateIndicator.EvidenceMissing), (Statement(evidence: "A\u202Ereversed text here"), Probity.Risk.RiskTexts.Unfit),
        })
        {
            var answer = await PostAsync(integrity, Vetted + "/state", form);
            Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
            Assert.Contains(WebUtility.HtmlEncode(IndicatorText.Of(said)), await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        }

        Assert.Equal(HttpStatusCode.NotFound, (await integrity.GetAsync(Address + "/no-such")).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await overseer.PostJsonAsync("/api/risk/indicators/staff-vetted/answer", new { number = 1, agree = true })).StatusCode);
        await PostAsync(integrity, Vetted + "/state", Statement());
        await PostAsync(integrity, Vetted + "/state", Statement(law: "none", practice: "none", source: "Nothing was found yet", evidence: "Nobody has counted it"));

        // The overseer had read the first.
        var stale = await PostAsync(overseer, Vetted + "/answer", new() { ["number"] = "1", ["answer"] = "yes" });
        Assert.Contains(WebUtility.HtmlEncode(IndicatorText.Of(AnswerIndicator.StatedAnew)), await stale.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.SeeOther, (await PostAsync(overseer, Vetted + "/answer", new() { ["number"] = "2", ["answer"] = "yes" })).StatusCode);
        Assert.Contains("not enough evidence", await overseer.TextAsync(Vetted), StringComparison.Ordinal);
    }

    [Fact]
    public void A_band_has_its_bounds_and_a_mean_needs_half_of_its_indicators()
    {
        Assert.Equal("FFEEDDCCBBAA", string.Concat(new[] { 0, 16.9, 17, 32.9, 33, 49.9, 50, 66.9, 67, 82.9, 83, 100 }.Select(s => IndicatorList.BandOf(s))));
        var (now, scores) = (new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero), IndicatorScores.Initial);
        // Four indicators of staff: one is too few, two are enough, what is out of date does not count.
        Confirm("staff-vetted", 100, 50);
        Assert.Null(scores.MeanOf("staff", s => s.Law, now));
        Confirm("staff-declare", 50, null);
        Assert.Equal(75, scores.MeanOf("staff", s => s.Law, now));
        Assert.Null(scores.MeanOf("staff", s => s.Practice, now));
        Assert.Null(scores.MeanOf("staff", s => s.Law, now.AddDays(30)));

        void Confirm(string indicator, int? law, int? practice)
        {
            foreach (var happened in new IEvent[]
            {
                new Probity.Risk.Contract.IndicatorStated(indicator, law, "A statute", practice, "A count"),
                new Probity.Risk.Contract.IndicatorConfirmed(indicator, now.AddDays(30), "P 1"),
            }) scores = scores.Apply(new Recorded(happened, "", 0, IndicatorScores.Stream, scores.Version + 1, now, null, new(StaffHost.Of(Role.Integrity))));
        }
    }
}
