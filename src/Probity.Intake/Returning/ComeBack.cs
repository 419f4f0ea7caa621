using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Intake.Keeping;
using Probity.Intake.Pages;
using Probity.Sealing;
using Probity.Sealing.Receipts;

namespace Probity.Intake.Returning;

/// <summary>A source comes back with their code. Words that find nothing, and those of a report that was erased, get the same answer in the same time; what is no code at all is told what it lacks, which anybody can see in the list of words.</summary>
internal sealed class ComeBack(IntakeRecord record, SourceSessions sessions)
{
    /// <summary>The most characters that are shown again: a page stays small.</summary>
    const int LongestShown = 2_000;

    // Longer than two words of a list that were written as one.
    const int LongestWord = 24;

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/back", () => Answers.Page<BackPage>());
        pages.MapPost("/back", (HttpContext http, ComeBack slice) => slice.ReadAsync(http));
    }

    // Eight words of a code can stand in more than eight, or in one that was written without spaces: those are not shown again.
    static bool MayHoldCode(string typed) => typed.Length > LongestShown
        || typed.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries) is var words && (words.Length > ReceiptCode.Length || words.Any(word => word.Length > LongestWord));

    async Task<IResult> ReadAsync(HttpContext http)
    {
        var fields = http.Request.HasFormContentType ? await http.Request.ReadFormAsync(http.RequestAborted) : FormCollection.Empty;
        var typed = fields["words"].ToString();
        var readings = ReceiptCode.Read(typed);
        var shown = MayHoldCode(typed) ? "" : typed;
        if (Tongue.IsAsked(fields))
        {
            // A code is printed nowhere, not even for whoever typed it.
            var isCode = readings.Count > 0;
            foreach (var reading in readings) reading.Dispose();
            return Answers.Page<BackPage>(new { Typed = isCode ? "" : shown });
        }

        if (readings.Count == 0) return Answers.Page<BackPage>(new { Doubt = ReceiptDoubt.Of(typed), Typed = shown }, StatusCodes.Status422UnprocessableEntity);
        try
        {
            SourceSession? found = null;
            // Each reading is looked up, whether or not one was found.
            foreach (var reading in readings)
            {
                var keys = new SourceKeys(reading.Secret);
                if (record.Find(keys.Tag.Span) is { } report && found is null) found = new SourceSession { Keys = keys, Report = report.Id };
                else keys.Dispose();
            }

            if (found is null) return Answers.Page<BackPage>(new { Refused = true }, StatusCodes.Status422UnprocessableEntity);
            sessions.Begin(http, found);
            return Answers.SeeOther(http, $"/{Answers.Language}/mine");
        }
        finally
        {
            foreach (var reading in readings) reading.Dispose();
        }
    }
}
