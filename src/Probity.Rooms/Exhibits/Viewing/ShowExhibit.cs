using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Access.Contract;
using Probity.Cases.Contract;
using Probity.Exhibits.Analysing;
using Probity.Exhibits.Contract;
using Probity.Exhibits.Disposing;
using Probity.Exhibits.Seizing;
using Probity.Ledger;
using Probity.Shared;
using Probity.Shared.Kit;
using Probity.Shared.Record;
using Probity.Shared.Web;

namespace Probity.Exhibits.Viewing;

/// <summary>One link of the custody chain as the page shows it.</summary>
/// <param name="Holder">Who had it.</param>
/// <param name="From">Since when.</param>
/// <param name="Until">Until when; null while they have it.</param>
/// <param name="How">How it came to them.</param>
/// <param name="Place">Where they kept it.</param>
/// <param name="Notes">What is remarkable about the hand-over, each with its tone.</param>
public sealed record ChainLine(
    string Holder, DateTimeOffset From, DateTimeOffset? Until, string How, string? Place, IReadOnlyList<(string Text, Tone Tone)> Notes)
{
    /// <summary>Whether it moved nothing, because nobody who had it has signed that it came there.</summary>
    public bool IsClaim { get; init; }

    /// <summary>When a count did not find it with them: until then they had it as far as the record shows, and since then nobody can say so.</summary>
    public DateTimeOffset? NotFound { get; init; }
}

/// <summary>One weighing.</summary>
public sealed record ReadingLine(
    DateTimeOffset At, string Moment, string Package, string Kind, string Mass, string Uncertainty, string Balance, bool BalanceOver, string Weigher, string? Witness,
    bool Waiting, bool Overdue, string? Difference, bool Differs, bool Awaited);

/// <summary>One photograph.</summary>
public sealed record PhotoLine(Guid Id, string? About, string By, DateTimeOffset At, string Sha256, bool CanShow);

/// <summary>One sample that was drawn from it.</summary>
public sealed record SampleLine(Guid Id, string Number, string Package, string Mass, string By, DateTimeOffset At);

/// <summary>All that an exhibit's page shows.</summary>
public sealed record ExhibitSheet(
    Guid Id, Guid Case, string Number, string What, string Description, string Status, Tone StatusTone, bool SeesCase, IReadOnlyList<SummaryItem> Facts,
    IReadOnlyList<(int Number, string Seal)> Packages, IReadOnlyList<ChainLine> Chain, IReadOnlyList<string> Waiting, IReadOnlyList<ReadingLine> Readings,
    IReadOnlyList<PhotoLine> Photos, IReadOnlyList<NextStep> Next, IReadOnlyList<Link> Also, string? Done)
{
    /// <summary>The samples drawn from it.</summary>
    public IReadOnlyList<SampleLine> Samples { get; init; } = [];

    /// <summary>How many of its packages somebody else has weighed again; null where it was never weighed.</summary>
    public string? Again { get; init; }

    /// <summary>What was recorded besides what the notice says: what does not fit and where that went, or whose signature lacks; null where nothing is to be said.</summary>
    public string? DoneBesides { get; init; }

    /// <summary>Whether a mass means anything of it.</summary>
    public bool IsWeighed { get; init; } = true;

    /// <summary>What the laboratory said, the newest first.</summary>
    public IReadOnlyList<AnalysisLine> Analyses { get; init; } = [];

    /// <summary>What is remarkable about it, each with its tone.</summary>
    public IReadOnlyList<(string Text, Tone Tone)> Tags { get; init; } = [];
}

/// <summary>Shows an exhibit as it stands on the record now: who had it, what it weighed, and what waits for a signature.</summary>
internal sealed class ShowExhibit(ExhibitDesk desk, TransparencyLog log, When when)
{
    public static void Map(IEndpointRouteBuilder pages) => pages.MapGet(
        "/exhibits/{id:guid}", async (Guid id, string? done, HttpContext http, ShowExhibit slice) =>
        {
            if (SignedInPerson.Of(http.User) is not { } person) return Results.Unauthorized();
            return await slice.ReadAsync(person, id, done, http.RequestAborted) is { } sheet
                ? Rendered.Page<ExhibitPage>(new { Sheet = sheet })
                : Results.NotFound();
        });

    async Task<ExhibitSheet?> ReadAsync(Guid person, Guid id, string? done, CancellationToken cancel)
    {
        if (await desk.OpenAsync(person, id, "exhibits.view", cancel) is not { } facts) return null;
        var exhibit = facts.Exhibit;
        var seizure = (await log.ReadStreamAsync(new StreamId(exhibit.Seizure), 0, cancel)).Select(e => EventTypes.Read(e).Event).OfType<SeizureRecorded>().FirstOrDefault();
        return new ExhibitSheet(
            exhibit.Id, exhibit.Case, exhibit.Number, ExhibitWords.What(exhibit, facts.Family), exhibit.Description, ExhibitWords.Of(exhibit.Status),
            ExhibitWords.ToneOf(exhibit.Status), facts.Standing.Sees, FactsOf(facts, seizure), [.. exhibit.SealsAt(facts.Now).Select(p => (p.Number, p.Seal))],
            CustodyLines.Of(facts), WaitingOf(facts), CustodyLines.ReadingsOf(facts),
            [.. exhibit.Photos.Select(p => new PhotoLine(p.Id, p.About, facts.Register.NameOf(p.By), p.At, p.Sha256, p.MediaType != "image/heic"))],
            [.. ExhibitSteps.Next(facts)], [.. ExhibitSteps.Also(facts)], done)
        {
            Samples = [.. exhibit.Samples.Select(s => new SampleLine(
                s.Id, s.Number, s.Package.ToString(System.Globalization.CultureInfo.CurrentCulture), ExhibitWords.Of(s.Mass, s.Uncertainty), facts.Register.NameOf(s.By), s.At))],
            Analyses = [.. exhibit.Analyses.Reverse().Select(a => AnalysisLine.Of(a, facts, when))], Tags = [.. TagsOf(facts)], IsWeighed = ExhibitSteps.IsWeighed(exhibit), Again = CustodyLines.AgainOf(exhibit), DoneBesides = BesidesOf(done, facts),
        };
    }

    List<SummaryItem> FactsOf(ExhibitFacts facts, SeizureRecorded? seizure)
    {
        var exhibit = facts.Exhibit;
        var items = new List<SummaryItem>
        {
            new(ExhibitsText.Of(exhibit.IsOver || exhibit.IsMissing ? "show.last-holder" : "show.holder"), facts.Register.NameOf(exhibit.Chain.Holder)),
            new(ExhibitsText.Of(exhibit.FromRegister is not null ? "takeover.taken" : exhibit.Origin is null ? "show.seized" : "sample.drawn"), ExhibitWords.Say("show.seized-by", when.Moment(exhibit.SeizedAt), facts.Register.NameOf(exhibit.Seizer))),
        };
        if (exhibit.Chain is var chain && !exhibit.IsOver && chain.Claimants.Where(p => chain.Given.All(r => r.To != p) || chain.Taken.Any(r => r.To == p)).ToList() is { Count: > 0 } claimants)
            items.Insert(1, new(ExhibitsText.Of("show.claimed"), ExhibitWords.Say("show.claimed-by", string.Join(", ", claimants.Select(facts.Register.NameOf)), facts.Register.NameOf(chain.Holder))));
        if (exhibit.FromRegister is { } taken) items.AddRange(StatedLines.Of(taken, facts.Standing.Sees, when));
        if (exhibit.Origin is { } origin)
        {
            items.Add(Linked("sample.from", ExhibitWords.Say("sample.from-package", origin.ParentNumber, origin.Package), $"/exhibits/{origin.Parent:D}"));
            items.Add(new(ExhibitsText.Of("sample.plan"), ExhibitWords.Say("sample.plan-of", origin.Plan, origin.Tested, origin.Units)));
        }

        if (exhibit.Location is { } place && !exhibit.IsOver) items.Insert(1, new(ExhibitsText.Of("show.location"), CustodyLines.PlaceOf(place, facts)));
        else if (exhibit is { Origin: not null, IsOver: false, Location: null }) items.Insert(1, new(ExhibitsText.Of("show.location"), ExhibitWords.Say("show.location-of-sample", facts.Register.NameOf(exhibit.Chain.Holder))));
        items.AddRange(CustodyLines.MassesOf(exhibit, when).Select(m => new SummaryItem(m.Kind, m.Said)));

        foreach (var order in exhibit.IsOver ? [] : facts.Standing.Court.Orders.Where(o => o.Covers(exhibit.Id)))
        {
            var waits = DisposalFacts.CodeOf(facts.Standing.Court.WaitsFor(order, facts.Family.Select(e => e.Id).Append(exhibit.Id)));
            items.Add(new(ExhibitsText.Of(KeyOf(order.Said.Kind)), string.Join(". ", new[] { $"{order.Said.Reference}, {when.Day(order.Said.Ordered)}", order.JudgeNamedBy is { } by ? ExhibitWords.Say("show.order-judge", facts.Register.NameOf(order.By), facts.Register.NameOf(by)) : null,
                waits is null ? null : ExhibitsText.Of(waits) }.OfType<string>())));
        }

        if (exhibit.Quantity is { } quantity) items.Add(new(ExhibitsText.Of("show.quantity"), $"{Figures.Short(quantity.Amount, 4)} {quantity.Unit}"));
        if (exhibit.Forfeiture is { } forfeited) items.Add(new(ExhibitsText.Of("status.forfeited"), $"{forfeited.Order}, {when.Day(forfeited.Ordered)}"));
        if (exhibit.Return is { } given) items.Add(new(ExhibitsText.Of(exhibit.IsForfeited ? "return.state.to" : "return.to"), $"{given.To}, {given.Order}, {when.Day(given.Ordered)}"));
        if (exhibit.Return?.Receipt is { } receipt) items.Add(new(ExhibitsText.Of("return.receipt"), receipt));
        if (exhibit.Destruction is { } destruction)
            items.Add(Linked("destroy.order", $"{destruction.Order.Order}, {when.Day(destruction.Order.Ordered)}", $"/exhibits/{exhibit.Id:D}/destruction"));
        // Where it was found belongs to the case: who only has the thing in hand need not know it.
        if (seizure is not null && facts.Standing.Sees)
        {
            items.Add(new(ExhibitsText.Of("seizure.place"), string.Join(", ", new[] { ExhibitWords.Of(seizure.Place), seizure.City, seizure.Region, CountryCodes.NameOf(seizure.Country) }.Where(t => t is not null))));
            items.Add(new(ExhibitsText.Of("seizure.transport"), ExhibitWords.Of(seizure.Transport)));
            if (seizure.Container is { } container) items.Add(new(ExhibitsText.Of("seizure.container"), container));
        }

        return items;
    }

    static SummaryItem Linked(string key, string text, string href) => new(ExhibitsText.Of(key), builder =>
    {
        builder.OpenElement(0, "a");
        builder.AddAttribute(1, "class", "pb-link");
        builder.AddAttribute(2, "href", href);
        builder.AddContent(3, text);
        builder.CloseElement();
    });

    static IEnumerable<(string, Tone)> TagsOf(ExhibitFacts facts)
    {
        if (facts.Exhibit.FromRegister is not null) yield return (ExhibitsText.Of("takeover.tag"), Tone.Neutral);
        if (facts.Exhibit.Chain.Alone.Any(h => h.IsOverdue(facts.Now))) yield return (ExhibitsText.Of("tag.one-signature"), Tone.Urgent);
        if (facts.Exhibit.IsSubmittedLateAmong(facts.Family)) yield return (ExhibitsText.Of("tag.submitted-late"), Tone.Attention);
        if (facts.Exhibit.IsReturnedSlowly(facts.Now)) yield return (ExhibitsText.Of("tag.returned-slowly"), Tone.Attention);
    }

    static string ActOf(Guid act, Exhibit exhibit) => ExhibitsText.Of(
        exhibit.Samples.Any(s => s.Act == act) ? "act.sample"
        : exhibit.Readings.Any(r => r.Act == act) ? "act.weighing"
        : exhibit.Reseals.Any(r => r.Act == act) ? "act.seal"
        : exhibit.Return?.Act == act ? "act.return" : "act.unnamed");

    List<string> WaitingOf(ExhibitFacts facts)
    {
        var chain = facts.Exhibit.Chain;
        var lines = new List<string>();
        lines.AddRange(chain.Given.Concat<SignedHalf>(chain.Taken).Select(h => CustodyLines.AloneOf(h, facts, when)));
        lines.AddRange(facts.Exhibit.Acts.Values.Where(a => a.SignedBy is null).OrderBy(a => a.At).Select(a => AwaitedOf(a, facts.Exhibit, facts)));
        // A sample is drawn by an act of what it was drawn from: while that lacks its second signature, so does the sample.
        if (DrawingOf(facts) is { } drawing) lines.Add(AwaitedOf(drawing.Act, drawing.Parent, facts));
        return lines;
    }

    static (WitnessedAct Act, Exhibit Parent)? DrawingOf(ExhibitFacts facts) =>
        facts.Exhibit.Origin is { } origin && facts.Family.FirstOrDefault(e => e.Id == origin.Parent) is { } parent
        && parent.Samples.FirstOrDefault(s => s.Id == facts.Exhibit.Id) is { } drawn && parent.Acts.GetValueOrDefault(drawn.Act) is { SignedBy: null } act ? (act, parent) : null;

    string AwaitedOf(WitnessedAct act, Exhibit of, ExhibitFacts facts) => act.Witness is { } witness
        ? ExhibitWords.Say("wait.signature", facts.Register.NameOf(witness), when.Moment(act.At + WitnessedAct.Within), ActOf(act.Act, of))
        : ExhibitWords.Say("wait.deputy", when.Moment(act.At + WitnessedAct.Within), ActOf(act.Act, of));

    // For who has just signed alone: what they typed themselves beside what the record has. What the other of a hand-over read, they are not told.
    string? BesidesOf(string? done, ExhibitFacts facts)
    {
        var (exhibit, me) = (facts.Exhibit, facts.Actor.Person);
        return done switch
        {
            "taken" when exhibit.Receipts.LastOrDefault(r => r.To == me) is { } own => DiffersOf(exhibit, own, own.Discrepancy, exhibit.Chain.Links.Any(l => l.In.Half == own.Half)),
            "given" when exhibit.Releases.LastOrDefault(r => r.From == me) is { } own => DiffersOf(exhibit, own, null, isTold: true),
            "sampled" when exhibit.Samples is [.., var drawn] && exhibit.Acts.GetValueOrDefault(drawn.Act) is { SignedBy: null } act => AwaitedOf(act, exhibit, facts),
            "weighed" when exhibit.Readings is [.., var weighed] && exhibit.Acts.GetValueOrDefault(weighed.Act) is { SignedBy: null } act => AwaitedOf(act, exhibit, facts),
            _ => null,
        };
    }

    static string? DiffersOf(Exhibit exhibit, SignedHalf own, string? stated, bool isTold)
    {
        var seals = Discrepancies.SealsOf(exhibit, own).Select(s => ExhibitWords.Say("done.seal-differs", s.Package, ExhibitWords.ReadSeal(s.Read), s.Recorded is { } recorded ? ExhibitWords.Seal(recorded) : "–")).ToList();
        List<string> said = stated is null ? seals : [.. seals, stated];
        return said.Count == 0 ? null : ExhibitWords.Say(isTold || seals.Count == 0 ? "done.differs" : "done.differs-later", string.Join("; ", said));
    }

    static string KeyOf(ExhibitOrderKind kind) => kind switch
    {
        ExhibitOrderKind.Destroy => "show.order-destroy", ExhibitOrderKind.Return => "show.order-return", _ => "show.order-forfeit",
    };
}
