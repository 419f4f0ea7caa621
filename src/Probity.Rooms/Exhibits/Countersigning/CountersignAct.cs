using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Exhibits.Contract;
using Probity.Exhibits.Disposing;
using Probity.Shared.Record;

namespace Probity.Exhibits.Countersigning;

/// <summary>
/// A second person signs what another did: the witness who was there, somebody of another unit who was asked, or one of the overseer's deputies. Who
/// saw it otherwise says so, and that is a matter for the integrity officer.
/// </summary>
internal sealed class CountersignAct(ExhibitDesk desk)
{
    public const string ActUnknown = "exhibits.act-unknown";
    public const string Signed = "exhibits.already-countersigned";
    public const string AskedAnother = "exhibits.another-was-asked";

    /// <param name="Exhibit">The exhibit.</param>
    /// <param name="Act">What is signed.</param>
    /// <param name="Objection">What was not so; null for a signature.</param>
    internal sealed record Command(Guid Exhibit, Guid Act, string? Objection);

    internal sealed record Body(string? Objection);

    public static Decision Decide(Command command, ExhibitFacts facts)
    {
        if (!facts.Exhibit.Acts.TryGetValue(command.Act, out var act)) return Decision.Refuse(ActUnknown);
        if (act.SignedBy is { } signed) return signed == facts.Actor.Person ? Decision.Accept() : Decision.Refuse(Signed);
        if (SecondPerson.RefusesSigner(facts.Actor.Person, act.By, facts) is { } unfit) return unfit;
        // Nobody sends a thing out of the store with the help of their own unit alone.
        if (facts.Exhibit is { IsBeingReturned: true, Return: { } given } && given.Act == act.Act && ReturnExhibit.IsOfHoldersUnit(facts.Actor.Person, facts)) return Decision.Refuse(ProposeDestruction.HoldersUnit);
        if (ReturnExhibit.IsByOrderOf(facts.Actor.Person, act.Act, facts)) return Decision.Refuse(DisposalFacts.OrderedIt);
        // The court may have taken its order back meanwhile.
        if (command.Objection is null && facts.Exhibit is { IsBeingReturned: true, Return: { OrderId: { } ordered } returned } && returned.Act == act.Act
            && facts.Standing.Court.Orders.All(o => o.Id != ordered)) return Decision.Refuse(DisposalFacts.OrderMissing);
        // Who was there comes first; others stand in where nobody was, or where the witness has let the day pass.
        if (act.Witness != facts.Actor.Person && act.Alone is null && !act.IsOverdue(facts.Now))
            return Decision.Refuse(AskedAnother, new Reroute("Witness", [act.Witness!.Value]));
        var objection = ExhibitTexts.Kept(command.Objection);
        if (ExhibitTexts.Refuses(objection, ExhibitTexts.MaxReason, lines: true) is { } text) return text;
        var manner = act.Witness == facts.Actor.Person && act.Alone is null ? Witnessing.Present : Witnessing.Remote;
        var countersigned = facts.Exhibit.File(new ActCountersigned(command.Act, manner, objection));
        return objection is null
            ? Decision.Accept(countersigned)
            : Decision.Accept([countersigned, .. Discrepancies.OfObjection(facts.Exhibit, act.Act, act.By, facts.Actor.Person, objection)]);
    }

    public Task<Outcome?> HandleAsync(Guid person, Command command, CancellationToken cancel) =>
        desk.RunAsync(person, command.Exhibit, ExhibitAction.Countersign, facts => Decide(command, facts), cancel);

    public static void Map(RouteGroupBuilder api) => api
        .MapPost("/{id:guid}/acts/{act:guid}/countersignature", (Guid id, Guid act, HttpContext http, CountersignAct slice) => ExhibitsApi.RunAsync<Body>(
            http, (person, body, cancel) => slice.HandleAsync(person, new Command(id, act, body.Objection), cancel)))
        .Describe<Body>("countersignAct", "Sign what another did, or say what was not so.");
}
