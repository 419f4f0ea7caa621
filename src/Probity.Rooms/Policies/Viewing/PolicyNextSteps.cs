using System.Security.Claims;
using Probity.Access.Contract;
using Probity.Ledger;
using Probity.Shared;
using Probity.Shared.Record;

namespace Probity.Policies.Viewing;

/// <summary>Tells the overseers of a version that waits for one of them, and integrity that nobody has chosen a pack.</summary>
internal sealed class PolicyNextSteps(TransparencyLog log) : INextSteps
{
    public bool Serves(ClaimsPrincipal person) => SignedInPerson.Has(person, Role.Overseer) || SignedInPerson.Has(person, Role.Integrity);

    public async Task<IReadOnlyList<NextStep>> For(ClaimsPrincipal person, int most, CancellationToken cancel)
    {
        if (most <= 0 || SignedInPerson.Of(person) is not { } id || !Serves(person)) return [];
        var book = await new RecordSession(log).FoldAsync<PolicyBook>(PolicyBook.Stream, cancel);
        if (book.Asked is { } asked) return SignedInPerson.Has(person, Role.Overseer) && asked.By != id ? [Step("asked") with { Due = asked.At.AddDays(14) }] : [];
        return book.InForce.Number == 0 && SignedInPerson.Has(person, Role.Integrity) ? [Step("unchosen")] : [];
    }

    static NextStep Step(string key) => new(PoliciesText.Of($"next.{key}"), PoliciesText.Of($"next.{key}.why"), PoliciesText.Of($"next.{key}.do"), "/policy");
}
