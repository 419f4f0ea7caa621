using Probity.People.Contract;
using Probity.People.Vetting;
using Probity.Policies.Contract;
using Probity.Shared.Record;

namespace Probity.People.Barring;

/// <summary>Somebody looks at an entry again, when its time has come or because it is wrong, and asks that it be kept or taken off; a second person agrees or says why not.</summary>
internal sealed class ReviewBar(BarDesk desk)
{
    public const string Waiting = "people.bar-review-waits";
    public const string NotYet = "people.bar-review-not-yet";

    internal sealed record Asking(Guid Bar, bool? Keep, string? Reason);

    internal sealed record Answer(Guid Bar, bool? Agree, string? Reason);

    public static Decision Decide(Asking command, BarFacts facts)
    {
        if (facts.Entry is not { Since: not null } entry) return Decision.Refuse(EnterBar.Nothing);
        if (entry.Asked is not null) return Decision.Refuse(Waiting);
        if (command.Keep is not { } keep) return Decision.Refuse(DecideClearance.AnswerMissing);
        // Keeping it longer is asked for when its time has come; taking off what is wrong at any time.
        if (keep && facts.Now < entry.ReviewFrom) return Decision.Refuse(NotYet);
        return VettingTexts.Refuses(command.Reason) is { } unfit ? unfit : Decision.Accept(BarDesk.File(entry.Person, new BarReviewAsked(entry.Id, keep, command.Reason!.Trim())));
    }

    public static Decision Decide(Answer command, BarFacts facts)
    {
        if (facts.Entry is not { Asked: { } asked } entry) return Decision.Refuse(EnterBar.Nothing);
        if (command.Agree is not { } agree) return Decision.Refuse(DecideClearance.AnswerMissing);
        return agree
            ? Decision.Accept(BarDesk.File(entry.Person, new BarReviewAgreed(entry.Id, asked.Keep ? facts.Policy.After(PolicyRules.BarReviewedAfter, facts.Now) : null, facts.Policy.Label)))
            : VettingTexts.Refuses(command.Reason) is { } unfit ? unfit
            : Decision.Accept(BarDesk.File(entry.Person, new BarReviewReturned(entry.Id, command.Reason!.Trim())));
    }

    public Task<Outcome> HandleAsync(Guid person, Asking command, CancellationToken cancel) =>
        desk.RunAsync(person, command.Bar, BarAction.AskReview, facts => Decide(command, facts), cancel);

    public Task<Outcome> HandleAsync(Guid person, Answer command, CancellationToken cancel) =>
        desk.RunAsync(person, command.Bar, BarAction.AgreeToReview, facts => Decide(command, facts), cancel);
}
