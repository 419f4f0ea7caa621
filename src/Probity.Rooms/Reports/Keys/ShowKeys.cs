using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Access.Contract;
using Probity.Reports.Granting;
using Probity.Reports.Routing;
using Probity.Sealing;
using Probity.Shared;
using Probity.Shared.Kit;
using Probity.Shared.Record;
using Probity.Shared.Views;
using Probity.Shared.Web;

namespace Probity.Reports.Keys;

/// <summary>Somebody whom reports are or may be sealed for.</summary>
public sealed record HolderLine(Guid Person, string Name, string Part, string? InForce, string? WaitingKey, string? Waiting, bool MayConfirm)
{
    /// <summary>Who said that the key which waits is another than was read out to them.</summary>
    public string? DisputedBy { get; init; }

    /// <summary>Whether that was whoever looks.</summary>
    public bool DisputedAlready { get; init; }
}

/// <summary>A custodian of identities, or somebody who is to be one.</summary>
public sealed record CustodianLine(Guid Person, string Name, string NamedBy, bool IsConfirmed, bool MayConfirm);

/// <summary>All that the page of all keys shows.</summary>
public sealed record KeysSheet(
    IReadOnlyList<HolderLine> Holders, IReadOnlyList<CustodianLine> Custodians, string? Book, bool MayName, IEnumerable<Choice> People, IReadOnlyDictionary<string, string> Typed,
    IReadOnlyList<FieldError> Errors)
{
    /// <summary>The key whose other half was split, and what was asked of those who hold its shares.</summary>
    public string Recovery { get; init; } = "";

    /// <summary>For overseers: units of which a report would be sealed for nobody, and for one alone, and whose reports take no name; those above include those below. Null for others, and before there is a book.</summary>
    public (IReadOnlyList<string> Nobody, IReadOnlyList<string> One, IReadOnlyList<string> Nameless)? Left { get; init; }
}

/// <summary>Whose keys there are: for integrity and the overseers, who confirm each other's and see to the custodians of identities.</summary>
internal sealed class ShowKeys(ChangeKeys keys, Books books, FoldedStream<Recoveries> recoveries, PeopleNames names, When when)
{
    public const string Address = "/reports/keys";
    const string Forms = Address + "/{what:regex(^(confirm|withdraw|name|agree|end)$)}";

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet(Address, async (HttpContext http, ShowKeys show) => await show.ShowAsync(http, [], new Dictionary<string, string>()));
        pages.MapGet(Forms, () => new SeeOther(Address));
        pages.MapPost(Forms, async (string what, HttpContext http, ShowKeys show) => await show.TakeAsync(http, what));
    }

    async Task<IResult> TakeAsync(HttpContext http, string what)
    {
        var (actor, cancel) = (SignedInPerson.Of(http.User)!.Value, http.RequestAborted);
        var facts = await keys.FactsAsync(actor, cancel);
        if (KeyAccess.Refuses(KeyAction.See, actor, facts) is not null) return Results.Forbid();
        var form = await http.Request.ReadFormAsync(cancel);
        if (PersonChoices.AreTyped(form, "person"))
        {
            (form, var nobody) = PersonChoices.Resolve(form, ("person", [.. People(facts)]));
            if (nobody.Count > 0) return await ShowAsync(http, nobody, TypedIn(form));
        }

        var person = Guid.TryParseExact(form["person"], "D", out var id) ? id : Guid.Empty;
        var outcome = what switch
        {
            "confirm" => await keys.HandleAsync(actor, new ChangeKeys.Confirm(person, form["key"]), cancel),
            "withdraw" => await keys.HandleAsync(actor, new ChangeKeys.Withdraw(person, form["key"]), cancel),
            "name" => await keys.HandleAsync(actor, new ChangeKeys.Name(person), cancel),
            "agree" => await keys.HandleAsync(actor, new ChangeKeys.Agree(person), cancel),
            _ => await keys.HandleAsync(actor, new ChangeKeys.End(person, form["reason"]), cancel),
        };
        if (outcome is not Outcome.Done(var index))
        {
            var code = (outcome as Outcome.Refused)?.Refusal.Code ?? Answers.Stale;
            var field = code switch { ChangeKeys.ReasonMissing or ChangeKeys.ReasonUnfit => "reason", ChangeKeys.CustodianUnfit or ChangeKeys.CustodianNamedAlready => "person", _ => "" };
            return await ShowAsync(http, [new FieldError(field, ReportsText.Of(code))], TypedIn(form));
        }

        http.Wrote(index);
        return new SeeOther(Address);
    }

    async Task<IResult> ShowAsync(HttpContext http, IReadOnlyList<FieldError> errors, IReadOnlyDictionary<string, string> typed)
    {
        var (actor, cancel) = (SignedInPerson.Of(http.User)!.Value, http.RequestAborted);
        var facts = await keys.FactsAsync(actor, cancel);
        if (KeyAccess.Refuses(KeyAction.See, actor, facts) is not null) return Results.Forbid();
        var (register, recipients, now) = (facts.Register, facts.Recipients, facts.Now);
        var book = await books.InForceAsync(cancel);
        var last = (await books.IssuedAsync(cancel)).Last;
        var people = register.Holders(Role.Integrity, now).Concat(register.Holders(Role.Overseer, now)).Concat(recipients.Custodians.Keys.Where(recipients.IsCustodian)).Distinct();
        var sheet = new KeysSheet(
            [.. people.Select(p => LineOf(p, facts)).OfType<HolderLine>().OrderBy(l => l.Part, StringComparer.CurrentCulture).ThenBy(l => l.Name, StringComparer.CurrentCulture)],
            [
                .. recipients.Custodians.Values.OrderBy(c => c.Named).Select(c => new CustodianLine(
                    c.Person, register.NameOf(c.Person), register.NameOf(c.NamedBy), c.ConfirmedBy is not null, ChangeKeys.Decide(new ChangeKeys.Agree(c.Person), facts) is Decision.Accepted)),
            ],
            last is null ? null : ReportsText.Say("keys.book", last.Version, when.Moment(last.At), last.Holders.Count), facts.Actor.Has(Role.Overseer), People(facts), typed, errors) 
        {
            Recovery = Said(recipients.Recovery, await recoveries.ReadAsync(cancel)),
            Left = book is null || !facts.Actor.Has(Role.Overseer) ? null : (LeavingIn(book, 0), LeavingIn(book, 1), LeavingIn(book, 0, ofIdentities: true)),
        };
        return Rendered.Page<KeysPage>(new { Sheet = sheet }, errors.Count == 0 ? null : StatusCodes.Status422UnprocessableEntity);
    }

    /// <summary>The names of the units that leave so many of those whom reports are sealed for, where a source ticks them.</summary>
    public static IReadOnlyList<string> LeavingIn(RecipientBook book, int readers, bool ofIdentities = false)
    {
        var all = Enumerable.Range(0, book.Holders.Count).Where(place => book.Holders[place].Part == HolderPart.Custodian == ofIdentities).ToList();
        return [.. book.Units.Where(unit => all.Count(place => !unit.Bars.Contains(place)) == readers).Select(unit => unit.Name).Order(StringComparer.CurrentCulture)];
    }

    static string Said(RecoveryKey? key, Recoveries recoveries) => string.Join(" ",
        key is null ? GrantingText.Of("recovery.none") : GrantingText.Say("recovery.short", SealingPublicKey.Parse(key.Public).Fingerprint, key.Needed, key.Shares),
        GrantingText.Say("recovery.agreed-count", recoveries.All.Values.Count(r => r.AgreedIndex is not null)));

    static HolderLine? LineOf(Guid person, KeyFacts facts)
    {
        if (KeyAccess.PartOf(person, facts.Recipients, facts.Register, facts.Now) is not { } part) return null;
        var (inForce, waiting) = (facts.Recipients.ConfirmedKeyOf(person), facts.Recipients.WaitingKeyOf(person));
        return new HolderLine(
            person, facts.Register.NameOf(person), ReportsText.Word(part), inForce is null ? null : SealingPublicKey.Parse(inForce.Public).Fingerprint, waiting?.Public,
            waiting is null ? null : SealingPublicKey.Parse(waiting.Public).Fingerprint, waiting is not null && KeyAccess.Refuses(KeyAction.Confirm, person, facts) is null)
        {
            DisputedBy = waiting?.DisputedBy is { } by ? facts.Register.NameOf(by) : null, DisputedAlready = waiting?.DisputedBy == facts.Actor.Person,
        };
    }

    IEnumerable<Choice> People(KeyFacts facts) => names
        .WhoMay(facts.Register, facts.Now, p => KeyAccess.MayKeepIdentities(Actor.From(facts.Register, p, facts.Now)) && !facts.Recipients.Custodians.ContainsKey(p))
        .Select(p => new Choice(p.Person.ToString("D"), p.Words));

    static Dictionary<string, string> TypedIn(IFormCollection form) => form.Where(f => !f.Key.StartsWith('_')).ToDictionary(f => f.Key, f => f.Value.ToString());
}
