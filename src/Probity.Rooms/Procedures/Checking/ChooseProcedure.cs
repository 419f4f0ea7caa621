using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Localization;
using Probity.Lens.Procedures;
using Probity.Lens.Reports;
using Probity.Lens.Rules;
using Probity.Shared;
using Probity.Shared.Uploads;

namespace Probity.Procedures.Checking;

/// <summary>The page on which the way to the procedure is chosen.</summary>
/// <param name="Token">Of the check.</param>
/// <param name="Content">What the register holds, in one sentence.</param>
/// <param name="Choices">The ways.</param>
/// <param name="Chosen">What was chosen before.</param>
/// <param name="Errors">What was refused.</param>
public sealed record ProcedureSheet(string Token, string Content, IReadOnlyList<Choice> Choices, string? Chosen, IReadOnlyList<FieldError> Errors);

/// <summary>The page that takes a procedure's file.</summary>
/// <param name="Token">Of the check.</param>
/// <param name="Limit">The most megabytes of it.</param>
/// <param name="Errors">What was refused.</param>
public sealed record ProcedureFileSheet(string Token, long Limit, IReadOnlyList<FieldError> Errors);

/// <summary>Takes what the register is held against: a procedure of the house, a file, a table that is typed, or rules alone.</summary>
internal static class ChooseProcedure
{
    public const string ByFile = "file", ByTable = "table", ByRules = "rules";

    const string Field = "procedure";
    const string House = "house.";

    public static void Map(IEndpointRouteBuilder pages, CheckLimits limits)
    {
        pages.MapGet($"/{{token}}/{CheckStep.Procedure}", (HttpContext http, string token, CheckDesk desk, IStringLocalizer<ProceduresText> house) =>
            desk.ForAsync(http, token, check => Task.FromResult(Show(http, desk, house, check, []))));
        pages.MapPost($"/{{token}}/{CheckStep.Procedure}", (HttpContext http, string token, CheckDesk desk, IStringLocalizer<ProceduresText> house) =>
            desk.ForAsync(http, token, check => ChooseAsync(http, desk, house, check)));
        pages.MapGet($"/{{token}}/{CheckStep.ProcedureFile}", (HttpContext http, string token, CheckDesk desk) =>
            desk.ForAsync(http, token, check => Task.FromResult(ShowFile(desk, check, []))));
        pages.MapPost($"/{{token}}/{CheckStep.ProcedureFile}", (HttpContext http, string token, CheckDesk desk) => desk.ForAsync(http, token, check => TakeFileAsync(http, desk, check)))
            .WithMetadata(new UploadLimit(limits.ProcedureBytes, limits.UploadsPerMinute));
    }

    static async Task<IResult> ChooseAsync(HttpContext http, CheckDesk desk, IStringLocalizer<ProceduresText> house, RegisterCheck check)
    {
        var chosen = (await http.Request.ReadFormAsync(http.RequestAborted))[Field].ToString();
        switch (chosen)
        {
            case ByTable: return CheckDesk.SeeOther(http, check.Path(CheckStep.ProcedureTable));
            case ByFile: return CheckDesk.SeeOther(http, check.Path(CheckStep.ProcedureFile));
            case ByRules: return Choose(http, check, new ChosenProcedure(ByRules, desk.Text["Procedure.rules"], null, null, null));
        }

        if (HouseProcedures.All.FirstOrDefault(p => House + p.Key == chosen) is { } own)
            return Choose(http, check, new ChosenProcedure(chosen, house[own.TitleKey], own.Net, null, own.File));
        return Show(http, desk, house, check, [new FieldError(Field, desk.Text["Procedure.Missing"])]);
    }

    static async Task<IResult> TakeFileAsync(HttpContext http, CheckDesk desk, RegisterCheck check)
    {
        if (desk.Take(http, ByFile, desk.Limits.ProcedureBytes, out var fault) is not { } file)
            return ShowFile(desk, check, [fault ?? new FieldError(ByFile, desk.Text["Procedure.Upload.Missing"])]);
        using var bytes = file.Bytes;
        if (check.Columns is not { } columns) return CheckDesk.SeeOther(http, check.Path(CheckStep.Columns));
        var (procedure, error) = await desk.TryAsync(_ => Read(file, columns), ByFile, "Procedure.Unreadable", http.RequestAborted);
        return procedure is null ? ShowFile(desk, check, [error!]) : Choose(http, check, procedure);
    }

    static ChosenProcedure Read(UploadedFile file, RegisterColumns columns)
    {
        using var stream = file.Bytes.Open();
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return Read(bytes, new SourceFile(file.Name, bytes.Length, file.Bytes.Sha256), columns);
    }

    static ChosenProcedure Read(byte[] bytes, SourceFile file, RegisterColumns columns)
    {
        var isTable = !ProcedureReader.IsDrawn(bytes);
        var net = ProcedureReader.Read(new MemoryStream(bytes), file.Name, isTable ? columns.ToTableOptions() : null);
        return new ChosenProcedure(ByFile, file.Name, net, RuleFile.Drawn(net, file.Name), file) { Again = isTable ? later => Read(bytes, file, later) : null };
    }

    /// <summary>Sets what was chosen in the place of what was, and goes on.</summary>
    public static IResult Choose(HttpContext http, RegisterCheck check, ChosenProcedure procedure)
    {
        check.Job?.Dispose();
        (check.Procedure, check.Job) = (procedure, null);
        return CheckDesk.SeeOther(http, check.Path(CheckStep.Order));
    }

    static IResult Show(HttpContext http, CheckDesk desk, IStringLocalizer<ProceduresText> house, RegisterCheck check, IReadOnlyList<FieldError> errors)
    {
        if (check.Content is not { } content) return CheckDesk.SeeOther(http, check.Path(CheckStep.Columns));
        return CheckDesk.Page<ChooseProcedurePage>(new
        {
            Sheet = new ProcedureSheet(
                check.Token, ContentWords.Of(desk.Text, content),
                [
                    new Choice(ByTable, desk.Text["Procedure.table"], desk.Text["Procedure.table.Hint"]),
                    new Choice(ByFile, desk.Text["Procedure.file"], desk.Text["Procedure.file.Hint"]),
                    .. HouseProcedures.All.Select(p => new Choice(House + p.Key, house[p.TitleKey], desk.Text["Procedure.house.Hint"])),
                    new Choice(ByRules, desk.Text["Procedure.rules"], desk.Text["Procedure.rules.Hint"]),
                ],
                check.Procedure?.Choice, errors),
        }, errors);
    }

    static IResult ShowFile(CheckDesk desk, RegisterCheck check, IReadOnlyList<FieldError> errors) =>
        CheckDesk.Page<ProcedureFilePage>(new { Sheet = new ProcedureFileSheet(check.Token, desk.Limits.ProcedureBytes >> 20, errors) }, errors);
}
