using Microsoft.AspNetCore.Http;
using Probity.Reports.Exchanging;
using Probity.Reports.Reading;
using Probity.Sealing;
using Probity.Shared.Record;

namespace Probity.Reports.Files;

/// <summary>Sends a file as it came to whoever asked for it with a second person: once. That it was given is on the record before its first byte is sent.</summary>
internal sealed class SendOriginal(ReleaseOriginal release, ExchangeOptions options)
{
    public const string Absent = "reports.original-absent";
    public const string Damaged = "reports.original-damaged";

    /// <summary>The file as an answer; without one how it ended, null where there is no such report, as far as this person may know.</summary>
    public async Task<(Outcome? Outcome, IResult? Sent)> RunAsync(HttpContext http, Guid person, OpenedReport opened, ReportFile file, Guid asked)
    {
        var cancel = http.RequestAborted;
        var source = file.OpenSealed(options.FilesFolder);
        try
        {
            // Looked at first: what was given once is not given again, so it has to be all there.
            if (source is null) return (Refused(Absent), null);
            if (file.Key is not { } key || !await file.IsWholeAsync(source, cancel)) return (Refused(Damaged), null);
            var outcome = await release.HandleAsync(person, opened, new ReleaseOriginal.Give(opened.Report, Guid.NewGuid(), asked), cancel);
            if (outcome is not Outcome.Done) return (outcome, null);
            http.Response.Headers.ContentSecurityPolicy = ShowFile.FilePolicy;
            http.Response.ContentLength = file.Content.Length;
            var sending = source;
            source = null;
            // A name of ours that nothing opens by itself.
            return (outcome, Results.Stream(async target =>
            {
                await using (sending) await SealedFile.OpenAsync(sending, target, key, file.Content.Length, cancel);
            }, "application/octet-stream", $"original-{file.Number}.bin"));
        }
        finally
        {
            if (source is not null) await source.DisposeAsync();
        }
    }

    static Outcome.Refused Refused(string code) => new(new Refusal(code), 0);
}
