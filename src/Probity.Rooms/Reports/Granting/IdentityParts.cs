using System.Security.Claims;
using System.Security.Cryptography;
using Probity.Reports.Contract;
using Probity.Reports.Exchanging;
using Probity.Reports.Keys;
using Probity.Reports.Reading;
using Probity.Reports.Routing;
using Probity.Sealing;

namespace Probity.Reports.Granting;

/// <summary>Opens who reported something: for a custodian, to hand it on; for whoever it was handed to, to read it. Each with the keys of their own session.</summary>
internal sealed class IdentityParts(UnlockedKeys unlocked, IDeposits deposits, Books books)
{
    /// <summary>Whether this sign-in has unlocked the keys of a custodian.</summary>
    public bool IsUnlocked(ClaimsPrincipal who) => unlocked.Of(who) is { ForIdentities: true };

    /// <summary>The key of each identity of a report, sealed for one person. Empty ones are no different: what the source left sees whoever it is for. Null where none opens for this custodian.</summary>
    public async ValueTask<IReadOnlyList<HandedKey>?> HandOnAsync(ClaimsPrincipal who, Guid report, SealingPublicKey to, CancellationToken cancel)
    {
        if (unlocked.Of(who) is not { ForIdentities: true } session) return null;
        try
        {
            var (issued, handed) = (await books.IssuedAsync(cancel), new List<HandedKey>());
            foreach (var deposit in await OfSourceAsync(report, cancel))
            {
                if (OpenSlot(session, deposit, issued) is not { } key) continue;
                handed.Add(new HandedKey(deposit.Id, Convert.ToBase64String(Grant.Seal(deposit.Id, PartKind.Identity, to, key).Box)));
                CryptographicOperations.ZeroMemory(key);
            }

            return handed.Count == 0 ? null : handed;
        }
        catch (ObjectDisposedException)
        {
            // Locked meanwhile.
            return null;
        }
    }

    /// <summary>What the source of a report reads once its identity was handed on: sealed for its code, as every answer is. Null where there is no such report.</summary>
    public async ValueTask<AnswerGiven?> TellAsync(Guid report, Guid answer, DateOnly day, CancellationToken cancel) =>
        await OfSourceAsync(report, cancel) is [var first, ..]
            ? new AnswerGiven(answer, report, day, Convert.ToBase64String(SealedAnswer.Seal(answer, report, day, first.Source, new AnswerContent(SourceStage.IdentityGiven, "", null)).Box)) : null;

    /// <summary>What was handed to this person, of all that the source left; null where their keys do not open it. Empty where the source left nothing.</summary>
    public async ValueTask<IReadOnlyList<DepositIdentity>?> ReadAsync(ClaimsPrincipal who, IdentityRequest request, CancellationToken cancel)
    {
        if (unlocked.Of(who) is not { ForIdentities: false } session || request.Granted is not { } granted) return null;
        try
        {
            if (session.Keys.FirstOrDefault(k => k.Public == granted.To) is not { } key) return null;
            var (boxes, left, opens) = (granted.Keys.ToDictionary(k => k.Deposit, k => k.Box), new List<DepositIdentity>(), false);
            foreach (var deposit in await OfSourceAsync(request.Report, cancel))
            {
                if (!boxes.TryGetValue(deposit.Id, out var box) || Handed.Open(deposit, PartKind.Identity, box, key.Key) is not { } text || DepositIdentity.Read(text) is not { } identity) continue;
                opens = true;
                if (!identity.IsEmpty) left.Add(identity);
            }

            return opens ? left : null;
        }
        catch (ObjectDisposedException)
        {
            return null;
        }
    }

    // What bears another code than the first is not of this source, whatever report it names.
    async ValueTask<IReadOnlyList<Deposit>> OfSourceAsync(Guid report, CancellationToken cancel)
    {
        var all = (await deposits.OfReportAsync(report, cancel)).Select(KeptReports.Read).ToList();
        return all.Count > 0 && all[0] is { } first ? [.. all.OfType<Deposit>().Where(d => d.Source.Equals(first.Source) && d.Tag.Span.SequenceEqual(first.Tag.Span))] : [];
    }

    static byte[]? OpenSlot(UnlockedSession session, Deposit deposit, IssuedBooks issued)
    {
        var book = issued.Of(deposit.Book.Span);
        foreach (var key in session.Keys)
            if (book?.PlaceOf(session.Person, key.Public, PartKind.Identity) is >= 0 and var place && deposit.Identity.OpenSlot(deposit.Binding(PartKind.Identity), place, key.Key) is { } opened) return opened;
        return null;
    }
}
