using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Access.Contract;
using Probity.Cases.Contract;
using Probity.Cases.Opening;
using Probity.Cases.Walling;
using Probity.Shared.Record;

namespace Probity.Cases.Correcting;

/// <summary>
/// Names somebody in an open case. Staff are barred from it from then on, as if they had been named at the opening; a seat that is barred
/// with it is drawn anew.
/// </summary>
internal sealed class NameParty(CaseDesk desk)
{
    public const string SitsInIt = "cases.party-sits-in-it";
    public const string AlreadyNamed = "cases.party-already-named";

    /// <summary>The code of whom an overseer let back to their post: only an overseer names them again.</summary>
    public const string WasLetBack = "cases.party-let-back";

    internal sealed record Command(Guid CaseId, Party Party, string Reason);

    internal sealed record Body(Party Party, string Reason);

    public static Decision Decide(Command command, Case @case, Actor actor, Register register, DateTimeOffset now)
    {
        if (OpenCase.RefusesParty(command.Party, register) is { } party) return party;
        if (CaseTexts.RefusesReason(command.Reason) is { } reason) return reason;
        var letBack = command.Party.Person is { } back && @case.LetBack.ContainsKey(back);
        if (letBack && !actor.Has(Role.Overseer)) return Decision.Refuse(WasLetBack, CaseAccess.WhoMayAs(Role.Overseer, CaseAction.NameParties, @case, register, now));
        if (!letBack && IsOnlyOverseer(actor, @case, register)) return Decision.Refuse(Bars.Role, CaseAccess.WhoMayAs(Role.Integrity, CaseAction.NameParties, @case, register, now));
        if (@case.Parties.Length >= OpenCase.MaxParties) return Decision.Refuse(OpenCase.TooManyParties);
        if (@case.CurrentParties.Any(p => p.Party == command.Party)) return Decision.Refuse(AlreadyNamed);
        if (command.Party.Person is not { } named) return Decision.Accept(@case.Stream, new PartyAdded(command.Party, command.Reason));
        if (named == actor.Person) return Decision.Refuse(Bars.Self, new Reroute(nameof(Role.Integrity), register.Holders(Role.Integrity, now)));
        if (OpenCase.RefusesToBlind([.. @case.StaffParties, named], register, now) is { } blind) return blind;
        // Of a closed case no seat is drawn any more.
        var vacated = @case.Stage == Stage.Closed ? [] : DeclareConflict.VacatedBy(@case, person => Recusal.Between(person, [named], register, now) is not null).ToList();

        // Or whoever works a case could be rid of its prosecutor by naming them, and draw another.
        if (vacated.Any(seat => seat.Person != actor.Person) && !actor.Has(Role.Integrity) && !letBack)
            return Decision.Refuse(SitsInIt, CaseAccess.WhoMayAs(Role.Integrity, CaseAction.NameParties, @case, register, now));
        return Decision.Accept(@case.Stream, [new PartyAdded(command.Party, command.Reason), .. vacated]);
    }

    /// <summary>Whether nothing but the overseer's post lets this person name anybody.</summary>
    public static bool IsOnlyOverseer(Actor actor, Case @case, Register register) =>
        actor.Has(Role.Overseer) && !actor.Has(Role.Integrity) && CaseAccess.RelationOf(actor, @case, register) is not (Relation.Handler or Relation.Prosecutor);

    /// <summary>The staff whom this person may name: all who hold a post but themselves and whom an overseer let back; of an overseer, these alone, until they are named again.</summary>
    public static IEnumerable<Guid> OpenTo(Case @case, Actor actor, Register register, DateTimeOffset now) => register.People.Keys.Where(p => p != actor.Person && register.PostsOf(p, now).Any()
        && (@case.LetBack.ContainsKey(p) ? actor.Has(Role.Overseer) && @case.Freed.Contains(p) : !IsOnlyOverseer(actor, @case, register)));

    public Task<CaseAnswer> HandleAsync(Guid person, Command command, long? expected, CancellationToken cancel) => desk.RunAsync(
        person, command.CaseId, CaseAction.NameParties, expected,
        facts => Decide(command, facts.Case, facts.Actor, facts.Register, facts.Now), CasePlace.Parties, cancel);

    public static void Map(RouteGroupBuilder api) => api
        .MapPost("/{id:guid}/parties", (Guid id, HttpContext http, NameParty slice) => CaseApi.RunAsync<Body>(
            http, (person, body, expected, cancel) => slice.HandleAsync(person, new Command(id, body.Party, body.Reason), expected, cancel)))
        .Describe<Body>("nameParty", "Name somebody in the case.");
}

/// <summary>
/// Records that somebody who was named is no part of the case. The name stays on the record, and so does the bar of staff; only who watches over cases is let back to their post,
/// by an overseer who is not barred themselves.
/// </summary>
internal sealed class EndParty(CaseDesk desk)
{
    public const string NotNamed = "cases.party-not-named";

    internal sealed record Command(Guid CaseId, int Number, string Reason);

    internal sealed record Body(int Number, string Reason);

    public static Decision Decide(Command command, Case @case, Actor actor, Register register, DateTimeOffset now)
    {
        if (CaseTexts.RefusesReason(command.Reason) is { } refusal) return refusal;
        if (OpenTo(@case, actor, register, now).All(p => p.Number != command.Number)) return Decision.Refuse(NotNamed);
        var ends = @case.CurrentParties.Any(p => p.Number == command.Number) ? [new PartyEnded(command.Number, command.Reason)] : Array.Empty<IEvent>();
        return actor.Has(Role.Overseer) && @case.WatchersNamed(register, now).Any(p => p.Number == command.Number)
            ? Decision.Accept(@case.Stream, [.. ends, new PartyBarLifted(@case.Parties[command.Number - 1].Person!.Value, command.Reason)])
            : Decision.Accept(@case.Stream, ends);
    }

    /// <summary>Whose entry this person may end: of those who work the case and of integrity, of everybody who is named now; of an overseer, of those who watch over cases and are barred.</summary>
    public static IEnumerable<(int Number, Party Party)> OpenTo(Case @case, Actor actor, Register register, DateTimeOffset now) =>
        (@case.Stage != Stage.Closed && !NameParty.IsOnlyOverseer(actor, @case, register) && CaseAccess.Refuses(CaseAction.NameParties, actor, @case, register, now) is null ? @case.CurrentParties : [])
        .Concat(actor.Has(Role.Overseer) ? @case.WatchersNamed(register, now) : []).Distinct().OrderBy(p => p.Number);

    public Task<CaseAnswer> HandleAsync(Guid person, Command command, long? expected, CancellationToken cancel) => desk.RunAsync(
        person, command.CaseId, CaseAction.EndParty, expected, facts => Decide(command, facts.Case, facts.Actor, facts.Register, facts.Now), CasePlace.Parties, cancel);

    public static void Map(RouteGroupBuilder api) => api
        .MapPost("/{id:guid}/parties/end", (Guid id, HttpContext http, EndParty slice) => CaseApi.RunAsync<Body>(
            http, (person, body, expected, cancel) => slice.HandleAsync(person, new Command(id, body.Number, body.Reason), expected, cancel)))
        .Describe<Body>("endParty", "Record that somebody who was named is no part of the case; the number counts all who were ever named, from 1.");
}
