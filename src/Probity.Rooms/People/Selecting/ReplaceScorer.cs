using Probity.People.Contract;
using Probity.Shared.Record;

namespace Probity.People.Selecting;

/// <summary>
/// Somebody else scores: one application in place of whoever is barred from it, or all in place of a member who steps down, is barred from all, is late or is not in service any more. Once scores are
/// opened they stay, and somebody else does what is left to do in place of who is late or gone. Before that what was given stays as well, unless whoever gave it is barred: who has scored all is not replaced,
/// whatever became of them, and who has scored a part for what is left. One asks, a second agrees.
/// </summary>
internal sealed class ReplaceScorer(SelectionDesk desk)
{
    public const string NotBarred = "people.selection-not-barred";
    public const string NotStepping = "people.selection-not-stepping";
    public const string Waits = "people.selection-replacement-waits";
    public const string InBarred = "people.selection-in-barred";
    public const string AnswerMissing = "people.answer-missing";
    public const string InVain = "people.selection-in-vain";

    /// <summary>How often somebody names a scorer who cannot come in before they ask no more: each such name tells them something of who applied.</summary>
    public const int MostInVain = 2;

    internal sealed record Asking(Guid Competition, Guid Replacement, int? Application, Guid Out, Guid In, string? Reason);

    internal sealed record Answer(Guid Competition, Guid Replacement, bool? Agree, string? Reason);

    public static Decision Decide(Asking command, SelectionFacts facts)
    {
        var (competition, me) = (facts.Competition!, facts.Actor.Person);
        if (competition.FrozenBy is null) return Decision.Refuse(SelectionDesk.Nothing);
        // Who comes would be who goes, with what they gave wiped.
        if (command.In == command.Out) return Decision.Refuse(PanelRules.EarlierRole);
        if (!competition.IsOpened && competition.NamedInVain(me) >= MostInVain) return new Refusal(InVain, new Reroute(nameof(Access.Contract.Role.Overseer), []));
        if (competition.Replacements.Any(r => r.Application == command.Application && r.Out == command.Out)) return Decision.Refuse(Waits);
        if (Stays(competition, command.Application, command.Out, me, facts) is { } stays) return Decision.Refuse(stays);
        // The reason first: whoever tries one name after the other learns nothing of who applied without writing down why they ask.
        if (VettingTexts.Refuses(command.Reason) is { } unfit) return unfit;
        var late = command.Application is null && command.Out != me && LateMembers.IsLate(facts, competition, command.Out) ? facts.Policy.Label : null;
        return WrongIn(competition, command.Application, command.Out, command.In, facts) is { } wrong ? Refuse(wrong, competition, new(
            competition.Id, command.Replacement, command.Out, command.In, command.Reason!.Trim(), command.Application)) : Decision.Accept(Competitions.Stream, new ScorerReplacementAsked(competition.Id, command.Replacement, command.Out, command.In, command.Reason!.Trim(), command.Application, late));
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
        if (facts.IsOut(competition, leaves)) return null;
        return competition.Scores(leaves) && !competition.HasScoredAll(leaves) && (leaves == asks || late || gone) ? null : NotStepping;
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
        if (WrongIn(competition, asked.Application, asked.Out, asked.In, facts) is { } wrong) return Refuse(wrong, competition, new(competition.Id, asked.Id, asked.Out, asked.In, asked.Reason, asked.Application));
        return Decision.Accept(Competitions.Stream, new ScorerReplaced(competition.Id, asked.Id, Keeps(competition, asked.Application, asked.Out, facts) ? true : null));
    }

    // Whether what the one who leaves has given stays.
    static bool Keeps(Competition competition, int? application, Guid leaves, SelectionFacts facts) => application is null && !competition.IsOpened && !facts.IsOut(competition, leaves);

    // A refusal would tell whoever tries one name after the other who applied, and leave nothing behind: before names are told it is taken and stands on the record, without effect.
    static Decision Refuse(string code, Competition competition, ScorerNamedInVain named) =>
        code == InBarred && !competition.IsOpened ? Decision.Accept(Competitions.Stream, named) : Decision.Refuse(code);

    // Whoever comes in fits into the panel as it will be, and is not barred either: by what is not said. What anybody can know is looked at first, so that who fits in no case tells nothing of who applied.
    static string? WrongIn(Competition competition, int? application, Guid leaves, Guid comes, SelectionFacts facts)
    {
        if (competition.IsOpened && competition.Scores(comes)) return InBarred;
        var after = competition.IsOpened ? competition.Act(leaves, comes) : competition.Put(application, leaves, comes, Keeps(competition, application, leaves, facts));
        IEnumerable<IReadOnlyList<Guid>> panels = competition.IsOpened ? [after.Acting]
            : application is { } number ? [[.. after.ScorersOf(number)]] : [after.Panel, .. after.Stands.Keys.Select(s => s.Application).Distinct().Select(n => after.ScorersOf(n).ToList())];
        foreach (var members in panels.Where(p => p.Contains(comes)))
        {
            if (PanelRules.Refuses(members, competition.Plan.Posts, [.. competition.Drew, competition.FrozenBy], competition.AskedBy, facts, comes) is { } wrong) return wrong;
        }

        if (competition.Of(comes) is not null || facts.IsOut(competition, comes)) return InBarred;
        // Chosen for all when it can be known who applied: whoever is near to one of them would be told the number, or decide with the names before them.
        return competition.ToScore.Any(a => (application is null || a.Number == application) && facts.Bar(comes, a) is not null) ? InBarred : null;
    }

    public Task<Outcome> HandleAsync(Guid person, Asking command, CancellationToken cancel) =>
        desk.RunAsync(person, command.Competition, SelectionAction.AskReplacement, facts => Decide(command, facts), cancel, null, command.In);

    public Task<Outcome> HandleAsync(Guid person, Answer command, CancellationToken cancel) =>
        desk.RunAsync(person, command.Competition, SelectionAction.AnswerReplacement, facts => Decide(command, facts), cancel);
}
