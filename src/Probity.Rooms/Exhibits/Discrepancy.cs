using System.Globalization;
using Probity.Exhibits.Contract;
using Probity.Ledger;
using Probity.Shared.Record;

namespace Probity.Exhibits;

/// <summary>Where a discrepancy stands. What nothing explains is settled, and released only where two say why it may go all the same.</summary>
internal enum DiscrepancyStage { None, Open, Answered, Settled, ReleaseAsked, Released }

/// <summary>
/// Something that does not fit, as a matter of its own: it is filed together with the act that showed it, goes to the integrity officer past
/// the unit, and is settled by two people from outside it.
/// </summary>
internal sealed record Discrepancy : IState<Discrepancy>
{
    public static Discrepancy Initial { get; } = new();

    public Guid Id { get; init; }
    public DiscrepancyFound? Found { get; init; }
    public DateTimeOffset At { get; init; }
    public DiscrepancyStage Stage { get; init; }
    public DiscrepancyAnswered? Answer { get; init; }
    public Guid? AnsweredBy { get; init; }

    /// <summary>The second person, who agreed to the answer.</summary>
    public Guid? SettledBy { get; init; }
    public string? Returned { get; init; }

    /// <summary>Why it may go though nothing explains it, and who says so.</summary>
    public string? Release { get; init; }
    public Guid? ReleaseAskedBy { get; init; }
    public Guid? ReleasedBy { get; init; }

    /// <summary>Who said what waits for a second person: the answer, or that it may go.</summary>
    public Guid? SaidBy => Stage switch { DiscrepancyStage.Answered => AnsweredBy, DiscrepancyStage.ReleaseAsked => ReleaseAskedBy, _ => null };

    /// <summary>Whether two from outside have found that nothing explains it, and nobody has asked that it may go.</summary>
    public bool IsUnexplained => Stage == DiscrepancyStage.Settled && Answer is not { Explained: true };

    /// <summary>
    /// Whether its exhibit stays where it is for it: it is open, or nothing explains it and two have not said that it may go all the same. What one person claims
    /// alone keeps nothing: else a stranger could stop any destruction.
    /// </summary>
    public bool Blocks => Found?.Kind != DiscrepancyKind.Claim && (IsUnexplained || Stage is DiscrepancyStage.Open or DiscrepancyStage.Answered or DiscrepancyStage.ReleaseAsked);

    /// <summary>The stream of what an act of an exhibit showed; the same finding has the same.</summary>
    public static StreamId StreamOf(Guid exhibit, string key) => new(Streams.Derive(exhibit, "discrepancy/" + key));

    /// <summary>
    /// What was read of a seal, by whom: nobody where it is what the record has. Neither is the truth before it is answered. Empty for what is no seal.
    /// </summary>
    public IReadOnlyList<(Guid? By, string? Seal)> SealReadings => Found switch
    {
        { Kind: DiscrepancyKind.Seal or DiscrepancyKind.SealUnread, People: [var giver, var taker], Expected: var given, Found: var taken } => [(giver, given), (taker, taken)],
        { Kind: DiscrepancyKind.Seal or DiscrepancyKind.SealUnread, People: [var reader], Expected: var recorded, Found: var read } => [(null, recorded), (reader, read)],
        _ => [],
    };

    public Discrepancy Apply(Recorded recorded) => recorded.Event switch
    {
        // Found once more after it was settled, it is a matter again: no settlement is made beforehand.
        DiscrepancyFound e when Stage is DiscrepancyStage.None or DiscrepancyStage.Settled or DiscrepancyStage.Released => Initial with { Id = recorded.Stream.Value, Found = e, At = recorded.When, Stage = DiscrepancyStage.Open },
        DiscrepancyAnswered e => this with { Answer = e, AnsweredBy = recorded.Actor.Value, Stage = DiscrepancyStage.Answered },
        DiscrepancySettled { Agrees: true } => this with { Stage = DiscrepancyStage.Settled, SettledBy = recorded.Actor.Value },
        DiscrepancySettled e => this with { Stage = DiscrepancyStage.Open, Returned = e.Reasons },
        DiscrepancyReleaseAsked e => this with { Stage = DiscrepancyStage.ReleaseAsked, Release = e.Reasons, ReleaseAskedBy = recorded.Actor.Value, Returned = null },
        DiscrepancyReleased { Agrees: true } => this with { Stage = DiscrepancyStage.Released, ReleasedBy = recorded.Actor.Value },
        DiscrepancyReleased e => this with { Stage = DiscrepancyStage.Settled, Release = null, Returned = e.Reasons },
        _ => this,
    };
}

/// <summary>Finds what does not fit. Pure: the same record shows the same.</summary>
internal static class Discrepancies
{
    /// <summary>Something found, under a key that it has whenever it is found.</summary>
    internal sealed record Finding(string Key, DiscrepancyKind Kind, int? Package, string? Expected, string? Found, IReadOnlyList<Guid> People, string? Note)
    {
        /// <summary>The count that showed it.</summary>
        public Guid? Count { get; init; }
    }

    /// <summary>
    /// How near to a count two moves of one thing are remarkable: out of the place before it, and back after it. As long as a half may wait on a device, which is
    /// as long as the record may learn of either late; who borrows a thing for a count brings it back sooner.
    /// </summary>
    public static readonly TimeSpan AroundCount = TimeSpan.FromDays(7);

    /// <summary>The entries for what a further half of a hand-over shows, that was not to be seen before it.</summary>
    public static IEnumerable<Filing> Of(Exhibit exhibit, SignedHalf half)
    {
        var before = Of(exhibit, exhibit.Chain).Select(f => f.Key).ToHashSet();
        var found = Of(exhibit, exhibit.ChainWith(half)).Where(f => !before.Contains(f.Key)).ToList();
        if (IsLoneClaim(exhibit, half))
            found.Add(new Finding($"claim/{half.Half}", DiscrepancyKind.Claim, null, null, null, [half.Signer, half.From, half.To, exhibit.Chain.Holder], null));
        if (half is Release release) found.AddRange(AgainstRecord(exhibit, release));
        if (half is Receipt { Discrepancy: { } stated } receipt)
            found.Add(new Finding($"stated/{half.Half}", DiscrepancyKind.Stated, null, null, null, [receipt.From, receipt.To], stated));
        return found.SelectMany(f => File(exhibit, f));
    }

    // One for each signer, however many they sign. Who has it may have it taken from them in either order, but not by anybody unnamed on its way to be destroyed.
    static bool IsLoneClaim(Exhibit exhibit, SignedHalf half)
    {
        var chain = exhibit.ChainWith(half);
        bool Is(SignedHalf h) => chain.IsStray(h) || (h is Receipt && h.From == chain.Holder && exhibit.Destruction is { IsDone: false } && chain.Alone.Any(a => a.Half == h.Half));
        return Is(half) && !chain.Alone.Any(h => h.Half != half.Half && h.Signer == half.Signer && Is(h));
    }

    /// <summary>
    /// The entries for what shows once a half counts no longer: a hand-over that rested on it; and what was not found at its place in a count, because it was said
    /// to be given away.
    /// </summary>
    public static IEnumerable<Filing> OfWithdrawal(Exhibit exhibit, SignedHalf half, Store store)
    {
        var before = Of(exhibit, exhibit.Chain).Select(f => f.Key).ToHashSet();
        var found = Of(exhibit, (exhibit with { Withdrawn = exhibit.Withdrawn.Add(half.Half) }).Chain).Where(f => !before.Contains(f.Key)).ToList();
        if (half is Release && exhibit.Location is { } place && store.Locations.TryGetValue(place, out var location) && location.CountedAt > half.Recorded)
            found.Add(new Finding($"uncounted/{half.Half}", DiscrepancyKind.Missing, null, location.Name, null, [half.From, half.To], null));
        return found.SelectMany(f => File(exhibit, f));
    }

    /// <summary>Under what key a weighing's matter is filed: there is one, whatever it is that does not fit.</summary>
    public static string WeightKey(Guid act) => $"weight/{act}";

    /// <summary>
    /// The entry for a weighing that does not fit: it differs from the last one of its kind by more than both uncertainties together, and by more than what is
    /// around it may weigh otherwise where it was opened; or net, packaging and gross do not fit each other.
    /// </summary>
    public static IEnumerable<Filing> Of(Exhibit exhibit, Reading reading)
    {
        if (exhibit.Compare(reading) is { Differs: true } compared)
            return OfWeight(exhibit, reading, compared.Earlier, compared.Expected, reading.Mass, compared.Difference, compared.Allowed);
        // Only what this weighing shows: what one before it showed is a matter already.
        return NetAgainstGross.Of(exhibit with { Readings = exhibit.Readings.Add(reading) }) is [.., var fault] && fault.Reading == reading
            ? OfWeight(exhibit, reading, fault.Earlier, fault.Expected, fault.Net, fault.Difference, fault.Allowed) : [];
    }

    /// <summary>The entry for what all weighings together are short of, though no two of them are.</summary>
    public static IEnumerable<Filing> OfAccount(Exhibit exhibit, Reading reading, Balancing.MassStep of) => OfWeight(
        exhibit, reading, exhibit.Readings.FirstOrDefault(r => r.Act == of.Earlier) ?? reading, new Grams(reading.Mass.Value - of.Difference.Value), reading.Mass, new Grams(of.Difference.Value), of.Difference.Uncertainty);

    static Filing[] OfWeight(Exhibit exhibit, Reading reading, Reading earlier, Grams expected, Grams found, Grams difference, Grams allowed) => File(exhibit, new Finding(
        WeightKey(reading.Act), DiscrepancyKind.Weight, reading.Package, expected.ToString(), found.ToString(), [earlier.Weigher, reading.Weigher],
        string.Create(CultureInfo.InvariantCulture, $"{difference} ± {allowed}")));

    /// <summary>
    /// The entries for a result that says another substance than was recorded or than another result did, or whose purity has shifted. Results of one
    /// package of what was seized are held against each other, whichever sample they are of. That nothing controlled was found is such a result: what was
    /// seized as a drug and is none may have been another thing from the first, or have been exchanged.
    /// </summary>
    public static IEnumerable<Filing> Of(Exhibit exhibit, Analysis analysis, Guid reviewer, IEnumerable<Exhibit> family)
    {
        var found = analysis.Found;
        var earlier = family.Append(exhibit)
            .SelectMany(e => e.Results.Where(r => r.Id != analysis.Id).Select(r => (Result: r, Package: e.RootPackageOf(r.Package))))
            .Where(r => r.Package is null || exhibit.RootPackageOf(analysis.Package) is not { } own || r.Package == own)
            .OrderBy(r => r.Result.ReviewedAt).Select(r => r.Result).ToList();
        var other = earlier.Select(r => r.Found).Prepend(exhibit.Substance).FirstOrDefault(s => s is not null && s != found);
        var shift = earlier.Where(r => r.Found == found).Select(r => r.PurityShift(analysis)).FirstOrDefault(s => s is not null);
        return other is null && shift is null ? [] : File(exhibit, new Finding(
            $"substance/{analysis.Id}", DiscrepancyKind.Substance, analysis.Package, other ?? found, found,
            [analysis.Analyst, reviewer, exhibit.Origin?.Seizer ?? exhibit.Seizer, exhibit.Seizer], shift));
    }

    /// <summary>The entry for what the laboratory weighed and does not fit what was weighed before.</summary>
    public static IEnumerable<Filing> OfNet(Exhibit exhibit, Analysis analysis)
    {
        if (Balancing.MassCourse.NetOf(exhibit, analysis) is not { } reading) return [];
        // It is weighed before any of it is used up.
        return Of(exhibit with { Taken = exhibit.Taken.RemoveAll(t => t.Analysis == analysis.Id) }, reading);
    }

    /// <summary>The entry for an analysis that used up more than one needs.</summary>
    public static IEnumerable<Filing> OfUse(Exhibit exhibit, Analysis analysis, Guid reviewer) => File(exhibit, new Finding(
        $"used/{analysis.Id}", DiscrepancyKind.Used, analysis.Package, new Grams(MassRules.UsedGrams).ToString(), (analysis.Consumed + exhibit.UsedUnsaid(analysis.Package, analysis.Id)).ToString(), [analysis.Analyst, reviewer], analysis.UsedReason));

    /// <summary>The entry for what a countersigner says was not so.</summary>
    public static IEnumerable<Filing> OfObjection(Exhibit exhibit, Guid act, Guid by, Guid signer, string objection) => File(exhibit, new Finding(
        ObjectionKey(act, signer, exhibit.Version), DiscrepancyKind.Objection, null, null, null, [by, signer], objection));

    /// <summary>The matter of an objection that was signed when the exhibit had so many entries.</summary>
    public static Guid ObjectionOf(Guid exhibit, Guid act, Guid signer, long version) => Discrepancy.StreamOf(exhibit, ObjectionKey(act, signer, version)).Value;

    static string ObjectionKey(Guid act, Guid signer, long version) => $"objection/{act}/{signer}/{version}";

    /// <summary>The entries for packages whose seals read otherwise where they are to be destroyed; what is read anew is a matter anew.</summary>
    public static IEnumerable<Filing> OfDestruction(Exhibit exhibit, IReadOnlyList<SealedPackage> read, Guid reader, DateTimeOffset now) =>
        Differing([.. exhibit.SealsAt(now).Where(p => read.Any(r => r.Number == p.Number))], read).SelectMany(d => File(exhibit, new Finding(
            $"seal/{exhibit.Destruction!.Id}/{d.Package}/{exhibit.Version}", DiscrepancyKind.Seal, d.Package, d.Expected, d.Found, [reader], null)));

    /// <summary>The entry for what was left of a destruction and is more than was burned.</summary>
    public static IEnumerable<Filing> OfResidue(Exhibit exhibit, Grams burned, Grams left, Guid by, string explanation) => File(exhibit, new Finding(
        $"residue/{exhibit.Destruction!.Id}", DiscrepancyKind.Residue, null, burned.ToString(), left.ToString(), [by], explanation));

    /// <summary>
    /// The entry for what comes back to a place that was counted while it was elsewhere on the record, if it went out shortly before and comes back shortly after:
    /// no count saw it. Not where it was analysed meanwhile.
    /// </summary>
    public static IEnumerable<Filing> OfReturn(Exhibit exhibit, Exhibit after, Guid by, Store store, DateTimeOffset now)
    {
        if (after.Place is not { } place || exhibit.Place == place || store.Locations.GetValueOrDefault(place) is not { LastCount: { } count } location) return [];
        var stay = exhibit.Stood.ToList().FindLastIndex(s => s.Place == place);
        if (stay < 0 || stay + 1 == exhibit.Stood.Length) return [];
        var left = exhibit.Stood[stay + 1].Since;
        return (left > count.Begun && !count.Unseen.Contains(exhibit.Id)) || left < count.Begun - AroundCount || now > count.At + AroundCount || exhibit.Analyses.Any(a => a.At > left) ? [] : File(exhibit, new Finding(
            $"around/{count.Id}", DiscrepancyKind.Moved, null, location.Name, exhibit.Place is { } other ? store.Locations.GetValueOrDefault(other)?.Name : null,
            [by, exhibit.Chain.Holder, after.Chain.Holder], null) { Count = count.Id });
    }

    /// <summary>The entry for what a count did not see at its place, and was put elsewhere on the record, or came there, while it was counted and signed.</summary>
    public static IEnumerable<Filing> OfCountedMove(Exhibit exhibit, Guid count, StorageLocation location, Store store) => File(exhibit, new Finding(
        $"moved/{count}", DiscrepancyKind.Moved, null, location.Name, exhibit.Place is { } place ? store.Locations.GetValueOrDefault(place)?.Name : null, [exhibit.Chain.Holder], null) { Count = count });

    /// <summary>The entry for a receipt in another name than the order's: why, in the words of who gave it back.</summary>
    public static IEnumerable<Filing> OfReceipt(Exhibit exhibit, Guid act, Guid by, string receiver, string receipt, string why) => File(exhibit, new Finding(
        $"receipt/{act}", DiscrepancyKind.Receipt, null, receiver, receipt, [by], why));

    /// <summary>The entries for what a count did not find where it should be; or found where it should not, as the record has it <paramref name="elsewhere"/>.</summary>
    public static IEnumerable<Filing> OfCount(Exhibit exhibit, Guid count, StorageLocation location, string? elsewhere) => File(exhibit, elsewhere is null
        ? new Finding($"missing/{count}", DiscrepancyKind.Missing, null, location.Name, null, [exhibit.Chain.Holder, .. location.Keyholders], null) { Count = count }
        : new Finding($"misplaced/{count}", DiscrepancyKind.Misplaced, null, elsewhere, location.Name, [exhibit.Chain.Holder], null) { Count = count });

    /// <summary>The entries for seals that a count read otherwise.</summary>
    public static IEnumerable<Filing> OfCountSeals(Exhibit exhibit, Guid count, IEnumerable<(int Package, string Expected, string Read)> seals) => seals.SelectMany(s => File(
        exhibit, new Finding($"seal/{count}/{s.Package}", DiscrepancyKind.Seal, s.Package, s.Expected, s.Read, [exhibit.Chain.Holder], null) { Count = count }));

    /// <summary>The stream of what <see cref="OfReplay"/> finds: one for each signature and sender, however often they try.</summary>
    public static StreamId StreamOfReplay(Exhibit exhibit, Guid half, Guid sender) => Discrepancy.StreamOf(exhibit.Id, ReplayKey(half, sender));

    /// <summary>The entries for a signature that came again and says something else than what is recorded under its id.</summary>
    public static IEnumerable<Filing> OfReplay(Exhibit exhibit, SignedHalf recorded, SignedHalf again, Guid sender)
    {
        var (package, expected, found) = Differing(recorded.Seals, again.Seals).FirstOrDefault();
        return File(exhibit, new Finding(
            ReplayKey(recorded.Half, sender), DiscrepancyKind.Replayed, package == 0 ? null : package, expected, found,
            [sender, recorded.From, recorded.To, again.From, again.To], null));
    }

    static string ReplayKey(Guid half, Guid sender) => $"replay/{half}/{sender}";

    static IEnumerable<Finding> Of(Exhibit exhibit, CustodyChain chain)
    {
        foreach (var link in chain.Links)
        {
            Guid[] people = [link.Out.From, link.In.To];
            foreach (var (package, expected, found) in Differing(link.Out.Seals, link.In.Seals))
                yield return OtherThanRecorded(exhibit, link.In, package, expected, found) is { } own
                    ? new Finding($"seal/{link.Out.Half}/{link.In.Half}/{package}", DiscrepancyKind.Seal, package, own, found, [link.In.To], null)
                    : new Finding($"seal/{link.Out.Half}/{link.In.Half}/{package}", KindOf(expected, found), package, expected, found, people, null);
            if (chain.IsForked(link))
                yield return new Finding($"fork/{link.Out.Half}", DiscrepancyKind.TwoReceivers, null, null, null, [link.Gap!.Value, .. people], null);
            // Two may sign to each other what neither had, and one of them beforehand that they took it: only who had it can say that.
            else if (link is { Gap: { } had, Bridged: false })
                yield return new Finding($"gap/{link.Out.Half}", DiscrepancyKind.Gap, null, null, null, [had, .. people], null);
        }
    }

    /// <summary>What the two who handed over read differently, or one of them did not look at: the package, what the giver read, and what the taker did.</summary>
    public static IEnumerable<(int Package, string? Given, string? Taken)> SealsOf(CustodyLink link) => Differing(link.Out.Seals, link.In.Seals);

    /// <summary>What somebody read otherwise than the record has it, or did not look at: the package, what the record has, and what they read.</summary>
    public static IEnumerable<(int Package, string? Recorded, string? Read)> SealsOf(Exhibit exhibit, SignedHalf half) => Differing(exhibit.SealsAt(half.At), half.Seals);

    static IEnumerable<Finding> AgainstRecord(Exhibit exhibit, Release release) => SealsOf(exhibit, release).Select(d => new Finding(
        $"seal/{release.Half}/{d.Package}", KindOf(d.Recorded, d.Read), d.Package, d.Recorded, d.Read, [release.From], null));

    // A giver who did not look hides nothing: what the taker read is then held against the record.
    static string? OtherThanRecorded(Exhibit exhibit, Receipt receipt, int package, string? given, string? taken) =>
        given is null && taken is not null && exhibit.SealsAt(receipt.At).FirstOrDefault(p => p.Number == package)?.Seal is { } own
        && ExhibitTexts.SealAsRead(own) != ExhibitTexts.SealAsRead(taken) ? own : null;

    // That nobody looked, or could read it, is another thing than another number.
    static DiscrepancyKind KindOf(string? expected, string? found) => expected is null || found is null ? DiscrepancyKind.SealUnread : DiscrepancyKind.Seal;

    // Every package has to be there with its seal; one that nobody looked at is missing.
    static IEnumerable<(int Package, string? Expected, string? Found)> Differing(IReadOnlyList<SealedPackage> expected, IReadOnlyList<SealedPackage> found) =>
        expected.Concat(found).Select(p => p.Number).Distinct().Order()
            .Select(n => (n, expected.FirstOrDefault(p => p.Number == n)?.Seal, found.FirstOrDefault(p => p.Number == n)?.Seal))
            .Where(d => d.Item2 is null || d.Item3 is null || ExhibitTexts.SealAsRead(d.Item2) != ExhibitTexts.SealAsRead(d.Item3));

    // The finding, and its place in the exhibit's list.
    static Filing[] File(Exhibit exhibit, Finding finding)
    {
        var stream = Discrepancy.StreamOf(exhibit.Id, finding.Key);
        return
        [
            Exhibit.FilingOf(stream.Value, exhibit.Case, new DiscrepancyFound(
                exhibit.Id, exhibit.Case, exhibit.Number, finding.Kind, finding.Package, finding.Expected, finding.Found,
                [.. finding.People.Distinct()], finding.Note, finding.Count)),
            Exhibit.FilingOf(DiscrepancyList.StreamOf(exhibit.Id).Value, exhibit.Case, new DiscrepancyListed(stream.Value)),
        ];
    }
}
