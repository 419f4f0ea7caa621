using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Exhibits.Viewing;
using Probity.Shared;
using Probity.Shared.Kit;

namespace Probity.Exhibits.Transferring;

/// <summary>How the page is shown, and how what is typed into it is taken.</summary>
public sealed partial class WithdrawHandOverPage : ComponentBase
{
    internal static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/exhibits/{id:guid}/withdraw/{half:guid}", (Guid id, Guid half, HttpContext http, ExhibitForms forms, When when) =>
            forms.ShowAsync<WithdrawHandOverPage>(http, id, ExhibitAction.Withdraw, (form, facts) => Fill(form, facts, half, when)));
        pages.MapPost("/exhibits/{id:guid}/withdraw/{half:guid}", (Guid id, Guid half, HttpContext http, ExhibitForms forms, WithdrawHandOver slice, When when) =>
            forms.TakeAsync<WithdrawHandOverPage>(http, id, ExhibitAction.Withdraw, "withdrawn", (form, facts) => Fill(form, facts, half, when), FieldOf, async (person, typed, _, cancel) =>
                (await slice.HandleAsync(person, new WithdrawHandOver.Command(id, half, typed["reason"].ToString()), cancel), null)));
    }

    static ExhibitForm Fill(ExhibitForm form, ExhibitFacts facts, Guid id, When when)
    {
        var half = facts.Exhibit.Chain.Alone.FirstOrDefault(h => h.Half == id);
        return form with
        {
            Choices = new Dictionary<string, IReadOnlyList<Choice>> { ["half"] = [new Choice(id.ToString("D"), WithdrawHandOver.KeyOf(half, facts))] },
            // Which of them: only who may say that it counts no longer is told what it says.
            About = half is not null && WithdrawHandOver.IsFor(half, facts) ? [new SummaryItem(T("half.claim"), CustodyLines.AloneOf(half, facts, when))] : [],
        };
    }

    static string FieldOf(string code) => code == WithdrawHandOver.NothingGiven ? "" : "reason";
}
