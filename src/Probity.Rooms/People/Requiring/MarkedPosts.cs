using Probity.People.Contract;
using Probity.Shared.Record;

namespace Probity.People.Requiring;

/// <summary>Which posts are marked as sensitive, as other rooms ask: those that ask for no more than anybody in the service has to hold are not.</summary>
internal sealed class MarkedPosts(FoldedStream<Requirements> requirements) : ISensitivePosts
{
    public async ValueTask<SensitivePosts> ReadAsync(CancellationToken cancel)
    {
        var known = await requirements.ReadAsync(cancel);
        return new SensitivePosts(
            known.Marked.Where(m => m.Value >= ClearanceLevel.Sensitive).Select(m => m.Key).ToHashSet(), known.Asked.Where(a => a.Value.Level >= ClearanceLevel.Sensitive).Select(a => a.Key).ToHashSet());
    }
}
