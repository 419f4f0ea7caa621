using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Access.Contract;
using Probity.Shared.Record;
using Probity.Exhibits.Contract;

namespace Probity.Exhibits.Transferring;

/// <summary>
/// A signature that the other has not joined counts no longer: nobody came, and who signed that they gave it has it still; or who signed that they took it did
/// not. A claim that stays one past its time the integrity officer sets aside. Should the other sign after all, both have signed.
/// </summary>
internal sealed class WithdrawHandOver(ExhibitDesk desk)
{
    public const string NothingGiven = "exhibits.nothing-given";

    internal sealed record Command(Guid Exhibit, Guid Half, string Reason);

    internal sealed record Body(string Reason);

    public static Decision Decide(Command command, ExhibitFacts facts)
    {
        if (ExhibitTexts.RefusesReason(command.Reason) is { } refusal) return refusal;
        return facts.Exhibit.Chain.Alone.FirstOrDefault(h => h.Half == command.Half && IsFor(h, facts)) is { } half
            ? Decision.Accept([facts.Exhibit.File(new HandOverWithdrawn(command.Half, command.Reason.Trim())), .. Discrepancies.OfWithdrawal(facts.Exhibit, half, facts.Store)])
            : Decision.Refuse(NothingGiven);
    }

    /// <summary>Whether it is this person's to say that a half counts no longer.</summary>
    public static bool IsFor(SignedHalf half, ExhibitFacts facts) => half.Signer == facts.Actor.Person
        || (half.IsOverdue(facts.Now) && facts.Actor.Has(Role.Integrity) && half.From != facts.Actor.Person && half.To != facts.Actor.Person);

    /// <summary>The key of what it is called for this person.</summary>
    public static string KeyOf(SignedHalf? half, ExhibitFacts facts) =>
        half is null || half.Signer == facts.Actor.Person ? half is Receipt ? "unclaim" : "withdraw" : "set-aside";

    public Task<Outcome?> HandleAsync(Guid person, Command command, CancellationToken cancel) =>
        desk.RunAsync(person, command.Exhibit, ExhibitAction.Withdraw, facts => Decide(command, facts), cancel);

    public static void Map(RouteGroupBuilder api) => api
        .MapPost("/{id:guid}/releases/{half:guid}/withdrawal", (Guid id, Guid half, HttpContext http, WithdrawHandOver slice) => ExhibitsApi.RunAsync<Body>(
            http, (person, body, cancel) => slice.HandleAsync(person, new Command(id, half, body.Reason), cancel)))
        .Describe<Body>("withdrawHandOver", "Say that nobody came for an exhibit.");
}
