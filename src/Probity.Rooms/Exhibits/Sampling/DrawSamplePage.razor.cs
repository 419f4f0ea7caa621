using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Exhibits.Contract;
using Probity.Exhibits.Photographing;
using Probity.Exhibits.Weighing;
using Probity.Shared;

namespace Probity.Exhibits.Sampling;

/// <summary>How the page is shown, and how what is typed into it is taken.</summary>
public sealed partial class DrawSamplePage : ComponentBase
{
    internal static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/exhibits/{id:guid}/sample", (Guid id, HttpContext http, ExhibitForms forms, When when) =>
            forms.ShowAsync<DrawSamplePage>(http, id, ExhibitAction.Sample, (form, facts) => Fill(form, facts, when)));
        pages.MapPost("/exhibits/{id:guid}/sample", (Guid id, HttpContext http, ExhibitForms forms, DrawSample slice, TakenPhoto photos, When when) =>
            forms.TakeAllAsync<DrawSamplePage>(http, id, ExhibitAction.Sample, "sampled", (form, facts) => Fill(form, facts, when), FieldOf, async (person, typed, act, cancel) =>
            {
                // The photograph first: whatever else is missing, it need not be taken again.
                var (photo, code) = await photos.KeepAsync(http, person, id, act, null);
                List<(string, string)> missing = [];
                if (!int.TryParse(typed["package"], out var package)) missing.Add(("package", ExhibitTexts.PackageUnknown));
                Grams mass = default;
                if (TypedNumber.IsAmbiguous(typed["mass"])) missing.Add(("mass", TypedMass.Ambiguous));
                else if (!TypedMass.TryRead(typed["mass"], out mass) || mass.Value <= 0m) missing.Add(("mass", WeighExhibit.MassUnclear));
                var balance = ExhibitWords.Id(typed["balance"]);
                if (balance is null) missing.Add(("balance", WeighExhibit.BalanceUnknown));
                foreach (var seal in (string[])["sample-seal", "new-seal"])
                    if (ExhibitTexts.Refuses(typed[seal], ExhibitTexts.MaxSeal, ExhibitTexts.SealMissing) is { } unfit) missing.Add((seal, unfit.Code));
                if (ExhibitTexts.Refuses(typed["plan"], ExhibitTexts.MaxReason, DrawSample.PlanMissing, lines: true) is { } plan) missing.Add(("plan", plan.Code));
                if (!int.TryParse(typed["units"], out var units) || units < 1) missing.Add(("units", DrawSample.UnitsUnclear));
                if (!int.TryParse(typed["tested"], out var tested) || tested < 1) missing.Add(("tested", DrawSample.UnitsUnclear));
                missing.AddRange(SecondPerson.Missed(ExhibitWords.Id(typed["witness"]), typed["alone"], photo, code));
                if (missing.Count > 0) return new FormAnswer(null, missing) { Kept = photo };
                return new FormAnswer(await slice.HandleAsync(person, new DrawSample.Command(
                    id, act, package, mass, balance!.Value, typed["new-seal"].ToString(), typed["sample-seal"].ToString(), typed["plan"].ToString(), units, tested,
                    new SecondPerson(ExhibitWords.Id(typed["witness"]), typed["alone"], photo), null, typed["large"]), cancel), []) { Kept = photo };
            }, ["mass"])).WithMetadata(TakenPhoto.Limit);
    }

    static ExhibitForm Fill(ExhibitForm form, ExhibitFacts facts, When when) => form with
    {
        Choices = new Dictionary<string, IReadOnlyList<Choice>>
        {
            ["balance"] = ExhibitChoices.Balances(facts, when), ["witness"] = ExhibitChoices.Witnesses(facts),
        },
    };

    static string FieldOf(string code) => code switch
    {
        WeighExhibit.MassUnclear or WeighExhibit.OverCapacity or DrawSample.TooMuch => "mass",
        WeighExhibit.BalanceUnknown => "balance",
        ExhibitTexts.PackageUnknown or DrawSample.NoSubstance => "package",
        ExhibitTexts.SealMissing or ExhibitTexts.SealTwice or ResealPackage.SameSeal => "new-seal",
        DrawSample.Large => "large",
        DrawSample.PlanMissing => "plan",
        DrawSample.UnitsUnclear => "units",
        SecondPerson.PhotoMissing or KeepPhoto.NotAPhoto or KeepPhoto.TooLarge or KeepPhoto.TooMany or KeepPhoto.TooSmall or KeepPhoto.Used => "photo",
        ExhibitTexts.ReasonMissing => "alone",
        _ => "witness",
    };
}
