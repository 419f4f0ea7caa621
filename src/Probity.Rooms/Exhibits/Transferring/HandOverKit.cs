using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Probity.Access.Contract;
using Probity.Exhibits.Contract;
using Probity.Exhibits.Labelling;
using Probity.Exhibits.Listing;
using Probity.Ledger;
using Probity.Shared;
using Probity.Shared.Record;
using Probity.Shared.Views;
using Probity.Shared.Web;

namespace Probity.Exhibits.Transferring;

/// <summary>
/// What a telephone takes along for the time without a line: who its owner is, what they have and get, who else handles exhibits, and the words of the
/// page. Nothing of any case.
/// </summary>
internal sealed class HandOverKit(DbContext views, TransparencyLog log, IRegister registers, TimeProvider time)
{
    /// <summary>The most exhibits that are taken along.</summary>
    const int Most = 300;

    internal sealed record Named(string Id, string Name);

    internal sealed record Held(Guid Id, string Number, string Code, string What, Guid? From, string? FromName, Guid? Transfer, IReadOnlyList<SealedPackage> Packages)
    {
        /// <summary>Where in the store it is.</summary>
        public Guid? Place { get; init; }

        /// <summary>To whom its holder has signed that they gave it, while that one has not signed: it is not theirs to give once more.</summary>
        public string? GivenTo { get; init; }
    }

    internal sealed record Kit(
        Guid Person, string Name, IReadOnlyList<Named> People, IReadOnlyList<Named> Purposes, IReadOnlyList<Named> Locations, IReadOnlyList<Held> Mine,
        IReadOnlyList<Held> Coming, DateTimeOffset Now);

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/exhibits/scan", async (HttpContext http, HandOverKit slice) =>
        {
            LetScriptsRun(http.Response.Headers);
            return SignedInPerson.Of(http.User) is null
                ? Results.Unauthorized()
                : Rendered.Page<ScanPage>(new { Places = SignedInPerson.Has(http.User, Role.Custodian) ? await slice.PlacesAsync(http.RequestAborted) : [] });
        });
        // At an address of its own, since a worker serves what lies below its own.
        pages.MapGet("/exhibits/worker.js", (HttpContext http) =>
        {
            http.Response.Headers.ContentSecurityPolicy = "default-src 'none'; connect-src 'self'";
            return Results.Text(PageAssets.TextOf("handover-worker.js"), "text/javascript; charset=utf-8");
        }).AllowAnonymous();
        pages.MapGet("/exhibits/kit", async (HttpContext http, HandOverKit slice) =>
        {
            if (SignedInPerson.Of(http.User) is not { } person) return Problem.SignIn();
            await http.CaughtUpAsync(ExhibitsView.ViewName, http.RequestAborted);
            return Results.Json(await slice.PackAsync(person, http.RequestAborted), ApiJson.Options);
        });
        // Halves that were signed with nothing but a label at hand.
        pages.MapGet("/exhibits/by-label/{label}", async (string label, HttpContext http, ScanLabel labels) =>
            SignedInPerson.Of(http.User) is not { } person ? Problem.SignIn()
            // Only whose post has exhibits in hand has a label in hand.
            : !ExhibitAccess.HandlerRoles.Any(role => SignedInPerson.Has(http.User, role)) ? Problem.NotFound()
            : labels.IsBarred(person) ? Results.StatusCode(StatusCodes.Status429TooManyRequests)
            : await labels.IdOfAsync(person, label, http.RequestAborted) is { } id ? Results.Json(new Named(id.ToString("D"), ""), ApiJson.Options)
            : Problem.NotFound());
    }

    async Task<IReadOnlyList<Choice>> PlacesAsync(CancellationToken cancel) =>
        [.. (await new RecordSession(log).FoldAsync<Store>(Store.Stream, cancel)).Locations.Values.OrderBy(l => l.Name, StringComparer.CurrentCulture).Select(l => new Choice(l.Id.ToString("D"), l.Name))];

    async Task<Kit> PackAsync(Guid person, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var register = await registers.ReadAsync(cancel);
        var actor = Actor.From(register, person, now);
        var session = new RecordSession(log);
        var store = await session.FoldAsync<Store>(Store.Stream, cancel);
        var rows = await views.Set<ExhibitRow>().AsNoTracking().Where(e => (e.Holder == person || e.Addressee == person) && e.End == null)
            .OrderByDescending(e => e.Since).Take(Most).ToListAsync(cancel);
        var held = new List<(Guid Holder, Held Held)>();
        foreach (var row in rows)
        {
            var exhibit = await session.FoldAsync<Exhibit>(new StreamId(row.Id), cancel);
            var coming = exhibit.Chain.Given.LastOrDefault(r => r.To == person);
            held.Add((row.Holder, new Held(
                row.Id, row.Number, row.Code, ExhibitWords.What(row.Kind, row.Substance, row.IsNegative), coming?.From, coming is null ? null : register.NameOf(coming.From),
                coming?.Transfer, exhibit.SealsAt(now))
            {
                Place = row.Location, GivenTo = row.Holder == person && exhibit.Chain.Given.LastOrDefault(r => r.From == person) is { } given ? register.NameOf(given.To) : null,
            }));
        }

        return new Kit(
            person, register.NameOf(person),
            [.. ExhibitWords.People(register, now, a => a.Person != person && ExhibitAccess.IsHandler(a)).Select(c => new Named(c.Value, c.Text))],
            [.. ExhibitWords.Choices<Purpose>(ExhibitWords.Of).Select(c => new Named(c.Value, c.Text))],
            actor.Has(Role.Custodian) ? [.. store.Locations.Values.OrderBy(l => l.Name, StringComparer.CurrentCulture).Select(l => new Named(l.Id.ToString("D"), l.Name))] : [],
            [.. held.Where(h => h.Holder == person).Select(h => h.Held)], [.. held.Where(h => h.Holder != person).Select(h => h.Held)], now);
    }

    // The one page that needs scripts: two people hand over while the line is down. Everything else on it works without.
    public static void LetScriptsRun(IHeaderDictionary headers)
    {
        headers.ContentSecurityPolicy = PageProtection.ContentSecurityPolicy + "; script-src 'self'; connect-src 'self'; worker-src 'self'";
        headers["Permissions-Policy"] = "camera=(self)";
    }
}
