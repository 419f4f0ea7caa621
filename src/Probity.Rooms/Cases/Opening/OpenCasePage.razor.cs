using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Localization;
using Probity.Access.Contract;
using Probity.Cases.Contract;
using Probity.Cases.ViewingDocket;
using Probity.Shared;
using Probity.Shared.Kit;
using Probity.Shared.Record;
using Probity.Shared.Views;

namespace Probity.Cases.Opening;

/// <summary>How the page is shown, and how what is typed into it is taken.</summary>
public sealed partial class OpenCasePage : ComponentBase
{
    internal static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/cases/new", async (HttpContext http, IRegister registers, TimeProvider time) =>
            SignedInPerson.Of(http.User) is { } person
                ? Answer(await FormAsync(person, Guid.CreateVersion7(), registers, time, http.RequestAborted), StatusCodes.Status200OK)
                : Results.Unauthorized());
        pages.MapPost("/cases/new", async (HttpContext http, OpenCase slice, IRegister registers, TimeProvider time, IStringLocalizer<CasesPages> text) =>
        {
            if (SignedInPerson.Of(http.User) is not { } person) return Results.Unauthorized();
            var typed = await http.Request.ReadFormAsync(http.RequestAborted);
            if (!Guid.TryParseExact(typed["case"], "D", out var id)) return Results.BadRequest();
            var rows = int.TryParse(typed["rows"], NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? Math.Clamp(n, 1, OpenCase.MaxParties) : 1;
            var form = await FormAsync(person, id, registers, time, http.RequestAborted) with
            {
                Rows = rows, Typed = typed.Where(f => !f.Key.StartsWith('_')).ToDictionary(f => f.Key, f => f.Value.ToString()),
            };
            // The key is kept: the same form sent twice opens one case.
            if (typed["more"] == "yes") return Answer(form with { Rows = Math.Min(rows + 1, OpenCase.MaxParties) }, StatusCodes.Status200OK);
            var caseId = OpenCase.IdOf(person, id);
            (typed, var nobody) = PersonChoices.Resolve(typed, Enumerable.Range(1, rows).Select(row => ($"staff-{row}", form.Staff)));
            var (command, errors) = Read(caseId, typed, rows, text);
            if (nobody.Count > 0) (command, errors) = (null, [.. errors, .. nobody]);
            if (command is null) return Answer(form with { Errors = errors }, StatusCodes.Status422UnprocessableEntity);
            switch (await slice.HandleAsync(person, command, null, http.RequestAborted))
            {
                case CaseAnswer.Ended { Outcome: Outcome.Done(var index) }:
                    http.Wrote(index);
                    return CaseForms.SeeCase(http, caseId, "opened");
                case CaseAnswer.Ended { Outcome: Outcome.Refused(var refusal, _) }:
                    var turn = CaseWords.Of(refusal.Reroute, await registers.ReadAsync(http.RequestAborted));
                    return Answer(
                        form with { Errors = [new(FieldOf(refusal.Code), CasesText.Of(refusal.Code))], TurnToRole = turn?.Role, TurnToNames = turn?.Names },
                        StatusCodes.Status422UnprocessableEntity);
                case CaseAnswer.Ended:
                    return Answer(form with { Errors = [new("", CasesText.Of("record.stale"))] }, StatusCodes.Status409Conflict);
                default:
                    return Results.NotFound();
            }
        });
    }

    static (OpenCase.Command? Command, IReadOnlyList<FieldError> Errors) Read(Guid id, IFormCollection typed, int rows, IStringLocalizer<CasesPages> text)
    {
        var errors = new List<FieldError>();
        if (!Guid.TryParseExact(typed["unit"], "D", out var unit)) errors.Add(new("unit", text["page.unit-missing"]));
        if (!Offences.Knows(typed["offence"])) errors.Add(new("offence", CasesText.Of(OpenCase.OffenceUnknown)));
        if (string.IsNullOrWhiteSpace(typed["summary"])) errors.Add(new("summary", CasesText.Of(OpenCase.SummaryMissing)));
        var parties = new List<Party>();
        for (var row = 1; row <= rows; row++)
        {
            var (name, role, staff) = (typed[$"name-{row}"].ToString().Trim(), typed[$"role-{row}"].ToString(), typed[$"staff-{row}"].ToString());
            if (name.Length == 0 && role.Length == 0 && staff.Length == 0) continue;
            if (name.Length == 0) errors.Add(new($"name-{row}", CasesText.Of(OpenCase.PartyNameMissing)));
            var known = DocketQuery.Named<PartyRole>(role);
            if (known is null) errors.Add(new($"role-{row}", CasesText.Of(OpenCase.PartyRoleUnknown)));
            parties.Add(new Party(known ?? default, name, Guid.TryParseExact(staff, "D", out var person) ? person : null));
        }

        return errors.Count > 0 ? (null, errors) : (new OpenCase.Command(id, unit, typed["offence"].ToString(), typed["summary"].ToString(), parties), []);
    }

    static string FieldOf(string code) => code switch
    {
        OpenCase.UnitUnknown => "unit",
        OpenCase.OffenceUnknown => "offence",
        OpenCase.SummaryMissing or CaseTexts.TooLong or CaseTexts.ControlCharacters => "summary",
        _ => "",
    };

    static RazorComponentResult<OpenCasePage> Answer(OpenForm form, int status) =>
        new(new { Form = form }) { StatusCode = status, PreventStreamingRendering = true };

    static async Task<OpenForm> FormAsync(Guid person, Guid id, IRegister registers, TimeProvider time, CancellationToken cancel)
    {
        var register = await registers.ReadAsync(cancel);
        var now = time.GetUtcNow();
        var actor = Actor.From(register, person, now);
        // A unit without an officer, in it or below, would have nobody to draw.
        return new OpenForm(id)
        {
            Units = [.. register.Units.Values.Where(u => OpenCase.MayOpenIn(u.Id, actor, register) && register.Holders(Role.Officer, now, u.Id).Count > 0).Select(u => new Choice(u.Id.ToString("D"), u.Name)).OrderBy(c => c.Text, StringComparer.CurrentCulture)],
            Offences = [.. Contract.Offences.Codes.Select(c => new Choice(c, CasesText.Of(Contract.Offences.TextKey(c))))],
            Roles = [.. Enum.GetValues<PartyRole>().Select(r => new Choice(DocketQuery.Camel(r), CaseWords.Of(r)))],
            Staff = [.. register.People.Keys.Select(p => new Choice(p.ToString("D"), CaseWords.Of(p, register, now))).OrderBy(c => c.Text, StringComparer.CurrentCulture)],
        };
    }
}
