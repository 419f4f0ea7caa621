using Probity.Access.Contract;
using Probity.People.Contract;
using Probity.People.Requiring;
using Probity.Shared.Record;

namespace Probity.People.Training;

/// <summary>Integrity asks that a post ask for a competence, another level of it, or no longer; a commander of the post or the overseer agrees or does not, as with clearances; to ask for less takes the overseer.</summary>
internal sealed class AskOfPost(TrainingDesk desk)
{
    public const string PostUnknown = "people.post-unknown";
    public const string PostOutside = "training.post-outside";
    public const string Waiting = "training.waiting";
    public const string Same = "training.same";
    public const string Nothing = "training.nothing";

    /// <param name="Post">The post.</param>
    /// <param name="Competence">What it is to ask for.</param>
    /// <param name="Level">The level; null for nothing.</param>
    /// <param name="Mandatory">Whether new work waits for it.</param>
    /// <param name="Reason">Why.</param>
    internal sealed record Proposal(Guid Post, Guid Competence, int? Level, bool Mandatory, string? Reason);

    internal sealed record Answer(Guid Post, Guid Competence, bool Agree, string? Reason);

    public static Decision Decide(Proposal command, Catalogue known, Actor actor, Register register, DateTimeOffset now)
    {
        if (!MarkPost.Proposes(actor)) return TrainingAccess.RefusesKeeping(register, now);
        if (!register.Posts.TryGetValue(command.Post, out var post)) return Decision.Refuse(PostUnknown);
        if (Recusal.OfPost(actor.Person, command.Post, register, now) is { } tied) return new Refusal(tied, new Reroute(nameof(Role.Integrity), [.. register.Holders(Role.Integrity, now).Where(p => p != actor.Person)]));
        if (!TrainingAccess.Trains(post.Role)) return Decision.Refuse(PostOutside);
        if (!known.Competences.ContainsKey(command.Competence)) return Decision.Refuse(OfferCourse.CompetenceUnknown);
        if (command.Level is { } level && level is not (>= 1 and <= Catalogue.Highest)) return Decision.Refuse(OfferCourse.LevelWrong);
        if (known.Waiting.ContainsKey((command.Post, command.Competence))) return Decision.Refuse(Waiting);
        var asked = known.Of(command.Post, command.Competence);
        if (asked?.Level == command.Level && (asked is null || asked.IsMandatory == command.Mandatory)) return Decision.Refuse(Same);
        return VettingTexts.Refuses(command.Reason) is { } unfit ? unfit
            : Decision.Accept(Catalogue.Stream, new CompetenceAsked(command.Post, command.Competence, command.Level, command.Level is not null && command.Mandatory, command.Reason!.Trim()));
    }

    public static Decision Decide(Answer command, Catalogue known, Actor actor, Register register, DateTimeOffset now)
    {
        if (!register.Posts.TryGetValue(command.Post, out var post)) return Decision.Refuse(PostUnknown);
        var lowers = known.Lowers(command.Post, command.Competence);
        if (!MarkPost.Answers(post, actor, register, lowers)) return new Refusal(Bars.Role, MarkPost.WhoAnswers(post, actor, register, now, lowers));
        if (!known.Waiting.TryGetValue((command.Post, command.Competence), out var asked)) return Decision.Refuse(Nothing);
        if (MarkPost.Bar(asked.By, post, actor, register, now) is { } bar) return new Refusal(bar, new Reroute(nameof(Role.Overseer), [.. register.Holders(Role.Overseer, now).Where(p => p != actor.Person)]));
        return command.Agree ? Decision.Accept(Catalogue.Stream, new CompetenceAgreed(command.Post, command.Competence))
            : VettingTexts.Refuses(command.Reason) is { } unfit ? unfit
            : Decision.Accept(Catalogue.Stream, new CompetenceReturned(command.Post, command.Competence, command.Reason!.Trim()));
    }

    public Task<Outcome> HandleAsync(Guid person, Proposal command, CancellationToken cancel) =>
        desk.RunAsync(person, "AskOfPost", (known, actor, register, now) => Decide(command, known, actor, register, now), cancel);

    public Task<Outcome> HandleAsync(Guid person, Answer command, CancellationToken cancel) =>
        desk.RunAsync(person, "AnswerForPost", (known, actor, register, now) => Decide(command, known, actor, register, now), cancel);
}
