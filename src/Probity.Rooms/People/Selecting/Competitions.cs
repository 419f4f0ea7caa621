using System.Collections.Immutable;
using Probity.Ledger;
using Probity.People.Contract;
using Probity.Shared.Record;

namespace Probity.People.Selecting;

/// <summary>A commander's wish that a post be filled by a competition.</summary>
internal sealed record CompetitionRequest(Guid Id, Guid Post, string Reason, Guid By, DateTimeOffset At);

/// <summary>All competitions of the agency: one stream, so that a posting expects one version.</summary>
internal sealed record Competitions : IStreamState<Competitions>
{
    /// <summary>The stream.</summary>
    public static StreamId Stream { get; } = new(new Guid("d1ec7084-0000-8000-8000-000000000055"));

    public static Competitions Initial { get; } = new();

    public ImmutableDictionary<Guid, Competition> All { get; init; } = ImmutableDictionary<Guid, Competition>.Empty;

    /// <summary>What commanders asked for and nobody has drawn up yet.</summary>
    public ImmutableList<CompetitionRequest> Requests { get; init; } = [];
    public long Version { get; init; }

    /// <summary>Where what somebody from outside wrote lies, and what is said of it.</summary>
    public static CompartmentId OutsidersOf(Guid competition) => new(Streams.Derive(competition, "applications from outside"));

    public Competitions Apply(Recorded recorded) => Happen(recorded) with { Version = recorded.Version };

    Competitions Happen(Recorded r) => r.Event switch
    {
        CompetitionAsked e => this with { Requests = Requests.Add(new CompetitionRequest(e.Request, e.Post, e.Reason, r.Actor.Value, r.At)) },
        CompetitionDrawnUp e => this with
        {
            All = All.SetItem(e.Competition, new Competition(e.Competition, e.Number, e.Plan, r.Actor.Value)
            {
                AskedBy = (All.GetValueOrDefault(e.Competition)?.AskedBy ?? []).Union(RequestsOf(e).Select(q => q.By)),
                Drew = (All.GetValueOrDefault(e.Competition)?.Drew ?? []).Add(r.Actor.Value), DrawnAt = All.GetValueOrDefault(e.Competition)?.DrawnAt ?? r.At,
                Since = All.GetValueOrDefault(e.Competition)?.Since ?? RequestsOf(e).Select(q => q.At).Append(r.At).Min(),
                Drawn = (All.GetValueOrDefault(e.Competition)?.Drawn ?? 0) + 1, Story = (All.GetValueOrDefault(e.Competition)?.Story ?? []).Add(new Happening("drawn-up", r.Actor.Value, r.At)),
            }),
            Requests = Requests.RemoveAll(q => q.Id == e.Request || e.Plan.Posts.Contains(q.Post)),
        },
        // What was asked since it was drawn up is answered by it too.
        CompetitionFrozen e => Change(e.Competition, c => c with { FrozenBy = r.Actor.Value, FrozenAt = r.At, Commitment = e.Commitment, Sat = [.. c.Panel], AskedBy = AskersOf(c) }).Tell(e.Competition, "frozen", r) with
        {
            Requests = All.TryGetValue(e.Competition, out var frozen) ? Requests.RemoveAll(q => frozen.Plan.Posts.Contains(q.Post)) : Requests,
        },
        ApplicationNumbered e => Change(e.Competition, c => c with { Applications = c.Applications.Add(new Application(e.Number, null, null, [], r.At, r.Actor.Value)) }),
        ApplicationFiled e => Change(e.Competition, c => c with
        {
            Applications = c.Applications.ConvertAll(a => a.Number == e.Number ? a with { Person = e.Person, Name = e.Name, Answers = [.. e.Answers] } : a),
        }),
        ApplicationScored e => Change(e.Competition, c => c.Score(e.Application, r.Actor.Value, e.Scores)),
        ScoresOpened e => Change(e.Competition, c => c with { OpenedAt = r.At, StepSince = r.At, Seed = e.Seed, Replacements = [] }).Tell(e.Competition, "opened", r),
        SpreadExplained e => Change(e.Competition, c => c with { Explained = c.Explained.SetItem((e.Application, e.Criterion), e.Reason) }),
        // What was asked of a member who is late lapses with the step that they take.
        RankingProposed e => Change(e.Competition, c => c with { StepSince = r.At, Replacements = [], Proposals = c.Proposals + 1, Proposal = new Proposal([.. e.Order], e.Departs, e.Reason, r.Actor.Value, r.At) })
            .Tell(e.Competition, e.Departs ? "departure-proposed" : "proposed", r, e.Reason),
        RankingSeconded e => Change(e.Competition, c => c with { Proposal = c.Proposal! with { SecondedBy = r.Actor.Value }, Replacements = [] }).Tell(e.Competition, "seconded", r),
        RankingReturned e => Change(e.Competition, c => c with { Proposal = null, StepSince = r.At, Replacements = [] }).Tell(e.Competition, "returned", r, e.Reason),
        DepartureAgreed e => Change(e.Competition, c => c with { Departures = c.Departures + 1 }).Tell(e.Competition, "departure-agreed", r),
        RankingAdopted e => Change(e.Competition, c => c with { AdoptedAt = r.At, AppealUntil = e.AppealUntil, HoldsUntil = e.HoldsUntil }).Tell(e.Competition, "adopted", r),
        ScorerReplacementAsked e => Change(e.Competition, c => c with { Replacements = c.Replacements.Add(new(e.Replacement, e.Application, e.Out, e.In, e.Reason, r.Actor.Value, r.At, e.Policy is not null)) })
            .Tell(e.Competition, e.Policy is null ? "replacement-asked" : "replacement-asked-late", r, e.Reason),
        ScorerReplaced e => All.GetValueOrDefault(e.Competition)?.Replacements.Find(p => p.Id == e.Replacement) is { IsLate: true } late
            ? Change(e.Competition, c => c.Replace(e.Replacement, r.At, e.Keeps == true)).Tell(e.Competition, "replaced-late", r, late.Reason)
            : Change(e.Competition, c => c.Replace(e.Replacement, r.At, e.Keeps == true)).Tell(e.Competition, "replaced", r),
        // It is told of whoever asked, also where it shows when a second person answers.
        ScorerNamedInVain e => Change(e.Competition, c => c with
        {
            Story = c.Story.Add(new Happening(Competition.InVain, c.Replacements.Find(p => p.Id == e.Replacement)?.By ?? r.Actor.Value, r.At, e.Reason)), Replacements = c.Replacements.RemoveAll(p => p.Id == e.Replacement),
        }),
        ScorerReplacementReturned e => Change(e.Competition, c => c with { Replacements = c.Replacements.RemoveAll(p => p.Id == e.Replacement) }).Tell(e.Competition, "replacement-returned", r, e.Reason),
        RankingAppealed e => Change(e.Competition, c => c with { Appeals = c.Appeals.Add(new RankingAppeal(e.Appeal, e.Application, e.Reason, r.At)), Appealed = c.Appealed + 1 }).Tell(e.Competition, "appealed", r),
        PanelNamed { Appeal: { } appeal } e => ChangeAppeal(e.Competition, appeal, a => a with { Panel = [.. e.Members], NamedAt = r.At, Votes = a.Votes.RemoveAll(v => !e.Members.Contains(v.By)) })
            .Tell(e.Competition, e.Policy is null ? "appeal-panel" : "appeal-panel-late", r).Settle(e.Competition, appeal, r),
        PanelNamed e => Change(e.Competition, c => c.Anew([.. e.Members], e.Commitment, r.At)).Tell(e.Competition, "anew-panel", r),
        RankingAppealAnswered e => ChangeAppeal(e.Competition, e.Appeal, a => a with { Votes = a.Votes.RemoveAll(v => v.By == r.Actor.Value).Add(new AppealVote(r.Actor.Value, e.Confirms, e.Reason)) }).Settle(e.Competition, e.Appeal, r),
        _ => this,
    };

    // Whoever asked for one of its posts asked for it, whether or not the drawing up names the request.
    IEnumerable<CompetitionRequest> RequestsOf(CompetitionDrawnUp e) => Requests.Where(q => q.Id == e.Request || e.Plan.Posts.Contains(q.Post));

    /// <summary>Who asked for one of the posts of a competition to be filled: before it was drawn up or since, until it is frozen; also where another drawing up that nobody froze took the request over.</summary>
    public ImmutableHashSet<Guid> AskersOf(Competition competition) => competition.FrozenBy is null ? competition.AskedBy.Union(AskersOf(competition.Plan.Posts)) : competition.AskedBy;

    /// <summary>The same of posts that are to be in a competition.</summary>
    public IEnumerable<Guid> AskersOf(IReadOnlyList<Guid> posts) => Requests.Where(q => posts.Contains(q.Post)).Select(q => q.By)
        .Concat(All.Values.Where(c => c.FrozenBy is null && c.Plan.Posts.Any(posts.Contains)).SelectMany(c => c.AskedBy));

    Competitions Change(Guid id, Func<Competition, Competition> change) => All.TryGetValue(id, out var known) ? this with { All = All.SetItem(id, change(known)) } : this;

    Competitions ChangeAppeal(Guid id, Guid appeal, Func<RankingAppeal, RankingAppeal> change) =>
        Change(id, c => c with { Appeals = c.Appeals.ConvertAll(a => a.Id == appeal ? change(a) : a) });

    Competitions Tell(Guid id, string what, Recorded r, string? text = null) => Change(id, c => c with { Story = c.Story.Add(new Happening(what, r.Actor.Value, r.At, text)) });

    // Scoring anew ends every other appeal: they get what they asked for.
    Competitions Settle(Guid id, Guid appeal, Recorded r) => All.GetValueOrDefault(id)?.Appeals.Find(a => a.Id == appeal)?.Confirmed switch
    {
        true => Tell(id, "appeal-confirmed", r),
        false => Change(id, c => c with { AnewSince = r.At }).Tell(id, "appeal-anew", r),
        null => this,
    };
}
