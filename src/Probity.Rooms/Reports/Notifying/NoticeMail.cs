using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using MimeKit;

namespace Probity.Reports.Notifying;

/// <summary>
/// The daily notice: for everybody and on each day the same words, encrypted (RFC 3156). In clear stands from whom and to whom it goes, the day and a subject that says nothing.
/// </summary>
internal static partial class NoticeMail
{
    /// <summary>How many bytes are encrypted, whatever the language.</summary>
    public const int Length = 2048;

    const int Line = 76;

    [GeneratedRegex(@"^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)*[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\z")]
    private static partial Regex Plain();

    /// <summary>Whether a text is one plain address of a mailbox, of at most 254 ASCII characters.</summary>
    public static bool IsAddress(string? text) => text is { Length: <= 254 } && Plain().IsMatch(text);

    /// <summary>The mail of a day to one person.</summary>
    /// <param name="server">From whom, and under which subject.</param>
    /// <param name="to">The person's address.</param>
    /// <param name="language">The language of the words.</param>
    /// <param name="key">Their key.</param>
    /// <param name="day">The day; no hour is told.</param>
    public static MimeMessage Compose(SmtpSettings server, string to, CultureInfo language, NoticeKey key, DateOnly day)
    {
        var message = new MimeMessage { Subject = server.Subject, Date = new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero), MessageId = $"{Token()}@{server.Domain}" };
        message.From.Add(new MailboxAddress(null, server.From));
        message.To.Add(new MailboxAddress(null, to));
        var encrypted = new Multipart("encrypted") { Boundary = Token() };
        encrypted.ContentType.Parameters.Add("protocol", "application/pgp-encrypted");
        encrypted.Add(Part("pgp-encrypted", "Version: 1\r\n"));
        encrypted.Add(Part("octet-stream", key.Encrypt(Words(language))));
        message.Body = encrypted;
        return message;
    }

    /// <summary>The part that is encrypted: a text with its own headers, filled up with blanks.</summary>
    internal static byte[] Words(CultureInfo language)
    {
        var words = NoticesText.In(language, "mail").ReplaceLineEndings("\r\n");
        var text = Encoding.UTF8.GetBytes($"Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n{words}\r\n");
        var padded = new byte[Length];
        padded.AsSpan().Fill((byte)' ');
        text.CopyTo(padded, 0);
        for (var end = text.Length + Line; end <= Length; end += Line) "\r\n"u8.CopyTo(padded.AsSpan(end - 2));
        return padded;
    }

    static string Token() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    static AsItIs Part(string subtype, string text) => new(subtype)
    {
        Content = new MimeContent(new MemoryStream(Encoding.ASCII.GetBytes(text))), ContentTransferEncoding = ContentEncoding.SevenBit,
    };

    // The sender of mails would write it anew in base64; it is ASCII already.
    sealed class AsItIs(string subtype) : MimePart("application", subtype)
    {
        public override void Prepare(EncodingConstraint constraint, int maxLineLength = 78) { }
    }
}
