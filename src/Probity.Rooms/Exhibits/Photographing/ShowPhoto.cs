using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Access.Contract;
using Probity.Exhibits.Contract;
using Probity.Ledger;
using Probity.Shared.Record;

namespace Probity.Exhibits.Photographing;

/// <summary>Gives a photograph back as it was taken, to who may see its exhibit; the reading is recorded.</summary>
internal sealed class ShowPhoto(ExhibitDesk desk, TransparencyLog log)
{
    public static void Map(IEndpointRouteBuilder pages) => pages.MapGet(
        "/exhibits/{id:guid}/photos/{photo:guid}", async (Guid id, Guid photo, HttpContext http, ShowPhoto slice) =>
        {
            if (SignedInPerson.Of(http.User) is not { } person) return Results.Unauthorized();
            if (await slice.ReadAsync(person, id, photo, http.RequestAborted) is not { } found) return Results.NotFound();
            // Shown as a picture and as nothing else, whatever is in it.
            http.Response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
            http.Response.Headers.CacheControl = "private, no-store";
            return Results.Bytes(found.Bytes, found.MediaType);
        });

    async Task<(byte[] Bytes, string MediaType)?> ReadAsync(Guid person, Guid exhibit, Guid id, CancellationToken cancel)
    {
        if (await desk.OpenAsync(person, exhibit, "exhibits.photo", cancel) is not { } facts) return null;
        if (facts.Exhibit.Photos.FirstOrDefault(p => p.Id == id) is not { } photo) return null;
        using var whole = new MemoryStream(photo.Bytes);
        foreach (var entry in await log.ReadStreamAsync(new StreamId(KeepPhoto.StreamOf(exhibit, id)), 0, cancel))
        {
            if (EventTypes.Read(entry).Event is PhotoPart part) whole.Write(Convert.FromBase64String(part.Content));
        }

        var bytes = whole.ToArray();
        // What is not what was recorded is not shown as if it were.
        return KeepPhoto.SumOf(bytes) == photo.Sha256 ? (bytes, photo.MediaType) : null;
    }
}
