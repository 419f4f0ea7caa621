using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Exhibits.Contract;
using Probity.Exhibits.Transferring;
using Probity.Shared.Record;

namespace Probity.Exhibits.Weighing;

/// <summary>
/// Opens a package and closes it with another seal, before a second person: from then on the new seal is the right one. What was seized without a package, such as a
/// telephone, gets its first one by this, with the number 1.
/// </summary>
internal sealed class ResealPackage(ExhibitDesk desk)
{
    public const string PackageMissing = "exhibits.package-missing";
    public const string SameSeal = "exhibits.same-seal";

    /// <summary>The number that the package of what had none gets.</summary>
    public const int FirstPackage = 1;

    internal sealed record Command(
        Guid Exhibit, Guid Act, int Package, string NewSeal, string Reason, SecondPerson Second, DateTimeOffset? Occurred);

    internal sealed record Body(
        Guid Act, int Package, string NewSeal, string Reason, Guid? Witness, string? Alone, Guid? Photo, DateTimeOffset? Occurred);

    public static Decision Decide(Command command, ExhibitFacts facts)
    {
        var exhibit = facts.Exhibit;
        if (exhibit.Acts.ContainsKey(command.Act)) return SentAgain.Answer(SentAgain.Says(command, facts));
        var first = exhibit.Packages.IsEmpty && command.Package == FirstPackage;
        if ((first ? Unsealed.Before : exhibit.SealOf(command.Package, facts.Now)) is not { } old) return Decision.Refuse(ExhibitTexts.PackageUnknown);
        // Who gave it away read no seal, and who takes it would read one.
        if (first && exhibit.Chain is var chain && chain.Given.Any(r => r.From == chain.Holder)) return Decision.Refuse(HandOverExhibit.AlreadyGiven);
        if (ExhibitTexts.Refuses(command.NewSeal, ExhibitTexts.MaxSeal, ExhibitTexts.SealMissing) is { } seal) return seal;
        if (exhibit.SealsAt(facts.Now).Any(p => ExhibitTexts.SealAsRead(p.Seal) == ExhibitTexts.SealAsRead(command.NewSeal))) return Decision.Refuse(SameSeal);
        if ((ExhibitTexts.RefusesReason(command.Reason) ?? command.Second.Refuses(facts)) is { } refusal) return refusal;
        var at = DeviceTime.Of(command.Occurred, facts);
        if (DeviceTime.RefusesPast(at, facts) is { } past) return past;
        return Decision.Accept(exhibit.File(new ExhibitResealed(
            command.Act, command.Package, old, command.NewSeal.Trim(), command.Reason.Trim(), command.Second.Witness, command.Second.Reason, command.Second.Photo), at));
    }

    public Task<Outcome?> HandleAsync(Guid person, Command command, CancellationToken cancel) =>
        desk.RunAsync(person, command.Exhibit, ExhibitAction.Reseal, facts => Decide(command, facts), cancel);

    public static void Map(RouteGroupBuilder api) => api
        .MapPost("/{id:guid}/reseals", (Guid id, HttpContext http, ResealPackage slice) => ExhibitsApi.RunAsync<Body>(
            http, (person, body, cancel) => slice.HandleAsync(
                person, new Command(
                    id, body.Act, body.Package, body.NewSeal, body.Reason, new SecondPerson(body.Witness, body.Alone, body.Photo), body.Occurred), cancel)))
        .Describe<Body>("resealPackage", "Record that a package was opened and sealed again.");
}
