using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Access.Contract;
using Probity.Exhibits.Contract;
using Probity.Shared.Record;

namespace Probity.Exhibits.Keeping;

/// <summary>The integrity office agrees that a balance has become far coarser, or does not: what it may be off by is what may be missing unseen.</summary>
internal sealed class AnswerCalibration(StoreDesk desk)
{
    public const string NothingProposed = "exhibits.calibration-none";

    internal sealed record Command(Guid Balance, bool Agrees, string? Reason);

    internal sealed record Body(bool Agrees, string? Reason);

    public static Decision Decide(Command command, StoreFacts facts)
    {
        if (facts.Store.Balances.GetValueOrDefault(command.Balance)?.Proposed is not { } proposed) return Decision.Refuse(NothingProposed);
        if (Recusal.Between(facts.Actor.Person, [proposed.By], facts.Register, facts.Now) is not null) return Decision.Refuse(Bars.EarlierRole);
        if (command.Agrees)
        {
            return RegisterBalance.RefusesCertificate(proposed.Certificate, proposed.CalibrationDue, facts)
                ?? Decision.Accept(Store.Stream, new BalanceCalibrated(command.Balance, proposed.Uncertainty, proposed.CalibrationDue, proposed.Certificate));
        }

        return ExhibitTexts.RefusesReason(command.Reason) is { } unfit ? unfit : Decision.Accept(Store.Stream, new CalibrationDeclined(command.Balance, command.Reason!.Trim()));
    }

    public Task<Outcome> HandleAsync(Guid person, Command command, CancellationToken cancel) =>
        desk.RunAsync(person, StoreAction.AnswerCalibration, facts => Decide(command, facts), cancel);

    public static void Map(RouteGroupBuilder api) => api
        .MapPost("/balances/{id:guid}/calibrations/answer", (Guid id, HttpContext http, AnswerCalibration slice) => ExhibitsApi.RunAsync<Body>(
            http, async (person, body, cancel) => await slice.HandleAsync(person, new Command(id, body.Agrees, body.Reason), cancel)))
        .Describe<Body>("answerCalibration", "Agree to a calibration that makes a balance far coarser, or not.");
}
