using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Lens.Reports;
using Probity.Lens.Rules;
using Probity.Shared;
using Probity.Shared.Uploads;

namespace Probity.Procedures.Checking;

/// <summary>The page before the work: what was chosen, and a rule file where somebody has one.</summary>
/// <param name="Token">Of the check.</param>
/// <param name="FileName">The register's file.</param>
/// <param name="Content">What it holds, in one sentence.</param>
/// <param name="Procedure">What it is held against.</param>
/// <param name="Rules">The rule file; null where there is none.</param>
/// <param name="Known">How many kinds of step the procedure knows by name, of how many; null without a procedure.</param>
/// <param name="Unknown">Those of the register that it does not know.</param>
/// <param name="Unseen">Those of the procedure that the register never has.</param>
/// <param name="Notes">How a drawing or table was read, where that needs saying.</param>
/// <param name="NotesInEnglish">Whether these are in English, whatever the page is in.</param>
/// <param name="Limit">The most megabytes of a rule file.</param>
/// <param name="Errors">What was refused.</param>
public sealed record OrderSheet(
    string Token, string FileName, string Content, string Procedure, string? Rules, string? Known, IReadOnlyList<string> Unknown, IReadOnlyList<string> Unseen,
    IReadOnlyList<string> Notes, bool NotesInEnglish, long Limit, IReadOnlyList<FieldError> Errors)
{
    /// <summary>Whether no step has a name that the procedure knows.</summary>
    public bool NothingInCommon { get; init; }
}

/// <summary>Takes a rule file, and orders the work.</summary>
internal static class OrderCheck
{
    const string Field = "rules";
    const string Without = "without";
    const int NotesShown = 10;
    const int NamesShown = 12;

    public static void Map(IEndpointRouteBuilder pages, CheckLimits limits)
    {
        pages.MapGet($"/{{token}}/{CheckStep.Order}", (HttpContext http, string token, CheckDesk desk) =>
            desk.ForAsync(http, token, check => Task.FromResult(Show(http, desk, check, []))));
        pages.MapPost($"/{{token}}/{CheckStep.Order}", (HttpContext http, string token, CheckDesk desk) => desk.ForAsync(http, token, check => TakeAsync(http, desk, check)))
            .WithMetadata(new UploadLimit(limits.ProcedureBytes, limits.UploadsPerMinute));
    }

    static async Task<IResult> TakeAsync(HttpContext http, CheckDesk desk, RegisterCheck check)
    {
        if (check.Columns is not { } columns || check.Procedure is not { } procedure) return CheckDesk.SeeOther(http, check.Path(CheckStep.Newest(check)));
        if ((await http.Request.ReadFormAsync(http.RequestAborted)).ContainsKey(Without))
        {
            Set(check, null);
            return CheckDesk.SeeOther(http, check.Path(CheckStep.Order));
        }

        var file = desk.Take(http, Field, desk.Limits.ProcedureBytes, out var fault);
        if (fault is not null) return Show(http, desk, check, [fault]);
        if (file is not null)
        {
            using var bytes = file.Bytes;
            var (read, error) = await desk.TryAsync(_ => ReadRules(file), Field, "Rules.Unreadable", http.RequestAborted);
            if (read is null) return Show(http, desk, check, [error!]);
            if (read.File.NeedsSuperiors) return Show(http, desk, check, [new FieldError(Field, desk.Text["Rules.Superiors"])]);
            Set(check, read);
        }

        var (joined, refused) = await desk.TryAsync(_ => new Joined(Join(procedure, check.Rules)), Field, "Rules.Unreadable", http.RequestAborted);
        if (joined is null) return Show(http, desk, check, [refused!]);
        if (procedure.Net is null && joined.Rules is null) return Show(http, desk, check, [new FieldError(Field, desk.Text["Rules.Missing"])]);
        if (check.Look.IsTable && Absent(joined.Rules, check.Look) is { Count: > 0 } absent)
            return Show(http, desk, check, [new FieldError("", desk.Text["Rules.Columns", string.Join("; ", absent)])]);
        if (check.Job is not { Goes: true })
        {
            var layout = columns.ToOptions(desk.Limits) with { EventAttributes = joined.Rules?.EventAttributes ?? [], CaseAttributes = joined.Rules?.CaseAttributes ?? [] };
            check.Job = desk.Begin(new CheckOrder(
                check.File.Bytes, new SourceFile(check.File.Name, check.File.Bytes.Length, check.File.Bytes.Sha256), layout, procedure.Net, procedure.File, joined.Rules, check.Rules?.Source));
        }

        return CheckDesk.SeeOther(http, check.Path(CheckStep.Result));
    }

    // Work that was ordered with other rules would answer what is no longer asked.
    static void Set(RegisterCheck check, ChosenRules? rules)
    {
        check.Job?.Dispose();
        (check.Rules, check.Job) = (rules, null);
    }

    // What a case carries may stand in a column with "case:" before its name.
    static List<string> Absent(RuleFile? rules, RegisterLook look) =>
        [.. (rules?.EventAttributes ?? []).Where(a => !Has(look, a)).Concat((rules?.CaseAttributes ?? []).Where(a => !Has(look, a) && !Has(look, $"case:{a}")))];

    static bool Has(RegisterLook look, string column) => look.Columns.Contains(column, StringComparer.OrdinalIgnoreCase);

    sealed record Joined(RuleFile? Rules);

    static ChosenRules ReadRules(UploadedFile file)
    {
        using var stream = file.Bytes.Open();
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return new ChosenRules(bytes, file.Name, RuleFile.Parse(bytes, file.Name), new SourceFile(file.Name, bytes.Length, file.Bytes.Sha256));
    }

    // The rules of a procedure stand beside those of a file; two of one name are refused.
    static RuleFile? Join(ChosenProcedure procedure, ChosenRules? rules) =>
        rules is null ? procedure.Rules
        : procedure.Net is { } net ? RuleFile.Drawn(net, procedure.Name, rules.File)
        : rules.File;

    static IResult Show(HttpContext http, CheckDesk desk, RegisterCheck check, IReadOnlyList<FieldError> errors)
    {
        if (check.Content is not { } content || check.Procedure is not { } procedure) return CheckDesk.SeeOther(http, check.Path(CheckStep.Newest(check)));
        var asked = procedure.Net?.Labels.OfType<string>().Distinct(StringComparer.Ordinal).ToList() ?? [];
        var known = content.Activities.Intersect(asked, StringComparer.Ordinal).Count();
        return CheckDesk.Page<OrderCheckPage>(new
        {
            Sheet = new OrderSheet(
                check.Token, check.File.Name, ContentWords.Of(desk.Text, content), procedure.Name, check.Rules?.Name,
                procedure.Net is null ? null : desk.Text["Order.Known", known, content.Activities.Count].Value,
                procedure.Net is null ? [] : Some(content.Activities.Except(asked, StringComparer.Ordinal)), Some(asked.Except(content.Activities, StringComparer.Ordinal)),
                [.. (procedure.Net?.Notes ?? []).Take(NotesShown)], procedure.Again is null, desk.Limits.ProcedureBytes >> 20, errors)
            { NothingInCommon = procedure.Net is not null && known == 0 },
        }, errors);
    }

    static List<string> Some(IEnumerable<string> names)
    {
        var all = names.ToList();
        return all.Count <= NamesShown ? all : [.. all.Take(NamesShown), "…"];
    }
}
