using System.Net;
using System.Security.Cryptography;
using Probity.Sealing;

namespace Probity.Reports.Exchanging;

/// <summary>The sealed files of deposits: fetched once, gone on with where they were cut off, and kept only if they are what the deposit says.</summary>
internal sealed class FetchFiles(ExchangeOptions options)
{
    /// <summary>What follows the name of a file that is not whole yet.</summary>
    public const string Part = ".part";

    /// <summary>The most bytes of one: far more than the reporter's side takes.</summary>
    public const long Longest = 4L << 30;

    public const string Changed = "reports.exchange-file";

    /// <summary>A report that is held names a file that neither side has.</summary>
    public const string Missing = "reports.exchange-file-missing";

    /// <summary>Fetches one. False: what the reporter's side has under its name is something else.</summary>
    /// <exception cref="HttpRequestException">There was no answer, or it broke off.</exception>
    /// <exception cref="IOException">The disk did not take it.</exception>
    public async Task<bool> RunAsync(IntakeClient client, DepositFile file, CancellationToken cancel)
    {
        var whole = KeptReports.FileOf(options.FilesFolder, file.Id);
        if (File.Exists(whole)) return true;
        if (file.Size > Longest) return false;
        var folder = Directory.CreateDirectory(options.FilesFolder);
        if (!OperatingSystem.IsWindows()) folder.UnixFileMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        var part = whole + Part;
        for (var attempt = 0; attempt < 2; attempt++)
        {
            if (!await FillAsync(client, file, part, cancel)) return true;
            await using (var stream = new FileStream(part, FileMode.Open, FileAccess.Read))
            {
                if (stream.Length == file.Size && (await SHA256.HashDataAsync(stream, cancel)).AsSpan().SequenceEqual(file.Sha256.Span))
                {
                    File.Move(part, whole);
                    // A copy of this folder does not tell at what hour something was fetched.
                    File.SetLastWriteTimeUtc(whole, File.GetLastWriteTimeUtc(whole).Date);
                    return true;
                }
            }

            // What was left from before may be at fault: once more from the beginning.
            File.Delete(part);
        }

        return false;
    }

    // False where it is not there any more.
    static async Task<bool> FillAsync(IntakeClient client, DepositFile file, string part, CancellationToken cancel)
    {
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        await using var stream = new FileStream(part, options);
        if (stream.Length > file.Size) stream.SetLength(0);
        if (stream.Length == file.Size) return true;
        using var answer = await client.OpenFileAsync(file.Id, stream.Length, cancel);
        if (answer is null) return false;
        stream.Position = answer.StatusCode == HttpStatusCode.PartialContent && answer.Content.Headers.ContentRange?.From == stream.Length ? stream.Length : 0;
        stream.SetLength(stream.Position);
        await using var body = await answer.Content.ReadAsStreamAsync(cancel);
        var buffer = new byte[128 << 10];
        for (int count; stream.Length <= file.Size && (count = await body.ReadAsync(buffer, cancel)) > 0;) await stream.WriteAsync(buffer.AsMemory(0, count), cancel);
        stream.Flush(flushToDisk: true);
        return true;
    }
}
