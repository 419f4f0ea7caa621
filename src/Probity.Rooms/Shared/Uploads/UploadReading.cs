using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Probity.Shared.Uploads;

/// <summary>
/// Reads forms with files where the endpoint has an <see cref="UploadLimit"/>, after it is known who asks and before the form's
/// token is looked at. One at a time for a person: a second one waits for no memory, it is refused.
/// </summary>
internal sealed class UploadReading(MemoryBudget budget, TimeProvider time)
{
    static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    readonly ConcurrentDictionary<string, byte> _reading = new(StringComparer.Ordinal);
    readonly ConcurrentDictionary<string, (DateTimeOffset Since, int Count)> _begun = new(StringComparer.Ordinal);

    public async Task ReadAsync(HttpContext context, RequestDelegate next)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<UploadLimit>() is not { } limit || !IsUpload(context.Request))
        {
            await next(context);
            return;
        }

        var person = context.User.FindFirst("sub")?.Value ?? "";
        if (!Begin(person, limit) || !_reading.TryAdd(person, 0))
        {
            context.Response.StatusCode = StatusCodes.Status429TooManyRequests;
            return;
        }

        UploadedForm form;
        try
        {
            if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size) size.MaxRequestBodySize = limit.RequestBytes;
            form = await UploadedForm.ReadAsync(context.Request, limit, budget, context.RequestAborted);
        }
        finally
        {
            _reading.TryRemove(person, out _);
        }

        context.Response.RegisterForDispose(form);
        context.Features.Set(form);
        context.Features.Set<IFormFeature>(new FormFeature(form.Fields));
        await next(context);
    }

    static bool IsUpload(HttpRequest request) =>
        HttpMethods.IsPost(request.Method) && request.ContentType?.StartsWith("multipart/form-data", StringComparison.OrdinalIgnoreCase) == true;

    // A minute from the first of a row; the table holds only people who are signed in, and those of the last minute.
    bool Begin(string person, UploadLimit limit)
    {
        var now = time.GetUtcNow();
        foreach (var (who, turn) in _begun)
            if (now - turn.Since >= Minute) _begun.TryRemove(KeyValuePair.Create(who, turn));
        return _begun.AddOrUpdate(person, _ => (now, 1), (_, turn) => (turn.Since, turn.Count + 1)).Count <= limit.PerMinute;
    }
}
