using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Access.Contract;
using Probity.Shared;
using Probity.Shared.Record;
using Probity.Shared.Views;
using Probity.Shared.Web;

namespace Probity.People.Training;

/// <summary>A course of the catalogue. Its effect is told to those who see the training of others.</summary>
public sealed record CourseLine(Guid Id, string Title, string Provider, string? Link, string Competence, int Months, EffectLine? Effect);

/// <summary>By how much results rose with a course.</summary>
public sealed record EffectLine(int Count, double Before, double After, string Words);

/// <summary>All that the page of courses shows.</summary>
public sealed record CoursesSheet(IReadOnlyList<CourseLine> Lines, int Page, int Pages, bool Lists, bool Keeps, IReadOnlyList<Choice> Competences, Guid Key)
{
    /// <summary>What was refused.</summary>
    public IReadOnlyList<FieldError> Errors { get; init; } = [];

    /// <summary>What was typed, by field.</summary>
    public IReadOnlyDictionary<string, string> Typed { get; init; } = new Dictionary<string, string>();
}

/// <summary>Shows the courses on offer, to integrity with the forms that keep them.</summary>
internal sealed class ShowCourses(OfferCourse slice, Trainings trainings, FoldedStream<Catalogue> catalogues, IRegister registers, TimeProvider time)
{
    const string Address = "/training/courses";
    const int PageSize = 25;

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet(Address, async (HttpContext http, ShowCourses show) =>
            SignedInPerson.Of(http.User) is not { } reader ? Results.Unauthorized() : !TrainingAccess.Serves(http.User) ? Results.Forbid() : await show.ShowAsync(http, reader, null, null));
        pages.MapGet(Address + "/{what:regex(^(offer|withdraw)$)}", () => new SeeOther(Address));
        pages.MapPost(Address + "/{what:regex(^(offer|withdraw)$)}", async (string what, HttpContext http, ShowCourses show) =>
            SignedInPerson.Of(http.User) is not { } person ? Results.Unauthorized() : !TrainingAccess.Serves(http.User) ? Results.Forbid() : await show.TakeAsync(http, person, what));
    }

    async Task<IResult> TakeAsync(HttpContext http, Guid person, string what)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var outcome = what == "withdraw"
            ? await slice.WithdrawAsync(person, form.Id("course") ?? Guid.Empty, http.RequestAborted)
            : await slice.HandleAsync(person, new OfferCourse.Command(
                form.Id("key") ?? Guid.CreateVersion7(), form["title"], form["provider"], form["link"], form.Id("competence"), form.Whole("level"), form.Whole("months")), http.RequestAborted);
        if (outcome is not Outcome.Done(var index)) return await ShowAsync(http, person, form, TrainingForms.ErrorOf(outcome, FieldOf));
        http.Wrote(index);
        return new SeeOther(Address);
    }

    static string FieldOf(string code) => code switch
    {
        OfferCourse.TitleWrong => "title",
        OfferCourse.ProviderWrong => "provider",
        OfferCourse.LinkWrong => "link",
        OfferCourse.CompetenceUnknown => "competence",
        OfferCourse.LevelWrong => "level",
        OfferCourse.MonthsWrong => "months",
        _ => "",
    };

    async Task<IResult> ShowAsync(HttpContext http, Guid reader, IFormCollection? typed, FieldError? error)
    {
        var cancel = http.RequestAborted;
        var (catalogue, register) = (await catalogues.ReadAsync(cancel), await registers.ReadAsync(cancel));
        var actor = Actor.From(register, reader, time.GetUtcNow());
        var offered = catalogue.Courses.Values.Where(c => c.IsOffered).OrderBy(c => c.Title, StringComparer.CurrentCulture).ThenBy(c => c.Id).ToList();
        var pages = Math.Max(1, (offered.Count + PageSize - 1) / PageSize);
        var page = Math.Clamp(int.TryParse(http.Request.Query["page"], NumberStyles.None, CultureInfo.InvariantCulture, out var asked) ? asked : 1, 1, pages);
        var shown = offered.Skip((page - 1) * PageSize).Take(PageSize).ToList();
        var lists = TrainingAccess.Lists(http.User);
        var effects = lists ? await trainings.EffectsAsync([.. shown.Select(c => c.Id)], cancel) : new Dictionary<Guid, CourseEffect>();
        var sheet = new CoursesSheet(
            [.. shown.Select(c => new CourseLine(
                c.Id, c.Title, c.Provider, c.Link, TrainingText.LevelOf(catalogue, c.Competence, c.Level), c.Months, effects.TryGetValue(c.Id, out var effect) ? LineOf(effect) : null))],
            page, pages, lists, TrainingAccess.Keeps(actor), TrainingForms.Choices(catalogue), typed?.Id("key") ?? Guid.CreateVersion7())
        {
            Errors = error is null ? [] : [error], Typed = typed?.Typed() ?? new Dictionary<string, string>(),
        };
        return Rendered.Page<CoursesPage>(new { Sheet = sheet }, error is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
    }

    static EffectLine LineOf(CourseEffect e) => new(e.Count, e.Before, e.After, TrainingText.Say(
        e.IsSure ? "effect.words" : "effect.unsure", Whole(e.Before), Whole(e.After), Figures.Signed(Whole(e.Rise)), Whole(e.Low), Whole(e.High), e.Count));

    static string Whole(double value) => Figures.Short((decimal)Math.Round(value), 0);
}
