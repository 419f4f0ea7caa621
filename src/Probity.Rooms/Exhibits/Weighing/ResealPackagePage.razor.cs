using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Access.Contract;
using Probity.Exhibits.Photographing;
using Probity.Shared;
using Probity.Shared.Web;

namespace Probity.Exhibits.Weighing;

/// <summary>How the page is shown, and how what is typed into it is taken.</summary>
public sealed partial class ResealPackagePage : ComponentBase
{
    internal static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/exhibits/{id:guid}/reseal", (Guid id, string? package, HttpContext http, ExhibitForms forms) =>
            forms.ShowAsync<ResealPackagePage>(http, id, ExhibitAction.Reseal, (form, facts) => Fill(form, facts) with { Typed = package is null ? form.Typed : new Dictionary<string, string> { ["package"] = package } }));
        pages.MapPost("/exhibits/{id:guid}/reseal", (Guid id, HttpContext http, ExhibitForms forms, ResealPackage slice, TakenPhoto photos, ExhibitDesk desk) =>
            forms.TakeAllAsync<ResealPackagePage>(http, id, ExhibitAction.Reseal, "resealed", Fill, code => FieldOf(code, http.Request.Form), async (person, typed, act, cancel) =>
            {
                var (photo, code) = await photos.KeepAsync(http, person, id, act, null);
                List<(string, string)> missing = [];
                if (!int.TryParse(typed["package"], NumberStyles.None, CultureInfo.InvariantCulture, out var package)) missing.Add(("package", ResealPackage.PackageMissing));
                if (ExhibitTexts.Refuses(typed["new-seal"], ExhibitTexts.MaxSeal, ExhibitTexts.SealMissing) is { } seal) missing.Add(("new-seal", seal.Code));
                if (ExhibitTexts.RefusesReason(typed["reason"]) is { } reason) missing.Add(("reason", reason.Code));
                missing.AddRange(SecondPerson.Missed(ExhibitWords.Id(typed["witness"]), typed["alone"], photo, code));
                // By itself the decision says so; beside something else it is said with it. Sent again, the seal that was put on is there already.
                if (missing.Count > 0 && (await desk.SealsAsync(id, cancel)).Any(p => ExhibitTexts.SealAsRead(p.Seal) == ExhibitTexts.SealAsRead(typed["new-seal"].ToString()))) missing.Add(("new-seal", ResealPackage.SameSeal));
                if (missing.Count > 0) return new FormAnswer(null, missing) { Kept = photo };
                return new FormAnswer(await slice.HandleAsync(person, new ResealPackage.Command(
                    id, act, package, typed["new-seal"].ToString(), typed["reason"].ToString(), new SecondPerson(ExhibitWords.Id(typed["witness"]), typed["alone"], photo), null), cancel), []) { Kept = photo };
            })).WithMetadata(TakenPhoto.Limit);
    }

    static ExhibitForm Fill(ExhibitForm form, ExhibitFacts facts) => form with
    {
        Choices = new Dictionary<string, IReadOnlyList<Choice>> { ["witness"] = ExhibitChoices.Witnesses(facts) },
    };

    // What is wrong with a text is said in the order in which the decision looks at them.
    static string FieldOf(string code, IFormCollection typed) => code switch
    {
        ExhibitTexts.PackageUnknown => "package",
        Transferring.HandOverExhibit.AlreadyGiven => "",
        ExhibitTexts.SealMissing or ResealPackage.SameSeal => "new-seal",
        SecondPerson.PhotoMissing or KeepPhoto.NotAPhoto or KeepPhoto.TooLarge or KeepPhoto.TooMany or KeepPhoto.TooSmall or KeepPhoto.Used => "photo",
        ExhibitTexts.ReasonMissing or ExhibitTexts.TooLong or ExhibitTexts.ControlCharacters =>
            ExhibitTexts.Refuses(typed["new-seal"], ExhibitTexts.MaxSeal) is not null ? "new-seal" : ExhibitTexts.RefusesReason(typed["reason"]) is not null ? "reason" : "alone",
        Bars.Role or ExhibitAccess.Gone or Answers.Stale => "",
        _ => "witness",
    };
}
