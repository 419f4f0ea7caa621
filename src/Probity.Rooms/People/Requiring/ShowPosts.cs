using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Access.Contract;
using Probity.People.Contract;
using Probity.People.Covering;
using Probity.People.Vetting;
using Probity.People.Viewing;
using Probity.Risk.Contract;
using Probity.Shared;
using Probity.Shared.Record;
using Probity.Shared.Views;
using Probity.Shared.Web;

namespace Probity.People.Requiring;

/// <summary>A post with what it asks for, and what waits.</summary>
public sealed record RequirementLine(Guid Post, string Title, string Unit, string? Level, string? Asked, bool MayAnswer)
{
    /// <summary>The risks that name it and that the reader sees.</summary>
    public IReadOnlyList<Link> Risks { get; init; } = [];

    /// <summary>That others name it, or that a high one does, without saying which.</summary>
    public string? Named { get; init; }
}

/// <summary>A post that a high risk names and that is not marked: by when it is to be, and where the reader may ask for it.</summary>
public sealed record UnmarkedLine(string Title, string Unit, string Due, Tone Tone, IReadOnlyList<Link> Risks, string? Ask);

/// <summary>All that the page of requirements shows.</summary>
public sealed record RequirementsSheet(IReadOnlyList<RequirementLine> Waiting, IReadOnlyList<RequirementLine> Marked, int Page, int Pages, IReadOnlyList<Choice>? Posts)
{
    /// <summary>Posts that high risks name and that are not marked.</summary>
    public IReadOnlyList<UnmarkedLine> Unmarked { get; init; } = [];

    /// <summary>Who would lack the clearance that a post is to ask for, in words, by post.</summary>
    public IReadOnlyDictionary<Guid, string> Lacking { get; init; } = new Dictionary<Guid, string>();

    /// <summary>What was refused.</summary>
    public IReadOnlyList<FieldError> Errors { get; init; } = [];

    /// <summary>Where to turn after a refusal.</summary>
    public string? TurnTo { get; init; }

    /// <summary>What was typed, by field.</summary>
    public IReadOnlyDictionary<string, string> Typed { get; init; } = new Dictionary<string, string>();
}

/// <summary>Which posts ask for a clearance, and the forms by which two people mark one.</summary>
internal sealed class ShowPosts(MarkPost slice, FoldedStream<Requirements> requirements, IRegister registers, PostTitles titles, IPostRisks risks, Clearances clearances, CoverRules rules, When when, TimeProvider time)
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
        Post[] waiting = [.. SeenBy(http, actor, register, known.Asked.Keys).OrderBy(p => known.Asked[p.Id].At).Take(PageSize)], shown = [.. marked.Skip((page - 1) * PageSize).Take(PageSize)];
        var naming = (await risks.OfAsync(actor.Person, [.. waiting.Concat(shown).Select(p => p.Id)], cancel)).ToLookup(r => r.Post);
        // Whoever comes from a post that is to be marked has it filled in.
        if (typed is null && MarkPost.Proposes(actor) && Guid.TryParseExact(http.Request.Query["post"], "D", out var chosen) && register.Posts.TryGetValue(chosen, out var wanted))
            typed = new Dictionary<string, string> { ["post"] = PostTitles.TitleOf(wanted, register) };
        return Rendered.Page<PostsPage>(new
        {
            Sheet = new RequirementsSheet(
                [.. waiting.Select(p => LineOf(p, known, actor, register, now, naming[p.Id]))], [.. shown.Select(p => LineOf(p, known, actor, register, now, naming[p.Id]))], page, pages,
                MarkPost.Proposes(actor) ? [.. titles.First(register, _ => true).Select(p => new Choice(p.Post.Id.ToString("D"), p.Title))] : null)
            {
                Lacking = await LackingAsync(waiting, known, register, now, cancel), Unmarked = await UnmarkedAsync(http, actor, known, register, now, cancel),
                Errors = error is null ? [] : [error], Typed = typed ?? new Dictionary<string, string>(),
                TurnTo = refusal?.Reroute is { People.Count: > 0 } to ? $"{RoleWords.Of(to.Role)}: {string.Join(", ", to.People.Select(register.NameOf).Order(StringComparer.CurrentCulture))}" : null,
            },
        }, error is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
    }

    /// <summary>Those of posts that the reader sees: all, or those of the units that they command.</summary>
    internal static IEnumerable<Post> SeenBy(HttpContext http, Actor actor, Register register, IEnumerable<Guid> posts)
    {
        var known = posts.Where(register.Posts.ContainsKey).Select(p => register.Posts[p]);
        if (ClearanceAccess.ListsAll(http.User)) return known;
        // Asked once for each unit: there are fewer of them than of posts.
        var commanded = register.Units.Keys.Where(u => actor.Commands(u, register)).ToHashSet();
        return known.Where(p => commanded.Contains(p.Unit));
    }

    // Whoever agrees reads what it does to whom.
    async Task<IReadOnlyDictionary<Guid, string>> LackingAsync(IReadOnlyList<Post> waiting, Requirements known, Register register, DateTimeOffset now, CancellationToken cancel)
    {
        var asked = waiting.Where(p => known.Asked[p.Id].Level is not null).ToDictionary(p => p.Id, p => register.PostingsOn(p.Id).Where(h => h.InForceAt(now)).Select(h => h.Person).Distinct().ToList());
        var (cover, rows) = (await rules.ReadAsync(register, now, cancel), await clearances.OfAsync([.. asked.Values.SelectMany(h => h).Distinct()], cancel));
        return asked.Select(a => (Post: a.Key, People: a.Value.Where(h => !cover.Covers(h, [.. rows[h]], known.Asked[a.Key].Level!.Value)).Select(register.NameOf).Order(StringComparer.CurrentCulture).ToList()))
            .Where(a => a.People.Count > 0).ToDictionary(a => a.Post, a => PeopleText.Say("posts.lacking", string.Join(", ", a.People)));
    }

    async Task<IReadOnlyList<UnmarkedLine>> UnmarkedAsync(HttpContext http, Actor actor, Requirements known, Register register, DateTimeOffset now, CancellationToken cancel)
    {
        var naming = (await risks.UnmarkedAsync(actor.Person, cancel)).ToLookup(r => r.Post);
        return
        [
            .. SeenBy(http, actor, register, naming.Select(n => n.Key)).Select(p => (Post: p, Due: naming[p.Id].Min(r => r.Due)!.Value)).OrderBy(p => p.Due).ThenBy(p => p.Post.Title, StringComparer.CurrentCulture).Take(PageSize)
                .Select(p => new UnmarkedLine(
                    p.Post.Title, register.Units[p.Post.Unit].Name, PeopleText.Say(p.Due < now ? "posts.unmarked-overdue" : "posts.unmarked-due", when.Day(p.Due)), p.Due < now ? Tone.Urgent : Tone.Attention,
                    [.. naming[p.Post.Id].Select(r => r.Risk).OfType<Link>()], MarkPost.Proposes(actor) && !known.Asked.ContainsKey(p.Post.Id) ? $"{Address}?post={p.Post.Id:D}#post" : null)),
        ];
    }

    static RequirementLine LineOf(Post post, Requirements known, Actor actor, Register register, DateTimeOffset now, IEnumerable<PostRisk> naming)
    {
        Link[] seen = [.. naming.Select(r => r.Risk).OfType<Link>()];
        var asked = known.Asked.GetValueOrDefault(post.Id);
        return new RequirementLine(
            post.Id, post.Title, register.Units[post.Unit].Name, known.Marked.TryGetValue(post.Id, out var level) ? PeopleText.Of("level." + PeopleText.Camel(level)) : null,
            asked is null ? null : PeopleText.Say("posts.asked", register.NameOf(asked.By), asked.Level is { } wanted ? PeopleText.Of("level." + PeopleText.Camel(wanted)) : PeopleText.Of("posts.nothing"), asked.Reason),
            asked is not null && MarkPost.MayAnswer(asked.By, post, actor, register, now, known.Lowers(post.Id)))
        {
            Risks = seen, Named = naming.Any(r => r.Due is not null) ? PeopleText.Of("posts.high") : seen.Length == 0 && naming.Any() ? PeopleText.Of("posts.named") : null,
        };
    }
}
