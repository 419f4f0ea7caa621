using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Lens.Procedures.Tables;
using Probity.Shared;

namespace Probity.Procedures.Checking;

/// <summary>The page on which a procedure is typed as a table.</summary>
/// <param name="Token">Of the check.</param>
/// <param name="Rows">The rows, those without anything in them too.</param>
/// <param name="Steps">The steps of the register, which a browser offers while one types.</param>
/// <param name="Columns">Its columns, likewise.</param>
/// <param name="MayAdd">Whether there may be more rows.</param>
/// <param name="HasRole">Whether the register has a column of roles.</param>
/// <param name="HasPerson">Whether it has a column of people.</param>
/// <param name="Errors">What was refused.</param>
public sealed record TypedSheet(
    string Token, IReadOnlyList<ProcedureRow> Rows, IReadOnlyList<string> Steps, IReadOnlyList<string> Columns, bool MayAdd, bool HasRole, bool HasPerson,
    IReadOnlyList<FieldError> Errors);

/// <summary>Takes a procedure that somebody types: a row a step.</summary>
internal static partial class WriteProcedure
{
    const int FirstRows = 6;
    const int MoreRows = 4;
    const int StepsOffered = 200;
    const string Add = "add";

    // What the reader's messages, which are in English, call the table.
    const string InMessages = "table";

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet($"/{{token}}/{CheckStep.ProcedureTable}", (HttpContext http, string token, CheckDesk desk) =>
            desk.ForAsync(http, token, check => Task.FromResult(Show(http, desk, check, check.Typed, 0, []))));
        pages.MapPost($"/{{token}}/{CheckStep.ProcedureTable}", (HttpContext http, string token, CheckDesk desk) => desk.ForAsync(http, token, check => TakeAsync(http, desk, check)));
    }

    static async Task<IResult> TakeAsync(HttpContext http, CheckDesk desk, RegisterCheck check)
    {
        if (check.Columns is not { } columns) return CheckDesk.SeeOther(http, check.Path(CheckStep.Columns));
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var rows = Typed(form, desk.Limits.TypedRows);
        check.Typed = rows;
        if (form.ContainsKey(Add)) return Show(http, desk, check, rows, MoreRows, []);
        if (rows.All(IsEmpty)) return Show(http, desk, check, rows, 0, [new FieldError("step-1", desk.Text["Typed.Missing"])]);
        var (procedure, error) = await desk.TryAsync(_ => Read(rows, desk.Text["Procedure.typed"].Value, columns), "step-1", "Procedure.Unreadable", http.RequestAborted, PlaceOf);
        return procedure is null ? Show(http, desk, check, rows, 0, [error!]) : ChooseProcedure.Choose(http, check, procedure);
    }

    static ChosenProcedure Read(IReadOnlyList<ProcedureRow> rows, string name, RegisterColumns columns)
    {
        // The page numbers the rows, so a row may name another one by its number.
        var table = ProcedureTable.Of([.. rows.Select((row, i) => IsEmpty(row) ? row : row with { Number = Number(i) })], InMessages, columns.ToTableOptions());
        return new ChosenProcedure(ChooseProcedure.ByTable, name, table.Net, table.RulesWith(), null) { Again = later => Read(rows, name, later) };
    }

    static string Number(int row) => (row + 1).ToString(CultureInfo.InvariantCulture);

    /// <summary>Whether nothing was typed into a row.</summary>
    public static bool IsEmpty(ProcedureRow row) => row == new ProcedureRow("", "", "", "", "", "", "", "");

    static List<ProcedureRow> Typed(IFormCollection form, int most)
    {
        var rows = new List<ProcedureRow>();
        for (var row = 1; row <= most && form.ContainsKey($"step-{row}"); row++)
        {
            rows.Add(new ProcedureRow(
                Cell("step", row), Cell("who", row), Cell("after", row), Cell("within", row), Cell("second", row), Cell("evidence", row), Cell("optional", row), Cell("instead", row)));
        }

        return rows;

        string Cell(string column, int row) => form[$"{column}-{row}"].ToString().Trim();
    }

    // The reader names the row and, in English, the column.
    static (string Field, string Lead) PlaceOf(string message)
    {
        if (Place().Match(message) is not { Success: true } place) return ("step-1", "Procedure.Unreadable");
        var column = place.Groups["column"].Value switch
        {
            "who" => "who", "after" => "after", "within" => "within", "second person" => "second", "evidence" => "evidence", "optional" => "optional",
            "instead of" => "instead", _ => "step",
        };
        return ($"{column}-{place.Groups["row"].Value}", column is "step" or "after" or "within" or "instead" ? $"Typed.Unreadable.{column}" : "Typed.Unreadable");
    }

    static IResult Show(HttpContext http, CheckDesk desk, RegisterCheck check, IReadOnlyList<ProcedureRow> rows, int more, IReadOnlyList<FieldError> errors)
    {
        if (check.Content is not { } content || check.Columns is not { } columns) return CheckDesk.SeeOther(http, check.Path(CheckStep.Columns));
        var shown = Math.Min(desk.Limits.TypedRows, Math.Max(FirstRows, rows.Count + more));
        return CheckDesk.Page<WriteProcedurePage>(new
        {
            Sheet = new TypedSheet(
                check.Token, [.. rows, .. Enumerable.Range(0, shown - rows.Count).Select(_ => new ProcedureRow("", "", "", "", "", "", "", ""))],
                [.. content.Activities.Take(StepsOffered)], check.Look.Columns, shown < desk.Limits.TypedRows, !check.Look.IsTable || columns.Role is not null,
                !check.Look.IsTable || columns.Person is not null, errors),
        }, errors);
    }

    [GeneratedRegex(@": row (?<row>[0-9]{1,4})(, column '(?<column>[a-z ]+)')?", RegexOptions.CultureInvariant)]
    private static partial Regex Place();
}
