using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Exhibits.Transferring;
using Probity.Exhibits.Viewing;
using Probity.Shared;

namespace Probity.Exhibits.Keeping;

/// <summary>How the page is shown, and how what is typed into it is taken.</summary>
public sealed partial class MoveExhibitPage : ComponentBase
{
    internal static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/exhibits/{id:guid}/move", (Guid id, HttpContext http, ExhibitForms forms) =>
            forms.ShowAsync<MoveExhibitPage>(http, id, ExhibitAction.Move, Fill));
        pages.MapPost("/exhibits/{id:guid}/move", (Guid id, HttpContext http, ExhibitForms forms, MoveExhibit slice) =>
            forms.TakeAsync<MoveExhibitPage>(http, id, ExhibitAction.Move, "moved", Fill, FieldOf, async (person, typed, _, cancel) =>
                ExhibitWords.Id(typed["location"]) is { } place
                    ? (await slice.HandleAsync(person, new MoveExhibit.Command(id, place, typed["reason"]), cancel), null)
                    : (null, ReceiveExhibit.LocationMissing)));
    }

    static ExhibitForm Fill(ExhibitForm form, ExhibitFacts facts) => form with
    {
        About = facts.Exhibit.Location is { } now ? [new(T("move.now"), CustodyLines.PlaceOf(now, facts))] : [],
        Choices = new Dictionary<string, IReadOnlyList<Choice>> { ["location"] = ExhibitChoices.Places(facts) },
    };

    static string FieldOf(string code) => code switch
    {
        ReceiveExhibit.LocationMissing or ReceiveExhibit.LocationUnknown => "location",
        ExhibitTexts.TooLong or ExhibitTexts.ControlCharacters => "reason",
        _ => "",
    };
}
