using Probity.People.Contract;
using Probity.Shared.Record;

namespace Probity.People.Passports;

/// <summary>Checks a counterpart's passport against the issuers that are trusted here, and this house's own; that it was checked, and what came of it, is recorded.</summary>
internal sealed class CheckPassport(PassportDesk desk, PassportKeys keys, RevokedLists lists)
{
    public static Decision Decide(PassportResult result) => Decision.Accept(
        PassportBook.Checks, new PassportChecked(result.Code, result.Token is null ? null : CompactJws.KeyIdOf(result.Key!), result.Token?.Number));

    /// <summary>The result, and how its entry ended: nobody sees a result that was not recorded.</summary>
    public async Task<(PassportResult? Result, Outcome Outcome)> HandleAsync(Guid person, string text, CancellationToken cancel)
    {
        var own = await lists.CurrentAsync(cancel);
        PassportResult? result = null;
        var outcome = await desk.FileCheckAsync(person, facts =>
        {
            var trusted = facts.Book.Trusted;
            result = PassportResult.Of(
                text, [keys.Verifier, .. trusted.Select(i => i.Key)], key => key.Equals(keys.Verifier) ? own.Text : trusted.First(i => i.Key.Equals(key)).List, facts.Now);
            return Decide(result);
        }, cancel);
        return (outcome is Outcome.Done ? result : null, outcome);
    }
}
