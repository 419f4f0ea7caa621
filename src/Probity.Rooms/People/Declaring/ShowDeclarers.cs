using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Access.Contract;
using Probity.Policies.Contract;
using Probity.Shared;
using Probity.Shared.Views;
using Probity.Shared.Web;

namespace Probity.People.Declaring;

/// <summary>Somebody in the list of the vetting unit.</summary>
public sealed record DeclarerLine(Guid Person, string Name, string? Declared, string Due, bool IsOverdue, bool IsFlagged);

/// <summary>The list of the vetting unit, or of an overseer.</summary>
public sealed record DeclarersSheet(string Of, string? Name, IReadOnlyList<DeclarerLine> Lines, int Total, int Page, int Pages)
{
    /// <summary>Whether it is an overseer's: of those whom the vetting unit may not judge, or one of it alone.</summary>
    public bool IsOverseers { get; init; }
}

/// <summary>Lists for the vetting unit whose growth waits for it, who is overdue, and everybody; the same for overseers of the vetting unit's own and of whom fewer than two of it may judge.</summary>
internal sealed class ShowDeclarers(Declarers declarers, IPolicies policies, IRegister registers, When when, TimeProvider time)
{
    const int LongestName = 80;

    public static void Map(IEndpointRouteBuilder pages) => pages.MapGet("/declarations/people", async (HttpContext http, ShowDeclarers show) =>
        SignedInPerson.Of(http.User) is not { } reader ? Results.Unauthorized() : !SignedInPerson.Has(http.User, Role.Vetting) && !SignedInPerson.Has(http.User, Role.Overseer) ? Results.Forbid() : await show.ShowAsync(http, reader));

    async Task<IResult> ShowAsync(HttpContext http, Guid reader)
    {
        var (query, cancel, now) = (http.Request.Query, http.RequestAborted, time.GetUtcNow());
        await http.CaughtUpAsync(DeclarationsView.ViewName, cancel);
        var wanted = Enum.TryParse<DeclarersWanted>(query["of"], ignoreCase: true, out var asked) && Enum.IsDefined(asked) ? asked : DeclarersWanted.Flagged;
        var name = query["name"].ToString().Trim() is { Length: > 0 and <= LongestName } typed ? typed : null;
        var page = int.TryParse(query["page"], NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= 1 and <= Declarers.MostCounted ? number : 1;
        var (register, policy) = (await registers.ReadAsync(cancel), await policies.ReadAsync(cancel));
        IReadOnlyList<Guid>? people = name is null ? null : [.. register.People.Values.Where(p => p.Name?.Contains(name, StringComparison.CurrentCultureIgnoreCase) == true).Take(Declarers.PageSize).Select(p => p.Id)];
        var overseer = SignedInPerson.Has(http.User, Role.Overseer);
        var theirs = DeclarationAccess.ReadableBy(overseer, reader, register, now, out var barred);
        people = theirs is null ? people : people is null ? theirs : [.. people.Intersect(theirs)];
        var (rows, total) = await declarers.ReadAsync(wanted, people, policy, barred, now, page, cancel);
        var sheet = new DeclarersSheet(
            wanted.ToString().ToLowerInvariant(), name,
            [.. rows.Select(r => (Row: r, Due: Declarers.DueOf(r, policy))).Select(r => new DeclarerLine(
                r.Row.Person, register.NameOf(r.Row.Person), r.Row.IsEntry ? null : when.Day(r.Row.Basis), when.Day(r.Due), r.Due < now && r.Row.Holds > 0, r.Row.FlaggedSince is not null))],
            total, page, Math.Max(1, (Math.Min(total, Declarers.MostCounted) + Declarers.PageSize - 1) / Declarers.PageSize)) { IsOverseers = overseer };
        return Rendered.Page<DeclarersPage>(new { Sheet = sheet });
    }
}
