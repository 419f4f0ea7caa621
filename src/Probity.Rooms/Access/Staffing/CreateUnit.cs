using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using System.Security.Claims;
using Probity.Access.Contract;
using Probity.Shared.Record;

namespace Probity.Access.Staffing;

/// <summary>An administrator adds a unit to the tree. Without <paramref name="Parent"/> it is an agency.</summary>
internal sealed partial record CreateUnit(Guid? Parent, string Name, string Code)
{
    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/units", async (
        CreateUnit command, ClaimsPrincipal user, HttpContext context, RegisterDesk desk, CancellationToken cancel) =>
    {
        var id = Guid.CreateVersion7();
        var outcome = await desk.RunAsync(SignedInPerson.Of(user)!.Value, RegisterAction.CreateUnit, facts => Decide(facts, command, id), cancel);
        return RegisterAnswer.Of(context, outcome, () => Results.Created((string?)null, new Made(id)));
    });

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
