using Probity.People.Contract;
using Probity.Policies.Contract;
using Probity.Shared.Record;

namespace Probity.People.Training;

/// <summary>A commander or integrity judges how far somebody masters a competence, and says what that rests on. It takes the place of what was held of it before.</summary>
internal sealed class AssessCompetence(TrainingDesk desk)
{
    public const string DayWrong = "training.day-wrong";

    /// <summary>How far back the day may lie: papers come late.</summary>
    public const int MostDaysBack = 120;

    internal sealed record Command(Guid Person, Guid? Competence, int? Level, DateOnly? On, string? Note);

    public static Decision Decide(Command command, TrainingFacts facts)
    {
        if (command.Competence is not { } competence || !facts.Catalogue.Competences.ContainsKey(competence)) return Decision.Refuse(OfferCourse.CompetenceUnknown);
        if (command.Level is not (>= 0 and <= Catalogue.Highest)) return Decision.Refuse(OfferCourse.LevelWrong);
        if (command.On is not { } day || !IsNear(day, facts.Now)) return Decision.Refuse(DayWrong);
        if (VettingTexts.Refuses(command.Note) is { } unfit) return unfit;
        var until = facts.Policy.After(PolicyRules.JudgementHolds, new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero));
        return Decision.Accept(new Filing(
            PersonTraining.StreamOf(facts.Person), new CompetenceAssessed(facts.Person, competence, command.Level.Value, day, until, command.Note!.Trim(), facts.Policy.Label))
            { Compartment = Compartments.OfPerson(facts.Person) });
    }

    /// <summary>Whether a day is one that can still be recorded. A day ahead of UTC there is already tomorrow.</summary>
    public static bool IsNear(DateOnly day, DateTimeOffset now) =>
        DateOnly.FromDateTime(now.UtcDateTime) is var today && day <= today.AddDays(1) && day >= today.AddDays(-MostDaysBack);

    public Task<Outcome> HandleAsync(Guid actor, Command command, CancellationToken cancel) =>
        desk.RunAsync(actor, command.Person, TrainingAction.Assess, facts => Decide(command, facts), cancel);
}
