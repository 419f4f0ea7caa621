using Probity.Access.Contract;
using Probity.Cases.Contract;
using Probity.Ledger;
using Probity.Lens.Procedures.Drawings;
using Probity.Shared.Record;

namespace Probity.Procedures.Deviating;

/// <summary>All that a decision about a case's procedure may know.</summary>
/// <param name="Standing">The case, and what this person is to it: they see it.</param>
/// <param name="Deviations">What is recorded beside it.</param>
/// <param name="Number">The version by which the case is judged.</param>
/// <param name="Steps">That version's steps.</param>
/// <param name="Actor">Who acts.</param>
/// <param name="Register">Who is who.</param>
/// <param name="Now">When.</param>
internal sealed record DeviationFacts(
    CaseStanding Standing, CaseDeviations Deviations, int Number, IReadOnlyList<DrawnStep> Steps, Actor Actor, Register Register, DateTimeOffset Now)
{
    /// <summary>The names of the version's steps, in its order.</summary>
    public IEnumerable<string> Names => Steps.Select(s => s.Name).Distinct();

    /// <summary>The steps of the unit's own: a case has no entry of its own for them.</summary>
    public IEnumerable<string> ByHand => Names.Where(name => !ActivityNames.Known.Contains(name));
}

/// <summary>The way of every command about a case's procedure: read the case with its guard, what is beside it and the version that it is judged by; decide; file.</summary>
internal sealed class DeviationDesk(TransparencyLog log, Clerk clerk, IRegister registers, ICaseFiles cases, TimeProvider time)
{
    /// <summary>Runs a decision; null where there is no such case, as far as this person may know.</summary>
    public async Task<Outcome?> RunAsync(Guid person, Guid @case, string action, Func<DeviationFacts, Decision> decide, CancellationToken cancel)
    {
        var visible = true;
        var outcome = await clerk.FileAsync(new ActorId(person), new StreamId(@case), $"procedures.{action}", async session =>
        {
            var facts = await ReadAsync(session, person, @case, cancel);
            visible = facts is not null;
            return facts is null ? new Refusal(Bars.Role) : decide(facts);
        }, cancel: cancel);
        return visible ? outcome : null;
    }

    /// <summary>All that may be known, for a page.</summary>
    public ValueTask<DeviationFacts?> SeeAsync(Guid person, Guid @case, CancellationToken cancel) => ReadAsync(new RecordSession(log), person, @case, cancel);

    async ValueTask<DeviationFacts?> ReadAsync(RecordSession session, Guid person, Guid id, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var register = await registers.ReadAsync(session, cancel);
        var actor = Actor.From(register, person, now);
        if (await cases.StandingAsync(session, actor, register, id, now, cancel) is not { Sees: true, Case.Erased: false } standing) return null;
        var sop = HouseProcedures.Complete(HouseProcedures.CasesSop, await session.FoldAsync<Sop>(new StreamId(HouseProcedures.CasesSop), cancel));
        var version = sop.InForceAt(standing.Opened)!;
        var deviations = await session.FoldAsync<CaseDeviations>(CaseDeviations.StreamOf(id), cancel);
        return new DeviationFacts(standing, deviations, version.Number, SopDrawings.Read(version.Drawing).Steps, actor, register, now);
    }
}
