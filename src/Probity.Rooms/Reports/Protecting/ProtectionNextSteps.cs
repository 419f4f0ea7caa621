using System.Security.Claims;
using Probity.Access.Contract;
using Probity.Reports.Handling;
using Probity.Reports.Viewing;
using Probity.Shared;

namespace Probity.Reports.Protecting;

/// <summary>An act that waits, about somebody whom a report protects, is the next step of everybody who reads that report: they have three days to see it, and what has been overdue for years can wait.</summary>
internal sealed class ProtectionNextSteps(ProtectedPeople people, When when) : INextSteps
{
    public bool Serves(ClaimsPrincipal person) => ReportForms.Serves(person);

    public async Task<IReadOnlyList<NextStep>> For(ClaimsPrincipal person, int most, CancellationToken cancel) => most <= 0 || !Serves(person) ? []
        : [.. (await people.WaitingAsync(person, cancel)).Where(a => a.Act.By != SignedInPerson.Of(person)).Take(most).Select(a => new NextStep(
            HandlingText.Say("next.protected", a.Facts.Register.NameOf(a.Person), ReportForms.Reference(a.Facts.Report.Id)), HandlingText.Say(WhyOf(a), when.Moment(a.Act.Earliest)),
            HandlingText.Of("next-do.open"), ShowProtection.Of(a.Facts.Report.Id), DateTimeOffset.MinValue))];

    static string WhyOf(ActOnProtected act) =>
        act.TakesOverseer ? "next-why.protected-overseer" : act.Act.Kind == AdverseAct.ClearanceSuspension ? "next-why.protected-in-force" : "next-why.protected";
}
