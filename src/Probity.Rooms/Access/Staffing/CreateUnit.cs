using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using System.Security.Claims;
using Probity.Access.Contract;
using Probity.Shared.Record;
using Probity.Shared.Web;

namespace Probity.Access.Staffing;

/// <summary>An administrator adds a unit to the tree. Without <paramref name="Parent"/> it is an agency.</summary>
internal sealed partial record CreateUnit(Guid? Parent, string Name, string Code)
{
    public static void Map(IEndpointRouteBuilder api, IEndpointRouteBuilder pages)
    {
        api.MapPost("/units", (HttpContext context, RegisterDesk desk) =>
        {
            var id = Guid.CreateVersion7();
            return RegisterApi.RunAsync<CreateUnit>(
                context, (person, command, cancel) => RunAsync(desk, person, command, id, cancel), () => RegisterApi.Created(id));
        }).Command("createUnit", "Add a unit to the tree.").Takes<CreateUnit>().Produces<Made>(201);
        pages.MapPost("/units", async (
            [FromForm] string? parent, [FromForm] string? name, [FromForm] string? code, ClaimsPrincipal user, HttpContext context,
            RegisterDesk desk, ShowUnits units, CancellationToken cancel) =>
        {
            // What was chosen and cannot be read is a unit that there is not; nothing chosen is an agency.
            var above = string.IsNullOrEmpty(parent) ? default(Guid?) : Guid.TryParse(parent, out var known) ? known : Guid.Empty;
            var command = new CreateUnit(above, name ?? "", (code ?? "").Trim());
            var outcome = await RunAsync(desk, SignedInPerson.Of(user)!.Value, command, Guid.CreateVersion7(), cancel);
            return await units.AnswerAsync(context, user, outcome, FieldOf, cancel);
        });
    }

    static string FieldOf(string refusal) => refusal switch
    {
        "unit.code" or "unit.code-taken" => "code",
        "unit.unknown" => "parent",
        "text.name-missing" or "text.too-long" or "text.characters" => "name",
        _ => "",
    };

    static Task<Outcome> RunAsync(RegisterDesk desk, Guid person, CreateUnit command, Guid id, CancellationToken cancel) =>
        desk.RunAsync(person, RegisterAction.CreateUnit, facts => Decide(facts, command, id), cancel);

    internal static Decision Decide(RegisterFacts facts, CreateUnit command, Guid id)
    {
        if (PlainText.Refuses(command.Name, PlainText.MaxName, "text.name-missing") is { } bad) return bad;
        if (!CodeForm().IsMatch(command.Code)) return Decision.Refuse("unit.code");
        if (facts.Register.Units.Values.Any(u => u.Code == command.Code)) return Decision.Refuse("unit.code-taken");
        if (command.Parent is { } parent && !facts.Register.Units.ContainsKey(parent)) return Decision.Refuse("unit.unknown");
        return Decision.Accept(Register.Stream, new UnitCreated(id, command.Parent, command.Name.Trim(), command.Code));
    }

    [GeneratedRegex(@"^[A-Z0-9][A-Z0-9\-]{0,19}\z")]
    private static partial Regex CodeForm();
}

/// <summary>The id of what a command made.</summary>
internal sealed record Made(Guid Id);
