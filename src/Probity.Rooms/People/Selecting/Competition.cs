using System.Collections.Immutable;
using Probity.Access.Contract;
using Probity.People.Contract;

namespace Probity.People.Selecting;

/// <summary>How far a competition has come; those that follow from the day are worked out.</summary>
internal enum CompetitionStage { Drawn, Frozen, Open, Scoring, Opened, Proposed, Seconded, Adopted, Anew, Empty, Late }

/// <summary>An application; what was erased has no answers any more.</summary>
internal sealed record Application(int Number, Guid? Person, string? Name, ImmutableArray<string> Answers, DateTimeOffset At, Guid By)
{
    public bool IsErased => Answers.IsDefaultOrEmpty;
}

/// <summary>A ranking that waits for a second member or an overseer, or holds.</summary>
internal sealed record Proposal(ImmutableArray<int> Order, bool Departs, string? Reason, Guid By, DateTimeOffset At)
{
    public Guid? SecondedBy { get; init; }
}

/// <summary>Somebody else who is to score: one application, or all; or who is to do what is left to do once scores are opened.</summary>
internal sealed record Replacement(Guid Id, int? Application, Guid Out, Guid In, string Reason, Guid By, DateTimeOffset At, bool IsLate);

/// <summary>What a member of an appeal's panel said.</summary>
internal sealed record AppealVote(Guid By, bool Confirms, string Reason);

/// <summary>An appeal of an applicant.</summary>
internal sealed record RankingAppeal(Guid Id, int Application, string Reason, DateTimeOffset At)
{
    public ImmutableList<Guid> Panel { get; init; } = [];
    public DateTimeOffset? NamedAt { get; init; }
    public ImmutableList<AppealVote> Votes { get; init; } = [];

    /// <summary>Whether the ranking stands: more than half of the panel have to say so. Null while somebody has not answered.</summary>
    public bool? Confirmed => Panel.IsEmpty || Votes.Count < Panel.Count ? null : 2 * Votes.Count(v => v.Confirms) > Panel.Count;
}

/// <summary>Something that happened in a competition, for its story.</summary>
internal sealed record Happening(string What, Guid By, DateTimeOffset At, string? Text = null);

/// <summary>A competition for a post, or for posts alike.</summary>
internal sealed record Competition(Guid Id, string Number, CompetitionPlan Plan, Guid DrawnBy)
{
    /// <summary>What the story calls it that somebody was named to score who cannot come in.</summary>
    public const string InVain = "named-in-vain";

    /// <summary>For how many days what was drawn up and not frozen keeps its posts.</summary>
    public const int DraftDays = 30;

    /// <summary>Who asked for one of its posts to be filled.</summary>
    public ImmutableHashSet<Guid> AskedBy { get; init; } = [];

    /// <summary>When it was asked for, or first drawn up: a like post that was created after that is treated as one of its own.</summary>
    public DateTimeOffset Since { get; init; }

    /// <summary>Everybody who drew it up, the first time or anew.</summary>
    public ImmutableHashSet<Guid> Drew { get; init; } = [DrawnBy];

    /// <summary>When it was first drawn up.</summary>
    public DateTimeOffset DrawnAt { get; init; }

    /// <summary>How often it was drawn up: whoever freezes it says which of them they read.</summary>
    public int Drawn { get; init; } = 1;
    public Guid? FrozenBy { get; init; }
    public DateTimeOffset? FrozenAt { get; init; }
    public string? Commitment { get; init; }

    /// <summary>Which scoring this is, from 1; an appeal can order another.</summary>
    public int Round { get; init; } = 1;

    /// <summary>Who scores; the first is in the chair.</summary>
    public ImmutableList<Guid> Panel { get; init; } = [.. Plan.Panel];

    /// <summary>All who ever sat in a panel that scored.</summary>
    public ImmutableHashSet<Guid> Sat { get; init; } = [];
    public ImmutableDictionary<(int Application, Guid Seat), Guid> Stands { get; init; } = ImmutableDictionary<(int, Guid), Guid>.Empty;
    public ImmutableList<Application> Applications { get; init; } = [];
    public ImmutableList<Replacement> Replacements { get; init; } = [];
    public DateTimeOffset? OpenedAt { get; init; }
    public string? Seed { get; init; }
    public ImmutableDictionary<(int Application, int Criterion), string> Explained { get; init; } = ImmutableDictionary<(int, int), string>.Empty;
    public Proposal? Proposal { get; init; }

    /// <summary>How many rankings were asked for: whoever answers says which of them they read.</summary>
    public int Proposals { get; init; }
    public DateTimeOffset? AdoptedAt { get; init; }
    public DateTimeOffset? AppealUntil { get; init; }
    public DateTimeOffset? HoldsUntil { get; init; }
    public ImmutableList<RankingAppeal> Appeals { get; init; } = [];

    /// <summary>Since when an appeal's panel has ordered scoring anew and nobody is named for it.</summary>
    public DateTimeOffset? AnewSince { get; init; }

    /// <summary>When whoever came into the panel later did.</summary>
    public ImmutableDictionary<Guid, DateTimeOffset> Joined { get; init; } = ImmutableDictionary<Guid, DateTimeOffset>.Empty;

    /// <summary>Since when the panel has had its next step to take, once scores are opened.</summary>
    public DateTimeOffset? StepSince { get; init; }

    /// <summary>Who acts for a seat since the scores were opened: they stay those of whoever gave them.</summary>
    public ImmutableDictionary<Guid, Guid> Acts { get; init; } = ImmutableDictionary<Guid, Guid>.Empty;

    /// <summary>Who explains, asks for a ranking and seconds it; the first is in the chair.</summary>
    public ImmutableList<Guid> Acting => Acts.IsEmpty ? Panel : Panel.ConvertAll(p => Acts.GetValueOrDefault(p, p));
    public ImmutableList<Happening> Story { get; init; } = [];

    /// <summary>How many appealed, and how often a ranking was adopted that departs from the scores.</summary>
    public int Appealed { get; init; }
    public int Departures { get; init; }

    // Nobody but the functions below reads them: they say nothing of another's before all are in.
    internal ImmutableDictionary<(int Application, Guid Scorer), ImmutableArray<CriterionScore>> Sealed { private get; init; } =
        ImmutableDictionary<(int, Guid), ImmutableArray<CriterionScore>>.Empty;

    /// <summary>The moment from which applications are taken, and from which they are late.</summary>
    public DateTimeOffset OpensAt => new(Plan.Opens, TimeOnly.MinValue, TimeSpan.Zero);
    // A last day that has no day after it was recorded before days were bounded: such a competition never closes, and its page and the list are read all the same.
    public DateTimeOffset ClosesAt => Plan.Closes == DateOnly.MaxValue ? DateTimeOffset.MaxValue : new(Plan.Closes.AddDays(1), TimeOnly.MinValue, TimeSpan.Zero);
    public bool IsOpened => OpenedAt is not null;

    /// <summary>Whether nobody may be posted from it: an appeal waits for its answer, or all is scored anew.</summary>
    public bool IsAppealOpen => Appeals.Any(a => a.Confirmed is null) || (Round > 1 && AdoptedAt is null) || AnewSince is not null;

    /// <summary>Whether its ranking was adopted and posts are still filled from it.</summary>
    public bool HoldsAt(DateTimeOffset now) => AdoptedAt is not null && now < HoldsUntil;

    /// <summary>Whether it was drawn up and nobody has frozen it for so long that it keeps its posts for nobody any more.</summary>
    public bool IsStaleAt(DateTimeOffset now) => FrozenBy is null && now - DrawnAt >= TimeSpan.FromDays(DraftDays);

    /// <summary>
    /// Whether what it says goes for a post: it names it, or the post was created since, with the role of one of its own and in that one's unit or below it. Another title is no other post; posts that were there
    /// before and are not named are none of its business.
    /// </summary>
    public bool Covers(Guid post, Register register) => Plan.Posts.Contains(post) || (register.Posts.TryGetValue(post, out var twin) && twin.Created > Since
        && Plan.Posts.Any(p => register.Posts.TryGetValue(p, out var named) && named.Role == twin.Role && register.IsWithin(twin.Unit, named.Unit)));

    /// <summary>How far it has come at a moment.</summary>
    public CompetitionStage StageAt(DateTimeOffset now) =>
        AnewSince is not null ? CompetitionStage.Anew
        : AdoptedAt is not null ? CompetitionStage.Adopted
        : Proposal is { SecondedBy: not null } ? CompetitionStage.Seconded
        : Proposal is not null ? CompetitionStage.Proposed
        : IsOpened ? CompetitionStage.Opened
        : FrozenBy is null ? now >= OpensAt ? CompetitionStage.Late : CompetitionStage.Drawn
        : now < OpensAt ? CompetitionStage.Frozen
        : now < ClosesAt ? CompetitionStage.Open
        : ToScore.Any() ? CompetitionStage.Scoring : CompetitionStage.Empty;

    /// <summary>The applications that can be scored.</summary>
    public IEnumerable<Application> ToScore => Applications.Where(a => !a.IsErased);

    public Application? Find(int number) => Applications.Find(a => a.Number == number);

    /// <summary>The application of somebody of the register, or null.</summary>
    public Application? Of(Guid person) => Applications.Find(a => a.Person == person);

    /// <summary>Who scores an application in a seat of the panel.</summary>
    public Guid ScorerOf(int application, Guid seat) => Stands.GetValueOrDefault((application, seat), seat);

    /// <summary>Everybody who scores an application.</summary>
    public IEnumerable<Guid> ScorersOf(int application) => Panel.Select(seat => ScorerOf(application, seat));

    /// <summary>Everybody who scores anything here.</summary>
    public IEnumerable<Guid> Scorers => Panel.Concat(Stands.Values).Distinct();

    /// <summary>Whether somebody scores anything here, or acts for who did.</summary>
    public bool Scores(Guid person) => Panel.Contains(person) || Stands.ContainsValue(person) || Acts.ContainsValue(person);

    /// <summary>What somebody gave themselves, or nothing.</summary>
    public ImmutableArray<CriterionScore> Own(int application, Guid person) => Sealed.GetValueOrDefault((application, person), []);

    public bool HasScored(int application, Guid person) => Sealed.ContainsKey((application, person));

    /// <summary>Whether somebody has scored all that they had to: their scores stay, whatever becomes of them.</summary>
    public bool HasScoredAll(Guid person) => Sealed.Keys.Any(k => k.Scorer == person) && ToScore.All(a => !ScorersOf(a.Number).Contains(person) || HasScored(a.Number, person));

    /// <summary>How often somebody asked for a scorer who could not come in.</summary>
    public int NamedInVain(Guid person) => Story.Count(s => s.What == InVain && s.By == person);

    /// <summary>Everybody's scores of an application, in an order that does not say whose they are; none before all are opened.</summary>
    public IReadOnlyList<ImmutableArray<CriterionScore>> OpenedScores(int application) => !IsOpened ? []
        : [.. ScorersOf(application).Where(s => HasScored(application, s)).Select(s => Sealed[(application, s)]).OrderBy(s => string.Join(',', s.Select(c => c.Points)), StringComparer.Ordinal)];

    /// <summary>The rank that the scores come to; empty before they are opened.</summary>
    public IReadOnlyList<Ranked> Ranks()
    {
        var scores = Applications.Select(a => (a.Number, Scores: OpenedScores(a.Number))).Where(a => a.Scores.Count == Panel.Count)
            .ToDictionary(a => a.Number, a => (IReadOnlyList<IReadOnlyList<int>>)[.. a.Scores.Select(s => (IReadOnlyList<int>)[.. s.Select(c => c.Points)])]);
        return Ranking.Of([.. Plan.Criteria.Select(c => c.Weight)], Plan.TieCriterion, scores, Seed is { } seed ? Ranking.Lot(seed, [.. Applications.Select(a => a.Number)]) : null);
    }

    /// <summary>Where the scores lie too far apart and the panel has not said why.</summary>
    public IEnumerable<(int Application, int Criterion)> Unexplained() => Applications.SelectMany(a => Plan.Criteria.Index().Select(c => (a.Number, c.Index)))
        .Where(at => IsFar(at.Number, at.Index) && !Explained.ContainsKey((at.Number, at.Index)));

    /// <summary>Whether the scores of a criterion lie too far apart.</summary>
    public bool IsFar(int application, int criterion) => OpenedScores(application) is { Count: > 0 } scores
        && scores.Max(s => s[criterion].Points) - scores.Min(s => s[criterion].Points) > Ranking.Spread;

    /// <summary>The order that holds, by application number; empty before it is adopted.</summary>
    public ImmutableArray<int> Order => AdoptedAt is null ? [] : Proposal!.Order;

    /// <summary>The same without what people of the register said who were erased since.</summary>
    public Competition Without(Register register) => Applications.Any(a => a.Person is { } p && register.People.GetValueOrDefault(p) is null or { IsErased: true } && !a.IsErased)
        ? this with { Applications = Applications.ConvertAll(a => a.Person is { } p && register.People.GetValueOrDefault(p) is null or { IsErased: true } ? a with { Answers = [] } : a) } : this;

    internal Competition Score(int application, Guid scorer, IEnumerable<CriterionScore> scores) => this with { Sealed = Sealed.SetItem((application, scorer), [.. scores]) };

    // Once scores are opened they stay. Before that what was given stays too, unless whoever gave it is barred, or left before that was so.
    internal Competition Replace(Guid id, DateTimeOffset at, bool keeps)
    {
        if (Replacements.Find(r => r.Id == id) is not { } replacement) return this;
        var left = this with { Replacements = Replacements.Remove(replacement), Joined = Joined.SetItem(replacement.In, at) };
        return IsOpened ? left.Act(replacement.Out, replacement.In) : left.Put(replacement.Application, replacement.Out, replacement.In, keeps);
    }

    /// <summary>The same with somebody who does what is left to do in another's place.</summary>
    internal Competition Act(Guid leaves, Guid comes) => this with { Acts = Acts.SetItem(Panel[Acting.IndexOf(leaves)], comes), Sat = Sat.Add(comes) };

    /// <summary>The same with somebody in another's place: for one application, or wherever the other scores; where scores are kept, wherever the other has not scored.</summary>
    internal Competition Put(int? application, Guid leaves, Guid comes, bool keeps = false)
    {
        var after = this with { Sat = Sat.Add(comes) };
        if (application is { } number)
            return after with { Stands = Stands.SetItem((number, Panel.Find(p => ScorerOf(number, p) == leaves)), comes), Sealed = Sealed.Remove((number, leaves)) };
        var stands = ImmutableDictionary.CreateBuilder<(int Application, Guid Seat), Guid>();
        foreach (var ((of, seat), scorer) in Stands)
        {
            // Who stood in for the one who leaves stays where they have scored.
            if (seat == leaves && !(keeps && HasScored(of, scorer))) continue;
            stands[(of, seat == leaves ? comes : seat)] = scorer != leaves || (keeps && HasScored(of, leaves)) ? scorer : comes;
        }

        if (keeps && Panel.Contains(leaves))
        {
            foreach (var (of, _) in Sealed.Keys.Where(k => k.Scorer == leaves && !Stands.ContainsKey((k.Application, leaves)) && ScorersOf(k.Application).Contains(leaves))) stands.TryAdd((of, comes), leaves);
        }

        return after with
        {
            Panel = Panel.ConvertAll(p => p == leaves ? comes : p), Stands = stands.ToImmutable(), Sealed = keeps ? Sealed : Sealed.RemoveRange(Sealed.Keys.Where(k => k.Scorer == leaves)),
        };
    }

    internal Competition Anew(ImmutableList<Guid> panel, string? commitment, DateTimeOffset at) => this with
    {
        Panel = panel, Sat = Sat.Union(panel), Commitment = commitment, Round = Round + 1, Joined = panel.ToImmutableDictionary(p => p, _ => at), StepSince = null, Acts = Acts.Clear(), Stands = Stands.Clear(), Sealed = Sealed.Clear(), OpenedAt = null, Seed = null,
        Explained = Explained.Clear(), Proposal = null, AdoptedAt = null, AppealUntil = null, HoldsUntil = null, AnewSince = null, Appeals = [], Replacements = [],
    };
}
