using System.Security.Claims;
using Probity.Access.Contract;
using Probity.Shared;

namespace Probity.Interdiction.PayingSources;

/// <summary>Payments that wait for a signature or a receipt: each a next step of whoever gives it, and overdue of the overseer.</summary>
internal sealed class PaymentNextSteps(Payments payments) : INextSteps
{
    public bool Serves(ClaimsPrincipal person) => PaymentAccess.HasAnyRole(person);

    public async Task<IReadOnlyList<NextStep>> For(ClaimsPrincipal person, int most, CancellationToken cancel) =>
        SignedInPerson.Of(person) is { } id && PaymentAccess.HasAnyRole(person)
            ? [.. (await payments.OpenAsync(id, cancel)).Select(StepOf).OfType<NextStep>().Take(most)]
            : [];

    static NextStep? StepOf(PaymentFacts facts)
    {
        var (payment, register) = (facts.Payment, facts.Register);
        if (payment.AwaitsSecond && May(PaymentAction.Sign)) return Step("next.sign", payment.Due);
        if (payment.AwaitsThird && May(PaymentAction.Approve)) return Step("next.approve", null);
        if (payment.StageAt(facts.Now) == PaymentStage.Overdue && facts.Actor.Has(Role.Overseer))
            return Step("next.sign-overdue", payment.Due) with { Reason = InterdictionText.Say("next.overdue-why", register.NameOf(payment.Second), "") };
        return payment is { MayBePaid: true, HasReceipt: false } && May(PaymentAction.TakeReceipt) ? Step("next.receipt", null) : null;

        bool May(PaymentAction action) => PaymentAccess.Refuses(action, facts) is null;

        // The first screen may be seen over a shoulder: it says no amount and no code.
        NextStep Step(string title, DateTimeOffset? due) => new(
            InterdictionText.Of(title), InterdictionText.Say("next.payment-why", register.NameOf(payment.Payer)), InterdictionText.Of("next.do"), $"/sources/{payment.Id:D}", due);
    }
}
