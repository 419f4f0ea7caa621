using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Access.Contract;
using Probity.Cases.Contract;
using Probity.Conduct.Contract;
using Probity.Shared;
using Probity.Shared.Kit;
using Probity.Shared.Record;
using Probity.Shared.Views;
using Probity.Shared.Web;

namespace Probity.Conduct.Gifts;

/// <summary>All that a gift's page shows.</summary>
public sealed record GiftSheet(
    Guid Id, string What, string Stage, Tone Tone, bool Late, bool TakesNothing, IReadOnlyList<SummaryItem> Facts, IReadOnlyList<SummaryItem> Review, bool MayReview,
    IReadOnlyList<Choice> Measures, IReadOnlyList<FieldError> Errors, string? TurnTo, string? Chosen, string? Reason);

/// <summary>The page of one gift, and the form of whoever reviews it.</summary>
internal sealed class ShowGift(ReviewGift slice, ICaseDirectory cases, When when)
{
    const string Address = "/conduct/gifts/{id:guid}";

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet(Address, async (Guid id, HttpContext http, ShowGift show) =>
            SignedInPerson.Of(http.User) is { } person ? await show.ShowAsync(person, id, null, null, http.RequestAborted) : Results.Unauthorized());
        pages.MapGet(Address + "/review", (Guid id) => new SeeOther($"/conduct/gifts/{id:D}"));
        pages.MapPost(Address + "/review", async (Guid id, HttpContext http, ShowGift show) =>
            SignedInPerson.Of(http.User) is { } person ? await show.TakeAsync(http, person, id) : Results.Unauthorized());
    }

    async Task<IResult> TakeAsync(HttpContext http, Guid person, Guid id)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        GiftMeasure? measure = Enum.TryParse<GiftMeasure>(form["measure"], ignoreCase: true, out var chosen) && Enum.IsDefined(chosen) ? chosen : null;
        var outcome = await slice.HandleAsync(person, new ReviewGift.Command(id, measure, form["reason"]), http.RequestAborted);
        if (outcome is null) return Results.NotFound();
        if (outcome is not Outcome.Done(var index)) return await ShowAsync(person, id, outcome, (form["measure"], form["reason"]), http.RequestAborted);
        http.Wrote(index);
        return new SeeOther($"/conduct/gifts/{id:D}");
    }

    async Task<IResult> ShowAsync(Guid person, Guid id, Outcome? refused, (string? Measure, string? Reason)? typed, CancellationToken cancel)
    {
        if (await slice.OpenAsync(person, id, cancel) is not { Gift: { Declared: { } declared } gift } facts) return Results.NotFound();
        var stage = Gift.StageOf(gift.Review is not null, declared.Due, facts.Now);
        var refusal = (refused as Outcome.Refused)?.Refusal;
        var sheet = new GiftSheet(
            id, declared.What, gift.Review is { } review ? ShowGifts.WordOf(review.Measure) : ConductText.Of("gift-stage." + ConductText.Camel(stage)), ShowGifts.ToneOf(stage), declared.Late, gift.TakesNothing,
            await FactsOf(facts, declared, cancel), ReviewOf(facts), gift.Review is null && facts.Refuses(GiftAction.Review) is null,
            [.. Enum.GetValues<GiftMeasure>().Where(m => m != GiftMeasure.Retained || !gift.TakesNothing).Select(m => new Choice(ConductText.Camel(m), ShowGifts.WordOf(m)))],
            refused is null ? [] : [new FieldError(FieldOf(refusal?.Code), ConductText.Of(refusal?.Code ?? Answers.Stale))],
            refusal?.Reroute is { } to ? RoleWords.Of(to.Role) : null, typed?.Measure, typed?.Reason);
        return Rendered.Page<GiftPage>(new { Sheet = sheet },
            refused switch { null => StatusCodes.Status200OK, Outcome.Stale => StatusCodes.Status409Conflict, _ => StatusCodes.Status422UnprocessableEntity });
    }

    async Task<IReadOnlyList<SummaryItem>> FactsOf(GiftFacts facts, GiftDeclared declared, CancellationToken cancel)
    {
        var items = new List<SummaryItem>
        {
            new(ConductText.Of("gift.giver"), declared.Giver), new(ConductText.Of("gift.tie"), declared.Tie), new(ConductText.Of("gift.direction"), ShowGifts.WordOf(declared.Direction)),
            new(ConductText.Of("gift.value"), $"{declared.Value.ToString("N2", CultureInfo.CurrentCulture)} {declared.Currency}"), new(ConductText.Of("gift.happened"), when.Day(declared.Happened)),
            new(ConductText.Of("gift.handling"), ConductText.Of("handling." + ConductText.Camel(declared.Handling))),
            new(ConductText.Of("gift.by"), facts.Register.NameOf(facts.Gift.Declarer)), new(ConductText.Of("gift.declared"), when.Moment(facts.Gift.DeclaredAt)),
        };
        if (declared.Case is { } about)
        {
            // The number only for those who may see the case.
            var seen = await cases.AmongAsync(facts.Actor.Person, [about], cancel);
            items.Add(seen is [var entry] ? new(ConductText.Of("gift.case"), entry.Number, new Link($"/cases/{about:D}", ConductText.Of("gift.open"))) : new(ConductText.Of("gift.case"), ConductText.Of("gift.case-unseen")));
        }

        if (declared.Inspected) items.Add(new(ConductText.Of("gift.inspected"), ConductText.Of("gift.yes")));
        return items;
    }

    IReadOnlyList<SummaryItem> ReviewOf(GiftFacts facts) => facts.Gift is { Review: { } review, ReviewedBy: { } by, ReviewedAt: { } at }
        ? [
            new(ConductText.Of("review.measure"), ShowGifts.WordOf(review.Measure)), new(ConductText.Of("review.reason"), review.Reason),
            new(ConductText.Of("review.by"), facts.Register.NameOf(by)), new(ConductText.Of("review.at"), when.Moment(at)),
          ]
        : [new(ConductText.Of("review.due"), when.Day(facts.Gift.Declared!.Due)), new(ConductText.Of("review.who"), ConductText.Of(facts.Gift.Declared.ToOverseer ? "review.overseer" : "review.integrity"))];

    static string FieldOf(string? code) => code switch
    {
        ReviewGift.MeasureMissing or ReviewGift.NilThreshold => "measure",
        ConductTexts.ReasonMissing or ConductTexts.ReasonTooShort or ConductTexts.ReasonUnfit => "reason",
        _ => "",
    };
}
