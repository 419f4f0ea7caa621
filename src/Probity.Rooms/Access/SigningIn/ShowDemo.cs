using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Probity.Access.Contract;
using Probity.Shared.Web;

namespace Probity.Access.SigningIn;

/// <summary>Somebody whom a visitor of the demo can be.</summary>
public sealed record DemoPerson(string Name, string Post, string Href);

/// <summary>A unit with those who hold a post in it; the last has no name and those without a post.</summary>
public sealed record DemoUnit(string? Name, IReadOnlyList<DemoPerson> People);

/// <summary>
/// Shows everybody in a demo by unit, each with a link that signs in: handlers are drawn, so a visitor who plays a case through
/// has to be able to become any of them.
/// </summary>
internal static class ShowDemo
{
    public const string Href = "/demo";

    public static void Map(IEndpointRouteBuilder demo) => demo.MapGet("", async (
        IRegister registers, DemoSignIn links, TimeProvider time, CancellationToken cancel) =>
    {
        var units = UnitsOf(await registers.ReadAsync(cancel), links, time.GetUtcNow());
        return Rendered.Page<DemoPage>(new { Units = units });
    });

    static IReadOnlyList<DemoUnit> UnitsOf(Register register, DemoSignIn links, DateTimeOffset now)
    {
        var held = register.Postings.Values.Where(p => p.InForceAt(now)).Select(p => (p.Person, Post: register.Posts[p.Post])).Distinct().ToList();
        var units = held.GroupBy(h => h.Post.Unit)
            .Select(g => (Unit: register.Units[g.Key], Held: g.OrderBy(h => h.Post.Role).ThenBy(h => register.NameOf(h.Person), StringComparer.CurrentCulture)))
            .OrderBy(u => Depth(u.Unit, register)).ThenBy(u => u.Unit.Name, StringComparer.CurrentCulture)
            .Select(u => new DemoUnit(u.Unit.Name, [.. u.Held.Select(h => new DemoPerson(
                register.NameOf(h.Person), $"{h.Post.Title} ({AccessText.Get($"role.{h.Post.Role}")})", links.PathOf(h.Person)))]));
        var others = register.People.Keys.Except(held.Select(h => h.Person))
            .Select(p => new DemoPerson(register.NameOf(p), "", links.PathOf(p))).OrderBy(p => p.Name, StringComparer.CurrentCulture).ToList();
        return [.. units, .. others.Count > 0 ? [new DemoUnit(null, others)] : Array.Empty<DemoUnit>()];
    }

    static int Depth(Unit unit, Register register)
    {
        var depth = 0;
        for (var above = unit.Parent; above is { } id; above = register.Units[id].Parent) depth++;
        return depth;
    }
}
