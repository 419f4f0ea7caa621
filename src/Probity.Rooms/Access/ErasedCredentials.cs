using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Probity.Records.Contract;

namespace Probity.Access;

/// <summary>Whoever was erased has no sign-in name, password or second factor any more, and no session that goes on.</summary>
internal sealed class ErasedCredentials(IServiceScopeFactory scopes) : IErasedTraces
{
    public async Task RemoveAsync(SubjectKind kind, Guid subject, CancellationToken cancel)
    {
        if (kind != SubjectKind.Person) return;
        await using var scope = scopes.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<Credential>>();
        if (await users.FindByIdAsync(subject.ToString("D")) is not { } credential) return;
        var removed = await users.DeleteAsync(credential);
        if (!removed.Succeeded) throw new IOException($"The credentials of {subject} could not be removed: {removed.Errors.First().Code}.");
    }
}
