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
public sealed record UnitBranch(string Name, string Code, IReadOnlyList<PostLine> Posts, IReadOnlyList<UnitBranch> Below);

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
    public static void Map(IEndpointRouteBuilder pages) => pages.MapGet("/units", (ClaimsPrincipal user, ShowUnits slice, CancellationToken cancel) =>
        slice.AnswerAsync(user, null, "", null, cancel));

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
        return await AnswerAsync(user, outcome, fieldOf(code), typed, cancel);
    }

    async Task<IResult> AnswerAsync(
        ClaimsPrincipal user, Outcome? outcome, string field, IReadOnlyDictionary<string, string>? typed, CancellationToken cancel)
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

        var sheet = new UnitsSheet(
            BranchesUnder(null, register, actor, needs, now),
            [.. register.Units.Values.Select(u => new Choice(u.Id.ToString("D"), u.Name)).OrderBy(c => c.Text, StringComparer.CurrentCulture)],
            [.. register.Posts.Values.Select(p => new Choice(p.Id.ToString("D"), $"{register.Units[p.Unit].Name}: {p.Title}")).OrderBy(c => c.Text, StringComparer.CurrentCulture)],
            RegisterAccess.Allows(RegisterAction.CreateUnit, actor))
        {
            Typed = typed ?? new Dictionary<string, string>(), Error = PeopleReader.ErrorOf(outcome), ErrorField = field,
        };
        return Rendered.Page<UnitsPage>(new { Sheet = sheet }, PeopleReader.StatusOf(outcome));
    }

    static IReadOnlyList<UnitBranch> BranchesUnder(Guid? parent, Register register, Actor actor, Dictionary<Guid, string> needs, DateTimeOffset now) => [.. register.Units.Values
        .Where(u => u.Parent == parent)
        .OrderBy(u => u.Name, StringComparer.CurrentCulture)
        .Select(u => new UnitBranch(u.Name, u.Code, PostsOf(u.Id, register, actor, needs, now), BranchesUnder(u.Id, register, actor, needs, now)))];

    static IReadOnlyList<PostLine> PostsOf(Guid unit, Register register, Actor actor, Dictionary<Guid, string> needs, DateTimeOffset now) => [.. register.Posts.Values
        .Where(p => p.Unit == unit)
        .OrderBy(p => p.Role).ThenBy(p => p.Title, StringComparer.CurrentCulture)
        .Select(p => (Post: p, Holders: register.PostingsOn(p.Id).Where(h => h.InForceAt(now)).Select(h => h.Person).Distinct().ToList()))
        .Select(p => new PostLine(
            p.Post.Title, p.Post.Role.ToString(), p.Post.ReportsTo is { } above ? register.Posts[above].Title : null,
            [.. p.Holders.Where(h => RegisterAccess.Sees(actor, h, register)).Select(h => new Link($"/people/{h:D}", register.NameOf(h)))
                .OrderBy(l => l.Text, StringComparer.CurrentCulture)],
            p.Holders.Count > 0) { Needs = needs.GetValueOrDefault(p.Post.Id) })];
}
