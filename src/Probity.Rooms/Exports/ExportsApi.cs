using Microsoft.AspNetCore.Http;
using Probity.Shared.Record;
using Probity.Shared.Web;

namespace Probity.Exports;

/// <summary>The answer of an API call for a copy: the file, or why there is none.</summary>
internal static class ExportsApi
{
    public static Task<IResult> AnswerAsync(HttpContext http, (Outcome Outcome, CopyFile? File) ended) =>
        ApiCall.AnswerAsync(http, ended.Outcome, ExportsText.Of, _ => ended.File!);
}
