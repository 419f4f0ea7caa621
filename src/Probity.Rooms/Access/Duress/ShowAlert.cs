using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Access.Contract;
using Probity.Access.Staffing;
using Probity.Shared;
using Probity.Shared.Kit;
using Probity.Shared.Record;
using Probity.Shared.Views;
using Probity.Shared.Web;

namespace Probity.Access.Duress;

/// <summary>All that the page of an alert shows.</summary>
public sealed record AlertSheet(Guid Id, IReadOnlyList<SummaryItem> Facts, IReadOnlyList<SummaryItem> Done, bool MayAnswer, bool MayClose, bool IsClosed, string? Typed);

/// <summary>The page of one alert, and its forms.</summary>
internal sealed class ShowAlert(AlertDesk desk, When when)
{
    const string Address = "/alerts/{id:guid}";

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet(Address, async (Guid id, HttpContext http, ShowAlert show) =>
        {
            await http.CaughtUpAsync(AlertsView.ViewName, http.RequestAborted);
            return await show.ShowAsync(http, id, null, null);
        });
        pages.MapGet(Address + "/answer", (Guid id) => new SeeOther($"/alerts/{id:D}"));
        pages.MapPost(Address + "/answer", async (Guid id, HttpContext http, ShowAlert show) => await show.TakeAsync(http, id));
    }

    async Task<IResult> TakeAsync(HttpContext http, Guid id)
    {
        if (SignedInPerson.Of(http.User) is not { } person) return Results.Unauthorized();
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var action = form["action"].ToString() switch { "close" => AlertAction.Close, "return" => AlertAction.Return, "answer" => AlertAction.Answer, _ => AlertAction.Open };
        if (await desk.HandleAsync(person, id, new AlertDesk.Command(action, form["words"]), http.RequestAborted) is not { } outcome) return Results.NotFound();
        if (outcome is not Outcome.Done(var index)) return await ShowAsync(http, id, outcome, form["words"]);
        http.Wrote(index);
        return new SeeOther($"/alerts/{id:D}");
    }

    async Task<IResult> ShowAsync(HttpContext http, Guid id, Outcome? outcome, string? typed)
    {
        if (SignedInPerson.Of(http.User) is not { } person || await desk.OpenAsync(person, id, http.RequestAborted) is not { } facts) return Results.NotFound();
        var (register, alert) = (facts.Register, facts.Alert);
        var done = new List<SummaryItem>();
        foreach (var (key, words) in ((string, AlertWords?)[])[("alert.returned-by", alert.Answer is null ? alert.Returned : null), ("alert.answered-by", alert.Answer), ("alert.closed-by", alert.Closed)])
        {
            if (words is not null) done.Add(new(AccessText.Get(key), $"{register.NameOf(words.By)}, {when.Moment(words.At)}: {words.What}"));
        }

        var posts = register.PostsOf(facts.Person, facts.Now).Select(p => $"{p.Title}, {register.Units[p.Unit].Name}");
        var sheet = new AlertSheet(
            id, [new(AccessText.Get("alert.who"), register.NameOf(facts.Person)), new(AccessText.Get("alert.when"), when.Moment(facts.At)), new(AccessText.Get("person.posts"), string.Join("; ", posts))], done,
            DuressAccess.Refuses(AlertAction.Answer, facts) is null, DuressAccess.Refuses(AlertAction.Close, facts) is null, alert.Closed is not null, typed);
        var code = PeopleReader.ErrorOf(outcome);
        return Rendered.Page<AlertPage>(new { Sheet = sheet, Error = code, ErrorField = code?.StartsWith("text.", StringComparison.Ordinal) == true ? "words" : "" }, PeopleReader.StatusOf(outcome));
    }
}
