using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Cases.Contract;
using Probity.Cases.ViewingDocket;
using Probity.Shared;

namespace Probity.Cases.Working;

/// <summary>How the page is shown, and how what is typed into it is taken.</summary>
public sealed partial class EnterStagePage : ComponentBase
{
    internal static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/cases/{id:guid}/stage", (Guid id, HttpContext http, CaseForms forms) =>
            forms.ShowAsync<EnterStagePage>(http, id, CaseAction.EnterStage, Fill));
        pages.MapPost("/cases/{id:guid}/stage", (Guid id, HttpContext http, CaseForms forms, EnterStage slice) =>
            forms.TakeAsync<EnterStagePage>(http, id, "stage", Fill, CaseForms.FieldOf, async (person, typed, seen, cancel) =>
                DocketQuery.Named<Stage>(typed["stage"]) is { } stage
                    ? new FormResult.Ran(await slice.HandleAsync(person, new(id, stage), seen, cancel))
                    : new FormResult.Missing(EnterStage.NotNext, "")));
    }

    // The stage now stands where a reason would: the sentence names both.
    static CaseForm Fill(CaseForm form, CaseFacts facts)
    {
        var next = facts.Case.Stage < Stage.Enforce ? facts.Case.Stage + 1 : facts.Case.Stage;
        return form with { Subject = CaseWords.Of(next), Reasons = CaseWords.Of(facts.Case.Stage), Choices = [new Choice(DocketQuery.Camel(next), CaseWords.Of(next))] };
    }
}
