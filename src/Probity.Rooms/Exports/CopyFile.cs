using System.Globalization;
using Microsoft.AspNetCore.Http;
using Probity.Exports.Formats;
using Probity.Exports.TakingCopies;

namespace Probity.Exports;

/// <summary>A copy on its way out: written anew into the answer, piece by piece, and held to what was recorded of it.</summary>
internal sealed class CopyFile(CopyOrder order, string name, TakeCopy.Made made) : IResult
{
    /// <summary>The header that has the hash of the file.</summary>
    public const string HashHeader = "Probity-Sha256";

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.ContentType = CopyWriting.KindOf(order.Format).MediaType;
        response.ContentLength = made.Bytes;
        response.Headers.ContentDisposition = string.Create(CultureInfo.InvariantCulture, $"attachment; filename=\"{name}\"");
        response.Headers.CacheControl = "no-store";
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers[HashHeader] = made.Sha256;
        await using var sink = new CopySink(response.Body);
        await CopyWriting.WriteAsync(order, sink, httpContext.RequestAborted);
        // A case of it was erased meanwhile: a file that is not the recorded one does not arrive as if it were whole.
        if (sink.Sha256 != made.Sha256) httpContext.Abort();
    }
}
