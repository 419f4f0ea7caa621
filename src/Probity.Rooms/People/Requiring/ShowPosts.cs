using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Access.Contract;
using Probity.People.Contract;
using Probity.People.Vetting;
using Probity.Shared;
using Probity.Shared.Record;
using Probity.Shared.Views;
using Probity.Shared.Web;

namespace Probity.People.Requiring;

/// <summary>A post with what it asks for, and what waits.</summary>
public sealed record RequirementLine(Guid Post, string Title, string Unit, string? Level, string? Asked, bool MayAnswer);

/// <summary>All that the page of requirements shows.</summary>
public sealed record RequirementsSheet(IReadOnlyList<RequirementLine> Waiting, IReadOnlyList<RequirementLine> Marked, int Page, int Pages, IReadOnlyList<Choice>? Posts)
{
    /// <summary>What was refused.</summary>
    public IReadOnlyList<FieldError> Errors { get; init; } = [];

    /// <summary>Where to turn after a refusal.</summary>
    public string? TurnTo { get; init; }

    /// <summary>What was typed, by field.</summary>
    public IReadOnlyDictionary<string, string> Typed { get; init; } = new Dictionary<string, string>();
}

/// <summary>Which posts ask for a clearance, and the forms by which two people mark one.</summary>
internal sealed class ShowPosts(MarkPost slice, FoldedStream<Requirements> requirements, IRegister registers, PostTitles titles, TimeProvider time)
{
    const string Address = "/vetting/posts";
    const int PageSize = 50;

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet(Address, async (HttpContext http, ShowPosts show) =>
            ClearanceAccess.Lists(http.User) ? await show.ShowAsync(http, null, null, http.RequestAborted) : Results.Forbid());
        pages.MapGet(Address + "/{what:regex(^(propose|answer)$)}", () => new SeeOther(Address));
        pages.MapPost(Address + "/{what:regex(^(propose|answer)$)}", async (string what, HttpContext http, ShowPosts show) =>
            ClearanceAccess.Lists(http.User) ? await show.TakeAsync(http, what) : Results.Forbid());
    }

    async Task<IResult> TakeAsync(HttpContext http, string what)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var (person, register) = (SignedInPerson.Of(http.User)!.Value, await registers.ReadAsync(http.RequestAborted));
        var typed = form.Where(f => !f.Key.StartsWith('_')).ToDictionary(f => f.Key, f => f.Value.ToString());
        var post = Guid.TryParse(form["post"], out var id) ? id : titles.Find(register, form["post"].ToString()) ?? Guid.Empty;
        if (what == "propose" && form["level"] != "none" && PeopleText.Named<ClearanceLevel>(form["level"]) is null)
            return await ShowAsync(http, new FieldError("level", PeopleText.Of(InviteForClearance.LevelMissing)), typed, http.RequestAborted);
        var outcome = what == "propose"
            ? await slice.HandleAsync(person, new MarkPost.Proposal(post, PeopleText.Named<ClearanceLevel>(form["level"]), form["reason"]), http.RequestAborted)
            : await slice.HandleAsync(person, new MarkPost.Answer(post, form["answer"] == "yes", form["refusal"]), http.RequestAborted);
        if (outcome is Outcome.Done(var index))
        {
            http.Wrote(index);
            return new SeeOther(Address);
        }

        var refusal = (outcome as Outcome.Refused)?.Refusal;
        var field = refusal?.Code switch
        {
            MarkPost.PostUnknown => "post",
            MarkPost.Same => "level",
            VettingTexts.Missing or VettingTexts.TooShort or VettingTexts.Unfit => what == "propose" ? "reason" : $"refusal-{post:D}",
            _ => "",
        };
        return await ShowAsync(http, new FieldError(field, PeopleText.Of(refusal?.Code ?? Answers.Stale)), typed, http.RequestAborted, refusal);
    }

    async Task<IResult> ShowAsync(HttpContext http, FieldError? error, IReadOnlyDictionary<string, string>? typed, CancellationToken cancel, Refusal? refusal = null)
    {
        var (register, known, now) = (await registers.ReadAsync(cancel), await requirements.ReadAsync(cancel), time.GetUtcNow());
        var actor = Actor.From(register, SignedInPerson.Of(http.User)!.Value, now);
        var marked = titles.InOrder(register, SeenBy(http, actor, register, known.Marked.Keys)).ToList();
        var pages = Math.Max(1, (marked.Count + PageSize - 1) / PageSize);
        var page = Math.Clamp(int.TryParse(http.Request.Query["page"], NumberStyles.None, CultureInfo.InvariantCulture, out var asked) ? asked : 1, 1, pages);
        return Rendered.Page<PostsPage>(new
        {
            Sheet = new RequirementsSheet(
                [.. SeenBy(http, actor, register, known.Asked.Keys).OrderBy(p => known.Asked[p.Id].At).Take(PageSize).Select(p => LineOf(p, known, actor, register, now))],
                [.. marked.Skip((page - 1) * PageSize).Take(PageSize).Select(p => LineOf(p, known, actor, register, now))], page, pages,
                MarkPost.Proposes(actor) ? [.. titles.First(register, _ => true).Select(p => new Choice(p.Post.Id.ToString("D"), p.Title))] : null)
            {
                Errors = error is null ? [] : [error], Typed = typed ?? new Dictionary<string, string>(),
                TurnTo = refusal?.Reroute is { People.Count: > 0 } to ? $"{RoleWords.Of(to.Role)}: {string.Join(", ", to.People.Select(register.NameOf).Order(StringComparer.CurrentCulture))}" : null,
            },
        }, error is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
    }

    /// <summary>Those of posts that the reader sees: all, or those of the units that they command.</summary>
    internal static IEnumerable<Post> SeenBy(HttpContext http, Actor actor, Register register, IEnumerable<Guid> posts) =>
        posts.Where(register.Posts.ContainsKey).Select(p => register.Posts[p]).Where(p => ClearanceAccess.ListsAll(http.User) || actor.Commands(p.Unit, register));

    static RequirementLine LineOf(Post post, Requirements known, Actor actor, Register register, DateTimeOffset now)
    {
        var asked = known.Asked.GetValueOrDefault(post.Id);
        return new RequirementLine(
            post.Id, post.Title, register.Units[post.Unit].Name, known.Marked.TryGetValue(post.Id, out var level) ? PeopleText.Of("level." + PeopleText.Camel(level)) : null,
            asked is null ? null : PeopleText.Say("posts.asked", register.NameOf(asked.By), asked.Level is { } wanted ? PeopleText.Of("level." + PeopleText.Camel(wanted)) : PeopleText.Of("posts.nothing"), asked.Reason),
            asked is not null && MarkPost.MayAnswer(asked.By, post, actor, register, now, known.Lowers(post.Id)));
    }
}
