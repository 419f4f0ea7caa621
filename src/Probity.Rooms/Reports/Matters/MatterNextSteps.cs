using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using Probity.Access.Contract;
using Probity.Reports.Viewing;
using Probity.Shared;

namespace Probity.Reports.Matters;

/// <summary>What waits of matters: to look into one, to confirm what was found, and to give one to somebody where nobody looks into it any more. Each names it by its reference and by nothing else.</summary>
internal sealed class MatterNextSteps(MatterList matters, MatterDesk desk) : INextSteps
{
    const int MostRead = 50;

    public bool Serves(ClaimsPrincipal person) => MatterForms.Serves(person);

    public async Task<IReadOnlyList<NextStep>> For(ClaimsPrincipal person, int most, CancellationToken cancel)
    {
        if (most <= 0 || SignedInPerson.Of(person) is not { } id || !MatterForms.Serves(person)) return [];
        var steps = new List<NextStep>();
        foreach (var row in await (await matters.OfAsync(id, cancel)).Where(m => m.Stage != MatterStage.Concluded).OrderBy(m => m.Opened).ThenBy(m => m.Matter).Take(MostRead).ToListAsync(cancel))
        {
            if (steps.Count >= most) break;
            if (WhatOf(await desk.ReadAsync(id, row.Matter, cancel)) is { } what)
                steps.Add(new NextStep(MattersText.Say($"next.{what}", ReportForms.Reference(row.Matter)), MattersText.Of($"next-why.{what}"), MattersText.Of("next-do.open"), MatterForms.AddressOf(row.Matter)));
        }

        return steps;
    }

    static string? WhatOf(MatterFacts facts) =>
        MatterAccess.Refuses(MatterAction.Answer, facts) is null ? (MatterAccess.WaitsForOverseer(facts) ? null : "answer")
        : facts.Matter.Stage == MatterStage.Open && MatterAccess.Refuses(MatterAction.State, facts) is null ? "state"
        : MatterAccess.IsOrphan(facts) && MatterAccess.Refuses(MatterAction.Give, facts) is null ? "give" : null;
}
