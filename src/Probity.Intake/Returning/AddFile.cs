using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Localization;
using Microsoft.Net.Http.Headers;
using Probity.Intake.Keeping;
using Probity.Intake.Pages;
using Probity.Sealing;

namespace Probity.Intake.Returning;

/// <summary>A source sends a file: it is sealed as it comes in, chunk by chunk, and no byte of it is written before.</summary>
internal sealed class AddFile(IntakeOptions options, IntakeFolder folder, SourceSessions sessions, AddMessage additions, DayTime today, IStringLocalizer<IntakeText> text)
{
    const int LongestName = 200;

    /// <summary>What stands around the file in the body of a form.</summary>
    const long AroundFile = 64 << 10;

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/file", (HttpContext http, AddFile slice) => slice.Show(http, null, null));
        pages.MapPost("/file", (HttpContext http, AddFile slice) => slice.TakeAsync(http));
    }

    // Of which kinds those who handle the report get a copy without its author and place (docs/attachments.md): by the name, which is all that is known here of what is sealed as it comes in.
    static readonly string[] s_copied =
    [
        ".jpg", ".jpeg", ".png", ".gif", ".webp", ".pdf", ".docx", ".xlsx", ".pptx", ".odt", ".ods", ".mp4", ".m4a", ".mov", ".mp3", ".wav", ".flac", ".opus", ".ogg", ".oga", ".txt",
    ];

    /// <summary>Whether a copy can be made of a file of this name.</summary>
    internal static bool HasCopy(string name) => s_copied.Contains(Path.GetExtension(name), StringComparer.OrdinalIgnoreCase);

    IResult Show(HttpContext http, string? kept, string? fault)
    {
        if (sessions.Of(http) is not { Code: null } session) return Answers.Page<GonePage>(new { Key = "Ended" }, StatusCodes.Status404NotFound);
        var megabytes = options.LongestFile >> 20;
        return Answers.Page<FilePage>(
            new { Kept = kept, HasCopy = kept is null || HasCopy(kept), Fault = fault is null ? null : text[fault, megabytes].Value, session.Speed, Longest = megabytes },
            fault is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
    }

    async Task<IResult> TakeAsync(HttpContext http)
    {
        if (sessions.Of(http) is not { Code: null } session) return Answers.Page<GonePage>(new { Key = "Ended" }, StatusCodes.Status404NotFound);
        http.Features.Get<IHttpMaxRequestBodySizeFeature>()!.MaxRequestBodySize = options.LongestFile + AroundFile;
        if (await SectionAsync(http.Request) is not { } section) return Show(http, null, "Fault.NoFile");

        var (path, key) = (folder.FileOf(Guid.NewGuid()), RandomNumberGenerator.GetBytes(SecretBox.KeySize));
        var part = path + ".part";
        var began = options.Time.GetTimestamp();
        try
        {
            long? length;
            using var hash = SHA256.Create();
            await using (var hashed = new CryptoStream(section.FileStream!, hash, CryptoStreamMode.Read))
            await using (var target = new FileStream(part, FileMode.CreateNew, FileAccess.Write, FileShare.None, SealedFile.Chunk))
            {
                length = await SealedFile.SealAsync(hashed, target, key, options.LongestFile, null, http.RequestAborted);
                await target.FlushAsync(http.RequestAborted);
                target.Flush(flushToDisk: true);
            }

            if (length is null) return Show(http, null, "Fault.Size");
            if (length == 0) return Show(http, null, "Fault.NoFile");
            session.Speed = length.Value / Math.Max(0.05, options.Time.GetElapsedTime(began).TotalSeconds);
            var name = NameOf(section.FileName);
            var mark = $"{Convert.ToHexString(hash.Hash!)} {name}";
            if (!session.IsNew(mark)) return Show(http, name, null);
            var isAdded = false;
            try
            {
                File.Move(part, path);
                isAdded = await AddAsync(session, path, name, key, length.Value);
            }
            finally
            {
                if (!isAdded) session.Forget(mark);
            }

            if (isAdded) return Show(http, name, null);
            return Answers.Page<NobodyPage>(status: StatusCodes.Status422UnprocessableEntity);
        }
        catch (BadHttpRequestException)
        {
            return Show(http, null, "Fault.Size");
        }
        finally
        {
            File.Delete(part);
            CryptographicOperations.ZeroMemory(key);
        }
    }

    /// <summary>Adds a sealed file to the report of a session; where nobody is left who could open it, it is gone.</summary>
    public async Task<bool> AddAsync(SourceSession session, string path, string name, byte[] key, long length)
    {
        byte[] hash;
        await using (var written = File.OpenRead(path)) hash = await SHA256.HashDataAsync(written);
        // The time of a file is the day, as all times here.
        File.SetLastWriteTimeUtc(path, today.GetUtcNow().UtcDateTime);
        var file = Guid.ParseExact(Path.GetFileName(path), "N");
        var said = new ContentFile(file, name, length, Convert.ToBase64String(key));
        if (await additions.AddAsync(session, [], [said], [new DepositFile(file, new FileInfo(path).Length, hash)], CancellationToken.None)) return true;
        File.Delete(path);
        return false;
    }

    // The framework's own reading of such forms would write the file to the disk as it is.
    static async Task<FileMultipartSection?> SectionAsync(HttpRequest request)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || type.MediaType != "multipart/form-data") return null;
        var boundary = HeaderUtilities.RemoveQuotes(type.Boundary).ToString();
        if (boundary.Length is 0 or > 100) return null;
        try
        {
            var reader = new MultipartReader(boundary, request.Body) { HeadersCountLimit = 8, HeadersLengthLimit = 4 << 10 };
            while (await reader.ReadNextSectionAsync(request.HttpContext.RequestAborted) is { } section)
                if (section.AsFileSection() is { FileStream: not null, Name: "file" } file) return file;
            return null;
        }
        catch (Exception fault) when (fault is InvalidDataException or IOException)
        {
            return null;
        }
    }

    /// <summary>The last part of a path, without what cannot be seen.</summary>
    internal static string NameOf(string name)
    {
        var plain = new string([.. name.Split('/', '\\')[^1].Where(c => !char.IsControl(c) && char.GetUnicodeCategory(c) is not System.Globalization.UnicodeCategory.Format)]);
        return plain.Length <= LongestName ? plain : plain[^LongestName..];
    }
}
