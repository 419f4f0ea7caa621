using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Access.Contract;
using Probity.Ledger;
using Probity.Reports.Contract;
using Probity.Reports.Handling;
using Probity.Reports.Reading;
using Probity.Reports.Viewing;
using Probity.Shared;
using Probity.Shared.Record;
using Probity.Shared.Views;
using Probity.Shared.Web;

namespace Probity.Reports.Files;

/// <summary>The page of a file that was sent along, and its copy. Neither runs anything: no script, and what a copy holds is shown as what it is or not at all.</summary>
internal sealed class ShowFile(ReportReader reader, ReportDesk desk, MakeCopy copies, ReadingsFiled readings, Clerk clerk, ReleaseOriginal release, SendOriginal original, When when)
{
    const string Address = "/reports/{id:guid}/files/{file:guid}";
    const string Forms = Address + "/{what:regex(^(ask|agree|original)$)}";

    /// <summary>The most bytes of a text that the page shows.</summary>
    public const int LongestText = 200 << 10;

    /// <summary>After how many seconds somebody tries again, where too many copies are being made.</summary>
    public const string RetrySeconds = "20";

    /// <summary>What is sent is a picture, a recording or a file to keep, and never a page.</summary>
    public const string FilePolicy = "sandbox; default-src 'none'";

    /// <summary>The page of a file.</summary>
    public static string AddressOf(Guid report, Guid file) => $"{CopyOf(report, file)}/view";

    /// <summary>Its copy.</summary>
    public static string CopyOf(Guid report, Guid file) => $"/reports/{report:D}/files/{file:D}";

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet(Address, async (Guid id, Guid file, HttpContext http, ShowFile show) => ReportForms.Serves(http.User) ? await show.CopyAsync(http, id, file) : Results.Forbid());
        pages.MapGet(Address + "/view", async (Guid id, Guid file, HttpContext http, ShowFile show) => ReportForms.Serves(http.User) ? await show.ShowAsync(http, id, file, null, null) : Results.Forbid());
        pages.MapGet(Forms, (Guid id, Guid file) => new SeeOther(AddressOf(id, file)));
        pages.MapPost(Forms, async (Guid id, Guid file, string what, HttpContext http, ShowFile show) => ReportForms.Serves(http.User) ? await show.TakeAsync(http, id, file, what) : Results.Forbid());
    }

    async Task<IResult> CopyAsync(HttpContext http, Guid id, Guid fileId)
    {
        if (await FindAsync(http, id, fileId) is not var (facts, file)) return Results.NotFound();
        var (person, sitting) = WhoOf(http);
        var answer = await copies.RunAsync(person, sitting, file, http.RequestAborted);
        if (answer is not CopyAnswer.Ready(var copy, var kind)) return await PageAsync(http, facts, file, answer, StatusCodes.Status422UnprocessableEntity);
        using (copy)
        {
            await FileLookAsync(facts, sitting, file, http.RequestAborted);
            http.Response.Headers.ContentSecurityPolicy = FilePolicy;
            return Results.Stream(copy.OpenRead(), kind.MediaType, $"copy-{file.Number}.{kind.Extension}", enableRangeProcessing: true);
        }
    }

    async Task<IResult> ShowAsync(HttpContext http, Guid id, Guid fileId, Outcome? refused = null, string? typed = null)
    {
        if (await FindAsync(http, id, fileId) is not var (facts, file)) return Results.NotFound();
        var (person, sitting) = WhoOf(http);
        return await PageAsync(http, facts, file, await copies.RunAsync(person, sitting, file, http.RequestAborted), ReportForms.StatusOf(refused), refused, typed);
    }

    async Task<IResult> TakeAsync(HttpContext http, Guid id, Guid fileId, string what)
    {
        var cancel = http.RequestAborted;
        var form = await http.Request.ReadFormAsync(cancel);
        var (person, opened) = (WhoOf(http).Person, await reader.OpenAsync(http.User, id, cancel));
        if (opened is null || ReportFile.Find(opened, fileId) is not { } file) return Results.NotFound();
        var asked = Guid.TryParseExact(form["asked"], "D", out var typed) ? typed : Guid.Empty;
        if (what == "original")
        {
            var (given, sent) = await original.RunAsync(http, person, opened, file, asked);
            return sent ?? (given is null ? Results.NotFound() : await ShowAsync(http, id, fileId, given));
        }

        var act = ReportForms.ActOf(person, id, what, form["key"]);
        var outcome = what == "ask"
            ? await release.HandleAsync(person, opened, new ReleaseOriginal.Ask(id, act, fileId, form[FileSheets.Reason]), cancel)
            : await release.HandleAsync(person, opened, new ReleaseOriginal.Agree(id, act, asked), cancel);
        if (outcome is null) return Results.NotFound();
        if (outcome is not Outcome.Done(var index)) return await ShowAsync(http, id, fileId, outcome, form[FileSheets.Reason]);
        http.Wrote(index);
        return new SeeOther(AddressOf(id, fileId));
    }

    async Task<(ReportFacts Facts, ReportFile File)?> FindAsync(HttpContext http, Guid id, Guid fileId)
    {
        var (person, sitting) = WhoOf(http);
        var facts = await desk.OpenAsync(person, sitting, id, await reader.OpenAsync(http.User, id, http.RequestAborted), http.RequestAborted);
        return facts is not null && ReportFile.Find(facts.Opened, fileId) is { } file ? (facts, file) : null;
    }

    async Task<IResult> PageAsync(HttpContext http, ReportFacts facts, ReportFile file, CopyAnswer answer, int status, Outcome? refused = null, string? typed = null)
    {
        var sheet = FileSheets.Of(facts, file, when) with { Typed = typed };
        if (refused is not null)
        {
            var code = (refused as Outcome.Refused)?.Refusal.Code ?? Answers.Stale;
            sheet = sheet with { Errors = [new FieldError(code is StaffText.Missing or StaffText.TooShort or StaffText.TooLong or StaffText.Unfit ? FileSheets.Reason : "", FilesText.Of(code))] };
        }

        switch (answer)
        {
            case CopyAnswer.Ready(var copy, var kind):
                using (copy)
                {
                    await FileLookAsync(facts, WhoOf(http).Sitting, file, http.RequestAborted);
                    var text = kind.Show == CopyShow.Text ? await TextOfAsync(copy, http.RequestAborted) : "";
                    sheet = sheet with { Show = kind.Show, Taken = [.. copy.Made.Taken.Select(FilesText.Taken).Distinct()], Text = text, IsCut = kind.Show == CopyShow.Text && copy.Length > LongestText };
                }

                break;
            case CopyAnswer.Refused(var why):
                sheet = sheet with { NoCopy = FilesText.Refusal(why) };
                break;
            default:
                http.Response.Headers.RetryAfter = RetrySeconds;
                (status, sheet) = (StatusCodes.Status503ServiceUnavailable, sheet with { NoCopy = FilesText.Of("noCopy.busy") });
                break;
        }

        // Recordings are played from our own address, as pictures are shown; nothing else is loaded and nothing runs.
        http.Response.Headers.ContentSecurityPolicy = PageProtection.ContentSecurityPolicy + "; media-src 'self'";
        return Rendered.Page<FilePage>(new { Sheet = sheet }, status);
    }

    // On the record once a session, beside the matter, so that a reader never causes a conflict.
    async Task FileLookAsync(ReportFacts facts, string sitting, ReportFile file, CancellationToken cancel)
    {
        var (person, stream) = (facts.Person, Report.StreamOf(facts.Opened.Report));
        if (readings.Has(person, sitting, file.Content.Id)) return;
        await clerk.FileAsync(new ActorId(person), stream, "reports.file", _ => new(Decision.Accept(
            new Filing(Streams.ReadsOf(stream), new FileViewed(file.Content.Id), Compartment: Compartments.OfMatter(stream)))), cancel: cancel);
        readings.Add(person, sitting, file.Content.Id);
    }

    static async Task<string> TextOfAsync(HeldCopy copy, CancellationToken cancel)
    {
        await using var stream = copy.OpenRead();
        var bytes = new byte[(int)Math.Min(LongestText, copy.Length)];
        await stream.ReadExactlyAsync(bytes, cancel);
        // A letter that was cut in two is left out.
        var letters = new char[bytes.Length];
        return new string(letters, 0, Encoding.UTF8.GetDecoder().GetChars(bytes, letters, flush: false));
    }

    static (Guid Person, string Sitting) WhoOf(HttpContext http) => (SignedInPerson.Of(http.User)!.Value, SignedInPerson.SessionOf(http.User) ?? "");
}
