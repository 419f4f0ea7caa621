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
    /// <summary>How many posts it has where they are shown only once the unit is opened; else 0.</summary>
    public int Closed { get; init; }
}

/// <summary>The page of the tree, with what was typed into its two forms and what was refused.</summary>
public sealed record UnitsSheet(IReadOnlyList<UnitBranch> Tree, IReadOnlyList<Choice> Units, IReadOnlyList<Choice> Posts, bool MayShape)
{
    /// <summary>What was typed, by field.</summary>
    public IReadOnlyDictionary<string, string> Typed { get; init; } = new Dictionary<string, string>();

    /// <summary>The key of what was refused.</summary>
    public string? Error { get; init; }

    /// <summary>The field that it belongs to.</summary>
    public string ErrorField { get; init; } = "";
}

/// <summary>Shows the units as a tree with their posts and who holds them, to those who see people.</summary>
internal sealed class ShowUnits(IRegister registers, IEnumerable<IPostRequirements> requirements, TimeProvider time)
{
    // So many posts are shown at once; of more, those of one unit.
    const int MostOpen = 300;

    public static void Map(IEndpointRouteBuilder pages) => pages.MapGet("/units", (ClaimsPrincipal user, string? unit, ShowUnits slice, CancellationToken cancel) =>
        slice.AnswerAsync(user, null, "", null, unit, cancel));

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
        return await AnswerAsync(user, outcome, fieldOf(code), typed, null, cancel);
    }

    async Task<IResult> AnswerAsync(
        ClaimsPrincipal user, Outcome? outcome, string field, IReadOnlyDictionary<string, string>? typed, string? opened, CancellationToken cancel)
    {
        var register = await registers.ReadAsync(cancel);
        var now = time.GetUtcNow();
        var actor = Actor.From(register, SignedInPerson.Of(user)!.Value, now);
        if (!RegisterAccess.SeesEverybody(actor) && !actor.Has(Role.Commander)) return Results.Forbid();
        var needs = new Dictionary<Guid, string>();
        foreach (var room in requirements)
        {
            foreach (var (post, words) in await room.WordsAsync(cancel)) needs[post] = needs.TryGetValue(post, out var others) ? $"{others}; {words}" : words;
        }

        var shapes = RegisterAccess.Allows(RegisterAction.CreateUnit, actor);
        var sheet = new UnitsSheet(
            BranchesUnder(null, new Tree(
                register, actor, needs, register.Posts.Values.ToLookup(p => p.Unit), register.Units.Values.ToLookup(u => u.Parent ?? Guid.Empty), register.Posts.Count <= MostOpen ? null : opened ?? "", now)),
            !shapes ? [] : [.. register.Units.Values.Select(u => new Choice(u.Id.ToString("D"), u.Name)).OrderBy(c => c.Text, StringComparer.CurrentCulture)],
            !shapes ? [] : [.. register.Posts.Values.Select(p => new Choice(p.Id.ToString("D"), $"{register.Units[p.Unit].Name}: {p.Title}")).OrderBy(c => c.Text, StringComparer.CurrentCulture)],
            shapes)
        {
            Typed = typed ?? new Dictionary<string, string>(), Error = PeopleReader.ErrorOf(outcome), ErrorField = field,
        };
        return Rendered.Page<UnitsPage>(new { Sheet = sheet }, PeopleReader.StatusOf(outcome));
    }

    // What the tree is drawn from; of a large agency the posts of one unit alone are shown, which is named by its code.
    sealed record Tree(
        Register Register, Actor Actor, Dictionary<Guid, string> Needs, ILookup<Guid, Post> Posts, ILookup<Guid, Unit> Units, string? Opened, DateTimeOffset Now);

    static IReadOnlyList<UnitBranch> BranchesUnder(Guid? parent, Tree tree) => [.. tree.Units[parent ?? Guid.Empty]
        .OrderBy(u => u.Name, StringComparer.CurrentCulture)
        .Select(u => (Unit: u, IsOpen: tree.Opened is null || tree.Opened == u.Code))
        .Select(u => new UnitBranch(u.Unit.Name, u.Unit.Code, u.IsOpen ? PostsOf(u.Unit.Id, tree) : [], BranchesUnder(u.Unit.Id, tree)) { Closed = u.IsOpen ? 0 : tree.Posts[u.Unit.Id].Count() })];

    static IReadOnlyList<PostLine> PostsOf(Guid unit, Tree tree) => [.. tree.Posts[unit]
        .OrderBy(p => p.Role).ThenBy(p => p.Title, StringComparer.CurrentCulture)
        .Select(p => (Post: p, Holders: tree.Register.PostingsOn(p.Id).Where(h => h.InForceAt(tree.Now)).Select(h => h.Person).Distinct().ToList()))
        .Select(p => new PostLine(
            p.Post.Title, p.Post.Role.ToString(), p.Post.ReportsTo is { } above ? tree.Register.Posts[above].Title : null,
            [.. p.Holders.Where(h => RegisterAccess.Sees(tree.Actor, h, tree.Register)).Select(h => new Link($"/people/{h:D}", tree.Register.NameOf(h)))
                .OrderBy(l => l.Text, StringComparer.CurrentCulture)],
            p.Holders.Count > 0) { Needs = tree.Needs.GetValueOrDefault(p.Post.Id) })];
}
