using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Probity.Ledger;
using Probity.Ledger.Formats;
using Probity.Tests.Access;

namespace Probity.Tests.Shared;

/// <summary>Who confirmed the record from outside, as the pages say it, and what anyone may take along.</summary>
public sealed class RecordPagesTests
{
    [Fact]
    public async Task Where_nobody_outside_has_confirmed_it_says_so_and_nothing_is_green()
    {
        await using var host = await StaffHost.StartAsync();
        using var stranger = host.Open();
        foreach (var (language, said, foot) in new[]
        {
            ("en", "Nobody outside has confirmed this record yet.", "Record not confirmed by anybody outside"),
            ("es", "Nadie de fuera ha confirmado aún este registro.", "Registro no confirmado por nadie de fuera"),
            ("pt", "Ninguém de fora confirmou ainda este registo.", "Registo não confirmado por ninguém de fora"),
        })
        {
            var home = WebUtility.HtmlDecode(await stranger.TextAsync($"/?lang={language}"));
            Assert.Matches("row--attention\">(?:(?!</li>).)*" + Regex.Escape(said), home.ReplaceLineEndings(" "));
            Assert.Contains(foot, home, StringComparison.Ordinal);
            var page = WebUtility.HtmlDecode(await stranger.TextAsync($"/record?lang={language}"));
            Assert.Contains(said, page, StringComparison.Ordinal);
            Assert.DoesNotContain("/log/policy", page, StringComparison.Ordinal);
            Assert.DoesNotContain("hash", Regex.Replace(page, "<details.*</details>", "", RegexOptions.Singleline), StringComparison.OrdinalIgnoreCase);
            // Its one page of annex aside, the guide has no such word either.
            var guide = WebUtility.HtmlDecode(await stranger.TextAsync($"/record/guide?lang={language}"));
            Assert.DoesNotContain("hash", Regex.Replace(guide, "(Annex|Anexo).*", "", RegexOptions.Singleline), StringComparison.OrdinalIgnoreCase);
        }

        Assert.Contains("This is a demo", await stranger.TextAsync("/record"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync("/log/policy")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await stranger.GetAsync("/record/verify-receipt.sh")).StatusCode);
        Assert.Contains("Record not confirmed", await stranger.TextAsync("/sign-in"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_witnesses_have_confirmed_it_says_who_and_when_and_warns_once_that_is_old()
    {
        await using var host = await ConfirmedHost.StartAsync();
        using var stranger = host.Staff.Open();
        host.Staff.Clock.Now += TimeSpan.FromHours(2);
        var home = WebUtility.HtmlDecode(await stranger.TextAsync("/")).ReplaceLineEndings(" ");
        Assert.Matches("row--good\">(?:(?!</li>).)*Confirmed by the Ombudsman and 1 more 2 hours ago\\.", home);
        Assert.Contains("Record confirmed 2 hours ago by 2 of 3", home, StringComparison.Ordinal);
        var page = WebUtility.HtmlDecode(await stranger.TextAsync("/record"));
        Assert.Contains("Confirmed from outside 2 hours ago.", page, StringComparison.Ordinal);
        Assert.Contains($"covers the first {host.Size} entries", page, StringComparison.Ordinal);
        Assert.Matches(@"(?s)the Ombudsman</th>.*2 hours ago.*Audit Court</th>.*2 hours ago.*Partner node</th>.*not this one", page);
        var policy = TlogPolicy.Parse(Encoding.UTF8.GetBytes(await stranger.TextAsync("/log/policy")));
        Assert.Equal([host.Log.VerifierKey], policy.Logs.Select(log => log.Key));

        var receipt = await stranger.GetAsync("/log/receipt/3");
        Assert.Equal("record-3.tlog-proof", receipt.Content.Headers.ContentDisposition!.FileName);
        var report = ReceiptVerifier.Verify(await receipt.Content.ReadAsByteArrayAsync(), new ReceiptRequest(null, policy));
        Assert.True(report is { Proved: true, Quorum: true, Header: null }, string.Join('\n', report.Checks));
        foreach (var path in (string[])["03", "-1", "x", "99999999", "9999999999999999999999"])
            Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync("/log/receipt/" + path)).StatusCode);

        host.Staff.Clock.Now += TimeSpan.FromDays(2);
        home = WebUtility.HtmlDecode(await stranger.TextAsync("/")).ReplaceLineEndings(" ");
        Assert.Matches("row--attention\">(?:(?!</li>).)*Last confirmed by the Ombudsman and 1 more 2 days ago\\.", home);
        Assert.Contains("longer ago than it should be", await stranger.TextAsync("/record"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_record_that_has_stopped_says_so_before_all_else()
    {
        await using var host = await ConfirmedHost.StartAsync();
        using var stranger = host.Staff.Open();
        host.Log.StopSigning("the Ombudsman has seen another history.");
        var home = WebUtility.HtmlDecode(await stranger.TextAsync("/")).ReplaceLineEndings(" ");
        Assert.Matches("row--attention\">(?:(?!</li>).)*Stopped: no entry is taken", home);
        Assert.Contains("Record stopped: no entry is taken", home, StringComparison.Ordinal);
        Assert.Contains("The record has stopped", await stranger.TextAsync("/record"), StringComparison.Ordinal);
        Assert.Contains("the Ombudsman, Audit Court, Partner node", await stranger.TextAsync("/record/stopped"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Receipts_for_anyone_are_limited_for_each_address()
    {
        await using var host = await StaffHost.StartAsync();
        using var stranger = host.Open();
        var answers = new List<HttpStatusCode>();
        for (var i = 0; i < 310; i++) answers.Add((await stranger.GetAsync("/log/receipt/0")).StatusCode);
        Assert.Equal(300, answers.Count(status => status == HttpStatusCode.OK));
        Assert.Equal(10, answers.Count(status => status == HttpStatusCode.TooManyRequests));
    }
}

/// <summary>A staff server whose record two of three witnesses have confirmed.</summary>
internal sealed class ConfirmedHost : IAsyncDisposable
{
    readonly SignerKey[] _witnesses;

    ConfirmedHost(StaffHost staff, SignerKey[] witnesses) => (Staff, _witnesses) = (staff, witnesses);

    public StaffHost Staff { get; }

    public TransparencyLog Log => Staff.Log;

    public long Size => Log.Witnessed!.Size;

    public static async Task<ConfirmedHost> StartAsync()
    {
        SignerKey[] witnesses = [.. ((string[])["ombudsman.example", "audit.example", "partner.example"]).Select(name => SignerKey.Generate(name, SignatureType.CosignatureEd25519))];
        var policy = $"witness the_Ombudsman {witnesses[0].Verifier}\nwitness Audit_Court {witnesses[1].Verifier}\nwitness Partner_node {witnesses[2].Verifier}\n"
            + "group two 2 the_Ombudsman Audit_Court Partner_node\nquorum two\n";
        var staff = await StaffHost.StartAsync();
        await File.WriteAllTextAsync(Path.Combine(staff.DataFolder, "witness-policy"), policy);
        var host = new ConfirmedHost(staff, witnesses);
        var note = SignedNote.Parse(host.Log.Checkpoint);
        var cosigned = note.With(witnesses[0].Cosign(note.Text, staff.Clock.Now), witnesses[1].Cosign(note.Text, staff.Clock.Now));
        Assert.True(await host.Log.PutWitnessedAsync(cosigned, TlogPolicy.Parse(Encoding.UTF8.GetBytes(policy)), default));
        return host;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var witness in _witnesses) witness.Dispose();
        await Staff.DisposeAsync();
    }
}
