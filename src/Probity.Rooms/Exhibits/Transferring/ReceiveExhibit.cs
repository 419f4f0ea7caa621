using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Access.Contract;
using Probity.Exhibits.Contract;
using Probity.Shared.Record;

namespace Probity.Exhibits.Transferring;

/// <summary>
/// Who took an exhibit signs from whom, with the seals as they read them: the other half of a hand-over. It may come before the first.
/// </summary>
internal sealed class ReceiveExhibit(ExhibitDesk desk, ReplayedHalves replays)
{
    public const string FromSelf = "exhibits.from-self";
    public const string GiverUnknown = "exhibits.giver-unknown";
    public const string NotFromHolder = "exhibits.not-from-holder";
    public const string LocationMissing = "exhibits.location-missing";
    public const string LocationUnknown = "exhibits.location-unknown";

    /// <param name="Exhibit">The exhibit.</param>
    /// <param name="Half">The signature's own id, made on the device.</param>
    /// <param name="Transfer">The id that the giver's device showed, or one of its own.</param>
    /// <param name="From">Who gave it.</param>
    /// <param name="Location">Where in the store it was put; a custodian says so.</param>
    /// <param name="Discrepancy">What does not fit, in the receiver's words.</param>
    /// <param name="Seals">Each package with its seal as the signer read it.</param>
    /// <param name="Occurred">When, by the device.</param>
    /// <param name="KeptOnDevice">Whether it waited there for the line.</param>
    internal sealed record Command(
        Guid Exhibit, Guid Half, Guid Transfer, Guid From, Guid? Location, string? Discrepancy, IReadOnlyList<SealedPackage> Seals,
        DateTimeOffset? Occurred, bool KeptOnDevice = false);

    internal sealed record Body(
        Guid Half, Guid Transfer, Guid From, Guid? Location, string? Discrepancy, IReadOnlyList<SealedPackage> Seals, DateTimeOffset? Occurred,
        bool KeptOnDevice = false);

    public static Decision Decide(Command command, ExhibitFacts facts)
    {
        var exhibit = facts.Exhibit;
        var at = DeviceTime.Of(command.Occurred, facts);
        var receipt = HalfOf(command, facts, at);
        if (exhibit.HalfOf(command.Half) is { } recorded) return recorded.Says(receipt, command.Occurred) ? Decision.Accept() : Decision.Refuse(HalfBounds.OtherContent);
        if (command.Half == Guid.Empty || command.Transfer == Guid.Empty) return Decision.Refuse(HandOverExhibit.HalfMissing);
        if (command.From == facts.Actor.Person) return Decision.Refuse(FromSelf);
        if (!facts.Register.People.ContainsKey(command.From)) return Decision.Refuse(GiverUnknown);
        if ((ExhibitTexts.Refuses(command.Discrepancy, ExhibitTexts.MaxReason, lines: true) ?? ExhibitTexts.RefusesReadSeals(command.Seals, exhibit)) is { } unfit)
            return unfit;
        if (command.Location is { } place && !facts.Store.Locations.ContainsKey(place)) return Decision.Refuse(LocationUnknown);
        if (!command.KeptOnDevice)
        {
            if (ExhibitAccess.LeftOf(exhibit) is { } left) return left;
            if (!CanComeFrom(command.From, facts)) return Decision.Refuse(NotFromHolder);
            if (facts.Actor.Has(Role.Custodian) && command.Location is null && !facts.Store.Locations.IsEmpty) return Decision.Refuse(LocationMissing);
        }

        if (exhibit.IsOverSince(at ?? facts.Now)) return Decision.Refuse(ExhibitAccess.Gone);
        if (HalfBounds.Refuses(receipt, command.Occurred, facts) is { } outOfTime) return outOfTime;
        return Decision.Accept([
            exhibit.File(new ExhibitReceived(
                receipt.Half, receipt.Transfer, receipt.From, receipt.Location, receipt.Discrepancy, receipt.Seals, receipt.KeptOnDevice), at),
            .. Discrepancies.Of(exhibit, receipt),
            .. Discrepancies.OfReturn(exhibit, exhibit with { Receipts = exhibit.Receipts.Add(receipt) }, facts.Actor.Person, facts.Store, facts.Now)]);
    }

    static Receipt HalfOf(Command command, ExhibitFacts facts, DateTimeOffset? at) => new(
        command.Half, command.Transfer, command.From, facts.Actor.Person, at ?? facts.Now, facts.Now, command.Seals, command.KeptOnDevice,
        command.Location, ExhibitTexts.Kept(command.Discrepancy));

    // From who has it, or from who says that they took it from who has it and whose other half is on its way; what waits for too long is only a claim.
    static bool CanComeFrom(Guid from, ExhibitFacts facts)
    {
        var chain = facts.Exhibit.Chain;
        return chain.Holder == from || chain.Given.Any(r => r.From == from && r.To == facts.Actor.Person) || chain.Taken.Any(r => r.To == from && !r.IsOverdue(facts.Now));
    }

    public async Task<Outcome?> HandleAsync(Guid person, Command command, CancellationToken cancel)
    {
        var outcome = await desk.RunAsync(person, command.Exhibit, ExhibitAction.Receive, facts => Decide(command, facts), cancel);
        if (outcome is Outcome.Refused { Refusal.Code: HalfBounds.OtherContent })
            await replays.TellAsync(person, command.Exhibit, ExhibitAction.Receive, facts => HalfOf(command, facts, DeviceTime.Of(command.Occurred, facts)), cancel);
        return outcome;
    }

    public static void Map(RouteGroupBuilder api) => api
        .MapPost("/{id:guid}/receipts", (Guid id, HttpContext http, ReceiveExhibit slice) => ExhibitsApi.RunAsync<Body>(
            http, (person, body, cancel) => slice.HandleAsync(
                person, new Command(
                    id, body.Half, body.Transfer, body.From, body.Location, body.Discrepancy, body.Seals ?? [], body.Occurred, body.KeptOnDevice), cancel)))
        .Describe<Body>("receiveExhibit", "Sign that you took an exhibit.");
}
