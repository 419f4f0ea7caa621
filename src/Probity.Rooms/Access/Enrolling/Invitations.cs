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
        Invitation? invitation;
        try
        {
            invitation = JsonSerializer.Deserialize<Invitation>(_protector.Unprotect(Base64Url.DecodeFromChars(token)));
        }
        catch (Exception fault) when (fault is CryptographicException or FormatException)
        {
            return null;
        }

        if (invitation is null || invitation.Until <= time.GetUtcNow()) return null;
        var credential = await users.FindByIdAsync(invitation.Person.ToString("D"));
        return credential?.SecurityStamp == invitation.Stamp ? credential : null;
    }
}

/// <summary>What an invitation holds, sealed.</summary>
internal sealed record Invitation(Guid Person, string Stamp, DateTimeOffset Until);
