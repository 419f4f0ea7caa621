using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Shared;
using Probity.Shared.Kit;

namespace Probity.Exhibits.Disposing;

/// <summary>How the page is shown, and how what is typed into it is taken.</summary>
public sealed partial class ReturnExhibitPage : ComponentBase
{
    internal static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/exhibits/{id:guid}/return", (Guid id, HttpContext http, ExhibitForms forms, When when) =>
            forms.ShowAsync<ReturnExhibitPage>(http, id, ExhibitAction.Return, (form, facts) => Fill(form, facts, when)));
        pages.MapPost("/exhibits/{id:guid}/return", (Guid id, HttpContext http, ExhibitForms forms, ReturnExhibit slice, When when) =>
            forms.TakeAsync<ReturnExhibitPage>(http, id, ExhibitAction.Return, "returned", (form, facts) => Fill(form, facts, when), FieldOf, async (person, typed, act, cancel) =>
                (await slice.HandleAsync(person, new ReturnExhibit.Command(
                    id, act, ExhibitWords.Id(typed["order"]), typed["to"].ToString(), typed["receipt"].ToString(), ExhibitWords.Id(typed["witness"]), typed["other"]), cancel), null)));
    }

    static ExhibitForm Fill(ExhibitForm form, ExhibitFacts facts, When when)
    {
        var orders = ExhibitChoices.Orders(facts, when, ReturnExhibit.KindFor(facts.Exhibit));
        return form with
        {
            OnlyCourt = facts.Standing.Court.IsCourts,
            Choices = new Dictionary<string, IReadOnlyList<Choice>>
            {
                ["order"] = orders,
                ["witness"] = ExhibitWords.People(facts.Register, facts.Now, actor => ReturnExhibit.RefusesWitness(actor.Person, null, facts) is null && !DisposalFacts.AreOrdersOf(actor.Person, orders, facts)),
            },
            About = facts.Exhibit.Forfeiture is { } forfeited ? [new SummaryItem(T("status.forfeited"), forfeited.Order)] : [],
        };
    }

    static string FieldOf(string code) => code switch
    {
        ReturnExhibit.OwnerMissing => "to",
        ReturnExhibit.ReceiptMissing or ReturnExhibit.ReceiptOther => "receipt",
        SecondPerson.Missing or SecondPerson.Unfit or SecondPerson.SameHands or ProposeDestruction.HoldersUnit or DisposalFacts.OrderedIt => "witness",
        _ => DisposalFacts.IsOfOrder(code) ? "order" : "",
    };
}
