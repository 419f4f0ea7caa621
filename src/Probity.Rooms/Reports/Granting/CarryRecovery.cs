using Probity.Ledger;
using Probity.Reports.Contract;
using Probity.Reports.Exchanging;
using Probity.Sealing;
using Probity.Shared.Record;

namespace Probity.Reports.Granting;

/// <summary>What goes out to the holders of shares, and what comes back: both by hand, for the shares are on no machine of the house.</summary>
internal sealed class CarryRecovery(TransparencyLog log, IDeposits deposits, RecoveryDesk desk, Clerk clerk)
{
    public const string NotAgreed = "reports.recovery-not-agreed";
    public const string Unreadable = "reports.recovery-unreadable";
    public const string NothingNew = "reports.recovery-nothing-new";

    /// <summary>The code under which a download of a request is filed.</summary>
    public const string Download = "reports.recovery-request";

    /// <summary>The refusal of taking a request out, or of bringing its answer back: not before a second person has agreed.</summary>
    public static Refusal? Refuses(Guid id, RecoveryFacts facts) => GrantAccess.Refuses(GrantAction.CarryRecovery, facts.On(null)) is { } refusal ? refusal
        : facts.Recoveries.All.GetValueOrDefault(id)?.AgreedIndex is null ? new Refusal(NotAgreed) : null;

    /// <summary>The request as a file, with the receipt of the entry by which it was agreed; that it was taken is an entry. Null where it may not be.</summary>
    public async Task<(byte[]? File, Refusal? Refusal)> TakeAsync(Guid person, Guid id, CancellationToken cancel)
    {
        var facts = await desk.ReadAsync(person, cancel);
        if (Refuses(id, facts) is not null)
            return (null, (await desk.RunAsync(person, "recovery-take", f => Refuses(id, f) is { } refusal ? refusal : Decision.Refuse(NotAgreed), cancel) as Outcome.Refused)?.Refusal ?? new Refusal(NotAgreed));
        var (recovery, slots) = (facts.Recoveries.All[id], new List<RecoverySlot>());
        foreach (var report in recovery.Asked.Reports)
        {
            // The slot of the recovery key is the last one.
            foreach (var deposit in (await deposits.OfReportAsync(report, cancel)).Select(KeptReports.Read).OfType<Deposit>())
                slots.Add(new RecoverySlot(deposit.Id, report, Convert.ToBase64String(deposit.Book.Span), deposit.Content.Slots.Count - 1, Convert.ToBase64String(deposit.Content.Slots[^1])));
        }

        var receipt = await log.WriteReceiptAsync(recovery.AgreedIndex!.Value, ReceiptForm.Content, cancel);
        await clerk.FileReadAsync(new ActorId(person), Recoveries.Stream, Download, cancel: cancel);
        return (new RecoveryRequest(RecoveryRequest.CurrentForm, recovery.Asked.To, receipt.Text, slots).Write(), null);
    }

    /// <summary>Takes back what the holders of shares opened.</summary>
    public async Task<Outcome> BringAsync(Guid person, Guid id, byte[] file, CancellationToken cancel)
    {
        var answer = RecoveryAnswer.Read(file);
        var facts = await desk.ReadAsync(person, cancel);
        var places = new Dictionary<Guid, Guid>();
        if (answer is not null && Refuses(id, facts) is null)
        {
            foreach (var report in facts.Recoveries.All[id].Asked.Reports)
                foreach (var kept in await deposits.OfReportAsync(report, cancel)) places[kept.Deposit] = report;
        }

        return await desk.RunAsync(person, "recovery-bring", f => Decide(id, answer, places, f), cancel);
    }

    /// <param name="id">The request.</param>
    /// <param name="answer">What was brought; null where it cannot be read.</param>
    /// <param name="places">The report of each deposit that was asked for.</param>
    /// <param name="facts">What is known.</param>
    public static Decision Decide(Guid id, RecoveryAnswer? answer, IReadOnlyDictionary<Guid, Guid> places, RecoveryFacts facts)
    {
        if (Refuses(id, facts) is { } refusal) return refusal;
        // What was not asked for is not of this request.
        if (answer is null || answer.Grants.Any(g => g is null || !IsBox(g.Box) || !places.ContainsKey(g.Deposit))) return Decision.Refuse(Unreadable);
        var (recovery, asked) = (facts.Recoveries.All[id], facts.Recoveries.All[id].Asked);
        var reports = answer.Grants.Where(g => !recovery.Boxes.Contains(g.Box)).DistinctBy(g => g.Deposit).GroupBy(g => places[g.Deposit]).ToList();
        return reports.Count == 0 ? Decision.Refuse(NothingNew)
            : Decision.Accept([.. reports.Select(r => new Filing(Recoveries.Stream, new Recovered(id, r.Key, asked.For, asked.To, [.. r.Select(g => new HandedKey(g.Deposit, g.Box))])))]);
    }

    static bool IsBox(string box)
    {
        var bytes = new byte[Grant.BoxSize];
        return Convert.TryFromBase64String(box, bytes, out var length) && length == bytes.Length;
    }
}
