using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Access.Contract;
using Probity.People.Contract;
using Probity.People.Viewing;
using Probity.Shared;
using Probity.Shared.Record;
using Probity.Shared.Web;

namespace Probity.People.Barring;

/// <summary>Somebody on the list.</summary>
public sealed record BarLine(Guid Id, string Name, string Why, DateOnly Notified, string State, Tone Tone, DateTimeOffset? ReviewFrom);

/// <summary>Somebody who may be somebody on the list.</summary>
public sealed record MatchLine(Guid Bar, Guid Person, string Name, string Post, string Why, bool? Same, bool MayAnswer, string? SaidAnother);

/// <summary>The list.</summary>
public sealed record BarredSheet(IReadOnlyList<MatchLine> Matches, IReadOnlyList<BarLine> Lines, int Total, int Page, int Pages, bool MayEnter, string? Asked, IReadOnlyList<Link> Found)
{
    /// <summary>What was refused.</summary>
    public IReadOnlyList<FieldError> Errors { get; init; } = [];
}

/// <summary>The barred list, who in the register may be on it, and where somebody is looked for to be entered.</summary>
internal sealed class ShowBarred(BarDesk desk, AnswerMatch match, PeopleNames names, IRegister registers, TimeProvider time)
{
    public const string Address = "/vetting/barred";
    const int PageSize = 25, MostFound = 20;
    internal const int MostMatches = 50;

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet(Address, async (HttpContext http, ShowBarred show) => BarAccess.Sees(http.User) ? await show.ShowAsync(http, null) : Results.Forbid());
        pages.MapGet(Address + "/match", () => new SeeOther(Address));
        pages.MapPost(Address + "/match", async (HttpContext http, ShowBarred show) => BarAccess.Sees(http.User) ? await show.TakeAsync(http) : Results.Forbid());
    }

    async Task<IResult> TakeAsync(HttpContext http)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var same = form["same"].ToString() switch { "yes" => true, "no" => false, _ => (bool?)null };
        var outcome = await match.HandleAsync(
            SignedInPerson.Of(http.User)!.Value, new(Guid.TryParse(form["bar"], out var bar) ? bar : Guid.Empty, Guid.TryParse(form["person"], out var of) ? of : Guid.Empty, same), http.RequestAborted);
        return outcome is Outcome.Done ? new SeeOther(Address) : await ShowAsync(http, outcome);
    }

    async Task<IResult> ShowAsync(HttpContext http, Outcome? refused)
    {
        var (cancel, now, id) = (http.RequestAborted, time.GetUtcNow(), SignedInPerson.Of(http.User)!.Value);
        var (list, register) = (await desk.ReadAsync(cancel), await registers.ReadAsync(cancel));
        var actor = Actor.From(register, id, now);
        var shown = list.ShownTo(id, register).ToList();
        var pages = Math.Max(1, (shown.Count + PageSize - 1) / PageSize);
        var page = Math.Clamp(int.TryParse(http.Request.Query["page"], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 1, 1, pages);
        var mayEnter = actor.Has(Role.Vetting) || actor.Has(Role.Integrity);
        var asked = mayEnter && http.Request.Query["q"].ToString().Trim() is { Length: > 0 and <= 100 } typed ? typed : null;
        return Rendered.Page<BarredPage>(new
        {
            Sheet = new BarredSheet(
                [.. AnswerMatch.ShownTo(id, list, register, names, now).Take(MostMatches).Select(m => new MatchLine(
                    m.Entry.Id, m.Person, register.NameOf(m.Person), ShowClearances.PostOf(m.Person, register, now), Why(m.Entry.Reason), m.Same,
                    mayEnter && m.Same is null && list.SaidAnother(m.Entry.Id, m.Person) != id && Recusal.Between(id, [m.Person], register, now) is null,
                    list.SaidAnother(m.Entry.Id, m.Person) is { } first ? BarringText.Say("match.said-by", register.NameOf(first)) : null))],
                [.. shown.Skip((page - 1) * PageSize).Take(PageSize).Select(b => LineOf(b, register, now))], shown.Count, page, pages, mayEnter, asked,
                asked is null ? [] : [.. names.Beginning(register, asked, MostFound).Where(p => p != id).Select(p => new Link(
                    $"{Address}/new?person={p:D}", string.Join(", ", new[] { register.NameOf(p), ShowClearances.PostOf(p, register, now) }.Where(t => t.Length > 0))))])
            {
                Errors = refused is null ? [] : [new FieldError("", BarringText.Of((refused as Outcome.Refused)?.Refusal.Code ?? Answers.Stale))],
            },
        }, refused is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
    }

    internal static string Why(BarReason reason) => BarringText.Of("reason." + PeopleText.Camel(reason));

    internal static (string Key, Tone Tone) StateOf(BarEntry entry, DateTimeOffset now) =>
        entry.Since is null ? ("asked", Tone.Attention) : entry.Asked is not null ? ("review-asked", Tone.Attention) : now >= entry.ReviewFrom ? ("review-due", Tone.Attention)
        : entry.IsAdvice ? ("advice", Tone.Info) : ("barred", Tone.Urgent);

    static BarLine LineOf(BarEntry entry, Register register, DateTimeOffset now)
    {
        var (key, tone) = StateOf(entry, now);
        return new BarLine(entry.Id, register.NameOf(entry.Person), Why(entry.Reason), entry.Notified, BarringText.Of("state." + key), tone, entry.ReviewFrom);
    }
}
