using System.Security.Claims;
using Probity.Access.Contract;
using Probity.Ledger;
using Probity.Reports.Contract;
using Probity.Reports.Handling;
using Probity.Reports.Keys;
using Probity.Sealing;
using Probity.Shared.Record;
using Probity.Shared.Web;

namespace Probity.Reports.Granting;

/// <summary>
/// A custodian hands on what the source left, to the one person whom it was agreed for. Where the report is kept from them their slot does not open: they are told that another custodian has to, and nothing of it is
/// filed, for the record would tell whom the report is about.
/// </summary>
internal sealed class HandOnIdentity(IdentityParts parts, ChangeKeys keys, FoldedStream<IdentityRequests> requests, Clerk clerk)
{
    public const string Locked = "reports.identity-key-locked";
    public const string AnotherHasTo = "reports.identity-another";
    public const string NotAgreed = "reports.identity-not-agreed";

    /// <summary>How it ended.</summary>
    /// <param name="Index">The entry, where it was handed on.</param>
    /// <param name="Code">Why not.</param>
    internal sealed record Ended(long? Index, string? Code = null);

    public static Decision Decide(Guid id, string to, IReadOnlyList<HandedKey> handed, AnswerGiven told, GrantPlace place, Recipients recipients)
    {
        if (GrantAccess.Refuses(GrantAction.HandOnIdentity, place) is { } refusal) return refusal;
        if (place.Request is not { IsToHandOn: true } request || request.Id != id) return Decision.Refuse(NotAgreed);
        return recipients.ConfirmedKeyOf(request.For)?.Public == to ? Decision.Accept(
            IdentityRequests.File(request.Report, new IdentityGranted(id, to, handed)), new Filing(Report.StreamOf(request.Report), told)) : Decision.Refuse(AskIdentity.GranteeUnfit);
    }

    public async Task<Ended> HandleAsync(ClaimsPrincipal who, Guid id, CancellationToken cancel)
    {
        if (SignedInPerson.Of(who) is not { } person) return new(null, Bars.Role);
        if (!parts.IsUnlocked(who)) return new(null, Locked);
        if ((await requests.ReadAsync(cancel)).All.GetValueOrDefault(id) is not { IsToHandOn: true } request) return new(null, NotAgreed);
        if ((await keys.ReadAsync(cancel)).ConfirmedKeyOf(request.For)?.Public is not { } to) return new(null, AskIdentity.GranteeUnfit);
        if (await parts.HandOnAsync(who, request.Report, SealingPublicKey.Parse(to), cancel) is not { } handed) return new(null, AnotherHasTo);
        // The source is told in the same append, by an answer whose id follows from the request's.
        var day = DateOnly.FromDateTime((await keys.FactsAsync(person, cancel)).Now.UtcDateTime);
        if (await parts.TellAsync(request.Report, StaffText.Second(StaffText.Second(request.Id)), day, cancel) is not { } told) return new(null, NotAgreed);
        var outcome = await clerk.FileAsync(new ActorId(person), Report.StreamOf(request.Report), "reports.identity-hand-on", async session =>
        {
            var (known, facts) = (await requests.ReadAsync(session, cancel), await keys.FactsAsync(person, cancel));
            session.Expect(Recipients.Stream, facts.Recipients.Version);
            var place = new GrantPlace(person, KeyAccess.PartOf(person, facts.Recipients, facts.Register, facts.Now)) { Request = known.All.GetValueOrDefault(id) };
            return Decide(id, to, handed, told, place, facts.Recipients);
        }, cancel: cancel);
        return outcome switch
        {
            Outcome.Done(var index) => new(index),
            Outcome.Refused { Refusal.Code: var code } => new(null, code),
            _ => new(null, Answers.Stale),
        };
    }
}
