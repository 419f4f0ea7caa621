using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Access.Contract;
using Probity.Shared;
using Probity.Shared.Record;
using Probity.Shared.Views;
using Probity.Shared.Web;

namespace Probity.Access.Staffing;

/// <summary>A post of the tree. <paramref name="Holders"/> are those whom the reader may see; <paramref name="IsHeld"/> counts the others too.</summary>
public sealed record PostLine(string Title, string Role, string? ReportsTo, IReadOnlyList<Link> Holders, bool IsHeld)
{
    /// <summary>What it asks of its holders.</summary>
    public string? Needs { get; init; }
}

/// <summary>A unit with its posts and the units below it.</summary>
public sealed record UnitBranch(string Name, string Code, IReadOnlyList<PostLine> Posts, IReadOnlyList<UnitBranch> Below)
{
    /// <summary>How many posts and units it has where they are shown only once the unit is opened; else 0.</summary>
    public int Closed { get; init; }
}

/// <summary>The page of the tree, with what was typed into its two forms and what was refused.</summary>
public sealed record UnitsSheet(IReadOnlyList<UnitBranch> Tree, IReadOnlyList<Choice> Units, IReadOnlyList<string> Posts, bool MayShape)
{
    /// <summary>Which page of the units below the opened one this is, of how many.</summary>
    public int Page { get; init; } = 1;

    /// <summary>How many there are.</summary>
    public int Pages { get; init; } = 1;

    /// <summary>The address of a page of them.</summary>
    public Func<int, string> PageHref { get; init; } = _ => "/units";

    /// <summary>What was typed, by field.</summary>
    public IReadOnlyDictionary<string, string> Typed { get; init; } = new Dictionary<string, string>();

    /// <summary>The key of what was refused.</summary>
    public string? Error { get; init; }

    /// <summary>The field that it belongs to.</summary>
    public string ErrorField { get; init; } = "";
}

/// <summary>Shows the units as a tree with their posts and who holds them, to those who see people.</summary>
internal sealed class ShowUnits(IRegister registers, IEnumerable<IPostRequirements> requirements, PostTitles titles, TimeProvider time)
{
    // So many posts are shown at once; of more, those of one unit, with the units above it and a page of those below.
    const int MostOpen = 300;
    const int OnPage = 50;

    public static void Map(IEndpointRouteBuilder pages) => pages.MapGet("/units", (ClaimsPrincipal user, string? unit, string? page, ShowUnits slice, CancellationToken cancel) =>
        slice.AnswerAsync(user, null, "", null, (unit, page), cancel));

    /// <summary>303 to the tree when it is done; else the page with what was refused and what was typed.</summary>
    public async Task<IResult> AnswerAsync(
        HttpContext http, ClaimsPrincipal user, Outcome outcome, Func<string, string> fieldOf, CancellationToken cancel)
    {
        if (outcome is Outcome.Done(var index))
        {
            http.Wrote(index);
            return new SeeOther("/units");
        }

        var typed = (await http.Request.ReadFormAsync(cancel)).Where(f => !f.Key.StartsWith('_')).ToDictionary(f => f.Key, f => f.Value.ToString());
        var code = PeopleReader.ErrorOf(outcome)!;
        return await AnswerAsync(user, outcome, fieldOf(code), typed, (null, null), cancel);
    }

    async Task<IResult> AnswerAsync(
        ClaimsPrincipal user, Outcome? outcome, string field, IReadOnlyDictionary<string, string>? typed, (string? Unit, string? Page) asked, CancellationToken cancel)
    {
        var register = await registers.ReadAsync(cancel);
        var now = time.GetUtcNow();
        var actor = Actor.From(register, SignedInPerson.Of(user)!.Value, now);
        if (!RegisterAccess.SeesEverybody(actor) && !actor.Has(Role.Commander)) return Results.Forbid();
        var tree = new Tree(register, actor, register.Units.Values.ToLookup(u => u.Parent ?? Guid.Empty), now);
        var (page, pages) = (1, 1);
        Unit? opened = null;
        if (register.Posts.Count > MostOpen)
        {
            opened = register.Units.Values.FirstOrDefault(u => u.Code == asked.Unit) ?? tree.Units[Guid.Empty].OrderBy(u => u.Name, TitleOrder.Current).First();
            var below = tree.Below(opened.Id);
            pages = Math.Max(1, (below.Count + OnPage - 1) / OnPage);
            page = Math.Clamp(int.TryParse(asked.Page, NumberStyles.None, CultureInfo.InvariantCulture, out var at) ? at : 1, 1, pages);
            tree = tree with { Opened = opened, Shown = [.. below.Skip((page - 1) * OnPage).Take(OnPage)] };
        }

        var posts = (opened is null ? register.Posts.Keys : register.PostsIn(opened.Id).Select(p => p.Id)).ToList();
        foreach (var room in requirements)
        {
            foreach (var (post, words) in await room.WordsAsync(posts, cancel)) tree.Needs[post] = tree.Needs.TryGetValue(post, out var others) ? $"{others}; {words}" : words;
        }

        var shapes = RegisterAccess.Allows(RegisterAction.CreateUnit, actor);
        var sheet = new UnitsSheet(
            BranchesUnder(null, tree), !shapes ? [] : [.. register.Units.Values.Select(u => new Choice(u.Id.ToString("D"), u.Name)).OrderBy(c => c.Text, StringComparer.CurrentCulture)],
            !shapes ? [] : [.. titles.First(register, _ => true).Select(p => p.Title)], shapes)
        {
            Typed = typed ?? new Dictionary<string, string>(), Error = PeopleReader.ErrorOf(outcome), ErrorField = field, Page = page, Pages = pages,
            PageHref = n => "/units" + QueryString.Create("unit", opened?.Code ?? "").Add("page", n.ToString(CultureInfo.InvariantCulture)),
        };
        return Rendered.Page<UnitsPage>(new { Sheet = sheet }, PeopleReader.StatusOf(outcome));
    }

    // What the tree is drawn from; of a large agency the opened unit with those above it and some below.
    sealed record Tree(Register Register, Actor Actor, ILookup<Guid, Unit> Units, DateTimeOffset Now)
    {
        public Dictionary<Guid, string> Needs { get; } = [];

        public Unit? Opened { get; init; }

        public IReadOnlyList<Unit> Shown { get; init; } = [];

        public IReadOnlyList<Unit> Below(Guid? parent) => [.. Units[parent ?? Guid.Empty].OrderBy(u => u.Name, TitleOrder.Current)];

        public bool IsOpen(Unit unit) => Opened is null || Opened.Id == unit.Id;

        // The agencies, the way from one to the opened unit, and what lies below it.
        public IEnumerable<Unit> Drawn(Guid? parent) => Opened is null || parent is null ? Below(parent) : parent == Opened.Id ? Shown : Units[parent.Value].Where(u => Register.IsWithin(Opened.Id, u.Id));
    }

    static IReadOnlyList<UnitBranch> BranchesUnder(Guid? parent, Tree tree) => [.. tree.Drawn(parent).Select(u =>
        new UnitBranch(u.Name, u.Code, tree.IsOpen(u) ? PostsOf(u.Id, tree) : [], BranchesUnder(u.Id, tree)) { Closed = tree.IsOpen(u) ? 0 : tree.Register.PostCountIn(u.Id) + tree.Units[u.Id].Count() })];

    static IReadOnlyList<PostLine> PostsOf(Guid unit, Tree tree) => [.. tree.Register.PostsIn(unit)
        .OrderBy(p => p.Role).ThenBy(p => p.Title, TitleOrder.Current)
        .Select(p => (Post: p, Holders: tree.Register.PostingsOn(p.Id).Where(h => h.InForceAt(tree.Now)).Select(h => h.Person).Distinct().ToList()))
        .Select(p => new PostLine(
            p.Post.Title, p.Post.Role.ToString(), p.Post.ReportsTo is { } above ? tree.Register.Posts[above].Title : null,
            [.. p.Holders.Where(h => RegisterAccess.Sees(tree.Actor, h, tree.Register)).Select(h => new Link($"/people/{h:D}", tree.Register.NameOf(h)))
                .OrderBy(l => l.Text, StringComparer.CurrentCulture)],
            p.Holders.Count > 0) { Needs = tree.Needs.GetValueOrDefault(p.Post.Id) })];
}
