using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Access.Contract;
using Probity.Cases.Contract;
using Probity.Ledger;
using Probity.Shared.Record;
using Probity.Shared.Web;

namespace Probity.Cases.BreakingGlass;

/// <summary>
/// Opens a case by its number to somebody whose post sees cases and who has nothing to do with this one: at once, for a limited time, with
/// a reason, and judged afterwards. It opens nothing to whom a bar keeps out, and to them says what it says of a number that there is not.
/// </summary>
internal sealed class BreakGlass(Clerk clerk, IRegister registers, CaseNumbers numbers, TimeProvider time)
{
    public const string NoSuchCase = "cases.no-such-case";

    internal sealed record Command(string Number, string Reason);

    internal sealed record Body(string Number, string Reason);

    internal sealed record Opened(Guid CaseId, long Index);

    /// <param name="command">Which case, and why.</param>
    /// <param name="case">The case of that number, or one that is not there.</param>
    /// <param name="glass">The id of the opening.</param>
    /// <param name="actor">Who opens.</param>
    /// <param name="register">Who is who.</param>
    /// <param name="now">The time.</param>
    public static Decision Decide(Command command, Case @case, Guid glass, Actor actor, Register register, DateTimeOffset now)
    {
        // What is written badly is said before anything is known of the case, so that it tells nothing of it.
        if (CaseTexts.Refuses(command.Number, CaseNumbers.MaxLength, Walling.DeclareConflict.NumberMissing, lines: false) is { } number) return number;
        if (CaseTexts.RefusesReason(command.Reason) is { } reason) return reason;
        if (!@case.Exists || @case.ErasedAt is not null) return Decision.Refuse(NoSuchCase);

        // Who sees it anyhow needs no reason.
        if (CaseAccess.Refuses(CaseAction.View, actor, @case, register, now) is null) return Decision.Accept();
        return CaseAccess.Refuses(CaseAction.BreakGlass, actor, @case, register, now) is { } refusal
            ? new Refusal(refusal.Code)
            : Decision.Accept(@case.Stream, new GlassBroken(glass, command.Reason, now + GlassPolicy.OpenFor));
    }

    /// <summary>The case that was opened; null where there is none that can be, or where what was written is refused.</summary>
    public async Task<(Guid? CaseId, Outcome Outcome)> HandleAsync(Guid person, Command command, CancellationToken cancel)
    {
        var glass = Guid.CreateVersion7(time.GetUtcNow());
        var id = await numbers.FindAsync(command.Number, await registers.ReadAsync(cancel), cancel);
        var outcome = await clerk.FileAsync(new ActorId(person), new StreamId(id), "cases.BreakGlass", async session =>
        {
            var now = time.GetUtcNow();
            var register = await registers.ReadAsync(session, cancel);
            var @case = await session.FoldAsync<Case>(new StreamId(id), cancel);
            return Decide(command, @case, glass, Actor.From(register, person, now), register, now);
        }, cancel: cancel);
        return outcome switch
        {
            Outcome.Done => (id, outcome),
            Outcome.Refused { Refusal.Code: Walling.DeclareConflict.NumberMissing or CaseTexts.ReasonMissing or CaseTexts.ReasonTooShort or CaseTexts.TooLong or CaseTexts.ControlCharacters } => (null, outcome),
            // On the record stands the bar; the person is told what everybody is told of a number that there is not.
            Outcome.Refused(_, var index) => (null, new Outcome.Refused(new Refusal(NoSuchCase), index)),
            _ => (null, outcome),
        };
    }

    public static void Map(RouteGroupBuilder api) => api
        .MapPost("/break-glass", (HttpContext http, BreakGlass slice) =>
        {
            Guid? opened = null;
            return ApiCall.RunAsync<Body>(http, CasesText.Of, async (person, body, cancel) =>
            {
                (opened, var outcome) = await slice.HandleAsync(person, new Command(body.Number, body.Reason), cancel);
                return outcome;
            }, (_, _, index) => Results.Json(new Opened(opened!.Value, index), ApiJson.Options));
        })
        .Command("breakGlass", "Open a case by its number without being assigned to it; it is judged within 72 hours.")
        .Accepts<Body>("application/json").Produces<Opened>(200);
}
