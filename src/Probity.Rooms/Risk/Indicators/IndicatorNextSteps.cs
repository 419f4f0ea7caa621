using System.Security.Claims;
using Probity.Access.Contract;
using Probity.Shared;

namespace Probity.Risk.Indicators;

/// <summary>An overseer reads what integrity stated; integrity states anew what was disputed and what is out of date.</summary>
internal sealed class IndicatorNextSteps(IndicatorDesk desk) : INextSteps
{
    public bool Serves(ClaimsPrincipal person) => SignedInPerson.Has(person, Role.Integrity) || SignedInPerson.Has(person, Role.Overseer);

    public async Task<IReadOnlyList<NextStep>> For(ClaimsPrincipal person, int most, CancellationToken cancel)
    {
        if (most <= 0 || SignedInPerson.Of(person) is not { } id || !Serves(person)) return [];
        var facts = await desk.ReadAsync(id, cancel);
        return [.. IndicatorList.All.Select(i => StepOf(i, facts)).OfType<NextStep>().Take(most)];
    }

    // What nobody ever stated asks for nothing: a unit begins where it wants to.
    static NextStep? StepOf(Indicator indicator, IndicatorFacts facts)
    {
        var what = facts.Scores.Of(indicator.Key) switch
        {
            [.., { Waits: true } waiting] => IndicatorAccess.Refuses(IndicatorAction.Answer, waiting.By, facts) is null ? "answer" : null,
            _ when IndicatorAccess.Refuses(IndicatorAction.State, null, facts) is not null => null,
            [.., { Disputed: not null }] => "disputed",
            [.., { } last] when !last.CountsAt(facts.Now) => "old",
            _ => null,
        };
        return what is null ? null : new NextStep(
            IndicatorText.Of($"next.{what}"), IndicatorText.Of("indicator." + indicator.Key), IndicatorText.Of("next.open"), $"{ShowIndicators.Address}/{indicator.Key}",
            what == "old" ? facts.Scores.ConfirmedOf(indicator.Key)?.UpToDateUntil : null);
    }
}
