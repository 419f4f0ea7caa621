using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Shared;
using Probity.Shared.Record;

namespace Probity.Exhibits.Transferring;

/// <summary>How the page is shown, and how what is typed into it is taken.</summary>
public sealed partial class ReceiveExhibitPage : ComponentBase
{
    internal static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/exhibits/{id:guid}/take", (Guid id, HttpContext http, ExhibitForms forms) =>
            forms.ShowAsync<ReceiveExhibitPage>(http, id, ExhibitAction.Receive, Fill));
        pages.MapPost("/exhibits/{id:guid}/take", (Guid id, HttpContext http, ExhibitForms forms, ReceiveExhibit slice, ExhibitDesk desk) =>
            forms.TakeAllAsync<ReceiveExhibitPage>(http, id, ExhibitAction.Receive, "taken", Fill, FieldOf, async (person, typed, act, cancel) =>
            {
                var expected = await desk.SealsAsync(id, cancel);
                var seals = typed.ContainsKey("read") ? SealFields.Read(typed["read"].ToString()) : SealFields.Read(typed, expected);
                List<(string, string)> missing = [];
                var from = ExhibitWords.Id(typed["from"]) ?? Guid.Empty;
                if (from == Guid.Empty) missing.Add(("from", ReceiveExhibit.GiverUnknown));
                // Who is not told what there is leaves nothing out but everything.
                if (SealFields.AreLeftOut(typed, seals, typed.ContainsKey("read") ? Math.Min(1, expected.Count) : expected.Count)) missing.Add((SealFields.UnreadField, SealFields.Unread));
                if (missing.Count > 0) return new FormAnswer(null, missing);
                return new FormAnswer(await slice.HandleAsync(person, new ReceiveExhibit.Command(
                    id, act, await desk.TransferAsync(id, act, from, person, cancel) ?? Streams.Derive(act, "transfer"), from, ExhibitWords.Id(typed["location"]),
                    typed["discrepancy"], seals, null), cancel), []);
            }));
    }

    // Who gave it away to the reader comes first, then who has it.
    static ExhibitForm Fill(ExhibitForm form, ExhibitFacts facts)
    {
        var chain = facts.Exhibit.Chain;
        var from = chain.Given.Where(r => r.To == facts.Actor.Person).Select(r => r.From).Append(chain.Holder).Where(p => p != facts.Actor.Person).Distinct();
        return form with
        {
            Choices = new Dictionary<string, IReadOnlyList<Choice>>
            {
                ["from"] = form.What is null
                    ? ExhibitWords.People(facts.Register, facts.Now, actor => actor.Person != facts.Actor.Person && ExhibitAccess.IsHandler(actor))
                    : [.. from.Select(p => new Choice(p.ToString("D"), ExhibitWords.Of(p, facts.Register, facts.Now))).DefaultIfEmpty(new Choice("", "–"))],
                ["location"] = facts.Actor.Has(Probity.Access.Contract.Role.Custodian)
                    ? [.. facts.Store.Locations.Values.OrderByDescending(l => facts.Actor.Posts.Any(p => p.Unit == l.Unit)).ThenBy(l => l.Name, StringComparer.CurrentCulture)
                        .Select(l => new Choice(l.Id.ToString("D"), $"{l.Name} – {ExhibitWords.Of(l.Class)}"))]
                    : [],
            },
        };
    }

    static string FieldOf(string code) => code switch
    {
        ReceiveExhibit.GiverUnknown or ReceiveExhibit.NotFromHolder or ReceiveExhibit.FromSelf => "from",
        ReceiveExhibit.LocationMissing or ReceiveExhibit.LocationUnknown => "location",
        ExhibitTexts.TooLong or ExhibitTexts.ControlCharacters => "discrepancy",
        _ => "",
    };
}
