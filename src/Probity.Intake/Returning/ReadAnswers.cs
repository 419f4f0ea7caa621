using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Localization;
using Probity.Intake.Keeping;
using Probity.Intake.Pages;
using Probity.Intake.Writing;
using Probity.Sealing;

namespace Probity.Intake.Returning;

/// <summary>Where a report stands, what was said to its source, and proof that it was taken. What the source wrote is not shown: who is forced to give their code gives away nothing of it.</summary>
internal sealed class ReadAnswers(IntakeRecord record, SourceSessions sessions, DayTime time, IStringLocalizer<IntakeText> text)
{
    /// <summary>By when a person reads it: EU Directive 2019/1937, art. 9(1)(b).</summary>
    const int DaysToRead = 7;

    /// <summary>By when its source is told what came of it: art. 9(1)(f).</summary>
    const int MonthsToAnswer = 3;

    /// <summary>Beside a session's cookie this says that something was sent just now; it tells nobody else anything.</summary>
    public const string Sent = "?sent";

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/mine", (HttpContext http, ReadAnswers slice) => slice.ShowAsync(http, null, ""));
        pages.MapGet("/proof", (HttpContext http, ReadAnswers slice) => slice.ProveAsync(http));
    }

    /// <summary>The page, or that there is none.</summary>
    public async Task<IResult> ShowAsync(HttpContext http, string? fault, string typed, bool isForNobody = false)
    {
        if (sessions.Of(http) is not { } session || record.Find(session.Keys.Tag.Span) is not { } report) return Answers.Page<GonePage>(new { Key = "Ended" }, StatusCodes.Status404NotFound);
        // Until the code is with its source, nothing else is shown: a page that is left loses it.
        if (session.Code is not null) return Answers.SeeOther(http, $"/{Answers.Language}/code");
        var sheet = Sheet(report.Received, Opened(await record.ReadAnswersAsync(report, http.RequestAborted), session.Keys), time.Today) with
        {
            Added = Added(report.Additions), Once = FormMark.Draw(), Sent = http.Request.QueryString.Value == Sent, Fault = fault is null ? null : text[fault].Value, Typed = typed, IsForNobody = isForNobody,
        };
        return Answers.Page<MinePage>(new { Sheet = sheet }, fault is null && !isForNobody ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
    }

    async Task<IResult> ProveAsync(HttpContext http)
    {
        if (sessions.Of(http) is not { Code: null } session || record.Find(session.Keys.Tag.Span) is not { } report) return Answers.Page<GonePage>(new { Key = "Ended" }, StatusCodes.Status404NotFound);
        return Results.File(System.Text.Encoding.UTF8.GetBytes(await record.ReceiptOfAsync(report, http.RequestAborted)), "text/plain; charset=utf-8", "note.txt");
    }

    static List<(DateOnly Day, AnswerContent Content)> Opened(IReadOnlyList<SealedAnswer> answers, SourceKeys keys) =>
        [.. answers.Select(answer => (answer.Day, Content: answer.Open(keys.Key))).Where(answer => answer.Content is not null).Select(answer => (answer.Day, answer.Content!))];

    /// <summary>What was added, by day. Pure.</summary>
    internal static IReadOnlyList<AddedOnDay> Added(IReadOnlyList<(DateOnly Day, int Files)> additions) =>
        [.. additions.GroupBy(added => added.Day).Select(day => new AddedOnDay(day.Key, day.Count(added => added.Files == 0), day.Sum(added => added.Files)))];

    /// <summary>What the page shows, from the day of the report and what was said. Pure.</summary>
    internal static MineSheet Sheet(DateOnly received, IReadOnlyList<(DateOnly Day, AnswerContent Content)> answers, DateOnly today)
    {
        var stage = answers.Select(answer => answer.Content.Stage).LastOrDefault(said => said is not null and not (SourceStage.IdentityAsked or SourceStage.IdentityGiven));
        var read = answers.FirstOrDefault(answer => answer.Content.Stage is not null).Day;
        var isRead = answers.Any(answer => answer.Content.Stage is not null);
        var isAnswered = answers.Any(answer => answer.Content.Stage is SourceStage.Answered or SourceStage.Closed);
        var readBy = received.AddDays(DaysToRead);
        // A missed acknowledgement moves nothing: the three months run from the day by which it was due at the latest. Where whoever acknowledged it said a day, it is that one.
        var answerBy = answers.FirstOrDefault(answer => answer.Content is { Stage: SourceStage.Acknowledged, Until: not null }).Content?.Until ?? (isRead && read < readBy ? read : readBy).AddMonths(MonthsToAnswer);
        return new MineSheet(stage?.ToString() ?? "Taken", received, [.. answers.Reverse().Select(answer => new SaidToSource(answer.Day, answer.Content.Stage?.ToString(), answer.Content.Text, answer.Content.Until))])
        {
            ReadBy = isRead ? null : readBy,
            ReadByMissed = !isRead && today > readBy,
            AnswerBy = isAnswered ? null : answerBy,
            AnswerByMissed = !isAnswered && today > answerBy,
        };
    }
}
