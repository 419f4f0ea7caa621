using System.Security.Claims;
using Probity.Access.Contract;
using Probity.Shared.Web;

namespace Probity.Access;

/// <summary>The register's word for every API call: who calls, and what people are called.</summary>
internal sealed class Callers(IRegister registers) : ICallers
{
    public Guid? Of(ClaimsPrincipal user) => SignedInPerson.Of(user);

    public async ValueTask<Func<Guid, string>> NamesAsync(CancellationToken cancel) => (await registers.ReadAsync(cancel)).NameOf;
}
