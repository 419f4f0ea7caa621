using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Probity.Access.Contract;
using Probity.Shared.Record;
using Probity.Shared.Web;

namespace Probity.Exports;

/// <summary>The answer of an API call for a copy: the file, or why there is none.</summary>
internal static class ExportsApi
{
    public static async Task<IResult> AnswerAsync(HttpContext http, (Outcome Outcome, CopyFile? File) ended)
    {
        var register = await http.RequestServices.GetRequiredService<IRegister>().ReadAsync(http.RequestAborted);
        return Answers.Of(http, ended.Outcome, ExportsText.Of, register.NameOf, _ => ended.File!);
    }
}
