using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Intake.Keeping;
using Probity.Sealing;

namespace Probity.Intake.Exchanging;

/// <summary>Records with what proves them, as the node fetches them.</summary>
internal sealed record FetchedRecords(long Size, IReadOnlyList<string> Receipts);

/// <summary>An answer, as the node hands it over.</summary>
internal sealed record HandedAnswer(Guid Id, Guid Report, DateOnly Day, string Box);

/// <summary>Reports that the node says are settled.</summary>
internal sealed record SettledReports(IReadOnlyList<Guid> Reports);

/// <summary>
/// What the node, and nobody else, asks of the reporter's side: sealed records with their receipts, sealed files, and that it takes a book, answers, and word of what is settled. The reporter's side
/// never calls anybody.
/// </summary>
internal sealed class Exchange(IntakeFolder folder, IntakeRecord record, BookInForce books)
{
    const int MostRecords = 256;
    const int LongestAnswers = 8 << 20;

    public static void Map(IEndpointRouteBuilder routes)
    {
        var exchange = routes.MapGroup("/exchange");
        exchange.MapGet("/records", (HttpContext http, Exchange slice, long? from, int? most) => slice.RecordsAsync(http, from ?? 0, most ?? MostRecords));
        exchange.MapGet("/files/{file:guid}", (Guid file, Exchange slice) => slice.File(file));
        exchange.MapPut("/book", (HttpContext http, Exchange slice) => slice.TakeBookAsync(http));
        exchange.MapPost("/answers", (HttpContext http, Exchange slice) => slice.TakeAnswersAsync(http));
        exchange.MapPost("/settled", (HttpContext http, Exchange slice) => slice.SettleAsync(http));
        exchange.MapGet("/checkpoint", (Exchange slice) => slice.Published());
    }

    async Task<IResult> RecordsAsync(HttpContext http, long from, int most)
    {
        if (from < 0 || most is < 1 or > MostRecords) return Results.BadRequest($"'from' is a number from 0, 'most' one from 1 to {MostRecords}");
        var size = record.Size;
        return Results.Json(new FetchedRecords(size, await record.ReceiptsAsync(from, most, http.RequestAborted)), ExchangeJson.Default.FetchedRecords);
    }

    IResult File(Guid file) => System.IO.File.Exists(folder.FileOf(file)) ? Results.File(folder.FileOf(file), "application/octet-stream", enableRangeProcessing: true) : Results.NotFound();

    async Task<IResult> TakeBookAsync(HttpContext http)
    {
        if (await BodyAsync(http, RecipientBook.Longest) is not { } body) return Results.StatusCode(StatusCodes.Status413PayloadTooLarge);
        try
        {
            return books.Take(body) ? Results.NoContent() : Results.Conflict("a newer book is in force");
        }
        catch (FormatException fault)
        {
            return Results.BadRequest(fault.Message);
        }
    }

    async Task<IResult> TakeAnswersAsync(HttpContext http)
    {
        if (await ReadAsync(http, ExchangeJson.Default.IReadOnlyListHandedAnswer) is not { } handed) return Results.BadRequest("a list of answers is expected");
        var answers = new List<SealedAnswer>();
        foreach (var answer in handed)
        {
            var box = new byte[SealedAnswer.Longest];
            if (!Convert.TryFromBase64String(answer.Box, box, out var length)) return Results.BadRequest($"the box of the answer {answer.Id} is no base64, or too long");
            answers.Add(new SealedAnswer(answer.Id, answer.Report, answer.Day, box[..length]));
        }

        foreach (var answer in answers) await record.KeepAsync(answer, CancellationToken.None);
        return Results.Ok();
    }

    async Task<IResult> SettleAsync(HttpContext http)
    {
        if (await ReadAsync(http, ExchangeJson.Default.SettledReports) is not { } settled) return Results.BadRequest("a list of reports is expected");
        foreach (var file in await record.SettleAsync(settled.Reports, CancellationToken.None)) System.IO.File.Delete(folder.FileOf(file));
        return Results.Ok();
    }

    IResult Published() => folder.ReadPublished() is { } note ? Results.Text(note) : Results.NoContent();

    static async Task<T?> ReadAsync<T>(HttpContext http, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type) where T : class
    {
        if (await BodyAsync(http, LongestAnswers) is not { } body) return null;
        try
        {
            return JsonSerializer.Deserialize(body, type);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    static async Task<byte[]?> BodyAsync(HttpContext http, int longest)
    {
        http.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpMaxRequestBodySizeFeature>()!.MaxRequestBodySize = longest;
        using var body = new MemoryStream();
        try
        {
            await http.Request.Body.CopyToAsync(body, http.RequestAborted);
        }
        catch (BadHttpRequestException)
        {
            return null;
        }

        return body.ToArray();
    }
}

/// <summary>The form of the exchange: names in camelCase, nothing unknown.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true, MaxDepth = 8)]
[JsonSerializable(typeof(FetchedRecords))]
[JsonSerializable(typeof(IReadOnlyList<HandedAnswer>))]
[JsonSerializable(typeof(SettledReports))]
internal sealed partial class ExchangeJson : JsonSerializerContext;
