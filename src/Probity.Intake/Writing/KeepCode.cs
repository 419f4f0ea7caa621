using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Intake.Pages;
using Probity.Intake.Returning;
using Probity.Sealing.Receipts;

namespace Probity.Intake.Writing;

/// <summary>The code is shown until its source shows that they wrote it down; then it is nowhere but with them.</summary>
internal sealed class KeepCode(SourceSessions sessions)
{
    /// <summary>The places of the words that are asked back.</summary>
    const int First = 3, Second = 7;

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/code", (HttpContext http, KeepCode slice) => slice.Show(http, refused: false));
        pages.MapPost("/code", (HttpContext http, KeepCode slice) => slice.KeepAsync(http));
    }

    IResult Show(HttpContext http, bool refused)
    {
        if (sessions.Of(http) is not { } session) return Answers.Page<GonePage>(new { Key = "Ended" }, StatusCodes.Status404NotFound);
        if (session.Code is not { } code) return Answers.SeeOther(http, $"/{Answers.Language}/mine");
        return Answers.Page<CodePage>(
            new { code.Words, WordLanguage = code.Language, First, Second, Refused = refused, session.ReadableBy, session.IsClerk }, refused ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK);
    }

    async Task<IResult> KeepAsync(HttpContext http)
    {
        if (sessions.Of(http) is not { Code: { } code } session || !http.Request.HasFormContentType) return Show(http, refused: false);
        var typed = (await http.Request.ReadFormAsync(http.RequestAborted))["words"].ToString().Split((char[])[' ', ',', '-', '\n', '\t'], StringSplitOptions.RemoveEmptyEntries);
        // Anybody may type all eight; two are enough to show that they were written down.
        if (typed.Length == ReceiptCode.Length) typed = [typed[First - 1], typed[Second - 1]];
        if (typed.Length != 2 || !Same(typed[0], code.Words[First - 1]) || !Same(typed[1], code.Words[Second - 1])) return Show(http, refused: true);
        session.Code = null;
        code.Dispose();
        if (!session.IsClerk) return Answers.SeeOther(http, $"/{Answers.Language}/mine");
        // Whoever wrote it for somebody else reads nothing back.
        sessions.End(http);
        return Answers.SeeOther(http, $"/{Answers.Language}/clerk?done");
    }

    // Accents may be left out.
    static bool Same(string typed, string word) =>
        CultureInfo.InvariantCulture.CompareInfo.Compare(typed, word, CompareOptions.IgnoreCase | CompareOptions.IgnoreNonSpace) == 0;
}
