using Probity.People.Contract;
using Probity.Shared.Record;

namespace Probity.People.Selecting;

/// <summary>
/// Somebody else scores: one application in place of whoever is barred from it, or all in place of a member who steps down, is barred from all or is not in service any more. One asks, a second
/// agrees, and never once scores are opened.
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
        if (competition.IsOpened) return Decision.Refuse(ScoreApplication.Opened);
        if (competition.FrozenBy is null) return Decision.Refuse(SelectionDesk.Nothing);
        if (competition.Replacements.Any(r => r.Application == command.Application && r.Out == command.Out)) return Decision.Refuse(Waits);
        if (command.Application is { } number)
        {
            if (!facts.Barred(competition).Contains((number, command.Out))) return Decision.Refuse(NotBarred);
        }
        // Nobody is put out of a panel: a member goes themselves, is barred from all, or has left the service.
        else if (!competition.Scores(command.Out) || (command.Out != me && !facts.IsOut(competition, command.Out) && SelectionAccess.MaySit(command.Out, facts.Register, facts.Now)))
        {
            return Decision.Refuse(NotStepping);
        }

        // The reason first: whoever tries one name after the other learns nothing of who applied without writing down why they ask.
        if (VettingTexts.Refuses(command.Reason) is { } unfit) return unfit;
        return WrongIn(competition, command.Application, command.Out, command.In, facts) is { } wrong ? Decision.Refuse(wrong) : Decision.Accept(
            Competitions.Stream, new ScorerReplacementAsked(competition.Id, command.Replacement, command.Out, command.In, command.Reason!.Trim(), command.Application));
    }

    public static Decision Decide(Answer command, SelectionFacts facts)
    {
        var (competition, me) = (facts.Competition!, facts.Actor.Person);
        if (competition.IsOpened) return Decision.Refuse(ScoreApplication.Opened);
        if (competition.Replacements.Find(r => r.Id == command.Replacement) is not { } asked) return Decision.Refuse(SelectionDesk.Nothing);
        if (me == asked.By || me == asked.Out || me == asked.In) return Decision.Refuse(Access.Contract.Bars.EarlierRole);
        if (command.Agree is not { } agree) return Decision.Refuse(AnswerMissing);
        if (!agree) return VettingTexts.Refuses(command.Reason) is { } unfit ? unfit : Decision.Accept(Competitions.Stream, new ScorerReplacementReturned(competition.Id, asked.Id, command.Reason!.Trim()));
        return WrongIn(competition, asked.Application, asked.Out, asked.In, facts) is { } wrong ? Decision.Refuse(wrong) : Decision.Accept(Competitions.Stream, new ScorerReplaced(competition.Id, asked.Id));
    }

    // Whoever comes in fits into the panel as it will be, and is not barred either: by what is not said.
    static string? WrongIn(Competition competition, int? application, Guid leaves, Guid comes, SelectionFacts facts)
    {
        if (competition.Of(comes) is not null || facts.IsOut(competition, comes)) return InBarred;
        var after = competition.Put(application, leaves, comes);
        IEnumerable<IReadOnlyList<Guid>> panels = application is { } number ? [[.. after.ScorersOf(number)]] : [after.Panel, .. after.Stands.Keys.Select(s => s.Application).Distinct().Select(n => after.ScorersOf(n).ToList())];
        foreach (var members in panels.Where(p => p.Contains(comes)))
        {
            if (PanelRules.Refuses(members, competition.Plan.Posts, [competition.DrawnBy, competition.FrozenBy, competition.AskedBy], facts, comes) is { } wrong) return wrong;
        }

        return application is { } of && competition.Find(of) is { } known && facts.Bar(comes, known) is not null ? InBarred : null;
    }

    public Task<Outcome> HandleAsync(Guid person, Asking command, CancellationToken cancel) =>
        desk.RunAsync(person, command.Competition, SelectionAction.AskReplacement, facts => Decide(command, facts), cancel, null, command.In);

    public Task<Outcome> HandleAsync(Guid person, Answer command, CancellationToken cancel) =>
        desk.RunAsync(person, command.Competition, SelectionAction.AnswerReplacement, facts => Decide(command, facts), cancel);
}
