namespace Probity.People.Contract;

/// <summary>Which posts ask for the clearance of a sensitive post or a higher one, and of which somebody asks that they do and waits for a second person.</summary>
internal sealed record SensitivePosts(IReadOnlySet<Guid> Marked, IReadOnlySet<Guid> Asked);

/// <summary>What other rooms may ask about sensitive posts.</summary>
internal interface ISensitivePosts
{
    /// <summary>As they stand.</summary>
    ValueTask<SensitivePosts> ReadAsync(CancellationToken cancel);
}
