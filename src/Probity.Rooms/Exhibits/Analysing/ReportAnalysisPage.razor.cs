using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Exhibits.Contract;
using Probity.Exhibits.Seizing;
using Probity.Exhibits.Weighing;
using Probity.Shared;
using Probity.Shared.Kit;

namespace Probity.Exhibits.Analysing;

/// <summary>How the page is shown, and how what is typed into it is taken.</summary>
public sealed partial class ReportAnalysisPage : ComponentBase
{
    internal static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/exhibits/{id:guid}/analysis", (Guid id, HttpContext http, ExhibitForms forms) =>
            forms.ShowAsync<ReportAnalysisPage>(http, id, ExhibitAction.Analyse, (form, _) => form));
        pages.MapPost("/exhibits/{id:guid}/analysis", (Guid id, HttpContext http, ExhibitForms forms, ReportAnalysis slice) =>
            forms.TakeAsync<ReportAnalysisPage>(http, id, ExhibitAction.Analyse, "analysed", (form, _) => form, FieldOf, async (person, typed, act, cancel) =>
            {
                int? package = int.TryParse(typed["package"], out var number) ? number : null;
                if (!Mass(typed["net"], out var net) || !Mass(typed["net-uncertainty"], out var uncertainty)) return (null, WeighExhibit.MassUnclear);
                if (!Mass(typed["consumed"], out var consumed) || !Mass(typed["duplicate"], out var duplicate)) return (null, ReportAnalysis.ConsumedTooMuch);
                if (!Percent(typed["purity"], out var purity) || !Percent(typed["purity-uncertainty"], out var shift)) return (null, ReportAnalysis.PurityUnclear);
                if (DateParts.From(typed, "day").ToDay() is not { } day) return (null, ReportNothingFound.DayUnclear);
                return (await slice.HandleAsync(person, new ReportAnalysis.Command(
                    id, act, package, typed["substance"].ToString(), purity, shift, typed["methods"].ToString(), net, uncertainty, consumed ?? Grams.Zero, duplicate,
                    typed["profile"], day, typed["used-reason"]), cancel), null);
            }, ["purity", "purity-uncertainty", "net", "net-uncertainty", "consumed", "duplicate"]));
    }

    // Left out is null; what cannot be read is refused.
    static bool Mass(string? typed, out Grams? mass)
    {
        mass = TypedMass.TryRead(typed, out Grams grams) ? grams : null;
        return mass is not null || string.IsNullOrWhiteSpace(typed);
    }

    static bool Percent(string? typed, out decimal? percent)
    {
        percent = TypedNumber.TryRead(typed, out decimal number) ? number : null;
        return percent is not null || string.IsNullOrWhiteSpace(typed);
    }

    static string FieldOf(string code) => code switch
    {
        RecordSeizure.SubstanceUnknown => "substance",
        ReportAnalysis.PurityUnclear => "purity",
        ReportNothingFound.DayUnclear => "day",
        ReportAnalysis.MethodsMissing => "methods",
        WeighExhibit.MassUnclear or ReportAnalysis.DuplicateUnweighed => "net",
        ReportAnalysis.ConsumedTooMuch => "consumed",
        ReportAnalysis.UsedMuch => "used-reason",
        ExhibitTexts.PackageUnknown => "package",
        _ => "",
    };
}
