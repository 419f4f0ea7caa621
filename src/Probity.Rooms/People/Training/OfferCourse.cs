using Probity.Access.Contract;
using Probity.People.Contract;
using Probity.Shared;
using Probity.Shared.Record;

namespace Probity.People.Training;

/// <summary>Integrity adds a course to the catalogue, or takes it out. An e-learning package is a link: it is kept elsewhere, and no page of ours asks for it.</summary>
internal sealed class OfferCourse(TrainingDesk desk)
{
    public const string TitleWrong = "training.title-wrong";
    public const string ProviderWrong = "training.provider-wrong";
    public const string LinkWrong = "training.link-wrong";
    public const string CompetenceUnknown = "training.competence-unknown";
    public const string LevelWrong = "training.level-wrong";
    public const string MonthsWrong = "training.months-wrong";
    public const string CourseUnknown = "training.course-unknown";

    public const int LongestText = 200, LongestLink = 500, MostMonths = 120;

    internal sealed record Command(Guid Course, string? Title, string? Provider, string? Link, Guid? Competence, int? Level, int? Months);

    public static Decision Decide(Command command, Catalogue known, Actor actor, Register register, DateTimeOffset now)
    {
        if (!TrainingAccess.Keeps(actor)) return TrainingAccess.RefusesKeeping(register, now);
        // Sent twice under one id, it is recorded once.
        if (known.Courses.ContainsKey(command.Course)) return Decision.Accept();
        if (!Fits(command.Title)) return Decision.Refuse(TitleWrong);
        if (!Fits(command.Provider)) return Decision.Refuse(ProviderWrong);
        var link = string.IsNullOrWhiteSpace(command.Link) ? null : command.Link.Trim();
        if (link is not null && !IsLink(link)) return Decision.Refuse(LinkWrong);
        if (command.Competence is not { } competence || !known.Competences.ContainsKey(competence)) return Decision.Refuse(CompetenceUnknown);
        if (command.Level is not (>= 1 and <= Catalogue.Highest)) return Decision.Refuse(LevelWrong);
        if (command.Months is not (>= 1 and <= MostMonths)) return Decision.Refuse(MonthsWrong);
        return Decision.Accept(Catalogue.Stream, new CourseOffered(command.Course, command.Title!.Trim(), command.Provider!.Trim(), link, competence, command.Level.Value, command.Months.Value));
    }

    public static Decision DecideWithdrawal(Guid course, Catalogue known, Actor actor, Register register, DateTimeOffset now) =>
        !TrainingAccess.Keeps(actor) ? TrainingAccess.RefusesKeeping(register, now)
        : !known.Courses.TryGetValue(course, out var found) ? Decision.Refuse(CourseUnknown)
        : found.IsOffered ? Decision.Accept(Catalogue.Stream, new CourseWithdrawn(course)) : Decision.Accept();

    /// <summary>Whether it is an address of the web over TLS, with a host and nobody's name or password in it.</summary>
    public static bool IsLink(string link) => link.Length <= LongestLink && link.All(c => c is > ' ' and < '\x7f')
        && Uri.TryCreate(link, UriKind.Absolute, out var uri) && uri.Scheme == Uri.UriSchemeHttps && uri.Host.Length > 0 && uri.UserInfo.Length == 0;

    static bool Fits(string? text) => WrittenText.SaysSomething(text) && text!.Trim().Length <= LongestText && WrittenText.IsPlain(text, lines: false);

    public Task<Outcome> HandleAsync(Guid person, Command command, CancellationToken cancel) =>
        desk.RunAsync(person, "OfferCourse", (known, actor, register, now) => Decide(command, known, actor, register, now), cancel);

    public Task<Outcome> WithdrawAsync(Guid person, Guid course, CancellationToken cancel) =>
        desk.RunAsync(person, "WithdrawCourse", (known, actor, register, now) => DecideWithdrawal(course, known, actor, register, now), cancel);
}
