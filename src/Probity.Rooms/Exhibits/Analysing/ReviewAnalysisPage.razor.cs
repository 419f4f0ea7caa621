using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Shared;

namespace Probity.Exhibits.Analysing;

/// <summary>How the page is shown, and how what is typed into it is taken.</summary>
public sealed partial class ReviewAnalysisPage : ComponentBase
{
    internal static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/exhibits/{id:guid}/review/{analysis:guid}", (Guid id, Guid analysis, HttpContext http, ExhibitForms forms, When when) =>
            forms.ShowAsync<ReviewAnalysisPage>(http, id, ExhibitAction.ReviewAnalysis, (form, facts) => Fill(form, facts, analysis, when)));
        pages.MapPost("/exhibits/{id:guid}/review/{analysis:guid}", (Guid id, Guid analysis, HttpContext http, ExhibitForms forms, ReviewAnalysis slice, When when) =>
            forms.TakeAsync<ReviewAnalysisPage>(http, id, ExhibitAction.ReviewAnalysis, "reviewed", (form, facts) => Fill(form, facts, analysis, when), FieldOf, async (person, typed, _, cancel) =>
                typed["answer"].ToString() is not ("yes" or "no")
                    ? (null, AnswerMissing)
                    : (await slice.HandleAsync(person, new ReviewAnalysis.Command(id, analysis, typed["answer"] == "yes", typed["reasons"], typed["use"] == "yes"), cancel), null)));
    }

    static ExhibitForm Fill(ExhibitForm form, ExhibitFacts facts, Guid analysis, When when) => form with
    {
        About = facts.Exhibit.Analyses.FirstOrDefault(a => a.Id == analysis) is { } found ? AnalysisLine.Of(found, facts, when).Rows : [],
        Choices = facts.Exhibit.Analyses.FirstOrDefault(a => a.Id == analysis) is { } reported && ReviewAnalysis.IsMuch(reported, facts.Exhibit)
            ? new Dictionary<string, IReadOnlyList<Choice>>
            {
                ["analysis"] = [new Choice(analysis.ToString("D"), "")],
                ["use"] = [new Choice("yes", ExhibitWords.Say("review.use.yes", ExhibitWords.Of(reported.Consumed), reported.UsedReason ?? T("review.use.none")))],
            }
            : new Dictionary<string, IReadOnlyList<Choice>> { ["analysis"] = [new Choice(analysis.ToString("D"), "")] },
    };

    static string FieldOf(string code) => code switch
    {
        AnswerMissing => "answer",
        ReviewAnalysis.UseNotSigned => "use",
        ExhibitTexts.ReasonMissing or ExhibitTexts.TooLong or ExhibitTexts.ControlCharacters => "reasons",
        _ => "",
    };
}
