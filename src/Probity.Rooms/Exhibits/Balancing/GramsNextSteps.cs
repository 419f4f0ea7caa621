using System.Security.Claims;
using Probity.Access.Contract;
using Probity.Shared;

namespace Probity.Exhibits.Balancing;

/// <summary>A published balance that the record no longer gives is the first thing for those who watch over it.</summary>
internal sealed class GramsNextSteps(FollowGrams follow, IRegister registers) : INextSteps
{
    public bool Serves(ClaimsPrincipal person) => SignedInPerson.Has(person, Role.Integrity) || SignedInPerson.Has(person, Role.Overseer);

    public async Task<IReadOnlyList<NextStep>> For(ClaimsPrincipal person, int most, CancellationToken cancel)
    {
        if (!Serves(person) || follow.Newest is not { } book || book.Contradicted.IsEmpty) return [];
        var register = await registers.ReadAsync(cancel);
        return [.. book.Contradicted.OrderBy(c => c.Value.At).Take(most).Select(c => new NextStep(
            ExhibitWords.Say("next.grams", register.Units.GetValueOrDefault(c.Value.Unit)?.Name), ExhibitsText.Of("next.grams.why"), ExhibitsText.Of("next.grams.do"), $"/grams/{c.Value.Unit:D}/{c.Key}", c.Value.At))];
    }
}
