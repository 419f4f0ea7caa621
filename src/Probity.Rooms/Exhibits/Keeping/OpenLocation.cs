using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Access.Contract;
using Probity.Exhibits.Contract;
using Probity.Exhibits.Transferring;
using Probity.Shared.Record;

namespace Probity.Exhibits.Keeping;

/// <summary>Takes a place of the store into use, and says who has its keys.</summary>
internal sealed class OpenLocation(StoreDesk desk)
{
    public const string NameMissing = "exhibits.location-name-missing";
    public const string NameTaken = "exhibits.location-name-taken";
    public const string VaultNeedsTwoLocks = "exhibits.vault-needs-two-locks";
    public const string TwoKeyholders = "exhibits.two-keyholders";
    public const string KeyholderUnfit = "exhibits.keyholder-unfit";
    public const string ClassUnknown = "exhibits.class-unknown";

    internal sealed record Command(
        Guid Location, Guid Unit, string Name, StorageClass Class, Grams? Most, bool DualLock, bool Camera, bool Alarm);

    internal sealed record Body(Guid Unit, string Name, StorageClass Class, Grams? Most, bool DualLock, bool Camera, bool Alarm);

    internal sealed record Keys(IReadOnlyList<Guid> People);

    public static Decision Decide(Command command, StoreFacts facts)
    {
        if (!facts.Register.Units.ContainsKey(command.Unit)) return Decision.Refuse(RegisterBalance.UnitUnknown);
        if (!facts.Commands(command.Unit)) return facts.RefuseUnit(command.Unit);
        if (!Enum.IsDefined(command.Class)) return Decision.Refuse(ClassUnknown);
        if (ExhibitTexts.Refuses(command.Name, ExhibitTexts.MaxLine, NameMissing) is { } name) return name;
        if (facts.Store.Locations.Values.Any(l => l.Unit == command.Unit && string.Equals(l.Name, command.Name.Trim(), StringComparison.OrdinalIgnoreCase)))
            return Decision.Refuse(NameTaken);
        // Vault and double lock: Supreme Court of India, Union of India v. Mohanlal, 2016.
        if (command.Class == StorageClass.Vault && !command.DualLock) return Decision.Refuse(VaultNeedsTwoLocks);
        return Decision.Accept(Store.Stream, new LocationOpened(
            command.Location, command.Unit, command.Name.Trim(), command.Class, command.Most, command.DualLock, command.Camera, command.Alarm));
    }

    public static Decision Decide(Guid id, Keys keys, StoreFacts facts)
    {
        if (!facts.Store.Locations.TryGetValue(id, out var location)) return Decision.Refuse(ReceiveExhibit.LocationUnknown);
        if (!facts.Commands(location.Unit)) return facts.RefuseUnit(location.Unit);
        var people = keys.People.Distinct().Order().ToList();
        // Two locks are two people's, and who counts what is there never has a key to it.
        if (location.DualLock && people.Count < 2) return Decision.Refuse(TwoKeyholders);
        if (!people.All(p => MayHaveKeys(p, facts.Register, facts.Now)))
            return Decision.Refuse(KeyholderUnfit, new Reroute(nameof(Role.Custodian), facts.Register.Holders(Role.Custodian, facts.Now)));
        return Decision.Accept(Store.Stream, new KeyholdersSet(id, people));
    }

    /// <summary>Whether somebody by their posts may have a key: who keeps, seizes or analyses exhibits, and never who watches over them.</summary>
    public static bool MayHaveKeys(Guid person, Register register, DateTimeOffset now)
    {
        var roles = register.PostsOf(person, now).Select(p => p.Role).ToHashSet();
        return roles.Overlaps([Role.Custodian, Role.Officer, Role.Analyst]) && !roles.Overlaps([Role.Integrity, Role.Overseer]);
    }

    public Task<Outcome> HandleAsync(Guid person, Command command, CancellationToken cancel) =>
        desk.RunAsync(person, StoreAction.OpenLocation, facts => Decide(command, facts), cancel);

    public Task<Outcome> SetKeyholdersAsync(Guid person, Guid location, Keys keys, CancellationToken cancel) =>
        desk.RunAsync(person, StoreAction.SetKeyholders, facts => Decide(location, keys, facts), cancel);

    public static void Map(RouteGroupBuilder api)
    {
        api.MapPost("/locations", (HttpContext http, OpenLocation slice) => ExhibitsApi.RunAsync<Body>(
            http, async (person, body, cancel) => await slice.HandleAsync(
                person, new Command(Guid.CreateVersion7(), body.Unit, body.Name, body.Class, body.Most, body.DualLock, body.Camera, body.Alarm), cancel)))
            .Describe<Body>("openLocation", "Take a place of the store into use.");
        api.MapPost("/locations/{id:guid}/keyholders", (Guid id, HttpContext http, OpenLocation slice) => ExhibitsApi.RunAsync<Keys>(
            http, async (person, body, cancel) => await slice.SetKeyholdersAsync(person, id, body with { People = body.People ?? [] }, cancel)))
            .Describe<Keys>("setKeyholders", "Say who has the keys of a place.");
    }
}
