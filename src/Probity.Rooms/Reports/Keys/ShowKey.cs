using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Access.Contract;
using Probity.Reports.Routing;
using Probity.Sealing;
using Probity.Shared;
using Probity.Shared.Record;
using Probity.Shared.Views;
using Probity.Shared.Web;

namespace Probity.Reports.Keys;

/// <summary>One of somebody's own keys, as the page shows it.</summary>
public sealed record OwnKeyLine(string Key, string Fingerprint, DateTimeOffset Made, string? ConfirmedBy, bool IsWithdrawn, bool IsInForce)
{
    /// <summary>Who said that it is another than was read out to them.</summary>
    public string? DisputedBy { get; init; }
}

/// <summary>All that the page of one's own keys shows.</summary>
/// <param name="IsForIdentities">Whether the keys are for identities alone.</param>
/// <param name="Keys">The newest first.</param>
/// <param name="IsUnlocked">Whether they are unlocked in this session.</param>
/// <param name="OtherKey">The fingerprint of a key in the book under this person's name that their passphrase did not open.</param>
/// <param name="MayMake">Whether one more may be made.</param>
/// <param name="SeesOthers">Whether the page of all keys is theirs to see.</param>
/// <param name="Errors">What was refused.</param>
/// <param name="Notice">What has been done.</param>
public sealed record KeySheet(
    bool IsForIdentities, IReadOnlyList<OwnKeyLine> Keys, bool IsUnlocked, string? OtherKey, bool MayMake, bool SeesOthers, IReadOnlyList<FieldError> Errors, string? Notice)
{
    /// <summary>Where to go on once it is unlocked.</summary>
    public string? Back { get; init; }
}

/// <summary>A person's own keys: made, unlocked, locked and taken back here.</summary>
internal sealed class ShowKey(ChangeKeys keys, Unlock unlock, UnlockedKeys unlocked, Books books, When when)
{
    public const string Address = "/reports/key";
    const string Forms = Address + "/{what:regex(^(make|unlock|lock|withdraw)$)}";

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet(Address, async (HttpContext http, ShowKey show, string? done) => await show.ShowAsync(http, [], done));
        pages.MapGet(Forms, () => new SeeOther(Address));
        pages.MapPost(Forms, async (string what, HttpContext http, ShowKey show) => await show.TakeAsync(http, what));
    }

    async Task<IResult> TakeAsync(HttpContext http, string what)
    {
        var (person, cancel) = (SignedInPerson.Of(http.User)!.Value, http.RequestAborted);
        var form = await http.Request.ReadFormAsync(cancel);
        switch (what)
        {
            case "make":
                if (Unlock.Unfit(form["passphrase"], form["again"]) is { } unfit) return await ShowAsync(http, [new FieldError(unfit == Unlock.Again ? "again" : "passphrase", ReportsText.Of(unfit))], null);
                return await EndAsync(http, await unlock.MakeAsync(person, form["passphrase"].ToString(), cancel), "made");
            case "withdraw":
                return await EndAsync(http, await keys.HandleAsync(person, new ChangeKeys.Withdraw(person, form["key"]), cancel), "withdrawn");
            case "lock":
                unlocked.Lock(http.User);
                return new SeeOther(Address + "?done=locked");
            default:
                if (await unlock.RunAsync(http.User, form["open"], cancel) is UnlockOutcome.Refused refused)
                    return await ShowAsync(http, [new FieldError("open", refused.Until is { } until ? ReportsText.Say(refused.Code, when.Moment(until)) : ReportsText.Of(refused.Code))], null, BackOf(form["back"]));
                return new SeeOther(await OtherKeyAsync(http.User, person, cancel) is null && BackOf(form["back"]) is { } back ? back : Address + "?done=unlocked");
        }
    }

    // Back to the page of reports from which somebody came to unlock, and to no other.
    static string? BackOf(string? typed) => typed == "reports" ? "/reports" : typed?.StartsWith("/reports/", StringComparison.Ordinal) == true && LocalPath.IsSafe(typed) ? typed : null;

    async Task<IResult> EndAsync(HttpContext http, Outcome outcome, string done)
    {
        if (outcome is not Outcome.Done(var index)) return await ShowAsync(http, [new FieldError("", ReportsText.Of((outcome as Outcome.Refused)?.Refusal.Code ?? Answers.Stale))], null);
        http.Wrote(index);
        return new SeeOther($"{Address}?done={done}");
    }

    async Task<IResult> ShowAsync(HttpContext http, IReadOnlyList<FieldError> errors, string? done, string? back = null)
    {
        var (person, cancel) = (SignedInPerson.Of(http.User)!.Value, http.RequestAborted);
        var facts = await keys.FactsAsync(person, cancel);
        var part = KeyAccess.PartOf(person, facts.Recipients, facts.Register, facts.Now);
        var own = facts.Recipients.KeysOf(person);
        if (part is null && own.Count == 0) return Results.Forbid();
        var inForce = part is null ? null : facts.Recipients.ConfirmedKeyOf(person);
        var sheet = new KeySheet(
            part == HolderPart.Custodian,
            [.. own.Reverse().Select(k => new OwnKeyLine(k.Public, SealingPublicKey.Parse(k.Public).Fingerprint, k.Made, k.ConfirmedBy is { } by ? facts.Register.NameOf(by) : null, k.Withdrawn is not null, k == inForce)
            {
                DisputedBy = k is { ConfirmedBy: null, Withdrawn: null, DisputedBy: { } other } ? facts.Register.NameOf(other) : null,
            })],
            unlocked.Of(http.User) is not null, await OtherKeyAsync(http.User, person, cancel),
            part is not null && own.Count < ChangeKeys.MostKeys, KeyAccess.Refuses(KeyAction.See, person, facts) is null, errors,
            done is "made" or "unlocked" or "locked" or "withdrawn" ? ReportsText.Of($"key.done.{done}") : null) { Back = back };
        http.Response.Headers.CacheControl = "no-store";
        return Rendered.Page<KeyPage>(new { Sheet = sheet }, errors.Count == 0 ? null : StatusCodes.Status422UnprocessableEntity);
    }

    // A key in the book under their name, whose private half is none of those that they have just unlocked: somebody else reads what is meant for them.
    async ValueTask<string?> OtherKeyAsync(ClaimsPrincipal who, Guid person, CancellationToken cancel)
    {
        if (unlocked.Of(who) is not { } session) return null;
        await books.InForceAsync(cancel);
        var holder = (await books.IssuedAsync(cancel)).Last?.Holders.FirstOrDefault(h => h.Id == person);
        return holder is not null && session.Keys.All(k => k.Public != holder.Key) ? SealingPublicKey.Parse(holder.Key).Fingerprint : null;
    }
}
