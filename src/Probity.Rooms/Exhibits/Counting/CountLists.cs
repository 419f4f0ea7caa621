using Microsoft.EntityFrameworkCore;
using Probity.Exhibits.Labelling;
using Probity.Exhibits.Listing;

namespace Probity.Exhibits.Counting;

/// <summary>What the lists know of a place: which exhibits to read, and what a label is of.</summary>
internal sealed class CountLists(DbContext views, LabelGuesses guesses)
{
    /// <summary>The exhibits that the list has at a place, or had there at a time or since.</summary>
    public async Task<IReadOnlyList<Guid>> AtAsync(Guid location, DateTimeOffset since, CancellationToken cancel) => await views.Set<ExhibitRow>().AsNoTracking()
        .Where(e => (e.Location == location && e.End == null) || views.Set<StandRow>().Any(s => s.Exhibit == e.Id && s.Location == location && s.Until >= since))
        .OrderBy(e => e.Number).Select(e => e.Id).Take(RecordCount.Most).ToListAsync(cancel);

    /// <summary>
    /// What was found, line by line: a label, and behind it the seal that was read. Null where a label is of nothing; then with the lines that are, from 1. Who tries
    /// too many such is told no more of them.
    /// </summary>
    public async Task<(IReadOnlyList<CountedThing>? Found, IReadOnlyList<int> Unknown)> ReadAsync(Guid person, IReadOnlyList<string> lines, CancellationToken cancel)
    {
        if (lines.Count > RecordCount.Most || guesses.IsBarred(person)) return (null, []);
        var read = lines.Select(Read).ToList();
        var codes = read.OfType<(string Code, int?, string?)>().Select(r => r.Code).ToHashSet();
        var found = await views.Set<ExhibitRow>().AsNoTracking().Where(e => codes.Contains(e.Code)).Select(e => new { e.Code, e.Id }).ToDictionaryAsync(e => e.Code, e => e.Id, cancel);
        List<int> unknown = [.. read.Index().Where(r => r.Item is not { } line || !found.ContainsKey(line.Code)).Select(r => r.Index + 1)];
        if (unknown.Count == 0) return ([.. read.Select(r => new CountedThing(found[r!.Value.Code], r.Value.Package, r.Value.Seal))], []);
        await guesses.MissedAsync(person, unknown.Count, cancel);
        return (null, guesses.IsBarred(person) ? [] : unknown);
    }

    /// <summary>Whether this person has tried too many labels that lead nowhere.</summary>
    public bool IsBarred(Guid person) => guesses.IsBarred(person);

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
