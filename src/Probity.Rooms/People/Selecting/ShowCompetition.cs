using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Access.Contract;
using Probity.Shared;
using Probity.Shared.Kit;
using Probity.Shared.Record;
using Probity.Shared.Web;

namespace Probity.People.Selecting;

/// <summary>A competition: what it asks to everybody, an applicant's own part to them, and its course to those who see it. Nothing of a score before all are opened.</summary>
internal sealed class ShowCompetition(PeopleNames names, SelectionDesk desk, When when)
{
    // With fewer the mean of all would tell what the others had.
    const int LeastForMean = 3;

    public static void Map(IEndpointRouteBuilder pages) =>
        pages.MapGet(ShowCompetitions.Address + "/{id:guid}", (Guid id, HttpContext http, ShowCompetition show) => show.ShowAsync(http, id, [], null, null));

    public async Task<IResult> ShowAsync(HttpContext http, Guid id, IReadOnlyList<FieldError> errors, Outcome? refused, IReadOnlyDictionary<string, string>? typed)
    {
        if (SignedInPerson.Of(http.User) is not { } person) return Results.Unauthorized();
        var facts = await desk.FactsAsync(person, id, http.RequestAborted);
        var sees = facts.Competition is not null && SelectionAccess.Refuses(SelectionAction.See, facts) is null;
        // Whoever was posted when they applied reads what came of it, whatever they hold now.
        if (facts.Competition is not { } competition || !(sees || competition.Of(person) is not null || (competition.FrozenAt is not null && facts.Actor.Posts.Length > 0))) return Results.NotFound();
        if (sees) await desk.OpenedAsync(person, id, http.RequestAborted);
        var sheet = SheetOf(facts, competition, sees) with
        {
            Errors = errors, TurnTo = SelectionForms.TurnTo(refused, facts.Register), Typed = typed ?? new Dictionary<string, string>(),
        };
        return Rendered.Page<CompetitionPage>(new { Sheet = sheet }, errors.Count == 0 ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
    }

    /// <summary>All that a reader is shown.</summary>
    internal CompetitionSheet SheetOf(SelectionFacts facts, Competition c, bool sees)
    {
        var (me, now, register, stage) = (facts.Actor.Person, facts.Now, facts.Register, c.StageAt(facts.Now));
        var sheet = new CompetitionSheet(
            c.Id, c.Number, c.Plan.Title, SelectionText.StageOf(stage), SelectionText.ToneOf(stage), c.Plan.Task.In(CultureInfo.CurrentUICulture), FactsOf(c, register, sees),
            [.. c.Plan.Criteria.Select((k, i) => new CriterionLine(i + 1, k.Name, k.Weight, i == c.Plan.TieCriterion))])
        {
            May = May(facts, c, stage), Drawn = c.Drawn, Own = c.Of(me) is { } mine ? OwnOf(c, mine, facts) : null, SeesCourse = sees,
        };
        if (!sees) return sheet;
        var scores = c.Scores(me) && stage == CompetitionStage.Scoring;
        return sheet with
        {
            Applications = [.. c.Applications.Select(a => new ApplicationLine(
                a.Number, c.IsOpened ? NameOf(a, register) : null, c.ScorersOf(a.Number).Count(s => c.HasScored(a.Number, s)), c.Panel.Count, scores && !a.IsErased ? MineOf(facts, c, a) : null,
                scores && MineOf(facts, c, a) == "score" ? Tone.Attention : Tone.Neutral))],
            Ranks = [.. c.Ranks().Select(r => RankOf(c, r, register))],
            ToExplain = c.IsOpened && c.Acting.Contains(me) ? [.. c.Unexplained().Select(u => (u.Application, u.Criterion, SelectionText.Say("explain-of", u.Application, c.Plan.Criteria[u.Criterion].Name)))] : [],
            Proposal = c.Proposal is { } p ? p.Departs ? SelectionText.Say("departs", p.Reason) : SelectionText.Of("as-scored") : null,
            Proposals = c.Proposals,
            Order = [.. (c.Proposal?.Order ?? []).Select(n => c.Find(n) is { } a ? $"{SelectionText.Say("application-n", n)}: {NameOf(a, register)}" : SelectionText.Say("application-n", n))],
            Needs = sheet.May.Contains("replace") ? NeedsOf(facts, c) : [],
            Replacements = [.. c.Replacements.Select(r => new ReplacementLine(
                r.Id, r.Application is { } n ? SelectionText.Say("replaces-in", register.NameOf(r.In), register.NameOf(r.Out), n) : SelectionText.Say("replaces", register.NameOf(r.In), register.NameOf(r.Out)), r.Reason,
                SelectionAccess.Refuses(SelectionAction.AnswerReplacement, facts) is null && me != r.By && me != r.Out && me != r.In))],
            Appeals = [.. c.Appeals.Select(a => AppealOf(facts, c, a))],
            Outsiders = SelectionAccess.Refuses(SelectionAction.Appeal, facts) is null && stage == CompetitionStage.Adopted && now < c.AppealUntil
                ? [.. c.Applications.Where(a => a.Name is not null && !c.Appeals.Any(q => q.Application == a.Number)).Select(a => new Choice(a.Number.ToString(CultureInfo.InvariantCulture), $"{a.Number} – {a.Name}"))] : [],
            MayNameAnew = c.AnewSince is not null && SelectionAccess.Refuses(SelectionAction.NamePanel, facts) is null,
            People = PersonChoices.First(SelectionForms.People(names, facts), null),
            Story = [.. c.Story.Reverse().Select(s => new TimelineItem(SelectionText.Of("story." + s.What), s.At, register.NameOf(s.By), s.Text))],
        };
    }

    internal static string NameOf(Application application, Register register) =>
        application.IsErased ? SelectionText.Of("erased") : application.Person is { } person ? register.NameOf(person) : SelectionText.Say("outsider", application.Name);

    /// <summary>What a scorer has to do about an application: <c>score</c>, <c>scored</c>, <c>barred</c>, or nothing.</summary>
    internal static string? MineOf(SelectionFacts facts, Competition c, Application a) => !c.ScorersOf(a.Number).Contains(facts.Actor.Person) ? null
        : facts.IsOut(c, facts.Actor.Person) || facts.Bar(facts.Actor.Person, a) is not null ? "barred" : c.HasScored(a.Number, facts.Actor.Person) ? "scored" : "score";

    static HashSet<string> May(SelectionFacts facts, Competition c, CompetitionStage stage)
    {
        var may = new HashSet<string>();
        Add("draw", SelectionAction.DrawUp, c.FrozenBy is null && (c.DrawnBy == facts.Actor.Person || c.IsStaleAt(facts.Now)));
        Add("freeze", SelectionAction.Freeze, stage == CompetitionStage.Drawn);
        Add("apply", SelectionAction.Apply, stage == CompetitionStage.Open && c.Of(facts.Actor.Person) is null);
        Add("outsider", SelectionAction.ApplyForOutsider, stage == CompetitionStage.Open);
        Add("replace", SelectionAction.AskReplacement, stage is CompetitionStage.Frozen or CompetitionStage.Open or CompetitionStage.Scoring or CompetitionStage.Opened or CompetitionStage.Proposed);
        Add("open", SelectionAction.Open, stage == CompetitionStage.Scoring && facts.AreAllIn(c));
        Add("propose", SelectionAction.Propose, stage == CompetitionStage.Opened && !c.Unexplained().Any());
        Add("second", SelectionAction.Second, stage == CompetitionStage.Proposed);
        Add("agree", SelectionAction.AgreeDeparture, stage == CompetitionStage.Seconded);
        return may;

        void Add(string what, SelectionAction action, bool now)
        {
            if (now && SelectionAccess.Refuses(action, facts) is null) may.Add(what);
        }
    }

    List<SummaryItem> FactsOf(Competition c, Register register, bool sees)
    {
        var facts = new List<SummaryItem>
        {
            new(SelectionText.Of("posts"), string.Join("; ", c.Plan.Posts.Select(p => ShowCompetitions.PostOf(p, register)))), new(SelectionText.Of("column.places"), Figures.Whole(c.Plan.Places)),
            new(SelectionText.Of("days"), SelectionText.Say("days-of", when.Day(c.Plan.Opens), when.Day(c.Plan.Closes))), new(SelectionText.Of("tie"), SelectionText.Say("tie-of", c.Plan.Criteria[c.Plan.TieCriterion].Name)),
        };
        if (sees) facts.Add(new(SelectionText.Of("panel"), string.Join(", ", c.Acting.Select((p, i) => i == 0 ? SelectionText.Say("in-chair", register.NameOf(p)) : register.NameOf(p)))));
        if (sees && c.Commitment is { } commitment) facts.Add(new(SelectionText.Of("commitment"), commitment));
        if (sees && c.Seed is { } seed) facts.Add(new(SelectionText.Of("seed"), seed));
        if (c.AppealUntil is { } until) facts.Add(new(SelectionText.Of("appeal-until"), when.Moment(until)));
        return facts;
    }

    static OwnSheet OwnOf(Competition c, Application mine, SelectionFacts facts)
    {
        var scores = c.AdoptedAt is null ? [] : c.OpenedScores(mine.Number);
        var all = c.Applications.Select(a => c.OpenedScores(a.Number)).Where(s => s.Count > 0).ToList();
        var lines = scores.Count == 0 ? [] : c.Plan.Criteria.Select((k, i) => new OwnLine(
            k.Name, string.Join(", ", scores.Select(s => s[i].Points).Order()), Mean(scores.Sum(s => s[i].Points), scores.Count),
            all.Count < LeastForMean ? null : Mean(all.Sum(a => a.Sum(s => s[i].Points)), all.Sum(a => a.Count)))).ToList();
        var rank = scores.Count == 0 ? null : c.Ranks().FirstOrDefault(r => r.Application == mine.Number);
        var appeal = c.Appeals.Find(a => a.Application == mine.Number);
        var at = c.Order.IndexOf(mine.Number);
        return new OwnSheet(
            mine.Number, [.. c.Plan.Criteria.Zip(mine.IsErased ? [] : mine.Answers, (k, a) => (k.Name, a))], lines, at < 0 ? null : at + 1, c.Order.Length,
            rank is null ? null : Figures.Exact(decimal.Round(Ranking.MeanOf(rank.Total, scores.Count), 2)), c.AppealUntil, appeal is null && c.StageAt(facts.Now) == CompetitionStage.Adopted && facts.Now < c.AppealUntil,
            appeal is null ? null : AppealState(appeal));
    }

    static string Mean(int sum, int count) => Figures.Exact(decimal.Round((decimal)sum / count, 2));

    static RankLine RankOf(Competition c, Ranked ranked, Register register)
    {
        var scores = c.OpenedScores(ranked.Application);
        return new RankLine(
            ranked.Application, NameOf(c.Find(ranked.Application)!, register), ranked.Place, Figures.Exact(decimal.Round(Ranking.MeanOf(ranked.Total, c.Panel.Count), 2)),
            ranked.Parted == Parting.None ? null : SelectionText.Of("parted." + PeopleText.Camel(ranked.Parted)),
            [.. c.Plan.Criteria.Select((k, i) => new Strip(
                i, k.Name, [.. scores.Select(s => (s[i].Points, s[i].Reason)).OrderBy(s => s.Points)], c.IsFar(ranked.Application, i), c.Explained.GetValueOrDefault((ranked.Application, i))))]);
    }

    static List<NeedLine> NeedsOf(SelectionFacts facts, Competition c)
    {
        var needs = c.IsOpened ? [] : facts.Barred(c).Where(b => !c.Replacements.Any(r => r.Application == b.Application && r.Out == b.Scorer))
            .Select(b => new NeedLine(b.Application, b.Scorer, SelectionText.Say("need-in", facts.Register.NameOf(b.Scorer), b.Application))).ToList();
        if (!c.IsOpened) needs.AddRange(facts.Out(c).Where(p => !c.Replacements.Any(r => r.Application is null && r.Out == p)).Select(p => new NeedLine(null, p, SelectionText.Say("need-out", facts.Register.NameOf(p)))));
        needs.AddRange(c.Acting.Where(p => !SelectionAccess.MaySit(p, facts.Register, facts.Now) && (c.IsOpened || !c.HasScoredAll(p))).Select(p => new NeedLine(null, p, SelectionText.Say("need-gone", facts.Register.NameOf(p)))));
        if (LateMembers.PutsOut(facts.Actor)) needs.AddRange(LateMembers.Waiting(facts, c).Where(p => p != facts.Actor.Person).Select(p => new NeedLine(null, p, SelectionText.Say("need-late", facts.Register.NameOf(p)))));
        if (!c.IsOpened && c.Panel.Contains(facts.Actor.Person) && !c.HasScoredAll(facts.Actor.Person)) needs.Add(new NeedLine(null, facts.Actor.Person, SelectionText.Of("need-self")));
        // One form is enough, whatever the reasons.
        return [.. needs.DistinctBy(n => (n.Out, n.Application))];
    }

    static string AppealState(RankingAppeal appeal) => SelectionText.Of("appeal." + (appeal.Confirmed switch { true => "confirmed", false => "anew", null => appeal.Panel.IsEmpty ? "waits" : "heard" }));

    static AppealLine AppealOf(SelectionFacts facts, Competition c, RankingAppeal appeal) => new(
        appeal.Id, SelectionText.Say("appeal-of", appeal.Application), appeal.Reason, AppealState(appeal), appeal.Panel.IsEmpty ? null : string.Join(", ", appeal.Panel.Select(facts.Register.NameOf)),
        MayName(facts, c, appeal), c.AnewSince is null && appeal.Confirmed is null && appeal.Panel.Contains(facts.Actor.Person) && appeal.Votes.All(v => v.By != facts.Actor.Person));

    /// <summary>Whether somebody names the panel of an appeal.</summary>
    internal static bool MayName(SelectionFacts facts, Competition c, RankingAppeal appeal) => AppealRanking.TakesPanel(facts, c, appeal) && SelectionAccess.Refuses(SelectionAction.NamePanel, facts) is null;
}
