using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Intake.Keeping;
using Probity.Intake.Pages;
using Probity.Intake.Writing;
using Probity.Sealing;

namespace Probity.Intake.Returning;

/// <summary>A source adds to their report: what they add is sealed for those who can read the report, and for nobody who joined since.</summary>
internal sealed class AddMessage(BookInForce books, IntakeRecord record, SourceSessions sessions, InflowMeter inflow, ReadAnswers answers)
{
    public static void Map(IEndpointRouteBuilder pages) => pages.MapPost("/mine", (HttpContext http, AddMessage slice) => slice.SendAsync(http));

    async Task<IResult> SendAsync(HttpContext http)
    {
        if (!http.Request.HasFormContentType) return Answers.Page<GonePage>(new { Key = "Ended" }, StatusCodes.Status404NotFound);
        var fields = await http.Request.ReadFormAsync(http.RequestAborted);
        if (sessions.Of(http) is not { Code: null } session) return Unsent(fields);
        if (Tongue.IsAsked(fields)) return await answers.ShowAsync(http, null, fields["message"].ToString());
        var message = fields["message"].ToString().ReplaceLineEndings("\n").Trim();
        if (message.Length == 0) return await answers.ShowAsync(http, "Fault.Required", "");
        if (message.Length > Questionnaire.LongestAnswer) return await answers.ShowAsync(http, "Fault.Long", message);
        var mark = FormMark.Of(http.Request.Path, fields);
        if (mark is not null && !session.IsNew(mark)) return Answers.SeeOther(http, $"/{Answers.Language}/mine{ReadAnswers.Sent}");
        var isAdded = false;
        try
        {
            isAdded = await AddAsync(session, [new ContentAnswer("message", message)], [], [], CancellationToken.None);
        }
        finally
        {
            if (!isAdded && mark is not null) session.Forget(mark);
        }

        if (!isAdded) return await answers.ShowAsync(http, null, message, isForNobody: true);
        return Answers.SeeOther(http, $"/{Answers.Language}/mine{ReadAnswers.Sent}");
    }

    // A page that was left open too long: what was written on it is not thrown away, and nobody takes it for sent.
    static IResult Unsent(IFormCollection fields) => fields["message"].ToString() is var typed && string.IsNullOrWhiteSpace(typed)
        ? Answers.Page<GonePage>(new { Key = "Ended" }, StatusCodes.Status404NotFound)
        : Answers.Page<UnsentPage>(new { Typed = typed, Once = FormMark.Draw() }, StatusCodes.Status404NotFound);

    /// <summary>Seals and records an addition; false where nobody is left who could read it, or the report is gone.</summary>
    public async Task<bool> AddAsync(SourceSession session, IReadOnlyList<ContentAnswer> said, IReadOnlyList<ContentFile> files, IReadOnlyList<DepositFile> sealedFiles, CancellationToken cancel)
    {
        if (books.Current is not { } book || record.Find(session.Keys.Tag.Span) is not { } report || await record.ReadDepositAsync(report, cancel) is not { } first) return false;
        if (first.OpenRoute(session.Keys) is not { } readers) return false;
        var routing = Routing.To(book, readers);
        if (!routing.HasReaders(book)) return false;
        var content = new DepositContent(
            false, "addition", Answers.Language, ReportChannel.Pages, said, MustNotSee.Nobody, routing.People(book), files, inflow.Count(said.Select(answer => answer.Text), routing.People(book)));
        await record.KeepAsync(Deposit.Seal(report.Id, session.Keys, book, routing, content, new DepositIdentity("", ""), sealedFiles), cancel);
        return true;
    }
}
