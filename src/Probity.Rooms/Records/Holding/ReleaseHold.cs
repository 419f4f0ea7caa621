using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Records.Contract;
using Probity.Shared.Record;

namespace Probity.Records.Holding;

/// <summary>The prosecutor or the overseer says that it need not be kept for this any more. By itself that erases nothing.</summary>
internal sealed class ReleaseHold(ErasureDesk desk)
{
    public const string Unknown = "records.hold-unknown";

    internal sealed record Command(SubjectKind Kind, Guid Subject, Guid Hold, string Reason);

    internal sealed record Body(string Reason);

    public static Decision Decide(Command command, ErasureFacts facts) =>
        !facts.Erasure.Holds.ContainsKey(command.Hold) ? Decision.Refuse(Unknown)
        : RecordsTexts.RefusesReason(command.Reason) is { } unfit ? unfit
        : Decision.Accept(Erasure.StreamOf(command.Subject), new HoldReleased(command.Hold, command.Reason.Trim()));

    public Task<Outcome?> HandleAsync(Guid person, Command command, CancellationToken cancel) => desk.RunAsync(
        person, command.Kind, command.Subject, RecordsAction.ReleaseHold, facts => Decide(command, facts), cancel);

    public static void Map(RouteGroupBuilder api) => api
        .MapPost("/{kind}/{id:guid}/holds/{hold:guid}/release", (string kind, Guid id, Guid hold, HttpContext http, ReleaseHold slice) => RecordsApi.RunAsync<Body>(
            http, kind, (person, of, body, cancel) => slice.HandleAsync(person, new Command(of, id, hold, body.Reason), cancel)))
        .Describe<Body>("releaseHold", "Say that a hold is over.");
}
