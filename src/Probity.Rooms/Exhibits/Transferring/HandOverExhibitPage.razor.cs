using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Exhibits.Contract;
using Probity.Shared;
using Probity.Shared.Record;

namespace Probity.Exhibits.Transferring;

/// <summary>How the page is shown, and how what is typed into it is taken.</summary>
public sealed partial class HandOverExhibitPage : ComponentBase
{
    internal static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/exhibits/{id:guid}/hand-over", (Guid id, HttpContext http, ExhibitForms forms) =>
            forms.ShowAsync<HandOverExhibitPage>(http, id, ExhibitAction.HandOver, Fill));
        pages.MapPost("/exhibits/{id:guid}/hand-over", (Guid id, HttpContext http, ExhibitForms forms, HandOverExhibit slice, ExhibitDesk desk) =>
            forms.TakeAllAsync<HandOverExhibitPage>(http, id, ExhibitAction.HandOver, "given", Fill, FieldOf, async (person, typed, act, cancel) =>
            {
                var (to, purpose, expected) = (ExhibitWords.Id(typed["to"]), ExhibitWords.Named<Purpose>(typed["purpose"]), await desk.SealsAsync(id, cancel));
                var seals = SealFields.Read(typed, expected);
                List<(string, string)> missing = [];
                if (to is null) missing.Add(("to", HandOverExhibit.ReceiverMissing));
                if (purpose is null) missing.Add(("purpose", HandOverExhibit.PurposeUnknown));
                else if (purpose is not (Purpose.Store or Purpose.Transport) && ExhibitTexts.Kept(typed["authority"]) is null) missing.Add(("authority", HandOverExhibit.AuthorityMissing));
                if (SealFields.AreLeftOut(typed, seals, expected.Count)) missing.Add((SealFields.UnreadField, SealFields.Unread));
                return missing.Count > 0 ? new FormAnswer(null, missing) : new FormAnswer(await slice.HandleAsync(person, new HandOverExhibit.Command(
                    id, act, Streams.Derive(act, "transfer"), to!.Value, purpose!.Value, typed["authority"], typed["condition"], seals, null), cancel), []);
            }));
    }

    static ExhibitForm Fill(ExhibitForm form, ExhibitFacts facts) => form with
    {
        Choices = new Dictionary<string, IReadOnlyList<Choice>>
        {
            ["to"] = ExhibitWords.People(facts.Register, facts.Now, actor => actor.Person != facts.Actor.Person && ExhibitAccess.IsHandler(actor)
                && facts.Standing.Case.BarOf(actor.Person, facts.Register, facts.Now) is null),
        },
    };

    static string FieldOf(string code) => code switch
    {
        HandOverExhibit.ReceiverUnfit or HandOverExhibit.ToSelf => "to",
        HandOverExhibit.PurposeUnknown => "purpose",
        HandOverExhibit.AuthorityMissing => "authority",
        _ => "",
    };
}
