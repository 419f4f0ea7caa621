using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Probity.Access.SigningIn;

namespace Probity.Access.Duress;

/// <summary>
/// The second password, for being forced to sign in. Everybody who enrolled has a hash of one: who has set none has the hash of a word that nobody knows. Each lies sealed, for one person, and is
/// sealed anew with every sign-in: neither one copy of the database nor two of them tell who has set one.
/// </summary>
internal sealed class SecondPasswords(UserManager<Credential> users, DoorTurns turns, IDataProtectionProvider protection)
{
    const string Provider = "probity", Name = "second";

    readonly IDataProtector _protector = protection.CreateProtector("Probity.Access.SecondPassword");

    /// <summary>What is checked in the same way as the password's hash, whoever it is, and whether or not there is such a person.</summary>
    public async Task<string> HashOfAsync(Credential? credential) =>
        Open(credential?.Id ?? Guid.Empty, await users.GetAuthenticationTokenAsync(credential ?? new Credential(), Provider, Name)) ?? turns.HashOfNobody(users.PasswordHasher);

    /// <summary>Sets it; null takes the place of one that nobody knows.</summary>
    public Task SetAsync(Credential credential, string? password) => WriteAsync(credential, users.PasswordHasher.HashPassword(credential, password ?? Convert.ToHexString(RandomNumberGenerator.GetBytes(32))));

    /// <summary>Seals it anew; whoever enrolled before there were second passwords gets one that nobody knows.</summary>
    public async Task SealAnewAsync(Credential credential)
    {
        if (Open(credential.Id, await users.GetAuthenticationTokenAsync(credential, Provider, Name)) is { } hash) await WriteAsync(credential, hash);
        else await SetAsync(credential, null);
    }

    async Task WriteAsync(Credential credential, string hash)
    {
        var saved = await users.SetAuthenticationTokenAsync(credential, Provider, Name, Convert.ToBase64String(For(credential.Id).Protect(Encoding.UTF8.GetBytes(hash))));
        if (!saved.Succeeded) throw new IOException($"The credentials of {credential.Id} could not be written: {saved.Errors.First().Code}.");
    }

    string? Open(Guid person, string? sealedHash)
    {
        try
        {
            return sealedHash is null ? null : Encoding.UTF8.GetString(For(person).Unprotect(Convert.FromBase64String(sealedHash)));
        }
        catch (Exception fault) when (fault is CryptographicException or FormatException)
        {
            return null;
        }
    }

    IDataProtector For(Guid person) => _protector.CreateProtector(person.ToString("D"));
}
