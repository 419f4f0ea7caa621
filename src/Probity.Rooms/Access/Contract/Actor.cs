using System.Collections.Immutable;
using Probity.Ledger;

namespace Probity.Access.Contract;

/// <summary>Who acts: a signed-in person with the posts held at this moment.</summary>
internal sealed record Actor(Guid Person, string Name, ImmutableArray<Post> Posts)
{
    public ActorId Id => new(Person);

    public IEnumerable<Role> Roles => Posts.Select(p => p.Role).Distinct();

    public bool Has(Role role) => Posts.Any(p => p.Role == role);

    /// <summary>Whether a post with this role stands over the unit.</summary>
    public bool Commands(Guid unit, Directory directory) =>
        Posts.Any(p => p.Role == Role.Commander && directory.IsWithin(unit, p.Unit));

    public static Actor From(Directory directory, Guid person, DateTimeOffset now) =>
        new(person, directory.NameOf(person), [.. directory.PostsOf(person, now)]);
}
