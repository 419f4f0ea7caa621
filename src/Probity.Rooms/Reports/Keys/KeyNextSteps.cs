using System.Security.Claims;
using Probity.Access.Contract;
using Probity.Shared;
using Probity.Shared.Record;

namespace Probity.Reports.Keys;

/// <summary>Whoever is to have a key makes one; whoever stands behind another's compares it; somebody agrees to a custodian.</summary>
internal sealed class KeyNextSteps(ChangeKeys keys) : INextSteps
{
    // A custodian of identities may have any post: whether somebody is one is asked of the record alone.
    public bool Serves(ClaimsPrincipal person) => SignedInPerson.Has(person, Role.Integrity) || SignedInPerson.Has(person, Role.Overseer);

    public async Task<IReadOnlyList<NextStep>> For(ClaimsPrincipal person, int most, CancellationToken cancel)
    {
        if (most <= 0 || SignedInPerson.Of(person) is not { } id) return [];
        var facts = await keys.FactsAsync(id, cancel);
        var steps = new List<NextStep>();
        if (KeyAccess.Refuses(KeyAction.Make, id, facts) is null && facts.Recipients.ConfirmedKeyOf(id) is null && facts.Recipients.WaitingKeyOf(id) is null) steps.Add(Step("key", ShowKey.Address));
        if (facts.Recipients.WaitingKeyOf(id)?.DisputedBy is not null) steps.Add(Step("disputed", ShowKey.Address));
        if (!Serves(person)) return [.. steps.Take(most)];
        var (register, now) = (facts.Register, facts.Now);
        var holders = register.Holders(Role.Integrity, now).Concat(register.Holders(Role.Overseer, now)).Concat(facts.Recipients.Custodians.Keys).Distinct();
        if (holders.Any(h => facts.Recipients.WaitingKeyOf(h) is { } waiting && waiting.DisputedBy != id && KeyAccess.Refuses(KeyAction.Confirm, h, facts) is null)) steps.Add(Step("confirm", ShowKeys.Address));
        if (facts.Recipients.Custodians.Keys.Any(c => ChangeKeys.Decide(new ChangeKeys.Agree(c), facts) is Decision.Accepted)) steps.Add(Step("custodian", ShowKeys.Address));
        return [.. steps.Take(most)];
    }

    static NextStep Step(string what, string href) => new(ReportsText.Of($"next.{what}"), ReportsText.Of($"next-why.{what}"), ReportsText.Of($"next-do.{what}"), href);
}
