using Probity.Ledger;
using Probity.Reports.Contract;
using Probity.Reports.Exchanging;
using Probity.Reports.Keys;
using Probity.Sealing;
using Probity.Shared.Record;

namespace Probity.Reports.Granting;

/// <summary>All that a decision on a recovery may know.</summary>
internal sealed record RecoveryFacts(Recoveries Recoveries, KeyFacts Keys)
{
    /// <summary>Who acts, on a request.</summary>
    public GrantPlace On(Recovery? recovery) => new(Keys.Actor.Person, PartOf(Keys.Actor.Person)) { First = recovery is null ? null : (recovery.AskedBy, PartOf(recovery.AskedBy)) };

    /// <summary>The key of somebody who may read reports; null for anybody else.</summary>
    public string? KeyOf(Guid person) => PartOf(person) is HolderPart.Integrity or HolderPart.Overseer ? Keys.Recipients.ConfirmedKeyOf(person)?.Public : null;

    HolderPart? PartOf(Guid person) => KeyAccess.PartOf(person, Keys.Recipients, Keys.Register, Keys.Now);
}

/// <summary>
/// Reports that nobody can read any more are to be opened for one person with the shares: asked by integrity or an overseer, agreed to by the other of the two. The house cannot know who could open what; whether the
/// person may read it is seen only once it is open, by the check that every reading goes through.
/// </summary>
internal sealed class AskRecovery(IDeposits deposits, RecoveryDesk desk)
{
    public const string NoKey = "reports.recovery-no-key";
    public const string GranteeUnfit = "reports.recovery-grantee-unfit";
    public const string ReportsMissing = "reports.recovery-reports-missing";
    public const string ReportUnknown = "reports.recovery-report-unknown";
    public const string TooMany = "reports.recovery-too-many";
    public const string NotWaiting = "reports.recovery-not-waiting";
    public const string AnswerMissing = "reports.agrees-missing";

    /// <summary>The most reports of one request.</summary>
    public const int Most = 2_000;

    const int AtOnce = 256;

    /// <param name="Id">The request.</param>
    /// <param name="For">Who is to read.</param>
    /// <param name="Ids">Ids of reports as they were typed.</param>
    /// <param name="Before">Also all whose first deposit came before this day.</param>
    /// <param name="Reason">Why.</param>
    internal sealed record Command(Guid Id, Guid? For, string? Ids, DateOnly? Before, string? Reason);

    /// <param name="command">What is asked.</param>
    /// <param name="found">The reports that it names, as far as they are here; null where it names one that is not.</param>
    /// <param name="facts">What is known.</param>
    public static Decision Decide(Command command, IReadOnlyList<Guid>? found, RecoveryFacts facts)
    {
        if (GrantAccess.Refuses(GrantAction.AskRecovery, facts.On(null)) is { } refusal) return refusal;
        if (facts.Recoveries.All.ContainsKey(command.Id)) return Decision.Accept();
        if (facts.Keys.Recipients.Recovery is null) return Decision.Refuse(NoKey);
        if (command.For is not { } person || facts.KeyOf(person) is not { } to) return Decision.Refuse(GranteeUnfit);
        if (found is null) return Decision.Refuse(ReportUnknown);
        if (found.Count == 0) return Decision.Refuse(ReportsMissing);
        if (found.Count > Most) return Decision.Refuse(TooMany);
        return ChangeKeys.RefusesReason(command.Reason) is { } unfit ? unfit : Decision.Accept(Recoveries.Stream, new RecoveryAsked(command.Id, person, to, found, command.Reason!.Trim()));
    }

    /// <summary>A second person answers.</summary>
    public static Decision Answer(Guid id, bool? agrees, string? reason, RecoveryFacts facts)
    {
        var recovery = facts.Recoveries.All.GetValueOrDefault(id) is { Waits: true } waiting ? waiting : null;
        if (GrantAccess.Refuses(GrantAction.AnswerRecovery, facts.On(recovery)) is { } refusal) return recovery is null ? Decision.Refuse(NotWaiting) : refusal;
        var asked = recovery!.Asked;
        if (agrees is null) return Decision.Refuse(AnswerMissing);
        if (agrees == false) return ChangeKeys.RefusesReason(reason) is { } unfit ? unfit : Decision.Accept(Recoveries.Stream, new RecoveryReturned(id, reason!.Trim()));
        return facts.KeyOf(asked.For) == asked.To
            ? Decision.Accept(Recoveries.Stream, new RecoveryAgreed(id, asked.To, asked.For, recovery.AskedBy, asked.Reason, asked.Reports)) : Decision.Refuse(GranteeUnfit);
    }

    public async Task<Outcome> HandleAsync(Guid person, Command command, CancellationToken cancel)
    {
        var found = await FindAsync(command, cancel);
        return await desk.RunAsync(person, "recovery-ask", facts => Decide(command, found, facts), cancel);
    }

    public Task<Outcome> AnswerAsync(Guid person, Guid id, bool? agrees, string? reason, CancellationToken cancel) => desk.RunAsync(person, "recovery-answer", facts => Answer(id, agrees, reason, facts), cancel);

    async Task<IReadOnlyList<Guid>?> FindAsync(Command command, CancellationToken cancel)
    {
        var found = new SortedSet<Guid>();
        foreach (var typed in (command.Ids ?? "").Split([' ', ',', ';', '\r', '\n', '\t'], StringSplitOptions.RemoveEmptyEntries).Take(Most + 1))
        {
            if (!Guid.TryParse(typed, out var id) || (await deposits.OfReportAsync(id, cancel)).Count == 0) return null;
            found.Add(id);
        }

        if (command.Before is not { } day) return [.. found];
        for (var next = 0L; found.Count <= Most && await deposits.ReadAsync(next, AtOnce, cancel) is { Count: > 0 } some && some[0].Day < day; next = some[^1].Index + 1)
            found.UnionWith(some.Where(d => d.Day < day).Select(d => d.Report));
        return [.. found];
    }
}

/// <summary>The way of every command on a recovery: what was asked, keys and the register are read, and it is decided.</summary>
internal sealed class RecoveryDesk(ChangeKeys keys, FoldedStream<Recoveries> recoveries, Clerk clerk)
{
    /// <summary>Runs a decision.</summary>
    public Task<Outcome> RunAsync(Guid person, string action, Func<RecoveryFacts, Decision> decide, CancellationToken cancel) =>
        clerk.FileAsync(new ActorId(person), Recoveries.Stream, $"reports.{action}", async session =>
        {
            var facts = new RecoveryFacts(await recoveries.ReadAsync(session, cancel), await keys.FactsAsync(person, cancel));
            session.Expect(Recipients.Stream, facts.Keys.Recipients.Version);
            return decide(facts);
        }, cancel: cancel);

    /// <summary>For a page.</summary>
    public async ValueTask<RecoveryFacts> ReadAsync(Guid person, CancellationToken cancel) => new(await recoveries.ReadAsync(cancel), await keys.FactsAsync(person, cancel));
}
