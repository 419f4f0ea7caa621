using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;

namespace Probity.Access.Enrolling;

/// <summary>
/// Invitations to enrol: sealed, good for 72 hours, and bound to the credential's security stamp, which enrolling and a
/// newer invitation change. So each works once, and none lies in the database.
/// </summary>
internal sealed class Invitations(IDataProtectionProvider protection, UserManager<Credential> users, TimeProvider time)
{
    public static readonly TimeSpan Valid = TimeSpan.FromHours(72);

    readonly IDataProtector _protector = protection.CreateProtector("Probity.Access.Invitation");

    /// <summary>A token for <c>/enrol/{token}</c>.</summary>
    public string Issue(Credential credential) => Base64Url.EncodeToString(_protector.Protect(JsonSerializer.SerializeToUtf8Bytes(
        new Invitation(credential.Id, credential.SecurityStamp!, time.GetUtcNow() + Valid))));

    /// <summary>Whose invitation this is, or null: of another's making, too old, used, or replaced by a newer one.</summary>
    public async Task<Credential?> FindAsync(string token)
    {
        if (Read(token) is not { } invitation || invitation.Until <= time.GetUtcNow()) return null;
        var credential = await users.FindByIdAsync(invitation.Person.ToString("D"));
        return credential?.SecurityStamp == invitation.Stamp ? credential : null;
    }

    /// <summary>The invitation as it was answered to whoever made it; null where it is not this person's, or opens nothing any more.</summary>
    public async Task<InvitationSent?> SentAsync(string? token, Guid person) =>
        token is not null && (await FindAsync(token))?.Id == person ? new InvitationSent("/enrol/" + token, Read(token)!.Until) : null;

    Invitation? Read(string token)
    {
        try
        {
            return JsonSerializer.Deserialize<Invitation>(_protector.Unprotect(Base64Url.DecodeFromChars(token)));
        }
        catch (Exception fault) when (fault is CryptographicException or FormatException)
        {
            return null;
        }
    }
}

/// <summary>What an invitation holds, sealed.</summary>
internal sealed record Invitation(Guid Person, string Stamp, DateTimeOffset Until);
