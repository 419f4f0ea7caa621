using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Probity.Access.Contract;
using Probity.Procedures.Drafting;
using Probity.Procedures.Reviewing;
using Probity.Shared;

namespace Probity.Procedures.ViewingSops;

/// <summary>What versions of procedures wait for, as next steps of those who may take them.</summary>
internal sealed class SopNextSteps(DbContext views, SopDesk desk, IStringLocalizer<SopText> text) : INextSteps
{
    public bool Serves(ClaimsPrincipal person) => SopAccess.Has(person, SopAction.ViewDrafts);

    public async Task<IReadOnlyList<NextStep>> For(ClaimsPrincipal person, int most, CancellationToken cancel)
    {
        if (SignedInPerson.Of(person) is not { } id || !Serves(person)) return [];
        var steps = new List<NextStep>();
        foreach (var sop in await ShowSops.IdsAsync(views, cancel))
        {
            if (await desk.SeeAsync(id, sop, null, cancel) is not { } facts) continue;
            foreach (var version in facts.Sop.Versions.Where(v => !v.IsSettled))
            {
                if (KeyOf(facts with { At = version }) is not { } key) continue;
                steps.Add(new NextStep(
                    text[$"Next.{key}", version.Number, SopWords.TitleOf(facts.Sop)], text[$"Next.{key}.Why"], text[$"Next.{key}.Do"],
                    $"/procedures/sops/{sop:D}/{SopWords.Number(version.Number)}"));
                if (steps.Count == most) return steps;
            }
        }

        return steps;
    }

    // What the version waits for, where this person may do it.
    static string? KeyOf(SopFacts facts) =>
        ChangeDraft.IsOpen(facts) ? facts.At is { Returned: not null } v && v.Authors.Contains(facts.Actor.Person) && facts.May(SopAction.Draft) ? "Returned" : null
        : !ReturnVersion.CanBe(facts) || !facts.May(ReturnVersion.ActionOf(facts)) ? null
        : facts.Stage switch { SopStage.Draft => "Review", SopStage.RiskReviewed => "Approve", _ => "PutInForce" };
}
