using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Probity.Access.Contract;
using Probity.Cases.Contract;
using Probity.Records.Contract;
using Probity.Shared.Views;
using Probity.Shared.Web;

namespace Probity.Records.Viewing;

/// <summary>A line of the list.</summary>
public sealed record RecordsLine(string Title, string Href, string Kind, string State, int Holds, DateTimeOffset Since);

/// <summary>What was asked to be erased, what was erased, and what is held: as much of it as the reader may know of.</summary>
internal sealed class ShowRecords(DbContext views, ErasureDesk desk, ICaseDirectory directory, IRegister registers)
{
    /// <summary>The newest so many; older ones are found by their case or person.</summary>
    const int Most = 200;

    internal sealed record Item(SubjectKind Kind, Guid Subject, ErasureStage Stage, DateTimeOffset Since, int Holds);

    internal sealed record List(IReadOnlyList<Item> Items, bool UpToDate);

    public static void Map(IEndpointRouteBuilder pages, RouteGroupBuilder api)
    {
        pages.MapGet("/records", async (HttpContext http, ShowRecords slice) =>
        {
            if (!ErasureAccess.HasAnyRole(http.User)) return Results.Forbid();
            await http.CaughtUpAsync(ErasureView.ViewName, http.RequestAborted);
            var lines = await slice.LinesAsync(SignedInPerson.Of(http.User)!.Value, http.RequestAborted);
            return Rendered.Page<RecordsPage>(new { Lines = lines });
        });
        api.MapGet("/", async (HttpContext http, ShowRecords slice) =>
        {
            if (SignedInPerson.Of(http.User) is not { } person) return Problem.SignIn();
            var current = await http.CaughtUpAsync(ErasureView.ViewName, http.RequestAborted);
            http.Response.Headers.CacheControl = "no-store";
            var rows = await slice.ReadAsync(person, http.RequestAborted);
            return Results.Json(new List([.. rows.Select(r => new Item(r.Row.Kind, r.Row.Subject, r.Row.Stage, r.Row.Since, r.Row.Holds))], current), ApiJson.Options);
        }).WithName("listErasures").WithSummary("What was asked to be erased, what was erased and what is held, as far as the caller may know.")
            .Produces<List>().Refuses(401);
    }

    async Task<IReadOnlyList<RecordsLine>> LinesAsync(Guid person, CancellationToken cancel)
    {
        var rows = await ReadAsync(person, cancel);
        var register = await registers.ReadAsync(cancel);
        return [.. rows.Select(r => new RecordsLine(
            r.Number ?? (r.Row.Kind == SubjectKind.Person
                ? register.NameOf(r.Row.Subject) : $"{RecordsText.Of("subject.erased-case")} {r.Row.Subject.ToString("D")[..8]}"),
            $"/records/{RecordsApi.PathOf(r.Row.Kind)}/{r.Row.Subject:D}", ShowErasure.Camel(r.Row.Kind), ShowErasure.Camel(r.Row.Stage), r.Row.Holds, r.Row.Since))];
    }

    /// <summary>The rows that this person may know of, and the number of a case that is still there.</summary>
    async Task<IReadOnlyList<(ErasureRow Row, string? Number)>> ReadAsync(Guid person, CancellationToken cancel)
    {
        var rows = await views.Set<ErasureRow>().AsNoTracking().OrderByDescending(r => r.Since).ThenBy(r => r.Stream).Take(Most).ToListAsync(cancel);
        var numbers = (await directory.AmongAsync(person, [.. rows.Where(r => r.Kind == SubjectKind.Matter).Select(r => r.Subject)], cancel))
            .ToDictionary(c => c.Id, c => c.Number);
        var seen = new List<(ErasureRow, string?)>();
        foreach (var row in rows)
        {
            var facts = await desk.ReadAsync(person, row.Kind, row.Subject, cancel);
            if (ErasureAccess.Refuses(RecordsAction.View, facts) is null) seen.Add((row, numbers.GetValueOrDefault(row.Subject)));
        }

        return seen;
    }
}
