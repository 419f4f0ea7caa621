using Probity.People.Contract;
using Probity.Policies.Contract;
using Probity.Shared;
using Probity.Shared.Record;

namespace Probity.People.Training;

/// <summary>Integrity records that somebody attended a course, with the results before and after it. Whether it was passed says the pack; the certificate then holds for as long as the course says.</summary>
internal sealed class AttendCourse(TrainingDesk desk)
{
    public const string ResultWrong = "training.result-wrong";
    public const string BeforeWrong = "training.before-wrong";
    public const string CertificateWrong = "training.certificate-wrong";
    public const string IdTaken = "training.id-taken";

    const int LongestCertificate = 60;

    /// <param name="Attendance">Its id, given before it is sent.</param>
    /// <param name="Person">Who attended.</param>
    /// <param name="Course">The course.</param>
    /// <param name="On">The day that it ended on.</param>
    /// <param name="Pre">The result before it in percent; null where nobody asked.</param>
    /// <param name="Post">The result after it in percent.</param>
    /// <param name="Certificate">The number of the certificate.</param>
    internal sealed record Command(Guid Attendance, Guid Person, Guid? Course, DateOnly? On, int? Pre, int? Post, string? Certificate);

    public static Decision Decide(Command command, TrainingFacts facts)
    {
        // Sent twice under one id, it is recorded once.
        if (facts.Training.Attended.FirstOrDefault(a => a.Id == command.Attendance) is { } known)
            return known.Course == command.Course && known.On == command.On && known.Post == command.Post ? Decision.Accept() : Decision.Refuse(IdTaken);
        if (command.Course is not { } id || !facts.Catalogue.Courses.TryGetValue(id, out var course)) return Decision.Refuse(OfferCourse.CourseUnknown);
        if (command.On is not { } day || !AssessCompetence.IsNear(day, facts.Now)) return Decision.Refuse(AssessCompetence.DayWrong);
        if (command.Pre is { } pre && pre is not (>= 0 and <= 100)) return Decision.Refuse(BeforeWrong);
        if (command.Post is not ({ } post and >= 0 and <= 100)) return Decision.Refuse(ResultWrong);
        var passed = post >= facts.Policy.Of(PolicyRules.CoursePassedAt);
        var certificate = string.IsNullOrWhiteSpace(command.Certificate) ? null : command.Certificate.Trim();
        // What was passed has a number to ask its provider for; what was not has none.
        if (passed != certificate is not null || (certificate is not null && (certificate.Length > LongestCertificate || !WrittenText.SaysSomething(certificate) || !WrittenText.IsPlain(certificate, lines: false))))
            return Decision.Refuse(CertificateWrong);
        DateTimeOffset? until = passed ? new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero).AddMonths(course.Months) : null;
        return Decision.Accept(new Filing(
            PersonTraining.StreamOf(facts.Person),
            new CourseAttended(command.Attendance, facts.Person, id, course.Competence, course.Level, day, command.Pre, post, passed, certificate, until, facts.Policy.Label))
            { Compartment = Compartments.OfPerson(facts.Person) });
    }

    public Task<Outcome> HandleAsync(Guid actor, Command command, CancellationToken cancel) =>
        desk.RunAsync(actor, command.Person, TrainingAction.Attend, facts => Decide(command, facts), cancel);
}
