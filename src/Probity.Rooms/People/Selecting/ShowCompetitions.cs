using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Access.Contract;
using Probity.Shared;
using Probity.Shared.Record;
using Probity.Shared.Web;

namespace Probity.People.Selecting;

/// <summary>A competition in the list.</summary>
public sealed record CompetitionLine(Guid Id, string Number, string Title, string Stage, Tone Tone, int Places, DateOnly Closes);

/// <summary>What a commander asked for.</summary>
public sealed record RequestLine(Guid Id, string Post, string By, string Reason, DateTimeOffset At);

/// <summary>An opening of scores, or a departure from a rank.</summary>
public sealed record WatchLine(Guid Id, string Number, string What, string By, DateTimeOffset At, string? Why);

/// <summary>All that the list shows.</summary>
public sealed record CompetitionsSheet(
    IReadOnlyList<CompetitionLine> Lines, int Page, int Pages, IReadOnlyList<RequestLine> Requests, IReadOnlyList<WatchLine> Watched, bool MayDrawUp, bool MayAsk, IReadOnlyList<Choice> Posts)
{
    /// <summary>What was refused.</summary>
    public IReadOnlyList<FieldError> Errors { get; init; } = [];

    /// <summary>What was typed, by field.</summary>
    public IReadOnlyDictionary<string, string> Typed { get; init; } = new Dictionary<string, string>();
}

/// <summary>The competitions that everybody of the house can apply in; to those who see their course also what is drawn up and asked for, and to them and overseers every opening and departure.</summary>
internal sealed class ShowCompetitions(SelectionDesk desk, AskCompetition ask)
{
    public const string Address = "/selection";
    const int PageSize = 25, MostWatched = 50;

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet(Address, (HttpContext http, ShowCompetitions show) => show.ShowAsync(http, null, null));
        pages.MapGet(Address + "/ask", () => new SeeOther(Address));
        pages.MapPost(Address + "/ask", (HttpContext http, ShowCompetitions show) => show.TakeAsync(http));
    }

    /// <summary>Whether somebody signed in has the list in their navigation.</summary>
    public static bool Serves(System.Security.Claims.ClaimsPrincipal user) => SelectionAccess.SeesAll(user)
        || ((Role[])[Role.Commander, Role.Officer, Role.Custodian, Role.Analyst, Role.Prosecutor, Role.Investigator]).Any(role => SignedInPerson.Has(user, role));

    async Task<IResult> TakeAsync(HttpContext http)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        // Without a post nobody can be told whether they may ask for it.
        if (form.Id("post") is null)
        {
            List<FieldError> missing = [new("post", SelectionText.Of("post-missing")), .. VettingTexts.Refuses(form["reason"]) is { } unfit ? [new FieldError("reason", SelectionText.Of(unfit.Code))] : (FieldError[])[]];
            return await ShowAsync(http, null, form.Typed(), missing);
        }

        var outcome = await ask.HandleAsync(SignedInPerson.Of(http.User)!.Value, new(Guid.CreateVersion7(), form.Id("post") ?? Guid.Empty, form["reason"]), http.RequestAborted);
        return outcome is Outcome.Done ? new SeeOther(Address) : await ShowAsync(http, outcome, form.Typed());
    }

    async Task<IResult> ShowAsync(HttpContext http, Outcome? refused, IReadOnlyDictionary<string, string>? typed, IReadOnlyList<FieldError>? missing = null)
    {
        if (SignedInPerson.Of(http.User) is not { } person) return Results.Unauthorized();
        var facts = await desk.FactsAsync(person, null, http.RequestAborted);
        if (facts.Actor.Posts.Length == 0) return Results.Forbid();
        var (register, now, sees) = (facts.Register, facts.Now, SelectionAccess.SeesAll(http.User));
        var shown = facts.All.All.Values.Where(c => sees || c.FrozenAt is not null || c.Panel.Contains(person)).OrderByDescending(c => c.Number, StringComparer.Ordinal).ToList();
        var pages = Math.Max(1, (shown.Count + PageSize - 1) / PageSize);
        var page = Math.Clamp(int.TryParse(http.Request.Query["page"], NumberStyles.None, CultureInfo.InvariantCulture, out var asked) ? asked : 1, 1, pages);
        var mine = register.Posts.Values.Where(p => SelectionAccess.AsksFor(facts.Actor, p, register, now)).ToList();
        return Rendered.Page<CompetitionsPage>(new
        {
            Sheet = new CompetitionsSheet(
                [.. shown.Skip((page - 1) * PageSize).Take(PageSize).Select(c => new CompetitionLine(
                    c.Id, c.Number, c.Plan.Title, SelectionText.StageOf(c.StageAt(now)), SelectionText.ToneOf(c.StageAt(now)), c.Plan.Places, c.Plan.Closes))], page, pages,
                [.. facts.All.Requests.Where(r => sees || r.By == person).Select(r => new RequestLine(r.Id, PostOf(r.Post, register), register.NameOf(r.By), r.Reason, r.At))],
                sees ? Watched(facts, person) : [], SelectionAccess.Refuses(SelectionAction.DrawUp, facts) is null, mine.Count > 0,
                [.. mine.Select(p => new Choice(p.Id.ToString("D"), PostOf(p.Id, register))).OrderBy(c => c.Text, StringComparer.CurrentCulture)])
            {
                Errors = missing ?? (refused is null ? [] : [SelectionForms.ErrorOf(refused, code => code.StartsWith("people.text", StringComparison.Ordinal) ? "reason" : "post")]), Typed = typed ?? new Dictionary<string, string>(),
            },
        }, refused is null && missing is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
    }

    // Without those in which the reader applied.
    static IReadOnlyList<WatchLine> Watched(SelectionFacts facts, Guid reader) => [.. facts.All.All.Values.Where(c => c.Of(reader) is null)
        .SelectMany(c => c.Story.Where(s => s.What is "opened" or "departure-proposed" or "departure-agreed" or "replaced" or "replaced-late" or "appeal-panel-late" or Competition.InVain)
            .Select(s => new WatchLine(c.Id, c.Number, SelectionText.Of("story." + s.What), facts.Register.NameOf(s.By), s.At, s.Text)))
        .OrderByDescending(w => w.At).Take(MostWatched)];

    internal static string PostOf(Guid post, Register register) => register.Posts.TryGetValue(post, out var known) ? $"{register.Units[known.Unit].Name}: {known.Title}" : "–";
}
