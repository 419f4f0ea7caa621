using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Access.Contract;
using Probity.Cases.Contract;
using Probity.Ledger;
using Probity.Shared.Drawing;
using Probity.Shared.Record;
using Probity.Shared.Web;

namespace Probity.Cases.Assigning;

/// <summary>Every draw of a case with all that anyone needs to draw again.</summary>
internal sealed class ViewDraws(TransparencyLog log, Clerk clerk, Viewing.CaseReading reading)
{
    /// <summary>
    /// A draw. <paramref name="Commitment"/> is s_0 of the chain, on the record as entry <paramref name="CommittedIndex"/>,
    /// before the request; <paramref name="Seed"/> is s_place, in hexadecimal. Seed, result and index are null until it is drawn.
    /// </summary>
    internal sealed record Shown(
        Seat Seat, IReadOnlyList<Guid> Eligible, Guid Chain, string Commitment, int ChainLength, long Place, string? Seed,
        Guid? Person, bool Voided, Guid? Recomputed, long CommittedIndex, long RequestedIndex, long? DrawnIndex);

    internal sealed record Answer(string Rule, IReadOnlyList<Shown> Draws);

    const string Rule =
        "SHA-256 applied 'place' times to the seed gives the commitment. v = the first 8 bytes, big-endian, of "
        + "HMAC-SHA256(seed, \"probity draw 1\" || u64be place || u32be n || u32be attempt), n = how many are eligible; "
        + "attempt = 0, 1, ... until v is below the largest multiple of n that is at most 2^64; the person is eligible[v mod n], counted from 0.";

    public async Task<Answer?> HandleAsync(Guid person, Guid caseId, CancellationToken cancel)
    {
        if (await reading.OpenAsync(person, caseId, "cases.draws", cancel) is not { } facts) return null;
        return new Answer(Rule, Show(
            [.. (await log.ReadStreamAsync(facts.Case.Stream, 0, cancel)).Select(EventTypes.Read)],
            [.. (await log.ReadStreamAsync(DrawChains.StreamOf(clerk.House), 0, cancel)).Select(EventTypes.Read)]));
    }

    /// <summary>The draws in a case's events, each with its chain.</summary>
    public static IReadOnlyList<Shown> Show(IReadOnlyList<Recorded> events, IReadOnlyList<Recorded> commitments)
    {
        var draws = new List<Shown>();
        foreach (var recorded in events)
        {
            switch (recorded.Event)
            {
                case AssignmentRequested e:
                    var committed = commitments.First(c => c.Event is SeedsCommitted s && s.Chain == e.Chain);
                    var chain = (SeedsCommitted)committed.Event!;
                    draws.Add(new Shown(
                        e.Seat, e.Eligible, e.Chain, chain.Commitment, chain.Length, e.Place, null, null, false, null,
                        committed.Index, recorded.Index, null));
                    break;
                case SeatDrawn e:
                    Complete(e.Seat, d => d with { Seed = e.Seed, Person = e.Person, DrawnIndex = recorded.Index });
                    break;
                case DrawVoided e:
                    Complete(e.Seat, d => d with { Seed = e.Seed, Person = e.Person, DrawnIndex = recorded.Index, Voided = true });
                    break;
            }
        }

        return draws;

        void Complete(Seat seat, Func<Shown, Shown> change)
        {
            var at = draws.FindLastIndex(d => d.Seat == seat);
            var drawn = change(draws[at]);
            draws[at] = drawn.Seed is null ? drawn
                : drawn with { Recomputed = Draw.Recompute(drawn.Eligible, drawn.Commitment, drawn.Place, drawn.Seed) };
        }
    }

    public static void Map(RouteGroupBuilder api) => api
        .MapGet("/{id:guid}/draws", async (Guid id, HttpContext http, ViewDraws slice) =>
        {
            if (SignedInPerson.Of(http.User) is not { } person) return Problem.SignIn();
            if (await slice.HandleAsync(person, id, http.RequestAborted) is not { } draws) return Problem.NotFound();
            http.Response.Headers.CacheControl = "no-store";
            return Results.Json(draws, ApiJson.Options);
        })
        .WithName("viewDraws").WithSummary("Every draw of the case, with all that is needed to draw again.")
        .Produces<Answer>().Refuses(401, 404);
}
