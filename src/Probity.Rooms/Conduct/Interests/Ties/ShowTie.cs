using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Access.Contract;
using Probity.Shared;
using Probity.Shared.Kit;
using Probity.Shared.Record;
using Probity.Shared.Views;
using Probity.Shared.Web;

namespace Probity.Conduct.Interests.Ties;

/// <summary>All that a tie's page shows.</summary>
public sealed record TieSheet(string Path, string State, Tone Tone, IReadOnlyList<SummaryItem> Facts, bool MayAsk, bool MayAnswer, bool MayConfirm, IReadOnlyList<FieldError> Errors, string? TurnTo, string? Reason);

/// <summary>The page of one tie: for whoever declared it, and for those who watch over it.</summary>
internal sealed class ShowTie(EndTie slice, When when)
{
    const string Address = ShowInterests.Address + "/ties/{id:guid}";

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet(Address, async (Guid id, HttpContext http, ShowTie show) =>
            SignedInPerson.Of(http.User) is { } person ? await show.ShowAsync(person, id, null, null, http.RequestAborted) : Results.Unauthorized());
        pages.MapGet(Address + "/{what:regex(^(end|answer|confirm)$)}", (Guid id) => new SeeOther(PathOf(id)));
        pages.MapPost(Address + "/{what:regex(^(end|answer|confirm)$)}", async (Guid id, string what, HttpContext http, ShowTie show) =>
            SignedInPerson.Of(http.User) is { } person ? await show.TakeAsync(http, person, id, what) : Results.Unauthorized());
    }

    public static string PathOf(Guid id) => $"{ShowInterests.Address}/ties/{id:D}";

    async Task<IResult> TakeAsync(HttpContext http, Guid person, Guid id, string what)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var outcome = what switch
        {
            "end" => await slice.HandleAsync(person, new EndTie.Command(id, form["reason"]), http.RequestAborted),
            "confirm" => await slice.HandleAsync(person, new EndTie.Confirmation(id, form["agrees"] == "yes", form["reason"]), http.RequestAborted),
            _ => await slice.HandleAsync(person, new EndTie.Answer(id, form["agrees"] == "yes", form["reason"]), http.RequestAborted),
        };
        if (outcome is null) return Results.NotFound();
        if (outcome is not Outcome.Done(var index)) return await ShowAsync(person, id, outcome, form["reason"], http.RequestAborted);
        http.Wrote(index);
        return new SeeOther(PathOf(id));
    }

    async Task<IResult> ShowAsync(Guid person, Guid id, Outcome? refused, string? reason, CancellationToken cancel)
    {
        if (await slice.OpenAsync(person, id, cancel) is not { Tie: { } tie } facts) return Results.NotFound();
        var refusal = (refused as Outcome.Refused)?.Refusal;
        var (state, tone) = InterestWords.StateOf(tie, facts.Register);
        var items = new List<SummaryItem>
        {
            new(ConductText.Of("gift.by"), facts.Register.NameOf(tie.By)), new(ConductText.Of("tie.person"), facts.Register.NameOf(tie.Other)), new(ConductText.Of("tie.what"), InterestWords.Of(tie)),
            new(ConductText.Of("gift.declared"), when.Moment(tie.Since)),
        };
        if (tie.EndReason is { } asked) items.Add(new(ConductText.Of("tie.end-reason"), asked));
        if (tie.Until is { } until) items.Add(new(ConductText.Of("tie.until"), when.Moment(until)));
        var sheet = new TieSheet(
            PathOf(id), state, tone, items, tie is { Holds: true, EndReason: null } && facts.Refuses(TieAction.AskEnd) is null, tie is { Holds: true, EndReason: not null } && facts.Refuses(TieAction.Answer) is null, facts.Refuses(TieAction.Confirm) is null,
            refused is null ? [] : [new FieldError(refusal is { Code: ConductTexts.ReasonMissing or ConductTexts.ReasonTooShort or ConductTexts.ReasonUnfit } ? "reason" : "", ConductText.Of(refusal?.Code ?? Answers.Stale))],
            refusal?.Reroute is { } to ? RoleWords.Of(to.Role) : null, reason);
        return Rendered.Page<TiePage>(new { Sheet = sheet },
            refused switch { null => StatusCodes.Status200OK, Outcome.Stale => StatusCodes.Status409Conflict, _ => StatusCodes.Status422UnprocessableEntity });
    }
}
