using System.Collections.Immutable;
using Probity.Ledger;

namespace Probity.Access.Contract;

/// <summary>Who acts: a signed-in person with the posts held at this moment, and with none where their access ended.</summary>
internal sealed record Actor(Guid Person, string Name, ImmutableArray<Post> Posts)
{
    public ActorId Id => new(Person);

    public IEnumerable<Role> Roles => Posts.Select(p => p.Role).Distinct();

    public bool Has(Role role) => Posts.Any(p => p.Role == role);

    /// <summary>Whether a post with this role stands over the unit.</summary>
    public bool Commands(Guid unit, Register register) =>
        Posts.Any(p => p.Role == Role.Commander && register.IsWithin(unit, p.Unit));

    public static Actor From(Register register, Guid person, DateTimeOffset now) =>
        new(person, register.NameOf(person), register.IsShutOut(person) ? [] : [.. register.PostsOf(person, now)]);
}
