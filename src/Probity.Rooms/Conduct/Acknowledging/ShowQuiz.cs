using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Access.Contract;
using Probity.Conduct.Contract;
using Probity.Shared;
using Probity.Shared.Record;
using Probity.Shared.Views;
using Probity.Shared.Web;

namespace Probity.Conduct.Acknowledging;

/// <summary>A question in the reader's language: its answers in the order in which they are shown, and after an attempt whether and why it was wrong.</summary>
public sealed record QuestionLine(int Number, string Text, IReadOnlyList<Choice> Answers, string? Chosen, bool? IsRight, string? RightAnswer, string? Why);

/// <summary>One attempt at the quiz.</summary>
public sealed record QuizSheet(int Version, int Attempt, IReadOnlyList<QuestionLine> Questions, IReadOnlyList<FieldError> Errors)
{
    /// <summary>What the answers came to, where that was not enough.</summary>
    public string? Failed { get; init; }
}

/// <summary>Asks the questions about the code, explains what was answered wrongly, and lets people try again at once, in another order.</summary>
internal sealed class ShowQuiz(FoldedStream<CodeOfConduct> codes, AcknowledgeCode slice, IRegister registers, Policies.Contract.IPolicies policies, TimeProvider time)
{
    const string Address = "/conduct/quiz";

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet(Address, (HttpContext http, ShowQuiz show) => show.ShowAsync(http));
        pages.MapPost(Address, (HttpContext http, ShowQuiz show) => show.TakeAsync(http));
    }

    async Task<IResult> ShowAsync(HttpContext http)
    {
        if (SignedInPerson.Of(http.User) is not { } person) return Results.Unauthorized();
        var code = await codes.ReadAsync(http.RequestAborted);
        var actor = Actor.From(await registers.ReadAsync(http.RequestAborted), person, time.GetUtcNow());
        if (!CodeDuty.Binds(actor)) return Results.Forbid();
        return code.InForce is { } version ? Asked(version, AttemptOf(http.Request.Query["attempt"]), null, []) : new SeeOther("/conduct");
    }

    async Task<IResult> TakeAsync(HttpContext http)
    {
        if (SignedInPerson.Of(http.User) is not { } person) return Results.Unauthorized();
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        if ((await codes.ReadAsync(http.RequestAborted)).InForce is not { } version) return new SeeOther("/conduct");
        var attempt = AttemptOf(form["attempt"]);
        _ = int.TryParse(form["version"], NumberStyles.None, CultureInfo.InvariantCulture, out var seen);
        var answers = version.Questions.Select(q => (q.Number, Answer: int.TryParse(form[FieldOf(q.Number)], NumberStyles.None, CultureInfo.InvariantCulture, out var answer) ? answer : 0))
            .Where(a => a.Answer > 0).ToDictionary(a => a.Number, a => a.Answer);
        if (seen == version.Number && answers.Count < version.Questions.Count)
            return Asked(version, attempt, answers, [.. version.Questions.Where(q => !answers.ContainsKey(q.Number)).Select(q => new FieldError(FieldOf(q.Number), ConductText.Of("quiz.unanswered")))]);
        var (outcome, mark) = await slice.HandleAsync(person, new AcknowledgeCode.Quiz(seen, answers), http.RequestAborted);
        switch (outcome)
        {
            case null:
                var needed = (await policies.ReadAsync(http.RequestAborted)).Of(Policies.Contract.PolicyRules.QuizPassedAt);
                return Page(SheetOf(version, attempt, answers, [], mark) with { Failed = ConductText.Say("quiz.failed", mark.Score, needed) }, StatusCodes.Status422UnprocessableEntity);
            case Outcome.Done(var index):
                http.Wrote(index);
                return new SeeOther("/conduct");
            case Outcome.Refused { Refusal.Code: Bars.Role }:
                return Results.Forbid();
            default:
                return Asked(version, attempt, null, [new FieldError("", ConductText.Of((outcome as Outcome.Refused)?.Refusal.Code ?? Answers.Stale))]);
        }
    }

    static IResult Asked(CodeVersion version, int attempt, Dictionary<int, int>? answers, List<FieldError> errors) =>
        Page(SheetOf(version, attempt, answers, errors, null), errors.Count == 0 ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);

    static IResult Page(QuizSheet sheet, int status) => Rendered.Page<QuizPage>(new { Sheet = sheet }, status);

    static QuizSheet SheetOf(CodeVersion version, int attempt, Dictionary<int, int>? answers, List<FieldError> errors, Mark? mark) => new(
        version.Number, attempt, [.. QuizOrder.Of(attempt, version.Questions.Count).Select(place => LineOf(version.Questions[place], attempt, answers, mark))], errors);

    static QuestionLine LineOf(CodeQuestion question, int attempt, Dictionary<int, int>? answers, Mark? mark)
    {
        var words = question.Words[ConductText.Language];
        var chosen = answers is not null && answers.TryGetValue(question.Number, out var number) ? number : (int?)null;
        return new QuestionLine(
            question.Number, words.Text,
            [.. QuizOrder.Of(attempt + question.Number, words.Answers.Count).Select(place => new Choice((place + 1).ToString(CultureInfo.InvariantCulture), words.Answers[place]))],
            chosen?.ToString(CultureInfo.InvariantCulture), mark is null ? null : !mark.Wrong.Contains(question.Number), words.Answers[question.Right - 1], words.Why);
    }

    internal static string FieldOf(int question) => FormattableString.Invariant($"q{question}");

    static int AttemptOf(string? typed) => int.TryParse(typed, NumberStyles.None, CultureInfo.InvariantCulture, out var attempt) && attempt < 1_000_000 ? attempt : 0;
}
