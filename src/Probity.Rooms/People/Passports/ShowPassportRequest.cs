using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Access.Contract;
using Probity.People.Vetting;
using Probity.People.Viewing;
using Probity.Shared;
using Probity.Shared.Record;
using Probity.Shared.Web;

namespace Probity.People.Passports;

/// <summary>A request for a passport, as whoever answers it sees it.</summary>
public sealed record PassportRequestSheet(Guid Id, string Name, string Post, DateTimeOffset At, string? Level, DateTimeOffset? Until, bool MayIssue)
{
    /// <summary>What was typed, by field; the document's number is not among it.</summary>
    public IReadOnlyDictionary<string, string> Typed { get; init; } = new Dictionary<string, string>();

    /// <summary>What was refused.</summary>
    public IReadOnlyList<FieldError> Errors { get; init; } = [];

    /// <summary>Where to turn.</summary>
    public string? TurnTo { get; init; }
}

/// <summary>The page on which vetting answers a request.</summary>
internal sealed class ShowPassportRequest(PassportDesk desk, IssuePassport issue)
{
    const string Route = ShowPassports.Address + "/requests/{id:guid}";

    /// <summary>The page of a request.</summary>
    public static string AddressOf(Guid id) => $"{ShowPassports.Address}/requests/{id:D}";

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet(Route, async (Guid id, HttpContext http, ShowPassportRequest show) => PassportAccess.Serves(PassportAction.List, http.User) ? await show.ShowAsync(http, id, null, null) : Results.Forbid());
        pages.MapPost(Route, async (Guid id, HttpContext http, ShowPassportRequest show) => PassportAccess.Serves(PassportAction.List, http.User) ? await show.TakeAsync(http, id) : Results.Forbid());
    }

    async Task<IResult> TakeAsync(HttpContext http, Guid id)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var yes = form["answer"].ToString() switch { "yes" => true, "no" => false, _ => (bool?)null };
        var outcome = await issue.HandleAsync(SignedInPerson.Of(http.User)!.Value, new IssuePassport.Answer(id, yes, form["document"], form["text"]), http.RequestAborted);
        return outcome is Outcome.Done ? new SeeOther(ShowPassports.Address)
            : await ShowAsync(http, id, outcome, new Dictionary<string, string> { ["answer"] = form["answer"].ToString(), ["document"] = form["document"].ToString(), ["text"] = form["text"].ToString() });
    }

    async Task<IResult> ShowAsync(HttpContext http, Guid id, Outcome? refused, IReadOnlyDictionary<string, string>? typed)
    {
        var (cancel, person) = (http.RequestAborted, SignedInPerson.Of(http.User)!.Value);
        if ((await desk.ReadAsync(cancel)).Requests.GetValueOrDefault(id) is not { } request) return refused is null ? Results.NotFound() : new SeeOther(ShowPassports.Address);
        var facts = await desk.FactsAsync(person, request.Person, null, cancel);
        var (register, refusal) = (facts.Register, (refused as Outcome.Refused)?.Refusal ?? PassportAccess.Refuses(PassportAction.Issue, facts));
        return Rendered.Page<PassportRequestPage>(new
        {
            Sheet = new PassportRequestSheet(
                id, register.NameOf(request.Person), ShowClearances.PostOf(request.Person, register, facts.Now), request.At,
                facts.Valid is { } valid ? PeopleText.Of("level." + PeopleText.Camel(valid.Level)) : null, facts.Valid?.Until, PassportAccess.Refuses(PassportAction.Issue, facts) is null)
            {
                Typed = typed ?? new Dictionary<string, string>(), TurnTo = refusal?.Reroute is { People.Count: > 0 } to
                    ? $"{RoleWords.Of(to.Role)}: {string.Join(", ", to.People.Take(10).Select(register.NameOf).Order(StringComparer.CurrentCulture))}" : null,
                Errors = refused is null ? [] : [new FieldError(FieldOf(refusal?.Code), PassportText.Of((refused as Outcome.Refused)?.Refusal.Code ?? Answers.Stale))],
            },
        }, refused is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
    }

    static string FieldOf(string? code) => code switch
    {
        DecideClearance.AnswerMissing => "answer",
        IssuePassport.DocumentMissing or IssuePassport.DocumentUnfit => "document",
        VettingTexts.Missing or VettingTexts.TooShort or VettingTexts.Unfit => "text",
        _ => "",
    };
}
