using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Probity.Access.Contract;

namespace Probity.Access;

/// <summary>Secrets of people as tokens of their credentials. Whoever signs in in another way has credentials without a password for them.</summary>
internal sealed class KeptSecrets(IServiceScopeFactory scopes, IDataProtectionProvider protection) : IKeptSecrets
{
    const string Provider = "probity";

    readonly IDataProtector _protector = protection.CreateProtector("Probity.Access.KeptSecret");

    public async Task<byte[]?> ReadAsync(Guid person, string name, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<Credential>>();
        if (await users.FindByIdAsync(person.ToString("D")) is not { } credential || await users.GetAuthenticationTokenAsync(credential, Provider, name) is not { } kept) return null;
        try
        {
            return For(person, name).Unprotect(Convert.FromBase64String(kept));
        }
        catch (Exception fault) when (fault is CryptographicException or FormatException)
        {
            return null;
        }
    }

    public async Task WriteAsync(Guid person, string name, ReadOnlyMemory<byte> secret, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<Credential>>();
        var credential = await users.FindByIdAsync(person.ToString("D"));
        var saved = credential is null ? await users.CreateAsync(credential = new Credential { Id = person, UserName = person.ToString("N") }) : IdentityResult.Success;
        if (saved.Succeeded) saved = await users.SetAuthenticationTokenAsync(credential, Provider, name, Convert.ToBase64String(For(person, name).Protect(secret.ToArray())));
        if (!saved.Succeeded) throw new IOException($"The credentials of {person} could not be written: {saved.Errors.First().Code}.");
    }

    IDataProtector For(Guid person, string name) => _protector.CreateProtector(person.ToString("D"), name);
}
