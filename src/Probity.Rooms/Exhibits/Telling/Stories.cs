using Microsoft.EntityFrameworkCore;
using Probity.Exhibits.Analysing;
using Probity.Exhibits.Balancing;
using Probity.Exhibits.Contract;
using Probity.Exhibits.Counting;
using Probity.Exhibits.Listing;
using Probity.Exhibits.Viewing;
using Probity.Ledger;
using Probity.Ledger.Formats;
using Probity.Shared;
using Probity.Shared.Record;

namespace Probity.Exhibits.Telling;

/// <summary>Something in an exhibit's story that has to be explained, and its explanation; null while there is none.</summary>
public sealed record GapLine(DateTimeOffset At, string What, string? Explanation, bool Settled);

/// <summary>Something about the end of an exhibit.</summary>
public sealed record EndLine(string What, string Text);

/// <summary>An entry of the record: its place, what it is, and the sum by which it can be proven.</summary>
public sealed record AnnexLine(long Index, string What, DateTimeOffset Recorded, string By, string Sum, string Href);

/// <summary>An exhibit's story: who held it, every weight, every gap and its explanation; the sums in an annex.</summary>
public sealed record StorySheet(
    Guid Id, string Number, string Case, string What, string Description, string Status, Tone Tone, IReadOnlyList<ChainLine> Chain,
    IReadOnlyList<ReadingLine> Readings, IReadOnlyList<GapLine> Gaps, IReadOnlyList<AnnexLine> Annex, string Checkpoint)
{
    /// <summary>How it ended, or is to end: by which order, where, before whom, and what was left; empty where nothing of it was done.</summary>
    public IReadOnlyList<EndLine> End { get; init; } = [];

    /// <summary>What it weighs, of which weighings that is the sum, and how many packages somebody else has weighed again.</summary>
    public IReadOnlyList<string> Masses { get; init; } = [];

    /// <summary>That nobody else has weighed some of it again, so that a loss of that would not show; null where somebody has.</summary>
    public string? NotAgain { get; init; }

    /// <summary>What the laboratory said of it and of what was drawn from it, the oldest first; what was returned and what waits for a review too.</summary>
    public IReadOnlyList<StoryAnalysis> Analyses { get; init; } = [];
}

/// <summary>An analysis in a story: of what, when it was reported, and what it says.</summary>
public sealed record StoryAnalysis(string Of, DateTimeOffset At, AnalysisLine Line);

/// <summary>Puts the story of an exhibit together, for the page and for the court's bundle.</summary>
internal sealed class Stories(TransparencyLog log, DbContext views, When when)
{
    /// <summary>The story. Nothing is guarded: the caller has to.</summary>
    public async Task<StorySheet> OfAsync(ExhibitFacts facts, CancellationToken cancel)
    {
        var exhibit = facts.Exhibit;
        return new StorySheet(
            exhibit.Id, exhibit.Number, facts.Standing.Case.Number, ExhibitWords.What(exhibit, facts.Family), exhibit.Description, ExhibitWords.Of(exhibit.Status),
            ExhibitWords.ToneOf(exhibit.Status), CustodyLines.OfStory(facts), CustodyLines.ReadingsOf(facts), await GapsAsync(facts, cancel),
            await AnnexAsync(facts, cancel), log.Checkpoint)
        {
            Analyses = [.. facts.Family.Where(e => exhibit.Origin is null || e.Origin?.Parent == exhibit.Id).Prepend(exhibit)
                .SelectMany(e => e.Analyses.Select(a => new StoryAnalysis(e.Number, a.At, AnalysisLine.Of(a, facts, when)))).OrderBy(a => a.At)],
            End = StoryEnd.Of(facts, when),
            Masses = [.. CustodyLines.MassesOf(exhibit, when).Select(m => $"{m.Kind}: {m.Said}."), .. CustodyLines.AgainOf(exhibit) is { } again ? [again] : (string[])[]],
            NotAgain = CustodyLines.IsNotAllAgain(exhibit) ? ExhibitsText.Of("story.not-all-again") : null,
        };
    }

    async Task<IReadOnlyList<GapLine>> GapsAsync(ExhibitFacts facts, CancellationToken cancel)
    {
        var (exhibit, chain) = (facts.Exhibit, facts.Exhibit.Chain);
        string Name(Guid person) => facts.Register.NameOf(person);
        var gaps = new List<GapLine>();
        var account = await AccountAsync(log, facts, cancel);
        if (exhibit.FromRegister is { } origin)
        {
            gaps.Add(new GapLine(exhibit.SeizedAt, ExhibitWords.Say(
                "takeover.gap", origin.Stated.Line, Groups(origin.Taken.Sha256), Name(origin.Taken.Custodian), when.Moment(origin.Taken.Presented), Name(origin.Countersigner)), null, false));
        }

        gaps.AddRange(chain.Links.Where(l => l.Gap is not null).Select(l => new GapLine(
            l.Out.At, ExhibitWords.Say(l.Bridged ? "chain.bridged" : "chain.gap", Name(l.Gap!.Value), Name(l.Out.From))
                + (l.IsClaim ? ". " + ExhibitWords.Say("chain.claim", Name(chain.Holder)) : null), null, false)));
        gaps.AddRange(chain.Alone.Select(h => new GapLine(h.At, CustodyLines.AloneOf(h, facts, when), null, false)));
        gaps.AddRange(exhibit.Acts.Values.Where(a => a.Alone is not null || a.SignedBy is null).Select(a => new GapLine(
            a.At, ExhibitWords.Say(a.SignedBy is null ? "story.unsigned" : "story.alone", Name(a.By), a.Alone ?? "–"),
            a.SignedBy is { } signer ? ExhibitWords.Say("story.signed-later", Name(signer), when.Moment(a.SignedAt!.Value)) : null, a.SignedBy is not null)));
        gaps.AddRange(exhibit.Readings.Where(r => r.IsOutOfCalibration).Select(r => new GapLine(r.At, ExhibitWords.Say("story.uncalibrated", r.Balance, when.Day(r.CalibrationDue)), null, false)));
        if (exhibit.Readings.IsEmpty) gaps.Add(new GapLine(exhibit.SeizedAt, ExhibitsText.Of("show.not-weighed"), null, false));
        foreach (var row in await views.Set<DiscrepancyRow>().AsNoTracking().Where(d => d.Exhibit == exhibit.Id).Select(d => d.Id).ToListAsync(cancel))
        {
            var found = await new RecordSession(log).FoldAsync<Discrepancy>(new StreamId(row), cancel);
            if (found.Found is not { } what) continue;
            var package = what.Package is { } of ? ExhibitWords.Say("story.package", of) : null;
            var note = what.Note is { } noted ? ExhibitWords.Noted(what.Kind, noted) : null;
            var read = found.SealReadings.Select(r => ExhibitWords.SealReadBy(r.By, r.Seal, facts.Register)).ToList();
            var said = read.Count > 0
                ? [package, string.Join("; ", read), note]
                : new[] { package, ExhibitWords.Said(what.Kind, what.Expected), ExhibitWords.Said(what.Kind, what.Found), note };
            var where = read.Count > 0 ? string.Join(". ", said.Where(t => t is not null)) : what.Kind == DiscrepancyKind.Weight
                ? $"{string.Join(": ", new[] { package, string.Join(" → ", said.Skip(1).Take(2).Where(t => t is not null)) }.Where(t => t is { Length: > 0 }))}{(note is null ? "" : ". " + note)}"
                : string.Join(" → ", said.Where(t => t is not null));
            // The account shows the same difference as the matter that the weighing opened: it is one thing, told once.
            if (account is { Matter: { } same } && same == row)
            {
                where += $". {ExhibitWords.Say(account.Noted == note ? "story.grams-same" : "story.grams-too", account.Root, account.Figure)}";
                account = null;
            }

            var explanation = found.Answer is { } answer ? $"{ExhibitsText.Of(answer.Explained ? "discrepancy.explained" : "discrepancy.unexplained")}: {answer.Reasons}" : null;
            if (found is { Stage: DiscrepancyStage.Released, Release: { } why, ReleaseAskedBy: { } asked, ReleasedBy: { } agreed })
                explanation = $"{explanation} {ExhibitWords.Say("story.released", Name(asked), Name(agreed), why)}";
            gaps.Add(new GapLine(
                found.At, $"{ExhibitWords.Of(what.Kind)}: {where}", explanation,
                found.Stage == DiscrepancyStage.Settled && found.Answer is { Explained: true }));
        }

        if (account is not null) gaps.Add(new GapLine(account.At, ExhibitWords.Say("story.grams", account.Root, account.Figure), null, false));
        gaps.AddRange(await UnfinishedAsync(facts, cancel));
        return [.. gaps.OrderBy(g => g.At)];
    }

    // What was read, with all of its digits: elsewhere it is said to the place to which it is known.
    static string? Exact(IEvent? happened) => happened switch
    {
        ExhibitWeighed e => Figure(e.Mass, e.Uncertainty),
        SampleDrawn e => Figure(e.Mass, e.Uncertainty),
        ExhibitSampled e => Figure(e.Mass, e.Uncertainty),
        AnalysisReported { Net: { } net, NetUncertainty: { } uncertainty } => Figure(net, uncertainty),
        _ => null,
    };

    static string Figure(Grams mass, Grams uncertainty) => $": {ExhibitWords.Of(mass)} ± {ExhibitWords.Of(uncertainty)}";

    /// <summary>A difference that the account of the grams shows.</summary>
    /// <param name="Root">The number of what was seized.</param>
    /// <param name="At">When the weighing that showed it was.</param>
    /// <param name="Figure">How much, and its uncertainty.</param>
    /// <param name="Noted">The same as a matter notes it.</param>
    /// <param name="Matter">The matter that this weighing opened of this exhibit, where it is the only one that did not fit.</param>
    sealed record Difference(string Root, DateTimeOffset At, string Figure, string Noted, Guid? Matter);

    // That a count did not find it is no difference of weights: it is a matter of its own.
    static async Task<Difference?> AccountAsync(TransparencyLog log, ExhibitFacts facts, CancellationToken cancel)
    {
        var exhibit = facts.Exhibit;
        IReadOnlyList<Exhibit> family = [exhibit, .. facts.Family];
        if (family.FirstOrDefault(e => e.Id == exhibit.Root) is not { } root || !MassBalance.Applies(root)) return null;
        var balance = (await WeightMatters.ReadAsync(new RecordSession(log), family, cancel)).BalanceOf(family);
        if (balance.State != GramsState.DoesNotAddUp || (balance.Breaks.IsEmpty && balance.Figures is { Less: 0m, More: 0m })) return null;
        var (difference, uncertainty) = (balance.Figures.Unexplained, balance.Figures.Uncertainty);
        return new Difference(
            root.Number, balance.Breaks.IsEmpty ? family.SelectMany(e => e.Readings).Max(r => r.At) : balance.Breaks[0].At,
            balance.Figures == GramsFigures.None ? "–" : GramsWords.Within(difference, uncertainty), ExhibitWords.Of(new Grams(difference), uncertainty),
            balance.Breaks is [var only] && only.Exhibit == exhibit.Id ? Discrepancy.StreamOf(exhibit.Id, Discrepancies.WeightKey(only.Later)).Value : null);
    }

    // What contradicts, or what somebody has begun and another has not signed: no story is without a gap past it.
    async Task<IReadOnlyList<GapLine>> UnfinishedAsync(ExhibitFacts facts, CancellationToken cancel)
    {
        var exhibit = facts.Exhibit;
        var gaps = new List<GapLine>();
        IReadOnlyList<Exhibit> family = [exhibit, .. facts.Family];
        // Its own are told by the count's matter and by the destruction; those of what was drawn from it, or it was drawn from, make its account as doubtful.
        gaps.AddRange(family.Where(e => e.Id != exhibit.Id && e is { MissedAt: not null, IsOver: false }).Select(e => new GapLine(
            e.MissedAt!.Value, ExhibitWords.Say("story.relative-missing", e.Number, when.Day(e.MissedAt.Value), facts.Register.NameOf(e.Chain.Holder)), null, false)));
        gaps.AddRange(family.Where(e => e.Id != exhibit.Id && e.Status == ExhibitStatus.DestructionContested).Select(e => new GapLine(
            e.Destruction!.CarriedOutAt!.Value, ExhibitWords.Say("story.relative-contested", e.Number), null, false)));
        if (exhibit.Destruction is { IsDone: false, CarriedOutAt: { } burned } destruction)
            gaps.Add(new GapLine(burned, ExhibitWords.Say("story.destruction-unsigned", string.Join(", ", destruction.Order.Witnesses.Where(w => !destruction.Signed.ContainsKey(w)).Select(facts.Register.NameOf))), null, false));
        gaps.AddRange(family.Where(e => e.Id == exhibit.Id || e.Origin?.Parent == exhibit.Id).SelectMany(e => e.Analyses.Where(a => a.Stage == AnalysisStage.Reported).Select(a => new GapLine(
            a.At, ExhibitWords.Say("story.review-pending", e.Number, facts.Register.NameOf(a.Analyst)), null, false))));
        foreach (var row in await views.Set<CountRow>().AsNoTracking().Where(c => !c.Signed).ToListAsync(cancel))
        {
            var count = await new RecordSession(log).FoldAsync<StoreCount>(new StreamId(row.Id), cancel);
            if (count.Counted?.Expected.Contains(exhibit.Id) == true)
                gaps.Add(new GapLine(count.At, ExhibitWords.Say("story.count-unsigned", facts.Register.NameOf(count.Counter), facts.Register.NameOf(row.Second)), null, false));
        }

        return gaps;
    }

    // A sum of 64 digits as people compare two of them, and so that it fits a telephone.
    static string Groups(string sum) => string.Join(' ', sum.Chunk(8).Select(part => new string(part)));

    async Task<IReadOnlyList<AnnexLine>> AnnexAsync(ExhibitFacts facts, CancellationToken cancel)
    {
        var lines = new List<AnnexLine>();
        foreach (var entry in await log.ReadStreamAsync(facts.Exhibit.Stream, 0, cancel))
        {
            var recorded = EventTypes.Read(entry);
            lines.Add(new AnnexLine(
                recorded.Index, ExhibitsText.Of("event." + recorded.Type) + Exact(recorded.Event), recorded.At, facts.Register.NameOf(recorded.Actor.Value),
                MerkleTree.LeafHash(HeaderEncoding.LeafEntry((await log.ReadHeaderAsync(recorded.Index, cancel))!.Value.Span)).ToString(), FormattableString.Invariant($"/exhibits/{facts.Exhibit.Id:D}/receipt/{recorded.Index}")));
        }

        return lines;
    }
}
