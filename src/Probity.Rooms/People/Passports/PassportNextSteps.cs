using System.Security.Claims;
using Probity.Access.Contract;
using Probity.Shared;

namespace Probity.People.Passports;

/// <summary>Whose request for a passport waits for vetting, which issuer's key for an overseer, and whose newest list is about to be too old.</summary>
internal sealed class PassportNextSteps(PassportDesk desk, IRegister registers, When when, TimeProvider time) : INextSteps
{
    const int AnsweredWithinDays = 7;

    public bool Serves(ClaimsPrincipal person) => PassportAccess.Serves(PassportAction.List, person);

    public async Task<IReadOnlyList<NextStep>> For(ClaimsPrincipal person, int most, CancellationToken cancel)
    {
        if (most <= 0 || SignedInPerson.Of(person) is not { } id || !Serves(person)) return [];
        var (book, register, now, steps) = (await desk.ReadAsync(cancel), await registers.ReadAsync(cancel), time.GetUtcNow(), new List<NextStep>());
        foreach (var request in book.Requests.Values.OrderBy(r => r.At))
        {
            if (steps.Count == most) break;
            var due = request.At.AddDays(AnsweredWithinDays);
            if (PassportAccess.Refuses(PassportAction.Issue, await desk.FactsAsync(id, request.Person, null, cancel)) is null)
                steps.Add(Step("issue", ShowPassportRequest.AddressOf(request.Id), due, register.NameOf(request.Person), when.Day(due)));
        }

        foreach (var issuer in book.Issuers.Values.Where(i => i.Since is null).OrderBy(i => i.At).Take(most))
        {
            var due = issuer.At.AddDays(AnsweredWithinDays);
            if (PassportAccess.Refuses(PassportAction.AgreeToIssuer, await desk.FactsAsync(id, Guid.Empty, issuer.Id, cancel)) is null)
                steps.Add(Step("agree", ShowIssuers.AddressOf(issuer.Id), due, issuer.Key.Name, when.Day(due)));
        }

        // A list that is too old makes every passport of that unit unknown here: integrity is told in time.
        if (SignedInPerson.Has(person, Role.Integrity))
        {
            foreach (var issuer in book.Trusted.Where(i => i.List is null || RevokedList.Open(i.List, i.Key) is not { } list || now >= list.Next).OrderBy(i => i.At).Take(most))
                steps.Add(Step("list", ShowIssuers.AddressOf(issuer.Id), null, issuer.Key.Name));
        }

        return [.. steps.OrderBy(s => s.Due ?? DateTimeOffset.MaxValue).Take(most)];
    }

    static NextStep Step(string key, string href, DateTimeOffset? due, params object?[] words) =>
        new(PassportText.Say("next." + key, words), PassportText.Say("next-why." + key, words), PassportText.Of("next-do." + key), href, due);
}
