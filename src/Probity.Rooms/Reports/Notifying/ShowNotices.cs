using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Access.Contract;
using Probity.Shared;
using Probity.Shared.Record;
using Probity.Shared.Views;
using Probity.Shared.Web;

namespace Probity.Reports.Notifying;

/// <summary>Where somebody's notice goes, as the page shows it to them.</summary>
/// <param name="Hour">At what time notices are sent; null where there is no mail server.</param>
/// <param name="Address">Their address; null where they are sent none.</param>
/// <param name="Language">In which language, by its own name.</param>
/// <param name="Fingerprint">Of their key, in groups of four.</param>
/// <param name="Expires">Until when it counts, or that it does no more.</param>
/// <param name="MaySet">Whether they hold a post whose holders are sent notices.</param>
/// <param name="Typed">What the form holds.</param>
public sealed record NoticesSheet(string? Hour, string? Address, string? Language, string? Fingerprint, string? Expires, bool MaySet, IReadOnlyDictionary<string, string> Typed);

/// <summary>The page on which those who handle reports say where their daily notice goes: each sees their own.</summary>
internal sealed class ShowNotices(SetNoticeKey notices, Mailing mailing, When when, TimeProvider time)
{
    public const string Address = "/reports/notices";

    /// <summary>Whether the page is of any use to this person.</summary>
    public static bool Serves(ClaimsPrincipal user) => NoticeAccess.Noticed.Any(role => SignedInPerson.Has(user, role));

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet(Address, async (HttpContext http, ShowNotices show) => SignedInPerson.Of(http.User) is { } person ? await show.ShowAsync(http, person, [], null) : Results.Unauthorized());
        pages.MapPost(Address, async (HttpContext http, ShowNotices show) => SignedInPerson.Of(http.User) is { } person ? await show.SetAsync(http, person) : Results.Unauthorized());
        pages.MapGet(Address + "/end", () => new SeeOther(Address));
        pages.MapPost(Address + "/end", async (HttpContext http, ShowNotices show) =>
            SignedInPerson.Of(http.User) is { } person ? await show.AnswerAsync(http, person, await show.EndAsync(person, http.RequestAborted), null) : Results.Unauthorized());
    }

    Task<Outcome> EndAsync(Guid person, CancellationToken cancel) => notices.EndAsync(person, person, cancel);

    async Task<IResult> SetAsync(HttpContext http, Guid person)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var typed = new Dictionary<string, string>(((string[])["address", "language", "key"]).Select(f => KeyValuePair.Create(f, form[f].ToString())));
        return await AnswerAsync(http, person, await notices.HandleAsync(person, person, new SetNoticeKey.Command(typed["address"].Trim(), typed["language"], typed["key"]), http.RequestAborted), typed);
    }

    async Task<IResult> AnswerAsync(HttpContext http, Guid person, Outcome outcome, Dictionary<string, string>? typed)
    {
        switch (outcome)
        {
            case Outcome.Done(var index):
                http.Wrote(index);
                return new SeeOther(Address);
            case Outcome.Refused { Refusal.Code: Bars.Role }:
                return Results.Forbid();
            case Outcome.Refused { Refusal.Code: var code }:
                var field = code switch { SetNoticeKey.AddressWrong => "address", SetNoticeKey.LanguageMissing => "language", SetNoticeKey.KeyWrong => "key", _ => "" };
                return await ShowAsync(http, person, [new FieldError(field, NoticesText.Of(code))], typed);
            default:
                return await ShowAsync(http, person, [new FieldError("", NoticesText.Of("record.stale"))], typed);
        }
    }

    async Task<IResult> ShowAsync(HttpContext http, Guid person, IReadOnlyList<FieldError> errors, IReadOnlyDictionary<string, string>? typed)
    {
        var facts = await notices.ReadAsync(person, http.RequestAborted);
        var maySet = NoticeAccess.Refuses(NoticeAction.Set, facts) is null;
        if (!maySet && facts.Own.Set is null) return Results.Forbid();
        var (set, now) = (facts.Own.Set, time.GetUtcNow());
        var key = set is null ? null : NoticeKey.Read(set.Key, now);
        var sheet = new NoticesSheet(
            mailing.Server is { } server ? $"{server.Hour:00}:00" : null, set?.Address, set is null ? null : Languages.All.First(l => l.Code == set.Language).Name,
            key is null ? null : string.Join(' ', key.Fingerprint.Chunk(4).Select(four => new string(four))),
            set is null ? null : key is null ? NoticesText.Of("expires.over") : key.Expires is { } end ? when.Day(end) : NoticesText.Of("expires.never"), maySet,
            typed ?? new Dictionary<string, string> { ["address"] = set?.Address ?? "", ["language"] = set?.Language ?? System.Globalization.CultureInfo.CurrentUICulture.TwoLetterISOLanguageName, ["key"] = "" });
        return Rendered.Page<NoticesPage>(new { Sheet = sheet, Errors = errors }, errors.Count == 0 ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
    }
}
