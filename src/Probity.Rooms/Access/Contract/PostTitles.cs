using System.Collections.Immutable;
using Probity.Shared;

namespace Probity.Access.Contract;

/// <summary>Posts under "unit: title", for fields into which one is typed: sorted once and anew when the register has others.</summary>
internal sealed class PostTitles
{
    // So many are suggested while one is typed; whichever else it is, its title is typed whole.
    const int Suggested = 300;

    Sorted _sorted = new(ImmutableDictionary<Guid, Post>.Empty, [], ImmutableDictionary<string, Guid>.Empty, []);

    /// <summary>The first ones by title, of those that fit.</summary>
    public IReadOnlyList<(string Title, Post Post)> First(Register register, Func<Post, bool> fits) => [.. Of(register).Posts.Where(p => fits(p.Post)).Take(Suggested)];

    /// <summary>Posts in the order of their titles.</summary>
    public IEnumerable<Post> InOrder(Register register, IEnumerable<Post> posts)
    {
        var places = Of(register).Places;
        return posts.OrderBy(p => places[p.Id]);
    }

    /// <summary>The post that was typed, or null. Of two that are called alike, the first.</summary>
    public Guid? Find(Register register, string typed) => Of(register).Named.TryGetValue(typed.Trim(), out var post) ? post : null;

    /// <summary>What a post is called.</summary>
    public static string TitleOf(Post post, Register register) => $"{register.Units[post.Unit].Name}: {post.Title}";

    // A register is never changed: another one has other posts. Units keep their names.
    Sorted Of(Register register)
    {
        var known = _sorted;
        if (ReferenceEquals(known.Register, register.Posts)) return known;
        var posts = register.Posts.Values.Select(p => (Title: TitleOf(p, register), Post: p)).OrderBy(p => p.Title, TitleOrder.Current).ThenBy(p => p.Post.Id).ToList();
        return _sorted = new Sorted(register.Posts, posts, posts.DistinctBy(p => p.Title, StringComparer.Ordinal).ToImmutableDictionary(p => p.Title, p => p.Post.Id, StringComparer.Ordinal),
            posts.Index().ToDictionary(p => p.Item.Post.Id, p => p.Index));
    }

    sealed record Sorted(ImmutableDictionary<Guid, Post> Register, IReadOnlyList<(string Title, Post Post)> Posts, ImmutableDictionary<string, Guid> Named,
        Dictionary<Guid, int> Places);
}
