using System.Collections.Immutable;
using Probity.Cases.Contract;
using Probity.Shared.Record;

namespace Probity.Cases;

/// <summary>An element of a charge, and the ids of what proves it.</summary>
internal sealed record Element(Guid Id, string Text, ImmutableArray<Guid> Evidence);

/// <summary>A charge as it reads now, and what the court found on it.</summary>
internal sealed record Charge(Guid Id, string Law, string Article, string Text)
{
    public bool Withdrawn { get; init; }
    public int Amendments { get; init; }
    public ImmutableArray<Element> Elements { get; init; } = [];
    public Verdict? Verdict { get; init; }

    /// <summary>Whether an appeal against its verdict was allowed and no other has been recorded since.</summary>
    public bool IsSetAside { get; init; }

    /// <summary>Whether the court has still to find on it, for the first time or anew.</summary>
    public bool IsUndecided => Verdict is null || IsSetAside;
    public string? Sentence { get; init; }

    /// <summary>What the law and the article are called together.</summary>
    public string Basis => $"{Law}, {Article}";
}

/// <summary>How it stands with an item of the disclosure list.</summary>
internal enum DisclosureState { Open, Disclosed, Withheld }

/// <summary>An item of the disclosure list; <paramref name="Words"/> is to whom it was disclosed, or why it is held back.</summary>
internal sealed record DisclosureItem(EvidenceRef Evidence, DateTimeOffset Listed, DisclosureState State, DateTimeOffset? At = null, string Words = "", string LegalBasis = "");

/// <summary>What became of a hearing.</summary>
internal enum HearingState { Scheduled, Held, Adjourned }

/// <summary>A hearing; <paramref name="Words"/> is the note of it, or why it was put off.</summary>
internal sealed record HearingOf(
    Guid Id, DateTimeOffset At, string Place, string Subject, HearingState State = HearingState.Scheduled, CourtSide? By = null, string Words = "");

/// <summary>Who judges a case, since when and how it came to them.</summary>
internal sealed record JudgeOf(string Name, Guid? Person, AssignedHow How, string? Reasons, DateTimeOffset Since)
{
    /// <summary>Who put that on the record.</summary>
    public Guid? By { get; init; }
}

/// <summary>A judge from whom the case was taken, to whom it went, and who put that on the record.</summary>
internal sealed record JudgeReplaced(JudgeOf Was, JudgeOf Next, Guid By);

/// <summary>What else the court did: a decision on bail, or an appeal and whose it is.</summary>
internal sealed record CourtAct(DateTimeOffset At, BailOutcome? Bail, CourtSide? AppealBy, string Reasons)
{
    /// <summary>What became of the appeal; null while it is open.</summary>
    public AppealOutcome? Ended { get; init; }

    /// <summary>Whether it is an appeal that nobody has decided yet.</summary>
    public bool IsOpenAppeal => AppealBy is not null && Ended is null;
}

/// <summary>The court's part of a case: what is charged, what proves it, what was disclosed, and what the court did.</summary>
internal sealed record CourtFile
{
    public static CourtFile Initial { get; } = new();

    public ImmutableArray<Charge> Charges { get; init; } = [];

    /// <summary>Every piece of evidence that was ever named, by its id.</summary>
    public ImmutableDictionary<Guid, EvidenceRef> Evidence { get; init; } = ImmutableDictionary<Guid, EvidenceRef>.Empty;

    public ImmutableArray<DisclosureItem> Disclosure { get; init; } = [];
    public ImmutableArray<HearingOf> Hearings { get; init; } = [];
    public ImmutableArray<CourtAct> Acts { get; init; } = [];
    public JudgeOf? Judge { get; init; }

    /// <summary>Each time the case was taken from a judge whom the register knows, the oldest first.</summary>
    public ImmutableArray<JudgeReplaced> Replaced { get; init; } = [];

    /// <summary>Whether an appeal was ever allowed: the court then hears and judges again, also in a case that was closed by then.</summary>
    public bool IsTriedAnew { get; init; }

    /// <summary>What was ordered about exhibits, the oldest first; also what was refused or taken back.</summary>
    public ImmutableArray<ExhibitOrder> Orders { get; init; } = [];

    /// <summary>The charges that are upheld.</summary>
    public IEnumerable<Charge> Upheld => Charges.Where(c => !c.Withdrawn);

    /// <summary>Whether something on the list still has to be disclosed or held back: what joins it later makes it so again.</summary>
    public bool DisclosureIsStale => Disclosure.Any(i => i.State == DisclosureState.Open);

    public CourtFile Apply(Recorded recorded) => recorded.Event switch
    {
        ChargeBrought e => this with { Charges = Charges.Add(new Charge(e.Charge, e.Law, e.Article, e.Text)) },
        ChargeAmended e => Change(e.Charge, c => c with { Law = e.Law, Article = e.Article, Text = e.Text, Amendments = c.Amendments + 1 }),
        ChargeWithdrawn e => Change(e.Charge, c => c with { Withdrawn = true }),
        ElementStated e => Change(e.Charge, c => c with { Elements = c.Elements.Add(new Element(e.Element, e.Text, [])) }),
        EvidenceLinked e => Link(e.Element, x => x with { Evidence = x.Evidence.Add(e.Evidence.Id) }) with { Evidence = Evidence.SetItem(e.Evidence.Id, e.Evidence) },
        EvidenceUnlinked e => Link(e.Element, x => x with { Evidence = x.Evidence.Remove(e.Evidence) }),
        DisclosureListed e => this with
        {
            Disclosure = Disclosure.Add(new DisclosureItem(e.Evidence, recorded.When, DisclosureState.Open)), Evidence = Evidence.SetItem(e.Evidence.Id, e.Evidence),
        },
        Disclosed e => Item(e.Items.Contains, i => i with { State = DisclosureState.Disclosed, At = recorded.When, Words = e.To, LegalBasis = "" }),
        DisclosureWithheld e => Item(id => id == e.Item, i => i with { State = DisclosureState.Withheld, At = recorded.When, Words = e.Ground, LegalBasis = e.LegalBasis }),
        HearingScheduled e => this with { Hearings = Hearings.Add(new HearingOf(e.Hearing, e.At, e.Place, e.Subject)) },
        HearingHeld e => End(e.Hearing, h => h with { State = HearingState.Held, Words = e.Note }),
        HearingAdjourned e => End(e.Hearing, h => h with { State = HearingState.Adjourned, By = e.By, Words = e.Reasons }),
        BailDecided e => this with { Acts = Acts.Add(new CourtAct(recorded.When, e.Outcome, null, e.Reasons)) },
        JudgmentGiven e => Change(e.Charge, c => c with { Verdict = e.Verdict, IsSetAside = false, Sentence = c.IsSetAside ? null : c.Sentence }),
        SentencePassed e => Change(e.Charge, c => c with { Sentence = e.Sentence }),
        AppealLodged e => this with { Acts = Acts.Add(new CourtAct(recorded.When, null, e.By, e.Grounds)) },
        AppealDecided e when Acts.FirstOrDefault(a => a.IsOpenAppeal && a.AppealBy == e.By) is { } appeal =>
            (e.Outcome == AppealOutcome.Allowed ? SetAside(recorded.When) : this) with { Acts = Acts.Replace(appeal, appeal with { Ended = e.Outcome }) },
        ExhibitsOrdered e => this with { Orders = Orders.Add(new ExhibitOrder(e, recorded.Actor.Value, recorded.When) 
        {
            IsSeenByJudge = e.By == OrderedBy.Court && Judge?.Person == recorded.Actor.Value, JudgeNamedBy = e.By == OrderedBy.Court ? Judge?.By : null,
        }) },
        ExhibitsOrderConfirmed e => Order(e.Order, o => o with { IsSeenByJudge = true, ConfirmedBy = recorded.Actor.Value, ConfirmedAt = recorded.When }),
        ExhibitsOrderLiftingAsked e => Order(e.Order, o => o with { LiftAskedBy = recorded.Actor.Value }),
        ExhibitsOrderSigned e => Order(e.Order, o => o with { SignedBy = recorded.Actor.Value, SignedAt = recorded.When, IsRefused = !e.Agrees }),
        ExhibitsOrderLifted e => Order(e.Order, o => o with { LiftedAt = recorded.When }),
        JudgeAssigned e => Name(new JudgeOf(e.Name, e.Person, e.How, e.Reasons, recorded.When) { By = recorded.Actor.Value }, recorded.Actor.Value),
        _ => this,
    };

    CourtFile Name(JudgeOf next, Guid by) => this with
    {
        Judge = next, Replaced = Judge is { Person: { } was } && was != next.Person ? Replaced.Add(new JudgeReplaced(Judge, next, by)) : Replaced,
        // What no judge has seen yet waits for this one.
        Orders = [.. Orders.Select(o => o is { Said.By: OrderedBy.Court, IsSeenByJudge: false } ? o with { JudgeNamedBy = by } : o)],
    };

    // With the judgment falls what was ordered on it: the court that judges anew says anew what becomes of its proof.
    CourtFile SetAside(DateTimeOffset at) => this with
    {
        IsTriedAnew = true,
        Charges = [.. Charges.Select(c => c.Verdict is null ? c : c with { IsSetAside = true })],
        Orders = [.. Orders.Select(o => o is { RestsOnJudgment: true, LiftedAt: null, FellAt: null } ? o with { FellAt = at } : o)],
    };

    CourtFile Change(Guid charge, Func<Charge, Charge> change) => this with { Charges = [.. Charges.Select(c => c.Id == charge ? change(c) : c)] };

    CourtFile Link(Guid element, Func<Element, Element> change) => this with
    {
        Charges = [.. Charges.Select(c => c with { Elements = [.. c.Elements.Select(x => x.Id == element ? change(x) : x)] })],
    };

    CourtFile Item(Func<Guid, bool> which, Func<DisclosureItem, DisclosureItem> change) =>
        this with { Disclosure = [.. Disclosure.Select(i => which(i.Evidence.Id) ? change(i) : i)] };

    CourtFile Order(Guid order, Func<ExhibitOrder, ExhibitOrder> change) => this with { Orders = [.. Orders.Select(o => o.Id == order ? change(o) : o)] };

    CourtFile End(Guid hearing, Func<HearingOf, HearingOf> change) => this with { Hearings = [.. Hearings.Select(h => h.Id == hearing ? change(h) : h)] };
}
