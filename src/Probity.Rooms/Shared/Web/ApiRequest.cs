using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Probity.Shared.Web;

/// <summary>Reads what an API call says; whatever is wrong with it is a problem with one clear line.</summary>
internal static class ApiRequest
{
    /// <summary>The longest body. The longest command, fifty parties and a summary in full, takes a third of it.</summary>
    public const int MaxBodyBytes = 128 * 1024;

    /// <summary>The body, or the problem with it.</summary>
    /// <param name="http">The call.</param>
    /// <param name="most">The most bytes of this body, where it carries a file.</param>
    public static async Task<(T? Body, IResult? Problem)> ReadAsync<T>(HttpContext http, int most = MaxBodyBytes) where T : class
    {
        if (http.Request.ContentLength > most) return (null, TooLarge(most));
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit) limit.MaxRequestBodySize = most;
        using var body = new MemoryStream();
        try
        {
            var part = new byte[8 * 1024];
            int read;
            while ((read = await http.Request.Body.ReadAsync(part, http.RequestAborted)) > 0)
            {
                if (body.Length + read > most) return (null, TooLarge(most));
                body.Write(part, 0, read);
            }

            return JsonSerializer.Deserialize<T>(body.GetBuffer().AsSpan(0, (int)body.Length), ApiJson.Options) is { } command
                ? (command, null)
                : (null, Problem.Malformed("The body is null; it has to be a JSON object."));
        }
        catch (JsonException fault)
        {
            return (null, Problem.Malformed(ApiFault.Line(body.GetBuffer().AsMemory(0, (int)body.Length), typeof(T), fault)));
        }
        catch (BadHttpRequestException fault)
        {
            return (null, fault.StatusCode == StatusCodes.Status413PayloadTooLarge
                ? TooLarge(most)
                : Problem.Malformed("The body could not be read to its end."));
        }
    }

    /// <summary>The version that the caller saw (<c>If-Match: "12"</c>), or null where none was stated; or the problem with it.</summary>
    public static (long? Expected, IResult? Problem) ExpectedVersion(HttpRequest request)
    {
        var header = request.Headers.IfMatch;
        if (header.Count == 0) return (null, null);
        var text = header.ToString();
        return text is ['"', .. var digits, '"'] && digits.Length <= 18
            && long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var version)
            ? (version, null)
            : (null, Problem.Malformed("If-Match has to be the version in quotes, as the ETag gives it."));
    }

    static IResult TooLarge(int most) => new Problem(
        string.Create(CultureInfo.InvariantCulture, $"The body is longer than {most} bytes."),
        StatusCodes.Status413PayloadTooLarge).ToResult();
}
