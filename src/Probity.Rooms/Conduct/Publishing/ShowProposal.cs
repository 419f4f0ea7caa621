using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Access.Contract;
using Probity.Conduct.Code;
using Probity.Conduct.Contract;
using Probity.Shared;
using Probity.Shared.Record;
using Probity.Shared.Views;
using Probity.Shared.Web;

namespace Probity.Conduct.Publishing;

/// <summary>An article to be typed: its fields are named after its number and the language.</summary>
public sealed record ArticleForm(int Number, string Heading, bool IsNew);

/// <summary>The form in which integrity writes a version of the code.</summary>
internal sealed class ShowProposal(FoldedStream<CodeOfConduct> codes, PublishCode slice, IRegister registers, TimeProvider time)
{
    const string Address = "/conduct/propose";

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet(Address, async (HttpContext http, ShowProposal show) =>
            await show.MayAsync(http) is { } answer ? answer : await show.ShowAsync(http.RequestAborted));
        pages.MapPost(Address, async (HttpContext http, ShowProposal show) => await show.MayAsync(http) is { } answer ? answer : await show.TakeAsync(http));
    }

    async Task<IResult> ShowAsync(CancellationToken cancel) => Page(await codes.ReadAsync(cancel), null, [], StatusCodes.Status200OK);

    async Task<IResult?> MayAsync(HttpContext http) =>
        SignedInPerson.Of(http.User) is not { } person ? Results.Unauthorized()
        : PublishCode.Proposes(Actor.From(await registers.ReadAsync(http.RequestAborted), person, time.GetUtcNow())) ? null : Results.Forbid();

    async Task<IResult> TakeAsync(HttpContext http)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var typed = form.Where(f => !f.Key.StartsWith('_')).ToDictionary(f => f.Key, f => f.Value.ToString(), StringComparer.Ordinal);
        var code = await codes.ReadAsync(http.RequestAborted);
        var proposal = new PublishCode.Proposal([.. NumbersOf(code).Select(n => ReadArticle(n, typed))], typed.GetValueOrDefault("reason"));
        var outcome = await slice.HandleAsync(SignedInPerson.Of(http.User)!.Value, proposal, http.RequestAborted);
        if (outcome is Outcome.Done(var index))
        {
            http.Wrote(index);
            return new SeeOther("/conduct");
        }

        return Page(code, typed, ErrorsOf((outcome as Outcome.Refused)?.Refusal.Code ?? Answers.Stale, proposal), StatusCodes.Status422UnprocessableEntity);
    }

    // Those that there are, and one more.
    static List<int> NumbersOf(CodeOfConduct code)
    {
        var numbers = PublishCode.BaseOf(code).Select(a => a.Number).ToList();
        // A number that an earlier version had stays that article's.
        return numbers.Count < ModelCode.MaxArticles
            ? [.. numbers, 1 + code.Versions.SelectMany(v => v.Articles).Concat(PublishCode.BaseOf(code)).Max(a => a.Number)] : numbers;
    }

    static PublishCode.Typed ReadArticle(int number, Dictionary<string, string> typed) => new(number, ModelCode.Languages.ToDictionary(
        language => language,
        language => new ArticleWords(typed.GetValueOrDefault(FieldOf(number, "title", language), ""), typed.GetValueOrDefault(FieldOf(number, "text", language), "").ReplaceLineEndings("\n")), StringComparer.Ordinal));

    static List<FieldError> ErrorsOf(string code, PublishCode.Proposal proposal) => code switch
    {
        PublishCode.ArticleUnfit => [.. proposal.Articles.Where(a => !a.IsLeftOut && !a.IsWhole).SelectMany(Unfit)],
        ConductTexts.ReasonMissing or ConductTexts.ReasonTooShort or ConductTexts.ReasonUnfit => [new FieldError("reason", ConductText.Of(code))],
        _ => [new FieldError("", ConductText.Of(code))],
    };

    static IEnumerable<FieldError> Unfit(PublishCode.Typed article)
    {
        foreach (var language in ModelCode.Languages)
        {
            if (!ConductTexts.Fits(article.Words[language].Title, ModelCode.MaxTitle, lines: false)) yield return Error("title", language);
            if (!ConductTexts.Fits(article.Words[language].Text, ModelCode.MaxText, lines: true)) yield return Error("text", language);
        }

        FieldError Error(string what, string language) => new(FieldOf(article.Number, what, language), ConductText.Say(PublishCode.ArticleUnfit, article.Number, ConductText.Of($"language.{language}")));
    }

    static IResult Page(CodeOfConduct code, Dictionary<string, string>? typed, List<FieldError> errors, int status)
    {
        var articles = PublishCode.BaseOf(code);
        var fields = typed ?? articles.SelectMany(a => ModelCode.Languages.SelectMany(l => new[]
        {
            KeyValuePair.Create(FieldOf(a.Number, "title", l), a.Words[l].Title), KeyValuePair.Create(FieldOf(a.Number, "text", l), a.Words[l].Text),
        })).ToDictionary(StringComparer.Ordinal);
        return Rendered.Page<ProposalPage>(new
        {
            IsFirst = code.InForce is null, IsWaiting = code.Asked is not null, Errors = errors, Fields = fields,
            Articles = NumbersOf(code).Select(n => new ArticleForm(
                n, fields.GetValueOrDefault(FieldOf(n, "title", ConductText.Language), ""), articles.All(a => a.Number != n))).ToList(),
        }, status);
    }

    internal static string FieldOf(int number, string what, string language) => string.Create(CultureInfo.InvariantCulture, $"a{number}-{what}-{language}");
}
