using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Access.Contract;
using Probity.Cases.Contract;
using Probity.Ledger;
using Probity.Shared.Record;
using Probity.Shared.Web;

namespace Probity.Cases.Opening;

/// <summary>Opens a case. It takes the next number of its unit and year, so numbers have no gap that a case could vanish in.</summary>
internal sealed class OpenCase(Clerk clerk, IRegister registers, TimeProvider time)
{
    public const int MaxParties = 50;
    public const string SummaryMissing = "cases.summary-missing";
    public const string PartyNameMissing = "cases.party-name-missing";
    public const string PartyRoleUnknown = "cases.party-role-unknown";
    public const string TooManyParties = "cases.too-many-parties";
    public const string PersonUnknown = "cases.person-unknown";
    public const string UnitUnknown = "cases.unit-unknown";
    public const string OffenceUnknown = "cases.offence-unknown";
    public const string NobodyLeftToOversee = "cases.nobody-left-to-oversee";
    public const string IdMissing = "cases.id-missing";
    public const string IdTaken = "cases.id-taken";

    internal sealed record Command(Guid CaseId, Guid Unit, string Offence, string Summary, IReadOnlyList<Party> Parties);

    /// <summary>A case to open. With a key of the caller's, any UUID, a repeated call opens it once only.</summary>
    internal sealed record Body(Guid? Key, Guid Unit, string Offence, string Summary, IReadOnlyList<Party>? Parties);

    internal sealed record Opened(Guid CaseId, long Index);

    /// <param name="command">What is opened.</param>
    /// <param name="taken">How many numbers the unit has given this year.</param>
    /// <param name="actor">Who opens it.</param>
    /// <param name="register">Who is who.</param>
    /// <param name="now">The time.</param>
    public static Decision Decide(Command command, long taken, Actor actor, Register register, DateTimeOffset now)
    {
        if (command.CaseId == Guid.Empty) return Decision.Refuse(IdMissing);
        if (!register.Units.TryGetValue(command.Unit, out var unit)) return Decision.Refuse(UnitUnknown);
        if (!MayOpenIn(command.Unit, actor, register))
            return Decision.Refuse(Bars.Role, new Reroute(nameof(Role.Officer), register.Holders(Role.Officer, now, command.Unit)));
        if (!Offences.Knows(command.Offence)) return Decision.Refuse(OffenceUnknown);
        if (CaseTexts.Refuses(command.Summary, CaseTexts.MaxSummary, SummaryMissing) is { } summary) return summary;
        if (command.Parties.Count > MaxParties) return Decision.Refuse(TooManyParties);
        foreach (var party in command.Parties)
        {
            if (RefusesParty(party, register) is { } refusal) return refusal;
        }

        // Nobody opens the file on themselves; a superior or a colleague who reports them may.
        if (command.Parties.Any(p => p.Person == actor.Person))
            return Decision.Refuse(Bars.Self, new Reroute(nameof(Role.Integrity), register.Holders(Role.Integrity, now)));
        if (RefusesToBlind(command.Parties.Select(p => p.Person).OfType<Guid>(), register, now) is { } blind) return blind;

        var number = string.Create(CultureInfo.InvariantCulture, $"{unit.Code}-{now.UtcDateTime.Year}-{taken + 1:0000}");
        return Decision.Accept(
            new Filing(NumbersOf(command.Unit, now), new NumberTaken(command.CaseId)),
            new Filing(new StreamId(command.CaseId), new CaseOpened(
                number, command.Unit, command.Offence, command.Summary, command.Parties)));
    }

    public async Task<CaseAnswer> HandleAsync(Guid person, Command command, long? expected, CancellationToken cancel)
    {
        var foreign = false;
        var outcome = await clerk.FileAsync(new ActorId(person), new StreamId(command.CaseId), "cases.Open", async session =>
        {
            var now = time.GetUtcNow();
            var register = await registers.ReadAsync(session, cancel);
            var @case = await session.FoldAsync<Case>(new StreamId(command.CaseId), cancel);
            foreign = @case.Version > 0 && @case.OpenedBy != person;
            if (foreign) return Decision.Refuse(IdTaken);
            if (@case.Exists) return IsSame(command, @case) ? Decision.Accept() : Decision.Refuse(IdTaken);
            var taken = await session.CountAsync(NumbersOf(command.Unit, now), cancel);
            return Decide(command, taken, Actor.From(register, person, now), register, now);
        }, cancel: cancel);

        // Another's case is not confirmed to whoever guesses at ids.
        return foreign ? new CaseAnswer.NotFound() : new CaseAnswer.Ended(outcome);
    }

    /// <summary>
    /// Whether this person may open cases in a unit: an officer in their own, a commander in those they command, and the integrity
    /// officer. An officer who could choose a unit above would choose among whom the handler is drawn.
    /// </summary>
    public static bool MayOpenIn(Guid unit, Actor actor, Register register) =>
        actor.Has(Role.Integrity) || actor.Commands(unit, register)
        || actor.Posts.Any(p => p.Role == Role.Officer && p.Unit == unit);

    /// <summary>
    /// The id of the case that a person opens under a key. An id is the name of a stream: were it the caller's to choose, a case could
    /// be planted on another stream of the record, and ids of others' cases tried out.
    /// </summary>
    public static Guid IdOf(Guid person, Guid key) => Streams.Derive(person, $"case/{key:D}");

    static StreamId NumbersOf(Guid unit, DateTimeOffset now) => CaseNumbers.StreamOf(unit, now.UtcDateTime.Year);

    static bool IsSame(Command command, Case @case) => command.Unit == @case.Unit && command.Offence == @case.Offence
        && command.Summary == @case.Summary && command.Parties.SequenceEqual(@case.Parties.Take(@case.PartiesAtOpening));

    /// <summary>Naming people bars people. Somebody outside has to be left who can both see the case and decide in it.</summary>
    public static Refusal? RefusesToBlind(IEnumerable<Guid> named, Register register, DateTimeOffset now) =>
        register.Holders(Role.Overseer, now) is { Count: > 0 } overseers && overseers.All(o => Recusal.Between(o, named, register, now) is not null)
            ? new Refusal(NobodyLeftToOversee, new Reroute(nameof(Role.Overseer), overseers))
            : null;

    /// <summary>What is wrong with somebody who is named in a case, or null.</summary>
    public static Refusal? RefusesParty(Party? party, Register register) =>
        party is null ? new Refusal(PartyNameMissing)
        : !Enum.IsDefined(party.Role) ? new Refusal(PartyRoleUnknown)
        : party.Person is { } person && !register.People.ContainsKey(person) ? new Refusal(PersonUnknown)
        : CaseTexts.Refuses(party.Name, CaseTexts.MaxName, PartyNameMissing, lines: false);

    public static void Map(RouteGroupBuilder api) => api
        .MapPost("/", (HttpContext http, OpenCase slice) =>
        {
            var id = Guid.Empty;
            return CaseApi.RunAsync<Body>(
                http,
                (person, body, expected, cancel) =>
                {
                    id = IdOf(person, body.Key ?? Guid.CreateVersion7());
                    return slice.HandleAsync(person, new Command(id, body.Unit, body.Offence, body.Summary, body.Parties ?? []), expected, cancel);
                },
                (_, index) =>
                {
                    http.Response.Headers.Location = $"/api/cases/{id:D}";
                    return Results.Json(new Opened(id, index), ApiJson.Options, statusCode: 201);
                });
        })
        .Describe<Body, Opened>("openCase", "Open a case.", 201);
}
