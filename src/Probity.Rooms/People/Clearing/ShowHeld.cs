using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Access.Contract;
using Probity.Ledger;
using Probity.Shared;
using Probity.Shared.Kit;
using Probity.Shared.Record;
using Probity.Shared.Views;
using Probity.Shared.Web;

namespace Probity.People.Clearing;

/// <summary>All that the page of a held act shows.</summary>
public sealed record HeldSheet(string Path, string Kind, string Name, IReadOnlyList<SummaryItem> Facts, ClearingSheet? Clearing, bool MayReturn)
{
    /// <summary>What else the reader is told above the form.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
    /// <summary>What was typed.</summary>
    public IReadOnlyDictionary<string, string> Typed { get; init; } = new Dictionary<string, string>();
    /// <summary>What was refused.</summary>
    public IReadOnlyList<FieldError> Errors { get; init; } = [];
}

/// <summary>What vetting would decide to somebody's disadvantage, for whoever clears it and whoever asked. A look at it is on the record.</summary>
internal sealed class ShowHeld(AnswerHeld slice, IProtectedPeople people, Clerk clerk, When when)
{
    const string Address = "/vetting/held/{person:guid}/{act:guid}";

    public static void Map(IEndpointRouteBuilder pages, IEndpointRouteBuilder api)
    {
        pages.MapGet(Address, async (Guid person, Guid act, HttpContext http, ShowHeld show) => SignedInPerson.Of(http.User) is null ? Results.Unauthorized() : await show.ShowAsync(http, person, act, null, null));
        pages.MapPost(Address, async (Guid person, Guid act, HttpContext http, ShowHeld show) => SignedInPerson.Of(http.User) is null ? Results.Unauthorized() : await show.TakeAsync(http, person, act));
        api.MapPost("/held/{person:guid}/{act:guid}", (Guid person, Guid act, HttpContext http, AnswerHeld slice) => ApiCall.RunAsync<AnswerHeld.Command>(
            http, PeopleText.Of, async (_, command, cancel) => await slice.HandleAsync(http.User, person, act, command, cancel)))
            .Command<AnswerHeld.Command>("answerHeldAct", "Clear what vetting would decide to somebody's disadvantage, three days after it was asked for or later, with your key for reports unlocked; or send it back and say why.").Refuses(404);
    }

    async Task<IResult> TakeAsync(HttpContext http, Guid person, Guid act)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var outcome = await slice.HandleAsync(http.User, person, act, new(form["answer"].ToString() switch { "yes" => true, "no" => false, _ => null }, form["reason"], form["why"]), http.RequestAborted);
        if (outcome is null) return Results.NotFound();
        if (outcome is not Outcome.Done(var index)) return await ShowAsync(http, person, act, outcome, form);
        http.Wrote(index);
        return new SeeOther(HeldActPlace.Of(person, act));
    }

    async Task<IResult> ShowAsync(HttpContext http, Guid person, Guid id, Outcome? outcome, IFormCollection? form)
    {
        var (by, cancel) = (SignedInPerson.Of(http.User)!.Value, http.RequestAborted);
        if (await slice.ReadAsync(by, person, id, cancel) is not { } facts) return Results.NotFound();
        await clerk.FileReadAsync(new ActorId(by), new StreamId(person), "people.held", cancel: cancel);
        var (act, register) = (facts.Act, facts.Register);
        var (mayClear, mayReturn) = (act.Waits && AnswerHeld.Refuses(agrees: true, facts) is null, act.Waits && AnswerHeld.Refuses(agrees: false, facts) is null);
        var items = new List<SummaryItem> { new(PeopleText.Of("held.asked"), $"{register.NameOf(act.By)}, {when.Moment(act.At)}"), new(PeopleText.Of("held.reason"), act.Reason) };
        if (act.Answered is var (answerer, at))
            items.Add(act.IsOvertaken ? new(PeopleText.Of("held.overtaken"), when.Moment(at)) : new(PeopleText.Of(act.IsCleared ? "held.cleared" : "held.returned"), $"{register.NameOf(answerer)}, {when.Moment(at)}{(act.Why.Length > 0 ? ": " : "")}{act.Why}"));
        foreach (var back in facts.SentBack.Where(r => r.At != act.Answered?.At)) items.Add(new(PeopleText.Of("held.returned-before"), $"{register.NameOf(back.By)}, {when.Moment(back.At)}: {back.Why}"));
        var code = outcome is null ? null : (outcome as Outcome.Refused)?.Refusal.Code ?? Answers.Stale;
        http.Response.Headers.CacheControl = "no-store";
        return Rendered.Page<HeldPage>(new
        {
            Sheet = new HeldSheet(
                HeldActPlace.Of(person, id), PeopleText.Of("held." + PeopleText.Camel(act.Kind)), register.NameOf(person), items,
                mayClear ? (await people.LookAsync(http.User, person, null, cancel)).ToSheet(act.Earliest, facts.Now) with { Lapses = act.Lapses, IsInForce = act.Kind == AdverseAct.ClearanceSuspension } : null, mayReturn)
            {
                Notes = NotesOf(facts),
                Typed = form?.Where(f => !f.Key.StartsWith('_')).ToDictionary(f => f.Key, f => f.Value.ToString()) ?? [],
                Errors = code is null ? [] : [new FieldError(FieldOf(code), PeopleText.Of(code))],
            },
        }, outcome switch { null => StatusCodes.Status200OK, Outcome.Stale => StatusCodes.Status409Conflict, _ => StatusCodes.Status422UnprocessableEntity });
    }

    List<string> NotesOf(HeldFacts facts)
    {
        var notes = new List<string>();
        if (!facts.Act.Waits) return notes;
        if (facts.Act.Kind == AdverseAct.ClearanceSuspension) notes.Add(PeopleText.Say("held.in-force", when.Moment(facts.Act.Earliest)));
        if (facts.Overseers.Count > 0) notes.Add(PeopleText.Of(HeldActs.SentBackOften));
        return notes;
    }

    static string FieldOf(string code) => code switch
    {
        HeldActs.WhyMissing or "text.too-long" or "text.characters" => "why",
        VettingTexts.Missing or VettingTexts.TooShort or VettingTexts.Unfit => "reason",
        _ => "",
    };
}
