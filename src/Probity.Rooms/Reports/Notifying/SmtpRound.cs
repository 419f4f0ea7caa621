using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace Probity.Reports.Notifying;

/// <summary>Hands mails to the mail server, one after the other on one connection.</summary>
internal static class SmtpRound
{
    static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    /// <summary>Sends all of them that the server takes.</summary>
    /// <returns>
    /// How many it took, and whose it certainly did not: of one that was cut off in the middle nobody knows, it is in neither. And what kind of fault there was; its words could hold an address.
    /// </returns>
    public static async Task<(int Taken, IReadOnlyList<Guid> Open, string? Fault)> SendAsync(SmtpSettings server, IReadOnlyList<(Guid Person, MimeMessage Mail)> mails, CancellationToken cancel)
    {
        // The first whose fate is not known.
        var (taken, next, open, fault) = (0, 0, new List<Guid>(), default(string));
        using var client = new SmtpClient { Timeout = (int)s_patience.TotalMilliseconds, LocalDomain = server.Domain };
        if (server.Certificate is { } pinned)
            client.ServerCertificateValidationCallback = (_, certificate, _, _) => certificate is X509Certificate2 shown && shown.GetCertHashString(HashAlgorithmName.SHA256).Equals(pinned, StringComparison.OrdinalIgnoreCase);
        try
        {
            if (mails.Count > 0) await ConnectAsync(client, server, cancel);
            while (next < mails.Count && client.IsConnected)
            {
                var (person, mail) = mails[next++];
                try
                {
                    await client.SendAsync(mail, cancel);
                    taken++;
                }
                catch (SmtpCommandException refused)
                {
                    // It answered, and it answered no.
                    fault = refused.ErrorCode.ToString();
                    open.Add(person);
                }
            }

            if (client.IsConnected) await client.DisconnectAsync(quit: true, cancel);
        }
        catch (Exception broken) when (broken is not OutOfMemoryException)
        {
            fault = broken.GetType().Name;
        }

        return (taken, [.. open, .. mails.Skip(next).Select(m => m.Person)], fault);
    }

    static async Task ConnectAsync(SmtpClient client, SmtpSettings server, CancellationToken cancel)
    {
        var security = server.Security switch { SmtpSecurity.Tls => SecureSocketOptions.SslOnConnect, SmtpSecurity.StartTls => SecureSocketOptions.StartTls, _ => SecureSocketOptions.None };
        await client.ConnectAsync(server.Host, server.Port, security, cancel);
        if (server.User is { } user) await client.AuthenticateAsync(user, server.Password!, cancel);
    }
}
