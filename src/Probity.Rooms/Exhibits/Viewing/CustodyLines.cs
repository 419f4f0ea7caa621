using Probity.Exhibits.Contract;
using Probity.Exhibits.Disposing;
using Probity.Shared;

namespace Probity.Exhibits.Viewing;

/// <summary>The chain of custody and the weighings of an exhibit in words, for every page that shows them.</summary>
internal static class CustodyLines
{
    /// <summary>From hand to hand, beginning with who seized it, as far as the reader may know.</summary>
    public static List<ChainLine> Of(ExhibitFacts facts) => Of(facts, link => ExhibitAccess.SeesFaults(facts, link));

    /// <summary>The same with all that does not fit: for an exhibit's story, which is guarded by itself.</summary>
    public static List<ChainLine> OfStory(ExhibitFacts facts) => Of(facts, _ => true);

    static List<ChainLine> Of(ExhibitFacts facts, Func<CustodyLink, bool> seesFaults)
    {
        var (exhibit, chain) = (facts.Exhibit, facts.Exhibit.Chain);
        var lines = new List<ChainLine>
        {
            new(facts.Register.NameOf(exhibit.Seizer), exhibit.SeizedAt, chain.Links.FirstOrDefault(l => !l.IsClaim)?.Out.At ?? exhibit.EndedAt, ExhibitsText.Of(exhibit.Origin is null ? "chain.seized" : "chain.drawn"), null, []),
        };
        // What was before the register was taken over is nobody's on this record.
        if (exhibit.FromRegister is { } origin)
        {
            lines[0] = lines[0] with
            {
                How = ExhibitWords.Say("takeover.chain", origin.Stated.Line, facts.Register.NameOf(origin.Countersigner)), Place = PlaceOf(origin.Stated.Location, facts),
                Notes = [(ExhibitsText.Of("takeover.chain.before"), Tone.Attention)],
            };
        }

        foreach (var (i, link) in chain.Links.Index())
        {
            var notes = new List<(string, Tone)>();
            if (link.Gap is { } gap)
                notes.Add((ExhibitWords.Say(link.Bridged ? "chain.bridged" : "chain.gap", facts.Register.NameOf(gap), facts.Register.NameOf(link.Out.From)), Tone.Urgent));
            if (link.IsClaim) notes.Add((ExhibitWords.Say("chain.claim", facts.Register.NameOf(chain.Holder)), Tone.Urgent));
            if (link.Out.KeptOnDevice || link.In.KeptOnDevice) notes.Add((ExhibitsText.Of("chain.kept"), Tone.Neutral));
            if (seesFaults(link))
            {
                notes.AddRange(Discrepancies.SealsOf(link).Select(s => (ExhibitWords.Say(
                    "chain.seals-differ", s.Package, facts.Register.NameOf(link.Out.From), ExhibitWords.ReadSeal(s.Given), facts.Register.NameOf(link.In.To), ExhibitWords.ReadSeal(s.Taken)), Tone.Urgent)));
            }

            // Whoever stated it knows what they wrote.
            if (link.In.Discrepancy is { } stated && (seesFaults(link) || facts.Actor.Person == link.In.To)) notes.Add((ExhibitWords.Say("chain.stated", stated), Tone.Attention));
            lines.Add(new ChainLine(
                facts.Register.NameOf(link.In.To), link.In.At,
                // A claim lasts until its own next one, and is nobody's hand now.
                chain.Links.Skip(i + 1).FirstOrDefault(l => l.IsClaim == link.IsClaim && (!l.IsClaim || l.Out.From == link.In.To))?.Out.At ?? (link.IsClaim ? null : exhibit.EndedAt),
                ExhibitWords.Say(link.Out.Authority is null ? "chain.passed" : "chain.passed-by", facts.Register.NameOf(link.Out.From), ExhibitWords.Of(link.Out.Purpose), link.Out.Authority),
                link.In.Location is { } place ? PlaceOf(place, facts) : null, notes) { IsClaim = link.IsClaim });
        }

        // Whoever had it last answers for it still, and has it no longer as far as anybody saw.
        if (exhibit is { MissedAt: { } missed, IsOver: false } && lines.FindLastIndex(l => l is { IsClaim: false, Until: null }) is >= 0 and var at)
            lines[at] = lines[at] with { NotFound = missed };

        return lines;
    }

    /// <summary>What one person has signed and the other has not. It stands beside the chain, never in it; after a time it is said to be a claim.</summary>
    public static string AloneOf(SignedHalf half, ExhibitFacts facts, When when)
    {
        var (signer, other) = half is Release ? (half.From, half.To) : (half.To, half.From);
        var key = (half is Release, half.IsOverdue(facts.Now)) switch
        {
            (true, false) => "wait.given",
            (true, true) => "wait.given-overdue",
            (false, false) => "wait.taken",
            _ => "wait.taken-overdue",
        };
        return ExhibitWords.Say(key, facts.Register.NameOf(signer), facts.Register.NameOf(other), when.Moment(half.At));
    }

    /// <summary>Each weighing, with its difference to the last one that it can be compared with.</summary>
    public static List<ReadingLine> ReadingsOf(ExhibitFacts facts)
    {
        var (exhibit, faults) = (facts.Exhibit, NetAgainstGross.Of(facts.Exhibit));
        return [.. exhibit.Readings.Select((r, at) =>
        {
            // A sample's first mass was signed where it was drawn from.
            var act = exhibit.Acts.GetValueOrDefault(r.Act);
            var compared = (exhibit with { Readings = [.. exhibit.Readings.Take(at)] }).Compare(r);
            var (mass, uncertainty) = ExhibitWords.Within(r.Mass, r.Uncertainty);
            return new ReadingLine(
                r.At, ExhibitWords.Of(r.Moment), r.Package is { } p ? p.ToString(System.Globalization.CultureInfo.CurrentCulture) : ExhibitsText.Of("weigh.all"),
                ExhibitWords.Of(r.Kind), mass, uncertainty, r.Balance, r.IsOutOfCalibration,
                facts.Register.NameOf(r.Weigher), act?.SignedBy is { } signer ? facts.Register.NameOf(signer) : null, act is { SignedBy: null }, act?.IsOverdue(facts.Now) == true,
                compared is null ? null : Figures.Signed(ExhibitWords.Of(compared.Difference)), compared?.Differs == true || faults.Any(f => f.Reading == r), WeighingTrust.IsAwaited(r, facts));
        })];
    }

    /// <summary>
    /// What it weighs with its packaging and net, as far as all of it was weighed so: of which weighings the figure is the sum where they are of different times, and
    /// whether something was taken from it since.
    /// </summary>
    public static IEnumerable<(string Kind, string Said)> MassesOf(Exhibit exhibit, When when)
    {
        foreach (var kind in (MassKind[])[MassKind.GrossSealed, MassKind.Net])
        {
            if (exhibit.MassOf(kind) is not { } mass) continue;
            var said = ExhibitWords.Of(mass.Mass, mass.Uncertainty);
            if (exhibit.IsLessThan(kind) && exhibit.Readings.LastOrDefault(r => r.Kind == kind) is { } last)
                said = ExhibitWords.Say("show.mass-before", said, when.Day(last.At));
            var times = exhibit.PartsOf(kind).GroupBy(r => (r.Moment, Day: when.Day(r.At))).ToList();
            if (times.Count > 1)
                said = $"{said} – {string.Join("; ", times.Select(t => ExhibitWords.Say(t.Count() == 1 ? "show.mass-part" : "show.mass-parts", PackageNumbers.Said([.. t.Select(r => r.Package!.Value)]), ExhibitWords.Of(t.Key.Moment), t.Key.Day)))}";
            yield return (ExhibitWords.Of(kind), said);
        }
    }

    /// <summary>How many of its packages somebody else has weighed again, and which nobody has; null where it was never weighed.</summary>
    public static string? AgainOf(Exhibit exhibit)
    {
        if (exhibit.Readings.IsEmpty) return null;
        var again = exhibit.WeighedAgain;
        if (exhibit.Packages.Length <= 1) return ExhibitsText.Of(again.Count > 0 ? "story.again-whole" : "story.not-again-whole");
        var rest = exhibit.Packages.Select(p => p.Number).Except(again).ToList();
        return rest.Count == 0 ? ExhibitWords.Say("story.again-all", Figures.Whole(exhibit.Packages.Length))
            : ExhibitWords.Say("story.again", Figures.Whole(again.Count), Figures.Whole(exhibit.Packages.Length), PackageNumbers.Said(rest));
    }

    /// <summary>Whether nobody else has weighed some of it again, so that a loss of that would not show.</summary>
    public static bool IsNotAllAgain(Exhibit exhibit) => !exhibit.Readings.IsEmpty && exhibit.WeighedAgain.Count < Math.Max(1, exhibit.Packages.Length);

    /// <summary>A place of the store by its name.</summary>
    public static string PlaceOf(Guid place, ExhibitFacts facts) => facts.Store.Locations.GetValueOrDefault(place)?.Name ?? "–";
}
