using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Probity.Exhibits.Photographing;

/// <summary>How the page is shown, and how what is typed into it is taken.</summary>
public sealed partial class KeepPhotoPage : ComponentBase
{
    internal static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/exhibits/{id:guid}/photograph", (Guid id, HttpContext http, ExhibitForms forms) =>
            forms.ShowAsync<KeepPhotoPage>(http, id, ExhibitAction.Photograph, (form, _) => form));
        pages.MapPost("/exhibits/{id:guid}/photograph", (Guid id, HttpContext http, ExhibitForms forms, KeepPhoto slice) =>
            forms.TakeAsync<KeepPhotoPage>(http, id, ExhibitAction.Photograph, "photographed", (form, _) => form, FieldOf, async (person, typed, act, cancel) =>
            {
                var (bytes, code) = await TakenPhoto.ReadAsync(http);
                return bytes is null
                    ? (null, code ?? KeepPhoto.NotChosen)
                    : (await slice.HandleAsync(person, new KeepPhoto.Command(id, TakenPhoto.IdOf(act, bytes), bytes, typed["about"]), cancel), null);
            })).WithMetadata(TakenPhoto.Limit);
    }

    static string FieldOf(string code) => code switch
    {
        KeepPhoto.NotChosen or KeepPhoto.NotAPhoto or KeepPhoto.TooLarge or KeepPhoto.TooMany or KeepPhoto.TooSmall or KeepPhoto.Used => "photo",
        ExhibitTexts.TooLong or ExhibitTexts.ControlCharacters => "about",
        _ => "",
    };
}
