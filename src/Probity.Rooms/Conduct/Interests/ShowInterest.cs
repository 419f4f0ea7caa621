using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Access.Contract;
using Probity.Conduct.Contract;
using Probity.Shared;
using Probity.Shared.Kit;
using Probity.Shared.Record;
using Probity.Shared.Views;
using Probity.Shared.Web;

namespace Probity.Conduct.Interests;

/// <summary>All that an entry's page shows.</summary>
public sealed record InterestSheet(
    string Path, string Subject, string Kind, string Stage, Tone Tone, IReadOnlyList<SummaryItem> Facts, IReadOnlyList<SummaryItem> Decision, bool MayDecide, bool MayClose, bool MayAdvise,
    IReadOnlyList<Choice> Verdicts, IReadOnlyList<Choice> Measures, IReadOnlyList<FieldError> Errors, string? TurnTo, IReadOnlyDictionary<string, string> Typed, IReadOnlyList<string> Ticked);

/// <summary>The page of one entry, and the forms of whoever advises on it and decides.</summary>
internal sealed class ShowInterest(DecideInterest slice, When when)
{
    const string Address = ShowInterests.Address + "/{person:guid}/{number:int}";

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet(Address, async (Guid person, int number, HttpContext http, ShowInterest show) =>
            SignedInPerson.Of(http.User) is { } me ? await show.ShowAsync(me, person, number, null, null, http.RequestAborted) : Results.Unauthorized());
        pages.MapGet(Address + "/{what:regex(^(advise|decide)$)}", (Guid person, int number) => new SeeOther(PathOf(person, number)));
        pages.MapPost(Address + "/{what:regex(^(advise|decide)$)}", async (Guid person, int number, string what, HttpContext http, ShowInterest show) =>
            SignedInPerson.Of(http.User) is { } me ? await show.TakeAsync(http, me, person, number, what == "decide") : Results.Unauthorized());
    }

    public static string PathOf(Guid person, int number) => string.Create(CultureInfo.InvariantCulture, $"{ShowInterests.Address}/{person:D}/{number}");

    async Task<IResult> TakeAsync(HttpContext http, Guid me, Guid person, int number, bool decides)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var outcome = decides
            ? await slice.HandleAsync(me, new DecideInterest.Command(person, number, Chosen<InterestVerdict>(form["verdict"]), [.. form["measures"].Select(Chosen<InterestMeasure>).OfType<InterestMeasure>()], form["reason"]), http.RequestAborted)
            : await slice.HandleAsync(me, new DecideInterest.Advice(person, number, form["advice"]), http.RequestAborted);
        if (outcome is null) return Results.NotFound();
        if (outcome is not Outcome.Done(var index)) return await ShowAsync(me, person, number, outcome, form, http.RequestAborted);
        http.Wrote(index);
        // Whoever advised sees it no longer.
        return new SeeOther(decides ? PathOf(person, number) : ShowInterests.Address);
    }

    static T? Chosen<T>(string? typed) where T : struct, Enum => Enum.TryParse<T>(typed, ignoreCase: true, out var value) && Enum.IsDefined(value) ? value : null;

    async Task<IResult> ShowAsync(Guid me, Guid person, int number, Outcome? refused, IFormCollection? form, CancellationToken cancel)
    {
        if (await slice.OpenAsync(me, person, number, cancel) is not { Interest: { } interest } facts) return Results.NotFound();
        var refusal = (refused as Outcome.Refused)?.Refusal;
        var mayDecide = interest.Stage != InterestStage.Closed && facts.Refuses(InterestAction.Decide) is null;
        var sheet = new InterestSheet(
            PathOf(person, number), interest.Subject, InterestWords.Of(interest.Kind), InterestWords.Of(interest.Stage), InterestWords.ToneOf(interest.Stage, (interest.ReviewBy ?? interest.Due) < facts.Now && interest.Stage != InterestStage.Closed),
            FactsOf(facts, interest), DecisionOf(facts, interest), mayDecide, mayDecide && interest.IsDecided, interest.Stage == InterestStage.Declared && facts.Refuses(InterestAction.Advise) is null,
            [.. Enum.GetValues<InterestVerdict>().Where(v => v != InterestVerdict.Closed || (interest.IsDecided && !interest.Deciders.Contains(me))).Select(v => new Choice(ConductText.Camel(v), ConductText.Of("verdict." + ConductText.Camel(v))))],
            [.. Enum.GetValues<InterestMeasure>().Select(m => new Choice(ConductText.Camel(m), InterestWords.Of(m)))],
            refused is null ? [] : [new FieldError(FieldOf(refusal?.Code, form), ConductText.Of(refusal?.Code ?? Answers.Stale))],
            refusal?.Reroute is { } to ? RoleWords.Of(to.Role) : null,
            form?.Where(f => !f.Key.StartsWith('_')).ToDictionary(f => f.Key, f => f.Value.ToString()) ?? [], [.. form?["measures"].OfType<string>() ?? []]);
        return Rendered.Page<InterestPage>(new { Sheet = sheet },
            refused switch { null => StatusCodes.Status200OK, Outcome.Stale => StatusCodes.Status409Conflict, _ => StatusCodes.Status422UnprocessableEntity });
    }

    List<SummaryItem> FactsOf(InterestFacts facts, Interest interest)
    {
        var items = new List<SummaryItem> { new(ConductText.Of(interest.Work is null ? "interest.subject" : "work.employer"), interest.Subject), new(ConductText.Of(interest.Work is null ? "interest.what" : "work.what"), interest.What) };
        if (interest.Work is { } work)
        {
            items.Add(new(ConductText.Of("work.hours"), work.Hours.ToString(CultureInfo.CurrentCulture)));
            items.Add(new(ConductText.Of("work.pay"), $"{work.Pay.ToString("N2", CultureInfo.CurrentCulture)} {work.Currency}"));
            items.Add(new(ConductText.Of("work.until"), when.Day(work.Until)));
        }

        items.Add(new(ConductText.Of("gift.by"), facts.Register.NameOf(facts.Declarer)));
        items.Add(new(ConductText.Of("gift.declared"), when.Moment(interest.DeclaredAt)));
        return items;
    }

    List<SummaryItem> DecisionOf(InterestFacts facts, Interest interest)
    {
        var items = new List<SummaryItem>();
        // The superior's word is for those who decide.
        if (interest is { Advice: { } advice, AdvisedBy: { } adviser } && InterestAccess.SeesAll(facts.Actor) && facts.Actor.Person != facts.Declarer)
            items.Add(new(ConductText.Say("interest.advice-of", facts.Register.NameOf(adviser)), advice));
        if (interest is { Reason: { } reason, DecidedBy: { } by, DecidedAt: { } at })
        {
            items.Add(new(ConductText.Of("review.measure"), interest.Stage == InterestStage.Managed ? string.Join(", ", interest.Measures.Select(InterestWords.Of)) : InterestWords.Of(interest.Stage)));
            items.Add(new(ConductText.Of("review.reason"), reason));
            items.Add(new(ConductText.Of("review.by"), facts.Register.NameOf(by)));
            items.Add(new(ConductText.Of("review.at"), when.Moment(at)));
            if (interest.ReviewBy is { } again) items.Add(new(ConductText.Of("interest.again"), when.Day(again)));
        }
        else
        {
            items.Add(new(ConductText.Of("interest.due"), when.Day(interest.Due)));
            items.Add(new(ConductText.Of("review.who"), ConductText.Of(interest.ToOverseer ? "review.overseer" : "review.integrity")));
        }

        return items;
    }

    static string FieldOf(string? code, IFormCollection? form) => code switch
    {
        DecideInterest.VerdictMissing or DecideInterest.NotManaged or Bars.EarlierRole => "verdict",
        DecideInterest.MeasureMissing => "measures",
        ConductTexts.ReasonMissing or ConductTexts.ReasonTooShort or ConductTexts.ReasonUnfit => form?.ContainsKey("advice") == true ? "advice" : "reason",
        _ => "",
    };
}
