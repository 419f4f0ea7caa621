using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Access.Contract;
using Probity.Shared;
using Probity.Shared.Kit;
using Probity.Shared.Record;
using Probity.Shared.Views;
using Probity.Shared.Web;

namespace Probity.People.Training;

/// <summary>What a post asks of somebody, and what closes the gap.</summary>
public sealed record NeedLine(string Competence, string Post, bool IsMandatory, int Asked, int Level, string State, Tone Tone, string? Until, bool IsGap, string? Course, string? Link);

/// <summary>A level that somebody has or had.</summary>
public sealed record HeldLine(string Competence, string Level, string Until, bool IsOver, string By, string? Note);

/// <summary>A course that somebody attended.</summary>
public sealed record AttendedLine(string Course, string Day, string Before, string After, bool IsPassed, string? Certificate, string? Until);

/// <summary>All that the page of somebody's training shows.</summary>
public sealed record TrainingSheet(Guid Person, string Name, bool IsOwn, bool Lists, IReadOnlyList<NeedLine> Needs, IReadOnlyList<HeldLine> Held, IReadOnlyList<AttendedLine>? Attended, bool IsBlocked)
{
    /// <summary>The competences that the reader may judge; null where they may not.</summary>
    public IReadOnlyList<Choice>? Judged { get; init; }

    /// <summary>The courses that the reader may record; null where they may not.</summary>
    public IReadOnlyList<Choice>? Recorded { get; init; }

    /// <summary>The id under which a course is recorded once.</summary>
    public Guid Key { get; init; }

    /// <summary>What was refused.</summary>
    public IReadOnlyList<FieldError> Errors { get; init; } = [];

    /// <summary>Where to turn after a refusal.</summary>
    public string? TurnTo { get; init; }

    /// <summary>What was typed, by field.</summary>
    public IReadOnlyDictionary<string, string> Typed { get; init; } = new Dictionary<string, string>();
}

/// <summary>Shows people what they have learned, what ends and what to do, and those who may judge or record it the same of others.</summary>
internal sealed class ShowTraining(TrainingDesk desk, AssessCompetence assess, AttendCourse attend, When when)
{
    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/training", async (HttpContext http, ShowTraining show) =>
            SignedInPerson.Of(http.User) is not { } person ? Results.Unauthorized() : !TrainingAccess.Serves(http.User) ? Results.Forbid() : await show.ShowAsync(http, person, person, null, null, null));
        pages.MapGet("/training/people/{person:guid}", async (Guid person, HttpContext http, ShowTraining show) =>
            SignedInPerson.Of(http.User) is not { } reader ? Results.Unauthorized() : await show.ShowAsync(http, reader, person, null, null, null));
        pages.MapGet("/training/people/{person:guid}/{what:regex(^(judge|record)$)}", (Guid person) => new SeeOther($"/training/people/{person:D}"));
        pages.MapPost("/training/people/{person:guid}/{what:regex(^(judge|record)$)}", async (Guid person, string what, HttpContext http, ShowTraining show) =>
            SignedInPerson.Of(http.User) is not { } reader ? Results.Unauthorized() : await show.TakeAsync(http, reader, person, what));
    }

    async Task<IResult> TakeAsync(HttpContext http, Guid reader, Guid person, string what)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        // A result that is no number is not the same as none.
        if (what == "record" && form.IsNoNumber("pre")) return await ShowAsync(http, reader, person, form, new FieldError("pre", TrainingText.Of(AttendCourse.BeforeWrong)), null);
        var outcome = what == "judge"
            ? await assess.HandleAsync(reader, new AssessCompetence.Command(person, form.Id("competence"), form.Whole("level"), DateParts.From(form, "judged").ToDay(), form["note"]), http.RequestAborted)
            : await attend.HandleAsync(reader, new AttendCourse.Command(
                form.Id("key") is { } key ? Streams.Derive(person, $"attendance/{key:D}") : Guid.CreateVersion7(), person, form.Id("course"), DateParts.From(form, "attended").ToDay(), form.Whole("pre"), form.Whole("post"), form["certificate"]), http.RequestAborted);
        if (outcome is not Outcome.Done(var index)) return await ShowAsync(http, reader, person, form, TrainingForms.ErrorOf(outcome, code => FieldOf(code, what)), outcome);
        http.Wrote(index);
        return new SeeOther($"/training/people/{person:D}");
    }

    static string FieldOf(string code, string what) => code switch
    {
        OfferCourse.CompetenceUnknown => "competence",
        OfferCourse.CourseUnknown => "course",
        OfferCourse.LevelWrong => "level",
        AssessCompetence.DayWrong => what == "judge" ? "judged" : "attended",
        AttendCourse.BeforeWrong => "pre",
        AttendCourse.ResultWrong => "post",
        AttendCourse.CertificateWrong => "certificate",
        VettingTexts.Missing or VettingTexts.TooShort or VettingTexts.Unfit => "note",
        _ => "",
    };

    async Task<IResult> ShowAsync(HttpContext http, Guid reader, Guid person, IFormCollection? typed, FieldError? error, Outcome? refused)
    {
        if (await desk.OpenAsync(reader, person, http.RequestAborted) is not { } facts) return Results.NotFound();
        var (catalogue, register, now, held) = (facts.Catalogue, facts.Register, facts.Now, facts.Training.Held);
        var results = TrainingAccess.Refuses(TrainingAction.SeeResults, facts) is null;
        var needs = register.PostsOf(person, now).SelectMany(p => Need.OfPost(catalogue, p.Id, held, now).Select(n => (Post: p, Need: n))).ToList();
        var sheet = new TrainingSheet(
            person, register.NameOf(person), reader == person, TrainingAccess.Lists(http.User),
            [.. needs.OrderBy(n => n.Need.State == NeedState.Held).ThenBy(n => !n.Need.Blocks).Select(n => LineOf(n.Need, n.Post, catalogue, now))],
            [.. held.OrderByDescending(h => h.Until).Select(h => new HeldLine(
                TrainingText.NameOf(catalogue, h.Competence), TrainingText.Of("level." + h.Level.ToString(System.Globalization.CultureInfo.InvariantCulture)), when.Day(h.Until), h.Until <= now,
                h.Course is { } course ? TrainingText.Say("by-course", catalogue.Courses[course].Title, when.Day(h.On)) : TrainingText.Say("by-judgement", register.NameOf(h.By), when.Day(h.On)), results ? h.Note : null))],
            results ? [.. facts.Training.Attended.Reverse().Select(a => new AttendedLine(
                catalogue.Courses[a.Course].Title, when.Day(a.On), a.Pre is { } pre ? Percent(pre) : "–", Percent(a.Post), a.IsPassed, a.Certificate, a.Until is { } until ? when.Day(until) : null))] : null,
            needs.Any(n => n.Need.Blocks))
        {
            Judged = TrainingAccess.Refuses(TrainingAction.Assess, facts) is null ? TrainingForms.Choices(catalogue) : null,
            Recorded = TrainingAccess.Refuses(TrainingAction.Attend, facts) is null ? TrainingForms.Courses(catalogue) : null,
            Key = typed?.Id("key") ?? Guid.CreateVersion7(), Errors = error is null ? [] : [error], TurnTo = TrainingForms.TurnTo(refused, register),
            Typed = typed?.Typed() ?? new Dictionary<string, string>(),
        };
        return Rendered.Page<TrainingPage>(new { Sheet = sheet }, error is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
    }

    NeedLine LineOf(Need need, Post post, Catalogue catalogue, DateTimeOffset now)
    {
        var course = need.IsGap ? catalogue.Closing(need.Competence, need.Asked.Level) : null;
        return new NeedLine(
            TrainingText.NameOf(catalogue, need.Competence), post.Title, need.Asked.IsMandatory, need.Asked.Level, need.Level, TrainingForms.WordOf(need, now), TrainingForms.ToneOf(need),
            need.Until is { } until ? when.Day(until) : null, need.IsGap, course is null ? null : $"{course.Title} ({course.Provider})", course?.Link);
    }

    internal static string Percent(int result) => TrainingText.Say("percent", result);
}
