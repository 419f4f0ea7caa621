using System.Security.Claims;
using Microsoft.Extensions.Localization;
using Probity.Access.Contract;
using Probity.Shared;

namespace Probity.Cases.SeeingCourt;

/// <summary>
/// What the court has to do next: the registry, hearings whose time has come and of which nothing is recorded; a judge, the hearings of
/// the next week.
/// </summary>
internal sealed class CourtNextSteps(CourtList list, IRegister registers, IStringLocalizer<CourtPages> text, When when, TimeProvider time) : INextSteps
{
    public bool Serves(ClaimsPrincipal person) => SignedInPerson.Has(person, Role.Judge) || SignedInPerson.Has(person, Role.Registry);

    public async Task<IReadOnlyList<NextStep>> For(ClaimsPrincipal person, int most, CancellationToken cancel)
    {
        if (SignedInPerson.Of(person) is not { } id || !Serves(person)) return [];
        var now = time.GetUtcNow();
        var register = await registers.ReadAsync(cancel);
        var actor = Actor.From(register, id, now);
        if (actor.Has(Role.Registry))
        {
            return [.. (await list.SetAsync(actor, register, now, DateTimeOffset.MinValue, now, most, cancel)).Select(h => new NextStep(
                text["Step.Record", h.Number], text["Step.Record.Why", when.Moment(h.At)], text["Step.Record.Do"], $"/court/{h.Case:D}/endHearing"))];
        }

        return [.. (await list.SetAsync(actor, register, now, now, now.AddDays(7), most, cancel)).Select(h => new NextStep(
            text["Step.Hearing", h.Number], text["Step.Hearing.Why", when.Moment(h.At)], text["Step.Hearing.Do"], $"/court/{h.Case:D}"))];
    }
}
