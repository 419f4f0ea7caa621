using Probity.Access.Contract;
using Probity.Ledger;
using Probity.Shared.Record;

namespace Probity.Access;

/// <summary>Who is who on the first day.</summary>
internal sealed record FoundingPlan(
    IReadOnlyList<Unit> Units, IReadOnlyList<Post> Posts, IReadOnlyList<Person> People, IReadOnlyList<FoundingPosting> Postings);

/// <summary>A posting of the first day. <paramref name="Since"/> is stated where the person held the post before the record began.</summary>
internal sealed record FoundingPosting(Guid Id, Guid Person, Guid Post, string Reason, DateTimeOffset? Since = null);

/// <summary>
/// Fills an empty register: nobody can be approved by a second person before there are two. The node itself is on the record
/// as the author, and it works once only.
/// </summary>
internal sealed class Founding(TransparencyLog log, Clerk clerk, IRegister registers)
{
    /// <summary>The refusal's code where the register is not empty.</summary>
    public const string NotEmpty = "founding.not-empty";

    public Task<Outcome> FileAsync(FoundingPlan plan, CancellationToken cancel = default) =>
        clerk.FileAsync(new ActorId(log.Id), Register.Stream, "access.found", async session =>
            (await registers.ReadAsync(session, cancel)).Version > 0 ? Decision.Refuse(NotEmpty) : new Decision.Accepted([.. Filings(plan)]),
            cancel: cancel);

    static IEnumerable<Filing> Filings(FoundingPlan plan)
    {
        foreach (var u in plan.Units) yield return On(new UnitCreated(u.Id, u.Parent, u.Name, u.Code));
        foreach (var p in plan.Posts) yield return On(new PostCreated(p.Id, p.Unit, p.Title, p.Role, p.ReportsTo));
        foreach (var p in plan.People) yield return On(new PersonRegistered(p.Id, p.Name ?? "")) with { Compartment = Compartments.OfPerson(p.Id) };
        foreach (var p in plan.Postings)
        {
            foreach (var filing in Reasons.File(new PostingProposed(p.Id, p.Person, p.Post), p.Person, p.Id, PostingMove.Proposed, p.Reason))
                yield return filing with { Occurred = p.Since };
            yield return On(new PostingApproved(p.Id), p.Since);
        }
    }

    static Filing On(IEvent happened, DateTimeOffset? occurred = null) => new(Register.Stream, happened, occurred);
}
