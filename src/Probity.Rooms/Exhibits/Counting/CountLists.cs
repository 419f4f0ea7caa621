using Microsoft.EntityFrameworkCore;
using Probity.Exhibits.Labelling;
using Probity.Exhibits.Listing;

namespace Probity.Exhibits.Counting;

/// <summary>What the lists know of a place: which exhibits to read, and what a label is of.</summary>
internal sealed class CountLists(DbContext views)
{
    /// <summary>The exhibits that the list has at a place.</summary>
    public async Task<IReadOnlyList<Guid>> AtAsync(Guid location, CancellationToken cancel) => await views.Set<ExhibitRow>().AsNoTracking()
        .Where(e => e.Location == location && e.End == null).OrderBy(e => e.Number).Select(e => e.Id).Take(RecordCount.Most).ToListAsync(cancel);

    /// <summary>What labels are of, or null where one of them is of nothing.</summary>
    public async Task<IReadOnlyList<Guid>?> OfLabelsAsync(IReadOnlyList<string> labels, CancellationToken cancel)
    {
        if (labels.Count > RecordCount.Most) return null;
        var codes = new HashSet<string>();
        foreach (var label in labels)
        {
            if (ExhibitCode.Read(label) is not { Code: var code }) return null;
            codes.Add(code);
        }

        var found = await views.Set<ExhibitRow>().AsNoTracking().Where(e => codes.Contains(e.Code)).Select(e => e.Id).ToListAsync(cancel);
        return found.Count == codes.Count ? found : null;
    }
}
