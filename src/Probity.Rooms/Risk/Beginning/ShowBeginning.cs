using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Access.Contract;
using Probity.Risk.Contract;
using Probity.Shared;
using Probity.Shared.Record;
using Probity.Shared.Views;
using Probity.Shared.Web;

namespace Probity.Risk.Beginning;

/// <summary>The form that begins an assessment.</summary>
internal sealed class ShowBeginning(BeginAssessment slice, IRegister registers)
{
    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/risk/new", async (HttpContext http, ShowBeginning show) =>
            SignedInPerson.Has(http.User, Role.Integrity) ? await show.ShowAsync(http, Guid.NewGuid(), [], "", []) : Results.Forbid());
        pages.MapPost("/risk/new", async (HttpContext http, ShowBeginning show) =>
            SignedInPerson.Of(http.User) is { } person && SignedInPerson.Has(http.User, Role.Integrity) ? await show.TakeAsync(http, person) : Results.Forbid());
    }

    async Task<IResult> TakeAsync(HttpContext http, Guid person)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        if (!Guid.TryParseExact(form["key"], "D", out var key)) return Results.BadRequest();
        _ = Guid.TryParseExact(form["unit"], "D", out var unit);
        var functions = form["function"].Where(f => f is { Length: > 1 } && Enum.TryParse<UnitFunction>(f, ignoreCase: true, out _)).Select(f => Enum.Parse<UnitFunction>(f!, ignoreCase: true)).ToList();
        var id = BeginAssessment.IdOf(person, key);
        var outcome = await slice.HandleAsync(person, new(id, unit, functions), http.RequestAborted);
        if (outcome is Outcome.Done(var index))
        {
            http.Wrote(index);
            return new SeeOther($"/risk/{id:D}");
        }

        var code = (outcome as Outcome.Refused)?.Refusal.Code ?? Answers.Stale;
        // Both that are missing are said at once.
        var missing = new[] { ("unit", BeginAssessment.UnitUnknown, unit == Guid.Empty), ("function", BeginAssessment.FunctionsMissing, functions.Count == 0) }
            .Where(f => f.Item3).Select(f => new FieldError(f.Item1, RiskText.Of(f.Item2))).ToList();
        return await ShowAsync(
            http, key, missing.Count > 0 ? missing : [new FieldError(code is BeginAssessment.UnitUnknown or BeginAssessment.AnotherIsOpen ? "unit" : "", RiskText.Of(code))], form["unit"], [.. form["function"].OfType<string>()]);
    }

    async Task<IResult> ShowAsync(HttpContext http, Guid key, List<FieldError> errors, string? unit, IReadOnlyCollection<string> functions)
    {
        var register = await registers.ReadAsync(http.RequestAborted);
        var units = register.Units.Values.Select(u => new Choice(u.Id.ToString("D"), u.Name)).OrderBy(c => c.Text, StringComparer.CurrentCulture).ToList();
        return Rendered.Page<BeginAssessmentPage>(
            new { Errors = errors, Key = key.ToString("D"), Units = units, Unit = unit, Functions = functions }, errors.Count == 0 ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
    }
}
