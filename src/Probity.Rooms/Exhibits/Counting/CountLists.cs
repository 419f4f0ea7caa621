using Microsoft.EntityFrameworkCore;
using Probity.Exhibits.Labelling;
using Probity.Exhibits.Listing;

namespace Probity.Exhibits.Counting;

/// <summary>What the lists know of a place: which exhibits to read, and what a label is of.</summary>
internal sealed class CountLists(DbContext views)
{
    /// <summary>The exhibits that the list has at a place, or had there at a time or since.</summary>
    public async Task<IReadOnlyList<Guid>> AtAsync(Guid location, DateTimeOffset since, CancellationToken cancel) => await views.Set<ExhibitRow>().AsNoTracking()
        .Where(e => (e.Location == location && e.End == null) || views.Set<StandRow>().Any(s => s.Exhibit == e.Id && s.Location == location && s.Until >= since))
        .OrderBy(e => e.Number).Select(e => e.Id).Take(RecordCount.Most).ToListAsync(cancel);

    /// <summary>What was found, line by line: a label, and behind it the seal that was read. Null where a label is of nothing.</summary>
    public async Task<IReadOnlyList<CountedThing>?> ReadAsync(IReadOnlyList<string> lines, CancellationToken cancel)
    {
        if (lines.Count > RecordCount.Most) return null;
        var read = lines.Select(Read).ToList();
        if (read.Contains(null)) return null;
        var codes = read.Select(r => r!.Value.Code).ToHashSet();
        var found = await views.Set<ExhibitRow>().AsNoTracking().Where(e => codes.Contains(e.Code)).Select(e => new { e.Code, e.Id }).ToDictionaryAsync(e => e.Code, e => e.Id, cancel);
        return found.Count == codes.Count ? [.. read.Select(r => new CountedThing(found[r!.Value.Code], r.Value.Package, r.Value.Seal))] : null;
    }

    // A label may have spaces in it: the longest beginning that is one.
    static (string Code, int? Package, string? Seal)? Read(string line)
    {
        for (var end = line.Length; end > 0; end = line.LastIndexOfAny([' ', '\t', ';', ','], end - 1))
        {
            if (ExhibitCode.Read(line[..end]) is { } label) return (label.Code, label.Package, ExhibitTexts.Kept(line[end..].Trim(' ', '\t', ';', ',')));
        }

        return null;
    }
}
