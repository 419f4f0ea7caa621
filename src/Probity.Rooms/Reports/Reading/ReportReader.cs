using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Security.Claims;
using System.Security.Cryptography;
using Probity.Access.Contract;
using Probity.Ledger;
using Probity.Reports.Exchanging;
using Probity.Reports.Keys;
using Probity.Reports.Routing;
using Probity.Sealing;
using Probity.Shared.Record;

namespace Probity.Reports.Reading;

/// <summary>What a list was made from, and the list.</summary>
internal sealed record ReadableList(RecipientBook Book, int Deposits, int Removed, IReadOnlyList<ReadableReport> Reports);

/// <summary>
/// Opens reports with the keys of a session. Each deposit has a slot for everybody in its book, and which of them open is known to their holders alone: what opens is found by trying, once for each
/// key. What the holders of shares handed on opens too, for whom they name. Whoever is barred by today's register from what a source ticked gets nothing either, though their key opens it; not by a tie that somebody else declared since, or those whom it is about could bury it.
/// </summary>
internal sealed class ReportReader(UnlockedKeys unlocked, ChangeKeys keys, IDeposits deposits, Books books, IKeptSecrets secrets, FoldedStream<RecoveredKeys> recovered, FoldedStream<ExchangeState> exchange, Removals removals, HeldDoubt doubt, Clerk clerk) : IDisposable
{
    /// <summary>The code of the refusal that is filed where somebody asks for a report whose source ticked what bars them today.</summary>
    public const string Barred = "reports.reader-barred";

    const int AtOnce = 256;

    // What a key remembers, by report: a list of many is not gone through for each of them.
    static readonly ConditionalWeakTable<IReadOnlyList<KnownDeposit>, ILookup<Guid, KnownDeposit>> s_byReport = [];

    readonly SemaphoreSlim _turn = new(1, 1);
    // Read by sign-ins while another adds to it.
    readonly ConcurrentDictionary<Guid, bool> _removed = [];
    long _lastRemoval;

    static ReadOnlySpan<byte> StaffKeyInfo => "probity staff 1"u8;

    /// <summary>Whether all was compared with the reporter's side once, and not since this process started or since a key met a record that is not what was fetched.</summary>
    public async ValueTask<bool> IsUncomparedAsync(CancellationToken cancel) => doubt.Open is not null && (await exchange.ReadAsync(cancel)).Compared is not null;

    /// <summary>Whether this sign-in has unlocked keys.</summary>
    public bool IsUnlocked(ClaimsPrincipal who) => SessionOf(who) is not null;

    /// <summary>The reports that open for this sign-in, the oldest first; none where it is locked.</summary>
    public async ValueTask<IReadOnlyList<ReadableReport>> ListAsync(ClaimsPrincipal who, CancellationToken cancel)
    {
        if (await HolderAsync(who, cancel) is not var (session, part, name)) return [];
        try
        {
            var removed = await RemovedAsync(cancel);
            await TryNewAsync(session, cancel);
            var (book, place) = await books.ReadingAsync(session.Person, part, cancel);
            var handed = await HandedAsync(session, cancel);
            var known = session.Keys.Sum(k => k.Known?.Deposits.Count ?? 0) + handed.Count;
            if (session.Listed is { } listed && ReferenceEquals(listed.Book, book) && (listed.Deposits, listed.Removed) == (known, removed)) return listed.Reports;
            var reports = new List<ReadableReport>();
            foreach (var report in session.Keys.SelectMany(k => k.Known?.Deposits ?? []).Concat(handed).GroupBy(d => d.Report))
            {
                if (report.FirstOrDefault(d => d.First) is not { } first || _removed.ContainsKey(report.Key) || report.Any(d => IsBarred(book, place, name, d.Without))) continue;
                reports.Add(new ReadableReport(report.Key, first.Day, report.Max(d => d.Index)));
            }

            reports.Sort((a, b) => (a.Received, a.Report).CompareTo((b.Received, b.Report)));
            session.Listed = new ReadableList(book, known, removed, reports);
            return reports;
        }
        catch (ObjectDisposedException)
        {
            // Locked meanwhile.
            return [];
        }
    }

    /// <summary>A report with all that its source said; null where this sign-in is locked, it is not theirs, or there is none.</summary>
    public async ValueTask<OpenedReport?> OpenAsync(ClaimsPrincipal who, Guid report, CancellationToken cancel)
    {
        if (await HolderAsync(who, cancel) is not var (session, part, name)) return null;
        try
        {
            var issued = await books.IssuedAsync(cancel);
            var handed = await recovered.ReadAsync(cancel);
            var (opened, first, staff) = (new List<OpenedDeposit>(), default(Deposit), default(byte[]));
            var (proved, isBroken) = await ProvedAsync(session, report, cancel);
            foreach (var kept in proved)
            {
                if (KeptReports.Read(kept) is not { } deposit)
                {
                    if (first is null) return null;
                    continue;
                }

                // What bears another code is not of this source, whatever report it names.
                if (first is not null && !(deposit.Source.Equals(first.Source) && deposit.Tag.Span.SequenceEqual(first.Tag.Span))) continue;
                if (Open(session, deposit, issued, handed) is not var (key, content))
                {
                    // A report is read from its beginning: nobody is let into one by a second.
                    if (first is null) return null;
                    continue;
                }

                if (first is null && !content.First) return null;
                if (first is null) (first, staff) = (deposit, SecretBox.Derive(key, StaffKeyInfo));
                CryptographicOperations.ZeroMemory(key);
                opened.Add(new OpenedDeposit(deposit.Id, kept.Index, kept.Day, content, deposit.Files));
            }

            if (first is null) return null;
            var (book, place) = await books.ReadingAsync(session.Person, part, cancel);
            if (!opened.Exists(d => IsBarred(book, place, name, d.Content.Without))) return new OpenedReport(report, opened[0].Day, first.Source, opened, staff) { HandedTo = [.. handed.PeopleOf(report)], IsBroken = isBroken };
            CryptographicOperations.ZeroMemory(staff);
            // The others learn of it from the record.
            await clerk.FileAsync(new ActorId(session.Person), new StreamId(report), "reports.open", _ => new(Decision.Refuse(Barred)), cancel: cancel);
            return null;
        }
        catch (ObjectDisposedException)
        {
            return null;
        }
    }

    /// <summary>Whether this sign-in knows of records of a report that are not here as they were fetched, and may know of the report.</summary>
    public async ValueTask<bool> IsBrokenAsync(ClaimsPrincipal who, Guid report, CancellationToken cancel)
    {
        if (await HolderAsync(who, cancel) is not var (session, part, name)) return false;
        try
        {
            if (!(await ProvedAsync(session, report, cancel)).IsBroken) return false;
            var (book, place) = await books.ReadingAsync(session.Person, part, cancel);
            return KnownOf(session, report) is { Count: > 0 } known && !known.Exists(d => IsBarred(book, place, name, d.Without));
        }
        catch (ObjectDisposedException)
        {
            return false;
        }
    }

    UnlockedSession? SessionOf(ClaimsPrincipal who) => unlocked.Of(who) is { } open
        && (open.ForIdentities || SignedInPerson.Has(who, Role.Integrity) || SignedInPerson.Has(who, Role.Overseer)) ? open : null;

    async ValueTask<(UnlockedSession Session, HolderPart Part, string Name)?> HolderAsync(ClaimsPrincipal who, CancellationToken cancel)
    {
        if (SessionOf(who) is not { } session) return null;
        var facts = await keys.FactsAsync(session.Person, cancel);
        if (KeyAccess.PartOf(session.Person, facts.Recipients, facts.Register, facts.Now) is { } part) return (session, part, facts.Register.NameOf(session.Person));
        unlocked.End(session.Person);
        return null;
    }

    // The same rule as that by which the source's side routes; and a name that only looks like the reader's is theirs.
    static bool IsBarred(RecipientBook book, int place, string name, MustNotSee without) => without is not { Units.Count: 0, Posts.Count: 0, Names.Count: 0 }
        && (!Sealing.Routing.Of(book, without).Opens[place] || without.Names.Any(written => NamesAlike.MayBe(written, name)));

    async Task TryNewAsync(UnlockedSession session, CancellationToken cancel)
    {
        await session.Turn.WaitAsync(cancel);
        try
        {
            var issued = await books.IssuedAsync(cancel);
            var state = await exchange.ReadAsync(cancel);
            var returns = state.Returns;
            foreach (var key in session.Keys)
            {
                // Read and written with each unlocking, and then after so many: that it is written tells nothing.
                var write = key.Known is null;
                var known = key.Known ?? KnownReports.Open(key.Key, await secrets.ReadAsync(session.Person, NameOf(key), cancel));
                if (known.Returns != returns) (known, write, session.Listed) = (KnownReports.None with { Returns = returns }, true, null);
                // What was erased says no more, not even to whom it was known, whom its source wanted kept from it.
                if (!_removed.IsEmpty && known.Deposits.Any(d => _removed.ContainsKey(d.Report)))
                {
                    known = known with { Deposits = [.. known.Deposits.Where(d => !_removed.ContainsKey(d.Report))] };
                    write = true;
                }

                var (next, found) = (known.Next, new List<KnownDeposit>());
                while (await deposits.ReadAsync(next, AtOnce, cancel) is { Count: > 0 } some)
                {
                    foreach (var kept in some)
                    {
                        if (KeptReports.Read(kept) is not { } deposit || Open(session.Person, key, deposit, issued) is not var (partKey, content)) continue;
                        CryptographicOperations.ZeroMemory(partKey);
                        if (!KeptReports.IsProved(kept, state))
                        {
                            doubt.Raise();
                            continue;
                        }

                        // Only what no other stands before begins a report: nobody is let into one by a second beginning.
                        var first = content.First && (await ProvedAsync(kept.Report, cancel))[0].Index == kept.Index;
                        found.Add(new KnownDeposit(kept.Index, kept.Day, kept.Report, first, content.Without));
                    }

                    next = some[^1].Index + 1;
                }

                write |= next - key.Written >= AtOnce;
                if (next != known.Next) known = known with { Next = next, Deposits = found.Count == 0 ? known.Deposits : [.. known.Deposits, .. found] };
                key.Known = known;
                if (!write) continue;
                if (known.Seal(key.Key.Public) is { } box) await secrets.WriteAsync(session.Person, NameOf(key), box, cancel);
                key.Written = next;
            }
        }
        finally
        {
            session.Turn.Release();
        }
    }

    // What was handed on is read anew where something was.
    async ValueTask<IReadOnlyList<KnownDeposit>> HandedAsync(UnlockedSession session, CancellationToken cancel)
    {
        var handed = await recovered.ReadAsync(cancel);
        if (session.Handed is { } before && before.Version == handed.Version) return before.Deposits;
        var found = new List<KnownDeposit>();
        foreach (var report in handed.ReportsOf([.. session.Keys.Select(k => k.Public)]))
        {
            var all = await ProvedAsync(report, cancel);
            foreach (var kept in all)
            {
                if (KeptReports.Read(kept) is not { } deposit || OpenHanded(session, deposit, handed) is not var (partKey, content)) continue;
                CryptographicOperations.ZeroMemory(partKey);
                found.Add(new KnownDeposit(kept.Index, kept.Day, report, content.First && all[0].Index == kept.Index, content.Without));
            }
        }

        session.Handed = (handed.Version, found);
        return found;
    }

    // What somebody wrote between the deposits is none of this report's, whatever it says.
    async ValueTask<IReadOnlyList<KeptDeposit>> ProvedAsync(Guid report, CancellationToken cancel)
    {
        var state = await exchange.ReadAsync(cancel);
        return [.. (await deposits.OfReportAsync(report, cancel)).Where(kept => KeptReports.IsProved(kept, state))];
    }

    // The same, and whether something of it is not what it was: a row says that it is of this report and is not, or one that was known to be is none, and no entry says why.
    async ValueTask<(IReadOnlyList<KeptDeposit> Proved, bool IsBroken)> ProvedAsync(UnlockedSession session, Guid report, CancellationToken cancel)
    {
        // Whoever comes by an address has seen no list, and what came since the last is not remembered yet.
        foreach (var key in session.Keys)
        {
            if (key.Known is { } known && (await deposits.ReadAsync(known.Next, 1, cancel)).Count == 0) continue;
            await TryNewAsync(session, cancel);
            break;
        }

        var (state, rows) = (await exchange.ReadAsync(cancel), await deposits.OfReportAsync(report, cancel));
        List<KeptDeposit> proved = [.. rows.Where(kept => KeptReports.IsProved(kept, state))];
        var isBroken = (proved.Count < rows.Count || KnownOf(session, report).Exists(known => !state.Passed.Contains(known.Index) && !proved.Exists(kept => kept.Index == known.Index)))
            && !(await removals.ReadAsync(cancel)).KnowsReport(report);
        if (isBroken) doubt.Raise();
        return (proved, isBroken);
    }

    static List<KnownDeposit> KnownOf(UnlockedSession session, Guid report) =>
        [.. session.Keys.Select(key => key.Known?.Deposits).Append(session.Handed?.Deposits).SelectMany(all => all is null ? [] : s_byReport.GetValue(all, list => list.ToLookup(known => known.Report))[report])];

    static string NameOf(UnlockedKey key) => "report known " + Convert.ToHexStringLower(SHA256.HashData(key.Key.Public.Bytes));

    async ValueTask<int> RemovedAsync(CancellationToken cancel)
    {
        await _turn.WaitAsync(cancel);
        try
        {
            foreach (var (number, report) in await deposits.RemovedAsync(_lastRemoval, cancel)) (_lastRemoval, _removed[report]) = (number, true);
            return _removed.Count;
        }
        finally
        {
            _turn.Release();
        }
    }

    static (byte[] PartKey, DepositContent Content)? Open(UnlockedSession session, Deposit deposit, IssuedBooks issued, RecoveredKeys handed)
    {
        foreach (var key in session.Keys)
            if (Open(session.Person, key, deposit, issued) is { } opened) return opened;
        return OpenHanded(session, deposit, handed);
    }

    static (byte[] PartKey, DepositContent Content)? OpenHanded(UnlockedSession session, Deposit deposit, RecoveredKeys handed)
    {
        foreach (var key in session.Keys)
            if (handed.Open(deposit.Id, key.Public, key.Key) is { } partKey && Read(deposit, partKey) is { } content) return (partKey, content);
        return null;
    }

    static (byte[] PartKey, DepositContent Content)? Open(Guid person, UnlockedKey key, Deposit deposit, IssuedBooks issued)
    {
        if (issued.Of(deposit.Book.Span)?.PlaceOf(person, key.Public) is not (>= 0 and var place)) return null;
        return deposit.Content.OpenSlot(deposit.Binding(PartKind.Content), place, key.Key) is { } partKey && Read(deposit, partKey) is { } content ? (partKey, content) : null;
    }

    static DepositContent? Read(Deposit deposit, byte[] partKey) => deposit.Content.OpenBody(deposit.Binding(PartKind.Content), partKey) is { } text ? DepositContent.Read(text) : null;

    public void Dispose() => _turn.Dispose();
}
