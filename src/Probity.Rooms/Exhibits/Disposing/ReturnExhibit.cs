using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Access.Contract;
using Probity.Cases.Contract;
using Probity.Exhibits.Contract;
using Probity.Exhibits.TakingOver;
using Probity.Shared.Record;

namespace Probity.Exhibits.Disposing;

/// <summary>
/// By an order on the record of the case: an exhibit is given to whom it belongs, who signs a receipt, or it becomes the state's. It is then the state's
/// office for such things to which it is given. It is gone once a second person, who is not of the holder's unit, has signed. Drugs are never given to
/// anybody.
/// </summary>
internal sealed class ReturnExhibit(DisposalDesk desk)
{
    public const string OwnerMissing = "exhibits.owner-missing";
    public const string ReceiptMissing = "exhibits.receipt-missing";
    public const string ReceiptOther = "exhibits.receipt-other";
    public const string NotReturned = "exhibits.not-returned";
    public const string Forfeited = "exhibits.forfeited-already";

    /// <param name="Exhibit">The exhibit.</param>
    /// <param name="Act">What the second person signs.</param>
    /// <param name="Order">The order of the case.</param>
    /// <param name="To">To whom, where the order names nobody: the state's office.</param>
    /// <param name="Receipt">What they signed for it.</param>
    /// <param name="Witness">Who saw it and is not of the holder's unit.</param>
    /// <param name="Other">Why somebody else signed for it than the order names; a matter for the integrity officer.</param>
    internal sealed record Command(Guid Exhibit, Guid Act, Guid? Order, string? To, string Receipt, Guid? Witness, string? Other = null);

    internal sealed record Body(Guid Act, Guid? Order, string? To, string Receipt, Guid? Witness, string? Other = null);

    internal sealed record Forfeit(Guid Exhibit, Guid? Order);

    internal sealed record ForfeitBody(Guid? Order);

    public static Decision Decide(Command command, DisposalFacts facts)
    {
        var exhibit = facts.Of.Exhibit;
        if (exhibit.Return is { } given && given.Act == command.Act) return Decision.Accept();
        if (ExhibitAccess.LeftOf(exhibit) is { } left) return left;
        if (exhibit.Substance is not null) return Decision.Refuse(NotReturned);
        if (exhibit.Destruction?.CarriedOut is not null) return Decision.Refuse(ProposeDestruction.CarriedOut);
        // What a court made the state's is given to the state's office by that order.
        if ((facts.Refuses() ?? facts.RefusesOrder(command.Order, KindFor(exhibit))) is { } refusal) return refusal;
        var order = facts.OrderOf(command.Order!.Value);
        if ((ExhibitTexts.Refuses(order.To ?? command.To, ExhibitTexts.MaxLine, OwnerMissing) ?? ExhibitTexts.Refuses(command.Receipt, ExhibitTexts.MaxReason, ReceiptMissing, lines: true)
            ?? RefusesWitness(command.Witness, command.Order, facts.Of)) is { } unfit) return unfit;
        // An owner signs by themselves and the state's office in its own name, or somebody says why not.
        var named = Names(command.Receipt, (order.To ?? command.To)!);
        if (!named && ExhibitTexts.RefusesReason(command.Other) is not null) return Decision.Refuse(ReceiptOther);
        var other = named ? null : ExhibitTexts.Kept(command.Other);
        return Decision.Accept([
            exhibit.File(new ExhibitGivenBack(
                command.Act, order.Order, (order.To ?? command.To!).Trim(), command.Receipt.Trim(), order.Reference, order.Ordered, command.Witness!.Value, other)),
            .. other is null ? [] : Discrepancies.OfReceipt(exhibit, command.Act, facts.Of.Actor.Person, (order.To ?? command.To!).Trim(), command.Receipt.Trim(), other)]);
    }

    // The receiver's name, which stands before what else the order says of them: each word of it is in what was signed.
    static bool Names(string receipt, string receiver)
    {
        var words = PlainName.Of(receipt).Split(' ').ToHashSet();
        return PlainName.Of(receiver.Split(',', ';', '(')[0]).Split(' ').All(words.Contains);
    }

    public static Decision Decide(Forfeit command, DisposalFacts facts)
    {
        if (facts.Of.Exhibit.IsForfeited) return Decision.Refuse(Forfeited);
        if (facts.RefusesOrder(command.Order, ExhibitOrderKind.Forfeit) is { } refusal) return refusal;
        var order = facts.OrderOf(command.Order!.Value);
        return Decision.Accept(facts.Of.Exhibit.File(new ExhibitForfeited(order.Reference, order.Ordered, order.Order)));
    }

    /// <summary>The kind of order by which an exhibit leaves the store as a whole.</summary>
    public static ExhibitOrderKind KindFor(Exhibit exhibit) => exhibit.IsForfeited ? ExhibitOrderKind.Forfeit : ExhibitOrderKind.Return;

    /// <summary>Whether somebody is of the unit that holds an exhibit, or commands it, at any height.</summary>
    public static bool IsOfHoldersUnit(Guid person, ExhibitFacts facts) =>
        facts.Register.PostsOf(facts.Exhibit.Chain.Holder, facts.Now).Any(h => facts.Register.PostsOf(person, facts.Now).Any(p =>
            p.Unit == h.Unit || (p.Role == Role.Commander && facts.Register.IsWithin(h.Unit, p.Unit))));

    /// <summary>Whether an act is the giving back of the exhibit, by an order that somebody put on the record: they do not sign for it.</summary>
    public static bool IsByOrderOf(Guid person, Guid act, ExhibitFacts facts) => facts.Exhibit is { IsBeingReturned: true, Return: { } given } && given.Act == act && DisposalFacts.IsOrderOf(person, given.OrderId, facts);

    /// <summary>What keeps somebody from signing that an exhibit was given back, or null.</summary>
    public static Refusal? RefusesWitness(Guid? witness, Guid? order, ExhibitFacts facts) =>
        witness is not { } person ? new Refusal(SecondPerson.Missing)
        : DisposalFacts.IsOrderOf(person, order, facts) ? new Refusal(DisposalFacts.OrderedIt)
        : SecondPerson.RefusesSigner(person, facts.Exhibit.Chain.Holder, facts) ?? (IsOfHoldersUnit(person, facts) ? new Refusal(ProposeDestruction.HoldersUnit)
        // Nor whoever the holder reports to, or who reports to them, or did within two years.
        : Recusal.Between(person, [facts.Exhibit.Chain.Holder], facts.Register, facts.Now) is not null ? new Refusal(SecondPerson.Unfit) : null);

    public Task<Outcome?> HandleAsync(Guid person, Command command, CancellationToken cancel) =>
        desk.RunAsync(person, command.Exhibit, ExhibitAction.Return, facts => Decide(command, facts), cancel);

    public Task<Outcome?> ForfeitAsync(Guid person, Forfeit command, CancellationToken cancel) =>
        desk.RunAsync(person, command.Exhibit, ExhibitAction.Forfeit, facts => Decide(command, facts), cancel);

    public static void Map(RouteGroupBuilder api)
    {
        api.MapPost("/{id:guid}/return", (Guid id, HttpContext http, ReturnExhibit slice) => ExhibitsApi.RunAsync<Body>(
            http, (person, body, cancel) => slice.HandleAsync(
                person, new Command(id, body.Act, body.Order, body.To, body.Receipt, body.Witness, body.Other), cancel)))
            .Describe<Body>("returnExhibit", "Record that an exhibit was given back by an order; it is gone once the second person has signed.");
        api.MapPost("/{id:guid}/forfeiture", (Guid id, HttpContext http, ReturnExhibit slice) => ExhibitsApi.RunAsync<ForfeitBody>(
            http, (person, body, cancel) => slice.ForfeitAsync(person, new Forfeit(id, body.Order), cancel)))
            .Describe<ForfeitBody>("forfeitExhibit", "Record that an exhibit is the state's by a court's order.");
    }
}
