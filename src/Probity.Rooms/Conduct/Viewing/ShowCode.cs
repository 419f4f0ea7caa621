using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Access.Contract;
using Probity.Conduct.Acknowledging;
using Probity.Conduct.Contract;
using Probity.Conduct.Gifts;
using Probity.Conduct.Publishing;
using Probity.Ledger;
using Probity.Shared;
using Probity.Shared.Record;
using Probity.Shared.Views;
using Probity.Shared.Web;

namespace Probity.Conduct.Viewing;

/// <summary>An article in the reader's language.</summary>
public sealed record ArticleLine(int Number, string Title, string Text, string? Un, bool Changed);

/// <summary>A published version.</summary>
public sealed record CodeVersionLine(int Number, DateTimeOffset At, string Said);

/// <summary>The code as its page shows it to one reader.</summary>
public sealed record CodeSheet(IReadOnlyList<ArticleLine> Articles, int? Version, DateTimeOffset? Published, IReadOnlyList<CodeVersionLine> Versions, IReadOnlyList<FieldError> Errors)
{
    /// <summary>How the reader stands to it; null where the code does not bind them, or none is published.</summary>
    public string? Mine { get; init; }

    /// <summary>How that looks.</summary>
    public Tone Tone { get; init; }

    /// <summary>Whether the reader may take the quiz now.</summary>
    public bool MayTakeQuiz { get; init; }

    /// <summary>Whether the reader has passed the quiz and acknowledges next.</summary>
    public bool MayAcknowledge { get; init; }

    /// <summary>The score that was just reached.</summary>
    public string? Passed { get; init; }

    /// <summary>What waits for an overseer, who asks for it and why.</summary>
    public string? Asked { get; init; }

    /// <summary>The articles of what waits, for who answers it.</summary>
    public IReadOnlyList<ArticleLine> AskedArticles { get; init; } = [];

    /// <summary>Whether the reader may be the second person now.</summary>
    public bool MayAnswer { get; init; }

    /// <summary>Whether the reader may write a version now.</summary>
    public bool MayPropose { get; init; }

    /// <summary>Whether the reader declares gifts, or sees those of others.</summary>
    public bool HasGifts { get; init; }

    /// <summary>Whether the reader has to do with interests.</summary>
    public bool HasInterests { get; init; }

    /// <summary>Whether the reader sees what others acknowledged.</summary>
    public bool SeesOthers { get; init; }

    /// <summary>Why an overseer does not agree, as typed.</summary>
    public string? Refusal { get; init; }
}

/// <summary>Shows the code to everybody, also to who is not signed in, and takes what its readers do with it.</summary>
internal sealed class ShowCode(FoldedStream<CodeOfConduct> codes, TransparencyLog log, PublishCode publish, AcknowledgeCode acknowledge, IRegister registers, When when, TimeProvider time)
{
    const string Address = "/conduct";
    const string Forms = "/{what:regex(^(acknowledge|answer)$)}";

    /// <summary>Whose navigation leads here: everybody but who runs the machine.</summary>
    public static bool Serves(ClaimsPrincipal user) => Enum.GetValues<Role>().Any(role => role != Role.Administrator && SignedInPerson.Has(user, role));

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet(Address, (HttpContext http, ShowCode show) => show.ShowAsync(http, null, null)).AllowAnonymous();
        pages.MapGet(Address + "/versions/{number:int}", (int number, HttpContext http, ShowCode show) => show.ShowVersionAsync(number, http.RequestAborted)).AllowAnonymous();
        pages.MapGet(Address + Forms, () => new SeeOther(Address));
        pages.MapPost(Address + Forms, (string what, HttpContext http, ShowCode show) => show.TakeAsync(http, acknowledges: what == "acknowledge"));
    }

    async Task<IResult> TakeAsync(HttpContext http, bool acknowledges)
    {
        if (SignedInPerson.Of(http.User) is not { } person) return Results.Unauthorized();
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        _ = int.TryParse(form["version"], out var version);
        var outcome = acknowledges
            ? await acknowledge.HandleAsync(person, new AcknowledgeCode.Command(version), http.RequestAborted)
            : await publish.HandleAsync(person, new PublishCode.Answer(form["answer"] == "yes", form["refusal"]), http.RequestAborted);
        if (outcome is Outcome.Done(var index))
        {
            http.Wrote(index);
            return new SeeOther(Address);
        }

        var code = (outcome as Outcome.Refused)?.Refusal.Code ?? Answers.Stale;
        return await ShowAsync(http, new FieldError(code is ConductTexts.ReasonMissing or ConductTexts.ReasonTooShort or ConductTexts.ReasonUnfit ? "refusal" : "", ConductText.Of(code)), form["refusal"]);
    }

    async Task<IResult> ShowVersionAsync(int number, CancellationToken cancel)
    {
        var code = await codes.ReadAsync(cancel);
        return code.Versions.Find(v => v.Number == number) is { } version
            ? Rendered.Page<CodePage>(new { Sheet = new CodeSheet(LinesOf(version.Articles, null), number, version.At, [], []), IsOld = code.InForce!.Number != number })
            : Results.NotFound();
    }

    async Task<IResult> ShowAsync(HttpContext http, FieldError? error, string? refusal)
    {
        var cancel = http.RequestAborted;
        var code = await codes.ReadAsync(cancel);
        var now = time.GetUtcNow();
        var sheet = new CodeSheet(
            code.InForce is { } inForce ? LinesOf(inForce.Articles, null) : [], code.InForce?.Number, code.InForce?.At,
            [.. code.Versions.Reverse().Select(v => new CodeVersionLine(v.Number, v.At, ConductText.Say("versions.within", v.Within)))], error is null ? [] : [error]) { Refusal = refusal, HasGifts = GiftAccess.HasAnyRole(http.User), HasInterests = Interests.InterestAccess.HasAnyRole(http.User) };
        if (SignedInPerson.Of(http.User) is { } person) sheet = await ForAsync(person, sheet, code, now, cancel);
        return Rendered.Page<CodePage>(new { Sheet = sheet }, error is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
    }

    async Task<CodeSheet> ForAsync(Guid person, CodeSheet sheet, CodeOfConduct code, DateTimeOffset now, CancellationToken cancel)
    {
        var register = await registers.ReadAsync(cancel);
        var actor = Actor.From(register, person, now);
        if (code.Asked is { } asked && (PublishCode.Proposes(actor) || PublishCode.Answers(actor)))
        {
            sheet = sheet with
            {
                Asked = ConductText.Say("asked", register.NameOf(asked.By), asked.Reason), AskedArticles = LinesOf(asked.Articles, code.InForce?.Articles),
                MayAnswer = asked.By != person && PublishCode.Answers(actor),
            };
        }

        sheet = sheet with
        {
            MayPropose = code.Asked is null && PublishCode.Proposes(actor),
            SeesOthers = ConductAccess.UnitsOf(actor, register) is not { Count: 0 },
        };
        if (code.InForce is not { } version || !CodeDuty.Binds(actor)) return sheet;
        var own = await new RecordSession(log).FoldAsync<Acknowledgements>(Acknowledgements.StreamOf(person), cancel);
        var due = code.DueOf(own, CodeDuty.SinceOf(person, register))!.Value;
        var (holds, renews) = (own.Holds(version.Number, now), !own.Holds(version.Number, now + AcknowledgeCode.Early));
        var passed = own.Passed is { } quiz && quiz.Version == version.Number ? quiz.Score : (int?)null;
        return sheet with
        {
            Mine = holds ? ConductText.Say(renews ? "mine.renew" : "mine.current", when.Day(own.All[^1].At), when.Day(due))
                : ConductText.Say(due <= now ? "mine.overdue" : "mine.waiting", when.Day(due)),
            Tone = holds && !renews ? Tone.Good : due <= now ? Tone.Urgent : Tone.Attention,
            MayTakeQuiz = renews && passed is null, MayAcknowledge = renews && passed is not null, Passed = passed is { } score ? ConductText.Say("quiz.passed", score) : null,
        };
    }

    static IReadOnlyList<ArticleLine> LinesOf(IReadOnlyList<CodeArticle> articles, IReadOnlyList<CodeArticle>? before) =>
    [
        .. articles.Select(a => new ArticleLine(
            a.Number, a.Words[ConductText.Language].Title, a.Words[ConductText.Language].Text, a.Un.Count == 0 ? null : ConductText.Say("article.un", string.Join(", ", a.Un)),
            before is not null && PublishCode.Differs(a, before.FirstOrDefault(b => b.Number == a.Number)))),
    ];
}
