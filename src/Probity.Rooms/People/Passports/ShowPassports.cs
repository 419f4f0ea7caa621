using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Access.Contract;
using Probity.People.Vetting;
using Probity.People.Viewing;
using Probity.Shared;
using Probity.Shared.Record;
using Probity.Shared.Web;

namespace Probity.People.Passports;

/// <summary>A passport in a list, or a request: <see cref="Href"/> is where more of it is, for whoever may see more.</summary>
public sealed record PassportLine(string Name, string Post, string Level, DateTimeOffset At, DateTimeOffset? Until, string State, Tone Tone, string? Href);

/// <summary>The reader's own passports and, for vetting, integrity and overseers, those of all.</summary>
public sealed record PassportsSheet(bool MayAsk, string? Waits, IReadOnlyList<PassportLine> Own, bool SeesAll, bool MayCheck, IReadOnlyList<PassportLine> Requests, IReadOnlyList<PassportLine> All, int Page, int Pages)
{
    /// <summary>What was refused.</summary>
    public IReadOnlyList<FieldError> Errors { get; init; } = [];
}

/// <summary>The list of passports, and the way to ask for one's own.</summary>
internal sealed class ShowPassports(PassportDesk desk, AskPassport ask, RevokedLists lists, When when, TimeProvider time)
{
    public const string Address = "/vetting/passports";
    const int PageSize = 25;

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet(Address, async (HttpContext http, ShowPassports show) => ClearanceAccess.Serves(http.User) ? await show.ShowAsync(http, null) : Results.Forbid());
        pages.MapPost(Address, async (HttpContext http, ShowPassports show) => ClearanceAccess.Serves(http.User) ? await show.TakeAsync(http) : Results.Forbid());
    }

    async Task<IResult> TakeAsync(HttpContext http)
    {
        await http.Request.ReadFormAsync(http.RequestAborted);
        var outcome = await ask.HandleAsync(SignedInPerson.Of(http.User)!.Value, http.RequestAborted);
        return outcome is Outcome.Done ? new SeeOther(Address) : await ShowAsync(http, outcome);
    }

    async Task<IResult> ShowAsync(HttpContext http, Outcome? refused)
    {
        var (cancel, person) = (http.RequestAborted, SignedInPerson.Of(http.User)!.Value);
        var facts = await desk.FactsAsync(person, person, null, cancel);
        var (book, register, waits, all) = (facts.Book, facts.Register, facts.Book.RequestOf(person), PassportAccess.Serves(PassportAction.List, http.User));
        var issued = all ? book.Passports.Values.Where(p => facts.Now < p.Said.Until && p.Said.Person != person).OrderByDescending(p => p.IssuedAt).ThenBy(p => p.Said.Token, StringComparer.Ordinal).ToList() : [];
        var pages = Math.Max(1, (issued.Count + PageSize - 1) / PageSize);
        var page = Math.Clamp(int.TryParse(http.Request.Query["page"], NumberStyles.None, CultureInfo.InvariantCulture, out var asked) ? asked : 1, 1, pages);
        return Rendered.Page<PassportsPage>(new
        {
            Sheet = new PassportsSheet(
                facts.Valid is not null && waits is null && PassportAccess.Refuses(PassportAction.Ask, facts) is null, waits is null ? null : when.Day(waits.At),
                await LinesAsync(book.Of(person).Take(PageSize), register, cancel), all, PassportAccess.Serves(PassportAction.Check, http.User),
                all ? [.. book.Requests.Values.Where(r => r.Person != person).OrderBy(r => r.At).Select(r => new PassportLine(
                    register.NameOf(r.Person), ShowClearances.PostOf(r.Person, register, facts.Now), "", r.At, null, PassportText.Of("state.asked"), Tone.Attention, ShowPassportRequest.AddressOf(r.Id)))] : [],
                await LinesAsync(issued.Skip((page - 1) * PageSize).Take(PageSize), register, cancel), page, pages)
            {
                Errors = refused is null ? [] : [new FieldError("", PassportText.Of((refused as Outcome.Refused)?.Refusal.Code ?? Answers.Stale))],
            },
        }, refused is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
    }

    async Task<IReadOnlyList<PassportLine>> LinesAsync(IEnumerable<Passport> passports, Register register, CancellationToken cancel)
    {
        var lines = new List<PassportLine>();
        foreach (var passport in passports)
        {
            var (state, said) = (await lists.StateOfAsync(passport, cancel), passport.Said);
            lines.Add(new PassportLine(
                register.NameOf(said.Person), ShowClearances.PostOf(said.Person, register, time.GetUtcNow()), PeopleText.Of("level." + PeopleText.Camel(said.Level)), passport.IssuedAt, said.Until,
                PassportText.Of("state." + PeopleText.Camel(state)), ToneOf(state), $"{Address}/{said.Token}"));
        }

        return lines;
    }

    /// <summary>The colour of a state.</summary>
    internal static Tone ToneOf(PassportState state) => state switch { PassportState.Counts => Tone.Good, PassportState.Expired => Tone.Neutral, _ => Tone.Urgent };
}
