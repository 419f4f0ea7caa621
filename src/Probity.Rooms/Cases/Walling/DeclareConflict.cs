using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Access.Contract;
using Probity.Cases.Contract;
using Probity.Ledger;
using Probity.Shared.Record;
using Probity.Shared.Web;

namespace Probity.Cases.Walling;

/// <summary>
/// Anybody on staff says that they have a conflict with the case of a number, whether or not they may see it and whether or not there is
/// one: the answer is the same, and the record grows by the same. From then on they are walled off from it, and a seat that they hold
/// is drawn anew.
/// </summary>
internal sealed class DeclareConflict(Clerk clerk, IRegister registers, CaseNumbers numbers, TransparencyLog log, TimeProvider time)
{
    public const string NumberMissing = "cases.number-missing";
    public const string KindUnknown = "cases.conflict-kind-unknown";

    internal sealed record Command(string Number, ConflictKind Kind);

    internal sealed record Body(string Number, ConflictKind Kind);

    /// <param name="command">What is declared.</param>
    /// <param name="case">The case of that number, or one that is not there.</param>
    /// <param name="nothing">The stream that the declaration stands in where there is no case.</param>
    /// <param name="actor">Who declares.</param>
    public static Decision Decide(Command command, Case @case, StreamId nothing, Actor actor)
    {
        if (actor.Posts.IsEmpty) return Decision.Refuse(Bars.Role);
        if (CaseTexts.Refuses(command.Number, CaseNumbers.MaxLength, NumberMissing, lines: false) is { } refusal) return refusal;
        if (!Enum.IsDefined(command.Kind)) return Decision.Refuse(KindUnknown);
        var own = Compartments.OfPerson(actor.Person);
        var there = @case.Exists && @case.ErasedAt is null;
        var filings = new List<Filing>
        {
            new(DeclarationsOf(actor.Person), new NumberDeclared(CaseNumbers.Tidy(command.Number), command.Kind), Compartment: own),
            there ? new(@case.Stream, new ConflictDeclared(command.Kind)) : new(nothing, new ConflictDeclared(command.Kind), Compartment: own),
        };
        if (there) filings.AddRange(VacatedBy(@case, person => person == actor.Person).Select(e => new Filing(@case.Stream, e)));
        return Decision.Accept(filings);
    }

    /// <summary>The seats of an open case that come free because of whom the guard bars now.</summary>
    public static IEnumerable<SeatVacated> VacatedBy(Case @case, Func<Guid, bool> barred) => @case.Stage == Stage.Closed
        ? []
        : @case.Seats.Where(s => barred(s.Value)).OrderBy(s => s.Key).Select(s => new SeatVacated(s.Key, s.Value));

    public Task<Outcome> HandleAsync(Guid person, Command command, CancellationToken cancel) =>
        clerk.FileAsync(new ActorId(person), DeclarationsOf(person), "cases.DeclareConflict", async session =>
        {
            var register = await registers.ReadAsync(session, cancel);
            var @case = await session.FoldAsync<Case>(new StreamId(await numbers.FindAsync(command.Number, register, cancel)), cancel);
            return Decide(command, @case, new StreamId(Streams.Derive(person, "conflicts with nothing")), Actor.From(register, person, time.GetUtcNow()));
        }, cancel: cancel);

    /// <summary>What this person declared, newest first.</summary>
    public async Task<IReadOnlyList<(string Number, ConflictKind Kind, DateTimeOffset At)>> OfAsync(Guid person, CancellationToken cancel) =>
    [
        .. (await log.ReadStreamAsync(DeclarationsOf(person), 0, cancel)).Select(EventTypes.Read).Reverse()
            .Where(r => r.Event is NumberDeclared)
            .Select(r => (((NumberDeclared)r.Event!).Number, ((NumberDeclared)r.Event!).Kind, r.When)),
    ];

    static StreamId DeclarationsOf(Guid person) => new(Streams.Derive(person, "conflicts declared"));

    public static void Map(RouteGroupBuilder api) => api
        .MapPost("/conflicts", (HttpContext http, DeclareConflict slice) => ApiCall.RunAsync<Body>(
            http, CasesText.Of, async (person, body, cancel) => await slice.HandleAsync(person, new Command(body.Number, body.Kind), cancel)))
        .Command("declareConflict", "Declare a conflict of interest with the case of a number; the answer does not say whether there is one.")
        .Accepts<Body>("application/json").Produces<Written>(200);
}

/// <summary>A seat that came free because of a bar is drawn anew.</summary>
internal sealed class VacatedSeatIsRequested(Assigning.RequestAssignment request) : IReaction
{
    public string Rule => "cases.request-after-vacating";
    public Type On => typeof(SeatVacated);

    public Task ReactAsync(Recorded cause, string commandId, CancellationToken cancel) => request.ReactAsync(
        new Assigning.RequestAssignment.Command(cause.Stream.Value, ((SeatVacated)cause.Event!).Seat),
        Assigning.RequestAssignment.Asker.House, commandId, cancel);
}
