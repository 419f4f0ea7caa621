using Probity.Access.Contract;
using Probity.Exhibits.Counting;
using Probity.Ledger;
using Probity.Shared.Record;

namespace Probity.Exhibits.Settling;

/// <summary>All that a decision on a discrepancy may know.</summary>
internal sealed record DiscrepancyFacts(Discrepancy Discrepancy, ExhibitFacts Of);

/// <summary>The way of every command on a discrepancy. The unit does not come by it: it is the integrity officer's and the overseer's.</summary>
internal sealed class DiscrepancyDesk(TransparencyLog log, Clerk clerk, ExhibitDesk exhibits)
{
    /// <summary>Guards and runs a decision; null where there is no such matter, as far as this person may know.</summary>
    public async Task<Outcome?> RunAsync(
        Guid person, Guid id, ExhibitAction action, Func<DiscrepancyFacts, Decision> decide, CancellationToken cancel)
    {
        var sees = true;
        var matter = new StreamId((await ReadAsync(new RecordSession(log), person, id, cancel)).Discrepancy.Found?.Case ?? id);
        var outcome = await clerk.FileAsync(new ActorId(person), matter, $"exhibits.{action}", async session =>
        {
            var facts = await ReadAsync(session, person, id, cancel);
            sees = Sees(facts);
            if (!sees) return Decision.Refuse(Bars.Role);
            return ExhibitAccess.Refuses(action, facts.Of) is { } refusal ? refusal : decide(facts);
        }, cancel: cancel);
        return sees ? outcome : null;
    }

    /// <summary>Opens one for a page: the reading, or the refusal, is recorded.</summary>
    public async Task<DiscrepancyFacts?> OpenAsync(Guid person, Guid id, CancellationToken cancel)
    {
        var facts = await ReadAsync(new RecordSession(log), person, id, cancel);
        var matter = new StreamId(facts.Discrepancy.Found?.Case ?? id);
        if (Sees(facts))
        {
            await clerk.FileReadAsync(facts.Of.Actor.Id, matter, "exhibits.discrepancy", cancel: cancel);
            return facts;
        }

        await clerk.FileAsync(
            new ActorId(person), matter, "exhibits.ViewDiscrepancy", _ => ValueTask.FromResult(Decision.Refuse(Bars.Role)), cancel: cancel);
        return null;
    }

    /// <summary>Whether what was said of one waits for a second person and there is none.</summary>
    public async ValueTask<bool> HasNoSecondAsync(Guid person, Guid id, CancellationToken cancel) =>
        await ReadAsync(new RecordSession(log), person, id, cancel) is var facts && Sees(facts) && ExhibitAccess.HasNoSecond(facts.Of);

    /// <summary>The count that showed a discrepancy.</summary>
    public ValueTask<StoreCount> CountAsync(Guid count, CancellationToken cancel) => new RecordSession(log).FoldAsync<StoreCount>(new StreamId(count), cancel);

    /// <summary>Whether this person sees it: the integrity office and the overseer, where nothing bars them and they had no hand in it.</summary>
    public static bool Sees(DiscrepancyFacts facts) => facts.Discrepancy.Found is { } found && facts.Of.Standing.Sees
        && (facts.Of.Actor.Has(Role.Integrity) || facts.Of.Actor.Has(Role.Overseer)) && !found.People.Contains(facts.Of.Actor.Person);

    async ValueTask<DiscrepancyFacts> ReadAsync(RecordSession session, Guid person, Guid id, CancellationToken cancel)
    {
        var discrepancy = await session.FoldAsync<Discrepancy>(new StreamId(id), cancel);
        var facts = (await exhibits.ReadCaseAsync(session, person, discrepancy.Found?.Case ?? Guid.Empty, cancel)) with { HadAHand = discrepancy.Found?.People ?? [], SaidBy = discrepancy.SaidBy };
        return new DiscrepancyFacts(discrepancy, discrepancy.Found is { Exhibit: var exhibit } ? facts with { Exhibit = await session.FoldAsync<Exhibit>(new StreamId(exhibit), cancel) } : facts);
    }
}
