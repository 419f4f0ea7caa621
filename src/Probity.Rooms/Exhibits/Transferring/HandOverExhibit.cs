using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Access.Contract;
using Probity.Exhibits.Contract;
using Probity.Shared.Record;

namespace Probity.Exhibits.Transferring;

/// <summary>
/// Who has an exhibit signs that they gave it to somebody: one half of a hand-over. What was signed on a device while the line was down has happened,
/// so it is recorded even where the record knows of another holder; what does not fit shows.
/// </summary>
internal sealed class HandOverExhibit(ExhibitDesk desk, ReplayedHalves replays)
{
    public const string NotHolder = "exhibits.not-holder";
    public const string AlreadyGiven = "exhibits.already-given";
    public const string ToSelf = "exhibits.to-self";
    public const string ReceiverMissing = "exhibits.receiver-missing";
    public const string ReceiverUnfit = "exhibits.receiver-unfit";
    public const string AuthorityMissing = "exhibits.authority-missing";
    public const string PurposeUnknown = "exhibits.purpose-unknown";
    public const string HalfMissing = "exhibits.half-missing";

    /// <param name="Exhibit">The exhibit.</param>
    /// <param name="Half">The signature's own id, made on the device.</param>
    /// <param name="Transfer">What joins it to the other half, made on the device that signed first.</param>
    /// <param name="To">Who gets it.</param>
    /// <param name="Purpose">What for.</param>
    /// <param name="Authority">By what order: needed for all but storing and carrying.</param>
    /// <param name="Condition">How it looked.</param>
    /// <param name="Seals">Each package with its seal as the signer read it.</param>
    /// <param name="Occurred">When, by the device.</param>
    /// <param name="KeptOnDevice">Whether it waited there for the line.</param>
    internal sealed record Command(
        Guid Exhibit, Guid Half, Guid Transfer, Guid To, Purpose Purpose, string? Authority, string? Condition, IReadOnlyList<SealedPackage> Seals,
        DateTimeOffset? Occurred, bool KeptOnDevice = false);

    internal sealed record Body(
        Guid Half, Guid Transfer, Guid To, Purpose Purpose, string? Authority, string? Condition, IReadOnlyList<SealedPackage> Seals,
        DateTimeOffset? Occurred, bool KeptOnDevice = false);

    public static Decision Decide(Command command, ExhibitFacts facts)
    {
        var exhibit = facts.Exhibit;
        var at = DeviceTime.Of(command.Occurred, facts);
        var release = HalfOf(command, facts, at);
        if (exhibit.HalfOf(command.Half) is { } recorded) return recorded.Says(release, command.Occurred) ? Decision.Accept() : Decision.Refuse(HalfBounds.OtherContent);
        if (command.Half == Guid.Empty || command.Transfer == Guid.Empty) return Decision.Refuse(HalfMissing);
        if (!Enum.IsDefined(command.Purpose)) return Decision.Refuse(PurposeUnknown);
        if (command.To == facts.Actor.Person) return Decision.Refuse(ToSelf);
        if (!facts.Register.People.ContainsKey(command.To)) return Decision.Refuse(ReceiverUnfit);
        if ((ExhibitTexts.Refuses(command.Authority, ExhibitTexts.MaxLine) ?? ExhibitTexts.Refuses(command.Condition, ExhibitTexts.MaxReason, lines: true)
            ?? ExhibitTexts.RefusesReadSeals(command.Seals, exhibit)) is { } unfit) return unfit;
        if (command.Purpose is not (Purpose.Store or Purpose.Transport) && ExhibitTexts.Kept(command.Authority) is null) return Decision.Refuse(AuthorityMissing);
        if (!command.KeptOnDevice && RefusesNow(command, facts) is { } refusal) return refusal;
        if (exhibit.IsOverSince(at ?? facts.Now)) return Decision.Refuse(ExhibitAccess.Gone);
        if (HalfBounds.Refuses(release, command.Occurred, facts) is { } outOfTime) return outOfTime;
        return Decision.Accept([
            exhibit.File(new ExhibitHandedOver(
                release.Half, release.Transfer, release.To, release.Purpose, release.Authority, release.Condition, release.Seals, release.KeptOnDevice), at),
            .. Discrepancies.Of(exhibit, release),
            .. Discrepancies.OfReturn(exhibit, exhibit with { Releases = exhibit.Releases.Add(release) }, facts.Actor.Person, facts.Store, facts.Now)]);
    }

    static Release HalfOf(Command command, ExhibitFacts facts, DateTimeOffset? at) => new(
        command.Half, command.Transfer, facts.Actor.Person, command.To, at ?? facts.Now, facts.Now, command.Seals, command.KeptOnDevice, command.Purpose,
        ExhibitTexts.Kept(command.Authority), ExhibitTexts.Kept(command.Condition));

    // While the line is up, what would not fit is not done: the page says who has it, or who may take it.
    static Refusal? RefusesNow(Command command, ExhibitFacts facts)
    {
        if (ExhibitAccess.LeftOf(facts.Exhibit) is { } left) return left;
        var chain = facts.Exhibit.Chain;
        if (chain.Holder != facts.Actor.Person) return new Refusal(NotHolder);
        if (chain.Given.Any(r => r.From == facts.Actor.Person)) return new Refusal(AlreadyGiven);
        if (!ExhibitAccess.IsHandler(Actor.From(facts.Register, command.To, facts.Now))) return new Refusal(ReceiverUnfit);
        return facts.Standing.Case.BarOf(command.To, facts.Register, facts.Now) is { } bar ? new Refusal(bar) : null;
    }

    public async Task<Outcome?> HandleAsync(Guid person, Command command, CancellationToken cancel)
    {
        var outcome = await desk.RunAsync(person, command.Exhibit, ExhibitAction.HandOver, facts => Decide(command, facts), cancel);
        if (outcome is Outcome.Refused { Refusal.Code: HalfBounds.OtherContent })
            await replays.TellAsync(person, command.Exhibit, ExhibitAction.HandOver, facts => HalfOf(command, facts, DeviceTime.Of(command.Occurred, facts)), cancel);
        return outcome;
    }

    public static void Map(RouteGroupBuilder api) => api
        .MapPost("/{id:guid}/releases", (Guid id, HttpContext http, HandOverExhibit slice) => ExhibitsApi.RunAsync<Body>(
            http, (person, body, cancel) => slice.HandleAsync(
                person, new Command(
                    id, body.Half, body.Transfer, body.To, body.Purpose, body.Authority, body.Condition, body.Seals ?? [], body.Occurred, body.KeptOnDevice),
                cancel)))
        .Describe<Body>("handOverExhibit", "Sign that you gave an exhibit away.");
}
