using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Records.Contract;
using Probity.Records.Proposing;
using Probity.Shared.Record;

namespace Probity.Records.Deciding;

/// <summary>A second person agrees: never whoever asked. What is held is not erased, whoever agrees.</summary>
internal sealed class ApproveErasure(ErasureDesk desk)
{
    public const string NothingProposed = "records.nothing-proposed";

    internal sealed record Command(SubjectKind Kind, Guid Subject, string? Reason);

    internal sealed record Body(string? Reason);

    public static Decision Decide(Command command, ErasureFacts facts)
    {
        if (facts.Erasure.Stage != ErasureStage.Proposed) return Decision.Refuse(NothingProposed);
        if (ProposeErasure.StandsInTheWay(facts) is { } code) return Decision.Refuse(code);
        return RecordsTexts.RefusesNote(command.Reason) is { } unfit ? unfit
            : Decision.Accept(
                Erasure.StreamOf(command.Subject),
                new ErasureApproved(string.IsNullOrWhiteSpace(command.Reason) ? null : command.Reason.Trim()));
    }

    public Task<Outcome?> HandleAsync(Guid person, Command command, CancellationToken cancel) => desk.RunAsync(
        person, command.Kind, command.Subject, RecordsAction.Approve, facts => Decide(command, facts), cancel);

    public static void Map(RouteGroupBuilder api) => api
        .MapPost("/{kind}/{id:guid}/erasure/approval", (string kind, Guid id, HttpContext http, ApproveErasure slice) => RecordsApi.RunAsync<Body>(
            http, kind, (person, of, body, cancel) => slice.HandleAsync(person, new Command(of, id, body.Reason), cancel)))
        .Describe<Body>("approveErasure", "Agree to an erasure that somebody else asked for. It cannot be taken back.");
}

/// <summary>A second person does not agree, and says why.</summary>
internal sealed class RefuseErasure(ErasureDesk desk)
{
    internal sealed record Command(SubjectKind Kind, Guid Subject, string Reason);

    internal sealed record Body(string Reason);

    public static Decision Decide(Command command, ErasureFacts facts) =>
        facts.Erasure.Stage != ErasureStage.Proposed ? Decision.Refuse(ApproveErasure.NothingProposed)
        : RecordsTexts.RefusesReason(command.Reason) is { } unfit ? unfit
        : Decision.Accept(Erasure.StreamOf(command.Subject), new ErasureRefused(command.Reason.Trim()));

    public Task<Outcome?> HandleAsync(Guid person, Command command, CancellationToken cancel) => desk.RunAsync(
        person, command.Kind, command.Subject, RecordsAction.Refuse, facts => Decide(command, facts), cancel);

    public static void Map(RouteGroupBuilder api) => api
        .MapPost("/{kind}/{id:guid}/erasure/refusal", (string kind, Guid id, HttpContext http, RefuseErasure slice) => RecordsApi.RunAsync<Body>(
            http, kind, (person, of, body, cancel) => slice.HandleAsync(person, new Command(of, id, body.Reason), cancel)))
        .Describe<Body>("refuseErasure", "Refuse an erasure that somebody else asked for.");
}
