using System.Buffers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Ledger.Witnessing;
using Probity.Oversight.Witnessing;

namespace Probity.Oversight;

/// <summary>The overseers' part of a server, as the host sees it.</summary>
public static class OversightRoom
{
    const string Seconds = "public, max-age=2";

    /// <summary>
    /// Maps a witness (C2SP tlog-witness) under a prefix of the host's: <c>add-checkpoint</c> for logs, a log's newest confirmed checkpoint for those
    /// who monitor it, and a page for people. Open to anybody: what it says is public, and it hears only logs that it knows.
    /// </summary>
    public static IEndpointRouteBuilder MapWitness(this IEndpointRouteBuilder routes, Witness witness)
    {
        // The protocol is described by C2SP, not by our API's document.
        var open = routes.MapGroup("").AllowAnonymous().ExcludeFromDescription();
        open.MapPost("add-checkpoint", (HttpContext context, CancellationToken ct) => AddAsync(context, witness, ct)).DisableAntiforgery();
        open.MapGet("{originHash}/checkpoint", (HttpContext context, string originHash) => ShowAsync(context, witness, originHash));
        open.MapGet("", Task<IResult> (CancellationToken ct) => WitnessPage.ShowAsync(witness, ct));
        return routes;
    }

    static async Task<IResult> AddAsync(HttpContext context, Witness witness, CancellationToken ct)
    {
        var answer = await ReadAsync(context.Request.Body, ct) is { } body
            ? await witness.AddCheckpointAsync(body, ct)
            : new WitnessAnswer(StatusCodes.Status413PayloadTooLarge, WitnessAnswer.TextType, "The request is too long.\n"u8.ToArray());
        return Results.Text(answer.Body.Span, answer.ContentType, answer.Status);
    }

    static async Task<IResult> ShowAsync(HttpContext context, Witness witness, string originHash)
    {
        if (await witness.ReadCheckpointAsync(originHash, context.RequestAborted) is not { } note)
            return Results.Text("Nothing was ever cosigned for this origin.\n"u8, WitnessAnswer.TextType, StatusCodes.Status404NotFound);
        context.Response.Headers.CacheControl = Seconds;
        return Results.Text(note, WitnessAnswer.TextType);
    }

    /// <summary>Null where the body is longer than any request.</summary>
    static async ValueTask<ReadOnlyMemory<byte>?> ReadAsync(Stream body, CancellationToken ct)
    {
        var whole = new ArrayBufferWriter<byte>();
        int read;
        while (whole.WrittenCount <= Witness.MaxRequest && (read = await body.ReadAsync(whole.GetMemory(4_096), ct)) > 0) whole.Advance(read);
        if (whole.WrittenCount > Witness.MaxRequest) return null;
        return whole.WrittenMemory;
    }
}
