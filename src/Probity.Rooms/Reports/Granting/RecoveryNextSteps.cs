using System.Security.Claims;
using Probity.Access.Contract;
using Probity.Reports.Viewing;
using Probity.Shared;

namespace Probity.Reports.Granting;

/// <summary>All who have keys learn that reports are to be opened with the shares; whoever may agree is asked to.</summary>
internal sealed class RecoveryNextSteps(RecoveryDesk desk) : INextSteps
{
    static readonly TimeSpan s_told = TimeSpan.FromDays(30);

    public bool Serves(ClaimsPrincipal person) => ReportForms.Serves(person);

    public async Task<IReadOnlyList<NextStep>> For(ClaimsPrincipal person, int most, CancellationToken cancel)
    {
        if (most <= 0 || SignedInPerson.Of(person) is not { } id) return [];
        var facts = await desk.ReadAsync(id, cancel);
        if (GrantAccess.Refuses(GrantAction.SeeRecovery, facts.On(null)) is not null) return [];
        var steps = new List<NextStep>();
        if (facts.Keys.Recipients.RecoveryNamed is not null && GrantAccess.Refuses(GrantAction.ConfirmRecoveryKey, NameRecoveryKey.On(facts.Keys)) is null) steps.Add(Step("recovery-key"));
        if (facts.Recoveries.All.Values.Any(r => r.Waits && GrantAccess.Refuses(GrantAction.AnswerRecovery, facts.On(r)) is null)) steps.Add(Step("recovery-answer"));
        if (facts.Recoveries.All.Values.Any(r => r.AgreedAt is { } at && facts.Keys.Now - at < s_told)) steps.Add(Step("recovery"));
        return [.. steps.Take(most)];
    }

    static NextStep Step(string what) => new(GrantingText.Of($"next.{what}"), GrantingText.Of($"next-why.{what}"), GrantingText.Of($"next-do.{what}"), ShowRecovery.Address);
}
