using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Access.Contract;
using Probity.Cases.Viewing;
using Probity.Shared;
using Probity.Shared.Record;
using Probity.Shared.Views;
using Probity.Shared.Web;

namespace Probity.Cases.Assigning;

/// <summary>A person who is kept out, or nearly, because of something that they declared.</summary>
public sealed record MatchLine(Guid Person, string Who, int Interest, int Party, string Name, bool Sure, bool MaySetAside)
{
    /// <summary>The page of what they declared.</summary>
    public string Href => string.Create(CultureInfo.InvariantCulture, $"/conduct/interests/{Person:D}/{Interest}");
}

/// <summary>All that the page shows.</summary>
public sealed record MatchesSheet(Guid Id, string Number, IReadOnlyList<MatchLine> Lines, IReadOnlyList<FieldError> Errors, string? TurnTo, string? Reason);

/// <summary>Shows those who watch over cases which declared interests are called like somebody named in this one, and takes what they set aside.</summary>
internal sealed class ShowMatches(CaseReading reading, SetMatchAside slice)
{
    const string Address = "/cases/{id:guid}/matches";

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet(Address, async (Guid id, HttpContext http, ShowMatches show) =>
            SignedInPerson.Of(http.User) is { } person ? await show.ShowAsync(person, id, null, null, http.RequestAborted) : Results.Unauthorized());
        pages.MapPost(Address, async (Guid id, HttpContext http, ShowMatches show) =>
            SignedInPerson.Of(http.User) is { } person ? await show.TakeAsync(http, person, id) : Results.Unauthorized());
    }

    async Task<IResult> TakeAsync(HttpContext http, Guid person, Guid id)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        if (!Guid.TryParseExact(form["person"], "D", out var whose) || !int.TryParse(form["interest"], NumberStyles.None, CultureInfo.InvariantCulture, out var interest)
            || !int.TryParse(form["party"], NumberStyles.None, CultureInfo.InvariantCulture, out var party)) return Results.BadRequest();
        if (await slice.HandleAsync(person, new SetMatchAside.Command(id, whose, interest, party, form["reason"].ToString()), null, http.RequestAborted) is not CaseAnswer.Ended { Outcome: var outcome }) return Results.NotFound();
        if (outcome is not Outcome.Done(var index)) return await ShowAsync(person, id, outcome, form["reason"], http.RequestAborted);
        http.Wrote(index);
        return new SeeOther($"/cases/{id:D}/matches");
    }

    async Task<IResult> ShowAsync(Guid person, Guid id, Outcome? refused, string? reason, CancellationToken cancel)
    {
        if (await reading.OpenAsync(person, id, "cases.matches", CaseAction.SetMatchAside, cancel) is not { Case.ErasedAt: null } facts) return Results.NotFound();
        var (c, actor, register, now, _) = facts;
        var refusal = (refused as Outcome.Refused)?.Refusal;
        var lines = (await slice.WaitingAsync(facts, cancel))
            // Nobody is shown what they themselves declared, nor what concerns whom they are barred from.
            .Where(m => m.Person != person)
            .Select(m => new MatchLine(m.Person, register.NameOf(m.Person), m.Interest, m.Party, c.Parties[m.Party - 1].Name, m.IsSure, Recusal.Between(actor.Person, [m.Person], register, now) is null)).ToList();
        return Rendered.Page<MatchesPage>(new
        {
            Sheet = new MatchesSheet(
                id, c.Number, lines, refused is null ? [] : [new FieldError("", CasesText.Of(refusal?.Code ?? Answers.Stale))],
                refusal?.Reroute is { People.Count: > 0 } to ? string.Join(", ", to.People.Select(register.NameOf)) : null, reason),
        }, refused switch { null => StatusCodes.Status200OK, Outcome.Stale => StatusCodes.Status409Conflict, _ => StatusCodes.Status422UnprocessableEntity });
    }
}
