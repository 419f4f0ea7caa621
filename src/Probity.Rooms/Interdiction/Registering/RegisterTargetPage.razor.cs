using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;
using Probity.Access.Contract;
using Probity.Interdiction.Contract;
using Probity.Shared;
using Probity.Shared.Kit;
using Probity.Shared.Record;
using Probity.Shared.Views;
using Probity.Shared.Web;

namespace Probity.Interdiction.Registering;

/// <summary>How the page is shown, and how what is typed into it is taken.</summary>
public sealed partial class RegisterTargetPage : ComponentBase
{
    internal static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/interdiction/new", async (HttpContext http, IRegister registers, TimeProvider time) =>
            await AnswerAsync(http, registers, time, Guid.CreateVersion7(), null, [], StatusCodes.Status200OK));
        pages.MapPost("/interdiction/new", async (HttpContext http, RegisterTarget slice, IRegister registers, TimeProvider time, IOptions<SharedOptions> options) =>
        {
            if (SignedInPerson.Of(http.User) is not { } person) return Results.Unauthorized();
            var form = await http.Request.ReadFormAsync(http.RequestAborted);
            if (!Guid.TryParseExact(form["key"], "D", out var key)) return Results.BadRequest();
            var id = RegisterTarget.IdOf(person, key);
            (form, var nobody) = PersonChoices.Resolve(form, ("staff", StaffOf(await registers.ReadAsync(http.RequestAborted))));
            var (command, errors) = Read(id, form, options.Value.TimeZone);
            if (nobody.Count > 0) (command, errors) = (null, [.. errors, .. nobody]);
            if (command is null) return await AnswerAsync(http, registers, time, key, form, errors, StatusCodes.Status422UnprocessableEntity);
            switch (await slice.HandleAsync(person, command, http.RequestAborted))
            {
                case Outcome.Done(var index):
                    http.Wrote(index);
                    return new SeeOther($"/interdiction/{id:D}");
                case Outcome.Refused { Refusal: var refusal }:
                    return await AnswerAsync(
                        http, registers, time, key, form, [new(FieldOf(refusal.Code), InterdictionText.Of(refusal.Code))], StatusCodes.Status422UnprocessableEntity);
                default:
                    return await AnswerAsync(http, registers, time, key, form, [new("", InterdictionText.Of("record.stale"))], StatusCodes.Status409Conflict);
            }
        });
    }

    static async Task<IResult> AnswerAsync(
        HttpContext http, IRegister registers, TimeProvider time, Guid key, IFormCollection? form, IReadOnlyList<FieldError> errors, int status)
    {
        if (SignedInPerson.Of(http.User) is not { } person) return Results.Unauthorized();
        var register = await registers.ReadAsync(http.RequestAborted);
        var actor = Actor.From(register, person, time.GetUtcNow());
        var units = register.Units.Values.Where(u => TargetAccess.RegistersIn(u.Id, actor, register))
            .OrderBy(u => u.Name, StringComparer.CurrentCulture).Select(u => new Choice(u.Id.ToString("D"), u.Name)).ToList();
        if (units.Count == 0) return Results.Forbid();
        var staff = StaffOf(register);
        var fields = form?.Where(f => !f.Key.StartsWith('_')).ToDictionary(f => f.Key, f => f.Value.ToString()) ?? [];
        return new RazorComponentResult<RegisterTargetPage>(new { Key = key, Units = units, Staff = staff, Fields = fields, Errors = errors })
        {
            StatusCode = status, PreventStreamingRendering = true,
        };
    }

    static List<Choice> StaffOf(Register register) =>
        [.. register.People.Values.Where(p => !p.IsErased).Select(p => new Choice(p.Id.ToString("D"), register.NameOf(p.Id))).OrderBy(c => c.Text, StringComparer.CurrentCulture)];

    static (RegisterTarget.Command? Command, IReadOnlyList<FieldError> Errors) Read(Guid id, IFormCollection form, TimeZoneInfo zone)
    {
        var errors = new List<FieldError>();
        if (!Guid.TryParseExact(form["unit"], "D", out var unit)) Miss("unit", RegisterTarget.UnitUnknown);
        if (!Enum.TryParse<TargetKind>(form["kind"], ignoreCase: true, out var kind) || char.IsDigit(form["kind"].ToString()[0])) Miss("kind", RegisterTarget.KindUnknown);
        if (!Enum.TryParse<RiskSource>(form["source"], ignoreCase: true, out var source) || char.IsDigit(form["source"].ToString()[0])) Miss("source", RegisterTarget.SourceUnknown);
        if (!int.TryParse(form["score"].ToString().Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var score)) Miss("score", RegisterTarget.ScoreWrong);
        if (!DateTime.TryParseExact(form["arrival"].ToString().Trim(), "yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var arrival)
            || arrival.Year is < 2000 or > 2100) Miss("arrival", "arrival-missing");
        Guid? staff = Guid.TryParseExact(form["staff"], "D", out var person) ? person : null;
        return errors.Count > 0 ? (null, errors) : (new RegisterTarget.Command(
            id, unit, kind, form["reference"].ToString(), form["document"], form["port"].ToString(), new DateTimeOffset(arrival, zone.GetUtcOffset(arrival)), score,
            source, Lines(form["rules"]), staff) { Names = Lines(form["names"]) }, errors);

        void Miss(string field, string code) => errors.Add(new(field, InterdictionText.Of(code)));
    }

    static string[] Lines(string? typed) => (typed ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    static string FieldOf(string code) => code switch
    {
        RegisterTarget.ContainerWrong or RegisterTarget.VesselWrong or RegisterTarget.BagWrong or RegisterTarget.ParcelWrong or RegisterTarget.ReferenceMissing => "reference",
        RegisterTarget.PortWrong => "port",
        RegisterTarget.ArrivalFar => "arrival",
        RegisterTarget.ScoreWrong => "score",
        RegisterTarget.TooManyNames => "names",
        RegisterTarget.TooManyRules => "rules",
        _ => "",
    };
}
