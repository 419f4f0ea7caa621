using Probity.Access.Contract;
using Probity.Exhibits.Contract;

namespace Probity.Exhibits.Disposing;

/// <summary>
/// Which weighings others may be held against. Two vouch for it, and they are not those who keep the thing and their colleagues: who keeps a thing does not
/// choose the figure that it is held against.
/// </summary>
internal static class WeighingTrust
{
    /// <summary>Whether a weighing counts as one that later ones are held against.</summary>
    public static bool Is(Reading reading, ExhibitFacts facts)
    {
        var exhibit = facts.Exhibit;
        if (facts.Family.Append(exhibit).Select(e => e.Acts.GetValueOrDefault(reading.Act)).FirstOrDefault(a => a is not null)
            is not { SignedBy: { } signer, SignedAt: { } at, Objection: null }) return false;
        if (IsOutside(signer, at, reading, facts) || IsOutside(reading.Weigher, reading.At, reading, facts)) return true;
        // Before anybody else had it, by others than who has it now.
        var holder = exhibit.Chain.Holder;
        if (FitsSeizure(reading, exhibit)) return true;
        return NetAgainstGross.IsOfSeizure(exhibit, reading) && reading.Weigher != holder && signer != holder && !IsFirstNetOfOpened(reading, exhibit);
    }

    /// <summary>
    /// Whether it is a net mass that two of those who keep it could have chosen: the first of what was opened, or of what nobody weighed net at its seizure,
    /// without anybody from elsewhere. It stands, and counts as no weighing to hold others against.
    /// </summary>
    public static bool IsAwaited(Reading reading, ExhibitFacts facts) => reading.Kind == MassKind.Net && facts.Exhibit.Origin is null && facts.Exhibit.IsVouchedFor(reading.Act)
        && !(NetAgainstGross.IsOfSeizure(facts.Exhibit, reading) && !IsFirstNetOfOpened(reading, facts.Exhibit)) && !Is(reading, facts) && facts.Exhibit.Readings.All(r => r.Kind != MassKind.Net || r.Package != reading.Package || !Is(r, facts));

    /// <summary>The net masses that are awaited so, of each package the newest.</summary>
    public static IReadOnlyList<Reading> Awaited(ExhibitFacts facts) =>
        [.. facts.Exhibit.Readings.Where(r => IsAwaited(r, facts)).GroupBy(r => r.Package).Select(g => g.Last())];

    // Of no unit in which its holder has a post: neither who has it now, nor who had it then, unless that was the laboratory.
    static bool IsOutside(Guid person, DateTimeOffset at, Reading reading, ExhibitFacts facts)
    {
        var exhibit = facts.Exhibit;
        var holders = new HashSet<Guid> { exhibit.Chain.Holder };
        if (!WasAtLaboratory(reading.At, facts)) holders.Add(HolderAt(exhibit, reading.At));
        return !holders.Contains(person)
            && !facts.Register.PostsOf(person, at).Any(theirs => holders.Any(h => facts.Register.PostsOf(h, at).Any(own => own.Unit == theirs.Unit)));
    }

    static bool IsFirstNetOfOpened(Reading reading, Exhibit exhibit) => reading.Kind == MassKind.Net
        && exhibit.Reseals.Any(s => (reading.Package is null || s.Package == reading.Package) && s.Entry < reading.Entry)
        && !exhibit.Readings.Any(r => r.Kind == MassKind.Net && r.Package == reading.Package && r.Entry < reading.Entry && exhibit.Reseals.All(s => s.Package != r.Package || s.Entry > r.Entry));

    // What the seizer's own weighings of gross and packaging leave, less what was taken since.
    static bool FitsSeizure(Reading reading, Exhibit exhibit) =>
        NetAgainstGross.OfSeizure(exhibit, reading) is { Differs: false } held && !MassUncertainty.IsTooLarge(held.Allowed.Value, held.Expected.Value);

    static Guid HolderAt(Exhibit exhibit, DateTimeOffset at) => exhibit.Chain.Links.LastOrDefault(l => l.In.At < at)?.In.To ?? exhibit.Seizer;

    // Whoever signs that it went there says nothing of who took it: an analyst does.
    static bool WasAtLaboratory(DateTimeOffset at, ExhibitFacts facts) => facts.Exhibit.Chain.Links.LastOrDefault(l => l.In.At < at) is { Out.Purpose: Purpose.Laboratory } link
        && facts.Register.PostsOf(link.In.To, at).Any(p => p.Role == Role.Analyst);
}
