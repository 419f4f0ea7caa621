using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Lens.Logs;
using Probity.Shared;

namespace Probity.Procedures.Checking;

/// <summary>The page on which the columns are pointed at, with the first rows of the file.</summary>
/// <param name="Token">Of the check.</param>
/// <param name="FileName">The register's file.</param>
/// <param name="Table">Whether the file is a table; else it says itself what is what, and nothing is asked.</param>
/// <param name="Headers">The names of the columns.</param>
/// <param name="Rows">The first rows.</param>
/// <param name="Sheets">The sheets of a workbook, where there are several.</param>
/// <param name="Columns">The columns to choose from.</param>
/// <param name="TimeForms">The forms of time to choose from.</param>
public sealed record ColumnsSheet(
    string Token, string FileName, bool Table, IReadOnlyList<string> Headers, IReadOnlyList<IReadOnlyList<string>> Rows, IReadOnlyList<Choice> Sheets,
    IReadOnlyList<Choice> Columns, IReadOnlyList<Choice> TimeForms)
{
    /// <summary>What is chosen, by field.</summary>
    public IReadOnlyDictionary<string, string> Chosen { get; init; } = new Dictionary<string, string>();

    /// <summary>What was refused.</summary>
    public IReadOnlyList<FieldError> Errors { get; init; } = [];
}

/// <summary>Takes which column holds what, and reads the register by it once, so that a wrong choice is said here.</summary>
internal static class PointAtColumns
{
    const string Case = "case", Activity = "activity", Time = "time", Form = "form", Person = "person", Role = "role", Second = "second", Sheet = "sheet";

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet($"/{{token}}/{CheckStep.Columns}", (HttpContext http, string token, CheckDesk desk) =>
            desk.ForAsync(http, token, check => Task.FromResult(Show(desk, check, Known(check), []))));
        pages.MapPost($"/{{token}}/{CheckStep.Columns}", (HttpContext http, string token, CheckDesk desk) => desk.ForAsync(http, token, check => TakeAsync(http, desk, check)));
    }

    static async Task<IResult> TakeAsync(HttpContext http, CheckDesk desk, RegisterCheck check)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        if (check.Look.IsTable && form[Sheet].ToString() is { Length: > 0 } sheet && sheet != check.Look.Sheet)
        {
            var (look, unread) = await desk.TryAsync(cancel => RegisterLook.Of(check.File, sheet, cancel), Sheet, "Register.Unreadable", http.RequestAborted);
            if (look is null) return Show(desk, check, Typed(form), [unread!]);
            (check.Look, check.Columns, check.Content) = (look, null, null);
            return CheckDesk.SeeOther(http, check.Path(CheckStep.Columns));
        }

        var columns = check.Look.IsTable ? Chosen(form, check.Look) : new RegisterColumns(null, null, null, null, null, null, null, null);
        if (check.Look.IsTable && Missing(desk, columns) is { Count: > 0 } missing) return Show(desk, check, Typed(form), missing);
        var (content, error) = await desk.TryAsync(cancel => Read(check, columns, desk.Limits, cancel), "", "Register.Unreadable", http.RequestAborted, check.Look.IsTable ? PlaceOf : null);
        if (content is null) return Show(desk, check, Typed(form), [error!]);
        // A new reading answers nothing that was asked of the old one.
        check.Job?.Dispose();
        (check.Columns, check.Content, check.Job) = (columns, content, null);
        // A table's rules ask for columns of the register, which may be others now.
        if (check.Procedure?.Again is { } again)
        {
            var (procedure, _) = await desk.TryAsync(_ => again(columns), "", "Procedure.Unreadable", http.RequestAborted);
            check.Procedure = procedure;
        }

        return CheckDesk.SeeOther(http, check.Path(check.Procedure is null ? CheckStep.Procedure : CheckStep.Order));
    }

    static RegisterContent Read(RegisterCheck check, RegisterColumns columns, CheckLimits limits, CancellationToken cancel)
    {
        using var bytes = check.File.Bytes.Open();
        var log = LogReader.Read(bytes, check.File.Name, columns.ToOptions(limits), null, cancel);
        return new RegisterContent(log.Cases.Count, log.EventCount, log.Activities);
    }

    static RegisterColumns Chosen(IFormCollection form, RegisterLook look)
    {
        return new RegisterColumns(look.Sheet, Column(Case), Column(Activity), Column(Time), TimeChoices.Of(form[Form].ToString(), look.Guess.TimeFormat), Column(Person), Column(Role), Column(Second));

        string? Column(string field) => look.Columns.Contains(form[field].ToString()) ? form[field].ToString() : null;
    }

    static List<FieldError> Missing(CheckDesk desk, RegisterColumns columns)
    {
        var errors = new List<FieldError>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (field, column, needed) in (ReadOnlySpan<(string, string?, bool)>)[
            (Case, columns.Case, true), (Activity, columns.Activity, true), (Time, columns.Time, true), (Person, columns.Person, false), (Role, columns.Role, false), (Second, columns.Second, false)])
        {
            if (column is null && needed) errors.Add(new FieldError(field, desk.Text[$"Columns.Missing.{field}"]));
            else if (column is not null && !seen.Add(column)) errors.Add(new FieldError(field, desk.Text["Columns.Twice", column]));
        }

        return errors;
    }

    // The reader names what it could not take; the field that it was taken from is where its reader looks.
    static (string Field, string Lead) PlaceOf(string message) =>
        message.Contains("the time '", StringComparison.Ordinal) || message.Contains("no time in", StringComparison.Ordinal) ? (Form, "Register.Times")
        : message.Contains("no activity in", StringComparison.Ordinal) ? (Activity, "Register.Unreadable")
        : message.Contains("no case in", StringComparison.Ordinal) ? (Case, "Register.Unreadable")
        : message.Contains(" events, which is the most", StringComparison.Ordinal) ? ("", "Register.TooMany")
        : ("", "Register.Unreadable");

    static Dictionary<string, string> Typed(IFormCollection form) =>
        ((string[])[Case, Activity, Time, Form, Person, Role, Second, Sheet]).ToDictionary(f => f, f => form[f].ToString());

    static Dictionary<string, string> Known(RegisterCheck check)
    {
        var guess = check.Columns ?? check.Look.Guess;
        return new Dictionary<string, string>
        {
            [Case] = guess.Case ?? "", [Activity] = guess.Activity ?? "", [Time] = guess.Time ?? "", [Form] = guess.TimeFormat ?? TimeChoices.Iso,
            [Person] = guess.Person ?? "", [Role] = guess.Role ?? "", [Second] = guess.Second ?? "", [Sheet] = check.Look.Sheet ?? "",
        };
    }

    static IResult Show(CheckDesk desk, RegisterCheck check, Dictionary<string, string> chosen, IReadOnlyList<FieldError> errors)
    {
        var look = check.Look;
        return CheckDesk.Page<PointAtColumnsPage>(new
        {
            Sheet = new ColumnsSheet(
                check.Token, check.File.Name, look.IsTable, look.Columns, look.Rows, look.Sheets.Count < 2 ? [] : [.. look.Sheets.Select(s => new Choice(s, s))],
                [.. look.Columns.Distinct(StringComparer.Ordinal).Select(c => new Choice(c, c))], TimeChoices.All(look.Guess.TimeFormat, desk.Text))
            { Chosen = chosen, Errors = errors },
        }, errors);
    }
}
