using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Lens.Reports;

namespace Probity.Procedures.Checking;

/// <summary>Gives what was found to take along: the report to print, and the table for spreadsheets. People keep their numbers in both.</summary>
internal static class DownloadFound
{
    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet($"/{{token}}/{CheckStep.Result}/report.html", (HttpContext http, string token, CheckDesk desk) => ShowFound.OfAsync(http, token, desk, found =>
        {
            var subject = Subject(found);
            return WrittenFile.Of("check-report.html", "text/html; charset=utf-8", (to, cancel) =>
            {
                using var writer = new StreamWriter(to, leaveOpen: true);
                CheckReport.Write(writer, subject, cancel);
            });
        }));
        pages.MapGet($"/{{token}}/{CheckStep.Result}/departures.csv", (HttpContext http, string token, CheckDesk desk) => ShowFound.OfAsync(http, token, desk, found =>
        {
            var table = new DepartureTable(found.Log, found.Result, found.Rules, ShowFound.Language, found.People);
            return WrittenFile.Of("check-departures.csv", "text/csv; charset=utf-8", (to, cancel) => table.Write(to, mark: true, cancel));
        }));
        pages.MapGet($"/{{token}}/{CheckStep.Result}/procedure.bpmn", (HttpContext http, string token, CheckDesk desk) => ShowFound.OfAsync(http, token, desk, found =>
            found.Net?.WriteBpmn is { } write ? WrittenFile.Of("procedure.bpmn", "application/xml; charset=utf-8", (to, _) => write(to)) : Results.NotFound()));
        pages.MapGet($"/{{token}}/{CheckStep.Result}/procedure.csv", (HttpContext http, string token, CheckDesk desk) => desk.ForAsync(http, token, check =>
        {
            var rows = check.Typed;
            return Task.FromResult(rows.Count == 0 ? Results.NotFound() : WrittenFile.Of("procedure.csv", "text/csv; charset=utf-8", (to, _) => TypedTable.Write(rows, to)));
        }));
    }

    static ReportSubject Subject(CheckFound found) => new()
    {
        Log = found.Log, LogFile = found.LogFile, Procedure = found.Procedure, ProcedureFile = found.ProcedureFile, Rules = found.Rules, RulesFile = found.RulesFile,
        Language = ShowFound.Language, Made = found.Made, Version = typeof(DownloadFound).Assembly.GetName().Version!.ToString(3), People = found.People, Limits = found.Limits,
    };
}
