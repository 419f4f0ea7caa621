using Probity.People.Contract;
using Probity.Shared.Record;

namespace Probity.People.Requiring;

/// <summary>Which posts are marked, as other rooms ask.</summary>
internal sealed class MarkedPosts(FoldedStream<Requirements> requirements) : ISensitivePosts
{
    public async ValueTask<SensitivePosts> ReadAsync(CancellationToken cancel)
    {
        var known = await requirements.ReadAsync(cancel);
        return new SensitivePosts(known.Marked.Keys.ToHashSet(), known.Asked.Where(a => a.Value.Level is not null).Select(a => a.Key).ToHashSet());
    }
}
