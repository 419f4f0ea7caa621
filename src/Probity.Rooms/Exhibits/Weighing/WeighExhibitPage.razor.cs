using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Exhibits.Contract;
using Probity.Exhibits.Photographing;
using Probity.Shared;

namespace Probity.Exhibits.Weighing;

/// <summary>How the page is shown, and how what is typed into it is taken.</summary>
public sealed partial class WeighExhibitPage : ComponentBase
{
    internal static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/exhibits/{id:guid}/weigh", (Guid id, HttpContext http, ExhibitForms forms, When when) =>
            forms.ShowAsync<WeighExhibitPage>(http, id, ExhibitAction.Weigh, (form, facts) => Fill(form, facts, when)));
        pages.MapPost("/exhibits/{id:guid}/weigh", (Guid id, HttpContext http, ExhibitForms forms, WeighExhibit slice, TakenPhoto photos, When when) =>
            forms.TakeAllAsync<WeighExhibitPage>(http, id, ExhibitAction.Weigh, "weighed", (form, facts) => Fill(form, facts, when), FieldOf, async (person, typed, act, cancel) =>
            {
                // The photograph first: whatever else is missing, it need not be taken again.
                var (photo, code) = await photos.KeepAsync(http, person, id, act, null);
                List<(string, string)> missing = [];
                if (TypedNumber.IsAmbiguous(typed["mass"])) missing.Add(("mass", TypedMass.Ambiguous));
                else if (!TypedMass.TryRead(typed["mass"], out Grams _)) missing.Add(("mass", WeighExhibit.MassUnclear));
                var balance = ExhibitWords.Id(typed["balance"]);
                if (balance is null) missing.Add(("balance", WeighExhibit.BalanceUnknown));
                missing.AddRange(SecondPerson.Missed(ExhibitWords.Id(typed["witness"]), typed["alone"], photo, code));
                if (missing.Count > 0) return new FormAnswer(null, missing) { Kept = photo };
                int? package = int.TryParse(typed["package"], out var number) ? number : null;
                TypedMass.TryRead(typed["mass"], out Grams mass);
                return new FormAnswer(await slice.HandleAsync(person, new WeighExhibit.Command(
                    id, act, package, ExhibitWords.Named<MassKind>(typed["kind"]) ?? MassKind.GrossSealed, mass, null, balance!.Value,
                    ExhibitWords.Named<Moment>(typed["moment"]) ?? Moment.HandOver,
                    new SecondPerson(ExhibitWords.Id(typed["witness"]), typed["alone"], photo), null), cancel), []) { Kept = photo };
            }, ["mass"])).WithMetadata(TakenPhoto.Limit);
    }

    static ExhibitForm Fill(ExhibitForm form, ExhibitFacts facts, When when) => form with
    {
        Choices = new Dictionary<string, IReadOnlyList<Choice>>
        {
            ["balance"] = ExhibitChoices.Balances(facts, when),
            ["witness"] = ExhibitChoices.Witnesses(facts),
            ["now"] = [new Choice(ExhibitWords.Camel(Now(facts).ToString()), "")],
            ["opened"] = facts.Exhibit.AwaitsNet || facts.Exhibit.AwaitsWeighingOfRest ? [new Choice("net", "")] : [],
        },
    };

    // When in its life it is, as far as the record shows that.
    static Moment Now(ExhibitFacts facts) => facts.Exhibit switch
    {
        { Destruction.CarriedOut: null, Destruction: not null } => Moment.PreDestruction,
        { Status: ExhibitStatus.AtLab } of => of.Analyses.IsEmpty ? Moment.LabIn : Moment.LabOut,
        { Readings.IsEmpty: true, Chain.Links.IsEmpty: true } => Moment.Seizure,
        var of when of.Readings.IsEmpty || of.Chain.Links.Length == 1 || of.AwaitsIntake(facts.Now) => Moment.Intake,
        _ => Moment.HandOver,
    };

    static string FieldOf(string code) => code switch
    {
        WeighExhibit.MassUnclear or WeighExhibit.OverCapacity => "mass",
        WeighExhibit.BalanceUnknown => "balance",
        ExhibitTexts.PackageUnknown => "package",
        SecondPerson.PhotoMissing or KeepPhoto.NotAPhoto or KeepPhoto.TooLarge or KeepPhoto.TooMany or KeepPhoto.TooSmall or KeepPhoto.Used => "photo",
        ExhibitTexts.ReasonMissing => "alone",
        _ => "witness",
    };
}
