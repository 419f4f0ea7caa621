using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Access.Contract;
using Probity.Shared;
using Probity.Shared.Views;
using Probity.Shared.Web;

namespace Probity.Conduct.Viewing;

/// <summary>Somebody as the list of acknowledgements shows them.</summary>
public sealed record CodePersonLine(string Name, string Posts, string Version, DateTimeOffset? Acknowledged, DateTimeOffset? Due, string Standing, Tone Tone);

/// <summary>All that the list shows.</summary>
public sealed record CodePeopleSheet(
    IReadOnlyList<CodePersonLine> Lines, int Found, int Page, int Pages, Func<int, string> Href, string? Name, string? Share, bool Everybody, bool UpToDate, bool IsPublished);

/// <summary>Shows who has acknowledged the code: a commander the own units, integrity and the overseers everybody.</summary>
internal sealed class ShowPeople(CodePeople people, IRegister registers, TimeProvider time)
{
    const string Address = "/conduct/people";
    const int LongestName = 60;

    public static void Map(IEndpointRouteBuilder pages) => pages.MapGet(Address, async (HttpContext http, ShowPeople slice) =>
    {
        if (!ConductAccess.SeesOthers(http.User)) return Results.Forbid();
        var current = await http.CaughtUpAsync(ConductView.ViewName, http.RequestAborted);
        return await slice.ShowAsync(SignedInPerson.Of(http.User)!.Value, http.Request.Query, current, http.RequestAborted);
    });

    async Task<IResult> ShowAsync(Guid person, IQueryCollection query, bool current, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var register = await registers.ReadAsync(cancel);
        var units = ConductAccess.UnitsOf(Actor.From(register, person, now), register);
        var name = query["name"].ToString().Trim() is { Length: > 0 and <= LongestName } typed ? typed : null;
        _ = int.TryParse(query["page"], NumberStyles.None, CultureInfo.InvariantCulture, out var page);
        var version = await people.InForceAsync(cancel);
        var found = await people.ReadAsync(version?.Number ?? 0, now, units, name, register, page, cancel);
        return Rendered.Page<CodePeoplePageView>(new
        {
            Sheet = new CodePeopleSheet(
                [.. found.Rows.Select(r => LineOf(r, version?.Number ?? 0, register, now))], found.Found, found.Page, found.Pages,
                number => Address + new QueryString().Add("name", name ?? "").Add("page", number.ToString(CultureInfo.InvariantCulture)), name,
                found.Total == 0 ? null : ConductText.Say("people.share", found.Current * 100 / found.Total, found.Current, found.Total), units is null, current, version is not null),
        });
    }

    static CodePersonLine LineOf(CodePersonRow row, int version, Register register, DateTimeOffset now)
    {
        var standing = CodePeople.StandingOf(row, version, now);
        return new CodePersonLine(
            register.NameOf(row.Person), string.Join("; ", register.PostsOf(row.Person, now).Select(p => $"{p.Title}, {register.Units[p.Unit].Name}")),
            row.Version is { } acknowledged ? ConductText.Say("version", acknowledged) : "", row.Acknowledged, row.Due,
            version == 0 ? "" : ConductText.Of("people." + ConductText.Camel(standing)), standing switch { CodeStanding.Current => Tone.Good, CodeStanding.Overdue => Tone.Urgent, _ => Tone.Attention });
    }
}
