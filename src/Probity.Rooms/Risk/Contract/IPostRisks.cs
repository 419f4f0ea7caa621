using Probity.Shared;

namespace Probity.Risk.Contract;

/// <summary>A rated risk that names a post, as it is told to one reader.</summary>
/// <param name="Post">The post.</param>
/// <param name="Due">By when the post is to be marked as sensitive; null where the risk is neither high nor critical without controls.</param>
/// <param name="Risk">Number, title and page of the risk; null for a reader who does not see it.</param>
internal sealed record PostRisk(Guid Post, DateTimeOffset? Due, Link? Risk);

/// <summary>The room that knows in which posts the steps of its scenarios are done.</summary>
internal interface IPostRisks
{
    /// <summary>The high and critical risks that name a post which is not marked as sensitive.</summary>
    ValueTask<IReadOnlyList<PostRisk>> UnmarkedAsync(Guid reader, CancellationToken cancel);

    /// <summary>The risks that name any of these posts.</summary>
    ValueTask<IReadOnlyList<PostRisk>> OfAsync(Guid reader, IReadOnlyCollection<Guid> posts, CancellationToken cancel);
}
