using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Records.Contract;
using Probity.Records.Proposing;
using Probity.Shared.Record;

namespace Probity.Records.Holding;

/// <summary>The prosecutor or the overseer says that the law wants something kept. It holds at once, also against what was approved already.</summary>
internal sealed class PlaceHold(ErasureDesk desk)
{
    public const int MaxHolds = 50;
    public const string TooMany = "records.too-many-holds";

    internal sealed record Command(SubjectKind Kind, Guid Subject, Guid Hold, string LegalBasis, string Reason);

    internal sealed record Body(string LegalBasis, string Reason);

    public static Decision Decide(Command command, ErasureFacts facts)
    {
        if ((RecordsTexts.RefusesBasis(command.LegalBasis) ?? RecordsTexts.RefusesReason(command.Reason)) is { } unfit) return unfit;
        if (facts.Erasure.IsDone) return Decision.Refuse(ProposeErasure.Erased);
        if (facts.Erasure.Holds.Count >= MaxHolds) return Decision.Refuse(TooMany);
        return Decision.Accept(
            Erasure.StreamOf(command.Subject),
            new HoldPlaced(command.Kind, command.Subject, command.Hold, command.LegalBasis.Trim(), command.Reason.Trim()));
    }

    public Task<Outcome?> HandleAsync(Guid person, Command command, CancellationToken cancel) => desk.RunAsync(
        person, command.Kind, command.Subject, RecordsAction.PlaceHold, facts => Decide(command, facts), cancel);

    public static void Map(RouteGroupBuilder api) => api
        .MapPost("/{kind}/{id:guid}/holds", (string kind, Guid id, HttpContext http, PlaceHold slice) => RecordsApi.RunAsync<Body>(
            http, kind, (person, of, body, cancel) =>
                slice.HandleAsync(person, new Command(of, id, Guid.CreateVersion7(), body.LegalBasis, body.Reason), cancel)))
        .Describe<Body>("placeHold", "Have a case or a person kept for the law. Nothing of it is erased meanwhile.");
}
