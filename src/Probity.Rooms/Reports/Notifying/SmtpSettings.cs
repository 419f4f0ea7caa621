using System.Text.Json;
using System.Text.Json.Serialization;
using Probity.Ledger;

namespace Probity.Reports.Notifying;

/// <summary>How the connection to the mail server is protected.</summary>
internal enum SmtpSecurity
{
    /// <summary>Not at all: for a relay on the same machine. The notices are encrypted all the same.</summary>
    None,

    /// <summary>TLS that begins on a plain connection, and without which nothing is sent.</summary>
    StartTls,

    /// <summary>TLS from the first byte on.</summary>
    Tls,
}

/// <summary>The mail server and what stands on notices in clear: the file <c>smtp</c> in the folder of a node's secrets.</summary>
internal sealed record SmtpSettings
{
    const int Longest = 16 * 1024;

    static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web)
    {
        MaxDepth = 2, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, RespectNullableAnnotations = true, NumberHandling = JsonNumberHandling.Strict, AllowDuplicateProperties = false,
        Converters = { new JsonStringEnumConverter<SmtpSecurity>(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
    };

    /// <summary>Its name, or its address.</summary>
    public required string Host { get; init; }

    /// <summary>Its port.</summary>
    public required int Port { get; init; }

    /// <summary>none, starttls or tls.</summary>
    public required SmtpSecurity Security { get; init; }

    /// <summary>The name to sign in with; none where the server asks for none.</summary>
    public string? User { get; init; }

    /// <summary>The password to it.</summary>
    public string? Password { get; init; }

    /// <summary>The address that notices come from.</summary>
    public required string From { get; init; }

    /// <summary>The subject of every notice.</summary>
    public string Subject { get; init; } = "Reminder";

    /// <summary>The hour at which they are sent, UTC.</summary>
    public int Hour { get; init; } = 6;

    /// <summary>The SHA-256 of the server's certificate, 64 hexadecimal digits: it alone is believed then. Without it the certificate has to hold by the machine's authorities.</summary>
    public string? Certificate { get; init; }

    /// <summary>The part of the sender's address after the at sign.</summary>
    [JsonIgnore]
    public string Domain => From[(From.IndexOf('@', StringComparison.Ordinal) + 1)..];

    /// <summary>Reads the file.</summary>
    /// <returns>Null where there is none.</returns>
    /// <exception cref="InvalidDataException">It says something else than it should, or others may read it.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static SmtpSettings? ReadFile(string file)
    {
        if (RegularFile.KindOf(file) == FileKind.Absent) return null;
        RegularFile.Require(file);
        const UnixFileMode others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(file) & others) != 0)
            throw new InvalidDataException($"{file} holds a password that others may read: chmod 600 it, and change the password.");
        return Parse(RegularFile.ReadText(file, Longest)) ?? throw new InvalidDataException($"{file} does not say how notices are mailed (docs/notices.md): correct it, or take it away, and no mail is sent.");
    }

    /// <summary>Null where the text does not say all that is needed and nothing else. Never says what was wrong: it could be a password.</summary>
    internal static SmtpSettings? Parse(string text)
    {
        try
        {
            return JsonSerializer.Deserialize<SmtpSettings>(text, s_json) is { } read && read.Fits() ? read : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    bool Fits() => Uri.CheckHostName(Host) != UriHostNameType.Unknown && Port is >= 1 and <= 65_535 && Hour is >= 0 and <= 23 && NoticeMail.IsAddress(From)
        && Subject.Length is >= 1 and <= 200 && !Subject.Any(char.IsControl) && User is null == Password is null
        // A password is not sent where others can listen.
        && (User is null || Security != SmtpSecurity.None)
        && (Certificate is null || (Security != SmtpSecurity.None && Certificate.Length == 64 && Certificate.All(char.IsAsciiHexDigit)));
}

/// <summary>Whether notices are mailed, and by which server; <paramref name="Server"/> is null where they are not.</summary>
internal sealed record Mailing(SmtpSettings? Server);
