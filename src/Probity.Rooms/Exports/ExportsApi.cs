using Microsoft.AspNetCore.Http;
using Probity.Shared.Record;
using Probity.Shared.Web;

namespace Probity.Exports;

/// <summary>The way of an API call to a copy: the answer is the file, or why there is none.</summary>
internal static class ExportsApi
{
    public static Task<IResult> RunAsync<TBody>(HttpContext http, Func<Guid, TBody, CancellationToken, Task<(Outcome Outcome, CopyFile? File)?>> run) where TBody : class
    {
        CopyFile? file = null;
        return ApiCall.RunAsync<TBody>(http, ExportsText.Of, async (person, body, cancel) =>
        {
            if (await run(person, body, cancel) is not var (outcome, made)) return null;
            file = made;
            return outcome;
        }, (_, _, _) => file!);
    }
}
