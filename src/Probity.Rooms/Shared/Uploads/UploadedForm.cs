using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Probity.Shared.Uploads;

/// <summary>
/// A form with files, read as it comes in: files into memory, never into a folder for temporary ones, where the framework's own
/// reader would put them. What nobody takes is wiped at the end of the request.
/// </summary>
internal sealed class UploadedForm : IDisposable
{
    const int MostParts = 64;
    const int LongestField = 8 << 10;
    const int LongestName = 80;

    readonly Dictionary<string, UploadedFile> _files = new(StringComparer.Ordinal);
    readonly Dictionary<string, StringValues> _fields = new(StringComparer.Ordinal);

    /// <summary>The fields that are no files.</summary>
    public IFormCollection Fields => new FormCollection(_fields);

    /// <summary>The file of a field, which the caller now owns; null where none was chosen.</summary>
    public UploadedFile? Take(string field) => _files.Remove(field, out var file) ? file : null;

    public void Dispose()
    {
        foreach (var file in _files.Values) file.Bytes.Dispose();
        _files.Clear();
    }

    /// <summary>Reads the form of a request.</summary>
    /// <exception cref="BadHttpRequestException">It is no such form, or has more parts or longer fields than any of ours.</exception>
    public static async Task<UploadedForm> ReadAsync(HttpRequest request, UploadLimit limit, MemoryBudget budget, CancellationToken cancel)
    {
        var form = new UploadedForm();
        try
        {
            var boundary = MediaTypeHeaderValue.TryParse(request.ContentType, out var type) ? HeaderUtilities.RemoveQuotes(type.Boundary).Value : null;
            if (string.IsNullOrEmpty(boundary)) throw Bad();
            var parts = new MultipartReader(boundary, request.Body);
            for (var count = 0; await parts.ReadNextSectionAsync(cancel) is { } part; count++)
            {
                if (count == MostParts || part.GetContentDispositionHeader() is not { } disposition) throw Bad();
                await form.AddAsync(part, disposition, limit, budget, cancel);
            }

            return form;
        }
        catch (Exception e)
        {
            form.Dispose();
            if (e is InvalidDataException or IOException and not BadHttpRequestException) throw Bad();
            throw;
        }
    }

    async Task AddAsync(MultipartSection part, ContentDispositionHeaderValue disposition, UploadLimit limit, MemoryBudget budget, CancellationToken cancel)
    {
        var name = HeaderUtilities.RemoveQuotes(disposition.Name).Value ?? "";
        if (disposition.IsFileDisposition())
        {
            var file = await ReadFileAsync(part.Body, Shown(HeaderUtilities.RemoveQuotes(disposition.FileNameStar.HasValue ? disposition.FileNameStar : disposition.FileName).Value ?? ""), limit, budget, cancel);
            // A field left empty is sent as a file without a name.
            if (file.Name.Length == 0 && file.Bytes.Length == 0 || !_files.TryAdd(name, file)) file.Bytes.Dispose();
            return;
        }

        var text = new byte[LongestField + 1];
        var length = await part.Body.ReadAtLeastAsync(text, text.Length, throwOnEndOfStream: false, cancel);
        if (length > LongestField) throw Bad();
        _fields[name] = StringValues.Concat(_fields.GetValueOrDefault(name), Encoding.UTF8.GetString(text, 0, length));
    }

    static async Task<UploadedFile> ReadFileAsync(Stream body, string name, UploadLimit limit, MemoryBudget budget, CancellationToken cancel)
    {
        var bytes = new HeldBytes(budget);
        try
        {
            var fault = UploadFault.None;
            var buffer = new byte[64 << 10];
            for (int read; (read = await body.ReadAsync(buffer, cancel)) > 0;)
            {
                if (fault != UploadFault.None) continue;
                fault = bytes.Length + read > limit.FileBytes ? UploadFault.TooLarge : bytes.TryAdd(buffer.AsSpan(0, read)) ? UploadFault.None : UploadFault.NoRoom;
                if (fault != UploadFault.None) bytes.Dispose();
            }

            Array.Clear(buffer);
            return new UploadedFile(name, bytes, fault);
        }
        catch
        {
            bytes.Dispose();
            throw;
        }
    }

    // Some browsers send a whole path; characters that cannot be seen or that turn the direction of writing are left out.
    static string Shown(string name)
    {
        var shown = new StringBuilder();
        foreach (var rune in name[(name.LastIndexOfAny(['/', '\\']) + 1)..].EnumerateRunes())
        {
            if (shown.Length >= LongestName) return shown.Append('…').ToString();
            if (WrittenText.IsPlain(rune.ToString(), lines: false)) shown.Append(rune);
        }

        return shown.Length == 0 && name.Length > 0 ? "?" : shown.ToString();
    }

    // Without what the reader says: it may quote a header, with the name of a file in it, and refusals are logged.
    static BadHttpRequestException Bad() => new("The form with files cannot be read.", StatusCodes.Status400BadRequest);
}
