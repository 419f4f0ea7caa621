using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Access.Contract;
using Probity.People.Contract;
using Probity.People.Vetting;
using Probity.People.Viewing;
using Probity.Shared;
using Probity.Shared.Kit;
using Probity.Shared.Record;
using Probity.Shared.Web;

namespace Probity.People.Barring;

/// <summary>One entry, or the form for one; <see cref="Form"/> is what the reader may do with it.</summary>
public sealed record BarSheet(string Name, string Post, string Action, string? Form, IReadOnlyList<SummaryItem> Facts, string? State, Tone Tone)
{
    /// <summary>What was refused.</summary>
    public IReadOnlyList<FieldError> Errors { get; init; } = [];

    /// <summary>Where to turn after a refusal.</summary>
    public string? TurnTo { get; init; }

    /// <summary>What was typed, by field.</summary>
    public IReadOnlyDictionary<string, string> Typed { get; init; } = new Dictionary<string, string>();
}

/// <summary>An entry of the barred list and the forms by which two people enter, keep or take off.</summary>
internal sealed class ShowBar(BarDesk desk, EnterBar enter, ReviewBar review, IRegister registers, When when, TimeProvider time)
{
    const string New = "new", Agree = "agree", Review = "review", AgreeReview = "review-agree";

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet(ShowBarred.Address + "/new", async (Guid? person, HttpContext http, ShowBar show) =>
            BarAccess.Sees(http.User) ? await show.ShowAsync(http, null, person ?? Guid.Empty, null, null) : Results.Forbid());
        pages.MapPost(ShowBarred.Address + "/new", async (HttpContext http, ShowBar show) => BarAccess.Sees(http.User) ? await show.TakeAsync(http, null, New) : Results.Forbid());
        pages.MapGet(ShowBarred.Address + "/{id:guid}", async (Guid id, HttpContext http, ShowBar show) => BarAccess.Sees(http.User) ? await show.ShowAsync(http, id, Guid.Empty, null, null) : Results.Forbid());
        pages.MapGet(ShowBarred.Address + "/{id:guid}/{what:regex(^(agree|review|review-agree)$)}", (Guid id) => new SeeOther($"{ShowBarred.Address}/{id:D}"));
        pages.MapPost(ShowBarred.Address + "/{id:guid}/{what:regex(^(agree|review|review-agree)$)}", async (Guid id, string what, HttpContext http, ShowBar show) =>
            BarAccess.Sees(http.User) ? await show.TakeAsync(http, id, what) : Results.Forbid());
    }

    async Task<IResult> TakeAsync(HttpContext http, Guid? id, string what)
    {
        var (cancel, person) = (http.RequestAborted, SignedInPerson.Of(http.User)!.Value);
        var form = await http.Request.ReadFormAsync(cancel);
        var (yes, text) = (form["answer"].ToString() switch { "yes" => true, "no" => false, _ => (bool?)null }, form["text"].ToString());
        var subject = Guid.TryParse(form["person"], out var of) ? of : Guid.Empty;
        var (entered, bar) = (Guid.CreateVersion7(), id ?? Guid.Empty);
        var day = DateOnly.TryParseExact(form["notified"], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var told) ? told : (DateOnly?)null;
        var outcome = what switch
        {
            New => await enter.HandleAsync(person, new EnterBar.Proposal(entered, subject, PeopleText.Named<BarReason>(form["reason"]), day), cancel),
            Agree => await enter.HandleAsync(person, new EnterBar.Answer(bar, yes, text), cancel),
            Review => await review.HandleAsync(person, new ReviewBar.Asking(bar, yes, text), cancel),
            _ => await review.HandleAsync(person, new ReviewBar.Answer(bar, yes, text), cancel),
        };
        if (outcome is not Outcome.Done) return await ShowAsync(http, id, subject, outcome, form.Where(f => !f.Key.StartsWith('_')).ToDictionary(f => f.Key, f => f.Value.ToString()));
        // What was returned or taken off has no page any more.
        var left = id ?? entered;
        return new SeeOther((await desk.ReadAsync(cancel)).Entries.ContainsKey(left) ? $"{ShowBarred.Address}/{left:D}" : ShowBarred.Address);
    }

    async Task<IResult> ShowAsync(HttpContext http, Guid? id, Guid subject, Outcome? refused, IReadOnlyDictionary<string, string>? typed)
    {
        var (cancel, now, person) = (http.RequestAborted, time.GetUtcNow(), SignedInPerson.Of(http.User)!.Value);
        var (list, register) = (await desk.ReadAsync(cancel), await registers.ReadAsync(cancel));
        var entry = id is { } bar ? list.Entries.GetValueOrDefault(bar) : null;
        var about = entry?.Person ?? subject;
        if ((id is not null && entry is null) || about == person || !register.People.TryGetValue(about, out var known) || known.IsErased) return Results.NotFound();
        var facts = await desk.FactsAsync(person, id, about, cancel);
        var refusal = (refused as Outcome.Refused)?.Refusal;
        var (state, tone) = entry is null ? (null, Tone.Neutral) : ShowBarred.StateOf(entry, now);
        return Rendered.Page<BarPage>(new
        {
            Sheet = new BarSheet(
                register.NameOf(about), ShowClearances.PostOf(about, register, now), entry is null ? $"{ShowBarred.Address}/new" : $"{ShowBarred.Address}/{entry.Id:D}", FormOf(entry, facts),
                entry is null ? [] : FactsOf(entry, register), state is null ? null : BarringText.Of("state." + state), tone)
            {
                Typed = new Dictionary<string, string>(typed ?? new Dictionary<string, string>()) { ["person"] = about.ToString("D") },
                Errors = refused is null ? [] : [new FieldError(FieldOf(refusal?.Code), BarringText.Of(refusal?.Code ?? Answers.Stale))],
                TurnTo = refusal?.Reroute is { People.Count: > 0 } to ? $"{RoleWords.Of(to.Role)}: {string.Join(", ", to.People.Take(10).Select(register.NameOf).Order(StringComparer.CurrentCulture))}" : null,
            },
        }, refused is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
    }

    static string? FormOf(BarEntry? entry, BarFacts facts)
    {
        var (what, action) = entry switch
        {
            null => (New, BarAction.Enter),
            { Since: null } => (Agree, BarAction.AgreeToEntry),
            { Asked: not null } => (AgreeReview, BarAction.AgreeToReview),
            _ => (Review, BarAction.AskReview),
        };
        return BarAccess.Refuses(action, facts) is null ? what : null;
    }

    IReadOnlyList<SummaryItem> FactsOf(BarEntry entry, Register register) =>
    [
        new(BarringText.Of("column.why"), ShowBarred.Why(entry.Reason)), new(BarringText.Of("column.notified"), when.Day(entry.Notified)),
        new(BarringText.Of("fact.asked"), BarringText.Say("fact.by-on", register.NameOf(entry.By), when.Moment(entry.At))),
        .. entry.Since is { } since ? [new SummaryItem(BarringText.Of("fact.since"), when.Day(since)), new(BarringText.Of("column.review"), when.Day(entry.ReviewFrom!.Value))] : (SummaryItem[])[],
        .. entry.Asked is { } asked ? [new SummaryItem(
            BarringText.Of(asked.Keep ? "fact.keep" : "fact.off"), BarringText.Say("fact.by-on", register.NameOf(asked.By), when.Moment(asked.At))), new(BarringText.Of("why"), asked.Reason)] : (SummaryItem[])[],
    ];

    static string FieldOf(string? code) => code switch
    {
        VettingTexts.Missing or VettingTexts.TooShort or VettingTexts.Unfit => "text",
        DecideClearance.AnswerMissing => "answer",
        EnterBar.ReasonMissing or EnterBar.NotFinal or EnterBar.NoProceedings or EnterBar.StillHere => "reason",
        EnterBar.DayWrong => "notified",
        _ => "",
    };
}
