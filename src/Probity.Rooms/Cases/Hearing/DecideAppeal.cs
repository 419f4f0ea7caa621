using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Cases.Contract;
using Probity.Shared.Record;

namespace Probity.Cases.Hearing;

/// <summary>Records what became of an appeal: until then nothing that the case rests on is destroyed or given away. Also in a closed case.</summary>
internal sealed class DecideAppeal(CaseDesk desk)
{
    public const string NoneOpen = "cases.no-appeal-open";
    public const string OutcomeMissing = "cases.appeal-outcome-missing";

    internal sealed record Command(Guid CaseId, CourtSide By, AppealOutcome Outcome, string Reasons, string LegalBasis);

    internal sealed record Body(CourtSide By, AppealOutcome Outcome, string Reasons, string LegalBasis);

    public static Decision Decide(Command command, Case @case) =>
        CourtRules.RefusesCourt(@case) is { } court ? court
        : !@case.Court.Acts.Any(a => a.IsOpenAppeal && a.AppealBy == command.By) ? Decision.Refuse(NoneOpen)
        : !Enum.IsDefined(command.Outcome) ? Decision.Refuse(OutcomeMissing)
        : CourtRules.RefusesReasoned(command.Reasons, command.LegalBasis) is { } reasons ? reasons
        : Decision.Accept(@case.Stream, new AppealDecided(command.By, command.Outcome, command.Reasons, command.LegalBasis));

    public Task<CaseAnswer> HandleAsync(Guid person, Command command, long? expected, CancellationToken cancel) => desk.RunAsync(
        person, command.CaseId, CaseAction.RecordCourt, expected, facts => Decide(command, facts.Case), CasePlace.CourtOrders, cancel);

    public static void Map(RouteGroupBuilder api) => api
        .MapPost("/{id:guid}/appeals/end", (Guid id, HttpContext http, DecideAppeal slice) => CaseApi.RunAsync<Body>(
            http, (person, body, expected, cancel) => slice.HandleAsync(person, new Command(id, body.By, body.Outcome, body.Reasons, body.LegalBasis), expected, cancel)))
        .Describe<Body>("decideAppeal", "Record what became of an appeal.");
}
