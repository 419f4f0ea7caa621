using Probity.People.Contract;
using Probity.Shared.Record;

namespace Probity.People.Selecting;

/// <summary>
/// Somebody else scores: one application in place of whoever is barred from it, or all in place of a member who steps down, is barred from all, is late or is not in service any more. Once scores are
/// opened they stay, and somebody else does what is left to do in place of who is late or gone. One asks, a second agrees.
/// </summary>
internal sealed class ReplaceScorer(SelectionDesk desk)
{
    public const string NotBarred = "people.selection-not-barred";
    public const string NotStepping = "people.selection-not-stepping";
    public const string Waits = "people.selection-replacement-waits";
    public const string InBarred = "people.selection-in-barred";
    public const string AnswerMissing = "people.answer-missing";

    internal sealed record Asking(Guid Competition, Guid Replacement, int? Application, Guid Out, Guid In, string? Reason);

    internal sealed record Answer(Guid Competition, Guid Replacement, bool? Agree, string? Reason);

    public static Decision Decide(Asking command, SelectionFacts facts)
    {
        var (competition, me) = (facts.Competition!, facts.Actor.Person);
        if (competition.FrozenBy is null) return Decision.Refuse(SelectionDesk.Nothing);
        if (competition.Replacements.Any(r => r.Application == command.Application && r.Out == command.Out)) return Decision.Refuse(Waits);
        if (Stays(competition, command.Application, command.Out, me, facts) is { } stays) return Decision.Refuse(stays);
        // The reason first: whoever tries one name after the other learns nothing of who applied without writing down why they ask.
        if (VettingTexts.Refuses(command.Reason) is { } unfit) return unfit;
        var late = command.Application is null && command.Out != me && LateMembers.IsLate(facts, competition, command.Out) ? facts.Policy.Label : null;
        return WrongIn(competition, command.Application, command.Out, command.In, facts) is { } wrong ? Decision.Refuse(wrong) : Decision.Accept(
            Competitions.Stream, new ScorerReplacementAsked(competition.Id, command.Replacement, command.Out, command.In, command.Reason!.Trim(), command.Application, late));
    }

    // Nobody is put out of a panel without a ground: a member goes themselves, is barred, is late, or has left the service. By the code of why not.
    static string? Stays(Competition competition, int? application, Guid leaves, Guid asks, SelectionFacts facts)
    {
        var gone = !SelectionAccess.MaySit(leaves, facts.Register, facts.Now);
        var late = LateMembers.IsLate(facts, competition, leaves) && LateMembers.PutsOut(Access.Contract.Actor.From(facts.Register, asks, facts.Now));
        if (competition.IsOpened)
        {
            return application is null && competition.StageAt(facts.Now) is CompetitionStage.Opened or CompetitionStage.Proposed && competition.Acting.Contains(leaves) && (late || gone) ? null : ScoreApplication.Opened;
        }

        if (application is { } number) return facts.Barred(competition).Contains((number, leaves)) ? null : NotBarred;
        return competition.Scores(leaves) && (leaves == asks || late || gone || facts.IsOut(competition, leaves)) ? null : NotStepping;
    }

    public static Decision Decide(Answer command, SelectionFacts facts)
    {
        var (competition, me) = (facts.Competition!, facts.Actor.Person);
        if (competition.Replacements.Find(r => r.Id == command.Replacement) is not { } asked) return Decision.Refuse(SelectionDesk.Nothing);
        if (me == asked.By || me == asked.Out || me == asked.In) return Decision.Refuse(Access.Contract.Bars.EarlierRole);
        if (command.Agree is not { } agree) return Decision.Refuse(AnswerMissing);
        if (!agree) return VettingTexts.Refuses(command.Reason) is { } unfit ? unfit : Decision.Accept(Competitions.Stream, new ScorerReplacementReturned(competition.Id, asked.Id, command.Reason!.Trim()));
        // Who was late may have done it since.
        if (Stays(competition, asked.Application, asked.Out, asked.By, facts) is { } stays) return Decision.Refuse(stays);
        return WrongIn(competition, asked.Application, asked.Out, asked.In, facts) is { } wrong ? Decision.Refuse(wrong) : Decision.Accept(Competitions.Stream, new ScorerReplaced(competition.Id, asked.Id));
    }

    // Whoever comes in fits into the panel as it will be, and is not barred either: by what is not said.
    static string? WrongIn(Competition competition, int? application, Guid leaves, Guid comes, SelectionFacts facts)
    {
        if (competition.Of(comes) is not null || facts.IsOut(competition, comes)) return InBarred;
        // Chosen when it can be known who applied: whoever is near to one of them would be told the number, or decide with the names before them.
        if (application is null && competition.ToScore.Any(a => facts.Bar(comes, a) is not null)) return InBarred;
        if (competition.IsOpened)
        {
            if (competition.Scores(comes)) return InBarred;
            return PanelRules.Refuses(competition.Act(leaves, comes).Acting, competition.Plan.Posts, [competition.DrawnBy, competition.FrozenBy], competition.AskedBy, facts, comes);
        }

        var after = competition.Put(application, leaves, comes);
        IEnumerable<IReadOnlyList<Guid>> panels = application is { } number ? [[.. after.ScorersOf(number)]] : [after.Panel, .. after.Stands.Keys.Select(s => s.Application).Distinct().Select(n => after.ScorersOf(n).ToList())];
        foreach (var members in panels.Where(p => p.Contains(comes)))
        {
            if (PanelRules.Refuses(members, competition.Plan.Posts, [competition.DrawnBy, competition.FrozenBy], competition.AskedBy, facts, comes) is { } wrong) return wrong;
        }

        return application is { } of && competition.Find(of) is { } known && facts.Bar(comes, known) is not null ? InBarred : null;
    }

    public Task<Outcome> HandleAsync(Guid person, Asking command, CancellationToken cancel) =>
        desk.RunAsync(person, command.Competition, SelectionAction.AskReplacement, facts => Decide(command, facts), cancel, null, command.In);

    public Task<Outcome> HandleAsync(Guid person, Answer command, CancellationToken cancel) =>
        desk.RunAsync(person, command.Competition, SelectionAction.AnswerReplacement, facts => Decide(command, facts), cancel);
}
