using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Access.Contract;
using Probity.Cases.Assigning;
using Probity.Cases.Contract;
using Probity.Shared.Record;

namespace Probity.Cases.Working;

/// <summary>Lets a person into the case by name. Never one whom the guard bars, nor one who has something to see to before they are given new work: by name they would record steps in it as whoever was drawn.</summary>
internal sealed class GiveAccess(CaseDesk desk, FitForWork fit)
{
    public const string NoPost = "cases.person-no-post";
    public const string RoleSeesNoCase = "cases.role-sees-no-case";
    public const string AlreadyNamed = "cases.already-named";

    internal sealed record Command(Guid CaseId, Guid Person, string Reason);

    internal sealed record Body(Guid Person, string Reason);

    public static Decision Decide(Command command, Case @case, Register register, DateTimeOffset now, bool keptOut = false, string? lack = null)
    {
        if (CaseTexts.RefusesReason(command.Reason) is { } refusal) return refusal;
        var person = Actor.From(register, command.Person, now);
        if (person.Posts.IsEmpty) return Decision.Refuse(NoPost);
        if (CaseAccess.Bar(CaseAction.GiveAccess, command.Person, @case, register, now) is { } bar) return Decision.Refuse(bar);
        if (keptOut) return Decision.Refuse(ProposeAssignment.KeptOut);
        if (@case.Named.Contains(command.Person)) return Decision.Refuse(AlreadyNamed);

        // Access that the role would not use is not given: an administrator sees no file, by name neither.
        return !CaseAccess.CanBeNamed(person) ? Decision.Refuse(RoleSeesNoCase)
            : lack is not null ? Decision.Refuse(lack)
            : Decision.Accept(@case.Stream, new AccessGiven(command.Person, command.Reason));
    }

    public Task<CaseAnswer> HandleAsync(Guid person, Command command, long? expected, CancellationToken cancel) => desk.RunAsync(
        person, command.CaseId, CaseAction.GiveAccess, expected,
        async facts => Decide(command, facts.Case, facts.Register, facts.Now, (await fit.MatchesAsync([command.Person], facts, cancel)).Any(m => m.IsSure), await fit.LacksAsync(command.Person, facts, cancel)), cancel);

    public static void Map(RouteGroupBuilder api) => api
        .MapPost("/{id:guid}/access", (Guid id, HttpContext http, GiveAccess slice) => CaseApi.RunAsync<Body>(
            http, (person, body, expected, cancel) => slice.HandleAsync(
                person, new Command(id, body.Person, body.Reason), expected, cancel)))
        .Describe<Body>("giveAccess", "Let a person into the case by name.");
}
