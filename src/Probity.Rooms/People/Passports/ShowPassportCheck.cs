using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Access.Contract;
using Probity.Shared;
using Probity.Shared.Record;
using Probity.Shared.Uploads;
using Probity.Shared.Web;

namespace Probity.People.Passports;

/// <summary>The result of a check, in words; level and times only where a trusted key signed them.</summary>
public sealed record PassportCheckLine(string Verdict, Tone Tone, string Why, string? Issuer, string? Level, DateTimeOffset? From, DateTimeOffset? Until, DateTimeOffset? ListUntil, string? Holder);

/// <summary>The form for checking a counterpart's passport, and what came of it.</summary>
public sealed record PassportCheckSheet(PassportCheckLine? Result, IReadOnlyDictionary<string, string> Typed, IReadOnlyList<FieldError> Errors);

/// <summary>The page on which a counterpart's passport is checked, pasted or from a file.</summary>
internal sealed class ShowPassportCheck(CheckPassport check)
{
    const string Route = ShowPassports.Address + "/check";

    static readonly UploadLimit s_limit = new(FileBytes: 4 << 10, PerMinute: 60);

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet(Route, (HttpContext http) => PassportAccess.Serves(PassportAction.Check, http.User) ? Page(null, new Dictionary<string, string>(), [], StatusCodes.Status200OK) : Results.Forbid());
        pages.MapPost(Route, async (HttpContext http, ShowPassportCheck show) => PassportAccess.Serves(PassportAction.Check, http.User) ? await show.TakeAsync(http) : Results.Forbid()).WithMetadata(s_limit);
    }

    async Task<IResult> TakeAsync(HttpContext http)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        // What only compares the holder is used once and not sent back.
        var typed = new Dictionary<string, string> { ["token"] = form["token"].ToString() };
        var text = form["token"].ToString();
        if (http.Features.Get<UploadedForm>()?.Take("file") is { } file)
        {
            using var bytes = file.Bytes;
            if (file.Fault != UploadFault.None) return Refused("file", "check.file-too-large");
            await using var stream = bytes.Open();
            using var reader = new StreamReader(stream, Encoding.ASCII);
            text = await reader.ReadToEndAsync(http.RequestAborted);
        }

        if (string.IsNullOrWhiteSpace(text)) return Refused("token", "check.missing");
        var (name, document, code) = (form["name"].ToString(), form["document"].ToString(), form["code"].ToString());
        var some = ((string[])[name, document, code]).Count(f => !string.IsNullOrWhiteSpace(f));
        if (some is not (0 or 3)) return Refused("code", "check.holder-partly");
        var (result, outcome) = await check.HandleAsync(SignedInPerson.Of(http.User)!.Value, text, http.RequestAborted);
        if (result is null) return Refused("", (outcome as Outcome.Refused)?.Refusal.Code ?? Answers.Stale);
        var holder = result.Token is null || some == 0 ? null : HolderMark.Of(name, document, code) == result.Token.Holder ? "same" : "different";
        return Page(LineOf(result, holder), typed, [], StatusCodes.Status200OK);

        IResult Refused(string field, string key) => Page(null, typed, [new FieldError(field, PassportText.Of(key))], StatusCodes.Status422UnprocessableEntity);
    }

    static PassportCheckLine LineOf(PassportResult result, string? holder)
    {
        // Somebody else's passport is valid for somebody else.
        var verdict = holder == "different" && result.Verdict == PassportVerdict.Valid ? PassportVerdict.NotValid : result.Verdict;
        return new PassportCheckLine(
            PassportText.Of("verdict." + PeopleText.Camel(verdict)), verdict switch { PassportVerdict.Valid => Tone.Good, PassportVerdict.NotKnown => Tone.Attention, _ => Tone.Urgent },
            PassportText.Of("result." + result.Code), result.Token?.Issuer, result.Token is { } token ? PeopleText.Of("level." + PeopleText.Camel(token.Level)) : null,
            result.Token?.From, result.Token?.Until, result.List?.Next, holder is null ? result.Token is null ? null : PassportText.Of("holder.unknown") : PassportText.Of("holder." + holder));
    }

    static IResult Page(PassportCheckLine? result, IReadOnlyDictionary<string, string> typed, IReadOnlyList<FieldError> errors, int status) =>
        Rendered.Page<PassportCheckPage>(new { Sheet = new PassportCheckSheet(result, typed, errors) }, status);
}
