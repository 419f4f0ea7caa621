using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Records.Contract;
using Probity.Shared.Record;

namespace Probity.Records.Proposing;

/// <summary>The integrity officer asks that a matter or a person be erased. Nothing goes until a second person agrees.</summary>
internal sealed class ProposeErasure(ErasureDesk desk)
{
    public const string Pending = "records.pending";
    public const string Erased = "records.erased";
    public const string Held = "records.held";

    internal sealed record Command(SubjectKind Kind, Guid Subject, string LegalBasis, string Reason);

    internal sealed record Body(string LegalBasis, string Reason);

    public static Decision Decide(Command command, ErasureFacts facts)
    {
        if ((RecordsTexts.RefusesBasis(command.LegalBasis) ?? RecordsTexts.RefusesReason(command.Reason)) is { } unfit) return unfit;
        if (facts.Erasure.IsDone) return Decision.Refuse(Erased);
        if (facts.Erasure.Stage is ErasureStage.Proposed or ErasureStage.Approved) return Decision.Refuse(Pending);
        if (StandsInTheWay(facts) is { } code) return Decision.Refuse(code);
        return Decision.Accept(
            Erasure.StreamOf(command.Subject),
            new ErasureProposed(command.Kind, command.Subject, command.LegalBasis.Trim(), command.Reason.Trim()));
    }

    /// <summary>The code of what forbids erasing the subject now, or null. A hold wins over all else.</summary>
    public static string? StandsInTheWay(ErasureFacts facts) =>
        facts.Erasure.IsHeld ? Held : facts.Subject.NotYet ?? (facts.Subject.Things > 0 ? ErasureSubject.ThingsHeld : null);

    public Task<Outcome?> HandleAsync(Guid person, Command command, CancellationToken cancel) => desk.RunAsync(
        person, command.Kind, command.Subject, RecordsAction.Propose, facts => Decide(command, facts), cancel);

    public static void Map(RouteGroupBuilder api) => api
        .MapPost("/{kind}/{id:guid}/erasure", (string kind, Guid id, HttpContext http, ProposeErasure slice) => RecordsApi.RunAsync<Body>(
            http, kind, (person, of, body, cancel) => slice.HandleAsync(person, new Command(of, id, body.LegalBasis, body.Reason), cancel)))
        .Describe<Body>("proposeErasure", "Ask that a case or a person be erased.");
}
