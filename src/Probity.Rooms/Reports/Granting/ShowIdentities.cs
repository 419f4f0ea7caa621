using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Access.Contract;
using Probity.Reports.Keys;
using Probity.Reports.Viewing;
using Probity.Sealing;
using Probity.Shared;
using Probity.Shared.Record;
using Probity.Shared.Views;
using Probity.Shared.Web;

namespace Probity.Reports.Granting;

/// <summary>An identity that is to be handed on, as a custodian sees it: nothing of the report but a name that says nothing.</summary>
public sealed record ToHandOnLine(Guid Request, string Reference, string AskedBy, string AgreedBy, string For, string When, bool IsDanger);

/// <summary>All that the custodian's page shows.</summary>
public sealed record IdentitiesSheet(IReadOnlyList<ToHandOnLine> Lines, bool IsUnlocked, IReadOnlyList<FieldError> Errors, string? Notice);

/// <summary>The identities that a custodian is asked to hand on.</summary>
internal sealed class ShowIdentities(ChangeKeys keys, FoldedStream<IdentityRequests> requests, IdentityParts parts, HandOnIdentity handOn, When when)
{
    public const string Address = "/reports/identities";
    const string Forms = Address + "/{request:guid}";

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet(Address, async (HttpContext http, ShowIdentities show, string? done) => await show.ShowAsync(http, [], done));
        pages.MapGet(Forms, () => new SeeOther(Address));
        pages.MapPost(Forms, async (Guid request, HttpContext http, ShowIdentities show) => await show.TakeAsync(http, request));
    }

    async Task<IResult> TakeAsync(HttpContext http, Guid request)
    {
        if (!await KeepsAsync(http)) return Results.Forbid();
        var ended = await handOn.HandleAsync(http.User, request, http.RequestAborted);
        if (ended.Index is not { } index) return await ShowAsync(http, [new FieldError("", GrantingText.Of(ended.Code!))], null);
        http.Wrote(index);
        return new SeeOther(Address + "?done=handed");
    }

    async Task<bool> KeepsAsync(HttpContext http)
    {
        var facts = await keys.FactsAsync(SignedInPerson.Of(http.User)!.Value, http.RequestAborted);
        return KeyAccess.PartOf(facts.Actor.Person, facts.Recipients, facts.Register, facts.Now) == HolderPart.Custodian;
    }

    async Task<IResult> ShowAsync(HttpContext http, IReadOnlyList<FieldError> errors, string? done)
    {
        if (!await KeepsAsync(http)) return Results.Forbid();
        var (person, cancel) = (SignedInPerson.Of(http.User)!.Value, http.RequestAborted);
        var register = (await keys.FactsAsync(person, cancel)).Register;
        var sheet = new IdentitiesSheet(
            [
                .. (await requests.ReadAsync(cancel)).All.Values.Where(r => r.IsToHandOn).OrderBy(r => r.AskedAt).ThenBy(r => r.Id).Select(r => new ToHandOnLine(
                    r.Id, ReportForms.Reference(r.Report), register.NameOf(r.AskedBy), register.NameOf(r.AgreedBy!.Value), register.NameOf(r.For), when.Moment(r.AskedAt), r.Agreed!.Danger)),
            ], parts.IsUnlocked(http.User), errors, done == "handed" ? GrantingText.Of("identities.handed") : null);
        http.Response.Headers.CacheControl = "no-store";
        return Rendered.Page<IdentitiesPage>(new { Sheet = sheet }, errors.Count == 0 ? null : StatusCodes.Status422UnprocessableEntity);
    }
}
