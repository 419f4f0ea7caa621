using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Exhibits.Contract;
using Probity.Shared.Kit;

namespace Probity.Exhibits.Analysing;

/// <summary>How the page is shown, and how what is typed into it is taken.</summary>
public sealed partial class ReportNothingFoundPage : ComponentBase
{
    internal static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/exhibits/{id:guid}/analysis/nothing", (Guid id, HttpContext http, ExhibitForms forms) =>
            forms.ShowAsync<ReportNothingFoundPage>(http, id, ExhibitAction.Analyse, (form, _) => form));
        pages.MapPost("/exhibits/{id:guid}/analysis/nothing", (Guid id, HttpContext http, ExhibitForms forms, ReportNothingFound slice) =>
            forms.TakeAsync<ReportNothingFoundPage>(http, id, ExhibitAction.Analyse, "analysed", (form, _) => form, FieldOf, async (person, typed, act, cancel) =>
            {
                int? package = int.TryParse(typed["package"], out var number) ? number : null;
                var consumed = Grams.Zero;
                if (!string.IsNullOrWhiteSpace(typed["consumed"]) && !TypedMass.TryRead(typed["consumed"], out consumed)) return (null, ReportAnalysis.ConsumedTooMuch);
                return DateParts.From(typed, "day").ToDay() is { } day
                    ? (await slice.HandleAsync(person, new ReportNothingFound.Command(id, act, package, typed["methods"].ToString(), consumed, day, typed["remarks"], typed["used-reason"]), cancel), null)
                    : (null, ReportNothingFound.DayUnclear);
            }, ["consumed"]));
    }

    static string FieldOf(string code) => code switch
    {
        ReportAnalysis.MethodsMissing => "methods",
        ReportAnalysis.ConsumedTooMuch => "consumed",
        ReportAnalysis.UsedMuch => "used-reason",
        ReportNothingFound.DayUnclear => "day",
        ExhibitTexts.TooLong or ExhibitTexts.ControlCharacters => "remarks",
        ExhibitTexts.PackageUnknown => "package",
        _ => "",
    };
}
