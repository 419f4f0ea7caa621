using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Localization;
using Probity.Shared;

namespace Probity.Cases.BreakingGlass;

/// <summary>How the page is shown, and how what is typed into it is taken.</summary>
public sealed partial class ReviewGlassPage : ComponentBase
{
    internal static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/cases/{id:guid}/openings/{glass:guid}/review", (Guid id, Guid glass, HttpContext http, CaseForms forms, IStringLocalizer<NeedToKnowPages> text, When when) =>
            forms.ShowAsync<ReviewGlassPage>(http, id, CaseAction.ReviewGlass, (form, facts) => Fill(form, facts, glass, text, when), CasePlace.Readings));
        pages.MapPost("/cases/{id:guid}/openings/{glass:guid}/review", (Guid id, Guid glass, HttpContext http, CaseForms forms, ReviewGlass slice, IStringLocalizer<NeedToKnowPages> text, When when) =>
            forms.TakeAsync<ReviewGlassPage>(http, id, "answered", (form, facts) => Fill(form, facts, glass, text, when), CaseForms.FieldOf, async (person, typed, seen, cancel) =>
            {
                var reasons = typed["reasons"].ToString();
                return FormResult.Missing.Among(
                        (typed["answer"].ToString() is "yes" or "no" ? null : "page.answer-missing", "answer"), (CaseTexts.RefusesReason(reasons)?.Code, "reasons"))
                    ?? (FormResult)new FormResult.Ran(await slice.HandleAsync(person, new(id, glass, Answer.IsYes(typed), reasons), seen, cancel));
            }, CasePlace.Readings));
    }

    static CaseForm Fill(CaseForm form, CaseFacts facts, Guid id, IStringLocalizer<NeedToKnowPages> text, When when)
    {
        var filled = form with { Choices = [new Choice(id.ToString("D"), "")] };
        return facts.Case.Glasses.FirstOrDefault(g => g.Id == id) switch
        {
            null => filled with { Nothing = CasesText.Of(ReviewGlass.NoSuchOpening) },
            { IsReviewed: true } => filled with { Nothing = CasesText.Of(ReviewGlass.AlreadyReviewed) },
            var glass => filled with
            {
                Subject = text["Review.Subject", CaseWords.Of(glass.Person, facts.Register, facts.Now), when.Moment(glass.At), when.Moment(glass.Until)], Reasons = glass.Reason,
            },
        };
    }
}
