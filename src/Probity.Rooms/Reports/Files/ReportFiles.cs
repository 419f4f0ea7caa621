using System.Security.Cryptography;
using Probity.Reports.Reading;
using Probity.Sealing;

namespace Probity.Reports.Files;

/// <summary>A file that was sent along with a report.</summary>
/// <param name="Number">Its number among all of the report, from 1: what a copy is called by.</param>
/// <param name="Content">What its source said of it: its name, its length, and what opens it.</param>
/// <param name="Sealed">What is known of its sealed bytes; null where its deposit does not name it.</param>
internal sealed record ReportFile(int Number, ContentFile Content, DepositFile? Sealed)
{
    /// <summary>The most bytes of one of which a copy is made.</summary>
    public const long LongestToCopy = 500L << 20;

    const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=";

    /// <summary>All files of a report, in the order in which they were sent.</summary>
    public static IReadOnlyList<ReportFile> Of(OpenedReport opened) =>
        [.. opened.Deposits.SelectMany(d => d.Content.Files.Select(f => (File: f, Sealed: d.Files.FirstOrDefault(s => s.Id == f.Id)))).Select((f, at) => new ReportFile(at + 1, f.File, f.Sealed))];

    /// <summary>One of them; null where it is not of this report.</summary>
    public static ReportFile? Find(OpenedReport opened, Guid file) => Of(opened).FirstOrDefault(f => f.Content.Id == file);

    /// <summary>What it is called where the name that it had on its source's device is not told: its number, and the ending of that name.</summary>
    public string Label
    {
        get
        {
            var ending = Path.GetExtension(Content.Name);
            return ending.Length is > 1 and <= 6 && ending.Skip(1).All(char.IsAsciiLetterOrDigit) ? FilesText.Say("file.label", Number, ending.ToLowerInvariant()) : FilesText.Say("file.title", Number);
        }
    }

    /// <summary>What opens it; null where its source said something that cannot be.</summary>
    public byte[]? Key
    {
        get
        {
            var key = new byte[SecretBox.KeySize];
            return Content.Key.Length <= 64 && Content.Key.All(Letters.Contains) && Convert.TryFromBase64String(Content.Key, key, out var length) && length == key.Length ? key : null;
        }
    }

    /// <summary>Opens the sealed bytes as they lie on the disk; null where they are not there, or are not of the length that they have to be.</summary>
    /// <exception cref="IOException">The disk does not give them.</exception>
    public FileStream? OpenSealed(string folder)
    {
        var path = Exchanging.KeptReports.FileOf(folder, Content.Id);
        if (Sealed is null || Content.Length is < 0 or > Exchanging.FetchFiles.Longest || !File.Exists(path)) return null;
        var stream = new FileStream(path, new FileStreamOptions { Mode = FileMode.Open, Access = FileAccess.Read, Share = FileShare.Read | FileShare.Delete, Options = FileOptions.Asynchronous | FileOptions.SequentialScan });
        if (stream.Length == Sealed.Size && stream.Length == SealedFile.SizeOf(Content.Length)) return stream;
        stream.Dispose();
        return null;
    }

    /// <summary>Whether the sealed bytes are still what was sent; leaves the stream at its beginning.</summary>
    public async Task<bool> IsWholeAsync(Stream sealedBytes, CancellationToken cancel)
    {
        var hash = await SHA256.HashDataAsync(sealedBytes, cancel);
        sealedBytes.Position = 0;
        return Sealed is not null && hash.AsSpan().SequenceEqual(Sealed.Sha256.Span);
    }
}
