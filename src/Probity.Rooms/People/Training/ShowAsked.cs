using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Access.Contract;
using Probity.People.Requiring;
using Probity.Shared;
using Probity.Shared.Record;
using Probity.Shared.Views;
using Probity.Shared.Web;

namespace Probity.People.Training;

/// <summary>A post with what it asks for.</summary>
public sealed record AskedLine(string Post, string Unit, IReadOnlyList<string> Mandatory, IReadOnlyList<string> Wanted);

/// <summary>What was asked of a post and waits.</summary>
public sealed record WaitingLine(Guid Post, Guid Competence, string Title, string Words, string Reason, bool MayAnswer);

/// <summary>A competence of the catalogue.</summary>
public sealed record CompetenceLine(string Code, string Name);

/// <summary>All that the page of competences and posts shows.</summary>
public sealed record AskedSheet(IReadOnlyList<WaitingLine> Waiting, IReadOnlyList<AskedLine> Posts, int Page, int Pages, IReadOnlyList<CompetenceLine> Catalogue, bool Keeps, bool MayStart, IReadOnlyList<Choice> Competences, IReadOnlyList<string> Titles, Guid Key)
{
    /// <summary>What was refused.</summary>
    public IReadOnlyList<FieldError> Errors { get; init; } = [];

    /// <summary>Where to turn after a refusal.</summary>
    public string? TurnTo { get; init; }

    /// <summary>What was typed, by field.</summary>
    public IReadOnlyDictionary<string, string> Typed { get; init; } = new Dictionary<string, string>();
}

/// <summary>Shows what posts ask for and the catalogue of competences, with the forms by which two people mark a post.</summary>
internal sealed class ShowAsked(AskOfPost slice, AddCompetence adding, FoldedStream<Catalogue> catalogues, IRegister registers, PostTitles titles, TimeProvider time)
{
    const string Address = "/training/posts";
    const int PageSize = 25;

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet(Address, async (HttpContext http, ShowAsked show) =>
            SignedInPerson.Of(http.User) is not { } reader ? Results.Unauthorized() : !TrainingAccess.Lists(http.User) ? Results.Forbid() : await show.ShowAsync(http, reader, null, null, null));
        pages.MapGet(Address + "/{what:regex(^(propose|answer|add|start)$)}", () => new SeeOther(Address));
        pages.MapPost(Address + "/{what:regex(^(propose|answer|add|start)$)}", async (string what, HttpContext http, ShowAsked show) =>
            SignedInPerson.Of(http.User) is not { } person ? Results.Unauthorized() : !TrainingAccess.Lists(http.User) ? Results.Forbid() : await show.TakeAsync(http, person, what));
    }

    async Task<IResult> TakeAsync(HttpContext http, Guid person, string what)
    {
        var (cancel, register) = (http.RequestAborted, await registers.ReadAsync(http.RequestAborted));
        var form = await http.Request.ReadFormAsync(cancel);
        var post = form.Id("post") ?? titles.Find(register, form["post"].ToString()) ?? Guid.Empty;
        if (what == "propose" && form["level"] != "none" && form.Whole("level") is null) return await ShowAsync(http, person, form, new FieldError("level", TrainingText.Of(OfferCourse.LevelWrong)), null);
        var outcome = what switch
        {
            "propose" => await slice.HandleAsync(person, new AskOfPost.Proposal(post, form.Id("competence") ?? Guid.Empty, form.Whole("level"), form["mandatory"] != "no", form["reason"]), cancel),
            "answer" => await slice.HandleAsync(person, new AskOfPost.Answer(post, form.Id("competence") ?? Guid.Empty, form["answer"] == "yes", form["refusal"]), cancel),
            "start" => await adding.StartAsync(person, cancel),
            _ => await adding.HandleAsync(person, new AddCompetence.Command(form.Id("key") ?? Guid.CreateVersion7(), form["code"], form["en"], form["es"], form["pt"]), cancel),
        };
        if (outcome is not Outcome.Done(var index)) return await ShowAsync(http, person, form, TrainingForms.ErrorOf(outcome, code => FieldOf(code, what, post, form.Id("competence"))), outcome);
        http.Wrote(index);
        return new SeeOther(Address);
    }

    static string FieldOf(string code, string what, Guid post, Guid? competence) => code switch
    {
        AskOfPost.PostUnknown or AskOfPost.PostOutside => "post",
        OfferCourse.CompetenceUnknown or AskOfPost.Waiting => "competence",
        OfferCourse.LevelWrong or AskOfPost.Same => "level",
        AddCompetence.CodeWrong or AddCompetence.CodeTaken => "code",
        AddCompetence.NameWrong => "en",
        VettingTexts.Missing or VettingTexts.TooShort or VettingTexts.Unfit => what == "propose" ? "reason" : $"refusal-{post:D}-{competence:D}",
        _ => "",
    };

    async Task<IResult> ShowAsync(HttpContext http, Guid reader, IFormCollection? typed, FieldError? error, Outcome? refused)
    {
        var (cancel, now) = (http.RequestAborted, time.GetUtcNow());
        var (catalogue, register) = (await catalogues.ReadAsync(cancel), await registers.ReadAsync(cancel));
        var actor = Actor.From(register, reader, now);
        var posts = Seen(catalogue.Posts.Keys).OrderBy(p => register.Units[p.Unit].Name, StringComparer.CurrentCulture).ThenBy(p => p.Title.Length).ThenBy(p => p.Title, StringComparer.CurrentCulture).ThenBy(p => p.Id).ToList();
        var pages = Math.Max(1, (posts.Count + PageSize - 1) / PageSize);
        var page = Math.Clamp(int.TryParse(http.Request.Query["page"], NumberStyles.None, CultureInfo.InvariantCulture, out var asked) ? asked : 1, 1, pages);
        var keeps = TrainingAccess.Keeps(actor);
        var sheet = new AskedSheet(
            [.. catalogue.Waiting.Where(w => register.Posts.TryGetValue(w.Key.Post, out var p) && TrainingAccess.Lists(actor, p, register)).OrderBy(w => w.Value.At).Take(PageSize)
                .Select(w => LineOf(w.Key, w.Value, catalogue, actor, register, now))],
            [.. posts.Skip((page - 1) * PageSize).Take(PageSize).Select(p => new AskedLine(p.Title, register.Units[p.Unit].Name, Words(p, mandatory: true), Words(p, mandatory: false)))], page, pages,
            [.. catalogue.Competences.Values.OrderBy(c => c.Code, StringComparer.Ordinal).Select(c => new CompetenceLine(c.Code, TrainingText.NameOf(catalogue, c.Id)))], keeps,
            keeps && StartingCatalogue.Competences.Any(s => catalogue.Competences.Values.All(c => c.Code != s.Code)), TrainingForms.Choices(catalogue),
            keeps ? [.. titles.First(register, p => TrainingAccess.Trains(p.Role)).Select(p => p.Title)] : [], typed?.Id("key") ?? Guid.CreateVersion7())
        {
            Errors = error is null ? [] : [error], TurnTo = TrainingForms.TurnTo(refused, register), Typed = typed?.Typed() ?? new Dictionary<string, string>(),
        };
        return Rendered.Page<AskedPage>(new { Sheet = sheet }, error is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);

        IEnumerable<Post> Seen(IEnumerable<Guid> of) => of.Where(register.Posts.ContainsKey).Select(p => register.Posts[p]).Where(p => TrainingAccess.Lists(actor, p, register));

        IReadOnlyList<string> Words(Post post, bool mandatory) =>
            [.. catalogue.Of(post.Id).Where(a => a.Value.IsMandatory == mandatory).Select(a => TrainingText.LevelOf(catalogue, a.Key, a.Value.Level)).Order(StringComparer.CurrentCulture)];
    }

    static WaitingLine LineOf((Guid Post, Guid Competence) key, WaitingCompetence asked, Catalogue catalogue, Actor actor, Register register, DateTimeOffset now) => new(
        key.Post, key.Competence, PostTitles.TitleOf(register.Posts[key.Post], register),
        asked.Level is { } level ? TrainingText.Say(asked.IsMandatory ? "waiting.mandatory" : "waiting.wanted", register.NameOf(asked.By), TrainingText.LevelOf(catalogue, key.Competence, level))
            : TrainingText.Say("waiting.nothing", register.NameOf(asked.By), TrainingText.NameOf(catalogue, key.Competence)),
        asked.Reason, MarkPost.MayAnswer(asked.By, register.Posts[key.Post], actor, register, now, catalogue.Lowers(key.Post, key.Competence)));
}
