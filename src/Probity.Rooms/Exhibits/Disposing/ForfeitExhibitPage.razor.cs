using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Cases.Contract;
using Probity.Shared;

namespace Probity.Exhibits.Disposing;

/// <summary>How the page is shown, and how what is typed into it is taken.</summary>
public sealed partial class ForfeitExhibitPage : ComponentBase
{
    internal static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/exhibits/{id:guid}/forfeit", (Guid id, HttpContext http, ExhibitForms forms, When when) =>
            forms.ShowAsync<ForfeitExhibitPage>(http, id, ExhibitAction.Forfeit, (form, facts) => Fill(form, facts, when)));
        pages.MapPost("/exhibits/{id:guid}/forfeit", (Guid id, HttpContext http, ExhibitForms forms, ReturnExhibit slice, When when) =>
            forms.TakeAsync<ForfeitExhibitPage>(http, id, ExhibitAction.Forfeit, "forfeited", (form, facts) => Fill(form, facts, when), FieldOf, async (person, typed, _, cancel) =>
                (await slice.ForfeitAsync(person, new ReturnExhibit.Forfeit(id, ExhibitWords.Id(typed["order"])), cancel), null)));
    }

    static ExhibitForm Fill(ExhibitForm form, ExhibitFacts facts, When when) => form with
    {
        Choices = new Dictionary<string, IReadOnlyList<Choice>> { ["order"] = ExhibitChoices.Orders(facts, when, ExhibitOrderKind.Forfeit) },
    };

    static string FieldOf(string code) => DisposalFacts.IsOfOrder(code) ? "order" : "";
}
