using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Probity.Access.Contract;
using Probity.Reports.Contract;
using Probity.Reports.Notifying;
using Probity.Shared.Record;
using Probity.Storage;
using Probity.Tests.Access;

namespace Probity.Tests.Reports.Notifying;

/// <summary>What the mail server is handed, byte by byte, by the real staff server.</summary>
public sealed class SendNoticesTests
{
    // Words of the house that a mail in clear must not have; each too long to come up by chance in what is encrypted.
    static readonly string[] s_canaries = ["probity", "report", "denuncia", "denúncia", "Quilombo", "Palmares", "Integrity", "Overseer", "Port unit", "Agency", "MailKit", "MimeKit", "BouncyCastle"];

    static void Settings(StaffHost host, int port, string more = "")
    {
        var file = Path.Combine(NodeFolder.At(host.DataFolder).SecretsFolder, Notices.SettingsFile);
        File.WriteAllText(file, $$"""{"host":"127.0.0.1","port":{{port}},"security":"none","from":"post@relay.example"{{more}}}""");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    static async Task SetAsync(StaffHost host, Guid person, string address, string language, string key) =>
        Assert.IsType<Outcome.Done>(await host.Services.GetRequiredService<SetNoticeKey>().HandleAsync(person, person, new SetNoticeKey.Command(address, language, key), default));

    static async Task<IReadOnlyList<NoticesSent>> SentAsync(StaffHost host) => [.. (await host.RecordAsync()).Select(r => r.Event).OfType<NoticesSent>()];

    static string Header(string mail, string name) => Regex.Match(mail, $"^{name}: (.*)$", RegexOptions.Multiline).Groups[1].Value;

    static string Encrypted(string mail) => Regex.Match(mail, "-----BEGIN PGP MESSAGE-----.*?-----END PGP MESSAGE-----\n", RegexOptions.Singleline).Value;

    [Fact]
    public async Task Once_a_day_everybody_with_a_key_is_sent_the_same_and_nobody_else_anything()
    {
        Gpg.Require();
        Postbox.Require();
        using var gpg = new Gpg();
        using var box = await Postbox.StartAsync();
        await using var host = await StaffHost.StartAsync(more: [(Role.Integrity, StaffHost.Unit), (Role.Overseer, StaffHost.OtherUnit), (Role.Integrity, StaffHost.Unit), (Role.Officer, StaffHost.Unit)]);
        await host.StopAsync();
        Settings(host, box.Port);
        host.Clock.Now = new(2026, 3, 3, 5, 59, 0, TimeSpan.Zero);
        await host.StartAgainAsync();
        // One in each language; an overseer without a key; somebody whose key ends on the first day; nobody of other roles can have one.
        await SetAsync(host, StaffHost.Of(Role.Integrity), "aa@mail.example", "en", gpg.Export(gpg.Make("Quilombo Integrity")));
        await SetAsync(host, StaffHost.Other(0), "bb@mail.example", "es", gpg.Export(gpg.Make("Palmares")));
        await SetAsync(host, StaffHost.Other(1), "cc@mail.example", "pt", gpg.Export(gpg.Make("Palmares Overseer")));
        await SetAsync(host, StaffHost.Other(2), "dd@mail.example", "en", gpg.Export(gpg.Make("Ends", expires: "20260304T000000")));
        var rounds = host.Services.GetRequiredService<SendNotices>();
        await rounds.RunDueAsync(default);
        Assert.Empty(box.Mails);

        for (var day = 3; day <= 5; day++)
        {
            host.Clock.Now = new(2026, 3, day, 6, 0, 30, TimeSpan.Zero);
            // At the hour it sends by itself; each day it is started anew after that.
            if (day == 3)
            {
                await host.StopAsync();
                await host.StartAgainAsync();
            }
            else await host.Services.GetRequiredService<SendNotices>().RunDueAsync(default);

            await host.UntilAsync(r => r.Event is NoticesSent s && s.Day == new DateOnly(2026, 3, day));
            await host.StopAsync();
            await host.StartAgainAsync();
            for (; host.Clock.Now.Day == day; host.Clock.Now += TimeSpan.FromHours(1)) await host.Services.GetRequiredService<SendNotices>().RunDueAsync(default);
        }

        var mails = box.Mails;
        // What the test stands on: four on the first day, three on each that follows.
        Assert.Equal([4, 3, 3], mails.GroupBy(m => Header(m, "Date")).OrderBy(g => g.Key[5..], StringComparer.Ordinal).Select(g => g.Count()));
        Assert.Equal(["Thu, 05 Mar 2026 00:00:00 +0000", "Tue, 03 Mar 2026 00:00:00 +0000", "Wed, 04 Mar 2026 00:00:00 +0000"], mails.Select(m => Header(m, "Date")).Distinct().Order(StringComparer.Ordinal));
        Assert.All(mails.GroupBy(m => (Header(m, "Date"), Header(m, "To"))), one => Assert.Single(one));
        Assert.Equal(["aa@mail.example", "bb@mail.example", "cc@mail.example", "dd@mail.example"], mails.Select(m => Header(m, "To")).Distinct().Order(StringComparer.Ordinal));
        Assert.Single(mails.Select(m => Encoding.UTF8.GetByteCount(m)).Distinct());
        Assert.Equal(mails.Count, mails.Select(m => Header(m, "Message-Id")).Distinct().Count());
        Assert.All(mails, mail =>
        {
            Assert.All(s_canaries, canary => Assert.DoesNotContain(canary, mail, StringComparison.OrdinalIgnoreCase));
            Assert.DoesNotMatch($@"(?i)\b{Regex.Escape(Dns.GetHostName())}\b", mail.Replace(Encrypted(mail), "", StringComparison.Ordinal));
            Assert.Equal(["Content-Type", "Date", "From", "MIME-Version", "Message-Id", "Subject", "To"], Regex.Matches(mail[..mail.IndexOf("\n\n", StringComparison.Ordinal)], "^([A-Za-z-]+):", RegexOptions.Multiline).Select(m => m.Groups[1].Value).Order(StringComparer.Ordinal));
            Assert.Equal(("Reminder", "post@relay.example"), (Header(mail, "Subject"), Header(mail, "From")));
            Assert.Matches("^<[0-9a-f]{32}@relay.example>$", Header(mail, "Message-Id"));
            Assert.Matches("multipart/encrypted", mail);
            // Beside the headers of its parts and the message there is no line at all.
            Assert.Matches(@"\A\n--(?<b>[0-9a-f]{32})\nContent-Type: application/pgp-encrypted\n(Content-Transfer-Encoding: 7bit\n)?\nVersion: 1\n\n--\k<b>\nContent-Type: application/octet-stream\n(Content-Transfer-Encoding: 7bit\n)?\n-----BEGIN PGP MESSAGE-----\n\n[A-Za-z0-9+/=\n]+-----END PGP MESSAGE-----\n\n--\k<b>--\s*\z",
                mail[(mail.IndexOf("\n\n", StringComparison.Ordinal) + 1)..]);
        });
        foreach (var (to, language, says) in ((string, string, string)[])[("aa", "en", "Sign in and open your reports."), ("bb", "es", "Entre y abra sus denuncias."), ("cc", "pt", "Entre e abra as suas denúncias.")])
        {
            var opened = mails.Where(m => Header(m, "To").StartsWith(to, StringComparison.Ordinal)).Select(m => gpg.Decrypt(Encrypted(m))).ToList();
            Assert.Equal(3, opened.Count);
            Assert.Contains(says, Assert.Single(opened.Distinct()), StringComparison.Ordinal);
            Assert.Equal(Encoding.UTF8.GetString(NoticeMail.Words(CultureInfo.GetCultureInfo(language))), opened[0]);
        }

        Assert.Equal([(4, 0), (3, 0), (3, 0)], (await SentAsync(host)).Select(s => (s.Sent, s.Failures)));
        Assert.DoesNotContain(host.Logs.Lines, line => line.Contains("mail.example", StringComparison.Ordinal) || line.Contains("relay.example", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_server_that_does_not_answer_is_tried_again_that_day_and_across_restarts()
    {
        Gpg.Require();
        Postbox.Require();
        using var gpg = new Gpg();
        var port = Postbox.FreePort();
        await using var host = await StaffHost.StartAsync();
        await host.StopAsync();
        Settings(host, port, ""","hour":10""");
        await host.StartAgainAsync();
        await SetAsync(host, StaffHost.Of(Role.Integrity), "aa@mail.example", "en", gpg.Export(gpg.Make("One")));
        await SetAsync(host, StaffHost.Of(Role.Overseer), "bb@mail.example", "en", gpg.Export(gpg.Make("Two")));
        host.Clock.Now = new(2026, 3, 3, 10, 0, 0, TimeSpan.Zero);
        await host.Services.GetRequiredService<SendNotices>().RunDueAsync(default);
        Assert.Equal((0, 2, 2), (await SentAsync(host)).Select(s => (s.Sent, s.Failures, s.Waiting.Count)).Single());
        Assert.Contains(host.Logs.Lines, line => line.Contains("2 of 2 notices", StringComparison.Ordinal));

        using var box = await Postbox.StartAsync(port);
        await host.StopAsync();
        host.Clock.Now += TimeSpan.FromMinutes(59);
        await host.StartAgainAsync();
        await host.Services.GetRequiredService<SendNotices>().RunDueAsync(default);
        Assert.Empty(box.Mails);
        host.Clock.Now += TimeSpan.FromMinutes(1);
        for (; host.Clock.Now.Day == 3; host.Clock.Now += TimeSpan.FromMinutes(20)) await host.Services.GetRequiredService<SendNotices>().RunDueAsync(default);
        Assert.Equal(["aa@mail.example", "bb@mail.example"], box.Mails.Select(m => Header(m, "To")).Order(StringComparer.Ordinal));
        Assert.Equal([(0, 2), (2, 0)], (await SentAsync(host)).Select(s => (s.Sent, s.Failures)));
        Assert.DoesNotContain(host.Logs.Lines, line => line.Contains("mail.example", StringComparison.Ordinal));
    }

    // Cut off after all was handed over: perhaps it was taken. A round that did not come to its end says the same of everybody.
    [Fact]
    public async Task Of_what_was_perhaps_taken_nothing_is_sent_a_second_time()
    {
        Gpg.Require();
        using var gpg = new Gpg();
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        await using var host = await StaffHost.StartAsync();
        await host.StopAsync();
        Settings(host, ((IPEndPoint)server.LocalEndpoint).Port, ""","hour":10""");
        await host.StartAgainAsync();
        await SetAsync(host, StaffHost.Of(Role.Integrity), "aa@mail.example", "en", gpg.Export(gpg.Make("One")));
        await SetAsync(host, StaffHost.Of(Role.Overseer), "bb@mail.example", "en", gpg.Export(gpg.Make("Two")));
        var talks = CutOffAsync(server);
        host.Clock.Now = new(2026, 3, 3, 10, 0, 0, TimeSpan.Zero);
        await host.Services.GetRequiredService<SendNotices>().RunDueAsync(default);
        Assert.Contains("-----END PGP MESSAGE-----", await talks, StringComparison.Ordinal);
        var sent = (await SentAsync(host)).Single();
        Assert.Equal((0, 2, 1), (sent.Sent, sent.Failures, sent.Waiting.Count));

        var clerk = host.Services.GetRequiredService<Clerk>();
        await clerk.FileAsync(clerk.House, SentNotices.Stream, "reports.notices", _ => new(Decision.Accept(SentNotices.Stream, new NoticesBegun(new DateOnly(2026, 3, 4)))));
        host.Clock.Now = new(2026, 3, 4, 10, 0, 0, TimeSpan.Zero);
        await host.StopAsync();
        await host.StartAgainAsync();
        for (; host.Clock.Now.Day == 4; host.Clock.Now += TimeSpan.FromHours(1)) await host.Services.GetRequiredService<SendNotices>().RunDueAsync(default);
        Assert.Single(await SentAsync(host));
        Assert.False(server.Pending());
    }

    // Speaks as much SMTP as it takes to be handed a mail, and hangs up.
    static async Task<string> CutOffAsync(TcpListener server)
    {
        using var client = await server.AcceptTcpClientAsync();
        await using var stream = client.GetStream();
        using var reader = new StreamReader(stream, Encoding.ASCII);
        var mail = new StringBuilder();
        await stream.WriteAsync("220 hello\r\n"u8.ToArray());
        while (await reader.ReadLineAsync() is { } line)
        {
            mail.Append(line).Append('\n');
            if (line == ".") return mail.ToString();
            if (Regex.IsMatch(line, "^(EHLO|MAIL|RCPT)")) await stream.WriteAsync("250 ok\r\n"u8.ToArray());
            else if (line == "DATA") await stream.WriteAsync("354 go on\r\n"u8.ToArray());
        }

        return mail.ToString();
    }

    [Fact]
    public async Task A_certificate_has_to_hold_or_to_be_the_one_that_was_named()
    {
        Gpg.Require();
        Postbox.Require();
        using var gpg = new Gpg();
        using var ecdsa = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = new CertificateRequest("CN=127.0.0.1", ecdsa, HashAlgorithmName.SHA256).CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        var folder = Directory.CreateTempSubdirectory("tls-").FullName;
        try
        {
            var (cert, secret) = (Path.Combine(folder, "cert"), Path.Combine(folder, "key"));
            await File.WriteAllTextAsync(cert, certificate.ExportCertificatePem());
            await File.WriteAllTextAsync(secret, ecdsa.ExportPkcs8PrivateKeyPem());
            using var starts = await Postbox.StartAsync(null, "--tlscert", cert, "--tlskey", secret);
            using var plain = await Postbox.StartAsync();
            var pin = certificate.GetCertHashString(HashAlgorithmName.SHA256);
            var server = new SmtpSettings { Host = "127.0.0.1", Port = starts.Port, Security = SmtpSecurity.StartTls, From = "post@relay.example", Certificate = pin };
            var now = new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
            var key = NoticeKey.ReadArmoured(gpg.Export(gpg.Make("One")), now)!;
            var mail = (Guid.Empty, NoticeMail.Compose(server, "aa@mail.example", CultureInfo.GetCultureInfo("en"), key, new DateOnly(2026, 3, 2)));
            foreach (var refused in (SmtpSettings[])[server with { Certificate = null }, server with { Certificate = new string('0', 64) }, server with { Port = plain.Port }, server with { Security = SmtpSecurity.Tls, Port = plain.Port }])
            {
                var (none, open, fault) = await SmtpRound.SendAsync(refused, [mail], default);
                Assert.Equal((0, 1), (none, open.Count));
                Assert.NotNull(fault);
            }

            Assert.Empty(starts.Mails.Concat(plain.Mails));
            Assert.Equal(1, (await SmtpRound.SendAsync(server, [mail], default)).Taken);
            Assert.Single(starts.Mails);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
